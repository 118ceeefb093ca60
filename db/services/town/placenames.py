"""Names of villages and groups on any day: what was renamed or merged later, and households that moved, keep the old name on old papers.

A version of a household with an effective day is a dated change (a move, a merged village); one without is a correction and holds from
the beginning. So the place of a household on a day is that before the first change of place dated later.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import exists, func, or_, select

from db.errors import Refused
from db.rules.codes import VillageAct
from db.rules.values import Household
from db.schema.household import HouseholdChange, HouseholdVersion
from db.schema.town import Group, Village, VillageEvent
from db.services.bulk import among
from db.services.town.town import VillageInfo
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
        self._renamed: dict[tuple[int, int | None], list[VillageEvent]] = {}
        e = VillageEvent
        for event in unit.session.scalars(select(e).where(e.act.in_(RENAMING)).order_by(e.acted_on, e.id)):
            key = (0, event.group_id) if event.group_id else (event.village_id, None)
            self._renamed.setdefault(key, []).append(event)

    def village(self, village_id: int, day: date, made: datetime | None = None) -> str:
        """The name a village went by on that day; ``made`` is when a paper was made, which can't print a name entered later."""
        return self._on((village_id, None), day, made) or self._villages[village_id]

    def group(self, group_id: int, day: date, made: datetime | None = None) -> str:
        """The name a group went by on that day."""
        return self._on((0, group_id), day, made) or self._groups[group_id]

    def _on(self, key: tuple[int, int | None], day: date, made: datetime | None) -> str:
        later = (e for e in self._renamed.get(key, ()) if e.acted_on > day or (made is not None and e.at > made))
        return next((e.old_name for e in later), "")


def names_on(unit: Unit, day: date) -> list[str]:
    """The villages that stood on that day, in the town's order, by the names of that day."""
    names = Names(unit)
    rows = unit.session.scalars(select(Village).order_by(Village.position))
    return [names.village(row.id, day) for row in rows if row.until is None or row.until > day]


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day, and the moment a paper of it was made (None: made now)."""

    day: date
    made: datetime | None = None


def names_between(unit: Unit, then: AsOf, now: AsOf) -> dict[str, str]:
    """The name that a paper of ``now`` has for each village of a paper of ``then``, be it renamed or merged into another between."""
    names, rows = Names(unit), {row.id: row for row in unit.session.scalars(select(Village))}
    e = VillageEvent
    merged = unit.session.execute(
        select(e.village_id, e.other_id, e.acted_on, e.at).where(e.act == VillageAct.MERGED).order_by(e.id)
    )
    into = {
        of: other for of, other, on, at in merged if other and on <= now.day and (now.made is None or at <= now.made)
    }
    found = {}
    for village_id in rows:
        stands = village_id
        while stands in into:
            stands = into[stands]
        found[names.village(village_id, then.day, then.made)] = names.village(stands, now.day, now.made)
    return found


def village_then(unit: Unit, village_id: int, day: date, made: datetime | None = None) -> VillageInfo:
    """A village under its name of that day with its office phone, be it gone since; Refused when there is none."""
    row = unit.session.get(Village, village_id)
    if row is None:
        raise Refused("没有这个村，请刷新")
    return VillageInfo(row.id, Names(unit).village(row.id, day, made), row.phone, ())


@dataclass(frozen=True, slots=True)
class Moved:
    """A household was elsewhere, or called otherwise, before a day; ``entered`` is when that became known to the record."""

    on: date
    entered: datetime
    before: Place


def moves(unit: Unit, household_ids: Iterable[int]) -> dict[int, tuple[Moved, ...]]:
    """Every dated change of the households' place or its name, in the order of the entries; two queries."""
    if not unit.session.scalar(select(or_(exists(select(VillageEvent.id)), exists(select(HouseholdChange.id))))):
        return {}
    v, before = HouseholdVersion, HouseholdVersion.__table__.alias()
    was = [func.json_extract(before.c.content, f"$.{part}") for part in ("village", "group")]
    now = [func.json_extract(v.content, f"$.{part}") for part in ("village", "group")]
    query = (
        select(v.household_id, v.effective_on, v.at, *was)
        .join(before, (before.c.household_id == v.household_id) & (before.c.version == v.version - 1))
        .where(among(v.household_id.expression, household_ids), v.effective_on.is_not(None))
        .where((was[0] != now[0]) | (was[1] != now[1]))
        .order_by(v.household_id, v.version)
    )
    found: dict[int, tuple[Moved, ...]] = {}
    for household_id, on, at, village, group in unit.session.execute(query):
        found[household_id] = (*found.get(household_id, ()), Moved(on, at, Place(village, group)))
    return found


def place_on(moved: Iterable[Moved], day: date, made: datetime | None = None) -> Place | None:
    """Where a household was on that day; None when it is there still under the same name.

    What was entered only after ``made`` is not looked at, be it ever so early.
    """
    return next((m.before for m in moved if m.on > day or (made is not None and m.entered > made)), None)


def placed_on(
    unit: Unit, homes: Mapping[int, Household], day: date, made: datetime | None = None
) -> dict[int, Household]:
    """The households with village and group as they were called on that day, for papers of that day; one query."""
    moved = moves(unit, homes)
    return {i: placed(h, place_on(moved.get(i, ()), day, made)) for i, h in homes.items()}


def placed(household: Household, place: Place | None) -> Household:
    """The household at another place; at its own for None."""
    return household if place is None else replace(household, village=place.village, group=place.group)
