"""更正: which events become void with a step that was done wrong, and why a step may not be made void.

What later steps built on a step falls with it. What others have said stays: an objection is not settled by taking a list down, and a
return by the town or the county is not undone by correcting what came before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.rules.case import STEP_OF, Event, Finding, Kind, Status, derive, standing
from db.rules.procedure import Ladder, Step


def falling(events: Sequence[Event], ladder: Ladder, step: Step) -> tuple[Event, ...]:
    """The standing events of the present climb that become void when ``step`` is corrected, oldest first."""
    climb = derive(events, ladder).climb
    return tuple(e for e in standing(events) if e.id > climb and _falls(e, step))


def _falls(event: Event, step: Step) -> bool:
    """An objection never falls; its investigation only when it ended the case, so that it is investigated anew."""
    if event.kind not in STEP_OF or event.kind is Kind.OBJECTED or not _from(step, STEP_OF[event.kind]):
        return False
    return event.kind is not Kind.INVESTIGATED or event.facts["finding"] == Finding.UPHELD.value


def _from(step: Step, other: Step) -> bool:
    order = list(Step)
    return order.index(other) >= order.index(step)


def correctable(events: Sequence[Event], ladder: Ladder) -> tuple[Step, ...]:
    """The steps that may be corrected now, lowest first."""
    return tuple(s for s in ladder.steps if not correction_refusals(events, ladder, s))


def correction_refusals(events: Sequence[Event], ladder: Ladder, step: Step) -> tuple[str, ...]:
    """Why ``step`` of a case may not be made void, in sentences the clerk can act on; empty when it may."""
    state = derive(events, ladder)
    if state.status is Status.WITHDRAWN:
        return (f"{ladder.opening}已撤回，先更正“撤回{ladder.opening}”，再更正这一步",)
    if state.reached(Step.REVIEW):
        return ("镇审核已办，村里的步骤不能再更正；请由镇或县退回后重办",)
    if step is ladder.steps[0]:
        return (f"{step.label}不能作废，要退出请用“撤回{ladder.opening}”",)
    if not any(rule.step is step and rule.correctable for rule in ladder.rules):
        return (f"“{step.label}”不能在这里更正",)
    if not any(STEP_OF[e.kind] is step for e in falling(events, ladder, step)):
        return (f"还没有办过“{step.label}”，没有可更正的",)
    return ()
