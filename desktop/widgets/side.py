"""What stands at the right and explains the middle: findings with their article, figures that add up, the history.

Every line begins with a sign (✓ met, ! to mind, ✕ against), so that the tone is never the only message.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop.widgets.looks import Card, LabelRole, Rule, column, label, row

Sign = Literal["ok", "mind", "bad", ""]
_SIGNS: dict[Sign, tuple[str, LabelRole]] = {
    "ok": ("✓", "pine"),
    "mind": ("!", "warn"),
    "bad": ("✕", "fault"),
    "": ("", ""),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One finding: what was found, and below it in quiet letters on what it rests."""

    text: str
    sign: Sign = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a calculation; ``total`` is drawn strong."""

    caption: str
    amount: str
    total: bool = False


class SideCard(Card):
    """A card at the right that is filled anew as a whole."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._inner: QVBoxLayout = column(gap=6)
        self.body.addLayout(self._inner)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show findings."""
        self._clear()
        for line in lines:
            self._add_line(line)

    def show_figures(self, figures: Sequence[Figure], note: str = "") -> None:
        """Show a calculation with right-aligned amounts and a quiet sentence below."""
        self._clear()
        for figure in figures:
            self._add_figure(figure)
        if note:
            self._inner.addWidget(label(note, "quiet", self, wrap=True))

    def _add_line(self, line: Line) -> None:
        sign, role = _SIGNS[line.sign]
        whole = row(gap=4)
        mark = label(sign, role, self)
        mark.setFixedWidth(14)
        whole.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=2)
        words.addWidget(label(line.text, "", self, wrap=True))
        if line.note:
            words.addWidget(label(line.note, "quiet", self, wrap=True))
        whole.addLayout(words, 1)
        if not line.sign:
            mark.hide()
        self._inner.addLayout(whole)

    def _add_figure(self, figure: Figure) -> None:
        role: LabelRole = "strong" if figure.total else ""
        whole = row()
        amount = label(figure.amount, role, self)
        amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        whole.addWidget(label(figure.caption, role, self))
        whole.addStretch(1)
        whole.addWidget(amount)
        self._inner.addLayout(whole)
        self._inner.addWidget(Rule(self))

    def _clear(self) -> None:
        empty_layout(self._inner)


def empty_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let Qt delete it when it is safe."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            empty_layout(inner)
            inner.deleteLater()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
