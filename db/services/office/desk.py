"""今天要办的事: everything that waits, by due date, each line saying how many 户 and 人 and which page does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select

from db.rules.case import ENDED, Status
from db.rules.codes import BatchKind
from db.rules.procedure import REMOVAL, Step
from db.schema.batch import BatchRow, GateRow
from db.schema.case import CaseRow, StateRow
from db.schema.household import HouseholdRow
from db.schema.town import Village
from db.services.deciding import rechecks
from db.services.notices import notices, objections
from db.services.notices.notices import NoticeView
from db.services.town import search, town
from db.services.town.search import Filter
from db.store.unit import Unit

VISIT_DAYS = 10
"""Days after an application came into the record from which its unrecorded visit is shown as overdue."""


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of the desk. ``page`` is the key of the page that does it, ``wanted`` the households it means there, ``batch_id`` the
    notice or announcement; ``due`` is None when nothing presses."""

    due: date | None
    text: str
    subject: str
    where: str
    page: str
    wanted: Filter = field(default_factory=Filter)
    batch_id: int | None = None


@dataclass(frozen=True, slots=True)
class StepCount:
    """Households and persons that ``wanted`` finds, under the words of the desk."""

    text: str
    households: int
    persons: int
    wanted: Filter


@dataclass(frozen=True, slots=True)
class Overview:
    """All the desk shows."""

    todos: tuple[Todo, ...]
    counts: tuple[StepCount, ...]


def overview(unit: Unit) -> Overview:
    """Everything the desk shows, in one reading."""
    return Overview(todos(unit), step_counts(unit))


def todos(unit: Unit) -> tuple[Todo, ...]:
    """All that waits, what is due first on top, then in the order of the procedure; a fixed number of queries."""
    found = [*_of_notices(unit), *_of_objections(unit), *_of_queues(unit), *_of_rounds(unit)]
    return tuple(sorted(found, key=lambda t: (t.due is None, t.due or date.max)))


