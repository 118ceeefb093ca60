"""Small helpers that give ordinary widgets the looks of the register book: buttons, captions, sheets.

The style sheet keys on dynamic properties (``kind`` of a button, ``role`` of a label, ``fault`` of an editor); these helpers set them, so
that pages never write colours or fonts.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

ButtonKind = Literal["plain", "primary", "danger", "link", "chip"]
LabelRole = Literal["", "title", "subtitle", "heading", "caption", "quiet", "warn", "fault", "strong", "pine"]

GAP = 8


def mark(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet keys on and let the widget be styled anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class Button(QPushButton):
    """Enter presses it when it has the keyboard, in a window as in a dialog; a key held down does not. The property ``space`` set leaves
    it to the space bar and the mouse alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self.property("space"):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()


def button(text: str, kind: ButtonKind = "plain", parent: QWidget | None = None) -> QPushButton:
    """A push button; ``primary`` is the one thing to do next, ``danger`` what cannot be taken back, ``link`` underlined text,
    ``chip`` one of several filters."""
    made = Button(text, parent)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    return made


def label(text: str = "", role: LabelRole = "", parent: QWidget | None = None, wrap: bool = False) -> QLabel:
    """A line of plain text (never rich text: names from a workbook may hold ``<``)."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def column(parent: QWidget | None = None, gap: int = GAP, margin: int = 0) -> QVBoxLayout:
    """A vertical layout on the 8 px grid."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    return made


def row(parent: QWidget | None = None, gap: int = GAP, margin: int = 0) -> QHBoxLayout:
    """A horizontal layout on the 8 px grid."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(gap)
    return made


class Card(QFrame):
    """A white sheet with a hairline; ``body`` is the column to fill, ``heading`` the line above it when a title is given;
    ``margin`` 0 is for a table, which then fills it up to the round corners."""

    def __init__(self, title: str = "", parent: QWidget | None = None, margin: int = 2 * GAP) -> None:
        super().__init__(parent)
        self.setProperty("sheet", True)
        self.body = column(self, GAP, margin)
        if margin == 0:
            self.body.setContentsMargins(1, 1, 1, 7)
        self.heading = label(title, "heading", self)
        self.heading.setVisible(bool(title))
        if title:
            self.body.addWidget(self.heading)

    def set_title(self, title: str) -> None:
        """Change the heading of a card that was made with one."""
        self.heading.setText(title)


class _Falling(QScrollArea):
    """Scrolls down only, so it is never narrower than what it holds."""

    def minimumSizeHint(self) -> QSize:
        inner: QWidget | None = self.widget()
        needed = max(inner.minimumSizeHint().width(), inner.minimumWidth()) if inner is not None else 0
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(super().minimumSizeHint().width(), needed + bar), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What it holds became wider or narrower."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scrolled(inner: QWidget) -> QScrollArea:
    """``inner`` in an area that scrolls down where room is short; it keeps the ground it lies on."""
    area = _Falling()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setProperty("clear", True)
    area.setWidget(inner)
    return area


class Rule(QFrame):
    """A hairline across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("hairline", True)
        self.setFixedHeight(1)
