"""What the papers of a village or the town say: the roll, the town's review sheet, the minutes, and who stayed out and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from db.errors import Problem, Refused
from db.papers import announcement as announcement_paper
from db.papers.announcement import AnnouncementFacts, AnnouncementRow
from db.papers.appraisal import AppraisalFacts, VoteRow
from db.papers.leftout import LeftOutFacts, LeftOutRow
from db.papers.model import Paper
from db.papers.notice import Office, printed_names
from db.papers.review import ReviewFacts, ReviewRow
from db.papers.roll import RollFacts, RollRow
from db.papers.wording import both
from db.rules import income
from db.rules.case import Event, Kind, Outcome, Status, latest, standing
from db.rules.codes import AppraisalKind
from db.rules.identity import is_minor
from db.rules.meeting import quorum
from db.rules.procedure import IDENTIFICATION, Step
from db.rules.values import Household
from db.services.cases import batches, cases, documents
from db.services.cases.paperhomes import homes_of, homes_when
from db.services.notices import exposure, notices
from db.services.notices import paper as noticepaper
from db.services.notices.notices import NoticeView
from db.services.notices.paper import committee_of
from db.services.papers.reports import body_of
from db.services.town import search, town
from db.services.town.placenames import village_then
from db.services.town.search import Filter, Line
from db.store.unit import Unit

OPINED = frozenset({Step.REVIEW, Step.ANNOUNCEMENT, Step.RECHECK, Step.DECISION, Step.CARD})


def roll(unit: Unit, village_id: int, *, show_ids: bool = False, ladder: str = IDENTIFICATION) -> RollFacts:
    """The roll of a village: every household that has the village's agreeing opinion, up to those on the register.

    On the ladder of removal: those the village agreed to remove, as long as the county has not decided.
    """
    village = next((v for v in town.villages(unit) if v.id == village_id), None)
    if village is None:
        raise Refused("没有这个村，请刷新")
    lines = search.lines(unit, search.ids(unit, Filter(village_id=village_id)))
    wanted = [x for x in lines.values() if _is_on_roll(x, ladder)]
    of = cases.case_of(unit, [x.id for x in wanted], ladder)
    events = cases.events(unit, of.values())
    opinions = [e for x in wanted if (e := latest(standing(events[of[x.id]]), Kind.OPINED)) is not None]
    if not wanted:
        raise Refused(f"{village.name}还没有出具初审意见的农户，名册是空的；先出具村初审意见")
    signer = max(opinions, key=lambda e: (e.acted_on, e.id), default=None)
    compiled_on = signer.acted_on if signer else unit.today
    made_at = max((e.entered_at for e in opinions), default=unit.now)
    homes, called = (
        homes_when(unit, of, compiled_on, made_at),
        village_then(unit, village_id, compiled_on, made_at).name,
    )
    rows = tuple(_roll_row(homes[x.id], standing(events[of[x.id]])) for x in wanted)
    return RollFacts(
        town=town.town(unit).name,
        village=called,
        committee=committee_of(called),
        year=compiled_on.year,
        rows=rows,
        compiled_on=compiled_on,
        filler=signer.actor if signer else unit.actor.name,
        secretary=signer.facts["signer"] if signer else "",
        team_leader=signer.facts["team_leader"] if signer else "",
        show_ids=show_ids,
        topic=town.options(unit).ladders[ladder].name,
        document=documents.roll_number(unit, village_id, compiled_on.year) if ladder == IDENTIFICATION else "",
    )


def _is_on_roll(line: Line, ladder: str) -> bool:
    if ladder == IDENTIFICATION and line.on_register:
        return True
    return line.ladder == ladder and line.step in OPINED and line.status is Status.RUNNING


def _roll_row(h: Household, events: Sequence[Event]) -> RollRow:
    vote, opinion = latest(events, Kind.APPRAISED), latest(events, Kind.OPINED)
    facts = opinion.facts if opinion else {}
    return RollRow(
        group=h.group,
        head_name=h.head_name,
        head_sex=h.head_sex.label if h.head_sex else "",
        id_number=h.head_id,
        size=h.size,
        able_members=sum(1 for m in h.members if m.labour and m.labour.able),
        attribute=h.attribute.label if h.attribute else "",
        able="" if h.able is None else ("有" if h.able.value == "1" else "无"),
        main_cause=h.main_cause.label if h.main_cause else "",
        income_per_head=_per_head(h),
        housing_grade=h.housing_grade.label if h.housing_grade else "",
        appraised_on=vote.acted_on if vote else None,
        notice_first=_day(facts.get("notice_first")),
        notice_last=_day(facts.get("notice_last")),
        opinion="同意" if facts.get("agree") else "",
        remark=h.remark,
    )


def minutes(unit: Unit, batch_id: int) -> AppraisalFacts:
    """The minutes of one assembly with the votes on every household."""
    batch = batches.get(unit, batch_id)
    facts = batch.facts
    kind = AppraisalKind.of(facts["kind"])
    due, present = facts["due"], facts["present"]
    needed = quorum(kind, due, by_households=facts["by_households"])
    return AppraisalFacts(
        town=town.town(unit).name,
        village=batch.village,
        committee=committee_of(batch.village),
        assembly=kind.label,
        subject=facts.get("subject") or town.options(unit, batch.made_at).ladders[batch.ladder].topic,
        held_on=batch.dated,
        place=facts["place"],
        chair=facts["chair"],
        recorder=facts["recorder"],
        due=due,
        present=present,
        quorum=f"须到会 {needed} 人，实到 {present} 人，符合法定人数",
        rows=tuple(_vote_rows(unit, batch_id)),
        guests=facts.get("guests", ""),
        withdrew=facts.get("withdrew", ""),
        watcher=facts.get("watcher", ""),
        teller=facts.get("teller", ""),
        course=facts.get("course", ""),
        speeches=facts.get("speeches", ""),
    )


def _vote_rows(unit: Unit, batch_id: int) -> Iterable[VoteRow]:
    found, homes, of = _batch_homes(unit, batch_id)
    for case_id, event in found.items():
        h, f = homes[of[case_id]], event.facts
        result = "通过" if f["passed"] else "未通过"
        minor = is_minor(h.head_id, event.acted_on)
        yield VoteRow(h.group, h.head_name, h.size, f["yes"], f["no"], f["abstained"], result, minor=minor)


def _batch_homes(unit: Unit, batch_id: int) -> tuple[dict[int, Event], dict[int, Household], dict[int, int]]:
    """What a paper did to whom, villages and groups under the names of its day."""
    batch, found = batches.get(unit, batch_id), cases.events_of_batch(unit, batch_id)
    of = cases.households_of(unit, found)
    homes = homes_of(unit, of.values(), batch)
    return found, homes, of


def unmasked_roll(unit: Unit, village_id: int, purpose: str, ladder: str = IDENTIFICATION) -> RollFacts:
    """The roll with whole ID numbers, for the office's own use; the trail keeps who asked for it and what for.

    Refused without a purpose.
    """
    if not purpose.strip():
        raise Refused([Problem("印完整身份证号须写明用途", "purpose")])
    facts = roll(unit, village_id, show_ids=True, ladder=ladder)
    unit.trail(
        "名册印完整身份证号", entity="village", entity_id=village_id, reason=purpose.strip(), count=len(facts.rows)
    )
    return facts


def review_sheet(unit: Unit, batch_id: int, village: str) -> ReviewFacts:
    """The town's review sheet of one village in one review."""
    batch = batches.get(unit, batch_id)
    found, homes, of = _batch_homes(unit, batch_id)
    rows = tuple(_review_row(homes[of[i]], e) for i, e in found.items() if homes[of[i]].village == village)
    alone, options = len(rows) == len(found), town.options(unit, batch.made_at)
    named = town.town(unit).name
    return ReviewFacts(
        town=named,
        village=village,
        body=options.town_body,
        government=body_of(options, named),
        year=batch.year,
        rows=rows,
        reviewed_on=batch.dated,
        reviewer=batch.actor,
        sampled=batch.facts.get("sampled") if alone else None,
        matching=batch.facts.get("matching", ""),
        opinion=_review_opinion(rows, options.ladders[batch.ladder].name),
        topic=options.ladders[batch.ladder].name,
        document=batch.facts.get("document", ""),
    )


