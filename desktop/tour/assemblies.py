"""The assemblies of all villages are taken in from their workbook; what the program cannot tell apart stays asked and left out."""

from __future__ import annotations

from db.services.sheets.vote_import import FATE_WORDS, Fate, VotePlan
from desktop.pages.appraisals.page import AppraisalsPage
from desktop.tour.stage import Stage, StageError
from desktop.tour.workbooks import Script

LOOKED_AT: tuple[Fate, ...] = ("ask", "fault", "skip")
"""Which rows are worth a look before the rest is taken in."""


def take_in(stage: Stage, script: Script) -> VotePlan:
    """Preview the workbook, look at what is asked, answer nothing that only the village knows, take in the rest."""
    page = stage.page("appraisals", AppraisalsPage)
    page.read_file(script.workbooks.appraisals)
    stage.settle()
    shown = page.plan.shown
    if shown is None:
        raise StageError(f"the assemblies were not read: {stage.told()}")
    fate = next((fate for fate in LOOKED_AT if shown.count(fate)), None)
    if fate is not None:
        stage.click(page.plan.table.chip(FATE_WORDS[fate]))
    stage.picture("民主评议-导入预览")
    stage.click(page.plan.take)
    stage.picture("民主评议-会议记录")
    stage.say(
        f"民主评议：{len(shown.meetings)} 个村，录入 {shown.count('ok')} 户，须指认 {shown.count('ask')} 行没有录入"
    )
    return shown
