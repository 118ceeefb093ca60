"""Laying cells out on a sheet where the file only tells their order: spans become merges, what they cover stays blank."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.sheets.book import Cell, Merge, Sheet
from db.sheets.refusing import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, check_extent, check_text


@dataclass(slots=True)
class Grid:
    """A sheet in the making; ``name`` is the file's, for sentences. ``row`` is the row cells are put into, from 0."""

    name: str
    row: int = -1
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    covered: dict[int, int] = field(default_factory=dict)
    """Columns a span from above still covers, with the last row it reaches."""
    width: int = 0
    filled: int = 0

    def free(self, column: int) -> int:
        """The first column from ``column`` on that no span from above covers in this row."""
        while self.covered.get(column, -1) >= self.row:
            column += 1
        return column

    def put(self, column: int, value: Cell, across: int = 1, down: int = 1) -> None:
        """Set a cell; ``across`` and ``down`` count the columns and rows it takes, itself included."""
        if value != "":
            if isinstance(value, str):
                check_text(value, self.name)
            self.filled += 1
            self.width = max(self.width, column + 1)
            if column >= MOST_COLUMNS or self.row >= MOST_ROWS or self.filled > MOST_CELLS:
                check_extent(self.row + 1, max(self.width, MOST_COLUMNS + 1), self.name)
            self.rows.setdefault(self.row, {})[column] = value
        across, down = min(max(across, 1), MOST_COLUMNS), min(max(down, 1), MOST_ROWS)
        if across > 1 or down > 1:
            self.merges.append((self.row, column, self.row + down - 1, column + across - 1))
            if down > 1:
                for covered in range(column, column + across):
                    self.covered[covered] = max(self.covered.get(covered, -1), self.row + down - 1)

    def sheet(self, name: str, hidden: bool = False, since_1904: bool = False) -> Sheet:
        """The sheet: rows to the last filled one, as wide as the widest; merges are cut to that."""
        last = max(self.rows, default=-1)
        check_extent(last + 1, self.width, self.name)
        rows = []
        for number in range(last + 1):
            cells: list[Cell] = [""] * self.width
            for column, value in self.rows.pop(number, {}).items():
                cells[column] = value
            rows.append(cells)
        merges = tuple(
            (top, left, min(bottom, last), min(right, self.width - 1))
            for top, left, bottom, right in self.merges
            if top <= last and left < self.width
        )
        real = tuple(m for m in merges if m[0] < m[2] or m[1] < m[3])
        return Sheet(name, rows, real, hidden, frozenset(self.hidden_rows), frozenset(self.hidden_columns), since_1904)
