"""Which cells the record holds newer than a roster: changed by somebody since a file last wrote the household, or entered after the day
the roster states.

Such a cell is a conflict: both sides are shown and the clerk decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from db.rules.values import Household
from db.schema.account import Account
from db.schema.household import HouseholdVersion
from db.services import import_runs
from db.services.bulk import among
from db.services.renewal import Change, Spot, value_at
from db.services.versions import household_of
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class _Version:
    home: Household
    at: datetime
    actor: str


def newer(
    unit: Unit, differing: Mapping[int, tuple[Household, Sequence[Change]]], as_of: date
) -> dict[int, dict[Spot, str]]:
    """By household id the cells the record holds newer, each with a sentence; ``differing`` are the record's households with the cells
    in which a roster of the day ``as_of`` differs. Three queries."""
    base = import_runs.bases(unit, differing)
    doubtful = [i for i, (home, _) in differing.items() if base.get(i) != home.version]
    kept = _versions(unit, doubtful)
    found = {}
    for household_id in doubtful:
        home, changes = differing[household_id]
        spots = {change.spot for change in changes if change.spot.part != "people"}
        told = _newer(home, spots, kept[household_id], base.get(household_id), as_of)
        if told:
            found[household_id] = told
    return found


def _newer(
    home: Household, spots: set[Spot], kept: Sequence[_Version], base: int | None, as_of: date
) -> dict[Spot, str]:
    told = {}
    for spot in spots:
        now = value_at(home, spot, home)
        if base is not None:
            then = next((v for v in kept if v.home.version == base), None)
            if then is None or value_at(then.home, spot, home) == now:
                continue
        since = _set_by(home, spot, now, kept)
        if base is not None or since.at.date() > as_of:
            told[spot] = (
                f"档案里这一格 {since.at:%Y-%m-%d} 由{since.actor}{'改过' if since.home.version > 1 else '录入'}"
            )
    return told


def _set_by(home: Household, spot: Spot, now: object, kept: Sequence[_Version]) -> _Version:
    """The version from which on the cell has been as it is now."""
    since = kept[-1]
    for version in reversed(kept):
        if value_at(version.home, spot, home) != now:
            break
        since = version
    return since


def _versions(unit: Unit, household_ids: Sequence[int]) -> Mapping[int, Sequence[_Version]]:
    v = HouseholdVersion
    query = (
        select(v.household_id, v.version, v.content, v.at, Account.name)
        .join(Account, Account.id == v.actor_id)
        .where(among(v.household_id.expression, household_ids))
        .order_by(v.household_id, v.version)
    )
    found: dict[int, list[_Version]] = defaultdict(list)
    for household_id, version, content, at, actor in unit.session.execute(query):
        found[household_id].append(_Version(household_of(content, household_id, version), at, actor))
    return found
