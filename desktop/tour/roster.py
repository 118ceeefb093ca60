"""The villages' roster is taken in through its preview, and one household is looked at in the form."""

from __future__ import annotations

from db.rules.case import Status
from db.rules.procedure import Step
from db.services.sheets.imports import Preview
from db.services.town import search
from desktop.pages.intake.page import IntakePage
from desktop.pages.intake.previewing import SEVERITY_WORDS
from desktop.pages.intake.roster import FAULTY
from desktop.tour.stage import Stage, StageError
from desktop.tour.workbooks import Script


def take_in(stage: Stage, script: Script) -> Preview:
    """Preview the roster, look at its faults, take in what is sound; returns what the preview showed."""
    page = stage.page("intake", IntakePage)
    stage.click(page.import_it)
    page.read_roster(script.workbooks.roster)
    stage.settle()
    shown = page.roster.preview
    if shown is None:
        raise StageError(f"the roster was not read: {page.roster.strip.text()}")
    _look(stage, page)
    stage.click(page.take_in)
    stage.picture("名册已录入")
    if shown.count("faulty")[0]:
        stage.click(page.roster.type_it)
        stage.picture("申请表-按纸质申请改正有错的户")
        stage.click(page.back)
    stage.click(page.back)
    new, faulty = shown.count("new"), shown.count("faulty")
    stage.say(f"名册：录入 {new[0]} 户 {new[1]} 人，有错没有录入 {faulty[0]} 户 {faulty[1]} 人")
    return shown


def look_at_form(stage: Stage) -> None:
    """Open the application of a household of several persons."""
    page = stage.page("intake", IntakePage)
    stage.picture("申请与名册")
    lines = stage.office.see(search.lines, list(page.waiting.ids())).values()
    large = max((x for x in lines if x.step is Step.VERIFICATION and x.status is Status.RUNNING), key=lambda x: x.size)
    page.waiting.table.go_to(large.id)
    page.change(large.id)
    stage.picture("申请表")
    stage.click(page.back)


def _look(stage: Stage, page: IntakePage) -> None:
    roster = page.roster
    stage.click(roster.households.chip(FAULTY))
    roster.households.table.selectRow(0)
    stage.picture("名册预览-有错的户")
    roster.tabs.setCurrentIndex(1)
    stage.click(roster.findings.chip(SEVERITY_WORDS["E"]))
    stage.picture("名册预览-逐格问题")
    roster.tabs.setCurrentIndex(0)
