"""人员变动: the one door by which people come into a filed household, leave it, or take it over, and households split, merge and end.

Each change is seen with its effect first and then made in one transaction: the change itself, the households it touches with the day it
took effect, the card of a part split off, the steps that must be done anew, and what the month's sheet counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from db.errors import Problem, Refused, refuse_any
from db.rules import income
from db.rules.case import Kind, State, Status
from db.rules.changes import (
    ENTERING,
    OF_HOUSEHOLDS,
    WRONG,
    Change,
    Effect,
    Outcome,
    Scene,
    effect,
    findings,
    outcome,
    step_undone,
    waits,
    withdraws,
)
from db.rules.changes.change import PAIRED
from db.rules.checks import check_household
from db.rules.codes import ChangeKind
from db.rules.procedure import IDENTIFICATION, Step
from db.rules.values import Household, Member
from db.services.cases import applications, cases
from db.services.cases.cases import Act
from db.services.cases.verification import latest_visit
from db.services.changes import changelog
from db.services.deciding import cards, corrections
from db.services.register import households
from db.services.town import town
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Preview:
    """A change before it is made. ``home`` and ``other`` are the households as they stand; ``errors`` stop it, ``warnings`` ask for a
    reason. ``effect`` and ``outcome`` are None while it lacks what they follow from. ``second`` says why another person must stand by
    it, "" when nobody need; ``undone`` is the step that becomes void with it, ``undone_beside`` that of the household a person leaves."""

    home: Household
    other: Household | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    outcome: Outcome | None = None
    effect: Effect | None = None
    second: str = ""
    undone: Step | None = None
    undone_beside: Step | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: the change, the household split off (0 without one), and its card number or "" ."""

    change_id: int
    household_id: int
    split_id: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class _Stand:
    """Where a household's shown case stands, and its card."""

    case_id: int
    state: State

    @property
    def registered(self) -> bool:
        return self.state.registered_on is not None

    @property
    def entered(self) -> date | None:
        """The day the household came on the register, or was removed from it."""
        return self.state.done[-1].on if self.state.status is Status.REMOVED else self.state.registered_on


def preview(unit: Unit, household_id: int, change: Change, other_id: int = 0) -> Preview:
    """What ``change`` would do to the household. ``other_id`` is the household taken in by a merge; where somebody comes from another
    household of the record it is found by his number."""
    home = households.get(unit, household_id)
    other = _other(unit, home, change, other_id)
    stand = _stand(unit, household_id)
    scene = Scene(
        home, change, unit.today, changelog.newest_day(unit, [household_id, other_id or (other.id if other and other.id else 0)]),
        home.applied_on, other, households.is_live(unit, household_id), _entered(unit, stand, other),
    )  # fmt: skip
    found = findings(scene)
    errors = [Problem(f.text, f.field, _where(f.member), f.rule) for f in found if f.severity == "E"]
    warnings = [Problem(f.text, f.field, _where(f.member), f.rule) for f in found if f.severity == "W"]
    errors += _standing_problems(unit, stand, change, other)
    if errors:
        return Preview(home, other, tuple(errors), tuple(warnings))
    made = outcome(home, change, other)
    errors += _outcome_problems(unit, home, made, other, change)
    told = _effect(unit, home, change, made, other, stand)
    told = replace(told, anew=(*told.anew, *_doubts(unit, home, made, other)))
    undone, beside = step_undone(stand.state, change, told), _undone_beside(unit, change, made, other)
    if beside is not None and other is not None:
        text = f"{other.head_name}户按变动后的人口，人均收入到了标准线的另一边：该户入户核实及以后各步作废，须重新核实"
        told = replace(told, anew=(*told.anew, text))
    second = _second(stand, change, undone or beside)
    return Preview(home, other, tuple(errors), tuple(warnings), made, told, second, undone, beside)


