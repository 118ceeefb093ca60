"""The number an application goes by on every paper: 镇-村-年-顺序, from the case it opened."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from db.rules.procedure import IDENTIFICATION
from db.schema.case import CaseRow
from db.schema.household import HouseholdRow
from db.schema.town import Village
from db.services.bulk import among
from db.services.town import town
from db.services.town.placenames import moves, place_on
from db.store.unit import Unit


def application_numbers(unit: Unit, household_ids: Iterable[int]) -> dict[int, str]:
    """The number of each household's newest application, e.g. 华阳-华南-2016-00041; the village goes by its name of that time."""
    named = short(town.town(unit).name, "镇")
    query = (
        select(CaseRow.household_id, CaseRow.number, CaseRow.opened_at, Village.name)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .where(among(CaseRow.household_id.expression, household_ids), CaseRow.ladder == IDENTIFICATION)
        .order_by(CaseRow.id)
    )
    moved, found = moves(unit, household_ids), dict[int, str]()
    for i, number, opened, village in unit.session.execute(query):
        then = place_on(moved.get(i, ()), opened.date(), opened)
        found[i] = f"{named}-{short(then.village if then else village, '村')}-{number}"
    return found


def short(name: str, kind: str) -> str:
    """华阳 of 华阳镇; a name that would be one character long stays whole."""
    return name.removesuffix(kind) if len(name) > 2 else name
