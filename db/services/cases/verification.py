"""入户核实: a visit is recorded and judged; a 七不进 hit waits for a named person other than the one who entered it.

One household or a village at once; in bulk every household still carries its own date and signers, and the trail says it was bulk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from db.errors import Problem, Refused
from db.rules import income
from db.rules.case import Event, Kind, Status, latest
from db.rules.codes import Bar, Entry, Finding, Look, LookItem, Priority, Role, Verdict
from db.rules.eligibility import Judgement, Ruling, Verification, judge, ruling_problem
from db.rules.income import Threshold
from db.rules.values import Household
from db.services.cases import applications, cases
from db.services.cases.cases import Act
from db.services.register import households
from db.services.town import town
from db.store.unit import Unit

EXCUSED = Ruling("审核人", "经办人", True, "假定可以说明")
"""Only to see what the verdict would be apart from the 七不进 items."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One household's visit as entered."""

    case_id: int
    verification: Verification


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one visit: the verdict, and how the case stands by it."""

    case_id: int
    judgement: Judgement
    status: Status


def verdict(unit: Unit, household: Household, verification: Verification, ruling: Ruling | None = None) -> Judgement:
    """The verdict on a visit before it is saved: the form shows it while it is filled in."""
    return judged(town.thresholds(unit), household, verification, ruling)


def judged(
    thresholds: tuple[Threshold, ...], household: Household, verification: Verification, ruling: Ruling | None = None
) -> Judgement:
    """The verdict with the yearly lines already read: for many visits, and for a form at every key."""
    year = income_year(household, verification.visited_on)
    line = income.entry_line(thresholds, year)
    return judge(verification, household.income, household.size, line, year, ruling)


def leads_to(thresholds: tuple[Threshold, ...], household: Household, verification: Verification) -> Status:
    """How the case will stand when this visit is recorded; a 七不进 item waits for its ruling only when nothing else is open."""
    apart = judged(thresholds, household, verification, EXCUSED)
    if apart.verdict is Verdict.INCOMPLETE:
        return Status.INCOMPLETE
    if apart.verdict is Verdict.UNFIT:
        return Status.REJECTED
    hit = any(found is Finding.YES for found, _ in verification.bars.values())
    return Status.RULING if hit else Status.RUNNING


def income_year(household: Household, visited_on: date) -> int:
    """The year whose income decides: the one before the application, else before the visit."""
    return (household.applied_on or visited_on).year - 1


def record(unit: Unit, visits: Sequence[Visit], *, bulk: bool = False) -> tuple[Recorded, ...]:
    """Record visits, all or none; Refused with every reason of every household. Eight queries whatever the number."""
    homes = _homes(unit, [v.case_id for v in visits])
    lines = town.thresholds(unit)
    problems = [p for v in visits for p in gaps(v.verification, homes[v.case_id], unit.today)]
    if problems:
        raise Refused(problems)
    found = [(v, judged(lines, homes[v.case_id], v.verification)) for v in visits]
    acts = [
        Act(v.case_id, v.verification.visited_on, _facts(v.verification, homes[v.case_id], lines, judgement))
        for v, judgement in found
    ]
    cases.act(unit, Kind.VERIFIED, acts, bulk=bulk)
    return tuple(
        Recorded(v.case_id, judgement, leads_to(lines, homes[v.case_id], v.verification)) for v, judgement in found
    )


def record_found(unit: Unit, household: Household, visit: Visit) -> Recorded:
    """Save what was found at the door (income, house, property, health) as of the day of the visit, then the visit; both or neither."""
    stored = households.get(unit, household.id or 0)
    if stored != household:
        applications.change(unit, household, visit.verification.visited_on)
    return record(unit, [visit])[0]


def rule(unit: Unit, case_id: int, *, admit: bool, reason: str) -> None:
    """A named person decides on the 七不进 items found; Refused to the one who entered the visit, and without a reason."""
    found = cases.events(unit, [case_id]).get(case_id, [])
    visit = latest_visit(found)
    if visit is None:
        raise Refused("本户还没有入户核实")
    if unit.actor.role is not Role.REVIEWER:
        raise Refused("七不进的认定由审核人作出，请换审核人登录")
    problem = ruling_problem(Ruling(unit.actor.name, visit.actor, admit, reason))
    if problem:
        raise Refused([Problem(problem, "reason")])
    cases.act(unit, Kind.RULED, [Act(case_id, unit.today, {"admit": admit, "reason": reason.strip()})], reason=reason)


def latest_visit(found: Sequence[Event]) -> Event | None:
    """The visit that counts, among all events of one case."""
    return latest(found, Kind.VERIFIED)


def read_visit(event: Event) -> Verification:
    """The visit an event kept."""
    facts = event.facts
    return Verification(
        visited_on=event.acted_on,
        surveyors=tuple(facts["surveyors"]),
        officer=facts["officer"],
        looks={LookItem.of(k): (Look.of(v[0]) if v[0] else None, v[1]) for k, v in facts["looks"].items()},
        priorities=frozenset(Priority.of(k) for k in facts["priorities"]),
        entries={Entry.of(k): (Finding.of(v[0]), v[1]) for k, v in facts["entries"].items()},
        bars={Bar.of(k): (Finding.of(v[0]), v[1]) for k, v in facts["bars"].items()},
        signed_household=facts["signed"][0],
        signed_officer=facts["signed"][1],
        signed_surveyors=facts["signed"][2],
        stated=Verdict.of(facts["stated"]) if facts["stated"] else None,
        remark=facts["remark"],
    )


def _facts(
    v: Verification, household: Household, lines: tuple[Threshold, ...], judgement: Judgement
) -> Mapping[str, Any]:
    """What the event keeps: the paper, the figures it was judged with, and the verdict."""
    apart = judged(lines, household, v, EXCUSED)
    year = income_year(household, v.visited_on)
    return {
        "surveyors": list(v.surveyors),
        "officer": v.officer,
        "looks": {k.value: [look.value if look else "", note] for k, (look, note) in v.looks.items()},
        "priorities": sorted(p.value for p in v.priorities),
        "entries": {k.value: [f.value, note] for k, (f, note) in v.entries.items()},
        "bars": {k.value: [f.value, note] for k, (f, note) in v.bars.items()},
        "signed": [v.signed_household, v.signed_officer, v.signed_surveyors],
        "stated": v.stated.value if v.stated else "",
        "remark": v.remark,
        "verdict": apart.verdict.value,
        "hits": [b.value for b, (f, _) in v.bars.items() if f is Finding.YES],
        "why": "；".join(judgement.reasons),
        "note": f"{v.signed_surveyors + v.signed_household + v.signed_officer} 人签字",
        "year": year,
        "line": str(income.entry_line(lines, year)),
        "per_head": str(_per_head(household)),
        "version": household.version,
    }


def _per_head(household: Household) -> Decimal | str:
    if household.income is None or not household.size:
        return ""
    return income.to_cents(income.per_head(household.income, household.size))


def _homes(unit: Unit, case_ids: Sequence[int]) -> dict[int, Household]:
    of = cases.households_of(unit, case_ids)
    found = households.get_many(unit, of.values())
    return {case_id: found[household_id] for case_id, household_id in of.items()}


def gaps(v: Verification, household: Household, today: date) -> list[Problem]:
    """What a visit is refused for by itself, before the door of the procedure is asked."""
    called = household.named
    found = []
    if v.visited_on > today:
        found.append(Problem(f"{called}：核实日期 {v.visited_on} 晚于今天，请核对", "visited_on", called))
    if len({s for s in v.surveyors if s.strip()}) < len([s for s in v.surveyors if s.strip()]):
        found.append(Problem(f"{called}：两名调查人是同一人，须两人入户", "surveyors", called))
    return found
