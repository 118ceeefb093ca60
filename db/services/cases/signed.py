"""Households as they were when the applicant signed the application and when the visit was made, for those papers printed again later.

A death, a birth or a new head after the day are not theirs. What a box left blank and the record learned later is filled in; what a
wrong entry got wrong is not kept (录错). 户卡, 登记表 and 家庭成员表 speak of the present and need the day of the last change instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from db.rules import income
from db.rules.case import Event, Kind, latest
from db.rules.changes.change import WRONG
from db.rules.codes import ChangeKind, Code
from db.rules.values import Household, Member
from db.schema.household import HouseholdChange, HouseholdVersion
from db.services.bulk import among
from db.services.register import versions
from db.store.unit import Unit

_NOT_OF_PEOPLE = WRONG | {ChangeKind.GROUP}
_FILLED = (
    "reason",
    "address",
    "phone",
    "application_kind",
    "main_cause",
    "housing_area",
    "housing_grade",
    "structure",
    "built_year",
)
_FILLED_OF = tuple(
    f.name for f in fields(Member) if f.name not in ("id", "health_also", "dropout", "disability_number")
)


@dataclass(frozen=True, slots=True)
class Signed:
    """None means: as it is now. ``changed_on`` is the day of the last dated change of people or household."""

    applied: Household | None = None
    visited: Household | None = None
    changed_on: date | None = None


NOW = Signed()


@dataclass(frozen=True, slots=True)
class _Version:
    number: int
    at: datetime
    effective_on: date | None


def signed(
    unit: Unit, homes: Mapping[int, Household], events: Mapping[int, Sequence[Event]], anew: Iterable[int] = ()
) -> dict[int, Signed]:
    """What was signed, by household id. ``events`` are those of the case by household id, ``anew`` the households that had one before.

    Three queries, and one more when some household has changed since.
    """
    written, changed, again = _versions(unit, homes), _changes(unit, homes), set(anew)
    wanted: dict[int, tuple[int, int]] = {}
    for i, home in homes.items():
        acts = events.get(i, ())
        visit = latest(acts, Kind.VERIFIED)
        filed = _filed(written[i], acts) if i in again else 1
        parted = [v for v, kind, _ in changed.get(i, ()) if v > filed and kind not in _NOT_OF_PEOPLE]
        seen = int(visit.facts.get("version", home.version)) if visit else home.version
        wanted[i] = (min([_before(written[i], visit, seen), *(v - 1 for v in parted)]), seen)
    then = {n: _then(unit, homes, {i: both[n] for i, both in wanted.items()}) for n in (0, 1)}
    days = {i: max((day for *_, day in found), default=None) for i, found in changed.items()}
    return {i: Signed(then[0].get(i), then[1].get(i), days.get(i)) for i in homes}


def _before(written: Mapping[int, _Version], visit: Event | None, seen: int) -> int:
    """The version the visitors met; what they found different was saved with the visit itself."""
    one = written.get(seen)
    found = visit is not None and one is not None and (one.at, one.effective_on) == (visit.entered_at, visit.acted_on)
    return seen - 1 if found and seen > 1 else seen


def _filed(written: Mapping[int, _Version], acts: Sequence[Event]) -> int:
    """The version with which this case began."""
    began = acts[0].entered_at if acts else None
    return max((v.number for v in written.values() if began is not None and v.at <= began), default=1)


def _versions(unit: Unit, ids: Iterable[int]) -> dict[int, dict[int, _Version]]:
    v = HouseholdVersion
    query = select(v.household_id, v.version, v.at, v.effective_on).where(among(v.household_id.expression, ids))
    found: dict[int, dict[int, _Version]] = {i: {} for i in ids}
    for household_id, number, at, effective_on in unit.session.execute(query):
        found[household_id][number] = _Version(number, at, effective_on)
    return found


def _changes(unit: Unit, ids: Iterable[int]) -> dict[int, list[tuple[int, ChangeKind, date]]]:
    c = HouseholdChange
    if not unit.session.scalar(select(func.count()).select_from(select(c.id).limit(1).subquery())):
        return {}
    found: dict[int, list[tuple[int, ChangeKind, date]]] = {}
    query = select(c.household_id, c.version, c.kind, c.acted_on).where(among(c.household_id.expression, ids))
    for household_id, version, kind, acted_on in unit.session.execute(query):
        found.setdefault(household_id, []).append((version, kind, acted_on))
    return found


def _then(unit: Unit, homes: Mapping[int, Household], wanted: Mapping[int, int]) -> dict[int, Household]:
    other = ((i, version) for i, version in wanted.items() if version != homes[i].version)
    return {i: _completed(then, homes[i]) for i, then in versions.of_many(unit, other).items()}


def _completed(then: Household, now: Household) -> Household:
    """Then, with the boxes left blank filled by what is known now, and the items of sums that have not moved."""
    at_home = {key: getattr(now, key) for key in _FILLED if getattr(then, key) in (None, "")}
    people = {m.id_number or m.name: m for m in now.members}
    members = tuple(_known(m, people.get(m.id_number or m.name)) for m in then.members)
    sums = now.income if now.income and income.decides(now.income) == income.decides(then.income) else then.income
    return replace(
        then,
        village=now.village,
        group=now.group,
        members=members,
        income=sums,
        living=then.living or now.living,
        **at_home,
    )


def _known(then: Member, now: Member | None) -> Member:
    if now is None:
        return then
    told: dict[str, Any] = {key: getattr(now, key) for key in _FILLED_OF if getattr(then, key) is None}
    told = {key: said for key, said in told.items() if isinstance(said, Code)}
    return replace(then, **told)
