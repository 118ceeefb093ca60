"""One sheet as it will be written, in the window: its first rows and 合计; a number that has households behind it opens them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.services.ledger.export import SheetPreview
from desktop.pages.ledgers.closingshown import both
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column, label
from desktop.widgets.sheet import Align, Cell, Column

TOTAL = "合计"
_PRIVATE = re.compile(r"\d{17}[\dX]|1[3-9]\d{9}|\d{15,19}")
_ALIGNS: dict[str, Align] = {"left": "left", "right": "right", "center": "center"}
_HIDDEN, _LEAST, _MOST = 96, 56, 250
"""Widths in px: of a number shown by its last digits, and between which all others lie."""


class SheetView(QWidget):
    """Signals: ``figure_asked(row, column)`` a number was clicked, row is a village or "" for 合计; ``household_asked(id)`` a household's
    row was opened; ``selection_said(text)`` for the status line."""

    figure_asked = Signal(str, int)
    household_asked = Signal(int)
    selection_said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: SheetPreview | None = None
        self._opens: Sequence[bool] = ()
        self.heading = label("", "heading", self, wrap=True)
        self.card = Card(margin=0)
        self.table: ListTable | None = None
        whole: QVBoxLayout = column(self, 8)
        whole.addWidget(self.heading)
        whole.addWidget(self.card, 1)

    def show_sheet(self, shown: SheetPreview, opens: Sequence[bool]) -> None:
        """Show another sheet; ``opens`` says which columns hold numbers that open."""
        self._shown, self._opens = shown, opens
        more = f"，这里显示前 {len(shown.first):,} 行" if shown.rows > len(shown.first) else ""
        hint = "　点数字看是哪些户" if any(opens) else ""
        self.heading.setText(f"{shown.name}　共 {shown.rows:,} 行，{both(shown.counted)}{more}{hint}")
        table = ListTable(_columns(shown), name=f"ledger-{shown.name}")
        table.set_items([*(self._item(n, line) for n, line in enumerate(shown.first)), self._item(-1, shown.total)])
        table.table.selection_said.connect(self.selection_said)
        table.table.clicked.connect(self._on_clicked)
        table.opened.connect(self._on_opened)
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self.table = table
        self.card.body.addWidget(table, 1)

    def _item(self, place: int, line: Sequence[str]) -> Item:
        """A row; ``place`` is −1 for 合计."""
        cells: list[str | Cell] = []
        for text, opens in zip(line, self._opens, strict=True):
            if opens and text not in ("", "0"):
                cells.append(Cell(text, "pine", tip="点开看是哪些户"))
            else:
                cells.append(hidden(text))
        return Item(cells, thing=place)

    def _on_clicked(self, index: QModelIndex) -> None:
        if self.table is not None:
            self._ask(self.table.current_thing(), index.column())

    def _on_opened(self, place: object) -> None:
        if self.table is None or self._shown is None or not isinstance(place, int):
            return
        ids = self._shown.ids
        if 0 <= place < len(ids) and ids[place]:
            self.household_asked.emit(ids[place])
        else:
            self._ask(place, self.table.table.currentIndex().column())

    def _ask(self, place: object, at: int) -> None:
        if self._shown is None or not isinstance(place, int) or not self._opens[at]:
            return
        text = (self._shown.total if place < 0 else self._shown.first[place])[at]
        if text not in ("", "0"):
            self.figure_asked.emit("" if place < 0 else self._shown.keys[place], at)


def hidden(text: str) -> str:
    """A private number by its last four digits, anything else as it is."""
    return f"***{text[-4:]}" if _PRIVATE.fullmatch(text) else text


def _columns(shown: SheetPreview) -> tuple[Column, ...]:
    return tuple(
        Column(f"c{n}", title, _width(width, title), _ALIGNS[align], sortable=False, summed=align == "right")
        for n, (title, align, width) in enumerate(zip(shown.titles, shown.aligns, shown.widths, strict=True))
    )


def _width(characters: float, title: str) -> int:
    if not characters:
        return _HIDDEN
    return max(_LEAST, 14 * len(title) + 20, min(int(characters * 7) + 12, _MOST))
