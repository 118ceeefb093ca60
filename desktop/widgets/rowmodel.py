"""The rows of a record table: only ids are held, rows are read a page at a time when they are painted.

A row that cannot be read is shown as a broken row with a sentence; after a failure no further reading is tried until the next refresh,
so that one trouble does not become a storm of them.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.widgets.sheet import CELL, Cell, Column, alignment, as_cell

PAGE = 50
_KEPT_PAGES = 8
_BROKEN = Cell("这一行读不出来，按 F5 重试", tone="red")
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
Index = QModelIndex | QPersistentModelIndex


class Source(Protocol):
    """Where rows come from; both answers must be fast (an index per order offered) and need no transaction of the caller."""

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        """All ids in the order of a column, or in the natural order for None."""
        ...

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        """The cells of some ids in the order of the columns; an id that is gone is left out."""
        ...


class RowModel(QAbstractTableModel):
    """Signal ``failed(error)``: reading failed; said once per refresh."""

    failed = Signal(object)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._source: Source | None = None
        self._ids = array("q")
        self._pages: OrderedDict[int, dict[int, tuple[Cell, ...]]] = OrderedDict()
        self._order: str | None = None
        self._descending = False
        self._broken = False

    def set_source(self, source: Source) -> None:
        """Read from another source, for instance another filter."""
        self._source = source
        self.reload()

    def reload(self) -> bool:
        """Ask for the ids and forget all rows; returns whether the list of ids is another one."""
        self._broken = False
        try:
            found = array("q", self._source.ids(self._order, self._descending) if self._source else ())
        except Exception as error:
            found = self._ids
            self._fail(error)
        self._pages.clear()
        if found == self._ids:
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, len(self.columns) - 1))
            return False
        self.beginResetModel()
        self._ids = found
        self.endResetModel()
        return True

    def id_at(self, row: int) -> int:
        """The id of a row."""
        return self._ids[row]

    def ids(self) -> Sequence[int]:
        """All ids in the order shown."""
        return self._ids

    def rows_of(self, things: Sequence[int]) -> list[int]:
        """The rows of those ids that are in the list, in order."""
        if len(things) < 20:
            return sorted(row for row in map(self.row_of, things) if row >= 0)
        wanted = set(things)
        return [row for row, thing in enumerate(self._ids) if thing in wanted]

    def row_of(self, thing: int) -> int:
        """The row of an id, −1 when it is not in the list."""
        try:
            return self._ids.index(thing)
        except ValueError:
            return -1

    def order(self) -> tuple[str | None, bool]:
        """Key of the column sorted by, and whether from the last to the first."""
        return self._order, self._descending

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Never reads a row, so that Ctrl+A stays cheap."""
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[index.column()].align)
        if role == CELL:
            return self._cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(index.row(), index.column()).text
        if role == Qt.ItemDataRole.ToolTipRole:
            cell = self._cell(index.row(), index.column())
            return cell.tip or cell.text or None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return alignment(self.columns[section].align)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Let the source sort; a column that cannot be sorted changes nothing."""
        if 0 <= column < len(self.columns) and self.columns[column].sortable:
            self._order = self.columns[column].key
            self._descending = order == Qt.SortOrder.DescendingOrder
            self.reload()

    def _cell(self, row: int, column: int) -> Cell:
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._read(number)
        else:
            self._pages.move_to_end(number)
        cells = page.get(place)
        if cells is None or column >= len(cells):
            return _BROKEN if column == 0 else Cell("")
        return cells[column]

    def _read(self, number: int) -> dict[int, tuple[Cell, ...]]:
        if self._broken or self._source is None:
            return {}
        wanted = self._ids[number * PAGE : (number + 1) * PAGE]
        try:
            found = self._source.rows(wanted)
            page = {n: tuple(map(as_cell, found[thing])) for n, thing in enumerate(wanted) if thing in found}
        except Exception as error:
            self._fail(error)
            return {}
        self._pages[number] = page
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return page

    def _fail(self, error: Exception) -> None:
        self._broken = True
        self.failed.emit(error)
