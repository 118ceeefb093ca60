"""All the SQL that lists and the search box need: ids for a filter and an order, rows for ids, counts, and finding by anything.

Ids come first and rows only for what is painted. A condition on text stands in a sub-query, because the planner would else walk the
whole list index; a table is only joined when a condition or an order speaks of it. Rows are read as columns, never as objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Integer, Select, String, bindparam, func, literal_column, or_, select

from db.rules.case import ENDED, Status
from db.rules.codes import Attribute
from db.rules.procedure import IDENTIFICATION, Step
from db.schema.batch import GateRow
from db.schema.case import CaseRow, StateRow
from db.schema.household import HouseholdRow, MemberRow
from db.schema.town import Group, Village
from db.services.bulk import listed, numbers
from db.store.unit import Unit

_HOME, _PERSON = HouseholdRow.__table__, MemberRow.__table__
_CASE, _STATE, _GATE = CaseRow.__table__, StateRow.__table__, GateRow.__table__
_VILLAGE, _GROUP = Village.__table__, Group.__table__


@dataclass(frozen=True, slots=True)
class Filter:
    """Which households a list shows; None and "" ask nothing. ``ready`` keeps only those whose notice or announcement is over.

    A household is listed once, with the case that is shown for it. ``status`` REGISTERED asks for all on the register, also those
    whose removal is under way; ``running`` for cases that have not ended. ``live`` False asks for those
    that were dissolved or merged, which no other list shows.
    """

    text: str = ""
    village_id: int | None = None
    group_id: int | None = None
    step: Step | None = None
    status: Status | None = None
    attribute: Attribute | None = None
    gate_id: int | None = None
    ungated: bool = False
    ready: date | None = None
    ladder: str | None = None
    running: bool = False
    live: bool = True


class Line(NamedTuple):
    """One household in a list. ``gate_id`` is the notice or announcement it hangs on, ``gate_last`` the last day of that."""

    id: int
    case_id: int
    version: int
    village: str
    group: str
    head_name: str
    size: int
    attribute: str
    cause: str
    step: Step | None
    status: Status
    why: str
    since: date
    applied_on: date | None
    card_number: str
    gate_last: date | None
    decide_from: date | None
    gate_id: int | None = None
    ladder: str = IDENTIFICATION
    registered_on: date | None = None

    @property
    def on_register(self) -> bool:
        """Whether the household is on the register now, a removal under way included."""
        return self.registered_on is not None

    @property
    def named(self) -> str:
        """How refusals call the household: 华南村第三组 廖某明户."""
        return f"{self.village}{self.group} {self.head_name}户"


@dataclass(frozen=True, slots=True)
class Hit:
    """One household the search box found, and by which person or number of it."""

    household_id: int
    head_name: str
    place: str
    by: str


ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "village": (_VILLAGE.c.position, _GROUP.c.position),
    "group": (_GROUP.c.position,),
    "head_name": (_HOME.c.head_py, _HOME.c.head_name),
    "size": (_HOME.c.size,),
    "attribute": (_HOME.c.attribute,),
    "cause": (_HOME.c.main_cause,),
    "step": (_STATE.c.step, _STATE.c.status),
    "status": (_STATE.c.status,),
    "since": (_STATE.c.since,),
    "applied_on": (_HOME.c.applied_on,),
    "card_number": (_STATE.c.card_number,),
}
"""What a list can be ordered by; among equals the household that came first stands first."""
_OF_PLACE = frozenset({"village", "group"})
_OF_STATE = frozenset({"step", "status", "since", "card_number"})


def ids(unit: Unit, wanted: Filter, order: str = "village", *, descending: bool = False) -> list[int]:
    """Household ids of a filter in an order of ``ORDERS``; one query."""
    asked, meant = _asked(wanted)
    return list(unit.session.scalars(_ids_query(asked, order, descending), meant).all())


@lru_cache(maxsize=128)
def _ids_query(asked: Filter, order: str, descending: bool) -> Select[Any]:
    joined = _joined(places=order in _OF_PLACE, state=order in _OF_STATE or _asks_state(asked))
    keys = (*ORDERS[order], _HOME.c.id)
    query = select(_HOME.c.id).select_from(joined).where(*_conditions(asked))
    return query.order_by(*((key.desc() if descending else key) for key in keys))


def count(unit: Unit, wanted: Filter) -> tuple[int, int]:
    """Households and persons of a filter."""
    asked, meant = _asked(wanted)
    households, persons = unit.session.execute(_count_query(asked), meant).one()
    return households, persons


@lru_cache(maxsize=128)
def _count_query(asked: Filter) -> Select[Any]:
    query = select(func.count(), func.coalesce(func.sum(_HOME.c.size), 0)).where(*_conditions(asked))
    return query.select_from(_joined(state=_asks_state(asked)))


def counts(unit: Unit, wanted: Iterable[Filter]) -> tuple[tuple[int, int], ...]:
    """Households and persons of several filters, for the chips above a list."""
    return tuple(count(unit, one) for one in wanted)


def lines(unit: Unit, household_ids: Sequence[int]) -> dict[int, Line]:
    """The rows of these households in the order of their ids as given; one query."""
    found = {row[0]: row for row in unit.session.execute(_LINES, numbers(household_ids)).all()}
    return {i: _line(found[i]) for i in household_ids if i in found}


def sizes(unit: Unit, household_ids: Iterable[int]) -> dict[int, int]:
    """Persons of each of these households; one query."""
    query = select(_HOME.c.id, _HOME.c.size).where(listed(_HOME.c.id))
    return {row.id: row.size for row in unit.session.execute(query, numbers(household_ids))}


class Listed(NamedTuple):
    """One household on the register: its village, persons, and since when."""

    id: int
    village_id: int
    size: int
    registered_on: date


def register(unit: Unit) -> dict[int, Listed]:
    """Everybody on the register by household; one query."""
    query = select(_HOME.c.id, _HOME.c.village_id, _HOME.c.size, _STATE.c.registered_on).select_from(
        _joined(state=True)
    )
    query = query.where(_HOME.c.live.is_(True), _STATE.c.registered_on.is_not(None))
    return {row.id: Listed(*row) for row in unit.session.execute(query)}


def applied_since(unit: Unit, day: date, village_id: int | None = None) -> tuple[int, ...]:
    """Households that applied on that day or later and are not on the register."""
    query = select(_HOME.c.id).select_from(_joined(state=True)).where(_HOME.c.live.is_(True), _HOME.c.applied_on >= day)
    if village_id is not None:
        query = query.where(_HOME.c.village_id == village_id)
    return tuple(unit.session.scalars(query.where(_STATE.c.registered_on.is_(None))))


def _joined(*, places: bool = False, state: bool = False) -> FromClause:
    """The households, with their village and group or the state of the case shown for them at hand when asked for."""
    found: FromClause = _HOME
    if state:
        found = found.join(_CASE, _CASE.c.household_id == _HOME.c.id)
        found = found.join(_STATE, (_STATE.c.case_id == _CASE.c.id) & _STATE.c.current)
    if places:
        found = found.join(_VILLAGE, _VILLAGE.c.id == _HOME.c.village_id).join(_GROUP, _GROUP.c.id == _HOME.c.group_id)
    return found


_LINES = select(
    _HOME.c.id, _CASE.c.id, _HOME.c.version, _VILLAGE.c.name, _GROUP.c.name, _HOME.c.head_name, _HOME.c.size, _HOME.c.attribute,
    _HOME.c.main_cause, _STATE.c.step, _STATE.c.status, _STATE.c.why, _STATE.c.since, _HOME.c.applied_on, _STATE.c.card_number,
    _GATE.c.last, _GATE.c.decide_from, _STATE.c.gate_id, _CASE.c.ladder, _STATE.c.registered_on,
).select_from(_joined(places=True, state=True).outerjoin(_GATE, _GATE.c.batch_id == _STATE.c.gate_id)).where(listed(_HOME.c.id))  # fmt: skip


def _line(row: Sequence[Any]) -> Line:
    """A line from the columns of ``_LINES``: as they come, but attribute and cause as the words a list shows."""
    attribute, cause = row[7:9]
    words = (attribute.label if attribute else "", cause.label if cause else "")
    return Line._make((*row[:7], *words, *row[9:]))


def _asked(wanted: Filter) -> tuple[Filter, dict[str, str]]:
    """The filter with the kind of its text instead of the text, so that one statement serves every text, and that statement's values."""
    if not wanted.text.strip():
        return wanted, {}
    kind, meant = _meaning("".join(wanted.text.split()))
    return replace(wanted, text=kind), {"meant": meant}


