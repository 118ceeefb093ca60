"""The table all lists share: rows of 34 px, columns that are sorted, moved, hidden and remembered, cells copied to WPS.

It knows nothing of where rows come from; `RecordTable` reads them from the record when painted, `ListTable` holds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from math import ceil
from typing import Protocol

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.widgets.editor import ENTER
from desktop.widgets.sheet import CELL, ROW_HEIGHT, Cell, CellPainter, Column, button_box

_COUNTED = 5000


class Memory(Protocol):
    """Where widths are remembered (`desktop.app.settings.Settings`)."""

    def layout(self, table: str) -> dict[str, int]:
        """Column key to width, negative when hidden, in the order of the screen."""
        ...

    def keep_layout(self, table: str, widths: dict[str, int]) -> None:
        """Remember them."""
        ...


_usual: list[Memory] = []


def remember_in(memory: Memory | None) -> None:
    """Where tables made from now on remember their widths unless they are given a memory of their own; None for nowhere."""
    _usual[:] = [memory] if memory is not None else []


class SheetView(QTableView):
    """``name`` names the table in the memory.

    Signals: ``row_opened(row)`` Enter or double click; ``button_pressed(row, column_key)``; ``selection_said(text)`` for the status line.
    """

    row_opened = Signal(int)
    button_pressed = Signal(int, str)
    selection_said = Signal(str)

    def __init__(
        self, columns: Sequence[Column], name: str = "", memory: Memory | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._name, self._memory = name, memory or next(iter(_usual), None)
        self._wanted = [column.width for column in columns]
        self._fitting = False
        self.setItemDelegate(CellPainter(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        self._dress_header()
        self.doubleClicked.connect(self._on_double_click)

    def lay_out(self) -> None:
        """Set widths, order and hidden columns as remembered; call once after ``setModel``."""
        kept = self._memory.layout(self._name) if self._memory and self._name else {}
        header = self.horizontalHeader()
        # The header asks the selection about every row of a column to draw a title; one of its own is always empty.
        header.setSelectionModel(QItemSelectionModel(self.model(), header))
        for index, column in enumerate(self.columns):
            width = kept.get(column.key, column.width)
            self._wanted[index] = abs(width) or column.width
            header.resizeSection(index, self._wanted[index])
            header.setSectionHidden(index, width < 0)
        keys = [column.key for column in self.columns]
        for place, key in enumerate(key for key in kept if key in keys):
            header.moveSection(header.visualIndex(keys.index(key)), place)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._remember)

    def set_column_shown(self, key: str, shown: bool) -> None:
        """Show or hide one column; the last one stays."""
        header = self.horizontalHeader()
        index = next(n for n, column in enumerate(self.columns) if column.key == key)
        if shown or len(self._shown()) > 1:
            self._fitting = True
            header.setSectionHidden(index, not shown)
            self._fit()
            self._remember()

    def copy_text(self) -> str:
        """The selected cells as tab-separated text, rows and columns as on the screen."""
        return "\r\n".join("\t".join(line) for line in self._selected_texts())

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        QGuiApplication.clipboard().setText(self.copy_text())

    def cell(self, row: int, column: int) -> Cell:
        """What stands in one cell."""
        found = self.model().index(row, column).data(CELL)
        return found if isinstance(found, Cell) else Cell("")

    def selected_rows(self) -> list[int]:
        """Rows with any selected cell, in order."""
        return sorted({row for span in self._spans() for row in range(span.top(), span.bottom() + 1)})

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt only frames the row the Tab key arrives at; the keys that act on selected rows would find none."""
        super().focusInEvent(event)
        tabbed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if tabbed and self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in ENTER and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        cell = index.data(CELL) if index.isValid() else None
        if isinstance(cell, Cell) and cell.look == "button" and cell.text:
            width = QFontMetrics(self.font()).horizontalAdvance(cell.text)
            if button_box(self.visualRect(index), width).contains(event.position().toPoint()):
                self.button_pressed.emit(index.row(), self.columns[index.column()].key)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_said.emit(self._selection_text())

    def _dress_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(36)
        header.setFixedHeight(ROW_HEIGHT + 2)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)

    def _spans(self) -> list[QItemSelectionRange]:
        chosen = self.selectionModel().selection()
        return [chosen.at(n) for n in range(chosen.count())]

    def _shown(self) -> list[int]:
        """Logical indexes of the visible columns in the order of the screen."""
        header = self.horizontalHeader()
        order = (header.logicalIndex(place) for place in range(header.count()))
        return [index for index in order if not header.isSectionHidden(index)]

    def _selected_texts(self) -> list[list[str]]:
        chosen = self.selectionModel()
        shown = self._shown()
        lines = []
        for row in self.selected_rows():
            hit = [column for column in shown if chosen.isSelected(self.model().index(row, column))]
            lines.append((row, set(hit)))
        used = [column for column in shown if any(column in hit for _, hit in lines)]
        return [[_flat(self.cell(row, column).text) if column in hit else "" for column in used] for row, hit in lines]

    def _selection_text(self) -> str:
        count = sum(span.height() * span.width() for span in self._spans())
        if count < 2:
            return ""
        rows = len(self.selected_rows())
        if count > _COUNTED:
            return f"选中 {rows:,} 行"
        return f"选中 {rows:,} 行{self._sums()}"

    def _sums(self) -> str:
        numbers = [
            number
            for index in self.selectionModel().selectedIndexes()
            if self.columns[index.column()].summed
            and not self.isColumnHidden(index.column())
            and (number := _number(self.cell(index.row(), index.column()).text)) is not None
        ]
        if not numbers:
            return ""
        total = sum(numbers, Decimal(0))
        return f" · 计数 {len(numbers):,} · 合计 {total:,} · 平均 {total / len(numbers):,.2f}"

    def _fit(self) -> None:
        """Columns that can give way share what the window is too narrow for, in the measure they can; the others keep their width."""
        if self.model() is None:
            return
        shown = self._shown()
        gives = {n: max(self._wanted[n] - least, 0) for n in shown if (least := self.columns[n].least)}
        short = sum(self._wanted[n] for n in shown) - self.viewport().width()
        share = min(max(short, 0) / (sum(gives.values()) or 1), 1.0)
        self._fitting = True
        for place, most in gives.items():
            self.horizontalHeader().resizeSection(place, self._wanted[place] - ceil(most * share))
        self._fitting = False

    def _on_resized(self, index: int, _: int, width: int) -> None:
        """The last column is stretched by the table and others give way, not by the clerk."""
        if not self._fitting and width and index != self._shown()[-1]:
            self._wanted[index] = width
            self._remember()

    def _remember(self) -> None:
        if self._memory is None or not self._name:
            return
        header = self.horizontalHeader()
        widths = {}
        for place in range(header.count()):
            index = header.logicalIndex(place)
            hidden = header.isSectionHidden(index)
            column = self.columns[index]
            widths[column.key] = -column.width if hidden else self._wanted[index]
        self._memory.keep_layout(self._name, widths)

    def _on_double_click(self, index: QModelIndex) -> None:
        self.row_opened.emit(index.row())

    def _on_header_menu(self, place: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def column_menu(self) -> QMenu:
        """The menu of the header: a tick per column."""
        menu = QMenu(self)
        for index, column in enumerate(self.columns):
            action = QAction(column.title or column.key, menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(index))
            action.setData(column.key)
            menu.addAction(action)
        menu.triggered.connect(self._on_column_ticked)
        return menu

    def _on_column_ticked(self, action: QAction) -> None:
        self.set_column_shown(str(action.data()), action.isChecked())


def _flat(text: str) -> str:
    return text.replace("\t", " ").replace("\r\n", " ").replace("\n", " ")


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
