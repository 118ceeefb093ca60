"""Buttons from the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.widgets.looks import button
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