def apply(unit: Unit, household_id: int, version: int, change: Change, other_id: int = 0) -> Made:
    """Make the change, all of it or nothing. Refused with every reason against it; when the household was saved since ``version`` was
    read; when a warning has no reason, and when it needs a second person who is not there."""
    seen = preview(unit, household_id, change, other_id)
    if seen.home.version != version:
        raise Refused("这一户刚在另一个窗口改过，请关掉这一步，刷新后重新办理；本次没有写入")
    refuse_any(seen.errors)
    if seen.warnings and not change.reason.strip():
        raise Refused([replace(p, field=p.field or "reason") for p in seen.warnings] + [WHY])
    if seen.second and (unit.second is None or unit.second.id == unit.actor.id):
        raise Refused([Problem(f"{seen.second}，须由另一人输入密码确认")])
    stand = _stand(unit, household_id)
    if seen.undone is not None:
        corrections.correct(unit, [stand.case_id], seen.undone, f"{change.kind.label}：{_why(change)}")
    if seen.undone_beside is not None and seen.other is not None and seen.other.id is not None:
        beside = _stand(unit, seen.other.id).case_id
        corrections.correct(unit, [beside], seen.undone_beside, f"{PAIRED[change.kind].label}：{_why(change)}")
    assert seen.outcome is not None
    return _Maker(unit, change, seen, stand).make()


WHY = Problem("请写明理由，会记入经过", "reason")
"""What a warning asks for."""


def _where(place: int | None) -> str:
    return "" if place is None else f"member:{place}"


def _why(change: Change) -> str:
    return change.reason.strip() or change.proof.strip() or change.kind.label


def _stand(unit: Unit, household_id: int) -> _Stand:
    case_id = cases.case_of(unit, [household_id])[household_id]
    return _Stand(case_id, cases.states(unit, [case_id])[case_id])


def _entered(unit: Unit, stand: _Stand, other: Household | None) -> date | None:
    """The last day one of the two households came on the register or was removed from it."""
    beside = _stand(unit, other.id).entered if other is not None and other.id is not None else None
    return max((day for day in (stand.entered, beside) if day is not None), default=None)


def _other(unit: Unit, home: Household, change: Change, other_id: int) -> Household | None:
    if change.kind is ChangeKind.MERGED:
        return households.get(unit, other_id) if other_id else None
    if change.kind in PAIRED and change.entrant is not None and change.entrant.id_number:
        known = changelog.known_person(unit, change.entrant.id_number)
        if known is not None and known.household_id not in (0, home.id):
            return households.get(unit, known.household_id)
    return None


def _standing_problems(unit: Unit, stand: _Stand, change: Change, other: Household | None) -> Iterator[Problem]:
    """R76, R78: while a case is on its way some changes must wait; only two of a kind merge."""
    why = waits(stand.state, change)
    if why:
        yield Problem(why)
    if change.kind is ChangeKind.MERGED and other is not None and other.id is not None:
        beside = _stand(unit, other.id)
        if not households.is_live(unit, other.id):
            yield Problem(f"{other.head_name}户已经销户，请另选一户", "other", rule="R76")
        elif beside.registered is not stand.registered:
            yield Problem("两户一户在册、一户不在册，不能并户；不在册的人请办“迁入”", "other", rule="R76")
        elif waits(beside.state, change):
            yield Problem(f"{other.head_name}户：{waits(beside.state, change)}", "other")


def _outcome_problems(
    unit: Unit, home: Household, made: Outcome, other: Household | None, change: Change
) -> Iterator[Problem]:
    """What the households would hold against the rules that they did not hold before: old faults do not stop a death being entered."""
    besides = [h.id for h in (home, other) if h is not None and h.id is not None]
    known = {(p.rule, p.text) for h in (home, other) if h is not None for p in households.problems(unit, h)[0]}
    for after in (made.home, made.other):
        if after is None or (change.kind is ChangeKind.MERGED and after is made.other):
            continue
        for problem in households.problems(unit, after, besides)[0]:
            if (problem.rule, problem.text) not in known:
                yield _of_entrant(problem, after, change)


def _doubts(unit: Unit, home: Household, made: Outcome, other: Household | None) -> Iterator[str]:
    """What is only odd about the households afterwards and was not before: a head of ten, a 五保 household of three."""
    known = {f.text for h in (home, other) if h is not None for f in check_household(h, unit.today)}
    for after in (made.home, made.other):
        if after is not None and after is not other:
            for found in check_household(after, unit.today):
                if found.severity == "W" and found.text not in known:
                    yield f"{after.head_name}户：{found.text}"


