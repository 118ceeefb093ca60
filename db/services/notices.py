"""公示: the list of a village goes up at the village office and in every group, and the days run.

A notice keeps the counting rule and the printed rows it was made with. Each place has its own posting; the period runs from the latest.
A posting recorded more than three days late counts from its recording unless the reviewer approves it, and no clock can shorten it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from db.errors import Problem, Refused
from db.papers.notice import NoticeRow, indistinct
from db.rules.case import Kind, Status
from db.rules.codes import BatchAct, BatchKind, Role
from db.rules.identity import age_on, judge
from db.rules.notice import Counting, NoticeClock, Posting, effective_posting, lengthened, notice_period
from db.rules.procedure import Step
from db.rules.values import Household
from db.schema.batch import GateRow
from db.schema.case import CaseRow, EventRow, StateRow
from db.schema.household import HouseholdRow
from db.services import batches, cases, households, town
from db.services.batches import Batch
from db.services.cases import Act
from db.services.holidays import holidays
from db.store.unit import Unit

OFFICE_PLACE = "村委会"


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as the pages show it. ``late`` are the posting events that wait for the reviewer's word."""

    id: int
    label: str
    village: str
    made_on: date
    rows: tuple[NoticeRow, ...]
    case_ids: tuple[int, ...]
    places: tuple[str, ...]
    postings: tuple[Posting, ...]
    late: tuple[int, ...]
    first: date | None
    last: date | None
    decide_from: date | None
    waits: str
    down: bool
    objections: int = 0


