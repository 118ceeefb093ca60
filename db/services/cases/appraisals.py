"""民主评议: one assembly of a village with the votes on each household.

The quorum depends on who assembled; the votes of a household must add up to those present, and it passes with more than half of them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select

from db.errors import Problem, Refused
from db.rules.case import Kind
from db.rules.codes import AppraisalKind, BatchKind
from db.rules.meeting import meeting_problems, passed, vote_problem
from db.rules.procedure import IDENTIFICATION
from db.schema.case import EventRow
from db.services.cases import batches, cases
from db.services.cases.cases import Act
from db.services.town.town import villages
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Meeting:
    """The assembly as its minutes state it; what stands below ``note`` is for the papers only and may be blank."""

    village: str
    kind: AppraisalKind
    held_on: date
    place: str
    chair: str
    recorder: str
    due: int
    present: int
    by_households: bool = False
    note: str = ""
    called_on: date | None = None
    time: str = ""
    subject: str = ""
    guests: str = ""
    withdrew: str = ""
    watcher: str = ""
    teller: str = ""
    course: str = ""
    speeches: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """The votes on one household."""

    case_id: int
    yes: int
    no: int
    abstained: int


@dataclass(frozen=True, slots=True)
class AppraisalResult:
    """The paper made, and how many households passed and failed."""

    batch_id: int
    passed: int
    failed: int


def problems(unit: Unit, meeting: Meeting, votes: Sequence[Vote]) -> tuple[Problem, ...]:
    """Everything wrong with the assembly or with a vote; the page shows it while it is typed."""
    found = [Problem(text, "present") for text in meeting_problems(
        meeting.kind, meeting.due, meeting.present, by_households=meeting.by_households)]  # fmt: skip
    blanks = (
        ("place", meeting.place, "地点"),
        ("chair", meeting.chair, "主持人"),
        ("recorder", meeting.recorder, "记录人"),
    )
    found += [Problem(f"没有填写{label}", key) for key, value, label in blanks if not value.strip()]
    if meeting.held_on > unit.today:
        found.append(Problem(f"评议日期 {meeting.held_on} 晚于今天，请核对", "held_on"))
    called = cases.names(unit, [v.case_id for v in votes])
    for vote in votes:
        text = vote_problem(vote.yes, vote.no, vote.abstained, meeting.present)
        if text:
            found.append(Problem(f"{called[vote.case_id]}：{text}", "votes", f"case:{vote.case_id}"))
    return tuple(found)


def record(unit: Unit, meeting: Meeting, votes: Sequence[Vote], *, bulk: bool = False) -> AppraisalResult:
    """Record the assembly and its votes, all or none; Refused with every reason."""
    found = problems(unit, meeting, votes)
    if found:
        raise Refused(found)
    village = next((v for v in villages(unit) if v.name == meeting.village), None)
    if village is None:
        raise Refused([Problem(f"没有找到村名“{meeting.village}”", "village")])
    cases.require_village(unit, [v.case_id for v in votes], village.id)
    facts = asdict(meeting) | {"kind": meeting.kind.value, "held_on": meeting.held_on.isoformat()}
    acts = [Act(v.case_id, meeting.held_on, _facts(v, meeting)) for v in votes]
    cases.admit(unit, Kind.APPRAISED, acts)
    batch_id = batches.make(
        unit, BatchKind.APPRAISAL, village_id=village.id, dated=meeting.held_on, facts=facts, village=village.name,
        ladder=cases.ladder_of(unit, [v.case_id for v in votes]).key,
    )  # fmt: skip
    cases.write(unit, Kind.APPRAISED, acts, batch_id=batch_id, bulk=bulk)
    won = sum(1 for v in votes if passed(v.yes, meeting.present))
    return AppraisalResult(batch_id, won, len(votes) - won)


def _facts(vote: Vote, meeting: Meeting) -> dict[str, int | bool]:
    return {
        "yes": vote.yes,
        "no": vote.no,
        "abstained": vote.abstained,
        "present": meeting.present,
        "due": meeting.due,
        "passed": passed(vote.yes, meeting.present),
    }


@dataclass(frozen=True, slots=True)
class AppraisalLine:
    """One assembly in the list; the counts leave out votes that were corrected since."""

    batch_id: int
    village: str
    held_on: date
    kind: str
    due: int
    present: int
    passed: int
    failed: int
    ladder: str = IDENTIFICATION


def listed(unit: Unit) -> tuple[AppraisalLine, ...]:
    """All assemblies, newest first; three queries."""
    won, lost = _outcomes(unit)
    return tuple(
        AppraisalLine(
            batch_id=b.id,
            village=b.village,
            held_on=b.dated,
            kind=AppraisalKind.of(b.facts["kind"]).label,
            due=b.facts["due"],
            present=b.facts["present"],
            passed=won[b.id],
            failed=lost[b.id],
            ladder=b.ladder,
        )
        for b in batches.of_kind(unit, BatchKind.APPRAISAL)
    )


def _outcomes(unit: Unit) -> tuple[Counter[int], Counter[int]]:
    won: Counter[int] = Counter()
    lost: Counter[int] = Counter()
    void = cases.voided(unit, Kind.APPRAISED)
    query = select(EventRow.id, EventRow.batch_id, EventRow.facts).where(EventRow.kind == Kind.APPRAISED)
    for event_id, batch_id, facts in unit.session.execute(query):
        if event_id not in void and batch_id is not None:
            (won if json.loads(facts)["passed"] else lost)[batch_id] += 1
    return won, lost
