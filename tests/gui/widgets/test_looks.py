"""Buttons from the keyboard, and what scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.looks import button, column, scrolled
from tests.helpers.qt import shown


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    made = shown(qtbot, button("保存"))
    pressed: list[bool] = []
    made.clicked.connect(lambda checked=False: pressed.append(checked))
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert len(pressed) == 1
    QTest.keyClick(made, Qt.Key.Key_Enter)
    assert len(pressed) == 2


def test_what_needs_a_deliberate_hand_is_left_to_the_space_bar(qtbot: QtBot) -> None:
    made = shown(qtbot, button("确认办理"))
    made.setProperty("space", True)
    pressed: list[bool] = []
    made.clicked.connect(lambda checked=False: pressed.append(checked))
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert pressed == []
    QTest.keyClick(made, Qt.Key.Key_Space)
    assert len(pressed) == 1


def test_what_scrolls_down_is_never_narrower_than_it_holds(qtbot: QtBot) -> None:
    inner, part = QWidget(), QWidget()
    column(inner).addWidget(part)
    whole = QWidget()
    column(whole).addWidget(scrolled(inner))
    shown(qtbot, whole, 300, 200)
    part.setMinimumSize(700, 900)
    qtbot.waitUntil(lambda: whole.minimumSizeHint().width() >= 700)
    assert whole.minimumSizeHint().height() < 400
