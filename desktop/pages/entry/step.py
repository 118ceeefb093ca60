"""One step of the first-start guide: a heading, a line of explanation, and what is to be filled in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.widgets.looks import column, label


class Step(QWidget):
    """``name`` stands in the list of steps. Signal ``ended()``: Enter past the last field, go on."""

    ended = Signal()
    name = ""

    def __init__(self, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inner = column(self, 12)
        self.inner.addWidget(label(title, "title", self))
        self.inner.addWidget(label(words, "subtitle", self, wrap=True))

    def complete(self) -> bool:
        """Check what stands here, say every fault in place; True when the guide may go on."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the keyboard where the clerk begins."""
        raise NotImplementedError
