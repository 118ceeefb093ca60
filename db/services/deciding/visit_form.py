"""What the form of one visit starts with: the household, the visit on file, the line of its year, and who went to the house before.

The day and the signers of the household entered last are only offered; each household has its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.rules import income
from db.rules.case import Event, Kind, Status
from db.rules.codes import ThresholdKind
from db.rules.eligibility import Verification
from db.rules.income import Threshold
from db.rules.procedure import Step
from db.rules.values import Household
from db.schema.case import CaseRow, EventRow
from db.schema.household import HouseholdRow
from db.services.cases import cases, verification
from db.services.deciding import files
from db.services.deciding.files import CaseFile
from db.services.town import search, town
from db.services.town.search import Filter, Line
from db.store.unit import Unit

OPEN = (Status.RUNNING, Status.INCOMPLETE)
"""How a case at this step stands that a visit may still be recorded for."""


@dataclass(frozen=True, slots=True)
class Before:
    """Whom the visit entered last in the same village was to, when, and who went."""

    head_name: str
    visited_on: date
    surveyors: tuple[str, ...]
    officer: str


@dataclass(frozen=True, slots=True)
class VisitForm:
    """``visit`` is the one on file, ``entered_by`` who entered it; ``year`` the year whose income decides and ``line`` its line, None
    when the town has none; ``thresholds`` judge the form while it is filled in."""

    file: CaseFile
    visit: Verification | None
    entered_by: str
    year: int
    line: Threshold | None
    thresholds: tuple[Threshold, ...]
    before: Before | None

    @property
    def household(self) -> Household:
        """The household as the record has it."""
        return self.file.household

    @property
    def open(self) -> bool:
        """Whether a visit can be entered now."""
        state = self.file.state
        return state.at is Step.VERIFICATION and state.status in OPEN


def open_form(unit: Unit, household_id: int) -> VisitForm:
    """The form of one household, filled with the visit on file; Refused when the record has no such household.

    A visit that the town or county returned is over: the form of the new one is blank.
    """
    file = files.open_file(unit, household_id)
    last = verification.latest_visit(file.events)
    shown = last is not None and not file.state.returned
    year = verification.income_year(file.household, unit.today)
    lines = town.thresholds(unit)
    return VisitForm(
        file=file,
        visit=verification.read_visit(last) if last and shown else None,
        entered_by=last.actor if last and shown else "",
        year=year,
        line=income.threshold(lines, ThresholdKind.ENTRY, year),
        thresholds=lines,
        before=_before(unit, household_id),
    )


def _before(unit: Unit, household_id: int) -> Before | None:
    """From the newest visit of another household of the village; one query for it and one for its event."""
    own = select(HouseholdRow.village_id).where(HouseholdRow.id == household_id).scalar_subquery()
    query = (
        select(EventRow.id, EventRow.case_id, HouseholdRow.head_name)
        .join(CaseRow, CaseRow.id == EventRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .where(EventRow.kind == Kind.VERIFIED, HouseholdRow.village_id == own, HouseholdRow.id != household_id)
        .order_by(EventRow.id.desc())
        .limit(1)
    )
    row = unit.session.execute(query).first()
    if row is None:
        return None
    event: Event = next(e for e in cases.events(unit, [row.case_id])[row.case_id] if e.id == row.id)
    visit = verification.read_visit(event)
    return Before(row.head_name, visit.visited_on, visit.surveyors, visit.officer)


@dataclass(frozen=True, slots=True)
class GridRow:
    """One household of a village that waits for its visit; ``visit`` is the incomplete one on file."""

    household_id: int
    case_id: int
    group: str
    head_name: str
    size: int
    visit: Verification | None


def open_village(unit: Unit, village_id: int) -> tuple[GridRow, ...]:
    """All households of a village that wait for a visit, in the order of the groups; five queries."""
    ids = search.ids(unit, Filter(village_id=village_id, step=Step.VERIFICATION))
    lines = search.lines(unit, ids)
    waiting = [lines[i] for i in ids if lines[i].status in OPEN]
    events = cases.events(unit, [x.case_id for x in waiting if x.status is Status.INCOMPLETE])
    return tuple(_grid_row(x, events.get(x.case_id, [])) for x in waiting)


def _grid_row(line: Line, events: Sequence[Event]) -> GridRow:
    last = verification.latest_visit(events)
    visit = verification.read_visit(last) if last else None
    return GridRow(line.id, line.case_id, line.group, line.head_name, line.size, visit)
