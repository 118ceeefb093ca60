"""A round is begun, worked through and printed; each finding leads where it should."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from db.rules.codes import Recheck
from db.rules.procedure import REMOVAL
from db.services.cases import applications
from db.services.deciding import rechecks
from db.services.town import search
from db.services.town import town as town_service
from desktop.app.office import Office
from desktop.pages.rechecks.begin import BeginDialog
from desktop.pages.rechecks.page import RechecksPage
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import Ask
from desktop.widgets.sheet import Cell
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import stand

OpenPage = Callable[[], RechecksPage]
TODAY = date(2016, 5, 25)
FOUND = {"outcome": "保留", "acted_on": "20160525", "checkers": "周某坤、杨某来"}


@pytest.fixture
def open_page(office: Office, qtbot: QtBot) -> OpenPage:
    """The page, shown and filled."""

    def shown() -> RechecksPage:
        return stand(RechecksPage(office), office, qtbot)

    return shown


def _column(page: RechecksPage, place: int) -> list[str]:
    cells = [item.cells[place] for item in page.pane.ticks.list.items()]
    return [cell.text if isinstance(cell, Cell) else cell for cell in cells]


def _record(office: Office, page: RechecksPage, rows: list[int], **changed: str) -> None:
    page.pane.ticks.toggle(rows)
    page.pane.form.set_texts(FOUND | changed)
    QTest.mouseClick(page.pane.buttons["record"], Qt.MouseButton.LeftButton)
    office.work.drain()


def _asked(page: RechecksPage) -> BeginDialog:
    """The dialog the empty page opens."""
    QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert page.dialog is not None
    return page.dialog


def test_a_round_is_begun_from_the_empty_page(office: Office, open_page: OpenPage) -> None:
    office.act(town.on_register, 1, 2)
    page = open_page()
    assert page.empty.isVisible()
    dialog = _asked(page)
    dialog.place.setCurrentText("华南村")
    dialog.agree.click()
    office.work.drain()
    assert page.dialog is None
    assert page.round.currentText() == "华南村2016年第1次回头看"
    assert page.progress.text() == "已核查 0 户 0 人，未核查 2 户 4 人"
    assert _column(page, 5) == ["未核查", "未核查"]
    assert page.pane.buttons["record"].text() == "录入核查结果（0 户 0 人）"


def test_a_round_refused_says_why_in_place_and_what_was_chosen_stays(office: Office, open_page: OpenPage) -> None:
    office.act(town.on_register, 1)
    page = open_page()
    told: list[str] = []
    page.said.connect(lambda text, _: told.append(text))
    dialog = _asked(page)
    nobody = next(name for name in dialog.place.options() if name not in ("全镇", "华南村"))
    dialog.place.setCurrentText(nobody)
    dialog.form.set_texts({"started_on": "20160520"})
    dialog.agree.click()
    office.work.drain()
    assert page.dialog is dialog
    assert dialog.fault.text() == f"{nobody}还没有在册的农户，不必回头看"
    assert dialog.fault.isVisible()
    assert (dialog.place.currentText(), dialog.day()) == (nobody, date(2016, 5, 20))
    dialog.place.setCurrentText("华南村")
    assert not dialog.fault.isVisible()
    dialog.form.set_texts({"started_on": TODAY.isoformat()})
    dialog.agree.click()
    office.work.drain()
    assert page.dialog is None
    assert page.round.currentText() == "华南村2016年第1次回头看"
    assert told == ["已开始一轮回头看，逐户核查后在这里录入结果"]


def test_a_round_cannot_be_begun_twice_by_a_second_press(office: Office, open_page: OpenPage) -> None:
    office.act(town.on_register, 1)
    page = open_page()
    dialog = _asked(page)
    dialog.agree.click()
    dialog.agree.click()
    office.work.drain()
    assert len(office.see(rechecks.rounds)) == 1


def test_each_finding_is_put_down_and_leads_on(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    homes = office.act(town.on_register, 1, 2, 3)
    office.act(rechecks.begin, None, TODAY)
    page = open_page()
    _record(office, page, [0])
    assert page.progress.text() == "已核查 1 户 2 人，未核查 2 户 4 人"
    assert page.pane.form.values()["checkers"] == "周某坤、杨某来"
    with qtbot.waitSignal(page.go_asked) as asked:
        _record(office, page, [0], outcome="更正", reason="住房面积记错")
    assert asked.args == ["households", homes[1]]
    assert not page.pane.form.cell("code").isVisible()
    page.pane.form.editor("outcome").set_value(Recheck.REMOVED)
    page.pane.form.changed.emit()
    assert page.pane.form.cell("code").isVisible()
    _record(office, page, [0], outcome="清退", code="拥有小汽车或大型农机具", reason="有小汽车一辆")
    assert page.progress.text() == "已全部核查 3 户 6 人"
    assert _column(page, 5) == ["保留", "更正", "清退"]
    assert office.see(search.lines, homes)[homes[2]].ladder == REMOVAL
    page.pane.ticks.toggle([2])
    assert page.pane.chosen() == []


def test_what_is_refused_is_said_and_nothing_typed_is_lost(office: Office, open_page: OpenPage) -> None:
    office.act(town.on_register, 1)
    office.act(rechecks.begin, None, TODAY)
    page = open_page()
    _record(office, page, [0], outcome="清退", reason="有小汽车一辆")
    assert "清退原因" in page.pane.form.editor("code").problem()
    assert page.pane.form.values()["reason"] == "有小汽车一辆"
    _record(office, page, [], checkers="周某坤", code="拥有小汽车或大型农机具", outcome="清退", reason="有小汽车一辆")
    assert "两名核查人" in page.pane.form.editor("checkers").problem()
    assert _column(page, 5) == ["未核查"]


def test_a_household_missed_is_sent_to_the_application_and_put_down_when_it_applied(
    office: Office, open_page: OpenPage, qtbot: QtBot
) -> None:
    office.act(town.on_register, 1)
    office.act(rechecks.begin, None, date(2016, 5, 24))
    page = open_page()
    with qtbot.waitSignal(page.go_asked) as asked:
        QTest.mouseClick(page.pane.missed, Qt.MouseButton.LeftButton)
    assert asked.args == ["intake", None]
    missed = town.named(town.household(4), "罗某漏")
    office.act(applications.file, replace(missed, applied_on=TODAY))
    page.renew()
    office.work.drain()
    assert _column(page, 5) == ["未核查", "新申请"]
    _record(office, page, [1], outcome="新增", reason="上年漏评")
    assert _column(page, 5) == ["未核查", "新增"]
    assert page.progress.text() == "已核查 1 户 2 人，未核查 1 户 2 人"


def test_the_result_is_shown_as_it_prints(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    office.act(town.on_register, 1)
    office.act(rechecks.begin, None, TODAY)
    page = open_page()
    assert not page.print.isEnabled()
    _record(office, page, [0])
    QTest.mouseClick(page.print, Qt.MouseButton.LeftButton)
    office.work.drain()
    (window,) = page.findChildren(PaperWindow)
    assert "回头看核查结果表" in window.windowTitle()
    window.close()


def test_a_form_half_filled_is_not_left_without_a_word(office: Office, open_page: OpenPage, dialogs: Dialogs) -> None:
    office.act(town.on_register, 1)
    office.act(rechecks.begin, None, TODAY)
    page = open_page()
    assert page.may_leave()
    page.pane.form.set_texts({"reason": "有车"})
    dialogs.answer(Ask, _stay)
    assert not page.may_leave()


def _stay(dialog: QDialog) -> QDialog.DialogCode:
    return QDialog.DialogCode.Rejected


def test_enter_goes_through_the_boxes_and_begins_only_on_the_button(office: Office, qtbot: QtBot) -> None:
    dialog = BeginDialog(office.see(town_service.villages), TODAY)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.place.setFocus()
    QTest.keyClick(dialog.place, Qt.Key.Key_Return)
    day = dialog.form.editor("started_on").core
    assert day.hasFocus()
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert dialog.agree.hasFocus()
    assert dialog.isVisible()
    agreed: list[bool] = []
    dialog.agreed.connect(lambda: agreed.append(True))
    QTest.keyClick(dialog.agree, Qt.Key.Key_Return)
    assert agreed == [True]
