"""Taking in a workbook of visits: each row finds its household or is asked, is judged before it is saved, and then all go in at once.

A row for a household that is stopped, past its visit or not in the record is listed with the reason and never applied; a household
gets its own date and signers from its own row, and the trail says that it was entered in bulk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.errors import Problem, Refused
from db.rules import income
from db.rules.case import Event, Kind, State, Status, derive
from db.rules.door import refusals
from db.rules.eligibility import Judgement, Verification
from db.rules.income import Threshold
from db.rules.procedure import Ladder, Step
from db.rules.values import Household
from db.services.cases import cases, verification
from db.services.cases.verification import Recorded, Visit, judged, latest_visit, leads_to, read_visit
from db.services.deciding.visit_form import OPEN
from db.services.register import households
from db.services.sheets.vote_import import FATE_WORDS, Fate
from db.services.town import search, town
from db.services.town.search import Filter, Line
from db.sheets.findings import SheetFinding
from db.sheets.matching import Match, Matched, RowKey, match_rows
from db.sheets.visits import VisitRow, VisitSheet
from db.store.unit import Unit

__all__ = ["FATE_WORDS", "Candidate", "Fate", "PlannedVisit", "VisitPlan", "apply", "plan"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household a row may mean: ``text`` tells it apart for the clerk without giving away its number, ``judgement`` is the verdict
    this row would have for it and ``status`` how the case would stand, ``problem`` why it cannot be taken."""

    case_id: int
    household_id: int
    text: str
    judgement: Judgement
    status: Status
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One row of the workbook and what will become of it. ``judgement`` and ``status`` are set for rows whose household is known."""

    sheet: str
    row: int
    village: str
    group: str
    head_name: str
    size: int | None
    fate: Fate
    why: str
    case_id: int | None
    candidates: tuple[Candidate, ...]
    verification: Verification | None
    judgement: Judgement | None
    status: Status | None
    findings: tuple[SheetFinding, ...]

    @property
    def key(self) -> tuple[str, int]:
        """What an answer is given by."""
        return self.sheet, self.row


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """All rows in the order of the file, what is to be said of whole sheets, and the sheets it was made from."""

    rows: tuple[PlannedVisit, ...]
    notes: tuple[SheetFinding, ...]
    sheets: tuple[VisitSheet, ...]

    def count(self, fate: Fate) -> int:
        """Rows of one fate."""
        return sum(1 for r in self.rows if r.fate == fate)

    def chosen(self, answers: Mapping[tuple[str, int], int]) -> list[tuple[PlannedVisit, int]]:
        """The rows that would be recorded with these answers, each with its case."""
        found = []
        for row in self.rows:
            case_id = row.case_id if row.fate == "ok" else answers.get(row.key) if row.fate == "ask" else None
            if case_id is not None:
                found.append((row, case_id))
        return found

    def left_out(self, answers: Mapping[tuple[str, int], int]) -> list[tuple[PlannedVisit, str]]:
        """The rows that would stay out with these answers, each with the reason."""
        used = {row.key for row, _ in self.chosen(answers)}
        return [(r, r.why) for r in self.rows if r.key not in used]

    def rest(self, answers: Mapping[tuple[str, int], int]) -> tuple[VisitSheet, ...]:
        """The sheets with those rows only that would stay out: to plan again once the others are recorded."""
        out = {row.key for row, _ in self.left_out(answers)}
        return tuple(replace(s, rows=tuple(r for r in s.rows if (r.sheet, r.row) in out)) for s in self.sheets)


def plan(unit: Unit, sheets: Sequence[VisitSheet]) -> VisitPlan:
    """What taking in the workbook would do; a dozen queries and a few more for each village."""
    rows = [row for sheet in sheets for row in sheet.rows]
    lines = _lines(unit, {row.village for row in rows if row.village})
    known = {i: RowKey(x.village, x.group, x.head_name, x.size) for i, x in lines.items()}
    matches = match_rows([row.key for row in rows], known)
    planner = _Planner(unit, lines, [i for m in matches for i in m.candidates])
    planned = tuple(planner.planned(row, match) for row, match in zip(rows, matches, strict=True))
    notes = tuple(f for sheet in sheets for f in sheet.findings if not f.row)
    return VisitPlan(planned, notes, tuple(sheets))


def apply(unit: Unit, shown: VisitPlan, answers: Mapping[tuple[str, int], int]) -> tuple[Recorded, ...]:
    """Record what the plan showed, all rows or none; ``answers`` name the case of a row that was asked, rows without one stay out.

    Refused when the record has changed since, when an answer was not offered, when two rows mean one household, or when nothing is left.
    """
    if _fates(plan(unit, shown.sheets)) != _fates(shown):
        raise Refused("预览之后档案有了新的改动，请重新导入核实表再录入；本次没有写入任何内容")
    chosen = shown.chosen(answers)
    problems = [*_strange(shown, answers), *_doubled(chosen)]
    if problems:
        raise Refused(problems)
    if not chosen:
        raise Refused("表里没有可以录入的核实结果，档案没有改动")
    visits = [Visit(case_id, row.verification) for row, case_id in chosen if row.verification is not None]
    recorded = verification.record(unit, visits, bulk=True)
    unit.trail("导入核实表", entity="import", recorded=len(recorded), left=len(shown.rows) - len(recorded))
    return recorded


def _lines(unit: Unit, wanted: set[str]) -> dict[int, Line]:
    """The households of the villages the workbook speaks of."""
    ids = [i for v in town.villages(unit) if v.name in wanted for i in search.ids(unit, Filter(village_id=v.id))]
    return search.lines(unit, ids)


class _Planner:
    """What is needed to say what becomes of a row, read once for all of them."""

    def __init__(self, unit: Unit, lines: Mapping[int, Line], household_ids: Sequence[int]) -> None:
        self._today = unit.today
        self._lines = lines
        waiting = [i for i in dict.fromkeys(household_ids) if _waits(lines[i])]
        self._homes = households.get_many(unit, waiting)
        self._events = cases.events(unit, [lines[i].case_id for i in waiting])
        self._ladder: Ladder = town.options(unit).ladder
        self._thresholds: tuple[Threshold, ...] = town.thresholds(unit)

    def planned(self, row: VisitRow, match: Match) -> PlannedVisit:
        fate, why, found = self._fate(row, match)
        one = found[0] if fate == "ok" else None
        return PlannedVisit(
            row.sheet, row.row, row.village, row.group, row.head_name, row.size, fate, why, one.case_id if one else None,
            found, row.verification, one.judgement if one else None, one.status if one else None, row.findings,
        )  # fmt: skip

    def _fate(self, row: VisitRow, match: Match) -> tuple[Fate, str, tuple[Candidate, ...]]:
        unread = _unread(row)
        if unread or row.verification is None:
            return "fault", unread, ()
        waiting = [i for i in match.candidates if i in self._homes]
        if not waiting:
            return "skip", _stands(self._lines[match.candidates[0]]) if match.candidates else match.why, ()
        found = tuple(self._candidate(i, row.verification) for i in waiting)
        if match.state is Matched.AMBIGUOUS:
            return self._asked(match.why, found)
        if self._known_already(waiting[0], row.verification):
            return "skip", _already(self._lines[waiting[0]]), ()
        return ("fault", found[0].problem, ()) if found[0].problem else ("ok", "", found)

    def _asked(self, why: str, found: tuple[Candidate, ...]) -> tuple[Fate, str, tuple[Candidate, ...]]:
        """A row is asked while one household is left that can be meant."""
        if all(c.problem for c in found):
            return "fault", "；".join(dict.fromkeys(c.problem for c in found)), ()
        return "ask", why, found

    def _candidate(self, household_id: int, visit: Verification) -> Candidate:
        home, line = self._homes[household_id], self._lines[household_id]
        judgement, status = judged(self._thresholds, home, visit), leads_to(self._thresholds, home, visit)
        return Candidate(line.case_id, household_id, _told(home), judgement, status, self._problem(household_id, visit))

    def _problem(self, household_id: int, visit: Verification) -> str:
        home, state = self._homes[household_id], self._state(household_id)
        own = [p.text.partition("：")[2] for p in verification.gaps(visit, home, self._today)]
        shut = refusals(state, Kind.VERIFIED, self._ladder, visit.visited_on, self._today)
        if self._known_already(household_id, visit):
            shut = (*shut, _already(self._lines[household_id]))
        return "；".join(dict.fromkeys([*own, *shut]))

    def _state(self, household_id: int) -> State:
        return derive(self._of(household_id), self._ladder)

    def _known_already(self, household_id: int, visit: Verification) -> bool:
        """Whether this very visit is on file: an old workbook taken in again, or one the town has returned."""
        last = latest_visit(self._of(household_id))
        return last is not None and read_visit(last) == visit

    def _of(self, household_id: int) -> list[Event]:
        return self._events[self._lines[household_id].case_id]


def _unread(row: VisitRow) -> str:
    """Why a row cannot be used whatever household it means; "" when it can."""
    said = "；".join(f.text for f in row.findings if f.severity == "E")
    return said or ("" if row.village else f"看不出工作表“{row.sheet}”是本镇哪个村的，请把表名改为村名")


def _waits(line: Line) -> bool:
    return line.step is Step.VERIFICATION and line.status in OPEN


def _stands(line: Line) -> str:
    at = f"现在应办“{line.step.label}”" if line.step else "已建档"
    return f"本户{at}（{line.status.label}：{line.why}），不采用这一行"


def _already(line: Line) -> str:
    if line.status is Status.INCOMPLETE:
        return f"这次核实已录过，本户仍待补充：{line.why}"
    return f"这次核实已录过（{line.why}），须用重新入户的结果"


def _told(home: Household) -> str:
    """How a household is told apart from its namesakes: never by more of its number than the office's lists show."""
    sheet = home.income
    amount = (
        f"{sheet.year} 年人均 {income.to_cents(income.per_head(sheet, home.size)):,} 元" if sheet and home.size else ""
    )
    parts = (
        f"{home.group} {home.head_name} {home.size} 人",
        home.head_sex.label if home.head_sex else "",
        f"身份证尾号 {home.head_id[-4:]}" if home.head_id else "",
        home.attribute.label if home.attribute else "",
        home.main_cause.label if home.main_cause else "",
        amount,
        f"{home.applied_on} 申请" if home.applied_on else "",
    )
    return " · ".join(part for part in parts if part)


