"""The quiet line at the foot of a form: what to fill in, on what it rests and where it appears, for the field one is in.

Nothing pops up: the line changes with the keyboard and the mouse, and F1 shows all of it where it is too long for the window.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.fields.base import Field
from desktop.widgets.looks import column, label


class Pointing(Protocol):
    """A form or a grid: ``pointed`` tells the field the keyboard or the mouse came to."""

    pointed: SignalInstance


class HelpLine(QWidget):
    """``explain`` gives the sentence for a field; F1 works wherever the keyboard is within ``parent``."""

    def __init__(self, explain: Callable[[Field], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._explain = explain
        self._whole = False
        self._text = ""
        self._line = label("", "quiet", self)
        self._line.setMinimumWidth(1)
        self._key = QShortcut(QKeySequence(Qt.Key.Key_F1), parent)
        self._key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._key.activated.connect(self.turn)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column(self, 0).addWidget(self._line)

    def watch(self, *parts: Pointing) -> None:
        """Explain the fields of these parts."""
        for part in parts:
            part.pointed.connect(self.show_field)

    def show_field(self, field: Field) -> None:
        """Explain one field."""
        self._text = f"{field.label}　{self._explain(field)}"
        self._fit()

    def clear(self) -> None:
        """Explain nothing: another part is looked at."""
        self._text = ""
        self._fit()

    def text(self) -> str:
        """All it would say of the field, cut or not."""
        return self._text

    def turn(self) -> None:
        """F1: show all of it in as many lines as it takes, or one line again."""
        self._whole = not self._whole
        self._line.setWordWrap(self._whole)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self._line.fontMetrics()
        cut = metrics.elidedText(
            self._text, Qt.TextElideMode.ElideRight, max(self.width() - metrics.averageCharWidth(), 1)
        )
        shown = self._text if self._whole else cut
        if shown != self._line.text():
            self._line.setText(shown)
