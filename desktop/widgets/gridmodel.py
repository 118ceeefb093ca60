"""The rows of an editable grid as text: what was typed or pasted is kept even when it is no value, with the sentence that is wrong.

Undo works by whole states, which are small: a household has a handful of members.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from db.fields.base import Field
from db.fields.kinds import Unreadable
from desktop.widgets.editor import tidied
from desktop.widgets.sheet import CELL, Cell, alignment

Index = QModelIndex | QPersistentModelIndex
_UNDO = 30


@dataclass(frozen=True, slots=True)
class GridRow:
    """``texts`` by field key; ``extra`` are values that came in and belong to no column (an id), handed back untouched;
    ``faults`` by field key, "" for the row as a whole."""

    texts: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


class GridModel(QAbstractTableModel):
    """Signal ``edited()``: the clerk changed, added or removed something."""

    edited = Signal()

    def __init__(self, fields: Sequence[Field], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self._rows: list[GridRow] = []
        self._past: list[list[GridRow]] = []
        self._locked = False

    def set_rows(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Show values; nothing is announced and there is nothing to undo."""
        self.beginResetModel()
        self._past.clear()
        self._rows = [self._from_values(values) for values in rows]
        self.endResetModel()

    def rows(self) -> list[dict[str, Any]]:
        """One mapping a row that is not blank: field key to value (None where blank or unreadable) and the extras."""
        return [self._values(row) for row in self._rows if not _blank(row)]

    def texts(self) -> list[dict[str, str]]:
        """What stands in every row, readable or not: for drafts."""
        return [dict(row.texts) for row in self._rows]

    def set_texts(self, rows: Sequence[Mapping[str, str]]) -> None:
        """Put a draft back, judged cell by cell."""
        self.beginResetModel()
        self._rows = [self._judged(GridRow(dict(texts))) for texts in rows]
        self.endResetModel()

    def set_locked(self, locked: bool) -> None:
        """Whether nothing can be edited."""
        self._locked = locked

    def add(self, at: int) -> None:
        """A blank row before row ``at``."""
        self._remember()
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, GridRow())
        self.endInsertRows()
        self.edited.emit()

    def drop(self, rows: Sequence[int]) -> None:
        """Take rows away."""
        if not rows or self._locked:
            return
        self._remember()
        for row in sorted(set(rows), reverse=True):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self.edited.emit()

    def put(self, top: int, left: int, block: Sequence[Sequence[str]]) -> None:
        """Write a block of texts from a cell on, adding rows as needed; what does not fit to the right is left out."""
        if self._locked:
            return
        self._remember()
        missing = top + len(block) - len(self._rows)
        if missing > 0:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + missing - 1)
            self._rows.extend(GridRow() for _ in range(missing))
            self.endInsertRows()
        for row, line in enumerate(block, top):
            given = {f.key: text.strip() for f, text in zip(self.fields[left:], line, strict=False)}
            self._rows[row] = self._judged(replace(self._rows[row], texts={**self._rows[row].texts, **given}))
        self._repaint()
        self.edited.emit()

    def undo(self) -> bool:
        """Take back the last edit; False when there is none."""
        if not self._past:
            return False
        self.beginResetModel()
        self._rows = self._past.pop()
        self.endResetModel()
        self.edited.emit()
        return True

    def check(self, demanded: bool) -> int:
        """Judge every cell, blank demanded ones too when ``demanded``; returns how many are at fault."""
        self._rows = [row if _blank(row) else self._judged(row, demanded) for row in self._rows]
        self._repaint()
        return sum(len(row.faults) for row in self._rows)

    def set_faults(self, faults: Mapping[int, Mapping[str, str]]) -> None:
        """Mark cells by row and field key, and no others."""
        self._rows = [replace(row, faults=dict(faults.get(n, {}))) for n, row in enumerate(self._rows)]
        self._repaint()

    def faults(self) -> list[tuple[int, str, str]]:
        """Row, field key and sentence of every fault, in reading order."""
        order = {f.key: n for n, f in enumerate(self.fields)}
        found = [(n, key, text) for n, row in enumerate(self._rows) for key, text in row.faults.items()]
        return sorted(found, key=lambda fault: (fault[0], order.get(fault[1], -1)))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual if self._locked else usual | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.fields[index.column()]
        text, fault = row.texts.get(column.key, ""), row.faults.get(column.key, "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == CELL:
            return Cell(text or ("—" if fault else ""), look="fault" if fault else "text", tip=fault)
        if role == Qt.ItemDataRole.ToolTipRole:
            return fault or column.help or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment("right" if column.kind.align == "right" else "left")
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self._locked:
            return False
        if str(value) != self.data(index):
            self.put(index.row(), index.column(), [[str(value)]])
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        if not 0 <= section < len(self.fields):
            return None
        column = self.fields[section]
        return f"{column.label} *" if column.demanded else column.label

    def _from_values(self, values: Mapping[str, object]) -> GridRow:
        keys = {f.key for f in self.fields}
        texts = {f.key: f.kind.show(values.get(f.key)) for f in self.fields}
        return GridRow(texts, {key: value for key, value in values.items() if key not in keys})

    def _values(self, row: GridRow) -> dict[str, Any]:
        return {**row.extra, **{f.key: _read(f, row.texts.get(f.key, ""))[0] for f in self.fields}}

    def _judged(self, row: GridRow, demanded: bool = False) -> GridRow:
        texts = {f.key: tidied(f.kind, row.texts.get(f.key, "")) for f in self.fields}
        faults = {f.key: sentence for f in self.fields if (sentence := _read(f, texts[f.key])[1])}
        if demanded:
            faults |= {f.key: f"{f.label}未填，请补录" for f in self.fields if f.demanded and not texts[f.key]}
        return replace(row, texts=texts, faults=faults)

    def _remember(self) -> None:
        self._past.append(list(self._rows))
        del self._past[:-_UNDO]

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.fields) - 1))


def _read(column: Field, text: str) -> tuple[object | None, str]:
    try:
        return column.kind.read(text), ""
    except Unreadable as error:
        return None, str(error.args[0])


def _blank(row: GridRow) -> bool:
    return not any(text.strip() for text in row.texts.values()) and not row.extra
