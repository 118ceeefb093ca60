"""更正: one household's votes are made void before a second person and typed anew by hand from the minutes; the old ones stay visible.

The votes typed are those of the workbook, so that nothing in the outcome is another.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog

from db.rules.meeting import passed
from db.rules.procedure import Step
from db.services.cases.appraisals import Meeting
from db.services.sheets.vote_import import PlannedVote, VotePlan
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.households.correct import CorrectDialog
from desktop.pages.households.page import HouseholdsPage
from desktop.tour import byhand
from desktop.tour.byhand import Assembly
from desktop.tour.stage import Stage, StageError
from desktop.tour.standing_by import second_person

REASON = "演示更正：票数按会议记录重新录入"


def correct_votes(stage: Stage, votes: VotePlan) -> int | None:
    """Correct the first household that passed, type its votes anew, and return it."""
    chosen = next((row for row in votes.rows if row.fate == "ok" and _passed(row, votes.meetings[row.sheet])), None)
    if chosen is None:
        return None
    lines = stage.office.see(search.lines, stage.office.see(search.ids, Filter())).values()
    household = next(line.id for line in lines if line.case_id == chosen.case_id)
    page = stage.page("households", HouseholdsPage, household)
    stage.press_and_answer(
        page.view.button("correct"),
        partial(_choose_step, stage),
        partial(second_person, stage, REASON, picture="更正-另一人确认"),
    )
    vote = chosen.vote
    counted = (vote.yes or 0, vote.no or 0, vote.abstained or 0)
    byhand.assembly(stage, assembly_of(votes.meetings[chosen.sheet]), {household: counted}, "民主评议-手工录入")
    stage.page("households", HouseholdsPage, household)
    stage.picture("户档-更正后的经过")
    stage.say(f"更正：{chosen.village}{chosen.vote.group} {chosen.vote.head_name}户的票数作废后重新录入")
    return household


def assembly_of(meeting: Meeting) -> Assembly:
    """A meeting of the workbook as it is typed."""
    return Assembly(
        meeting.village, meeting.kind, meeting.held_on, meeting.place, meeting.chair, meeting.recorder, meeting.due,
        meeting.present,
    )  # fmt: skip


def _passed(row: PlannedVote, meeting: Meeting) -> bool:
    return passed(row.vote.yes or 0, meeting.present)


def _choose_step(stage: Stage, dialog: QDialog) -> None:
    if not isinstance(dialog, CorrectDialog):
        raise StageError(f"“{dialog.windowTitle()}” does not ask which step")
    dialog.steps.setCurrentText(Step.APPRAISAL.label)
    stage.picture("更正-哪一步录错了", dialog)
    stage.press(stage.find(dialog, "下一步：另一人确认"))
