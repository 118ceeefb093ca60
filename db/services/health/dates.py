"""The procedure as the whole record's check looks at it: days in order, notices kept, assemblies and votes, objections answered.

At the door of each step the same is asked before it is written; this finds what came in otherwise, with a handful of queries.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from db.rules.case import Kind
from db.rules.checks.dates import after_notice, assembly, in_order, unheard, vote
from db.rules.checks.finding import Finding
from db.rules.codes import AppraisalKind, BatchAct, BatchKind
from db.schema.batch import BatchEventRow, BatchRow
from db.schema.case import CaseRow, EventRow
from db.store.unit import Unit

Told = tuple[int, Finding]
_STEPS = (
    Kind.FILED, Kind.PROPOSED, Kind.VERIFIED, Kind.APPRAISED, Kind.OPINED, Kind.REVIEWED, Kind.ANNOUNCED, Kind.RECHECKED,
    Kind.DECIDED, Kind.CARDED,
)  # fmt: skip
_TOLD = (Kind.APPRAISED, Kind.OPINED, Kind.INVESTIGATED)
"""Kinds whose facts are read; those of the others are long and say nothing here."""
_CALLED = {Kind.FILED: "申请", Kind.APPRAISED: "民主评议", Kind.OPINED: "村初审", Kind.VERIFIED: "入户核实"}


@dataclass(frozen=True, slots=True)
class _Act:
    id: int
    kind: Kind
    on: date
    batch_id: int | None
    facts: Mapping[str, Any]


def of_cases(unit: Unit) -> list[Told]:
    """What is wrong with the procedure of any household; six queries."""
    owner = {row.id: row.household_id for row in unit.session.execute(select(CaseRow.id, CaseRow.household_id))}
    walls = _walls(unit)
    meetings = _meetings(unit)
    found = []
    for case_id, acts in _acts(unit).items():
        for rule, text in _of_case(acts, unit.today, walls, meetings):
            found.append((owner[case_id], Finding(rule, "E", "case", text)))
    return found


def _of_case(
    acts: Sequence[_Act],
    today: date,
    walls: Mapping[int, tuple[Sequence[str], Sequence[str]]],
    meetings: Mapping[int, list[str]],
) -> Iterator[tuple[str, str]]:
    for text in in_order(_days(acts), today):
        yield "R68", f"{text}，请核对纸质材料，由两人更正"
    for act in acts:
        if act.kind is Kind.OPINED:
            for text in after_notice(
                ("村初审", act.on),
                _day(act.facts.get("notice_last")),
                *walls.get(act.facts.get("notice_id") or 0, ((), ())),
            ):
                yield "R69", f"{text}，请核对公示和初审意见"
            before = [a for a in acts if a.id < act.id]
            objections = [(a.id, a.on) for a in before if a.kind is Kind.OBJECTED]
            answered = [a.facts.get("objection", 0) for a in before if a.kind is Kind.INVESTIGATED]
            yield from (("R71", f"{text}，请核对") for text in unheard(objections, answered, act.on))
        elif act.kind is Kind.APPRAISED:
            f = act.facts
            votes = vote(f["yes"], f["no"], f["abstained"], f["present"], went_on=bool(f["passed"]))
            yield from (("R70", text) for text in (*votes, *meetings.get(act.batch_id or 0, ())))


def _days(acts: Sequence[_Act]) -> list[tuple[str, date]]:
    """The days of the steps as they stand since the case was last sent back."""
    climbed: dict[Kind, date] = {}
    for act in acts:
        if act.kind not in _STEPS:
            continue
        above = _STEPS[_STEPS.index(act.kind) :]
        climbed = {kind: day for kind, day in climbed.items() if kind not in above}
        climbed[act.kind] = act.on
    return [(_CALLED.get(kind, kind.label), day) for kind, day in climbed.items()]


def _acts(unit: Unit) -> dict[int, list[_Act]]:
    """The events that count, by case in their order; the facts only where they are looked at."""
    void = {
        i
        for text in unit.session.scalars(select(EventRow.undoes).where(EventRow.kind == Kind.CORRECTED))
        for i in json.loads(text)
    }
    told = select(EventRow.id, EventRow.facts).where(EventRow.kind.in_(_TOLD))
    facts = {row.id: row.facts for row in unit.session.execute(told)}
    e = EventRow
    query = select(e.case_id, e.id, e.kind, e.acted_on, e.batch_id).where(e.kind != Kind.CORRECTED).order_by(e.id)
    found: dict[int, list[_Act]] = defaultdict(list)
    for case_id, event_id, kind, day, batch_id in unit.session.execute(query):
        if event_id not in void:
            said = json.loads(facts[event_id]) if event_id in facts else {}
            found[case_id].append(_Act(event_id, kind, day, batch_id, said))
    return found


def _walls(unit: Unit) -> dict[int, tuple[Sequence[str], Sequence[str]]]:
    """The places of each notice, and those where it was hung up."""
    hung: dict[int, list[str]] = defaultdict(list)
    posted = select(BatchEventRow.batch_id, BatchEventRow.place).where(BatchEventRow.act == BatchAct.POSTED)
    for batch_id, place in unit.session.execute(posted):
        hung[batch_id].append(place)
    notices = select(BatchRow.id, BatchRow.facts).where(BatchRow.kind == BatchKind.NOTICE)
    return {row.id: (json.loads(row.facts)["places"], hung[row.id]) for row in unit.session.execute(notices)}


def _meetings(unit: Unit) -> dict[int, list[str]]:
    """What is wrong with the attendance of each assembly."""
    query = select(BatchRow.id, BatchRow.facts).where(BatchRow.kind == BatchKind.APPRAISAL)
    found = {}
    for row in unit.session.execute(query):
        f = json.loads(row.facts)
        kind = AppraisalKind.of(f["kind"])
        found[row.id] = list(assembly(kind, f["due"], f["present"], by_households=bool(f.get("by_households"))))
    return found


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None
