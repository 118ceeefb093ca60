"""`RecordTable`: the table over the record, for hundreds or a hundred thousand rows alike.

Sorting and filtering happen in the source; here only ids are held, so the first paint costs one page of rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.widgets.rowmodel import PAGE, RowModel, Source
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.tableview import Memory, SheetView


class RecordTable(SheetView):
    """Whole rows are selected unless ``cells``.

    Signals besides those of `SheetView`: ``opened(id)`` Enter or double click; ``acted(id, column_key)`` a button in a row;
    ``current_changed(id)`` the row the keyboard is on, −1 for none; ``failed(error)`` reading failed.
    """

    opened = Signal(object)
    acted = Signal(object, str)
    current_changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column],
        name: str = "",
        memory: Memory | None = None,
        parent: QWidget | None = None,
        cells: bool = False,
    ) -> None:
        super().__init__(columns, name, memory, parent)
        self._rows = RowModel(columns, self)
        self.setModel(self._rows)
        if not cells:
            self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.horizontalHeader()
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_header_clicked)
        self.lay_out()
        self.row_opened.connect(self._on_row_opened)
        self.button_pressed.connect(self._on_button)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self._rows.failed.connect(self.failed)

    def set_source(self, source: Source) -> None:
        """Show another list; ids that are in both stay selected."""
        self._keeping(source)

    def refresh(self) -> None:
        """Read the list again; selection and place are kept by id."""
        self._keeping(None)

    def ids(self) -> Sequence[int]:
        """All ids in the order shown."""
        return self._rows.ids()

    def count(self) -> int:
        """How many rows there are."""
        return self._rows.rowCount()

    def selected_ids(self) -> list[int]:
        """Ids of the selected rows in the order shown."""
        return [self._rows.id_at(row) for row in self.selected_rows()]

    def current_id(self) -> int:
        """Id of the row the keyboard is on, −1 for none."""
        row = self.currentIndex().row()
        return self._rows.id_at(row) if 0 <= row < self.count() else -1

    def go_to(self, thing: int) -> bool:
        """Select the row of an id and scroll to it; False when it is not in the list."""
        row = self._rows.row_of(thing)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._rows.index(row, 0))
        return row >= 0

    def go_next(self) -> bool:
        """Move to the next row; False at the end."""
        row = self.currentIndex().row() + 1
        if row < self.count():
            self.selectRow(row)
        return row < self.count()

    def sort_by(self, key: str | None, descending: bool = False) -> None:
        """Sort by the column ``key`` as if its title had been clicked."""
        index = next((n for n, column in enumerate(self.columns) if column.key == key), -1)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        header.setSortIndicatorShown(index >= 0)
        header.setSortIndicator(index, order)
        chosen, current, scroll = self.selected_ids(), self.current_id(), self.verticalScrollBar().value()
        self._rows.sort(index, order)
        self._restore(chosen, current, scroll)

    def _keeping(self, source: Source | None) -> None:
        chosen, current, scroll = self.selected_ids(), self.current_id(), self.verticalScrollBar().value()
        if source is not None:
            self._rows.set_source(source)
        else:
            self._rows.reload()
        self._restore(chosen, current, scroll)

    def _restore(self, chosen: Sequence[int], current: int, scroll: int) -> None:
        """Select again what is still there; only a selection that really changed is announced."""
        model = self.selectionModel()
        rows = self._rows.rows_of(chosen)
        last = self._rows.columnCount() - 1
        selection = QItemSelection()
        for top, bottom in _runs(rows):
            selection.select(self._rows.index(top, 0), self._rows.index(bottom, last))
        with QSignalBlocker(model):
            at = self._rows.row_of(current)
            if at >= 0:
                model.setCurrentIndex(self._rows.index(at, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
            model.select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.verticalScrollBar().setValue(scroll)
        self.viewport().update()
        if len(rows) != len(chosen) or self.current_id() != current:
            self.selection_said.emit("")
            self.current_changed.emit(self.current_id())

    def _on_header_clicked(self, section: int) -> None:
        column = self.columns[section]
        if column.sortable:
            key, descending = self._rows.order()
            self.sort_by(column.key, key == column.key and not descending)

    def _on_row_opened(self, row: int) -> None:
        self.opened.emit(self._rows.id_at(row))

    def _on_button(self, row: int, key: str) -> None:
        self.acted.emit(self._rows.id_at(row), key)

    def _on_current(self) -> None:
        self.current_changed.emit(self.current_id())


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of every run of neighbouring rows."""
    for _, run in groupby(enumerate(rows), key=_offset):
        found = [row for _, row in run]
        yield found[0], found[-1]


def _offset(pair: tuple[int, int]) -> int:
    return pair[1] - pair[0]


__all__ = ["PAGE", "Cell", "Column", "Memory", "RecordTable", "Source"]
