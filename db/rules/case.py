"""A case is its events: from them follow the steps done, the step it stands at, whether it runs, and why not.

Events are only ever added. A correction is an event that names the events it makes void; the void ones stay visible. Nothing here
reads the table or the clock: the day and the notice periods are arguments.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db.rules.codes import Code, Verdict
from db.rules.procedure import Ladder, Step


class Kind(Code):
    """What an event records; the label is what the history shows."""

    FILED = "filed", "提交申请"
    PROPOSED = "proposed", "提出清退"
    VERIFIED = "verified", "录入入户核实"
    RULED = "ruled", "七不进认定"
    APPRAISED = "appraised", "录入民主评议"
    LISTED = "listed", "列入公示"
    OBJECTED = "objected", "登记异议"
    INVESTIGATED = "investigated", "异议核查"
    ANSWERED = "answered", "答复异议"
    OPINED = "opined", "出具初审意见"
    REVIEWED = "reviewed", "镇审核"
    ANNOUNCED = "announced", "县公告"
    RECHECKED = "rechecked", "县核查"
    DECIDED = "decided", "县审定"
    CARDED = "carded", "建档立卡"
    INHERITED = "inherited", "分户承接"
    CORRECTED = "corrected", "更正"
    WITHDRAWN = "withdrawn", "撤回申请"


STEP_OF: Mapping[Kind, Step] = {
    Kind.FILED: Step.APPLICATION,
    Kind.PROPOSED: Step.PROPOSAL,
    Kind.VERIFIED: Step.VERIFICATION,
    Kind.RULED: Step.VERIFICATION,
    Kind.APPRAISED: Step.APPRAISAL,
    Kind.LISTED: Step.NOTICE,
    Kind.OBJECTED: Step.NOTICE,
    Kind.INVESTIGATED: Step.NOTICE,
    Kind.OPINED: Step.OPINION,
    Kind.REVIEWED: Step.REVIEW,
    Kind.ANNOUNCED: Step.ANNOUNCEMENT,
    Kind.RECHECKED: Step.RECHECK,
    Kind.DECIDED: Step.DECISION,
    Kind.CARDED: Step.CARD,
    Kind.INHERITED: Step.CARD,
}


OWN_WORK = (
    Kind.FILED, Kind.PROPOSED, Kind.VERIFIED, Kind.APPRAISED, Kind.LISTED, Kind.OBJECTED, Kind.INVESTIGATED, Kind.OPINED,
)  # fmt: skip
"""What counts as entering a step of a case; rulings on 七不进, late entries and corrections are a reviewer's own."""


class Outcome(Code):
    """How a reviewing body decides on one household."""

    PASSED = "passed", "通过"
    RETURNED = "returned", "退回"
    REFUSED = "refused", "不予认定"


class Finding(Code):
    """What the investigation of an objection came to."""

    UNFOUNDED = "unfounded", "不成立"
    UPHELD = "upheld", "成立，不予上报"
    CORRECT = "correct", "成立，更正后重新公示"


class Status(Code):
    """How a case stands."""

    RUNNING = "running", "办理中"
    INCOMPLETE = "incomplete", "待补充"
    RULING = "ruling", "待认定"
    HELD = "held", "异议待核"
    REJECTED = "rejected", "未通过"
    WITHDRAWN = "withdrawn", "已撤回"
    REGISTERED = "registered", "已建档"
    REMOVED = "removed", "已清退"


ENDED = frozenset({Status.REJECTED, Status.WITHDRAWN, Status.REGISTERED, Status.REMOVED})
GIVEN_UP = frozenset({Status.REJECTED, Status.WITHDRAWN})
"""How a case ends that leaves its household as it was before."""


