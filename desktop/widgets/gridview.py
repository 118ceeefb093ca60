"""The keys of the editable grid, and the bridge between its cells and the editors of forms.

The editor of a cell is told to commit by our own rules, because Qt's defaults would take a Return that belongs to an input method.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from db.fields.base import Field
from desktop.widgets.editor import ENTER, Editor
from desktop.widgets.editors import editor_for
from desktop.widgets.gridmodel import GridModel
from desktop.widgets.pastebox import ask_paste
from desktop.widgets.pasting import lines_of, plan
from desktop.widgets.sheet import ROW_HEIGHT, CellPainter

Index = QModelIndex | QPersistentModelIndex
_FILLED = "filled"
_BLOCK = 2


class GridView(QTableView):
    """Signals: ``save_asked()`` Ctrl+S; ``ended()`` Enter past the last cell of a grid that cannot grow or whose last row is blank,
    or at the beginning of a blank row below others; ``began()`` Shift+Enter before the first."""

    save_asked = Signal()
    ended = Signal()
    began = Signal()

    def __init__(self, model: GridModel, growable: bool, parent: QWidget | None = None, noun: str = "行") -> None:
        super().__init__(parent)
        self._grid = model
        self._noun = noun
        self._growable = growable
        self.setModel(model)
        self.setItemDelegate(CellDelegate(self))
        self.setProperty("grid", True)
        self.setShowGrid(True)
        self.setTabKeyNavigation(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.EditKeyPressed | trigger.DoubleClicked)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)

    def set_growable(self, growable: bool) -> None:
        """Whether Enter past the last cell opens a new row."""
        self._growable = growable

    def current_field(self) -> Field | None:
        """The field of the column the keyboard is in."""
        at = self.currentIndex()
        return self._grid.fields[at.column()] if at.isValid() else None

    def give_rest(self, column: int) -> None:
        """Let one column, in place of the last, take the room that the others leave."""
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self._undo()
        elif event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save_asked.emit()
        elif event.key() in ENTER:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self._blank()
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Go to the next (+1) or previous (−1) cell to be typed in, in reading order; past the end a new row is opened."""
        at, columns, last = self.currentIndex(), self._grid.columnCount(), self._grid.rowCount() - 1
        blank = self._growable and last >= 0 and last not in self._grid.filled()
        if by > 0 and blank and last and (at.row(), at.column()) == (last, 0):
            self.ended.emit()
            return
        place = at.row() * columns + at.column() + by if at.isValid() else 0
        while 0 <= place < (last + 1) * columns and not self._grid.takes(place // columns, place % columns):
            place += by
        if place >= (last + 1) * columns:
            if not self._growable or blank:
                self.ended.emit()
                return
            self._grid.add(last + 1)
        if place < 0:
            self.began.emit()
        else:
            self._reach(place // columns, place % columns)

    def copy(self) -> None:
        """Put the selected cells on the clipboard as tab-separated text."""
        spans = self.selectionModel().selection()
        if not spans.isEmpty():
            span = spans.first()
            lines = (
                "\t".join(str(self._grid.index(row, column).data()) for column in range(span.left(), span.right() + 1))
                for row in range(span.top(), span.bottom() + 1)
            )
            QGuiApplication.clipboard().setText("\r\n".join(lines))

    def paste(self) -> None:
        """Write the clipboard from the current cell on, or from the first of several selected: one cell at once, several after a preview."""
        lines, at = lines_of(QGuiApplication.clipboard().text()), self.currentIndex()
        spans = self.selectionModel().selection()
        if at.isValid() and not spans.isEmpty():
            at = self._grid.index(spans.first().top(), spans.first().left())
        top, left = max(at.row(), 0), max(at.column(), 0)
        if not lines or self._grid.locked:
            return
        block = plan(self._grid, top, left, lines, self._growable)
        wanted = (
            [c for c in block.cells if not c.barred] if block.single else ask_paste(block, self._noun, self.window())
        )
        if wanted:
            cells = {(cell.row, cell.column): cell.new for cell in wanted}
            self._grid.put_cells(cells, max(cell.row for cell in wanted) + 1)

    def _reach(self, row: int, column: int) -> None:
        """Go to a cell; at the first one typed in, what stands before it and says whose row it is comes into view too."""
        self.setCurrentIndex(self._grid.index(row, column))
        if not any(self._grid.takes(row, before) for before in range(column)):
            self.scrollTo(self._grid.index(row, 0))

    def _undo(self) -> None:
        """Take the last edit back; the keyboard stays where it was, as far as that cell is still there."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        if self._grid.undo() and row >= 0:
            self.setCurrentIndex(self._grid.index(min(row, self._grid.rowCount() - 1), column))

    def _blank(self) -> None:
        spans = self.selectionModel().selection()
        if not spans.isEmpty():
            span = spans.first()
            self._grid.put(span.top(), span.left(), [[""] * span.width()] * span.height())


class CellDelegate(CellPainter):
    """Opens the editor of a field's kind in a cell."""

    def __init__(self, view: GridView) -> None:
        super().__init__(view)
        self._view = view

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        grid = index.model()
        assert isinstance(grid, GridModel)
        editor = editor_for(grid.fields[index.column()].kind, parent)
        editor.setAutoFillBackground(True)
        editor.core.installEventFilter(self)
        if grid.year is not None:
            editor.set_year(grid.year)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Only when the editor opens: Qt asks again whenever cells are repainted, and would put the old text over what is being typed."""
        if isinstance(editor, Editor) and not editor.property(_FILLED):
            editor.set_raw(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.setProperty(_FILLED, True)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, Editor):
            model.setData(index, editor.raw())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        key = event if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        if not isinstance(watched, Editor):
            return key is not None and key.matches(QKeySequence.StandardKey.Paste) and self._paste_block(watched)
        return self._take_key(watched, key) if key is not None else super().eventFilter(watched, event)

    def _paste_block(self, core: QObject) -> bool:
        """Several cells pasted while one is being typed in go into the grid, as from any other cell, and not squeezed into that one."""
        editor = core.parent()
        lines = lines_of(QGuiApplication.clipboard().text())
        if not isinstance(editor, Editor) or len(lines) * len(lines[0] if lines else ()) < _BLOCK:
            return False
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        self._view.paste()
        return True

    def _take_key(self, editor: Editor, event: QKeyEvent) -> bool:
        hint = QAbstractItemDelegate.EndEditHint.NoHint
        if event.key() in ENTER:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, hint)
            self._view.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        else:
            return super().eventFilter(editor, event)
        return True