def _of_entrant(problem: Problem, after: Household, change: Change) -> Problem:
    """A problem of the person who comes stands at his box, one of anybody else names the household."""
    if change.kind in ENTERING and problem.where == f"member:{after.size - 1}":
        return replace(problem, where="")
    return replace(problem, field="", where=f"{after.head_name}户")


def _effect(
    unit: Unit, home: Household, change: Change, made: Outcome, other: Household | None, stand: _Stand
) -> Effect:
    line = _line(unit, stand)
    beside = _stand(unit, other.id).state.number if other is not None and other.id is not None else ""
    number = stand.state.number if stand.registered else ""
    told = effect(home, change, made, other=other, line=line, number=number, other_number=beside)
    return replace(told, anew=(*told.anew, *_of_case(stand, change, told)))


def _line(unit: Unit, stand: _Stand) -> Decimal | None:
    """The line the household was judged by; None on the register and before a visit."""
    visit = latest_visit(cases.events(unit, [stand.case_id])[stand.case_id])
    if visit is None or stand.registered:
        return None
    return income.entry_line(town.thresholds(unit), int(visit.facts["year"]))


def _undone_beside(unit: Unit, change: Change, made: Outcome, other: Household | None) -> Step | None:
    """The step of the household a person comes from that must be corrected with his leaving it."""
    if other is None or other.id is None or made.other is None or change.kind not in PAIRED:
        return None
    stand, leaving = _stand(unit, other.id), replace(change, kind=PAIRED[change.kind])
    told = effect(other, leaving, Outcome(made.other), line=_line(unit, stand))
    return step_undone(stand.state, leaving, told)


def _of_case(stand: _Stand, change: Change, told: Effect) -> Iterator[str]:
    """What happens to the household's case."""
    undone = step_undone(stand.state, change, told)
    if undone is Step.VERIFICATION and told.crossed:
        yield "按变动后的人口，人均收入到了标准线的另一边：入户核实及以后各步作废，须重新核实"
    elif undone is Step.VERIFICATION:
        yield "入户核实及以后各步作废，须按变动后的一户重新核实"
    elif undone is Step.NOTICE:
        yield "公示上印的人数有误：本户的公示作废，须重新公示满期"
    if change.kind is ChangeKind.SPLIT:
        yield (
            "分出的户承接原户的建档，办完即有新档案号"
            if stand.registered
            else "原户还没有建档：分出的户作为新的申请另行登记，从入户核实办起"
        )
    if (told.after is None or change.kind is ChangeKind.MERGED) and withdraws(stand.state):
        whose = "并进来的户" if change.kind is ChangeKind.MERGED else "本户"
        yield f"{whose}正在办的申请同时撤回"
    if stand.state.status is Status.RUNNING and stand.state.reached(Step.REVIEW) and told.crossed:
        yield "镇审核已办而人均收入到了标准线的另一边：请告知镇、县，由镇或县退回重办"


def _second(stand: _Stand, change: Change, undone: Step | None) -> str:
    """Why another person must stand by the change."""
    if undone is not None:
        return f"“{undone.label}”要作废重办"
    posted = stand.registered or stand.state.gate_id is not None or stand.state.reached(Step.NOTICE) is not None
    if change.kind in WRONG and posted:
        return "本户已经张榜公示，更正登错的人"
    if change.kind in OF_HOUSEHOLDS and stand.registered:
        return f"{change.kind.label}改变在册户数"
    return ""


