"""Only the part in front says how much room is needed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.looks import column
from desktop.widgets.stack import Stack


def _part(width: int, height: int) -> QWidget:
    made, inside = QWidget(), QWidget()
    inside.setMinimumSize(width, height)
    column(made).addWidget(inside)
    return made


def test_a_part_behind_takes_no_room(qtbot: QtBot) -> None:
    stack = Stack()
    qtbot.addWidget(stack)
    assert stack.minimumSizeHint().isNull() or not stack.minimumSizeHint().isValid()
    small, large = _part(200, 100), _part(900, 700)
    stack.addWidget(small)
    stack.addWidget(large)
    assert (stack.minimumSizeHint().width(), stack.minimumSizeHint().height()) == (200, 100)
    small.setMinimumHeight(150)
    assert stack.minimumSizeHint().height() == 150
    stack.setCurrentWidget(large)
    assert (stack.minimumSizeHint().width(), stack.minimumSizeHint().height()) == (900, 700)
