"""Three households that are filled in by hand in full: an ordinary one with somebody who works, one on 低保, one of 五保.

They are chosen by what the papers say, never by name, among those whose visit and votes carry them through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from db.rules.case import Status
from db.rules.codes import Attribute
from db.rules.eligibility import Verification
from db.rules.meeting import meeting_problems, passed, vote_problem
from db.rules.values import Household
from db.services.register import households
from db.services.sheets import visit_import
from db.services.town import search
from db.sheets.appraisals import AppraisalSheet, VoteRow, read_appraisals
from db.sheets.matching import RowKey, match_rows
from db.sheets.visits import read_visits
from desktop.tour.byhand import Assembly
from desktop.tour.stage import Stage, StageError
from desktop.tour.workbooks import Script

KINDS = (Attribute.ORDINARY, Attribute.LOW_INCOME, Attribute.FIVE_GUARANTEES)
_MANY = 3
"""An ordinary household of some people, so that its tables have rows."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One household with what the villages' papers say of it."""

    id: int
    household: Household
    visit: Verification
    meeting: AppraisalSheet
    vote: VoteRow

    @property
    def village(self) -> str:
        return self.household.village

    @property
    def head(self) -> str:
        return self.household.head_name

    def assembly(self) -> Assembly:
        """The assembly as it is typed."""
        held = self.meeting
        if held.kind is None or held.held_on is None or held.due is None or held.present is None:
            raise StageError(f"the assembly of {held.village} is not whole")
        return Assembly(
            held.village, held.kind, held.held_on, held.place, held.chair, held.recorder, held.due, held.present
        )

    def votes(self) -> tuple[int, int, int]:
        """同意、不同意、弃权."""
        return self.vote.yes or 0, self.vote.no or 0, self.vote.abstained or 0


def choose(stage: Stage, script: Script) -> tuple[Chosen, ...]:
    """One household of each kind, all of one village where there is one that has all; StageError when a kind is wanting."""
    found = list(_through(stage, script))
    by_village: dict[str, dict[Attribute, Chosen]] = {}
    for one in found:
        if one.household.attribute is not None and _suits(one.household):
            by_village.setdefault(one.village, {}).setdefault(one.household.attribute, one)
    whole = next((kinds for kinds in by_village.values() if all(k in kinds for k in KINDS)), None)
    first = whole or {kind: one for kinds in reversed(by_village.values()) for kind, one in kinds.items()}
    wanting = [kind.label for kind in KINDS if kind not in first]
    if wanting:
        raise StageError(f"nobody who gets through is {wanting}")
    return tuple(first[kind] for kind in KINDS)


def _suits(home: Household) -> bool:
    """An ordinary household must have workers; the others may live alone."""
    if home.attribute is not Attribute.ORDINARY:
        return True
    able = [m for m in home.members if m.labour is not None and m.labour.able]
    return home.size >= _MANY and len(able) > 1 and home.income is not None and bool(home.income.wages)


def _through(stage: Stage, script: Script) -> Iterator[Chosen]:
    """Everybody whose rows are plain, whose visit leads to the assembly and whose votes pass there."""
    names = [village.name for village in script.villages]
    plan = stage.office.see(visit_import.plan, read_visits(script.workbooks.visits, names))
    visits = {
        row.candidates[0].household_id: row.verification
        for row in plan.rows
        if row.fate == "ok" and row.status is Status.RUNNING and row.verification is not None
    }
    lines = stage.office.see(search.lines, list(visits))
    keys = {i: RowKey(x.village, x.group, x.head_name, x.size) for i, x in lines.items()}
    votes = {}
    for sheet in read_appraisals(script.workbooks.appraisals, names):
        for match, row in zip(match_rows([r.key for r in sheet.rows], keys), sheet.rows, strict=True):
            if match.household is not None and _passes(sheet, row):
                votes[match.household] = (sheet, row)
    homes = stage.office.see(households.get_many, [i for i in visits if i in votes])
    for i, home in homes.items():
        yield Chosen(i, home, visits[i], *votes[i])


def _passes(sheet: AppraisalSheet, row: VoteRow) -> bool:
    if row.faulty or row.yes is None or sheet.kind is None or not sheet.present or not sheet.due or not sheet.held_on:
        return False
    odd = vote_problem(row.yes, row.no or 0, row.abstained or 0, sheet.present)
    return not odd and not meeting_problems(sheet.kind, sheet.due, sheet.present) and passed(row.yes, sheet.present)
