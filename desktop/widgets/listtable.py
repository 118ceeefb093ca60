"""`ListTable`: a small list that is already in memory (a preview, findings, what is due today), with filter chips and their counts.

It is the record table over a source that sorts in memory, so that both behave alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.widgets.looks import button, column, row
from desktop.widgets.sheet import Cell, Column, as_cell
from desktop.widgets.table import RecordTable
from desktop.widgets.tableview import Memory

ALL = "全部"


@dataclass(frozen=True, slots=True)
class Item:
    """One row: its cells in the order of the columns, the chip it belongs to, and the thing to hand back."""

    cells: Sequence[str | Cell]
    group: str = ""
    thing: object = None


class _Items:
    """Sorts and filters items; ids are their places in the list."""

    def __init__(self, columns: Sequence[Column], items: Sequence[Item], group: str) -> None:
        self._places = {column.key: n for n, column in enumerate(columns)}
        self._items = items
        self._group = group

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        """Places of the items of the chosen group."""
        found = [n for n, item in enumerate(self._items) if self._group in (ALL, item.group)]
        if order is not None:
            place = self._places[order]
            found.sort(key=lambda n: _sort_key(as_cell(self._items[n].cells[place]).text), reverse=descending)
        return found

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        """Cells of some items."""
        return {n: self._items[n].cells for n in ids}


class ListTable(QWidget):
    """Signals: ``opened(thing)`` Enter or double click; ``acted(thing, column_key)`` a button; ``current_changed(thing | None)``;
    ``filtered(group)`` a chip was chosen."""

    opened = Signal(object)
    acted = Signal(object, str)
    current_changed = Signal(object)
    filtered = Signal(str)

    def __init__(
        self,
        columns: Sequence[Column],
        groups: Sequence[str] = (),
        name: str = "",
        memory: Memory | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``groups`` are the chips besides 全部; without any there is no row of chips."""
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._group = ALL
        self.table = RecordTable(columns, name, memory, self)
        self._chips: dict[str, QPushButton] = {}
        whole = column(self)
        if groups:
            whole.addLayout(self._chip_row((ALL, *groups)))
        whole.addWidget(self.table, 1)
        self.table.opened.connect(self._on_opened)
        self.table.acted.connect(self._on_acted)
        self.table.current_changed.connect(self._on_current)

    def set_items(self, items: Sequence[Item]) -> None:
        """Show another list; the chosen chip stays."""
        self._items = tuple(items)
        for group, chip in self._chips.items():
            count = sum(group in (ALL, item.group) for item in self._items)
            chip.setText(f"{group} {count:,}")
        self._show()

    def items(self) -> tuple[Item, ...]:
        """All items, filtered or not."""
        return self._items

    def choose(self, group: str) -> None:
        """Choose a chip."""
        self._group = group
        for name, chip in self._chips.items():
            chip.setChecked(name == group)
        self._show()
        self.filtered.emit(group)

    def chip(self, group: str) -> QPushButton:
        """The chip of a group."""
        return self._chips[group]

    def current_thing(self) -> object | None:
        """The thing of the row the keyboard is on."""
        place = self.table.current_id()
        return self._items[place].thing if place >= 0 else None

    def selected_things(self) -> list[object]:
        """The things of the selected rows."""
        return [self._items[place].thing for place in self.table.selected_ids()]

    def count(self) -> int:
        """Rows shown."""
        return self.table.count()

    def _show(self) -> None:
        self.table.set_source(_Items(self.table.columns, self._items, self._group))

    def _chip_row(self, groups: Sequence[str]) -> QHBoxLayout:
        chips = row()
        for group in groups:
            chip = button(f"{group} 0", "chip", self)
            chip.setCheckable(True)
            chip.setChecked(group == ALL)
            chip.setProperty("group", group)
            chip.clicked.connect(self._on_chip)
            self._chips[group] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        return chips

    def _on_chip(self) -> None:
        self.choose(str(self.sender().property("group")))

    def _on_opened(self, place: int) -> None:
        self.opened.emit(self._items[place].thing)

    def _on_acted(self, place: int, key: str) -> None:
        self.acted.emit(self._items[place].thing, key)

    def _on_current(self, place: int) -> None:
        self.current_changed.emit(self._items[place].thing if place >= 0 else None)


def _sort_key(text: str) -> tuple[int, float, str]:
    """Numbers before words, numbers by size."""
    try:
        return 0, float(text.replace(",", "")), ""
    except ValueError:
        return 1, 0.0, text
