"""Whether what the record says agrees with itself: rows with the trail, copies with what they follow from, lists with members.

The store proves the file and its chain; this proves the meaning. Every fault is one Chinese sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Set

from sqlalchemy import func, select

from db.rules.case import derive
from db.rules.codes import BatchKind, ChangeKind
from db.schema.attachment import Attachment
from db.schema.base import Base
from db.schema.batch import GateRow
from db.schema.case import CaseRow, StateRow
from db.schema.evidence import Thumbnail
from db.schema.household import HouseholdChange, HouseholdRow, HouseholdVersion, MemberRow
from db.schema.sheets import ImportRow, ImportUndo
from db.services.cases import cases
from db.services.notices import notices
from db.services.register import households, snapshots, strangecodes
from db.store import seal
from db.store.unit import Unit

_SHOWN = 20
_WORDS = ("why", "waits")


def faults(unit: Unit) -> tuple[str, ...]:
    """Everything that does not agree, at most twenty of a kind; () when all does."""
    strange = strangecodes.find(unit)
    broken = {one.table for one in strange}
    homes = {one.household_id for one in strange if one.household_id is not None}
    found: list[Iterable[str]] = [seal.faults(unit.connection), (one.text for one in strange)]
    found += [kind(unit) for kind, tables in _READING.items() if not tables & broken]
    found += [_of_versions(unit, homes), _of_members(unit), _of_ended(unit), _of_thumbnails(unit)]
    return tuple(text for kind in found for text in list(kind)[:_SHOWN])


def _of_states(unit: Unit) -> Iterator[str]:
    kept = {row.case_id: row for row in unit.session.scalars(select(StateRow))}
    ids = unit.session.scalars(select(CaseRow.id)).all()
    found, ladder_of, shown = cases.events(unit, ids), cases.ladders(unit, ids), cases.shown(unit)
    for case_id in ids:
        if case_id not in found:
            yield f"第 {case_id} 号申请没有任何办理记录"
        elif not _says(kept.get(case_id), cases.state_row(case_id, derive(found[case_id], ladder_of[case_id]))):
            yield f"第 {case_id} 号申请的进度与办理记录不符，被改动过"
        elif kept[case_id].current is not (case_id in shown):
            yield f"第 {case_id} 号申请在名单上的显示与办理记录不符，被改动过"


def _of_gates(unit: Unit) -> Iterator[str]:
    kept = {row.batch_id: row for row in unit.session.scalars(select(GateRow))}
    for now in (*notices.views(unit), *notices.views(unit, BatchKind.ANNOUNCEMENT)):
        if not _says(kept.get(now.id), notices.gate_row(now)):
            yield f"{now.label}的期限与张贴记录不符，被改动过"


def _says(row: Base | None, values: dict[str, object]) -> bool:
    """Whether the copy says the same; its sentences are the program's words of that day and may differ."""
    return row is not None and all(getattr(row, key) == value for key, value in values.items() if key not in _WORDS)


_READING: dict[Callable[[Unit], Iterator[str]], frozenset[str]] = {
    _of_states: frozenset({"event", "case_state"}),
    _of_gates: frozenset({"batch", "batch_event", "evidence"}),
}
"""What cannot be looked at while one of these tables holds a code that nobody knows."""


def _of_versions(unit: Unit, unreadable: Set[int]) -> Iterator[str]:
    """Each household is as it was saved last, but for those that cannot be read; the versions themselves are sealed."""
    newest = select(func.max(HouseholdVersion.id)).group_by(HouseholdVersion.household_id)
    query = select(HouseholdVersion.household_id, HouseholdVersion.content).where(HouseholdVersion.id.in_(newest))
    said = {row.household_id: row.content for row in unit.session.execute(query)}
    ids = [home for home in unit.session.scalars(select(HouseholdRow.id)) if home not in unreadable]
    for household_id, household in households.get_many(unit, ids).items():
        now = snapshots.snapshot(household)
        kept = said.get(household_id, "null")
        if kept != now and _filled(json.loads(kept)) != _filled(json.loads(now)):
            yield f"{household.named}的资料与最后一次保存的不同，被改动过"


def _filled(said: object) -> object:
    """What was said without blanks and record numbers: the first program wrote down every box, filled or not."""
    if isinstance(said, dict):
        kept = ((key, value) for key, value in said.items() if value is not None and value != "")
        return {key: _filled(value) for key, value in kept if key != "version"}
    if isinstance(said, list):
        return [_filled(value) for value in said]
    return said


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


def _of_ended(unit: Unit) -> Iterator[str]:
    """A household is off the lists when a change ended it or the file that brought it in was taken back, and only then."""
    row, new = HouseholdChange, ImportRow
    ended = select(row.household_id).where(row.kind == ChangeKind.DISSOLVED)
    taken_back = select(new.household_id).where(new.before == 0, new.run_id.in_(select(ImportUndo.run_id)))
    home = HouseholdRow
    query = select(home.head_name, home.live).where(home.live.is_(home.id.in_(ended.union(taken_back))))
    for head, live in unit.session.execute(query):
        said = "已经销户，却还在名单上" if live else "没有销户，却不在名单上"
        yield f"{head}户{said}，被改动过"


def _of_thumbnails(unit: Unit) -> Iterator[str]:
    """A thumbnail is made of a photo of the record; without one nobody can say what it shows."""
    lost = select(Thumbnail.sha256).where(Thumbnail.sha256.not_in(select(Attachment.sha256)))
    for sha in unit.session.scalars(lost.order_by(Thumbnail.sha256)):
        yield f"缩略图 {sha[:8]} 没有原件，原件被删去或缩略图不是本程序写入的"
