"""异议: registered against one household on a notice, investigated by others than the first visitors, upheld or not, answered.

An open objection stops only its household; the others on the notice go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select

from db.errors import Problem, Refused, refuse_any
from db.rules.case import Event, Finding, Kind, latest, standing
from db.rules.objecting import Answered, Claim, answer_problems, investigator_problems
from db.rules.procedure import IDENTIFICATION
from db.schema.case import EventRow, StateRow
from db.services.cases import cases
from db.services.cases.cases import Act
from db.services.cases.verification import latest_visit
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Objection:
    """What was raised. ``objector`` is "" when anonymous; ``channel`` is 来信, 来访, 电话 or the like, ``claim`` the item of 六进 or
    七不进 it speaks of, ``contact`` where the objector is reached, for the office only."""

    case_id: int
    received_on: date
    objector: str
    channel: str
    content: str
    claim: Claim | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Investigation:
    """What came of it: the investigators (two or more), the result in words, and when and how the objector was answered, if he was.

    ``own_reason`` is why one of the first surveyors had to look again.
    """

    objection_id: int
    investigated_on: date
    investigators: tuple[str, ...]
    finding: Finding
    result: str
    answered_on: date | None = None
    answer: str = ""
    way: str = ""
    own_reason: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """One line of the objection register (异议登记表). It stays when the list it was raised against is taken down.

    ``answered`` is what the objector was told last; ``relisted`` the notice on which the household was posted anew after a correction.
    """

    id: int
    case_id: int
    household: str
    received_on: date
    objector: str
    channel: str
    content: str
    investigation: Event | None
    notice_id: int | None = None
    received_by: str = ""
    claim: Claim | None = None
    contact: str = ""
    answered: Answered = field(default_factory=Answered)
    relisted: int | None = None
    first: tuple[str, ...] = ()
    ladder: str = IDENTIFICATION
    received_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for its investigation."""
        return self.investigation is None

    @property
    def is_unanswered(self) -> bool:
        """Whether it was investigated and the objector not told yet."""
        return not self.is_open and self.answered.on is None


def register(unit: Unit, objection: Objection) -> int:
    """Put an objection on the register; the household pauses. Returns the objection's id."""
    if not objection.content.strip():
        raise Refused([Problem("请写明异议的内容", "content")])
    facts = {
        "objector": objection.objector.strip(),
        "channel": objection.channel,
        "content": objection.content.strip(),
        "claim": objection.claim.value if objection.claim else "",
        "contact": objection.contact.strip(),
        "notice": unit.session.scalar(select(StateRow.gate_id).where(StateRow.case_id == objection.case_id)),
    }
    return cases.act(unit, Kind.OBJECTED, [Act(objection.case_id, objection.received_on, facts)])[0]


def investigate(unit: Unit, done: Investigation) -> None:
    """Record the investigation and its finding; Refused when the result is blank, or when a first surveyor looks again without a reason."""
    case_id, events = _case(unit, done.objection_id)
    refuse_any(_problems(events, done, unit.today))
    facts = {
        "objection": done.objection_id,
        "investigators": list(done.investigators),
        "finding": done.finding.value,
        "result": done.result.strip(),
        "answered_on": done.answered_on.isoformat() if done.answered_on else "",
        "answer": done.answer,
        "way": done.way,
        "own_reason": done.own_reason.strip(),
    }
    cases.act(unit, Kind.INVESTIGATED, [Act(case_id, done.investigated_on, facts)])


def answer(unit: Unit, objection_id: int, answered: Answered) -> None:
    """Record that the objector was told what came of it; Refused before the investigation, or without day and way."""
    case_id, events = _case(unit, objection_id)
    looked = _investigation(events, objection_id)
    if looked is None:
        raise Refused("这条异议还没有核查，核查后才能答复")
    if answered.on is None:
        raise Refused([Problem("请填写答复日期", "answered_on")])
    refuse_any(answer_problems(answered, looked.acted_on, unit.today))
    facts = {"objection": objection_id, "way": answered.way, "answer": answered.words.strip()}
    cases.act(unit, Kind.ANSWERED, [Act(case_id, answered.on, facts)])


