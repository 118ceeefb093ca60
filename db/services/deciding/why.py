"""为什么: for any household what decides about it, item by item with evidence and article; and whom another line would move.

Nothing is stored: the panel says what the record says now, the what-if changes no household.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from db.rules.codes import ThresholdKind
from db.rules.eligibility import JudgedItem
from db.rules.income import Threshold, totals
from db.rules.lines import SUMMED, Crossing, Held, Standing, crossings, held
from db.rules.procedure import IDENTIFICATION
from db.rules.values import Income
from db.schema.household import HouseholdRow, IncomeRow
from db.services.cases.verification import latest_visit
from db.services.deciding import files
from db.services.deciding.files import CaseFile, Reason
from db.services.town import search, town
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Visited:
    """Who found what is said: the visit's day, the surveyors, the village officer, who entered it, and who ruled on 七不进."""

    on: date
    surveyors: tuple[str, ...]
    officer: str
    entered_by: str
    ruled_by: str = ""
    ruling: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Everything that decides about one household. ``items`` are empty before the visit; ``open_points`` say what is not settled."""

    held: Held | None
    year: int | None
    items: tuple[JudgedItem, ...]
    visited: Visited | None
    open_points: tuple[Reason, ...]
    lines: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Whom a line would move, as lines of a list; ``judged`` households with an income sheet were looked at, ``unjudged`` have none."""

    against: Threshold
    entering: tuple[tuple[search.Line, Crossing], ...]
    leaving: tuple[tuple[search.Line, Crossing], ...]
    judged: int
    unjudged: int


def why(unit: Unit, household_id: int) -> Why:
    """The panel of one household, eligible or not; Refused when the record has none of that number."""
    return why_of(files.open_file(unit, household_id, ladder=IDENTIFICATION), town.thresholds(unit))


def why_of_file(unit: Unit, file: CaseFile) -> Why:
    """The panel of a file that is open already; a removal rests on what the identification found."""
    if file.ladder.key != IDENTIFICATION:
        return why(unit, file.household.id or 0)
    return why_of(file, town.thresholds(unit))


def why_of(file: CaseFile, lines: tuple[Threshold, ...]) -> Why:
    """The panel of a file that was read already."""
    home, judged = file.household, file.judgement
    sheet = home.income
    return Why(
        held=held(sheet, home.size, lines) if sheet is not None and home.size else None,
        year=sheet.year if sheet is not None else None,
        items=judged.items if judged is not None else (),
        visited=_visited(file),
        open_points=tuple(_open_points(file)),
        lines=lines,
    )


def _visited(file: CaseFile) -> Visited | None:
    visit = latest_visit(file.events)
    if visit is None:
        return None
    ruled = files.ruling_on(visit, file.events)
    facts = visit.facts
    return Visited(
        visit.acted_on,
        tuple(facts["surveyors"]),
        facts["officer"],
        visit.actor,
        ruled.actor if ruled else "",
        ruled.facts["reason"] if ruled else "",
    )


def _open_points(file: CaseFile) -> Iterator[Reason]:
    if file.judgement is not None:
        yield from (Reason("stop" if file.judgement.stops else "open", text) for text in file.judgement.reasons)
    else:
        yield Reason("open", "还没有入户核实，六进、七不进各项待查")
    said = {reason.text for reason in file.reasons}
    if file.state.why and file.state.why not in said:
        yield Reason("open", file.state.why)


def what_if(unit: Unit, against: Threshold, village_id: int | None = None) -> WhatIf:
    """Every household that would be on the other side of ``against``; three queries however many households there are."""
    standings = _standings(unit, village_id)
    moved = tuple(crossings(standings, town.thresholds(unit), against))
    lines = search.lines(unit, [c.household_id for c in moved])
    found = [(lines[c.household_id], c) for c in moved if c.household_id in lines]
    return WhatIf(
        against=against,
        entering=tuple(pair for pair in found if pair[1].enters),
        leaving=tuple(pair for pair in found if not pair[1].enters),
        judged=len(standings),
        unjudged=_households(unit, village_id) - len(standings),
    )


def _standings(unit: Unit, village_id: int | None) -> list[Standing]:
    h, i = HouseholdRow.__table__.c, IncomeRow.__table__.c
    newest = select(i.household_id, func.max(i.year).label("year")).group_by(i.household_id).subquery()
    query: Any = (
        select(h.id, h.size, i.year, *(i[key] for key in SUMMED))
        .join(newest, newest.c.household_id == h.id)
        .join(IncomeRow.__table__, (i.household_id == h.id) & (i.year == newest.c.year))
        .where(h.live)
        .order_by(h.village_id, h.group_id, h.id)
    )
    if village_id is not None:
        query = query.where(h.village_id == village_id)
    found = []
    for of, size, year, *items in unit.session.execute(query):
        sheet = Income(year, **dict(zip(SUMMED, items, strict=True)))
        found.append(Standing(of, year, size, totals(sheet).disposable))
    return found


def _households(unit: Unit, village_id: int | None) -> int:
    query = select(func.count()).select_from(HouseholdRow).where(HouseholdRow.live)
    if village_id is not None:
        query = query.where(HouseholdRow.village_id == village_id)
    return unit.session.scalar(query) or 0


def lines_to_try(unit: Unit) -> tuple[Threshold, ...]:
    """The yearly lines a clerk may try on households, the newest of each kind and year, in order of year."""
    newest = {(t.kind, t.year): t for t in town.thresholds(unit)}
    of_household = (t for t in newest.values() if t.kind in (ThresholdKind.ENTRY, ThresholdKind.EXIT))
    return tuple(sorted(of_household, key=lambda t: (t.year, t.kind.value)))
