"""公示: the list of a village goes up at the village office and in every group, and the days run.

A notice keeps the counting rule and the printed rows it was made with. Each place has its own posting; the period runs from the latest.
A posting recorded more than three days late counts from its recording unless the reviewer approves it, and no clock can shorten it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from db.errors import Problem, Refused, refuse_any
from db.papers.model import Paper
from db.papers.notice import NoticeFacts, NoticeRow, indistinct
from db.rules.case import Event, Kind, Status, latest
from db.rules.codes import BatchAct, BatchKind, Role
from db.rules.identity import is_minor
from db.rules.procedure import IDENTIFICATION, Step
from db.rules.values import Household
from db.schema.batch import BatchEventRow, GateRow
from db.schema.case import CaseRow, EventRow, StateRow
from db.schema.household import HouseholdRow
from db.schema.town import Village
from db.services.cases import batches, cases
from db.services.cases.batches import Batch
from db.services.cases.cases import Act
from db.services.evidence import attachments
from db.services.notices import paper as noticepaper
from db.services.notices.views import NoticeView, Printed, Wall, awaited, clock_of, forecast, view, views
from db.services.register import households
from db.services.town import town
from db.store.unit import Unit

__all__ = ["NoticeView", "Printed", "Wall", "forecast", "view", "views"]

OFFICE_PLACE = "村委会"
_BEFORE = {BatchKind.NOTICE: "民主评议", BatchKind.ANNOUNCEMENT: "县公告"}
_NOBODY = "榜上的农户都已办到下一步或另行公示，这张榜的期限不能再改"
LONGEST_DAYS = 90
"""A notice can never be shortened, so a slip in the year of a lengthening must not get in."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of a village passed the assembly and hangs on no notice, by ladder: no notice mixes them."""

    village_id: int
    village: str
    households: int
    persons: int
    ladder: str = IDENTIFICATION


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household that may be listed: its case, the row it would print, and when it passed with which votes (05-24 38:2)."""

    case_id: int
    row: NoticeRow
    passed: str


@dataclass(frozen=True, slots=True)
class Hung:
    """Where and when one list was hung up, with the file of a photo if there is one."""

    posted_on: date
    photo: Path | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A notice ready to print: its facts, the paper (no private number of the record in it), and what it lacks in Chinese."""

    facts: NoticeFacts
    paper: Paper
    gaps: tuple[str, ...]


