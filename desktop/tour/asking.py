"""要个数: a question put together from conditions and kept, another that comes with the program; both opened and written out."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from desktop.pages.households.page import HouseholdsPage
from desktop.pages.questions.condition import ConditionDialog
from desktop.pages.questions.page import QuestionsPage
from desktop.tour import rereading
from desktop.tour.stage import Stage, StageError

KEPT, READY = "人均不到四千的低保户", "60 周岁以上的人"
ATTRIBUTE, INCOME = ("sx", "低保户"), ("rjk", "4000")
"""The letters that find a condition, and what is ticked or typed."""


def play(stage: Stage) -> None:
    """Two questions."""
    page = stage.page("questions", QuestionsPage)
    stage.picture("要个数")
    _own(stage, page)
    _ready(stage, page)


def _own(stage: Stage, page: QuestionsPage) -> None:
    stage.press_and_answer(page.asking.add, partial(_ticked, stage))
    stage.press_and_answer(page.asking.add, partial(_up_to, stage))
    stage.type(page.asking.name, KEPT)
    stage.click(page.asking.keep)
    if page.number is None or page.found is None:
        raise StageError(f"the question was not kept: {page.asking.fault.text()}")
    stage.picture("要个数-记住的一问")
    stage.say(f"要个数：{page.found.sentence}")
    _write(stage, page)


def _ticked(stage: Stage, dialog: QDialog) -> None:
    """Find a condition by its initials and tick a value."""
    letters, wanted = ATTRIBUTE
    found = _found(dialog, letters)
    items = [found.ticks.item(n) for n in range(found.ticks.count())]
    item = next((one for one in items if one.text() == wanted), None)
    if item is None:
        raise StageError(f"{letters} offers {[one.text() for one in items]} and not {wanted}")
    item.setCheckState(Qt.CheckState.Checked)
    stage.picture("要个数-加条件", found)
    stage.press(found.take)


def _up_to(stage: Stage, dialog: QDialog) -> None:
    """Find one with figures and type where it ends."""
    letters, wanted = INCOME
    found = _found(dialog, letters)
    if not found.high.isVisible():
        raise StageError(f"{letters} found “{found.heading.text()}”, which has no figures")
    stage.type(found.high, wanted)
    stage.picture("要个数-加条件（数目）", found)
    stage.press(found.take)


def _found(dialog: QDialog, letters: str) -> ConditionDialog:
    if not isinstance(dialog, ConditionDialog):
        raise StageError(f"“{dialog.windowTitle()}” is no condition")
    QTest.keyClicks(dialog.finding.line, letters)
    return dialog


def _ready(stage: Stage, page: QuestionsPage) -> None:
    """A question that comes with the program; its list goes out without whole numbers, and the first of it is opened."""
    listed = page.shelf.list
    place = next(n for n, item in enumerate(listed.items()) if item.thing == READY)
    listed.table.go_to(place)
    QTest.keyClick(listed.table, Qt.Key.Key_Return)
    stage.settle()
    if page.found is None or not page.found.places:
        raise StageError(f"“{READY}” was not answered")
    stage.click(page.listing.masked)
    stage.picture("要个数-常问的一问")
    _write(stage, page)
    stage.click(page.listing.open_button)
    if not isinstance(stage.shell.current_page(), HouseholdsPage):
        raise StageError("the list of a question opened no household")
    stage.picture("要个数-打开农户")


def _write(stage: Stage, page: QuestionsPage) -> None:
    """The list as a workbook, held against the count in the window."""
    path = stage.out / page.file_name()
    page.export_to(path)
    stage.settle()
    found = rereading.sheets(path)
    rows = next(iter(found.values()))
    wanted = len(page.found.places) if page.found is not None else -1
    rereading.hold("rows", path, len(rereading.counted(rows)), wanted)
    if page.listing.masked.isChecked():
        rereading.hold("numbers in full", path, rereading.whole_numbers(found), 0)
