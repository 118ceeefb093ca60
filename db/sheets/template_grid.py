"""What stands in the cells of a blank form, as text: merged captions spread over what they cover, borders, formulas.

Only the head of a sheet and its foot are of interest; a form never needs more rows than a person has ruled for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from db.sheets.workbook import Sheet

LOOKED_AT = 2000
"""Rows of a sheet that are looked at."""
WIDEST = 300
_SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, slots=True)
class Grid:
    """``own`` is the text each cell holds itself ("" for formulas), ``shown`` what is read there once merges are spread.

    ``ruled`` says whether a cell has a border, ``formulas`` holds the formulas by row and column; all from 0.
    """

    sheet: Sheet
    own: list[list[str]]
    shown: list[list[str]]
    ruled: list[list[bool]]
    formulas: dict[tuple[int, int], str]

    @property
    def rows(self) -> int:
        return len(self.own)

    @property
    def width(self) -> int:
        return len(self.own[0]) if self.own else 0

    def texts(self, row: int) -> list[tuple[int, str]]:
        """What the cells of a row hold themselves, blanks left out."""
        return [(column, text) for column, text in enumerate(self.own[row]) if text]

    def is_blank(self, row: int) -> bool:
        """Whether nothing stands in a row but formulas."""
        return not any(self.own[row])

    def is_ruled(self, row: int) -> bool:
        """Whether any cell of a row has a border."""
        return any(self.ruled[row])


def grid_of(sheet: Worksheet) -> Grid:
    """The cells of a sheet as far as they are looked at."""
    rows, width = min(sheet.max_row, LOOKED_AT), min(sheet.max_column, WIDEST)
    own, ruled, formulas = [], [], {}
    borders: dict[int, bool] = {}
    for number, cells in enumerate(sheet.iter_rows(1, rows, 1, width)):
        line, lines = [], []
        for place, cell in enumerate(cells):
            if cell.data_type == "f":
                formulas[number, place] = str(getattr(cell.value, "text", cell.value))
            line.append(_text(cell))
            lines.append(_is_ruled(cell, borders))
        own.append(line)
        ruled.append(lines)
    merges = tuple((m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges)
    shown = [line[:] for line in own]
    for top, left, bottom, right in merges:
        for row in range(top, min(bottom + 1, len(shown))):
            for column in range(left, min(right + 1, width)):
                shown[row][column] = own[top][left]
    plain = Sheet(sheet.title, [list(line) for line in own], merges, sheet.sheet_state != "visible")
    return Grid(plain, own, shown, ruled, formulas)


def _is_ruled(cell: Any, borders: dict[int, bool]) -> bool:  # noqa: ANN401 - openpyxl's cells share no type
    """Whether a cell has a border; ``borders`` remembers the answer for each border of the workbook."""
    if not cell.has_style:
        return False
    number = cell._style.borderId
    if number not in borders:
        sides = (getattr(cell.border, side) for side in _SIDES)
        borders[number] = any(side is not None and side.style for side in sides)
    return borders[number]


def _text(cell: Any) -> str:  # noqa: ANN401 - openpyxl's cells share no type
    if isinstance(cell, MergedCell) or cell.data_type == "f" or cell.value is None:
        return ""
    value = cell.value
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return text if text.strip(" \t\r\n\u3000") else ""


def squeezed(text: str) -> str:
    """A text without any blanks or line breaks."""
    return re.sub(r"[\s\u3000\u00a0]+", "", text)
