"""What an empty page says: what is not there yet, what to do first, and the button that does it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.looks import button, column, label


class Empty(QWidget):
    """Signal ``acted()``: the button was pressed."""

    acted = Signal()

    def __init__(self, text: str, todo: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label(text, "heading", self, wrap=True)
        self._todo = label(todo, "quiet", self, wrap=True)
        self.button = button(action, "primary", self)
        self.button.clicked.connect(self.acted)
        self.button.setVisible(bool(action))
        inner = column(self)
        inner.addStretch(1)
        for part in (self._text, self._todo):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(part)
        inner.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addStretch(2)

    def say(self, text: str, todo: str = "", action: str = "") -> None:
        """Say something else."""
        self._text.setText(text)
        self._todo.setText(todo)
        self.button.setText(action)
        self.button.setVisible(bool(action))

    def text(self) -> str:
        """What it says first."""
        return self._text.text()
