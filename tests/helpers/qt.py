"""Hands of a clerk for window tests: keys, an input method that composes, a wheel, the clipboard.

The offscreen platform gives no window the keyboard by itself; ``shown`` asks for it, so that focus moves as it does on a desk.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop.app.office import Office
from desktop.widgets.pastebox import PasteBox
from tests.helpers.dialogs import Dialogs

W = TypeVar("W", bound=QWidget)
PAGE = (1190, 690)
"""What the window leaves to a page when it is as large as the smallest usual screen, 1366 by 768; in pixels."""


def shown(qtbot: QtBot, widget: W, width: int = 900, height: int = 600) -> W:
    """``widget`` as an exposed window that has the keyboard and is closed after the test."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow)
    return widget


def stand(page: W, office: Office, qtbot: QtBot) -> W:
    """``page`` shown in the size it has in the window, everything it asked the record for has come home; closed after the test."""
    qtbot.addWidget(page)
    page.resize(*PAGE)
    page.show()
    office.work.drain()
    return page


def focus(widget: QWidget) -> QWidget:
    """Put the keyboard into ``widget`` and return the one that takes the keys."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    taker = QApplication.focusWidget()
    assert taker is not None
    return taker


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key into whatever has the keyboard."""
    QTest.keyClick(_taker(), key, modifiers)


def typed(text: str) -> None:
    """Latin letters, digits and signs, key by key."""
    QTest.keyClicks(_taker(), text)


def compose(preedit: str) -> None:
    """The input method shows ``preedit``, not yet committed."""
    QApplication.sendEvent(_taker(), QInputMethodEvent(preedit, []))


def commit(text: str) -> None:
    """The input method commits ``text`` (Chinese, full-width digits, a pasted line)."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(_taker(), event)


def wheel(widget: QWidget, notches: int = -1) -> bool:
    """Turn the wheel over ``widget``; returns whether it took the event."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place, QPointF(widget.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def clip(text: str | None = None) -> str:
    """Put ``text`` on the clipboard when given; what is on it."""
    clipboard = QGuiApplication.clipboard()
    if text is not None:
        clipboard.setText(text)
    return clipboard.text()


def agree_to_pastes(dialogs: Dialogs) -> list[str]:
    """Every preview of a paste is agreed to as it stands; what runs over the edge in each, "" for nothing."""
    edges: list[str] = []

    def agree(box: PasteBox) -> QDialog.DialogCode:
        edges.append(box.edge.text())
        return QDialog.DialogCode.Accepted

    dialogs.answer(PasteBox, agree)
    return edges


def _taker() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget
