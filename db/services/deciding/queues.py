"""The households that stand before a step: which of them may take it today, and what each of the others still waits for.

The reasons are those the door itself would give, so that a list never promises what the service then refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from db.rules.case import STEP_OF, Gate, Kind, State, Status
from db.rules.codes import Role
from db.rules.door import refusals
from db.rules.procedure import IDENTIFICATION, Ladder, Step
from db.services.cases import cases
from db.services.deciding import reviews
from db.services.evidence import shortfall
from db.services.town import search, town
from db.services.town.search import Filter, Line
from db.store.unit import Unit

_WAITING = (Status.RUNNING, Status.HELD)


@dataclass(frozen=True, slots=True)
class Queued:
    """One household before a step. ``why`` says what stands in the way today, "" when nothing does; ``opens`` is the first day on
    which its notice or announcement lets it pass, None when it hangs on none or has not begun to run. ``lacking`` counts what its file
    lacks, where it waits for the town's review."""

    line: Line
    why: str = ""
    opens: date | None = None
    lacking: int = 0


def waiting(unit: Unit, kind: Kind, village_id: int | None = None, ladder: str = IDENTIFICATION) -> tuple[Queued, ...]:
    """All households on a ladder for which an event of ``kind`` comes next, in village order; a fixed number of queries."""
    step = Step.NOTICE if kind is Kind.OPINED else STEP_OF[kind]
    wanted = Filter(village_id=village_id, step=step, ladder=ladder)
    ids = search.ids(unit, wanted)
    found = search.lines(unit, ids)
    lines = [found[i] for i in ids if found[i].status in _WAITING]
    gate_of = cases.gates(unit, {x.gate_id for x in lines if x.gate_id is not None})
    own = _own(unit, kind, lines)
    climbed = town.options(unit).ladders[ladder]
    return tuple(_queued(unit, kind, x, climbed, gate_of.get(x.gate_id or 0), own) for x in lines)


def to_review(unit: Unit, ladder: str = IDENTIFICATION) -> tuple[Queued, ...]:
    """Who waits for the town's review, each with what his file lacks."""
    found = waiting(unit, Kind.REVIEWED, ladder=ladder)
    lacking = shortfall.lacking(unit, [q.line.case_id for q in found])
    return tuple(replace(q, lacking=len(lacking.get(q.line.case_id, ()))) for q in found)


def _own(unit: Unit, kind: Kind, lines: list[Line]) -> frozenset[int]:
    if kind is not Kind.REVIEWED or unit.actor.role is not Role.REVIEWER:
        return frozenset()
    return reviews.own_cases(unit, [x.case_id for x in lines])


def _queued(unit: Unit, kind: Kind, line: Line, ladder: Ladder, gate: Gate | None, own: frozenset[int]) -> Queued:
    state = State((), line.step, line.status, line.why, gate_id=line.gate_id)
    found = [*refusals(state, kind, ladder, unit.today, unit.today, gate)]
    if line.case_id in own:
        found.append(f"您{reviews.OWN_BAR}")
    return Queued(line, "；".join(found), gate.decide_from if gate else None)
