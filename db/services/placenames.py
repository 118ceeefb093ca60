"""Names of villages and groups on any day: what was renamed or merged later, and households that moved, keep the old name on old papers.

A version of a household with an effective day is a dated change (a move, a merged village); one without is a correction and holds from
the beginning. So the place of a household on a day is that of the last version before the first change dated later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from db.rules.codes import VillageAct
from db.rules.values import Household
from db.schema.household import HouseholdVersion
from db.schema.town import Group, Village, VillageEvent
from db.services.bulk import among
from db.store.unit import Unit

RENAMING = (VillageAct.RENAMED, VillageAct.GROUP_RENAMED)


@dataclass(frozen=True, slots=True)
class Place:
    """A village and a group by name."""

    village: str
    group: str


class Names:
    """Every name of every village and group, read at once; three queries."""

    def __init__(self, unit: Unit) -> None:
        self._villages = {row.id: row.name for row in unit.session.scalars(select(Village))}
        self._groups = {row.id: row.name for row in unit.session.scalars(select(Group))}
        self._renamed: dict[tuple[int, int | None], list[tuple[date, str]]] = {}
        e = VillageEvent
        query = select(e.village_id, e.group_id, e.acted_on, e.old_name).where(e.act.in_(RENAMING))
        for village_id, group_id, acted_on, old in unit.session.execute(query.order_by(e.acted_on, e.id)):
            key = (0, group_id) if group_id else (village_id, None)
            self._renamed.setdefault(key, []).append((acted_on, old))

    def village(self, village_id: int, day: date) -> str:
        """The name a village went by on that day."""
        return self._on((village_id, None), day) or self._villages[village_id]

    def group(self, group_id: int, day: date) -> str:
        """The name a group went by on that day."""
        return self._on((0, group_id), day) or self._groups[group_id]

    def _on(self, key: tuple[int, int | None], day: date) -> str:
        return next((old for acted_on, old in self._renamed.get(key, ()) if acted_on > day), "")


def name_on(unit: Unit, village_id: int, day: date) -> str:
    """The name a village went by on that day."""
    return Names(unit).village(village_id, day)


def places_on(unit: Unit, household_ids: Iterable[int], day: date) -> dict[int, Place]:
    """Where households were on that day, as it was called then; only those that are elsewhere or called otherwise since. One query."""
    v, before = HouseholdVersion, HouseholdVersion.__table__.alias()
    first = (
        select(v.household_id, func.min(v.version).label("version"))
        .where(among(v.household_id.expression, household_ids), v.effective_on > day)
        .group_by(v.household_id)
        .subquery()
    )
    place = (func.json_extract(before.c.content, f"$.{part}") for part in ("village", "group"))
    query = select(before.c.household_id, *place).join(
        first, (before.c.household_id == first.c.household_id) & (before.c.version == first.c.version - 1)
    )
    return {household_id: Place(village, group) for household_id, village, group in unit.session.execute(query)}


def placed_on(unit: Unit, homes: Mapping[int, Household], day: date) -> dict[int, Household]:
    """The households with village and group as they were called on that day, for papers of that day."""
    places = places_on(unit, homes, day)
    return {
        i: replace(h, village=places[i].village, group=places[i].group) if i in places else h for i, h in homes.items()
    }
