"""What the dated changes did to the register, for the month's ledger: who shifted when, who left, and how a household was on a past day.

Read with two queries whatever the number of households; only those changed after the ledger's last day are read back from versions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from db.rules.codes import ChangeKind
from db.rules.ledger import Shift
from db.rules.values import Household
from db.schema.household import HouseholdChange
from db.services import versions
from db.services.changelog import movement_of
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Movements:
    """``shifts`` of a household in the order they were entered, up to the ledger's last day; ``dissolved`` is the day it ended, by then;
    ``origins`` is the household a part was split off from; ``later`` how a household was that has changed since."""

    shifts: Mapping[int, tuple[Shift, ...]] = field(default_factory=dict)
    dissolved: Mapping[int, date] = field(default_factory=dict)
    origins: Mapping[int, int] = field(default_factory=dict)
    later: Mapping[int, Household] = field(default_factory=dict)

    def since(self, household_id: int, registered_on: date, left_on: date | None = None) -> tuple[Shift, ...]:
        """The shifts of a household while it was on the register."""
        found = self.shifts.get(household_id, ())
        return tuple(s for s in found if s.on > registered_on and (left_on is None or s.on <= left_on))


def movements(unit: Unit, last: date) -> Movements:
    """All changes of the record as the ledger of a month that ends on ``last`` needs them."""
    c = HouseholdChange
    columns = (c.household_id, c.kind, c.other_id, c.acted_on, c.version, c.facts)
    shifts: dict[int, list[Shift]] = {}
    dissolved: dict[int, date] = {}
    origins: dict[int, int] = {}
    first_later: dict[int, int] = {}
    for row in unit.session.execute(select(*columns).order_by(c.id)):
        if row.acted_on > last:
            first_later.setdefault(row.household_id, row.version)
            continue
        facts = json.loads(row.facts)
        shifts.setdefault(row.household_id, []).append(Shift(row.acted_on, facts["before"], movement_of(facts)))
        if row.kind is ChangeKind.DISSOLVED:
            dissolved[row.household_id] = row.acted_on
        if row.kind is ChangeKind.SPLIT and row.other_id is not None:
            origins[row.other_id] = row.household_id
    return Movements(
        {household_id: tuple(found) for household_id, found in shifts.items()},
        dissolved,
        origins,
        _before(unit, first_later),
    )


def _before(unit: Unit, first_later: Mapping[int, int]) -> dict[int, Household]:
    """Each household as its version said before the first of its later changes."""
    wanted: Iterable[tuple[int, int]] = [(household_id, version - 1) for household_id, version in first_later.items()]
    return versions.of_many(unit, wanted)