def _asks_state(wanted: Filter) -> bool:
    asked = (wanted.step, wanted.status, wanted.gate_id, wanted.ready, wanted.ladder)
    return wanted.ungated or wanted.running or any(one is not None for one in asked)


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [_HOME.c.live.is_(wanted.live)]
    plain = (
        (_HOME.c.village_id, wanted.village_id),
        (_HOME.c.group_id, wanted.group_id),
        (_STATE.c.step, wanted.step),
        (_STATE.c.status, wanted.status if wanted.status is not Status.REGISTERED else None),
        (_HOME.c.attribute, wanted.attribute),
        (_STATE.c.gate_id, wanted.gate_id),
        (_CASE.c.ladder, wanted.ladder),
    )
    found += [column == value for column, value in plain if value is not None]
    if wanted.status is Status.REGISTERED:
        found.append(_STATE.c.registered_on.is_not(None))
    if wanted.running:
        found.append(_STATE.c.status.not_in(ENDED))
    if wanted.ungated:
        found.append(_STATE.c.gate_id.is_(None))
    if wanted.ready is not None:
        over = select(_GATE.c.batch_id).where(_GATE.c.decide_from <= wanted.ready)
        found.append(or_(_STATE.c.gate_id.is_(None), _STATE.c.gate_id.in_(over)))
    if wanted.text.strip():
        found.append(_HOME.c.id.in_(_matching(wanted.text)))
    return found


