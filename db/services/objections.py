"""异议: registered against one household on a notice, investigated by others than the first visitors, upheld or not, answered.

An open objection stops only its household; the others on the notice go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.errors import Problem, Refused, refuse_any
from db.rules.case import Event, Finding, Kind, standing
from db.schema.case import EventRow, StateRow
from db.services import cases
from db.services.cases import Act
from db.services.verification import latest_visit
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Objection:
    """What was raised. ``objector`` is "" when anonymous; ``channel`` is 来信, 来访, 电话 or the like."""

    case_id: int
    received_on: date
    objector: str
    channel: str
    content: str


@dataclass(frozen=True, slots=True)
class Investigation:
    """What came of it: the investigators (two or more), the result in words, and when and how the objector was answered."""

    objection_id: int
    investigated_on: date
    investigators: tuple[str, ...]
    finding: Finding
    result: str
    answered_on: date | None
    answer: str


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """One line of the objection register (异议登记表). It stays when the list it was raised against is taken down."""

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

    @property
    def is_open(self) -> bool:
        """Whether it waits for its investigation."""
        return self.investigation is None


def register(unit: Unit, objection: Objection) -> int:
    """Put an objection on the register; the household pauses. Returns the objection's id."""
    if not objection.content.strip():
        raise Refused([Problem("请写明异议的内容", "content")])
    facts = {
        "objector": objection.objector.strip(),
        "channel": objection.channel,
        "content": objection.content.strip(),
        "notice": unit.session.scalar(select(StateRow.gate_id).where(StateRow.case_id == objection.case_id)),
    }
    return cases.act(unit, Kind.OBJECTED, [Act(objection.case_id, objection.received_on, facts)])[0]


def investigate(unit: Unit, done: Investigation) -> None:
    """Record the investigation and its finding; Refused when first visitors investigate themselves or the result is blank."""
    case_id, events = _case(unit, done.objection_id)
    refuse_any(_problems(events, done, unit.today))
    facts = {
        "objection": done.objection_id,
        "investigators": list(done.investigators),
        "finding": done.finding.value,
        "result": done.result.strip(),
        "answered_on": done.answered_on.isoformat() if done.answered_on else "",
        "answer": done.answer,
    }
    cases.act(unit, Kind.INVESTIGATED, [Act(case_id, done.investigated_on, facts)])


def register_view(unit: Unit, case_ids: Sequence[int] | None = None) -> tuple[ObjectionView, ...]:
    """The objection register, newest first; of all cases or of some."""
    if case_ids is None:
        case_ids = unit.session.scalars(select(EventRow.case_id).where(EventRow.kind == Kind.OBJECTED).distinct()).all()
    called = cases.names(unit, case_ids)
    found = []
    for case_id, events in cases.events(unit, case_ids).items():
        counting = standing(events)
        answers = {e.facts["objection"]: e for e in counting if e.kind is Kind.INVESTIGATED}
        raised = [e for e in counting if e.kind is Kind.OBJECTED]
        found += [_view(e, case_id, called[case_id], answers.get(e.id)) for e in raised]
    return tuple(sorted(found, key=lambda o: -o.id))


def _view(event: Event, case_id: int, household: str, answer: Event | None) -> ObjectionView:
    facts = event.facts
    return ObjectionView(
        event.id, case_id, household, event.acted_on, facts["objector"], facts["channel"], facts["content"], answer,
        facts.get("notice"), event.actor,
    )  # fmt: skip


def _case(unit: Unit, objection_id: int) -> tuple[int, list[Event]]:
    query = select(EventRow.case_id).where(EventRow.id == objection_id, EventRow.kind == Kind.OBJECTED)
    case_id = unit.session.scalar(query)
    if case_id is None:
        raise Refused("没有这条异议，请刷新")
    return case_id, cases.events(unit, [case_id])[case_id]


def _problems(events: Sequence[Event], done: Investigation, today: date) -> list[Problem]:
    found = []
    people = {name.strip() for name in done.investigators if name.strip()}
    if len(people) < 2:
        found.append(Problem("核查须有两人以上，请填写两名核查人", "investigators"))
    visit = latest_visit(events)
    first = people & set(visit.facts["surveyors"]) if visit else set()
    if first:
        found.append(Problem(f"{'、'.join(sorted(first))}是原入户调查人，核查须另派人", "investigators"))
    if not done.result.strip():
        found.append(Problem("请写明核查结果", "result"))
    raised = next(e for e in events if e.id == done.objection_id)
    if done.investigated_on < raised.acted_on:
        found.append(Problem(f"核查日期早于登记异议的 {raised.acted_on}，请核对", "investigated_on"))
    if done.answered_on is not None and not done.investigated_on <= done.answered_on <= today:
        found.append(Problem("答复日期应在核查以后、今天以前，请核对", "answered_on"))
    if any(e.kind is Kind.INVESTIGATED and e.facts["objection"] == done.objection_id for e in standing(events)):
        found.append(Problem("这条异议已经核查过，请刷新"))
    return found