def _fates(shown: VisitPlan) -> list[tuple[tuple[str, int], Fate, int | None, tuple[int, ...]]]:
    return [(r.key, r.fate, r.case_id, tuple(c.case_id for c in r.candidates)) for r in shown.rows]


def _strange(shown: VisitPlan, answers: Mapping[tuple[str, int], int]) -> list[Problem]:
    """Answers that were not offered, or that cannot be taken."""
    found = []
    for row in (r for r in shown.rows if r.fate == "ask" and r.key in answers):
        meant = next((c for c in row.candidates if c.case_id == answers[row.key]), None)
        if meant is None or meant.problem:
            text = meant.problem if meant else "指认的不是列出的农户，请重新指认"
            found.append(Problem(text, where=_place(row)))
    return found


def _doubled(chosen: Sequence[tuple[PlannedVisit, int]]) -> list[Problem]:
    rows_of: dict[int, list[PlannedVisit]] = {}
    for row, case_id in chosen:
        rows_of.setdefault(case_id, []).append(row)
    return [
        Problem(f"{'、'.join(_place(r) for r in rows)} 指认成了同一户 {rows[0].head_name}，一户只能用一行，请重新指认")
        for rows in rows_of.values()
        if len(rows) > 1
    ]


def _place(row: PlannedVisit) -> str:
    return f"{row.sheet}第 {row.row} 行"