@dataclass(frozen=True, slots=True)
class Event:
    """One act on one household. ``undoes`` are the ids of the events a correction makes void.

    ``actor`` entered it; ``approver`` is the second person where one is needed. ``facts`` are the paper's facts as JSON values.
    """

    id: int
    kind: Kind
    acted_on: date
    entered_at: datetime
    actor_id: int
    actor: str
    approver: str = ""
    batch_id: int | None = None
    undoes: tuple[int, ...] = ()
    bulk: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gate:
    """A notice or announcement as its cases see it: from which day the next step is open, or what it still lacks.

    ``decide_from`` is None while a place lacks its posting; ``waits`` then says which.
    """

    batch_id: int
    label: str
    first: date | None = None
    last: date | None = None
    decide_from: date | None = None
    waits: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A rung that is climbed: when, by which event, and a short figure for the ladder."""

    step: Step
    on: date
    event_id: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """What follows from the events.

    ``at`` is the step the case stands at (to be done next, or running, as a notice does); None once the card is made. ``why`` is one
    sentence: what it waits for or why it stopped. ``gate_id`` is the notice or announcement it hangs on. ``not_before`` is the day of the
    last word on it (a return, a finding on an objection), before which nothing that follows may lie; ``climb`` is the id of the event
    that sent it back to the visit, 0 on the first climb. ``registered_on`` and ``number`` are the household's place on the register as
    this case leaves it.
    """

    done: tuple[Done, ...]
    at: Step | None
    status: Status
    why: str
    gate_id: int | None = None
    objections: tuple[int, ...] = ()
    visit_id: int | None = None
    number: str = ""
    returned: str = ""
    not_before: date | None = None
    climb: int = 0
    registered_on: date | None = None

    @property
    def ended(self) -> bool:
        """No further step will come unless something is corrected."""
        return self.status in ENDED

    def reached(self, step: Step) -> Done | None:
        """The climbed rung of ``step``, if any."""
        return next((d for d in self.done if d.step is step), None)


def void_ids(events: Sequence[Event]) -> frozenset[int]:
    """Ids of the events that a later correction made void."""
    return frozenset(i for event in events for i in event.undoes)


def standing(events: Sequence[Event]) -> tuple[Event, ...]:
    """The events that still count, in order, without the corrections themselves."""
    void = void_ids(events)
    return tuple(e for e in events if e.id not in void and e.kind is not Kind.CORRECTED)


def latest(events: Sequence[Event], kind: Kind) -> Event | None:
    """The newest event of a kind that still counts."""
    return next((e for e in reversed(standing(events)) if e.kind is kind), None)


def carded(events: Sequence[Event]) -> Event | None:
    """The event that put the household on the register and gave it its card: by its own climb, or split off one that was there."""
    return latest(events, Kind.CARDED) or latest(events, Kind.INHERITED)


def derive(events: Sequence[Event], ladder: Ladder) -> State:
    """The state of a case from all its events (any order of ids is an error of the store, not checked here)."""
    climb = _Climb(ladder)
    for event in standing(events):
        climb.take(event)
    return climb.state()


class _Climb:
    """Folds standing events into a state; one method a kind of event."""

    def __init__(self, ladder: Ladder) -> None:
        self.ladder = ladder
        self.done: list[Done] = []
        self.status = Status.RUNNING
        self.why = ""
        self.gate_id: int | None = None
        self.objections: list[int] = []
        self.visit_id: int | None = None
        self.number = ""
        self.returned = ""
        self.not_before: date | None = None
        self.climb = 0
        self.registered_on: date | None = None
        self.reason = ""

    def take(self, event: Event) -> None:
        getattr(self, f"_{event.kind.value}")(event)

    def state(self) -> State:
        at = self._at()
        if self.objections and self.status is Status.RUNNING:
            self._stop(Status.HELD, "有异议未办结，本户暂停")
        why = self.why or (self.ladder.rule(at).waits if at else self.status.label)
        return State(
            tuple(self.done), at, self.status, why, self.gate_id, tuple(self.objections), self.visit_id, self.number,
            self.returned, self.not_before, self.climb, self.registered_on,
        )  # fmt: skip

    def _at(self) -> Step | None:
        if not self.done:
            return self.ladder.steps[0]
        return self.ladder.fitted({d.step for d in self.done}).after(self.done[-1].step)

    def _climbed(self, event: Event, note: str = "") -> None:
        self.done.append(Done(STEP_OF[event.kind], event.acted_on, event.id, note))
        self.status, self.why, self.gate_id = Status.RUNNING, "", None

    def _stop(self, status: Status, why: str) -> None:
        self.status, self.why = status, why

    def _wait_for(self, event: Event) -> None:
        """What comes after ``event`` may not lie before its day."""
        self.not_before = max(event.acted_on, self.not_before or event.acted_on)

    def _send_back(self, event: Event, why: str) -> None:
        """Everything above the step that opened the case must be done anew, and not before the day of ``event``."""
        self.done = self.done[:1]
        self.gate_id, self.climb = None, event.id
        self.returned = why
        self._stop(Status.RUNNING, f"{why}，须重新{self.ladder.steps[1].label}")

    def _filed(self, event: Event) -> None:
        self._climbed(event)

    def _proposed(self, event: Event) -> None:
        """The household stays on the register, under its number, until the county has decided."""
        facts = event.facts
        self.number, self.registered_on = facts["number"], date.fromisoformat(facts["registered_on"])
        self._climbed(event, f"原因 {facts['code']}")
        self.reason = f"{facts['code']} {facts['reason']}"

    def _verified(self, event: Event) -> None:
        self.visit_id, self.returned = event.id, ""
        facts = event.facts
        if facts["verdict"] == Verdict.INCOMPLETE.value:
            self._stop(Status.INCOMPLETE, facts["why"])
        elif facts["verdict"] == Verdict.UNFIT.value:
            self._stop(Status.REJECTED, facts["why"])
        elif facts["hits"]:
            self._stop(Status.RULING, facts["why"])
        else:
            self._climbed(event, facts.get("note", ""))

    def _ruled(self, event: Event) -> None:
        if event.facts["admit"]:
            self._climbed(event, "经认定")
        else:
            self._stop(Status.REJECTED, f"七不进经认定成立：{event.facts['reason']}")

    def _appraised(self, event: Event) -> None:
        yes, present = event.facts["yes"], event.facts["present"]
        if event.facts["passed"]:
            self._climbed(event, f"{yes}:{event.facts['no']}")
        else:
            self._stop(Status.REJECTED, f"民主评议未通过：同意 {yes} 票，未超过实到 {present} 人的一半")

    def _listed(self, event: Event) -> None:
        self.gate_id = event.batch_id
        self._stop(Status.RUNNING, "公示中")

    def _objected(self, event: Event) -> None:
        self.objections.append(event.id)

    def _investigated(self, event: Event) -> None:
        self.objections = [i for i in self.objections if i != event.facts["objection"]]
        if self.status in ENDED:
            return
        self._wait_for(event)
        finding, result = Finding.of(event.facts["finding"]), event.facts["result"]
        if finding is Finding.UPHELD:
            self._stop(Status.REJECTED, f"异议成立：{result}")
        elif finding is Finding.CORRECT and any(d.step is Step.REVIEW for d in self.done):
            self._send_back(event, f"公告异议成立，须更正：{result}")
        elif finding is Finding.CORRECT:
            self.gate_id = None
            self._stop(Status.RUNNING, "异议成立，更正后待重新公示")

    def _answered(self, event: Event) -> None:
        """The objector was told; the household stands where it stood."""

    def _opined(self, event: Event) -> None:
        if not event.facts["agree"]:
            self._stop(Status.REJECTED, f"村初审不同意上报：{event.facts['reason']}")
            return
        closed = event.facts.get("notice_last") or event.acted_on.isoformat()
        self.done.append(Done(Step.NOTICE, date.fromisoformat(closed), event.id, event.facts.get("notice_note", "")))
        self._climbed(event)

    def _decide(self, event: Event) -> None:
        outcome = Outcome.of(event.facts["outcome"])
        if outcome is Outcome.PASSED:
            self._climbed(event, event.facts.get("document", ""))
            if self._at() is None:
                self._leave()
        elif outcome is Outcome.RETURNED:
            self._wait_for(event)
            self._send_back(event, f"{event.kind.label}退回：{event.facts['reason']}")
        else:
            self._stop(Status.REJECTED, f"{event.kind.label}不予认定：{event.facts['reason']}")

    _reviewed = _rechecked = _decided = _decide

    def _announced(self, event: Event) -> None:
        self._climbed(event)
        self.gate_id = event.batch_id

    def _carded(self, event: Event) -> None:
        self.number = event.facts["number"]
        self._climbed(event, self.number)
        self.registered_on = event.acted_on
        self._stop(Status.REGISTERED, "已建档立卡")

    def _leave(self) -> None:
        """The county's word at the top of a ladder of removal takes the household off the register."""
        self.registered_on = None
        self._stop(Status.REMOVED, f"已清退（{self.reason}）")

    def _inherited(self, event: Event) -> None:
        """A household split off a registered one: it stands on what its household of origin has climbed."""
        self._carded(event)

    def _withdrawn(self, event: Event) -> None:
        self._stop(Status.WITHDRAWN, f"{self.ladder.opening}已撤回：{event.facts['reason']}")
