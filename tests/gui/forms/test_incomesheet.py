"""The income sheet: items fill their sum, a sum without items stays, what does not add up is said in place."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.errors import Problem
from desktop.forms.incomesheet import IncomeSheet
from tests.helpers.qt import press, shown, typed

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


def _sheet(qtbot: QtBot) -> IncomeSheet:
    return shown(qtbot, IncomeSheet(), 420, 700)


def test_a_sum_without_items_stays_and_enter_walks_the_sums(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot)
    sheet.go_to_first()
    for text in ("4200", "1100", "0", "700", "200", ""):
        typed(text)
        press(ENTER)
    assert sheet.editors["debt"].core.hasFocus()
    values = sheet.values()
    assert (values["transfer"], values["pension"]) == (Decimal("700.00"), None)
    with qtbot.waitSignal(sheet.ended):
        press(ENTER)


def test_items_are_opened_by_a_key_and_fill_their_sum(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot)
    sheet.go_to("transfer")
    assert not sheet.editors["pension"].isVisible()
    press(Qt.Key.Key_Down, ALT)
    assert sheet.editors["family_planning"].core.hasFocus()
    press(ENTER)
    typed("1800")
    press(ENTER)
    press(ENTER)
    typed("660.5")
    press(ENTER)
    assert sheet.values()["transfer"] == Decimal("2460.50")
    assert sheet.editors["transfer"].core not in sheet.stops()
    sheet.editors["pension"].set_raw("")
    sheet.editors["pension"].changed.emit()
    assert sheet.values()["transfer"] == Decimal("1800.00")
    press(Qt.Key.Key_Up, ALT)
    assert sheet.editors["pension"].isVisible(), "items that hold a figure stay open"


def test_a_sum_that_is_not_that_of_its_items_is_said_where_it_stands(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot)
    sheet.set_values({"transfer": Decimal("900.00"), "pension": Decimal("660.00")})
    assert sheet.faulty() == ["transfer"]
    assert "各分项合计 660.00 元，这里是 900.00" in sheet.editors["transfer"].problem()
    assert not sheet.check()
    sheet.editors["pension"].set_raw("900")
    sheet.editors["pension"].changed.emit()
    assert sheet.check()


def test_faults_are_marked_kept_and_led_to(qtbot: QtBot) -> None:
    sheet = _sheet(qtbot)
    sheet.set_texts({"wages": "三千", "medical_aid": "x"})
    assert not sheet.check()
    assert sheet.faulty() == ["wages", "medical_aid"]
    assert "不是金额" in sheet.editors["wages"].problem()
    sheet.go_to_first_fault()
    assert QApplication.focusWidget() is sheet.editors["wages"].core
    left = sheet.show_problems([Problem("没有填写工资性收入", "wages"), Problem("别处", "phone")])
    assert [p.text for p in left] == ["别处"]
    assert sheet.faulty() == ["wages"]
    assert sheet.texts()["medical_aid"] == "x"
