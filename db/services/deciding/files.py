"""户档: one household as its page shows it: the ladder, why it stands where it stands, and what happened.

Everything is read from the events, so the page can never say anything else than the papers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from db.errors import Refused
from db.rules import income
from db.rules.case import GIVEN_UP, Done, Event, Finding, Gate, Kind, Outcome, State, Status, derive, latest, void_ids
from db.rules.eligibility import INCOME_LINE, Judgement, Ruling, judge
from db.rules.income import Threshold
from db.rules.procedure import REMOVAL, Ladder, Step
from db.rules.values import Household
from db.services.cases import cases
from db.services.cases.signed import NOW, Signed, signed
from db.services.cases.verification import latest_visit, read_visit
from db.services.register import households
from db.services.town import town
from db.services.town.placenames import Moved, moves, place_on, placed
from db.store.unit import Unit

_NOTE = 6
"""Characters of a figure that fit under a rung beside its day."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder; ``state`` is "done", "current", "stopped" or "todo"."""

    step: Step
    note: str
    state: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of 为什么; ``mark`` is "ok", "open" or "stop"."""

    mark: str
    text: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """One line of the history; void ones were corrected and stay visible. ``event_id`` is 0 for a saved change of the household."""

    at: datetime
    on: date
    who: str
    text: str
    void: bool = False
    event_id: int = 0


@dataclass(frozen=True, slots=True)
class CaseName:
    """One case of a household: 识别 2016, 清退 2017."""

    case_id: int
    text: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One household with everything its page shows of one of its cases; ``cases`` names them all, oldest first."""

    household: Household
    case_id: int
    ladder: Ladder
    cases: tuple[CaseName, ...]
    number: str
    state: State
    gate: Gate | None
    rungs: tuple[Rung, ...]
    reasons: tuple[Reason, ...]
    history: tuple[Past, ...]
    judgement: Judgement | None
    events: tuple[Event, ...]
    moved: tuple[Moved, ...] = ()
    signed: Signed = NOW

    def household_on(self, day: date | None) -> Household:
        """The household with village and group as they were called on that day, for papers of that day."""
        return self._called(self.household, day)

    @property
    def applied(self) -> Household:
        """The household as it applied."""
        home = self.signed.applied or self.household
        return self._called(home, home.applied_on)

    @property
    def visited(self) -> Household:
        """The household as the visit found it; as it is now before there is a visit."""
        visit = latest_visit(self.events)
        return self.household if visit is None else self._called(self.signed.visited or self.household, visit.acted_on)

    def village_at(self, event: Event) -> str:
        """The village of the household as it was called when this was done."""
        return placed(self.household, place_on(self.moved, event.acted_on, event.entered_at)).village

    def _called(self, home: Household, day: date | None) -> Household:
        return home if day is None else placed(home, place_on(self.moved, day))


def open_file(unit: Unit, household_id: int, case_id: int = 0, ladder: str = "") -> CaseFile:
    """The file of one household with the case shown for it, with ``case_id``, or with its newest on a ladder; Refused when there is none."""
    of = {household_id: case_id} if case_id else cases.case_of(unit, [household_id], ladder)
    found = _files(unit, [household_id], of)
    if household_id not in found:
        raise Refused("档案里没有这一户，可能已被删除，请刷新列表")
    return found[household_id]


def open_files(unit: Unit, household_ids: Sequence[int], ladder: str = "") -> dict[int, CaseFile]:
    """The files of many households by id, each with the case shown for it or its newest on one ladder; a dozen queries however many.

    Households without a case on the ladder are left out.
    """
    return _files(unit, household_ids, cases.case_of(unit, household_ids, ladder))


def _files(unit: Unit, household_ids: Sequence[int], case_ids: Mapping[int, int]) -> dict[int, CaseFile]:
    homes = households.get_many(unit, [i for i in household_ids if i in case_ids])
    events = cases.events(unit, case_ids.values())
    known, lines = town.options(unit).ladders, town.thresholds(unit)
    of = cases.cases_of(unit, homes)
    ladder_of = {case_id: known[key] for found in of.values() for case_id, key, _ in found}
    states = {case_id: derive(found, ladder_of[case_id]) for case_id, found in events.items()}
    gates = cases.gates(unit, {s.gate_id for s in states.values() if s.gate_id})
    found, moved = {}, moves(unit, homes)
    anew = [i for i in homes if of[i][0][0] != case_ids[i]]
    said = signed(unit, homes, {i: events[case_ids[i]] for i in homes}, anew)
    for household_id, household in homes.items():
        case_id = case_ids[household_id]
        state, ladder = states[case_id], ladder_of[case_id]
        file = assemble(
            household, case_id, tuple(CaseName(i, f"{known[key].name} {year}") for i, key, year in of[household_id]),
            ladder, state, events[case_id], gates.get(state.gate_id or 0), lines, unit.today,
        )  # fmt: skip
        found[household_id] = replace(file, moved=moved.get(household_id, ()), signed=said[household_id])
    return found