def step_counts(unit: Unit) -> tuple[StepCount, ...]:
    """How many households stand at each step of identification, how many on the register, and how many are to be removed."""
    query = (
        select(CaseRow.ladder, StateRow.step, func.count(), func.sum(HouseholdRow.size))
        .join(CaseRow, CaseRow.id == StateRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .where(StateRow.status.not_in(ENDED), HouseholdRow.live.is_(True), StateRow.current)
        .group_by(CaseRow.ladder, StateRow.step)
    )
    found = {(ladder, step): (households, persons) for ladder, step, households, persons in unit.session.execute(query)}
    climbed = town.options(unit).ladder
    counts = [
        StepCount(s.label, *found.get((climbed.key, s), (0, 0)), Filter(step=s, ladder=climbed.key, running=True))
        for s in climbed.steps[1:]
    ]
    registered = Filter(status=Status.REGISTERED)
    counts.append(StepCount("在册", *search.count(unit, registered), registered))
    leaving = [counted for (ladder, _), counted in found.items() if ladder == REMOVAL]
    if leaving:
        both = (sum(c[0] for c in leaving), sum(c[1] for c in leaving))
        counts.append(StepCount("清退办理中", *both, Filter(ladder=REMOVAL, running=True)))
    return tuple(counts)


def counts_by_page(unit: Unit) -> dict[str, int]:
    """How much waits on each page, for the marks in the navigation."""
    found: dict[str, int] = {}
    for todo in todos(unit):
        found[todo.page] = found.get(todo.page, 0) + 1
    return found


def _of_notices(unit: Unit) -> Iterator[Todo]:
    for notice in (*notices.views(unit), *notices.views(unit, BatchKind.ANNOUNCEMENT)):
        if not notice.down:
            yield from _of_notice(unit, notice)


def _of_notice(unit: Unit, notice: NoticeView) -> Iterator[Todo]:
    today = unit.today
    subject = f"{notice.village or '全镇'} · {len(notice.rows)} 户 {notice.persons} 人"
    page = "notices" if notice.village else "county"
    if notice.decide_from is None:
        yield Todo(today, f"{notice.label}：{notice.waits}", subject, "张贴", page, batch_id=notice.id)
    elif notice.last is not None and today <= notice.last:
        text = "最后一天，24:00 期满" if notice.last == today else "期满"
        yield Todo(
            notice.last,
            f"{notice.label}{text}",
            subject,
            f"{notice.decide_from:%m-%d} 起可办下一步",
            page,
            batch_id=notice.id,
        )
    if notice.late:
        yield Todo(
            today, f"{notice.label}有 {len(notice.late)} 处补录待审核人认定", subject, "补录", page, batch_id=notice.id
        )


def _of_objections(unit: Unit) -> Iterator[Todo]:
    county = set(unit.session.scalars(select(BatchRow.id).where(BatchRow.kind == BatchKind.ANNOUNCEMENT)))
    for objection in objections.register_view(unit):
        page = "county" if objection.notice_id in county else "notices"
        if objection.is_open:
            day = (unit.today - objection.received_on).days + 1
            text = f"异议待核查（第 {day} 天）"
            yield Todo(unit.today, text, objection.household, "异议核查", page, batch_id=objection.notice_id)
        elif objection.is_unanswered:
            yield Todo(None, "异议已核查，待答复", objection.household, "异议答复", page, batch_id=objection.notice_id)


def _of_rounds(unit: Unit) -> Iterator[Todo]:
    for one in rechecks.rounds(unit):
        left = one.progress.left
        if left.households:
            yield Todo(
                None, f"{one.label}待核查", f"{one.village or '全镇'} · {left}", "回头看", "rechecks", batch_id=one.id
            )


def _of_queues(unit: Unit) -> Iterator[Todo]:
    yield from _queue(
        unit, "入户核实待录", "入户核实", "verification", Step.VERIFICATION, Status.RUNNING, late=VISIT_DAYS
    )
    yield from _queue(unit, "入户核实待补充", "入户核实", "verification", Step.VERIFICATION, Status.INCOMPLETE)
    yield from _queue(unit, "七不进待审核人认定", "七不进", "verification", Step.VERIFICATION, Status.RULING)
    yield from _queue(unit, "待民主评议", "民主评议", "appraisals", Step.APPRAISAL, Status.RUNNING)
    yield from _queue(unit, "已评议，待公示", "公示", "notices", Step.NOTICE, Status.RUNNING, ungated=True)
    yield from _queue(unit, "公示期满，待村初审", "村初审", "reviews", Step.NOTICE, Status.RUNNING, ready=True)
    yield from _queue(unit, "待镇审核", "镇审核", "reviews", Step.REVIEW, Status.RUNNING)
    yield from _queue(unit, "待县公告", "县公告", "county", Step.ANNOUNCEMENT, Status.RUNNING)
    yield from _queue(unit, "待县核查", "县核查", "county", Step.RECHECK, Status.RUNNING, ready=True)
    yield from _queue(unit, "待县审定", "县审定", "county", Step.DECISION, Status.RUNNING, ready=True)
    yield from _queue(unit, "已审定，待建档立卡", "建档立卡", "county", Step.CARD, Status.RUNNING)


def _queue(
    unit: Unit, text: str, where: str, page: str, step: Step, status: Status, *,
    ungated: bool = False, ready: bool = False, late: int | None = None,
) -> Iterator[Todo]:  # fmt: skip
    gated = ready and step is Step.NOTICE
    query = _by_village(step, status).where(*_gate_condition(unit, ungated=ungated, ready=ready, gated=gated))
    for village_id, village, ladder, households, persons, opened in unit.session.execute(query):
        wanted = Filter(
            village_id=village_id, step=step, status=status, ungated=ungated, ready=unit.today if ready else None,
            ladder=ladder,
        )  # fmt: skip
        topic = "清退：" if ladder == REMOVAL else ""
        due = None if late is None else opened.date() + timedelta(days=late)
        waited = (
            f"（最早一户已录 {(unit.today - opened.date()).days} 天）" if due is not None and due < unit.today else ""
        )
        yield Todo(due, f"{topic}{text}{waited}", f"{village} · {households} 户 {persons} 人", where, page, wanted)


def _by_village(step: Step, status: Status) -> Select[int, str, str, int, int, datetime]:
    """Per village and ladder: households, persons, and when the longest waiting of them came into the record."""
    return (
        select(
            Village.id, Village.name, CaseRow.ladder, func.count(), func.sum(HouseholdRow.size),
            func.min(CaseRow.opened_at, type_=CaseRow.opened_at.type),
        )
        .select_from(StateRow)
        .join(CaseRow, CaseRow.id == StateRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .where(HouseholdRow.live.is_(True), StateRow.step == step, StateRow.status == status)
        .group_by(Village.id, CaseRow.ladder)
        .order_by(Village.position, CaseRow.ladder)
    )  # fmt: skip


def _gate_condition(unit: Unit, *, ungated: bool, ready: bool, gated: bool) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if ungated:
        found.append(StateRow.gate_id.is_(None))
    if ready:
        over = StateRow.gate_id.in_(select(GateRow.batch_id).where(GateRow.decide_from <= unit.today))
        found.append(over if gated else StateRow.gate_id.is_(None) | over)
    return found
