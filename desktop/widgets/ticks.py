"""A list of which some are ticked: the households to be acted on together, all ticked to begin with or none.

A tick is set by a click on its box or by the space bar for the chosen rows; what is ticked is counted above the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.sheet import Cell, Column

_ON, _OFF, _BARRED = "☑", "☐", "—"


@dataclass(frozen=True, slots=True)
class Tickable:
    """One row: its cells, the thing to hand back, whether it is ticked to begin with; a ``barred`` one can't be ticked."""

    cells: Sequence[str | Cell]
    thing: object
    ticked: bool = True
    barred: bool = False


class Ticks(QWidget):
    """``noun`` counts the rows (户, 处). Signal ``changed()``: the clerk ticked or unticked."""

    changed = Signal()

    def __init__(self, columns: Sequence[Column], noun: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._noun = noun
        self._rows: tuple[Tickable, ...] = ()
        self._on: list[bool] = []
        self.list = ListTable((Column("tick", "", 40, "center", sortable=False), *columns), parent=self)
        self.all = button("全选", "link", self)
        self.none = button("全不选", "link", self)
        self._count = label("", "quiet", self)
        head, whole = row(), column(self, 4)
        for part in (self.all, self.none, self._count):
            head.addWidget(part)
        head.addStretch(1)
        whole.addLayout(head)
        whole.addWidget(self.list, 1)
        self.all.clicked.connect(self.tick_all)
        self.none.clicked.connect(self.tick_none)
        self.list.table.clicked.connect(self._on_clicked)
        self.list.table.installEventFilter(self)

    def set_rows(self, rows: Sequence[Tickable]) -> None:
        """Show other rows with their first ticks; nothing is announced."""
        self._rows = tuple(rows)
        self._on = [row.ticked and not row.barred for row in self._rows]
        self._show()

    def ticked(self) -> list[object]:
        """The things of the ticked rows in their order."""
        return [row.thing for row, on in zip(self._rows, self._on, strict=True) if on]

    def count(self) -> int:
        """How many rows there are, ticked or not."""
        return len(self._rows)

    def tick_all(self) -> None:
        """Tick every row."""
        self._set(range(len(self._rows)), on=True)

    def tick_none(self) -> None:
        """Untick every row."""
        self._set(range(len(self._rows)), on=False)

    def toggle(self, places: Sequence[int]) -> None:
        """Turn the ticks of some rows: on when any of them is off, else off."""
        self._set(places, on=not all(self._on[place] for place in self._free(places)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.list.table
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
        ):
            table = self.list.table
            self.toggle(table.selected_ids() or [one for one in (table.current_id(),) if one >= 0])
            return True
        return super().eventFilter(watched, event)

    def _set(self, places: Sequence[int], *, on: bool) -> None:
        turned = [place for place in self._free(places) if self._on[place] is not on]
        if not turned:
            return
        for place in turned:
            self._on[place] = on
        self._show()
        self.changed.emit()

    def _free(self, places: Sequence[int]) -> list[int]:
        return [place for place in places if not self._rows[place].barred]

    def _mark(self, place: int) -> Cell:
        if self._rows[place].barred:
            return Cell(_BARRED, "grey", tip="现在不能办")
        return Cell(_ON, "pine", tip="已选") if self._on[place] else Cell(_OFF, "grey", tip="未选")

    def _show(self) -> None:
        marks = (self._mark(place) for place in range(len(self._rows)))
        self.list.set_items(
            [Item((mark, *row.cells), thing=row.thing) for mark, row in zip(marks, self._rows, strict=True)]
        )
        barred = sum(row.barred for row in self._rows)
        left = f"，{barred:,} {self._noun}现在不能办" if barred else ""
        total = f"选中 {sum(self._on):,} {self._noun}，共 {len(self._on):,} {self._noun}"
        self._count.setText(f"{total}{left}；空格键勾选或去掉")

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.toggle([self.list.table.ids()[index.row()]])
