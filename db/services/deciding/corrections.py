"""更正 and 撤回: a step is made void with a reason and a second person, or the application is withdrawn; the old stays visible.

What later steps have used falls with it, so those are named and done anew; after the town's review nothing of the village is corrected
here any more, because the county has the papers.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.errors import Problem, Refused
from db.rules.case import Event, Kind, latest
from db.rules.codes import BatchKind
from db.rules.correction import correction_refusals, falling
from db.rules.procedure import Step
from db.services.cases import batches, cases
from db.services.cases.cases import Act
from db.services.notices import notices
from db.store.unit import Unit


def falls_with(unit: Unit, case_id: int, step: Step) -> tuple[Event, ...]:
    """The standing events that become void when ``step`` of this case is corrected, oldest first."""
    return falling(cases.events(unit, [case_id])[case_id], cases.ladder_of(unit, [case_id]), step)


def correct(unit: Unit, case_ids: Sequence[int], step: Step, reason: str) -> None:
    """Make ``step`` of these cases void, with all that later steps built on it; needs a reason and the second person."""
    _demand(unit, reason)
    if not case_ids:
        raise Refused("没有选中任何一户")
    cases.require_newest(unit, case_ids)
    ladder = cases.ladder_of(unit, case_ids)
    found = cases.events(unit, case_ids)
    called = cases.names(unit, case_ids)
    problems = [
        Problem(f"{called[i]}：{text}", where=called[i])
        for i in case_ids
        for text in correction_refusals(found[i], ladder, step)
    ]
    if problems:
        raise Refused(problems)
    facts = {"step": step.value, "reason": reason.strip()}
    acts = [Act(i, unit.today, facts, tuple(e.id for e in falling(found[i], ladder, step))) for i in case_ids]
    cases.write(unit, Kind.CORRECTED, acts, bulk=len(acts) > 1, reason=reason)


def take_down_wrong(unit: Unit, batch_id: int, reason: str) -> None:
    """A wrong list comes down: the notice and the listing of all its households become void, to be posted anew."""
    _demand(unit, reason)
    batch = batches.get(unit, batch_id)
    if batch.kind is not BatchKind.NOTICE:
        raise Refused("只有村公示可以在这里撤下")
    states = cases.states(unit, batch.facts["cases"])
    hanging = [i for i, s in states.items() if s.gate_id == batch_id and not s.ended]
    if not hanging:
        raise Refused(f"{batch.label}的农户都已办到下一步或已撤下，这张榜不必再撤")
    correct(unit, hanging, Step.NOTICE, reason)
    notices.withdraw(unit, batch_id, reason)


def withdraw(unit: Unit, case_id: int, withdrawn_on: date, reason: str) -> None:
    """The applicant withdraws, the head dies and nobody goes on, or a removal is given up; needs a reason and the second person."""
    _demand(unit, reason)
    cases.act(unit, Kind.WITHDRAWN, [Act(case_id, withdrawn_on, {"reason": reason.strip()})], reason=reason)


def reinstate(unit: Unit, case_id: int, reason: str) -> None:
    """A withdrawal entered by mistake becomes void and the case goes on where it stood; needs a reason and the second person."""
    _demand(unit, reason)
    cases.require_newest(unit, [case_id])
    gone = latest(cases.events(unit, [case_id])[case_id], Kind.WITHDRAWN)
    if gone is None:
        raise Refused("本户没有撤回，不必恢复")
    facts = {"undone": Kind.WITHDRAWN.value, "reason": reason.strip()}
    cases.write(unit, Kind.CORRECTED, [Act(case_id, unit.today, facts, (gone.id,))], reason=reason)


def _demand(unit: Unit, reason: str) -> None:
    problems = []
    if not reason.strip():
        problems.append(Problem("请写明更正的理由", "reason"))
    if unit.second is None or unit.second.id == unit.actor.id:
        problems.append(Problem("更正须有另一人在场，请由另一人输入密码确认"))
    if problems:
        raise Refused(problems)
