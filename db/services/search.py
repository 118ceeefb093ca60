"""All the SQL that lists and the search box need: ids for a filter and an order, rows for ids, counts, and finding by anything.

Ids come first and rows only for what is painted; a condition on text stands in a sub-query, because the planner would else walk the
whole list index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, literal, or_, select

from db.rules.case import Status
from db.rules.codes import Attribute
from db.rules.procedure import Step
from db.schema.batch import GateRow
from db.schema.case import CaseRow, StateRow
from db.schema.household import HouseholdRow, MemberRow
from db.schema.town import Group, Village
from db.store.unit import Unit

CHUNK = 20_000
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which households a list shows; None and "" ask nothing. ``ready`` keeps only those whose notice or announcement is over."""

    text: str = ""
    village_id: int | None = None
    group_id: int | None = None
    step: Step | None = None
    status: Status | None = None
    attribute: Attribute | None = None
    gate_id: int | None = None
    ungated: bool = False
    ready: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One household in a list. ``gate_last`` is the last day of the notice or announcement it hangs on."""

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


@dataclass(frozen=True, slots=True)
class Hit:
    """One household the search box found, and by which person or number of it."""

    household_id: int
    head_name: str
    place: str
    by: str


ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "village": (Village.position.expression, Group.position.expression, HouseholdRow.id.expression),
    "group": (Group.position.expression, HouseholdRow.id.expression),
    "head_name": (HouseholdRow.head_py.expression, HouseholdRow.head_name.expression, HouseholdRow.id.expression),
    "size": (HouseholdRow.size.expression, HouseholdRow.id.expression),
    "attribute": (HouseholdRow.attribute.expression, HouseholdRow.id.expression),
    "cause": (HouseholdRow.main_cause.expression, HouseholdRow.id.expression),
    "step": (StateRow.step.expression, StateRow.status.expression, HouseholdRow.id.expression),
    "status": (StateRow.status.expression, HouseholdRow.id.expression),
    "since": (StateRow.since.expression, HouseholdRow.id.expression),
    "applied_on": (HouseholdRow.applied_on.expression, HouseholdRow.id.expression),
    "card_number": (StateRow.card_number.expression, HouseholdRow.id.expression),
}


def ids(unit: Unit, wanted: Filter, order: str = "village", *, descending: bool = False) -> list[int]:
    """Household ids of a filter in an order of ``ORDERS``; one query."""
    keys = ORDERS[order]
    query = _joined(select(HouseholdRow.id)).where(*_conditions(wanted))
    query = query.order_by(*((k.desc() if descending else k) for k in keys))
    return list(unit.session.scalars(query))


def count(unit: Unit, wanted: Filter) -> tuple[int, int]:
    """Households and persons of a filter."""
    query = _joined(select(func.count(), func.coalesce(func.sum(HouseholdRow.size), 0)).select_from(HouseholdRow))
    households, persons = unit.session.execute(query.where(*_conditions(wanted))).one()
    return households, persons


def counts(unit: Unit, wanted: Iterable[Filter]) -> tuple[tuple[int, int], ...]:
    """Households and persons of several filters, for the chips above a list."""
    return tuple(count(unit, one) for one in wanted)


def lines(unit: Unit, household_ids: Sequence[int]) -> dict[int, Line]:
    """The rows of these households; one query per 20,000."""
    found: dict[int, Line] = {}
    for start in range(0, len(household_ids), CHUNK):
        query = _lines_query().where(HouseholdRow.id.in_(list(household_ids[start : start + CHUNK])))
        for row in unit.session.execute(query):
            found[row.id] = _line(row)
    return found


def cases_of(unit: Unit, wanted: Filter) -> list[int]:
    """Case ids of a filter in village order."""
    query = _joined(select(CaseRow.id)).where(*_conditions(wanted)).order_by(*ORDERS["village"])
    return list(unit.session.scalars(query))


def _lines_query() -> Select[*tuple[Any, ...]]:
    columns = (
        HouseholdRow.id, CaseRow.id.label("case_id"), HouseholdRow.version, Village.name.label("village"),
        Group.name.label("group_name"), HouseholdRow.head_name, HouseholdRow.size, HouseholdRow.attribute, HouseholdRow.main_cause,
        StateRow.step, StateRow.status, StateRow.why, StateRow.since, HouseholdRow.applied_on, StateRow.card_number,
        GateRow.last, GateRow.decide_from,
    )  # fmt: skip
    return _joined(select(*columns)).outerjoin(GateRow, GateRow.batch_id == StateRow.gate_id)


def _line(row: Any) -> Line:  # noqa: ANN401 - a result row has no static type
    return Line(
        id=row.id,
        case_id=row.case_id,
        version=row.version,
        village=row.village,
        group=row.group_name,
        head_name=row.head_name,
        size=row.size,
        attribute=row.attribute.label if row.attribute else "",
        cause=row.main_cause.label if row.main_cause else "",
        step=row.step,
        status=row.status,
        why=row.why,
        since=row.since,
        applied_on=row.applied_on,
        card_number=row.card_number,
        gate_last=row.last,
        decide_from=row.decide_from,
    )


def _joined(query: Select[*Columns]) -> Select[*Columns]:
    return (
        query.join(CaseRow, CaseRow.household_id == HouseholdRow.id)
        .join(StateRow, StateRow.case_id == CaseRow.id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
    )


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [HouseholdRow.live.is_(True)]
    plain = (
        (HouseholdRow.village_id, wanted.village_id),
        (HouseholdRow.group_id, wanted.group_id),
        (StateRow.step, wanted.step),
        (StateRow.status, wanted.status),
        (HouseholdRow.attribute, wanted.attribute),
        (StateRow.gate_id, wanted.gate_id),
    )
    found += [column == value for column, value in plain if value is not None]
    if wanted.ungated:
        found.append(StateRow.gate_id.is_(None))
    if wanted.ready is not None:
        over = select(GateRow.batch_id).where(GateRow.decide_from <= wanted.ready)
        found.append(or_(StateRow.gate_id.is_(None), StateRow.gate_id.in_(over)))
    if wanted.text.strip():
        found.append(HouseholdRow.id.in_(_matching(wanted.text)))
    return found


def _matching(text: str) -> Select[Any]:
    """Household ids that a text means: by pinyin initials, by the end of a number, or by a name."""
    clean = "".join(text.split())
    if re.fullmatch(r"[A-Za-z]+", clean):
        return _by_pinyin(clean.lower())
    if re.fullmatch(r"[0-9]+[Xx]?", clean):
        return _by_number(clean.upper())
    like = f"%{clean}%"
    member = select(MemberRow.household_id).where(MemberRow.live.is_(True), MemberRow.name.like(like))
    village = (
        select(HouseholdRow.id).join(Village, Village.id == HouseholdRow.village_id).where(Village.name.like(like))
    )
    card = (
        select(CaseRow.household_id)
        .join(StateRow, StateRow.case_id == CaseRow.id)
        .where(StateRow.card_number.like(like))
    )
    return select(member.union(village, card).subquery().c[0])


def _by_pinyin(initials: str) -> Select[Any]:
    like = f"% {initials}%"
    return select(MemberRow.household_id).where(MemberRow.live.is_(True), (literal(" ") + MemberRow.py).like(like))


def _by_number(tail: str) -> Select[Any]:
    if len(tail) == 4:
        member = select(MemberRow.household_id).where(MemberRow.live.is_(True), MemberRow.id_tail == tail)
        phone = select(HouseholdRow.id).where(HouseholdRow.phone_tail == tail)
        return select(member.union(phone).subquery().c[0])
    like = f"%{tail}"
    member = select(MemberRow.household_id).where(MemberRow.live.is_(True), MemberRow.id_number.like(like))
    phone = select(HouseholdRow.id).where(HouseholdRow.phone.like(like))
    return select(member.union(phone).subquery().c[0])


def find(unit: Unit, text: str, limit: int = 12) -> tuple[Hit, ...]:
    """What the search box offers for a text, heads first; nothing for fewer than two letters or digits."""
    clean = "".join(text.split())
    if not clean or (clean.isascii() and len(clean) < 2):
        return ()
    query = (
        select(HouseholdRow.id, HouseholdRow.head_name, Village.name, Group.name, HouseholdRow.size)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
        .where(HouseholdRow.live.is_(True), HouseholdRow.id.in_(_matching(clean)))
        .order_by(HouseholdRow.head_name.like(f"%{clean}%").desc(), Village.position, Group.position, HouseholdRow.id)
        .limit(limit)
    )
    rows = unit.session.execute(query).all()
    by = _people_found(unit, [row[0] for row in rows], clean)
    return tuple(
        Hit(household_id, head, f"{village}{group} {size} 人", by.get(household_id, ""))
        for household_id, head, village, group, size in rows
    )


def _people_found(unit: Unit, household_ids: Iterable[int], clean: str) -> dict[int, str]:
    """Which member made a household a hit, where it was not the head."""
    query = select(MemberRow.household_id, MemberRow.name, MemberRow.py, MemberRow.id_number, MemberRow.position)
    query = query.where(
        MemberRow.household_id.in_(list(household_ids)), MemberRow.position > 0, MemberRow.live.is_(True)
    )
    lower, upper = clean.lower(), clean.upper()
    return {
        row.household_id: f"成员 {row.name}"
        for row in unit.session.execute(query)
        if clean in row.name or any(p.startswith(lower) for p in row.py.split()) or row.id_number.endswith(upper)
    }
