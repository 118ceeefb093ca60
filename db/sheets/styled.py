"""Writing a workbook row by row with every cell styled, much faster than bare cells.

openpyxl makes a cell object and then an element for every cell, which costs more than all the rest. Here the text of a row is put
together at once from parts that were made beforehand. Text is always written as text, so nothing in it becomes a formula, and without the
characters that no workbook may hold.
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
from openpyxl.worksheet._writer import WorksheetWriter

from db.sheets.drill import colour

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


Band = list[tuple[str, str]]
"""A row of cells: of each what its text begins with up to the row's number, and its style."""


class _RowWriter(WorksheetWriter):
    """Takes the finished text of a row where the library would build it element by element."""

    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:  # noqa: ANN401 - as the library has it
        xf._file(row[0])


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
        colour(self)
        self._extent = f"A1:{get_column_letter(len(widths))}{rows}"
        for place, width in enumerate(widths, 1):
            self.column_dimensions[get_column_letter(place)].width = width

    def calculate_dimension(self) -> str:
        """The extent the file states."""
        return self._extent

    def band(self, styles: Sequence[Style]) -> Band:
        """A row of cells with these styles, to be used again and again."""
        return [
            (f'<c r="{get_column_letter(place)}', f'" s="{_style_id(self, style)}"')
            for place, style in enumerate(styles, 1)
        ]

    def put(self, band: Band, values: Sequence[Value], height: float | None = None) -> None:
        """Write one row; None leaves a cell empty but styled."""
        row = self.next_row
        text = [f'<row r="{row}" ht="{height}" customHeight="1">' if height is not None else f'<row r="{row}">']
        for (begin, style), value in zip(band, values, strict=True):
            if isinstance(value, str):
                text.append(f'{begin}{row}{style} t="inlineStr"><is>{_text(value)}</is></c>')
            elif value is None:
                text.append(f"{begin}{row}{style}/>")
            else:
                text.append(f"{begin}{row}{style}><v>{value}</v></c>")
        text.append("</row>")
        self.append(["".join(text)])
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

    def _get_writer(self) -> None:
        if self._writer is None:
            self._writer = _RowWriter(self)
            self._writer.write_top()

    def _values_to_row(self, values: list[str], row_idx: int) -> list[str]:
        """Hand the text on as it is; the original makes a cell of each value."""
        return values


def _text(value: str) -> str:
    """Text as an element, every blank of it kept, without what no workbook may hold."""
    if not value.isprintable():
        value = UNFIT.sub("", value)
    if "&" in value or "<" in value or ">" in value:
        value = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<t>{value}</t>" if value == value.strip() else f'<t xml:space="preserve">{value}</t>'


def _style_id(sheet: StyledSheet, style: Style) -> int:
    cell: Any = WriteOnlyCell(sheet)
    cell.font = Font(name=style.font, size=style.size, bold=style.bold)
    wrap, shrink = style.fit == "wrap", style.fit == "shrink"
    cell.alignment = Alignment(horizontal=style.align, vertical="center", wrap_text=wrap, shrink_to_fit=shrink)
    cell.number_format = style.number
    if style.box:
        cell.border = _BOX
    return int(cell.style_id)