def candidates(unit: Unit, village_id: int) -> tuple[int, ...]:
    """Cases of a village that passed the assembly and hang on no notice."""
    query = (
        select(StateRow.case_id)
        .join(CaseRow, CaseRow.id == StateRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .where(HouseholdRow.village_id == village_id, StateRow.step == Step.NOTICE, StateRow.status == Status.RUNNING)
        .where(StateRow.gate_id.is_(None))
        .order_by(HouseholdRow.group_id, StateRow.case_id)
    )
    return tuple(unit.session.scalars(query))


def printed_rows(unit: Unit, case_ids: Sequence[int]) -> tuple[NoticeRow, ...]:
    """The rows a notice of these cases prints, in their order."""
    of = cases.households_of(unit, case_ids)
    homes = households.get_many(unit, of.values())
    return tuple(_printed(homes[of[case_id]], unit.today) for case_id in case_ids)


def _printed(h: Household, today: date) -> NoticeRow:
    birth = judge(h.head_id, today).birth
    return NoticeRow(
        group=h.group,
        head_name=h.head_name,
        size=h.size,
        attribute=h.attribute.label if h.attribute else "",
        head_sex=h.head_sex.label if h.head_sex else "",
        cause=h.main_cause.label if h.main_cause else "",
        head_is_minor=birth is not None and age_on(birth, today) < 18,
    )


def create(unit: Unit, village_id: int, case_ids: Sequence[int]) -> int:
    """Make a notice of these households; returns its id. Refused when one may not be listed, or two cannot be told apart."""
    village = next((v for v in town.villages(unit) if v.id == village_id), None)
    if village is None:
        raise Refused("没有这个村，请刷新")
    acts = [Act(case_id, unit.today) for case_id in case_ids]
    cases.admit(unit, Kind.LISTED, acts)
    rows = printed_rows(unit, case_ids)
    twins = indistinct(rows)
    if twins:
        who = "、".join(sorted({f"{r.group}{r.head_name}" for r in twins}))
        raise Refused(f"{who}：同组同名、人口和性别也相同，榜上分不清，请先给户主姓名加注后再公示")
    facts = {
        "counting": asdict(town.options(unit).counting),
        "places": [OFFICE_PLACE, *(g.name for g in village.groups)],
        "rows": [asdict(r) for r in rows],
        "cases": list(case_ids),
    }
    batch_id = batches.make(
        unit, BatchKind.NOTICE, village_id=village_id, dated=unit.today, facts=facts, village=village.name
    )
    write_gate(unit, batch_id)
    cases.write(unit, Kind.LISTED, acts, batch_id=batch_id, bulk=len(acts) > 1)
    return batch_id


def post(unit: Unit, batch_id: int, postings: Mapping[str, tuple[date, str]]) -> NoticeView:
    """Record where the list was posted: place -> (day, SHA-256 of a photo or "").

    Refused for a day after today, before the list was decided, or for a place the notice does not have.
    """
    unit.require_trusted_day()
    batch = batches.get(unit, batch_id)
    _refuse(_posting_problems(unit, batch, postings))
    for place, (posted_on, photo) in postings.items():
        batches.add_event(unit, batch_id, BatchAct.POSTED, posted_on, place=place, photo_sha=photo)
    unit.trail("登记张贴", entity="batch", entity_id=batch_id, places=len(postings))
    return _renew(unit, batch_id)


def _posting_problems(unit: Unit, batch: Batch, postings: Mapping[str, tuple[date, str]]) -> list[Problem]:
    found = [
        Problem(f"{place}不在本公示的张贴地点里", "place") for place in postings if place not in batch.facts["places"]
    ]
    earliest = _decided_on(unit, batch)
    if view(unit, batch.id).down:
        found.append(Problem("这张公示已撤下，请新建公示"))
    for place, (posted_on, _) in postings.items():
        if posted_on > unit.today:
            found.append(
                Problem(f"{place}：张贴日期 {posted_on} 晚于今天 {unit.today}，请在张贴以后登记", "posted_on", place)
            )
        elif earliest is not None and posted_on < earliest:
            found.append(
                Problem(f"{place}：张贴日期 {posted_on} 早于民主评议的 {earliest}，请核对", "posted_on", place)
            )
    return found


def _decided_on(unit: Unit, batch: Batch) -> date | None:
    query = select(EventRow.acted_on).where(
        EventRow.kind == Kind.APPRAISED, EventRow.case_id.in_(batch.facts.get("cases", []))
    )
    return max(unit.session.scalars(query), default=None)


def rule_late(unit: Unit, event_ids: Iterable[int], *, approve: bool, reason: str) -> None:
    """The reviewer decides on late entries (补录) in a batch; he must not be the one who entered the posting."""
    if unit.actor.role is not Role.REVIEWER:
        raise Refused("补录由审核人认定，请换审核人登录")
    if not reason.strip():
        raise Refused([Problem("请写明同意或不同意补录的理由", "reason")])
    act = BatchAct.LATE_APPROVED if approve else BatchAct.LATE_REFUSED
    waiting = {event_id: v.id for v in views(unit) for event_id in v.late}
    for event_id in event_ids:
        if event_id not in waiting:
            raise Refused("有一条补录已经认定过，请刷新后再办；本次没有写入")
        batches.add_event(unit, waiting[event_id], act, unit.today, facts={"posting": event_id, "reason": reason})
    touched = {waiting[i] for i in event_ids}
    unit.trail(act.label, entity="batch", reason=reason, count=len(touched))
    for batch_id in touched:
        _renew(unit, batch_id)


def extend(unit: Unit, batch_id: int, last: date, reason: str) -> NoticeView:
    """Lengthen a running notice to ``last``; Refused when that would shorten it."""
    now = view(unit, batch_id)
    clock = _clock(batches.get(unit, batch_id))
    if clock.period is None:
        raise Refused(f"{now.label}：{now.waits}，还没有起算，不必延长")
    lengthened(clock.period, last)
    batches.add_event(unit, batch_id, BatchAct.EXTENDED, unit.today, facts={"last": last.isoformat(), "reason": reason})
    unit.trail("延长公示", entity="batch", entity_id=batch_id, reason=reason)
    return _renew(unit, batch_id)


def take_down(unit: Unit, batch_id: int, taken_on: date) -> NoticeView:
    """Record that a full notice was taken down; before its end it is taken down only by a correction."""
    now = view(unit, batch_id)
    if now.last is None or taken_on <= now.last:
        raise Refused(f"{now.label}到 {now.last or '（未起算）'} 才满，期满前撤下请用“更正”，并重新公示")
    if taken_on > unit.today:
        raise Refused([Problem("撤下日期晚于今天，请核对", "taken_on")])
    batches.add_event(unit, batch_id, BatchAct.TAKEN_DOWN, taken_on)
    unit.trail("撤下公示", entity="batch", entity_id=batch_id)
    return _renew(unit, batch_id)


def withdraw(unit: Unit, batch_id: int, reason: str) -> None:
    """A wrong list comes down before its end; called by the correction, which withdraws the households' listing too."""
    batches.add_event(unit, batch_id, BatchAct.TAKEN_DOWN, unit.today, facts={"wrong": True, "reason": reason})
    _renew(unit, batch_id)


def view(unit: Unit, batch_id: int) -> NoticeView:
    """One notice as the pages show it."""
    return _view(batches.get(unit, batch_id), _open_objections(unit, [batch_id]))


def views(unit: Unit, kind: BatchKind = BatchKind.NOTICE) -> tuple[NoticeView, ...]:
    """All notices (or announcements), newest first."""
    found = batches.of_kind(unit, kind)
    objections = _open_objections(unit, [b.id for b in found])
    return tuple(_view(b, objections) for b in found)


def _view(batch: Batch, objections: Mapping[int, int]) -> NoticeView:
    clock, down = _clock(batch), _down(batch)
    period = clock.period
    return NoticeView(
        id=batch.id,
        label=batch.label,
        village=batch.village,
        made_on=batch.dated,
        rows=tuple(NoticeRow(**r) for r in batch.facts["rows"]),
        case_ids=tuple(batch.facts["cases"]),
        places=tuple(batch.facts["places"]),
        postings=_postings(batch),
        late=_late(batch),
        first=period.first if period else None,
        last=period.last if period else None,
        decide_from=None if down or not period else period.decide_from,
        waits=_waits(clock, down=down),
        down=down,
        objections=objections.get(batch.id, 0),
    )


def _waits(clock: NoticeClock, *, down: bool) -> str:
    if down:
        return "已撤下"
    if clock.period is None:
        return f"{'、'.join(clock.missing)}还没有张贴"
    return "；".join(clock.problems)


def _down(batch: Batch) -> bool:
    return any(e.act is BatchAct.TAKEN_DOWN and e.facts.get("wrong") for e in batch.events)


def _approved(batch: Batch) -> dict[int, bool]:
    ruled = (BatchAct.LATE_APPROVED, BatchAct.LATE_REFUSED)
    return {e.facts["posting"]: e.act is BatchAct.LATE_APPROVED for e in batch.events if e.act in ruled}


def _postings(batch: Batch) -> tuple[Posting, ...]:
    ruled = _approved(batch)
    return tuple(
        Posting(e.place, e.acted_on, e.entered_at.date(), ruled.get(e.id, False))
        for e in batch.events
        if e.act is BatchAct.POSTED
    )


def _late(batch: Batch) -> tuple[int, ...]:
    ruled = _approved(batch)
    return tuple(
        e.id
        for e in batch.events
        if e.act is BatchAct.POSTED
        and e.id not in ruled
        and effective_posting(e.acted_on, e.entered_at.date(), approved_late=False) != e.acted_on
    )


def _clock(batch: Batch) -> NoticeClock:
    counting = Counting(**batch.facts["counting"])
    clock = notice_period(_postings(batch), batch.facts["places"], counting, holidays())
    lasts = [date.fromisoformat(e.facts["last"]) for e in batch.events if e.act is BatchAct.EXTENDED]
    if clock.period is not None and lasts and max(lasts) > clock.period.last:
        return NoticeClock(lengthened(clock.period, max(lasts)), clock.missing, clock.problems)
    return clock


def _renew(unit: Unit, batch_id: int) -> NoticeView:
    write_gate(unit, batch_id)
    return view(unit, batch_id)


def write_gate(unit: Unit, batch_id: int) -> None:
    """Copy the period that follows from a paper's postings for the lists and the door."""
    now = view(unit, batch_id)
    values = {
        "first": now.first,
        "last": now.last,
        "decide_from": now.decide_from,
        "waits": now.waits,
        "late": len(now.late),
        "down": now.down,
    }
    query = upsert(GateRow).values(batch_id=batch_id, **values)
    unit.session.execute(query.on_conflict_do_update(index_elements=["batch_id"], set_=values))


def _open_objections(unit: Unit, batch_ids: Sequence[int]) -> dict[int, int]:
    query = select(StateRow.gate_id, func.sum(StateRow.objections)).where(StateRow.gate_id.in_(batch_ids))
    return {gate_id: total for gate_id, total in unit.session.execute(query.group_by(StateRow.gate_id)) if gate_id}


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refused(problems)
