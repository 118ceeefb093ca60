"""农户申请: a household comes into the record with the case it opens, or is changed while the procedure allows it.

What a posted notice has printed (name, group, head-count, attribute) is locked until that notice is withdrawn with a second person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from db.errors import Problem, Refused, refuse_any
from db.rules.case import Kind, State, Status, latest, standing
from db.rules.changes import people_problems
from db.rules.codes import ApplicationKind
from db.rules.income import decides
from db.rules.procedure import IDENTIFICATION, Step
from db.rules.reapplying import fitting_kind, reapplying_problems
from db.rules.values import Household
from db.services.cases import cases
from db.services.cases.cases import Act
from db.services.register import households
from db.services.register.households import Saved
from db.sheets.findings import Ticket
from db.store.unit import Unit

_STEP = 100
PRINTED = (
    ("head_name", "户主姓名"),
    ("village", "村"),
    ("group", "村民小组"),
    ("size", "家庭人口"),
    ("attribute", "贫困户属性"),
)


def file(unit: Unit, household: Household) -> Saved:
    """Take in one application: the household, its case and the event of filing. Refused with all problems at their fields."""
    if household.id is not None:
        return change(unit, household)
    saved = households.save(unit, household)
    open_cases(unit, [(saved.household_id, household.applied_on or unit.today)])
    return saved


def change(unit: Unit, household: Household, effective_on: date | None = None) -> Saved:
    """Save a changed household; Refused where a later step has used what was changed, and when people come, go or take over the
    household: those are dated changes (see `db.services.changes.changes`). ``effective_on`` is the day it was found so, None the day of entry."""
    assert household.id is not None
    before = households.get(unit, household.id)
    refuse_any(people_problems(before, household))
    case_id = cases.case_of(unit, [household.id]).get(household.id)
    if case_id is not None:
        locked = locks(cases.states(unit, [case_id])[case_id], before, household)
        if locked:
            raise Refused(locked)
    changed = [label for key, label in PRINTED if getattr(before, key) != getattr(household, key)]
    saved = households.save(unit, household, effective_on)
    unit.trail("修改农户", entity="household", entity_id=household.id, version=saved.version, fields="、".join(changed))
    day = household.applied_on
    if case_id is not None and day is not None and day != before.applied_on:
        file_anew(unit, {case_id: day})
    return saved


def change_many(unit: Unit, homes: Sequence[Household], ticket: Ticket | None = None) -> None:
    """As ``change`` for many households at once, all or none; the caller's line of the trail stands for all of them.

    Refused with every reason of every household, each with the household as ``where``.
    """
    before = households.get_many(unit, [h.id or 0 for h in homes])
    case_ids = cases.case_of(unit, before)
    states = cases.states(unit, list(case_ids.values()))
    problems = households.problems_of_many(unit, homes)
    days = {}
    for number, home in enumerate(homes):
        if ticket is not None and number % _STEP == 0:
            ticket.check()
            ticket.report(number, len(homes), "正在核对变动")
        old, case_id = before[home.id or 0], case_ids.get(home.id or 0)
        against = people_problems(old, home)
        if not against and case_id is not None:
            against = locks(states[case_id], old, home)
        problems += [replace(p, where=home.named) for p in against]
        if case_id is not None and home.applied_on not in (None, old.applied_on):
            days[case_id] = home.applied_on
    if problems:
        raise Refused([replace(p, text=f"{p.where}：{p.text}") for p in problems])
    households.change_many(unit, homes)
    file_anew(unit, days)


def file_anew(unit: Unit, days: Mapping[int, date | None]) -> None:
    """The application's day of these cases was entered wrong: the steps that follow are held against the right one."""
    acts = []
    events = cases.events(unit, days)
    for case_id, day in days.items():
        wrong = latest(events[case_id], Kind.FILED)
        if day is not None:
            acts.append(Act(case_id, day, undoes=(wrong.id,) if wrong else ()))
    if acts:
        cases.write(unit, Kind.FILED, acts, bulk=len(acts) > 1)


def apply_again(unit: Unit, household: Household, kind: ApplicationKind, day: date) -> Saved:
    """A household whose last case ended applies anew: a new case of identification opens, the old one stays readable.

    Refused with every reason when it runs, is on the register, or may not apply as ``kind`` on ``day``.
    """
    assert household.id is not None
    case_id = cases.case_of(unit, [household.id])[household.id]
    state = cases.states(unit, [case_id])[case_id]
    removed = _was_removed(unit, household.id)
    refuse_any(reapplying_problems(kind, state.status, max(_days(unit, case_id)), day, removed=removed))
    if day > unit.today:
        raise Refused([Problem(f"申请日期 {day} 晚于今天 {unit.today}，请核对", "applied_on")])
    saved = households.save(unit, replace(household, applied_on=day, application_kind=kind))
    open_cases(unit, [(saved.household_id, day)], reason=kind.label)
    return saved


def kind_of_another(unit: Unit, household_id: int) -> ApplicationKind:
    """As what a household whose last case ended applies anew."""
    case_id = cases.case_of(unit, [household_id])[household_id]
    status = cases.states(unit, [case_id])[case_id].status
    return fitting_kind(status, removed=_was_removed(unit, household_id))


def _was_removed(unit: Unit, household_id: int) -> bool:
    """Whether one of its cases took the household off the register."""
    ids = [case_id for case_id, *_ in cases.cases_of(unit, [household_id])[household_id]]
    return any(one.status is Status.REMOVED for one in cases.states(unit, ids).values())


def _days(unit: Unit, case_id: int) -> tuple[date, ...]:
    return tuple(e.acted_on for e in standing(cases.events(unit, [case_id])[case_id]))


def locks(state: State, before: Household, after: Household) -> tuple[Problem, ...]:
    """Why a change may not be saved: what a notice has printed, and what the verdict of the visit rests on.

    A correction with a second person opens the step again; then the change can be saved and the step is done anew.
    """
    found = []
    if state.gate_id is not None or state.reached(Step.NOTICE) or state.registered_on is not None:
        text = "{}已经张榜公示，不能直接改；请先用“更正”撤下本户的公示，改后重新公示"
        found += [
            Problem(text.format(label), key) for key, label in PRINTED if getattr(before, key) != getattr(after, key)
        ]
    if state.visit_id is not None and before.applied_on != after.applied_on:
        found.append(Problem("申请日期已用于入户核实的结论，不能直接改；请先更正“入户核实”", "applied_on"))
    if state.reached(Step.VERIFICATION) or state.status is Status.RULING:
        text = "{}已用于入户核实的结论，不能直接改；请先更正“入户核实”，改后重新核实"
        if before.size != after.size and not found:
            found.append(Problem(text.format("家庭人口"), "size_stated"))
        if decides(before.income) != decides(after.income):
            found.append(Problem(text.format("家庭收入"), "wages"))
    return tuple(found)


def open_cases(
    unit: Unit, filed: Sequence[tuple[int, date]], *, bulk: bool = False, reason: str = ""
) -> tuple[int, ...]:
    """Open a case of identification for each (household, day of application); returns the case ids in that order."""
    ids = cases.open_new(unit, IDENTIFICATION, [(household_id, day.year) for household_id, day in filed])
    acts = [Act(case_id, day) for case_id, (_, day) in zip(ids, filed, strict=True)]
    cases.write(unit, Kind.FILED, acts, bulk=bulk, reason=reason)
    return ids
