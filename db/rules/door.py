"""The door of each step: may this event come now, and if not, why, in sentences the clerk can act on.

No step can be skipped, shortened or put before its forerunner (粤扶办〔2016〕76号; dates in order: R68; open objection: R71;
seven full days: R69). The services ask here before they write; the database repeats what it can.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from db.rules.case import ENDED, STEP_OF, Gate, Kind, State, Status
from db.rules.procedure import Ladder, Step

_OF_OBJECTIONS = frozenset({Kind.OBJECTED, Kind.INVESTIGATED, Kind.ANSWERED})
_STATUS_BARS = {
    Status.INCOMPLETE: "入户核实待补充",
    Status.RULING: "七不进待认定",
    Status.HELD: "有异议未办结",
}


def refusals(
    state: State, kind: Kind, ladder: Ladder, acted_on: date, today: date, gate: Gate | None = None
) -> tuple[str, ...]:
    """All reasons against adding an event of ``kind`` done on ``acted_on``; empty when the door is open.

    ``gate`` is the notice or announcement that ``state.gate_id`` names, as of ``today``.
    """
    return (*_of_date(state, kind, acted_on, today), *_of_order(state, kind, ladder, acted_on, today, gate))


def _of_date(state: State, kind: Kind, acted_on: date, today: date) -> tuple[str, ...]:
    found = []
    if acted_on > today:
        found.append(f"日期 {acted_on} 晚于今天 {today}，请核对")
    last = state.done[-1] if state.done else None
    if last is not None and acted_on < last.on and kind is not Kind.ANSWERED:
        found.append(f"日期 {acted_on} 早于上一步“{last.step.label}”的 {last.on}，次序颠倒，请核对")
    elif kind not in _OF_OBJECTIONS and state.not_before is not None and acted_on < state.not_before:
        found.append(f"日期 {acted_on} 早于最近一次退回或异议核查的 {state.not_before}，次序颠倒，请核对")
    return tuple(found)


def _of_order(
    state: State, kind: Kind, ladder: Ladder, acted_on: date, today: date, gate: Gate | None
) -> tuple[str, ...]:
    if kind in (Kind.CORRECTED, Kind.ANSWERED):
        return ()
    if state.status in ENDED and kind is not Kind.INVESTIGATED:
        return (f"本户{state.status.label}（{state.why}），不能再办“{kind.label}”",)
    if kind in _BESIDE:
        return _BESIDE[kind](state)
    if kind is Kind.OPINED:
        return _of_opinion(state, acted_on, today, gate)
    return _of_step(state, kind, ladder, acted_on, today, gate)


def _of_ruling(state: State) -> tuple[str, ...]:
    return () if state.status is Status.RULING else ("本户没有待认定的七不进事项",)


def _of_investigation(state: State) -> tuple[str, ...]:
    """An objection is answered even when the case has ended meanwhile."""
    return () if state.objections else ("本户没有待核查的异议",)


def _of_withdrawal(state: State) -> tuple[str, ...]:
    if state.reached(Step.REVIEW):
        return ("镇审核已办，材料已报县，不能再撤回；请报县退回或不予认定",)
    return ()


def _of_objection(state: State) -> tuple[str, ...]:
    at_notice = state.at is Step.NOTICE and state.gate_id is not None
    announced = state.reached(Step.ANNOUNCEMENT) is not None
    return () if at_notice or announced else ("本户不在公示或公告期内，异议请记入来信来访",)


_BESIDE: Mapping[Kind, Callable[[State], tuple[str, ...]]] = {
    Kind.RULED: _of_ruling,
    Kind.OBJECTED: _of_objection,
    Kind.INVESTIGATED: _of_investigation,
    Kind.WITHDRAWN: _of_withdrawal,
}
"""Acts that climb no step of their own."""


def _of_step(
    state: State, kind: Kind, ladder: Ladder, acted_on: date, today: date, gate: Gate | None
) -> tuple[str, ...]:
    step = STEP_OF[kind]
    if step not in ladder.steps:
        return (f"本镇的程序没有“{step.label}”这一步，可在设置中由审核人更改",)
    if state.status in _STATUS_BARS and not (kind is Kind.VERIFIED and state.status is Status.INCOMPLETE):
        return (f"{_STATUS_BARS[state.status]}（{state.why}），先办结再办“{step.label}”",)
    if state.at is not step:
        at = state.at.label if state.at else "已建档"
        return (f"现在应办“{at}”，不能跳到“{step.label}”",)
    if kind is Kind.LISTED and state.gate_id is not None:
        return ("本户已在公示中，不必再列入",)
    if gate is not None and kind is not Kind.LISTED:
        return _of_gate(gate, acted_on, today, step)
    return ()


def _of_opinion(state: State, acted_on: date, today: date, gate: Gate | None) -> tuple[str, ...]:
    if state.status is Status.HELD:
        return ("有异议未办结，核查答复后才能出具意见",)
    if state.at is not Step.NOTICE:
        at = state.at.label if state.at else "已建档"
        return (f"现在应办“{at}”，不能跳到“{Step.OPINION.label}”",)
    if state.gate_id is None or gate is None:
        return ("还没有公示，先张贴公示满 7 天",)
    return _of_gate(gate, acted_on, today, Step.OPINION)


def _of_gate(gate: Gate, acted_on: date, today: date, step: Step) -> tuple[str, ...]:
    """Neither today nor the day written on the paper may lie inside the days of a notice."""
    if gate.decide_from is None:
        return (f"{gate.label}：{gate.waits}，期限还没有起算",)
    if today < gate.decide_from:
        return (f"{gate.label}到 {gate.last} 24:00 期满，{gate.decide_from} 起才能办“{step.label}”，今天是 {today}",)
    if acted_on < gate.decide_from:
        during = "公示期内" if step is Step.OPINION else "公告期内"
        return (
            f"日期 {acted_on} 在{during}，{gate.label}到 {gate.last} 才满，“{step.label}”不能早于 {gate.decide_from}",
        )
    return ()
