"""Whether what the record says agrees with itself: events with the trail, states with events, lists with members.

The store proves the file and its chain; this proves the meaning. Every fault is one Chinese sentence.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from db.rules.case import Kind, State, derive
from db.schema.case import CaseRow, EventRow, StateRow
from db.schema.household import HouseholdRow, MemberRow
from db.schema.trail import Trail
from db.services import cases, town
from db.store.unit import Unit

_SHOWN = 20


def faults(unit: Unit) -> tuple[str, ...]:
    """Everything that does not agree, at most twenty of a kind; () when all does."""
    found = (_of_events(unit), _of_states(unit), _of_members(unit))
    return tuple(text for kind in found for text in list(kind)[:_SHOWN])


def _of_events(unit: Unit) -> Iterator[str]:
    """Every event is told by exactly one line of the trail, with the digest of what it says."""
    labels = [k.label for k in Kind]
    query = select(Trail.seq, Trail.payload).where(Trail.entity == "case", Trail.action.in_(labels)).order_by(Trail.seq)
    told = 0
    for seq, payload in unit.session.execute(query):
        facts = json.loads(payload)
        told = max(told, int(facts["last"]))
        if cases.digest(unit, int(facts["first"]), int(facts["last"])) != facts["digest"]:
            yield f"办理记录 {facts['first']}—{facts['last']} 与操作日志第 {seq} 条不符，内容被改动过"
    extra = unit.session.scalar(select(func.count()).select_from(EventRow).where(EventRow.id > told)) or 0
    if extra:
        yield f"有 {extra} 条办理记录没有登记在操作日志里"


def _of_states(unit: Unit) -> Iterator[str]:
    ladder = town.options(unit).ladder
    kept = {row.case_id: row for row in unit.session.scalars(select(StateRow))}
    ids = unit.session.scalars(select(CaseRow.id)).all()
    for case_id, events in cases.events(unit, ids).items():
        if not _same(kept.get(case_id), derive(events, ladder)):
            yield f"第 {case_id} 号申请的进度与办理记录不符，请用“重新核算进度”"


def _same(row: StateRow | None, state: State) -> bool:
    return row is not None and (row.step, row.status, row.gate_id, row.card_number) == (
        state.at,
        state.status,
        state.gate_id,
        state.number,
    )


def _of_members(unit: Unit) -> Iterator[str]:
    counted = (
        select(MemberRow.household_id, func.count().label("people"))
        .where(MemberRow.live.is_(True))
        .group_by(MemberRow.household_id)
        .subquery()
    )
    query = select(HouseholdRow.head_name, HouseholdRow.size, counted.c.people).outerjoin(
        counted, counted.c.household_id == HouseholdRow.id
    )
    for head, size, people in unit.session.execute(
        query.where(HouseholdRow.size != func.coalesce(counted.c.people, 0))
    ):
        yield f"{head}户登记 {size} 人，成员表有 {people or 0} 人（R09）"
    doubled = select(MemberRow.id_number).where(MemberRow.live.is_(True), MemberRow.id_number != "")
    for number in unit.session.scalars(doubled.group_by(MemberRow.id_number).having(func.count() > 1)):
        yield f"尾号 {number[-4:]} 的身份证号登记了两次（R03）"


def recount(unit: Unit, case_ids: Sequence[int] | None = None) -> int:
    """Derive all states anew from the events; returns how many cases."""
    ids = unit.session.scalars(select(CaseRow.id)).all() if case_ids is None else case_ids
    if ids:
        cases.refresh(unit, ids)
        unit.trail("重新核算进度", entity="case", count=len(ids))
    return len(ids)
