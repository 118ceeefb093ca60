"""数据体检 of 6,289 households with 15,888 persons, against reading the same rows once straight from the driver, and once as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from db.rules.values import Household
from db.store.record import Record
from tests.speed import town
from tests.speed.ledger import Slip
from tests.speed.timing import alternate, seconds

HOUSEHOLDS, PERSONS = 6_289, 15_888
WHOLE, READING = "check of the whole record", "  reading the same rows as values"
_ROWS = (
    "SELECT * FROM household WHERE live",
    "SELECT * FROM member WHERE live ORDER BY household_id, position",
    "SELECT * FROM income",
    "SELECT * FROM living",
)
Measured = dict[str, dict[str, tuple[float, ...]]]


def prepare(path: Path) -> None:
    """The record: the bench's people, the last of large families left out until there are as many persons as asked for."""
    town.keep(path, cut(list(town.people(HOUSEHOLDS, town.PLACES)), PERSONS), town.PLACES, registered=True)


def cut(homes: list[Household], persons: int) -> list[Household]:
    """As many households with ``persons`` members in all; the head stays."""
    over = sum(home.size for home in homes) - persons
    while over > 0:
        for at in range(len(homes) - 1, -1, -1):
            if over > 0 and homes[at].size > 2:
                members = homes[at].members[:-1]
                homes[at] = replace(homes[at], members=members, size_stated=len(members))
                over -= 1
    return homes


def measure(path: Path, runs: int) -> Measured:
    """Seconds of the check and of reading through the services, in turn with reading the rows."""
    from sqlcipher3 import dbapi2

    driver = dbapi2.connect(str(path), isolation_level=None)
    driver.execute(path.with_suffix(".pragma").read_text(encoding="ascii"))
    with town.open_record(path) as record:
        check, read = _ours(record)
        ours, floor = alternate(check, lambda: [driver.execute(sql).fetchall() for sql in _ROWS], runs)
        found = {WHOLE: {"ours": ours.runs, "floor": floor.runs}}
        found[READING] = {"ours": tuple(seconds(read) for _ in range(runs)), "floor": floor.runs}
    driver.close()
    return found


def once(path: Path) -> dict[str, float]:
    """One check by a process that did nothing before."""
    with town.open_record(path) as record:
        return {WHOLE: seconds(_ours(record)[0])}


def _ours(record: Record) -> tuple[Callable[[], object], Callable[[], object]]:
    from sqlalchemy import select

    from db.schema.household import HouseholdRow
    from db.services.health import health
    from db.services.register import households

    def check() -> None:
        with record.read() as unit:
            found = health.check(unit, Slip())
        assert (found.households, found.persons) == (HOUSEHOLDS, PERSONS)

    def read() -> None:
        with record.read() as unit:
            households.get_many(unit, unit.session.scalars(select(HouseholdRow.id)))

    return check, read
