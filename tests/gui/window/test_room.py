"""A page fills its room; in a window too small for it, it keeps its least size and is moved."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.looks import column
from desktop.widgets.stack import Stack
from desktop.window.room import Room
from tests.helpers.qt import shown


def _page(width: int, height: int) -> tuple[QWidget, QPushButton]:
    made, last = QWidget(), QPushButton("保存")
    ground = QWidget()
    ground.setMinimumSize(width, height)
    whole = column(made)
    whole.addWidget(ground, 1)
    whole.addWidget(last)
    return made, last


def _room(qtbot: QtBot, *pages: QWidget) -> tuple[Room, Stack]:
    stack = Stack()
    for page in pages:
        stack.addWidget(page)
    return shown(qtbot, Room(stack), 734, 424), stack


def test_a_page_that_fits_fills_the_room(qtbot: QtBot) -> None:
    page, _ = _page(300, 200)
    room, _ = _room(qtbot, page)
    assert page.size() == room.viewport().size()
    assert room.verticalScrollBar().maximum() == room.horizontalScrollBar().maximum() == 0


def test_a_larger_page_is_whole_and_can_be_moved_to_its_end(qtbot: QtBot) -> None:
    page, last = _page(300, 600)
    room, _ = _room(qtbot, page)
    assert last.height() >= last.minimumSizeHint().height()
    assert last.visibleRegion().isEmpty()
    last.setFocus()
    room.ensureWidgetVisible(last)
    assert last.visibleRegion().boundingRect() == last.rect()


def test_the_next_page_begins_at_its_top(qtbot: QtBot) -> None:
    first, second = _page(300, 600)[0], _page(300, 900)[0]
    room, stack = _room(qtbot, first, second)
    room.verticalScrollBar().setValue(room.verticalScrollBar().maximum())
    stack.setCurrentWidget(second)
    assert room.verticalScrollBar().value() == 0
    qtbot.waitUntil(lambda: second.height() > 900)
