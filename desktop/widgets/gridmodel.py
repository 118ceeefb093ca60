"""The rows of an editable grid as text: what was typed or pasted is kept even when it is no value, with the sentence that is wrong.

Undo works by whole states, which are small: a household has a handful of members.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from db.fields.base import Field
from db.fields.kinds import Unreadable
from desktop.widgets.colours import Tone
from desktop.widgets.editor import tidied
from desktop.widgets.sheet import CELL, Cell, alignment

Index = QModelIndex | QPersistentModelIndex
Derive = Callable[[int, Mapping[str, str]], Mapping[str, str]]
"""What follows for a row (number, texts typed) from elsewhere: texts by field key, shown in place of typing and locked."""
_UNDO = 30
_NAMES = 2


@dataclass(frozen=True, slots=True)
class GridRow:
    """``texts`` by field key; ``extra`` are values that came in and belong to no column (an id), handed back untouched;
    ``faults`` by field key, "" for the row as a whole; ``doubts`` by field key are only to be minded."""

    texts: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    doubts: Mapping[str, str] = field(default_factory=dict)


class GridModel(QAbstractTableModel):
    """Signal ``edited()``: the clerk changed, added or removed something."""

    edited = Signal()

    def __init__(
        self,
        fields: Sequence[Field],
        parent: QObject | None = None,
        derive: Derive | None = None,
        anchored: int = 0,
    ) -> None:
        """The first ``anchored`` rows are always there and cannot be taken away."""
        super().__init__(parent)
        self.fields = tuple(fields)
        self._derive = derive
        self._anchored = anchored
        self._rows: list[GridRow] = []
        self._past: list[list[GridRow]] = []
        self._locked = False
        self.year: int | None = None

    def set_rows(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Show values; nothing is announced and there is nothing to undo."""
        self.beginResetModel()
        self._past.clear()
        self._rows = [self._from_values(values) for values in rows]
        self._anchor()
        self.endResetModel()

    def rows(self) -> list[dict[str, Any]]:
        """One mapping a row that is not blank: field key to value (None where blank or unreadable) and the extras."""
        return [self._values(n, row) for n, row in enumerate(self._rows) if not self._blank(n, row)]

    def filled(self) -> list[int]:
        """The numbers of the rows that are not blank: where each of ``rows`` stands."""
        return [n for n, row in enumerate(self._rows) if not self._blank(n, row)]

    def takes(self, row: int, column: int) -> bool:
        """Whether a cell is typed in, and not derived or locked; ``row`` may be one that is not there yet."""
        here = self._rows[row] if row < len(self._rows) else GridRow()
        return not self._locked and self.fields[column].key not in self._derived(row, here)

    def look(self, column: int, text: str) -> tuple[str, str]:
        """How a text would stand in a column, and what would be wrong with it there."""
        shown = tidied(self.fields[column].kind, text.strip())
        return shown, _read(self.fields[column], shown)[1]

    def called(self, row: int) -> str:
        """Whose row it is: what stands before the first cell typed in, else its first word; "" for one that is not there yet."""
        if row >= len(self._rows):
            return ""
        derived = self._derived(row, self._rows[row])
        before = [derived[f.key] for f in takewhile(lambda f: f.key in derived, self.fields)]
        return " ".join(text for text in before[:_NAMES] if text) or self._rows[row].texts.get(self.fields[0].key, "")

    def renew(self) -> None:
        """What the derived cells follow from has changed."""
        self._repaint()

    def texts(self) -> list[dict[str, str]]:
        """What stands in every row, readable or not: for drafts."""
        return [dict(row.texts) for row in self._rows]

    def set_texts(self, rows: Sequence[Mapping[str, str]], extras: Sequence[Mapping[str, Any]] = ()) -> None:
        """Put a draft back, judged cell by cell; ``extras`` row by row are what came in and belongs to no column."""
        beside = [*extras, *({} for _ in range(len(rows) - len(extras)))]
        self.beginResetModel()
        self._rows = [
            self._judged(GridRow(dict(texts), dict(extra))) for texts, extra in zip(rows, beside, strict=True)
        ]
        self._anchor()
        self.endResetModel()

    @property
    def locked(self) -> bool:
        """Whether nothing can be edited."""
        return self._locked

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
        going = sorted((row for row in set(rows) if row >= self._anchored), reverse=True)
        if not going or self._locked:
            return
        self._remember()
        for row in going:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        self.edited.emit()

    def put(self, top: int, left: int, block: Sequence[Sequence[str]]) -> None:
        """Write a block of texts from a cell on, adding rows as needed; what does not fit to the right is left out."""
        width = len(self.fields) - left
        cells = {(r, c): text for r, line in enumerate(block, top) for c, text in enumerate(line[:width], left)}
        self.put_cells(cells, top + len(block))

    def put_cells(self, cells: Mapping[tuple[int, int], str], height: int = 0) -> None:
        """Write texts by (row, column) as one edit, adding rows until there are ``height``."""
        if self._locked:
            return
        self._remember()
        missing = height - len(self._rows)
        if missing > 0:
            self.beginInsertRows(QModelIndex(), len(self._rows), height - 1)
            self._rows.extend(GridRow() for _ in range(missing))
            self.endInsertRows()
        by_row: dict[int, dict[str, str]] = {}
        for (row, column), text in cells.items():
            by_row.setdefault(row, {})[self.fields[column].key] = text.strip()
        for row, given in by_row.items():
            for key in self._derived(row, self._rows[row]):
                given.pop(key, None)
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
        self._rows = [
            row if self._blank(n, row) else self._judged(row, demanded, self._derived(n, row))
            for n, row in enumerate(self._rows)
        ]
        self._repaint()
        return sum(len(row.faults) for row in self._rows)

    def set_faults(self, faults: Mapping[int, Mapping[str, str]]) -> None:
        """Mark cells by row and field key, and no others."""
        self._rows = [replace(row, faults=dict(faults.get(n, {}))) for n, row in enumerate(self._rows)]
        self._repaint()

    def hint(
        self, faults: Mapping[int, Mapping[str, str]], doubts: Mapping[int, Mapping[str, str]] | None = None
    ) -> None:
        """Mark cells beside those whose text is unreadable; all other marks go. ``doubts`` are shown and are no faults."""
        judged = [self._judged(row) for row in self._rows]
        self._rows = [
            replace(row, faults={**faults.get(n, {}), **row.faults}, doubts=dict((doubts or {}).get(n, {})))
            for n, row in enumerate(judged)
        ]
        self._repaint()

    def faults(self) -> list[tuple[int, str, str]]:
        """Row, field key and sentence of every fault, in reading order."""
        order = {f.key: n for n, f in enumerate(self.fields)}
        found = [(n, key, text) for n, row in enumerate(self._rows) for key, text in row.faults.items()]
        return sorted(found, key=lambda fault: (fault[0], order.get(fault[1], -1)))

    def doubt(self, row: int, key: str) -> str:
        """What is to be minded in a cell, "" for nothing."""
        return self._rows[row].doubts.get(key, "") if 0 <= row < len(self._rows) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if self.takes(index.row(), index.column()) else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.fields[index.column()]
        derived = self._derived(index.row(), row)
        text, fault = derived.get(column.key, row.texts.get(column.key, "")), row.faults.get(column.key, "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == CELL:
            doubt = row.doubts.get(column.key, "")
            tone: Tone = "ochre" if doubt else "grey" if column.key in derived else ""
            shown = text or ("—" if fault else "！" if doubt else "")
            return Cell(shown, tone, look="fault" if fault else "text", tip=fault or doubt)
        if role == Qt.ItemDataRole.ToolTipRole:
            return fault or row.doubts.get(column.key, "") or column.help or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(column)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or self._locked:
            return False
        if str(value) != self.data(index):
            self.put(index.row(), index.column(), [[str(value)]])
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        here = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.fields)
        if role == Qt.ItemDataRole.TextAlignmentRole and here:
            return _aligned(self.fields[section])
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        if not here:
            return None
        column = self.fields[section]
        return f"{column.label} *" if column.demanded else column.label

    def _from_values(self, values: Mapping[str, object]) -> GridRow:
        keys = {f.key for f in self.fields}
        texts = {f.key: f.kind.show(values.get(f.key)) for f in self.fields}
        return GridRow(texts, {key: value for key, value in values.items() if key not in keys})

    def _values(self, number: int, row: GridRow) -> dict[str, Any]:
        texts = {**row.texts, **self._derived(number, row)}
        return {**row.extra, **{f.key: _read(f, texts.get(f.key, ""))[0] for f in self.fields}}

    def _derived(self, number: int, row: GridRow) -> Mapping[str, str]:
        return self._derive(number, row.texts) if self._derive is not None else {}

    def _blank(self, number: int, row: GridRow) -> bool:
        if number < self._anchored:
            return False
        return not any(text.strip() for text in row.texts.values()) and not row.extra

    def _anchor(self) -> None:
        self._rows += [GridRow() for _ in range(self._anchored - len(self._rows))]

    def _judged(self, row: GridRow, demanded: bool = False, derived: Mapping[str, str] | None = None) -> GridRow:
        texts = {f.key: tidied(f.kind, row.texts.get(f.key, "")) for f in self.fields}
        faults = {f.key: sentence for f in self.fields if (sentence := _read(f, texts[f.key])[1])}
        if demanded:
            missing = [f for f in self.fields if f.demanded and not texts[f.key] and f.key not in (derived or {})]
            faults |= {f.key: f"{f.label}未填，请补录" for f in missing}
        return replace(row, texts=texts, faults=faults, doubts={})

    def _remember(self) -> None:
        self._past.append(list(self._rows))
        del self._past[:-_UNDO]

    def _repaint(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.fields) - 1))


def _aligned(column: Field) -> int:
    """Figures stand at the right, and their title over them."""
    return alignment("right" if column.kind.align == "right" else "left")


def _read(column: Field, text: str) -> tuple[object | None, str]:
    try:
        return column.kind.read(text), ""
    except Unreadable as error:
        return None, str(error.args[0])
