"""The register of a month's last day as the county's forms draw on it: each household whole, with its place in the month's ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from sqlalchemy import select

from db.rules.ledger import LedgerHousehold, last_day
from db.rules.values import Household, Income
from db.schema.household import IncomeRow
from db.services.bulk import among
from db.services.changes.movements import movements
from db.services.figures.facts import Register, Registered
from db.services.ledger import ledger
from db.services.register import households
from db.store.unit import Unit

_SHEET = tuple(f.name for f in fields(Income))


def register(unit: Unit, year: int, month: int) -> Register:
    """The register as the ledger of that month has it; Refused as `db.services.ledger.ledger.month` is."""
    last = last_day(year, month)
    of_month = ledger.month(unit, year, month)
    ids = [one.household_id for one in of_month.households]
    now = households.get_many(unit, ids)
    then = movements(unit, last).later
    sheets = _sheets(unit, [i for i, h in now.items() if h.income is None or h.income.year > year or i in then], year)
    made = tuple(Registered(one, _as_of(now[one.household_id], one, then, sheets, year)) for one in of_month.households)
    return Register(of_month, last.replace(day=1), last, made)


def _as_of(
    now: Household, line: LedgerHousehold, then: Mapping[int, Household], sheets: Mapping[int, Income], year: int
) -> Household:
    """The household with the people, place and sheet the month's ledger has for it."""
    before = then.get(line.household_id)
    stale = now.income is None or now.income.year > year or before is not None
    sheet = sheets.get(line.household_id) if stale else now.income
    if before is None and sheet is now.income and (now.village, now.group) == (line.village, line.group):
        return now  # as nearly all are: a copy of each takes longer than reading them
    home = replace(now, village=line.village, group=line.group, income=sheet)
    if before is None:
        return home
    return replace(
        home, head_name=before.head_name, head_id=before.head_id, head_sex=before.head_sex, able=before.able,
        phone=before.phone, members=before.members, size_stated=before.size, able_stated=line.able_count,
    )  # fmt: skip


def _sheets(unit: Unit, ids: list[int], year: int) -> dict[int, Income]:
    """The newest income sheet up to a year, of households whose newest is of another."""
    i = IncomeRow.__table__.c
    query = select(i.household_id, *(i[key] for key in _SHEET)).where(among(i.household_id, ids), i.year <= year)
    return {of: Income(*facts) for of, *facts in unit.session.execute(query.order_by(i.year))}