class _Maker:
    """Writes one change: the households after it, then the rows that tell of it."""

    def __init__(self, unit: Unit, change: Change, seen: Preview, stand: _Stand) -> None:
        assert seen.outcome is not None
        assert change.acted_on is not None
        self.unit, self.change, self.seen, self.stand = unit, change, seen, stand
        self.made, self.day = seen.outcome, change.acted_on
        self.home_id = seen.home.id or 0

    def make(self) -> Made:
        """Write it all; returns what came of it."""
        kind, split_id, number, other_id = self.change.kind, 0, "", None
        if kind is ChangeKind.MERGED:
            other_id = self._take_in()
        elif self.made.other is not None and kind in PAIRED:
            other_id = self._leave_other(self.made.other)
        version = self._keep_home()
        if kind is ChangeKind.SPLIT and self.made.other is not None:
            split_id, number = self._split_off(self.made.other)
            other_id = split_id
        change_id = changelog.write(
            self.unit, self.change, self.seen.home, self.made, version=version, other_id=other_id, other=self.seen.other
        )
        if self.made.home is None and kind is not ChangeKind.DISSOLVED:
            gone = replace(self.change, kind=ChangeKind.DISSOLVED, person=None, reason=f"{kind.label}后本户无人")
            changelog.write(self.unit, gone, self.seen.home, replace(self.made, left=()), version=version)
        return Made(change_id, self.home_id, split_id, number)

    def _keep_home(self) -> int:
        gone = () if self.made.moved else _ids(self.made.left)
        if self.made.home is not None:
            return households.change(self.unit, self.made.home, self.day, gone)
        version = households.close(self.unit, self.seen.home, self.day, gone)
        self._withdraw(self.stand, self.change.kind.label)
        return version

    def _take_in(self) -> int:
        """The household taken in ends: its people go over, its card and its case with it."""
        other = self.seen.other
        assert other is not None
        assert other.id is not None
        version = households.close(self.unit, other, self.day)
        self._withdraw(_stand(self.unit, other.id), f"并入{self.seen.home.head_name}户")
        gone = Change(
            ChangeKind.DISSOLVED, self.day, self.change.proof, self.change.proof_on, f"并入{self.seen.home.head_name}户"
        )
        went = Outcome(None, left=other.members, moved=True)
        changelog.write(self.unit, gone, other, went, version=version, other_id=self.home_id)
        return other.id

    def _leave_other(self, after: Household) -> int:
        """The household a person comes from, without him; the pair of his coming."""
        before, entrant = self.seen.other, self.change.entrant
        assert before is not None
        assert before.id is not None
        assert entrant is not None
        place = next(n for n, m in enumerate(before.members) if m.id_number == entrant.id_number)
        went = replace(self.change, kind=PAIRED[self.change.kind], person=place, entrant=None)
        left = Outcome(after, left=(before.members[place],), moved=True)
        version = households.change(self.unit, after, self.day)
        changelog.write(self.unit, went, before, left, version=version, other_id=self.home_id)
        return before.id

    def _split_off(self, off: Household) -> tuple[int, str]:
        """The new household: on the register with a number of its own, or an application of its own."""
        if not self.stand.registered:
            off = replace(off, applied_on=self.day)
            (new_id,) = households.insert_many(self.unit, [off], effective_on=self.day)
            applications.open_cases(self.unit, [(new_id, self.day)], reason=f"由{self.seen.home.head_name}户分出")
            return new_id, ""
        (new_id,) = households.insert_many(self.unit, [off], effective_on=self.day)
        (case_id,) = cases.open_new(self.unit, IDENTIFICATION, [(new_id, self.day.year)])
        number = cards.next_numbers(self.unit, [case_id], self.day)[case_id]
        state = self.stand.state
        assert state.registered_on is not None
        facts = {
            "number": number,
            "origin": self.home_id,
            "origin_number": state.number,
            "origin_head": self.seen.home.head_name,
            "origin_on": state.registered_on.isoformat(),
        }
        cases.write(self.unit, Kind.INHERITED, [Act(case_id, self.day, facts)], reason=_why(self.change))
        return new_id, number

    def _withdraw(self, stand: _Stand, reason: str) -> None:
        if withdraws(stand.state):
            day = max(self.day, stand.state.done[-1].on)
            facts = {"reason": f"{reason}（销户）"}
            cases.write(self.unit, Kind.WITHDRAWN, [Act(stand.case_id, day, facts)], reason=f"{reason}（销户）")


def _ids(members: Sequence[Member]) -> list[int]:
    return [m.id for m in members if m.id is not None]