def waiting(unit: Unit) -> tuple[Waiting, ...]:
    """Villages with households to be listed, in the town's order; one query."""
    query = (
        select(Village.id, Village.name, func.count(), func.sum(HouseholdRow.size), CaseRow.ladder)
        .select_from(StateRow)
        .join(CaseRow, CaseRow.id == StateRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .where(StateRow.step == Step.NOTICE, StateRow.status == Status.RUNNING, StateRow.gate_id.is_(None))
        .where(HouseholdRow.live.is_(True))
        .group_by(Village.id, CaseRow.ladder)
        .order_by(Village.position, CaseRow.ladder)
    )
    return tuple(Waiting(*row) for row in unit.session.execute(query))


def candidates(unit: Unit, village_id: int, ladder: str = IDENTIFICATION) -> tuple[int, ...]:
    """Cases of a village on one ladder that passed the assembly and hang on no notice."""
    query = (
        select(StateRow.case_id)
        .join(CaseRow, CaseRow.id == StateRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .where(HouseholdRow.village_id == village_id, StateRow.step == Step.NOTICE, StateRow.status == Status.RUNNING)
        .where(StateRow.gate_id.is_(None), HouseholdRow.live.is_(True), CaseRow.ladder == ladder)
        .order_by(HouseholdRow.group_id, StateRow.case_id)
    )
    return tuple(unit.session.scalars(query))


def listable(unit: Unit, village_id: int, ladder: str = IDENTIFICATION) -> tuple[Candidate, ...]:
    """The candidates of a village as the clerk ticks them."""
    ids = candidates(unit, village_id, ladder)
    events = cases.events(unit, ids)
    return tuple(
        Candidate(case_id, row, _passed(events[case_id]))
        for case_id, row in zip(ids, printed_rows(unit, ids), strict=True)
    )


def _passed(events: Sequence[Event]) -> str:
    vote = latest(events, Kind.APPRAISED)
    return f"{vote.acted_on:%m-%d}　{vote.facts['yes']}:{vote.facts['no']}" if vote else ""


def printed_rows(unit: Unit, case_ids: Sequence[int]) -> tuple[NoticeRow, ...]:
    """The rows a notice of these cases prints, in their order."""
    of = cases.households_of(unit, case_ids)
    homes = households.get_many(unit, of.values())
    return tuple(_printed(homes[of[case_id]], unit.today) for case_id in case_ids)


def _printed(h: Household, today: date) -> NoticeRow:
    return NoticeRow(
        group=h.group,
        head_name=h.head_name,
        size=h.size,
        attribute=h.attribute.label if h.attribute else "",
        head_sex=h.head_sex.label if h.head_sex else "",
        cause=h.main_cause.label if h.main_cause else "",
        head_is_minor=is_minor(h.head_id, today),
    )


def draft(unit: Unit, village_id: int, case_ids: Sequence[int], planned: date) -> Sheet:
    """The notice as it would be if it were made of these cases and posted on ``planned``; nothing is written.

    Refused when there are none, when two cannot be told apart, or when a private number would be printed.
    """
    if not case_ids:
        raise Refused("没有选中任何一户")
    cases.require_village(unit, case_ids, village_id)
    rows = _distinct(printed_rows(unit, case_ids))
    facts = noticepaper.draft_of(unit, village_id, case_ids, rows, _places(unit, village_id), planned)
    return Sheet(facts, noticepaper.checked(unit, facts), noticepaper.gaps(facts))


def paper(unit: Unit, notice_id: int, planned: date) -> NoticeFacts:
    """What the notice says; places still missing are taken to be posted on ``planned``."""
    return noticepaper.facts_of(unit, notice_id, planned)


def sheet(unit: Unit, notice_id: int, planned: date) -> Sheet:
    """The notice ready to print; Refused when a private number of the record would be printed. A withdrawn one says so across."""
    facts = paper(unit, notice_id, planned)
    void = view(unit, notice_id).down
    return Sheet(facts, noticepaper.checked(unit, facts, void=void), noticepaper.gaps(facts))


def create(unit: Unit, village_id: int, case_ids: Sequence[int]) -> int:
    """Make a notice of these households; returns its id.

    Refused when one may not be listed, two cannot be told apart, or a private number of the record would be printed.
    """
    places = _places(unit, village_id)
    acts = [Act(case_id, unit.today) for case_id in case_ids]
    cases.admit(unit, Kind.LISTED, acts)
    proof = draft(unit, village_id, case_ids, unit.today)
    options = town.options(unit)
    facts = {
        "counting": asdict(options.counting),
        "show_cause": options.show_cause,
        "assemblies": noticepaper.assemblies(unit, case_ids),
        "places": places,
        "rows": [asdict(r) for r in proof.facts.rows],
        "cases": list(case_ids),
    }
    batch_id = batches.make(
        unit, BatchKind.NOTICE, village_id=village_id, dated=unit.today, facts=facts, village=proof.facts.village,
        ladder=cases.ladder_of(unit, case_ids).key,
    )  # fmt: skip
    write_gate(unit, batch_id)
    cases.write(unit, Kind.LISTED, acts, batch_id=batch_id, bulk=len(acts) > 1)
    return batch_id


def _places(unit: Unit, village_id: int) -> tuple[str, ...]:
    village = next((v for v in town.villages(unit) if v.id == village_id), None)
    if village is None:
        raise Refused("没有这个村，请刷新")
    return (OFFICE_PLACE, *(g.name for g in village.groups))


def _distinct(rows: tuple[NoticeRow, ...]) -> tuple[NoticeRow, ...]:
    twins = indistinct(rows)
    if twins:
        who = "、".join(sorted({f"{r.group}{r.head_name}" for r in twins}))
        raise Refused(f"{who}：同组同名、人口和性别也相同，榜上分不清，请先给户主姓名加注后再公示")
    return rows


def note_printed(unit: Unit, notice_id: int, planned: date, copies: int) -> NoticeView:
    """Remember the period that stands on the copies printed or saved, so that a later posting can be held against it."""
    facts = paper(unit, notice_id, planned)
    said = {"first": facts.first_day.isoformat(), "last": facts.last_day.isoformat(), "copies": copies}
    batches.add_event(unit, notice_id, BatchAct.PRINTED, unit.today, facts=said)
    unit.trail("打印公示", entity="batch", entity_id=notice_id, copies=copies)
    return view(unit, notice_id)


def hang(unit: Unit, notice_id: int, lists: Mapping[str, Hung]) -> NoticeView:
    """Record postings with their photos, all or none. Refused as ``post``, or when a file is no photo; Known: a file is unreadable."""
    photos = {place: attachments.attach(unit, hung.photo) if hung.photo else "" for place, hung in lists.items()}
    return post(unit, notice_id, {place: (hung.posted_on, photos[place]) for place, hung in lists.items()})


def add_photos(unit: Unit, notice_id: int, photos: Mapping[str, Path]) -> NoticeView:
    """Add photos to places where the list hangs already; Refused for a place without one. The period does not change."""
    now = view(unit, notice_id)
    bare = [w.place for w in now.walls if w.place in photos and w.posted_on is None]
    if bare or not photos:
        raise Refused(f"{'、'.join(bare)}还没有登记张贴，先登记张贴再补照片" if bare else "还没有选照片")
    for place, path in photos.items():
        sha = attachments.attach(unit, path)
        batches.add_event(unit, notice_id, BatchAct.PHOTO, unit.today, place=place, photo_sha=sha)
    unit.trail("补张贴照片", entity="batch", entity_id=notice_id, places=len(photos))
    return view(unit, notice_id)


def post(unit: Unit, batch_id: int, postings: Mapping[str, tuple[date, str]]) -> NoticeView:
    """Record where the list was posted: place -> (day, SHA-256 of a photo or "").

    Refused for a day after today, before the list was decided, for a place the notice does not have, or when the list says a
    private number of the record.
    """
    unit.require_trusted_day()
    batch = batches.get(unit, batch_id)
    refuse_any(_posting_problems(unit, batch, postings))
    if batch.kind is BatchKind.NOTICE:
        noticepaper.checked(unit, paper(unit, batch_id, unit.today))
    for place, (posted_on, photo) in postings.items():
        batches.add_event(unit, batch_id, BatchAct.POSTED, posted_on, place=place, photo_sha=photo)
    unit.trail("登记张贴", entity="batch", entity_id=batch_id, places=len(postings))
    return _renew(unit, batch_id)


def _posting_problems(unit: Unit, batch: Batch, postings: Mapping[str, tuple[date, str]]) -> list[Problem]:
    found = [] if postings else [Problem("还没有填写任何一处的张贴日期", "posted_on")]
    found += [
        Problem(f"{place}不在本公示的张贴地点里", "place") for place in postings if place not in batch.facts["places"]
    ]
    earliest = _decided_on(unit, batch)
    if view(unit, batch.id).taken_on is not None:
        found.append(Problem("这张公示已撤下，请新建公示"))
    elif not awaited(unit, batch.id):
        found.append(Problem(_NOBODY))
    for place, (posted_on, _) in postings.items():
        if posted_on > unit.today:
            found.append(
                Problem(f"{place}：张贴日期 {posted_on} 晚于今天 {unit.today}，请在张贴以后登记", "posted_on", place)
            )
        elif earliest is not None and posted_on < earliest:
            found.append(
                Problem(
                    f"{place}：张贴日期 {posted_on} 早于{_BEFORE[batch.kind]}的 {earliest}，请核对", "posted_on", place
                )
            )
    return found


def _decided_on(unit: Unit, batch: Batch) -> date | None:
    """The day of the last assembly whose households are on the list, or of the county's document."""
    if batch.kind is BatchKind.ANNOUNCEMENT:
        return batch.dated
    if "assemblies" in batch.facts:
        return max((date.fromisoformat(held_on) for _, held_on in batch.facts["assemblies"]), default=None)
    query = select(EventRow.acted_on).where(
        EventRow.kind == Kind.APPRAISED, EventRow.case_id.in_(batch.facts.get("cases", []))
    )
    return max(unit.session.scalars(query), default=None)


def rule_late(unit: Unit, event_ids: Iterable[int], *, approve: bool, reason: str) -> None:
    """The reviewer decides on late entries (补录) in a batch, all or none; Refused to the one who entered a posting among them."""
    chosen = tuple(dict.fromkeys(event_ids))
    late = {event_id: v for v in _all_views(unit) for event_id in v.late}
    refuse_any(_ruling_problems(unit, chosen, frozenset(late), reason))
    act = BatchAct.LATE_APPROVED if approve else BatchAct.LATE_REFUSED
    for event_id in chosen:
        said = {"posting": event_id, "reason": reason.strip()}
        batches.add_event(unit, late[event_id].id, act, unit.today, facts=said)
    touched = {late[i].id for i in chosen}
    unit.trail(act.label, entity="batch", reason=reason, count=len(chosen), notices=len(touched))
    for batch_id in touched:
        _renew(unit, batch_id)


def _all_views(unit: Unit) -> tuple[NoticeView, ...]:
    return (*views(unit), *views(unit, BatchKind.ANNOUNCEMENT))


def _ruling_problems(unit: Unit, chosen: Sequence[int], late: frozenset[int], reason: str) -> list[Problem]:
    if unit.actor.role is not Role.REVIEWER:
        return [Problem("补录由审核人认定，请换审核人登录")]
    found = [] if chosen else [Problem("没有选中任何一处补录")]
    if not reason.strip():
        found.append(Problem("请写明同意或不同意补录的理由", "reason"))
    if not late.issuperset(chosen):
        found.append(Problem("有一条补录已经认定过，请刷新后再办；本次没有写入"))
    own = select(BatchEventRow.place).where(BatchEventRow.id.in_(chosen), BatchEventRow.actor_id == unit.actor.id)
    places = unit.session.scalars(own).all()
    if places:
        found.append(Problem(f"{'、'.join(places)}的张贴是您本人登记的，补录须由另一名审核人认定"))
    return found


def extend(unit: Unit, batch_id: int, last: date, reason: str) -> NoticeView:
    """Lengthen a running notice to ``last``; Refused when that would shorten it, or go on for more than ``LONGEST_DAYS``."""
    now = view(unit, batch_id)
    period = clock_of(batches.get(unit, batch_id)).period
    if now.taken_on is not None:
        raise Refused(f"{now.label}已撤下，不能再延长")
    if period is None:
        raise Refused(f"{now.label}：{now.waits}，还没有起算，不必延长")
    found = [] if reason.strip() else [Problem("请写明延长的理由", "reason")]
    if not awaited(unit, batch_id):
        found.append(Problem(_NOBODY))
    if last <= period.last:
        found.append(Problem(f"公示只能延长，不能缩短：原定到 {period.last}，不能改为 {last}", "last"))
    elif last < unit.today:
        found.append(Problem(f"{last} 已经过去，公示不能倒着延长，请填今天或以后的日期", "last"))
    if (last - period.first).days >= LONGEST_DAYS:
        found.append(Problem(f"延长到 {last} 就公示了 {LONGEST_DAYS} 天以上，以后不能再缩短，请核对年月", "last"))
    refuse_any(found)
    said = {"last": last.isoformat(), "reason": reason.strip()}
    batches.add_event(unit, batch_id, BatchAct.EXTENDED, unit.today, facts=said)
    unit.trail("延长公示", entity="batch", entity_id=batch_id, reason=reason)
    return _renew(unit, batch_id)


def take_down(unit: Unit, batch_id: int, taken_on: date) -> NoticeView:
    """Record that a full notice was taken down; before its end it is taken down only by a correction."""
    now = view(unit, batch_id)
    if now.taken_on is not None:
        raise Refused(f"{now.label}已在 {now.taken_on} 撤下，请刷新")
    if now.last is None or taken_on <= now.last:
        text = f"{now.label}到 {now.last or '（未起算）'} 才满，期满前撤下请用“更正”，并重新公示"
        raise Refused([Problem(text, "taken_on")])
    if taken_on > unit.today:
        raise Refused([Problem("撤下日期晚于今天，请核对", "taken_on")])
    batches.add_event(unit, batch_id, BatchAct.TAKEN_DOWN, taken_on)
    unit.trail("撤下公示", entity="batch", entity_id=batch_id)
    return _renew(unit, batch_id)


def withdraw(unit: Unit, batch_id: int, reason: str) -> None:
    """A wrong list comes down before its end; called by the correction, which withdraws the households' listing too."""
    batches.add_event(unit, batch_id, BatchAct.TAKEN_DOWN, unit.today, facts={"wrong": True, "reason": reason})
    unit.trail("撤下错榜", entity="batch", entity_id=batch_id, reason=reason)
    _renew(unit, batch_id)


def _renew(unit: Unit, batch_id: int) -> NoticeView:
    write_gate(unit, batch_id)
    return view(unit, batch_id)


def write_gate(unit: Unit, batch_id: int) -> None:
    """Copy the period that follows from a paper's postings for the lists and the door."""
    values = gate_row(view(unit, batch_id))
    query = upsert(GateRow).values(batch_id=batch_id, **values)
    unit.session.execute(query.on_conflict_do_update(index_elements=["batch_id"], set_=values))


def gate_row(now: NoticeView) -> dict[str, Any]:
    """The period as its copy for the lists keeps it."""
    return {
        "first": now.first,
        "last": now.last,
        "decide_from": now.decide_from,
        "waits": now.waits,
        "late": len(now.late),
        "down": now.down,
    }
