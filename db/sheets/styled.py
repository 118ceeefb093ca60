"""Writing a workbook row by row with every cell styled, at the speed of bare cells.

openpyxl's write-only sheet makes a new cell object for every styled cell, which costs more than writing it. Here a row of cells is
made once, carries its styles, and only takes new values. Text is always written as text, so nothing in it becomes a formula, and
without the characters that no workbook may hold.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | Decimal | None
Align = Literal["left", "center", "right"]
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids: with one of them Excel calls the whole file damaged."""
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. ``fit`` says what happens to long text: broken into lines, drawn smaller, or neither."""

    font: str = "宋体"
    size: float = 10
    bold: bool = False
    align: Align = "center"
    fit: Literal["wrap", "shrink", ""] = ""
    box: bool = True
    number: str = "General"


@dataclass(slots=True)
class _Cell:
    """What openpyxl asks of a cell when it writes one."""

    letter: str
    style_id: int
    coordinate: str = ""
    _value: Value = None
    data_type: str = "n"
    has_style: bool = True
    hyperlink: None = None
    _comment: None = None

    def take(self, value: Value, row: int) -> None:
        self.coordinate = f"{self.letter}{row}"
        self.data_type = "n"
        if isinstance(value, str):
            self.data_type = "s"
            if not value.isprintable():
                value = UNFIT.sub("", value)
        self._value = value


Band = list[_Cell]


class StyledSheet(WriteOnlyWorksheet):
    """A sheet that takes values and the band of cells to write them with."""

    column_dimensions: Any
    row_dimensions: Any
    merged_cells: Any
    page_setup: Any
    page_margins: Any
    print_options: Any
    sheet_format: Any
    sheet_properties: Any
    oddFooter: Any
    _rows: Any
    _writer: Any

    def __init__(self, book: Workbook, title: str, widths: Sequence[float], rows: int) -> None:
        """``rows`` is how many will come; the file states its own extent by it."""
        super().__init__(book, title)
        book._add_sheet(self)  # type: ignore[attr-defined]
        self.next_row = 1
        self._extent = f"A1:{get_column_letter(len(widths))}{rows}"
        for place, width in enumerate(widths, 1):
            self.column_dimensions[get_column_letter(place)].width = width

    def calculate_dimension(self) -> str:
        """The extent the file states."""
        return self._extent

    def band(self, styles: Sequence[Style]) -> Band:
        """A row of cells with these styles, to be used again and again."""
        return [_Cell(get_column_letter(place), _style_id(self, style)) for place, style in enumerate(styles, 1)]

    def put(self, band: Band, values: Sequence[Value], height: float | None = None) -> None:
        """Write one row; None leaves a cell empty but styled."""
        row = self.next_row
        for cell, value in zip(band, values, strict=True):
            cell.take(value, row)
        if height is not None:
            self.row_dimensions[row].height = height
        self.append(band)
        self.row_dimensions.pop(row, None)
        self.next_row = row + 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a rectangle, all ends counted from 1 and included."""
        self.merged_cells.add(f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}")

    def discard(self) -> None:
        """Take away the half-written sheet, which openpyxl keeps as a file in the temporary folder."""
        with suppress(OSError):
            if self._rows is not None:
                self._rows.close()
        if self._writer is not None:
            with suppress(OSError):
                self._writer.close()
            with suppress(OSError, ValueError):
                self._writer.cleanup()

    def _values_to_row(self, values: Band, row_idx: int) -> Band:
        """Hand the band on as it is; the original copies each styled value into a cell of its own."""
        return values


def _style_id(sheet: StyledSheet, style: Style) -> int:
    cell: Any = WriteOnlyCell(sheet)
    cell.font = Font(name=style.font, size=style.size, bold=style.bold)
    wrap, shrink = style.fit == "wrap", style.fit == "shrink"
    cell.alignment = Alignment(horizontal=style.align, vertical="center", wrap_text=wrap, shrink_to_fit=shrink)
    cell.number_format = style.number
    if style.box:
        cell.border = _BOX
    return int(cell.style_id)