def assemble(
    household: Household, case_id: int, named: tuple[CaseName, ...], ladder: Ladder, state: State, acts: Sequence[Event],
    gate: Gate | None, lines: tuple[Threshold, ...], today: date,
) -> CaseFile:  # fmt: skip
    """A file from what was read of it: what the page shows follows from the events alone, of today or of an earlier day."""
    judged = _judgement(lines, household, acts)
    rungs = _rungs(state, ladder.fitted({d.step for d in state.done}), gate, today)
    return CaseFile(
        household=household,
        case_id=case_id,
        ladder=ladder,
        cases=named,
        number=state.number,
        state=state,
        gate=gate,
        rungs=_inherited(rungs) if latest(acts, Kind.INHERITED) else rungs,
        reasons=_reasons(household, state, judged, gate, today, ladder),
        history=_history(acts, ladder),
        judgement=judged,
        events=tuple(acts),
    )


def _inherited(rungs: tuple[Rung, ...]) -> tuple[Rung, ...]:
    """A household split off a registered one stands on what that one has climbed."""
    return tuple(replace(r, note="随原户", state="done") if r.state == "todo" else r for r in rungs)


def judgement(file: CaseFile) -> Judgement | None:
    """The verdict of the visit as it was reached, on the household and the line of its day; None before a visit."""
    visit = latest_visit(file.events)
    return None if visit is None else _judged(visit, Decimal(visit.facts["line"]), file.visited, file.events)


def _judgement(lines: tuple[Threshold, ...], household: Household, events: Sequence[Event]) -> Judgement | None:
    visit = latest_visit(events)
    if visit is None:
        return None
    return _judged(visit, income.entry_line(lines, int(visit.facts["year"])), household, events)


def _judged(visit: Event, line: Decimal, household: Household, events: Sequence[Event]) -> Judgement:
    ruled = ruling_on(visit, events)
    ruling = Ruling(ruled.actor, visit.actor, ruled.facts["admit"], ruled.facts["reason"]) if ruled else None
    return judge(read_visit(visit), household.income, household.size, line, int(visit.facts["year"]), ruling)


def ruling_on(visit: Event, events: Sequence[Event]) -> Event | None:
    """The last ruling that counts on what this visit found of 七不进; one that was corrected or withdrawn does not."""
    ruled = latest(events, Kind.RULED)
    return ruled if ruled is not None and ruled.id > visit.id else None


def _rungs(state: State, ladder: Ladder, gate: Gate | None, today: date) -> tuple[Rung, ...]:
    done = {d.step: _done_note(d) for d in state.done}
    found = []
    for step in ladder.steps:
        if step in done:
            found.append(Rung(step, done[step], "done"))
        elif step is state.at:
            stopped = state.status in GIVEN_UP
            found.append(Rung(step, _current_note(state, gate, today), "stopped" if stopped else "current"))
        else:
            found.append(Rung(step, "", "todo"))
    return tuple(found)


def _done_note(done: Done) -> str:
    """The day and a short figure; a document's number or a card's stands in the history, the ladder has no room for it."""
    if done.step is Step.NOTICE and done.note:
        return done.note
    return f"{done.on:%m-%d} · {done.note}" if done.note and len(done.note) <= _NOTE else f"{done.on:%m-%d}"


def _current_note(state: State, gate: Gate | None, today: date) -> str:
    if state.status is not Status.RUNNING:
        return state.status.label
    if gate is None or gate.first is None or gate.last is None:
        return "待张贴" if gate else "待办"
    if today > gate.last:
        return "已满，待初审" if state.at is Step.NOTICE else "待办"
    if today < gate.first:
        return f"{gate.first:%m-%d} 起"
    return f"{gate.first:%m-%d} 起 · 第 {(today - gate.first).days + 1} 天"


