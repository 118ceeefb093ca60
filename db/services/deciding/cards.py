"""建档立卡: the household gets its number by the town's pattern and is on the register.

The pattern knows {村} (the village's name without 村), {年} and {序}, a running number of the village and year with four digits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from db.rules.case import Kind
from db.schema.case import CaseRow, StateRow
from db.schema.household import HouseholdRow
from db.schema.town import Village
from db.services.cases import cases
from db.services.cases.cases import Act
from db.services.register import households
from db.services.town import town
from db.store.unit import Unit


def issue(unit: Unit, case_ids: Sequence[int], issued_on: date) -> dict[int, str]:
    """Make the cards of decided households; returns case -> number. All or none."""
    acts = [Act(case_id, issued_on) for case_id in case_ids]
    cases.admit(unit, Kind.CARDED, acts)
    found = next_numbers(unit, case_ids, issued_on)
    cases.write(unit, Kind.CARDED, [Act(i, issued_on, {"number": found[i]}) for i in case_ids], bulk=len(case_ids) > 1)
    return found


def next_numbers(unit: Unit, case_ids: Sequence[int], issued_on: date) -> dict[int, str]:
    """The next free card number of each case, by the pattern of the town, the village and the year of ``issued_on``."""
    pattern = town.options(unit).card_pattern
    of = cases.households_of(unit, case_ids)
    homes = households.get_many(unit, of.values())
    used = _used(unit, issued_on.year)
    taken = set(unit.session.scalars(select(StateRow.card_number).where(StateRow.card_number != "")))
    numbers: dict[int, str] = {}
    for case_id in case_ids:
        village = homes[of[case_id]].village
        number = ""
        while not number or number in taken:
            used[village] += 1
            number = _number(pattern, village, issued_on.year, used[village])
        taken.add(number)
        numbers[case_id] = number
    return numbers


def _number(pattern: str, village: str, year: int, order: int) -> str:
    short = village.removesuffix("村") if len(village) > 2 else village
    return pattern.replace("{村}", short).replace("{年}", str(year)).replace("{序}", f"{order:04d}")


def _used(unit: Unit, year: int) -> Counter[str]:
    query = (
        select(Village.name)
        .join(HouseholdRow, HouseholdRow.village_id == Village.id)
        .join(CaseRow, CaseRow.household_id == HouseholdRow.id)
        .join(StateRow, StateRow.case_id == CaseRow.id)
        .where(
            StateRow.card_number != "",
            StateRow.registered_on >= date(year, 1, 1),
            StateRow.registered_on <= date(year, 12, 31),
        )
    )
    return Counter(unit.session.scalars(query))
