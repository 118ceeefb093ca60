"""A row of chips of which one is chosen: which paper of a thing is looked at, which part of a form is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.widgets.looks import button, row


class Chips(QWidget):
    """The first that is not barred is chosen at first. Signal ``chosen(text)`` when the clerk clicks another one."""

    chosen = Signal(str)

    def __init__(self, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, QPushButton] = {}
        line = row(self)
        for text in texts:
            made = button(text, "chip", self)
            made.setCheckable(True)
            made.clicked.connect(self._on_clicked)
            self._chips[text] = made
            line.addWidget(made)
        line.addStretch(1)
        self.choose(next(iter(self._chips)))

    def text(self) -> str:
        """The one chosen."""
        return next(text for text, chip in self._chips.items() if chip.isChecked())

    def chip(self, text: str) -> QPushButton:
        """One of the chips."""
        return self._chips[text]

    def choose(self, text: str) -> None:
        """Choose one without telling anybody."""
        for name, chip in self._chips.items():
            chip.setChecked(name == text)

    def bar(self, why_not: Mapping[str, str]) -> None:
        """Bar chips with a sentence each that says why, and let the others be chosen; one that is barred is left for the first free."""
        for name, chip in self._chips.items():
            chip.setEnabled(name not in why_not)
            chip.setToolTip(why_not.get(name, ""))
        if self.text() in why_not:
            self.choose(next((name for name in self._chips if name not in why_not), self.text()))

    def _on_clicked(self) -> None:
        text = next(name for name, chip in self._chips.items() if chip is self.sender())
        self.choose(text)
        self.chosen.emit(text)
