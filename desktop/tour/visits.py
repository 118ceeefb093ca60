"""The visits of all villages from their workbook, then the reviewer's rulings on what the 七不进 items found.

A hit is excused where the visitors themselves came to 符合, for the reason they wrote down; otherwise it stands. Nothing is invented: a
missing signature stays missing.
"""

from __future__ import annotations

from db.rules.case import Status
from db.rules.codes import Finding, Verdict
from db.rules.eligibility import Verification
from db.services.sheets.visit_import import VisitPlan
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.verification.page import VerificationPage
from desktop.tour.stage import Stage, StageError
from desktop.tour.workbooks import Script

UNEXPLAINED = "核实表没有说明可以例外的情况，核实人结论为不符合"


def look_at_form(stage: Stage) -> None:
    """The blank form of the first household that waits."""
    page = stage.page("verification", VerificationPage)
    stage.settle()
    stage.picture("入户核实-空白表")
    if page.view.is_dirty():
        raise StageError("nothing was typed, yet the form says so")


def take_in(stage: Stage, script: Script) -> VisitPlan:
    """Preview the workbook, take in the rows that are clear."""
    page = stage.page("verification", VerificationPage)
    page.take_in_file(script.workbooks.visits)
    stage.settle()
    shown = page.load.plan()
    if shown is None:
        raise StageError(f"the visits were not read: {stage.told()}")
    stage.picture("入户核实-分不清的须指认" if shown.count("ask") else "入户核实-导入预览")
    stage.click(page.load.apply)
    stage.picture("入户核实-没有录入的行")
    stage.click(page.load.back)
    left = len(shown.rows) - shown.count("ok")
    stage.say(f"入户核实：录入 {shown.count('ok')} 户，{left} 行没有录入")
    return shown


def rule_all(stage: Stage) -> None:
    """The reviewer decides on every household that waits for it."""
    waiting = stage.office.see(search.ids, Filter(status=Status.RULING))
    for number, household in enumerate(waiting):
        page = stage.page("verification", VerificationPage, household)
        form = page.view.form
        if form is None or form.visit is None:
            raise StageError("a household that waits for a ruling has no visit")
        stage.type(page.view.ruling.reason, reason_of(form.visit))
        if not number:
            stage.picture("入户核实-七不进认定")
        excused = form.visit.stated is Verdict.FITS
        stage.click(page.view.ruling.admit if excused else page.view.ruling.uphold)
        verb = "准予继续" if excused else "认定成立"
        stage.say(f"七不进：{form.household.village}{form.household.group} {form.household.head_name}户，{verb}")


def look_at_incomplete(stage: Stage) -> None:
    """What is missing somewhere stays open: show the first of them."""
    waiting = stage.office.see(search.ids, Filter(status=Status.INCOMPLETE))
    if waiting:
        stage.page("verification", VerificationPage, waiting[0])
        stage.picture("入户核实-待补充")
        stage.say(f"待补充：{len(waiting)} 户，等补签后再办")


def reason_of(visit: Verification) -> str:
    """The visitors' own words: the remark, else the evidence of the hits, else that there are none."""
    notes = [note for finding, note in visit.bars.values() if finding is Finding.YES and note]
    return visit.remark or "；".join(notes) or UNEXPLAINED