def _investigation(events: Sequence[Event], objection_id: int) -> Event | None:
    """The investigation of an objection that counts."""
    found = (e for e in standing(events) if e.kind is Kind.INVESTIGATED and e.facts["objection"] == objection_id)
    return next(found, None)


def register_view(unit: Unit, case_ids: Sequence[int] | None = None) -> tuple[ObjectionView, ...]:
    """The objection register, newest first; of all cases or of some."""
    if case_ids is None:
        case_ids = unit.session.scalars(select(EventRow.case_id).where(EventRow.kind == Kind.OBJECTED).distinct()).all()
    called, ladder_of = cases.names(unit, case_ids), cases.ladders(unit, case_ids)
    found = []
    for case_id, events in cases.events(unit, case_ids).items():
        raised = [e for e in standing(events) if e.kind is Kind.OBJECTED]
        found += [_view(e, case_id, called[case_id], events, ladder_of[case_id].key) for e in raised]
    return tuple(sorted(found, key=lambda o: -o.id))


def _view(event: Event, case_id: int, household: str, events: Sequence[Event], ladder: str) -> ObjectionView:
    facts = event.facts
    looked = _investigation(events, event.id)
    return ObjectionView(
        event.id, case_id, household, event.acted_on, facts["objector"], facts["channel"], facts["content"], looked,
        facts.get("notice"), event.actor, Claim.of(facts["claim"]) if facts.get("claim") else None,
        facts.get("contact", ""), _answered(looked, event.id, events), _relisted(looked, events), _first(events), ladder,
        event.entered_at,
    )  # fmt: skip


def _answered(looked: Event | None, objection_id: int, events: Sequence[Event]) -> Answered:
    """What was told last: with the investigation, or later."""
    if looked is None:
        return Answered()
    later = [e for e in standing(events) if e.kind is Kind.ANSWERED and e.facts["objection"] == objection_id]
    if later and later[-1].id > looked.id:
        return Answered(later[-1].acted_on, later[-1].facts["way"], later[-1].facts["answer"])
    day = looked.facts.get("answered_on", "")
    return Answered(
        date.fromisoformat(day) if day else None, looked.facts.get("way", ""), looked.facts.get("answer", "")
    )


def _relisted(looked: Event | None, events: Sequence[Event]) -> int | None:
    """The first notice after a finding that asks for a correction."""
    if looked is None or looked.facts["finding"] != Finding.CORRECT.value:
        return None
    return next((e.batch_id for e in standing(events) if e.kind is Kind.LISTED and e.id > looked.id), None)


def _first(events: Sequence[Event]) -> tuple[str, ...]:
    """Who surveyed the household: the visitors, or those who proposed its removal."""
    visit, proposed = latest_visit(events), latest(events, Kind.PROPOSED)
    if proposed is not None:
        return tuple(proposed.facts["checkers"])
    return tuple(visit.facts["surveyors"]) if visit else ()


def _case(unit: Unit, objection_id: int) -> tuple[int, list[Event]]:
    query = select(EventRow.case_id).where(EventRow.id == objection_id, EventRow.kind == Kind.OBJECTED)
    case_id = unit.session.scalar(query)
    if case_id is None:
        raise Refused("没有这条异议，请刷新")
    return case_id, cases.events(unit, [case_id])[case_id]


def _problems(events: Sequence[Event], done: Investigation, today: date) -> list[Problem]:
    found = [*investigator_problems(done.investigators, _first(events), done.own_reason)]
    if not done.result.strip():
        found.append(Problem("请写明核查结果", "result"))
    raised = next(e for e in events if e.id == done.objection_id)
    if done.investigated_on < raised.acted_on:
        found.append(Problem(f"核查日期早于登记异议的 {raised.acted_on}，请核对", "investigated_on"))
    found += answer_problems(Answered(done.answered_on, done.way, done.answer), done.investigated_on, today)
    if _investigation(events, done.objection_id) is not None:
        found.append(Problem("这条异议已经核查过，请刷新"))
    return found
