"""更正: one household's votes are made void before a second person and typed anew by hand from the minutes; the old ones stay visible.

The votes typed are those of the workbook, so that nothing in the outcome is another.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog

from db.fields.appraisal import VOTE
from db.rules.meeting import passed
from db.rules.procedure import Step
from db.services import search
from db.services.appraisals import Meeting
from db.services.search import Filter
from db.services.vote_import import PlannedVote, VotePlan
from desktop.pages.appraisals.page import AppraisalsPage
from desktop.pages.households.correct import CorrectDialog
from desktop.pages.households.page import HouseholdsPage
from desktop.tour.cast import REVIEWER
from desktop.tour.stage import Stage, StageError
from desktop.widgets.dialogs import SecondPersonDialog

REASON = "演示更正：票数按会议记录重新录入"


def correct_votes(stage: Stage, votes: VotePlan) -> None:
    """Correct the first household that passed, and type its votes anew."""
    chosen = next((row for row in votes.rows if row.fate == "ok" and _passed(row, votes.meetings[row.sheet])), None)
    if chosen is None:
        return
    lines = stage.office.see(search.lines, stage.office.see(search.ids, Filter())).values()
    household = next(line.id for line in lines if line.case_id == chosen.case_id)
    page = stage.page("households", HouseholdsPage, household)
    stage.press_and_answer(page.view.button("correct"), partial(_choose_step, stage), partial(_stand_by, stage))
    _type_anew(stage, chosen, votes.meetings[chosen.sheet])
    stage.page("households", HouseholdsPage, household)
    stage.picture("户档-更正后的经过")
    stage.say(f"更正：{chosen.village}{chosen.vote.group} {chosen.vote.head_name}户的票数作废后重新录入")


def _passed(row: PlannedVote, meeting: Meeting) -> bool:
    return passed(row.vote.yes or 0, meeting.present)


def _choose_step(stage: Stage, dialog: QDialog) -> None:
    if not isinstance(dialog, CorrectDialog):
        raise StageError(f"“{dialog.windowTitle()}” does not ask which step")
    dialog.steps.setCurrentText(Step.APPRAISAL.label)
    stage.picture("更正-哪一步录错了", dialog)
    stage.press(stage.find(dialog, "下一步：另一人确认"))


def _stand_by(stage: Stage, dialog: QDialog) -> None:
    if not isinstance(dialog, SecondPersonDialog):
        raise StageError(f"“{dialog.windowTitle()}” does not ask for the second person")
    dialog.name.setCurrentText(REVIEWER.name)
    stage.type(dialog.password, REVIEWER.password)
    stage.type(dialog.reason, REASON)
    stage.picture("更正-另一人确认", dialog)
    stage.press(dialog.agree)


def _type_anew(stage: Stage, chosen: PlannedVote, meeting: Meeting) -> None:
    page = stage.page("appraisals", AppraisalsPage)
    stage.click(page.type)
    entry = page.entry
    stage.choose(entry.village, f"{chosen.village}（")
    stage.choose(entry.form.editor("kind").core, meeting.kind.label)
    typed = {
        "held_on": meeting.held_on, "place": meeting.place, "chair": meeting.chair, "recorder": meeting.recorder,
        "due": meeting.due, "present": meeting.present,
    }  # fmt: skip
    for key, value in typed.items():
        stage.type(entry.form.editor(key), str(value))
    row = next(n for n, one in enumerate(entry.grid.rows()) if one["case_id"] == chosen.case_id)
    vote = chosen.vote
    entry.grid.model.put(row, list(VOTE).index("yes"), [[str(n or 0) for n in (vote.yes, vote.no, vote.abstained)]])
    stage.picture("民主评议-手工录入")
    stage.click(entry.save)