def _review_row(h: Household, event: Event) -> ReviewRow:
    back = event.facts["outcome"] == Outcome.RETURNED.value
    return ReviewRow(
        h.group, h.head_name, h.size, h.attribute.label if h.attribute else "", event.facts["reason"] if back else ""
    )


def _review_opinion(rows: Sequence[ReviewRow], topic: str) -> str:
    passed = [r for r in rows if not r.returned]
    if not passed:
        return "经审核，退回补正后重新上报。"
    back = "；其余退回补正后重新上报" if len(passed) < len(rows) else ""
    what = f"{topic}，上报县审定" if topic == "清退" else "上报"
    return f"经审核，同意{both(len(passed), sum(r.size for r in passed))}{what}{back}。"


def announcement(unit: Unit, batch_id: int, planned: date | None = None, village: str = "") -> AnnouncementFacts:
    """The county's announcement as the town hangs it up, or one village with its own households only.

    Until it hangs everywhere the period is the one it would have if the places still missing were posted on ``planned``, by default
    today. Refused when the village has no household on it.
    """
    batch, now = batches.get(unit, batch_id), notices.view(unit, batch_id)
    options, named = town.options(unit, batch.made_at), town.town(unit)
    period, _ = noticepaper.hanging_period(now, max(planned or unit.today, batch.dated))
    rows = tuple(r for r in _announced(now) if village in ("", r.village))
    if not rows:
        raise Refused(f"{village}没有农户在这份公告上")
    return AnnouncementFacts(
        county_office=f"{named.county}扶贫办",
        scope=f"{named.name}{village}",
        year=batch.year,
        basis=options.basis,
        rows=rows,
        first_day=period.first,
        last_day=period.last,
        days=(period.last - period.first).days + 1,
        places=now.places,
        offices=(Office(noticepaper.office_name(options, named.name), options.contact, options.office_phone),),
        issued_on=batch.dated,
        document=batch.facts.get("document", ""),
    )


