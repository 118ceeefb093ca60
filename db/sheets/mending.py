"""Cells mended in the preview: the workbook as it is judged anew, while the file itself stays as it came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from db.sheets.workbook import Book, Cell, Sheet


@dataclass(frozen=True, slots=True)
class Mend:
    """One cell given another text: the ``row`` as Excel counts, the column's ``letter``."""

    sheet: str
    row: int
    letter: str
    text: str

    @property
    def place(self) -> str:
        """The cell as Excel names it across sheets."""
        return f"{self.sheet}!{self.letter}{self.row}"


def mended(book: Book, mends: Iterable[Mend]) -> Book:
    """The workbook with these cells replaced, the later mend of a cell before the earlier; the given one is not touched.

    A cell that is merged over several rows is mended in its first row, where its value stands.
    """
    of: dict[str, dict[tuple[int, int], str]] = {}
    for mend in mends:
        of.setdefault(mend.sheet, {})[mend.row - 1, column_number(mend.letter)] = mend.text
    sheets = tuple(_mended(sheet, of[sheet.name]) if sheet.name in of else sheet for sheet in book.sheets)
    return replace(book, sheets=sheets)


def cell_at(book: Book, sheet: str, row: int, letter: str) -> Cell:
    """What stands in a cell, a merged one under its first row; "" outside the sheet."""
    found = next((one for one in book.sheets if one.name == sheet), None)
    if found is None:
        return ""
    top, left = _top(found, row - 1, column_number(letter))
    return found.rows[top][left] if top < len(found.rows) and left < len(found.rows[top]) else ""


def column_number(letter: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for one in letter:
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1


def _mended(sheet: Sheet, cells: dict[tuple[int, int], str]) -> Sheet:
    rows = list(sheet.rows)
    for (row, column), text in cells.items():
        top, left = _top(sheet, row, column)
        if top < len(rows) and left < len(rows[top]):
            rows[top] = [*rows[top]]
            rows[top][left] = text
    return replace(sheet, rows=rows)


def _top(sheet: Sheet, row: int, column: int) -> tuple[int, int]:
    """The first cell of the merged area a cell lies in, else the cell itself."""
    for top, left, bottom, right in sheet.merges:
        if top <= row <= bottom and left <= column <= right:
            return top, left
    return row, column


__all__ = ["Mend", "cell_at", "column_number", "mended"]
