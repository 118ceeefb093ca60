"""Which step of a running case a change makes void, because what was judged or posted no longer holds, and why it must wait.

A change that life brought leaves a posted list right as it was on its day; what was typed wrong does not. The verdict of the visit
falls only when the income per head comes to lie on the other side of the line.
"""

from __future__ import annotations

from db.rules.case import State
from db.rules.changes.change import OF_HOUSEHOLDS, WRONG, Change
from db.rules.changes.effect import Effect
from db.rules.codes import ChangeKind
from db.rules.procedure import Step


def step_undone(state: State, change: Change, told: Effect) -> Step | None:
    """The step that must be corrected with the change (二人确认); None when the case goes on as it stands."""
    if state.registered_on is not None or state.ended or state.reached(Step.REVIEW) is not None:
        return None
    visited = state.visit_id is not None and state.visit_id > state.climb  # what was sent back is visited anew as it is
    if visited and (told.crossed or change.kind in OF_HOUSEHOLDS - {ChangeKind.DISSOLVED}):
        return Step.VERIFICATION
    posted = state.gate_id is not None or state.reached(Step.NOTICE) is not None
    return Step.NOTICE if posted and change.kind in WRONG else None


def withdraws(state: State) -> bool:
    """Whether the case of a household that is dissolved must be withdrawn: it runs, or waits, for a household that is no more."""
    return not state.ended


def waits(state: State, change: Change) -> str:
    """Why a change cannot be made while the case stands where it stands; "" when it can."""
    if change.kind not in OF_HOUSEHOLDS:
        return ""
    if state.registered_on is not None:
        return "" if state.ended else "本户正在办清退，分户、并户、销户请等清退办完"
    if not state.ended and state.reached(Step.REVIEW) is not None and change.kind is not ChangeKind.DISSOLVED:
        return "镇审核已办，分户、并户请等县审定、建档立卡以后再办"
    return ""