def announcement_sheet(unit: Unit, batch_id: int, planned: date | None = None, village: str = "") -> Paper:
    """The announcement ready to print; Refused when a private number of the record would be printed."""
    facts = announcement(unit, batch_id, planned, village)
    paper = announcement_paper.build(facts)
    exposure.require_clean(unit, paper, [o.phone for o in facts.offices])
    return paper


def _announced(now: NoticeView) -> Iterator[AnnouncementRow]:
    """The rows as the county's list says them; group texts begin with the village's name."""
    villages = sorted(now.places, key=len, reverse=True)
    for row, name in zip(now.rows, printed_names(now.rows), strict=True):
        village = next((v for v in villages if row.group.startswith(v)), "")
        yield AnnouncementRow(village, row.group.removeprefix(village), name, row.size, row.attribute)


def left_out(unit: Unit) -> LeftOutFacts:
    """Everybody in the record who is not on the register, with the step he stands at and why."""
    named = town.town(unit)
    lines = search.lines(unit, search.ids(unit, Filter())).values()
    rows = tuple(
        LeftOutRow(
            x.village,
            x.group,
            x.head_name,
            x.size,
            x.step.label if x.step else "",
            f"{x.status.label}：{x.why}",
            x.since,
        )
        for x in lines
        if not x.on_register
    )
    return LeftOutFacts(named.name, unit.today.year, unit.today, rows, unit.actor.name)


def _per_head(h: Household) -> Decimal | None:
    return income.to_cents(income.per_head(h.income, h.size)) if h.income and h.size else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