def _meaning(clean: str) -> tuple[str, str]:
    """What kind of thing a text without blanks names, and the text as its condition wants it."""
    if re.fullmatch(r"[A-Za-z]+", clean):
        return "initials", f"% {clean.lower()}%"
    if re.fullmatch(r"[0-9]{4}|[0-9]{3}[Xx]", clean):
        return "tail", clean.upper()
    if re.fullmatch(r"[0-9]+[Xx]?", clean):
        return "end", f"%{clean.upper()}"
    return "name", f"%{clean}%"


def _matching(kind: str) -> Select[Any]:
    """Ids of the households that have ``:meant``: initials of a person, a number's last four or other end, or a name."""
    meant = bindparam("meant", type_=String)
    if kind == "initials":
        return _persons((literal_column("' '") + _PERSON.c.py).like(meant))
    if kind == "tail":
        return _any_of(_persons(_PERSON.c.id_tail == meant), select(_HOME.c.id).where(_HOME.c.phone_tail == meant))
    if kind == "end":
        return _any_of(_persons(_PERSON.c.id_number.like(meant)), select(_HOME.c.id).where(_HOME.c.phone.like(meant)))
    of_village = select(_VILLAGE.c.id).where(_VILLAGE.c.name.like(meant))
    card = select(_CASE.c.household_id).join(_STATE, _STATE.c.case_id == _CASE.c.id)
    return _any_of(
        _persons(_PERSON.c.name.like(meant)),
        select(_HOME.c.id).where(_HOME.c.village_id.in_(of_village)),
        card.where(_STATE.c.card_number.like(meant)),
    )


def _persons(condition: ColumnElement[bool]) -> Select[Any]:
    return select(_PERSON.c.household_id).where(_PERSON.c.live.is_(True), condition)


def _any_of(first: Select[Any], *others: Select[Any]) -> Select[Any]:
    return select(first.union_all(*others).subquery().c[0])


def find(unit: Unit, text: str, limit: int = 12) -> tuple[Hit, ...]:
    """What the search box offers for a text, heads first; nothing for fewer than two letters or digits."""
    clean = "".join(text.split())
    if not clean or (clean.isascii() and len(clean) < 2):
        return ()
    kind, meant = _meaning(clean)
    values = {"meant": meant, "named": f"%{clean}%", "most": limit}
    rows = unit.session.execute(_find_query(kind), values).all()
    by = _people_found(unit, [row[0] for row in rows], clean)
    return tuple(
        Hit(household_id, head, f"{village}{group} {size} 人", by.get(household_id, ""))
        for household_id, head, village, group, size in rows
    )


@cache
def _find_query(kind: str) -> Select[Any]:
    columns = (_HOME.c.id, _HOME.c.head_name, _VILLAGE.c.name, _GROUP.c.name, _HOME.c.size)
    named = _HOME.c.head_name.like(bindparam("named", type_=String))
    return (
        select(*columns)
        .select_from(_joined(places=True))
        .where(_HOME.c.live.is_(True), _HOME.c.id.in_(_matching(kind)))
        .order_by(named.desc(), _VILLAGE.c.position, _GROUP.c.position, _HOME.c.id)
        .limit(bindparam("most", type_=Integer))
    )


_PEOPLE = select(_PERSON.c.household_id, _PERSON.c.name, _PERSON.c.py, _PERSON.c.id_number).where(
    listed(_PERSON.c.household_id), _PERSON.c.position > 0, _PERSON.c.live.is_(True)
)


def _people_found(unit: Unit, household_ids: Iterable[int], clean: str) -> dict[int, str]:
    """Which member made a household a hit, where it was not the head."""
    lower, upper = clean.lower(), clean.upper()
    return {
        household_id: f"成员 {name}"
        for household_id, name, py, id_number in unit.session.execute(_PEOPLE, numbers(household_ids)).all()
        if clean in name or any(p.startswith(lower) for p in py.split()) or id_number.endswith(upper)
    }
