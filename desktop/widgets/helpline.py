"""The quiet line at the foot of a form: what to fill in, on what it rests and where it appears, for the field one is in.

Nothing pops up: the line changes with the keyboard and the mouse. Where it is too long for the window it is cut; F1 opens the whole
paragraph of the field in the help.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.fields.base import Field
from desktop.widgets.looks import column, label


class Pointing(Protocol):
    """A form or a grid: ``pointed`` tells the field the keyboard or the mouse came to."""

    pointed: SignalInstance


class HelpLine(QWidget):
    """``explain`` gives the sentence for a field."""

    def __init__(self, explain: Callable[[Field], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._explain = explain
        self._text = ""
        self._line = label("", "quiet", self)
        self._line.setMinimumWidth(1)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self._line.fontMetrics()
        cut = metrics.elidedText(
            self._text, Qt.TextElideMode.ElideRight, max(self.width() - metrics.averageCharWidth(), 1)
        )
        if cut != self._line.text():
            self._line.setText(cut)
