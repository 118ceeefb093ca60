"""Which cells the record holds newer than a roster: changed by somebody since a file last wrote the household, or entered after the day
the roster states.

Such a cell is a conflict: both sides are shown and the clerk decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from db.rules.values import Household
from db.schema.account import Account
from db.schema.household import HouseholdVersion
from db.services.bulk import among
from db.services.register.versions import household_of
from db.services.sheets import runs as import_runs
from db.services.sheets.renewal import Change, Spot, value_at
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
    in which a roster of the day ``as_of`` differs. Four queries."""
    written, void = import_runs.written(unit, differing), import_runs.taken_back(unit, differing)
    doubtful = [i for i, (home, _) in differing.items() if written.get(i) != frozenset({home.version})]
    kept = _versions(unit, doubtful)
    found = {}
    for household_id in doubtful:
        home, changes = differing[household_id]
        spots = {change.spot for change in changes if change.spot.part != "people"}
        past = [v for v in kept[household_id] if v.home.version not in void.get(household_id, ())]
        told = _newer(home, spots, past, written.get(household_id, frozenset()), as_of)
        if told:
            found[household_id] = told
    return found


def _newer(
    home: Household, spots: Set[Spot], past: Sequence[_Version], written: Set[int], as_of: date
) -> dict[Spot, str]:
    """A cell somebody set after the last file, or before it but after the roster's day: then the clerk kept it, or no file spoke of it."""
    told = {}
    for spot in spots:
        since = _set_by(home, spot, past)
        if since.home.version in written:
            continue
        if (written and since.home.version > max(written)) or since.at.date() > as_of:
            told[spot] = (
                f"档案里这一格 {since.at:%Y-%m-%d} 由{since.actor}{'改过' if since.home.version > 1 else '录入'}"
            )
    return told


def _set_by(home: Household, spot: Spot, past: Sequence[_Version]) -> _Version:
    """The version from which on the cell has been as it is now."""
    now, since = value_at(home, spot, home), past[-1]
    for version in reversed(past):
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
