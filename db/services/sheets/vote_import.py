"""Taking in a workbook of assemblies: each row finds its household or is asked, and nothing is applied that was not shown.

A row for a household that is stopped, already voted on or not in the record is listed with the reason; two rows and two households
that agree in everything are asked, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from db.errors import Problem, Refused
from db.rules.case import Status
from db.rules.meeting import meeting_problems
from db.rules.procedure import IDENTIFICATION, Step
from db.services.cases import appraisals
from db.services.cases.appraisals import AppraisalResult, Meeting, Vote
from db.services.town import search
from db.services.town.search import Filter, Line
from db.sheets.appraisals import AppraisalSheet, VoteRow
from db.sheets.matching import Match, Matched, RowKey, match_rows
from db.store.unit import Unit

Fate = Literal["ok", "ask", "skip", "fault"]
FATE_WORDS: Mapping[Fate, str] = {"ok": "可录入", "ask": "需指认", "skip": "不采用", "fault": "有错"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household that a row may mean; ``text`` tells it apart for the clerk."""

    case_id: int
    text: str


@dataclass(frozen=True, slots=True)
class PlannedVote:
    """One row of the workbook and what will become of it."""

    sheet: str
    village: str
    vote: VoteRow
    fate: Fate
    why: str
    case_id: int | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """What an answer is given by."""
        return self.sheet, self.vote.row


@dataclass(frozen=True, slots=True)
class VotePlan:
    """All rows, and for each sheet its meeting; a sheet whose meeting cannot be used has its reasons instead."""

    rows: tuple[PlannedVote, ...]
    meetings: Mapping[str, Meeting]
    faults: Mapping[str, tuple[str, ...]]

    def count(self, fate: Fate) -> int:
        """Rows of one fate."""
        return sum(1 for r in self.rows if r.fate == fate)


def plan(unit: Unit, sheets: Sequence[AppraisalSheet]) -> VotePlan:
    """What taking in the workbook would do; two queries whatever its size."""
    lines = search.lines(unit, search.ids(unit, Filter()))
    known = {i: RowKey(x.village, x.group, x.head_name, x.size) for i, x in lines.items()}
    meetings: dict[str, Meeting] = {}
    faults: dict[str, tuple[str, ...]] = {}
    rows: list[PlannedVote] = []
    for sheet in sheets:
        meeting = _meeting(sheet)
        if isinstance(meeting, Meeting):
            meetings[sheet.sheet] = meeting
        else:
            faults[sheet.sheet] = meeting
        matches = match_rows([r.key for r in sheet.rows], known)
        rows += [
            _planned(sheet, row, match, lines, faults.get(sheet.sheet, ()))
            for row, match in zip(sheet.rows, matches, strict=True)
        ]
    return VotePlan(tuple(rows), meetings, faults)


def apply(unit: Unit, planned: VotePlan, answers: Mapping[tuple[str, int], int]) -> dict[str, AppraisalResult]:
    """Record the assemblies with their matched and answered rows, all or none; sheet -> what came of it.

    ``answers`` name the case of a row that was asked; rows without an answer stay out.
    """
    chosen: dict[str, list[Vote]] = {}
    for row in planned.rows:
        case_id = row.case_id if row.fate == "ok" else answers.get(row.key) if row.fate == "ask" else None
        if case_id is not None:
            chosen.setdefault(row.sheet, []).append(_vote(row.vote, case_id))
    _refuse_doubles(chosen)
    if not chosen:
        raise Refused("表里没有可以录入的评议结果，档案没有改动")
    return {
        sheet: appraisals.record(unit, planned.meetings[sheet], votes, bulk=True) for sheet, votes in chosen.items()
    }


def _meeting(sheet: AppraisalSheet) -> Meeting | tuple[str, ...]:
    if not sheet.village:
        return ("表名不是本镇的村，请核对村名，或在设置中加上这个村",)
    if sheet.kind is None or sheet.held_on is None or sheet.due is None or sheet.present is None:
        return ("会议的种类、时间、应到或实到读不出来，请补全表头两行，或在窗口录入",)
    found = meeting_problems(sheet.kind, sheet.due, sheet.present)
    if found:
        return found
    return Meeting(
        sheet.village, sheet.kind, sheet.held_on, sheet.place, sheet.chair, sheet.recorder, sheet.due, sheet.present
    )


def _planned(
    sheet: AppraisalSheet, row: VoteRow, match: Match, lines: Mapping[int, Line], faults: tuple[str, ...]
) -> PlannedVote:
    def made(fate: Fate, why: str, case_id: int | None = None, candidates: tuple[Candidate, ...] = ()) -> PlannedVote:
        return PlannedVote(sheet.sheet, sheet.village, row, fate, why, case_id, candidates)

    if faults:
        return made("fault", "；".join(faults))
    if row.faulty:
        return made("fault", "；".join(f.text for f in row.findings if f.severity == "E"))
    if match.state is Matched.UNKNOWN or (match.household is None and not match.candidates):
        return made("skip", match.why)
    if match.household is not None:
        line = lines[match.household]
        return made("ok", "", line.case_id) if _waits(line) else made("skip", _stands(line))
    open_to = [lines[i] for i in match.candidates if _waits(lines[i])]
    if not open_to:
        return made("skip", _stands(lines[match.candidates[0]]))
    return made("ask", match.why, None, tuple(Candidate(x.case_id, _told(x)) for x in open_to))


def _waits(line: Line) -> bool:
    return line.step is Step.APPRAISAL and line.status is Status.RUNNING and line.ladder == IDENTIFICATION


def _stands(line: Line) -> str:
    at = line.step.label if line.step else "已建档"
    return f"本户现在{at}（{line.status.label}：{line.why}），不采用这一行"


def _told(line: Line) -> str:
    return f"{line.group} {line.head_name} {line.size} 人 · {line.attribute} · {line.cause} · 申请序号 {line.case_id}"


def _vote(row: VoteRow, case_id: int) -> Vote:
    return Vote(case_id, row.yes or 0, row.no or 0, row.abstained or 0)


def _refuse_doubles(chosen: Mapping[str, Sequence[Vote]]) -> None:
    seen: set[int] = set()
    for sheet, votes in chosen.items():
        for vote in votes:
            if vote.case_id in seen:
                raise Refused([Problem("两行指认成了同一户，请核对指认", where=sheet)])
            seen.add(vote.case_id)