def _reasons(
    household: Household, state: State, judged: Judgement | None, gate: Gate | None, today: date, ladder: Ladder
) -> tuple[Reason, ...]:
    if ladder.key == REMOVAL:
        found = [Reason("open", f"{state.done[0].on} 回头看提出清退，{state.done[0].note}", ladder.rules[0].basis)]
    else:
        found = [_income_reason(household)] if judged is None else _judged_reasons(judged)
    vote = state.reached(Step.APPRAISAL)
    if vote:
        found.append(Reason("ok", f"{vote.on} 民主评议通过，同意:不同意 {vote.note}"))
    if state.status in GIVEN_UP or state.status is Status.REMOVED:
        found.append(Reason("stop", state.why))
    elif state.status is Status.REGISTERED:
        found.append(Reason("ok", f"已建档立卡，档案号 {state.number}"))
    elif gate is not None and gate.decide_from is not None and today < gate.decide_from:
        found.append(Reason("open", f"{gate.label}到 {gate.last} 24:00 期满，{gate.decide_from} 起可办下一步"))
    else:
        found.append(Reason("open", gate.waits if gate and gate.waits else state.why))
    return tuple(found)


def _income_reason(household: Household) -> Reason:
    if household.income is None or not household.size:
        return Reason("open", "还没有收入核算", INCOME_LINE)
    amount = income.to_cents(income.per_head(household.income, household.size))
    return Reason("open", f"申报 {household.income.year} 年人均可支配收入 {amount:,.2f} 元，待入户核实", INCOME_LINE)


def _judged_reasons(judged: Judgement) -> list[Reason]:
    found = []
    for item in judged.items:
        group = item.key.partition("_")[0]
        if group in ("income", "signatures"):
            mark = "open" if item.passed is None else "ok" if item.passed else "stop"
            found.append(Reason(mark, f"{item.text}：{item.figure}", item.article))
        elif group == "entry" and item.passed:
            found.append(Reason("ok", f"六进：{item.text}（{item.figure}）", item.article))
        elif group == "bar" and item.passed is not True:
            found.append(
                Reason("open" if item.passed is None else "stop", f"七不进：{item.text}（{item.figure}）", item.article)
            )
    if all(i.passed is True for i in judged.items if i.key.startswith("bar_")):
        found.append(Reason("ok", "七不进 7 项均已核实", INCOME_LINE if not judged.items else judged.items[-1].article))
    return found


def _history(events: Sequence[Event], ladder: Ladder) -> tuple[Past, ...]:
    void = void_ids(events)
    lines = [Past(e.entered_at, e.acted_on, e.actor, _told(e, ladder), e.id in void, e.id) for e in events]
    return tuple(reversed(lines))


def _told(event: Event, ladder: Ladder) -> str:
    facts = event.facts
    second = f"（{event.approver}确认）" if event.approver else ""
    extra = ""
    if event.kind is Kind.APPRAISED:
        extra = f"：同意 {facts['yes']} 不同意 {facts['no']} 弃权 {facts['abstained']}"
    elif event.kind in (Kind.REVIEWED, Kind.RECHECKED, Kind.DECIDED):
        extra = f"：{Outcome.of(facts['outcome']).label}" + (f"，{facts['reason']}" if facts["reason"] else "")
    elif event.kind is Kind.INVESTIGATED:
        extra = f"：{Finding.of(facts['finding']).label}"
    elif event.kind is Kind.OBJECTED:
        extra = f"：{facts['content']}"
    elif event.kind in (Kind.CORRECTED, Kind.WITHDRAWN):
        void = Step.of(facts["step"]).label if "step" in facts else f"撤回{ladder.opening}" if "undone" in facts else ""
        extra = f"：“{void}”作废 {facts['reason']}" if void else f"：{facts['reason']}"
    elif event.kind is Kind.RULED:
        extra = f"：{'可以说明，准予继续' if facts['admit'] else '成立'}，{facts['reason']}"
    elif event.kind is Kind.CARDED:
        extra = f"：{facts['number']}"
    elif event.kind is Kind.INHERITED:
        extra = f"：由{facts['origin_head']}户（{facts['origin_number']}）分出，档案号 {facts['number']}"
    elif event.kind is Kind.PROPOSED:
        extra = f"：{facts['code']} {facts['reason']}（{'、'.join(facts['checkers'])}核查）"
    label = f"撤回{ladder.opening}" if event.kind is Kind.WITHDRAWN else event.kind.label
    return f"{label}{extra}{second}{'（批量）' if event.bulk else ''}"
