"""Rows of a filled form as they are written: styles, heights and formulas of the form's own row, values taken one row at a time.

openpyxl writes the sheet without its data rows, which is as small as the blank form; the rows are put into its XML as text, for making an
element of every cell takes several times as long as everything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

from openpyxl.cell.cell import Cell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.writer.excel import ExcelWriter

from db.fields.kinds import EXCEL_EPOCH
from db.sheets.template_formulas import copied_down

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_AT_ONCE = 200
"""Rows handed to the archive together."""


@dataclass(slots=True)
class _Cell:
    """One column of a band: the letter, the style as the XML names it, and what the form itself has there."""

    letter: str
    style: str
    dated: bool
    plain: str = ""
    kept: Any = None
    formula: Callable[[int], str] | None = None
    comment: Any = None

    def as_kept(self, row: int) -> str:
        """The cell in ``row`` as the form has it."""
        if self.formula is not None:
            return f'<c r="{self.letter}{row}"{self.style}><f>{escape(self.formula(row)[1:])}</f><v/></c>'
        return self.xml(row, self.kept)

    def xml(self, row: int, value: Any) -> str:  # noqa: ANN401 - any value of a form's cell
        """The cell in ``row`` with a value; text is never a formula."""
        start = f'<c r="{self.letter}{row}"{self.style}'
        if value is None or value == "":
            return f"{start}/>"
        if isinstance(value, bool):
            return f'{start} t="b"><v>{int(value)}</v></c>'
        if isinstance(value, int | float | Decimal):
            if self.dated and value is not self.kept:  # a count of 7 would read as 7 January 1900
                start = f'<c r="{self.letter}{row}"{self.plain}'
            return f"{start}><v>{value}</v></c>"
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            if self.dated:
                return f"{start}><v>{(day - EXCEL_EPOCH).days}</v></c>"
            value = day.isoformat()
        text = str(value)
        if not text.isprintable():
            text = _UNFIT.sub("", text)
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


@dataclass(slots=True)
class Band:
    """One row of cells that is used again and again, by column from 0; ``tall`` are the row's own attributes as the XML has them."""

    cells: dict[int, _Cell]
    tall: str = ""

    def xml(self, row: int, values: Mapping[int, Any]) -> str:
        """``row`` with ``values`` by column from 0; the others as the form has them."""
        cells = "".join(
            cell.xml(row, values[column]) if column in values and cell.formula is None else cell.as_kept(row)
            for column, cell in self.cells.items()
        )
        return f'<row r="{row}"{self.tall}>{cells}</row>'


@dataclass(slots=True)
class Stream:
    """The data rows of one sheet on their way out, from row ``first`` (counted from 1)."""

    first: int
    count: int
    bands: Sequence[Band]
    rows: Iterator[Mapping[int, Any]]
    width: int
    told: Callable[[], None] = field(default=lambda: None)

    def lines(self) -> Iterator[str]:
        """Each row as it stands in the XML of the sheet."""
        for place, values in zip(range(self.count), self.rows, strict=True):
            self.told()
            yield self.bands[min(place, len(self.bands) - 1)].xml(self.first + place, values)

    def comments(self) -> Iterator[tuple[str, Any]]:
        """The notes on cells of the form's own data rows, by place."""
        for place, band in enumerate(self.bands):
            for cell in band.cells.values():
                if cell.comment is not None:
                    yield f"{cell.letter}{self.first + place}", cell.comment


def bands_of(
    sheet: Any,  # noqa: ANN401 - openpyxl's worksheet, many parts of which are untyped
    first: int,
    room: int,
    needed: int,
    texts: Iterable[int],
    columns: Iterable[int],
) -> list[Band]:
    """The bands for ``needed`` rows: one for each of the form's own rows and one for all that were put in; those rows' cells are taken
    out of the sheet. ``texts`` and ``columns`` (to be filled) count from 0, rows from 1."""
    own = min(room, needed)
    width = sorted({c for r, c in sheet._cells if first <= r < first + own} | {column + 1 for column in columns})
    made = [_band(sheet, row, width, set(texts)) for row in range(first, first + own)]
    if needed > room:
        more = _band(sheet, first, width, set(texts), pattern=True)
        tall = sheet.row_dimensions.get(first + 1 if room > 1 else first)
        more.tall = f' ht="{tall.height:g}" customHeight="1"' if tall is not None and tall.height is not None else ""
        made.append(more)
        _merge_alike(sheet, first, range(first + room, first + needed))
    for place in [place for place in sheet._cells if first <= place[0] < first + own]:
        del sheet._cells[place]
    return made


def _merge_alike(sheet: Any, first: int, rows: range) -> None:  # noqa: ANN401
    """Cells merged across in the first data row are merged in every row put in."""
    across = [r for r in sheet.merged_cells.ranges if r.min_row == first == r.max_row]
    for one in across:
        for row in rows:
            sheet.merged_cells.ranges.add(CellRange(min_col=one.min_col, max_col=one.max_col, min_row=row, max_row=row))


def _band(sheet: Any, row: int, columns: Sequence[int], texts: set[int], pattern: bool = False) -> Band:  # noqa: ANN401
    """A row as a band; as a ``pattern`` for others it gives its looks and formulas only."""
    places = {}
    for column in columns:
        source = sheet._cells.get((row, column)) or Cell(sheet, row, column)
        number = _style(sheet, source, "@") if column - 1 in texts else int(source.style_id)
        made = _Cell(get_column_letter(column), f' s="{number}"' if number else "", _dated(source))
        if made.dated:
            made.plain = f' s="{_style(sheet, source, "General")}"'
        value = getattr(source, "_value", None)
        if getattr(source, "data_type", "n") == "f":
            made.formula = copied_down(str(getattr(value, "text", value)), row)
        elif not pattern:
            made.kept, made.comment = value, getattr(source, "_comment", None)
        places[column - 1] = made
    own = dict(sheet.row_dimensions[row]) if row in sheet.row_dimensions else {}
    return Band(places, "".join(f' {name}="{value}"' for name, value in own.items() if name != "spans"))


def _dated(source: Any) -> bool:  # noqa: ANN401
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(source.number_format))


def _style(sheet: Any, source: Any, form: str) -> int:  # noqa: ANN401
    """The style of a cell with another number format."""
    other: Any = Cell(sheet, source.row, source.column)
    other._style = copy(source._style)
    other.number_format = form
    return int(other.style_id)


class RowsWriter(ExcelWriter):
    """Writes a workbook some of whose sheets have their data rows streamed in; ``streams`` by the sheet's name."""

    _archive: Any

    def __init__(self, book: Workbook, archive: ZipFile, streams: Mapping[str, Stream]) -> None:
        super().__init__(book, archive)
        self._streams = streams

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401
        stream = self._streams.get(ws.title)
        if stream is None:
            super().write_worksheet(ws)
            return
        from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing

        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer = _Streamed(ws, stream)
        writer.write()
        ws._rels = writer._rels
        with self._archive.open(ws.path[1:], "w", force_zip64=True) as part:
            for piece in _spliced(writer.out.getvalue(), stream):
                part.write(piece)
        self.manifest.append(ws)


def _spliced(xml: bytes, stream: Stream) -> Iterator[bytes]:
    """The XML of the sheet without its data rows, and those where they belong: before the first row that comes after them."""
    xml = xml.replace(b"<sheetData />", b"<sheetData></sheetData>").replace(b"<sheetData/>", b"<sheetData></sheetData>")
    after = next((m.start() for m in _ROW.finditer(xml) if int(m.group(1)) >= stream.first), -1)
    place = after if after >= 0 else xml.index(b"</sheetData>")
    yield xml[:place]
    held: list[str] = []
    for line in stream.lines():
        held.append(line)
        if len(held) == _AT_ONCE:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()
    yield xml[place:]


class _Streamed(WorksheetWriter):
    """One sheet without the rows that stream in."""

    ws: Any
    xf: Any
    out: Any
    _rels: Any

    def __init__(self, ws: Any, stream: Stream) -> None:  # noqa: ANN401
        super().__init__(ws, BytesIO())
        self._stream = stream
        for place, comment in stream.comments():
            told: Any = SimpleNamespace(coordinate=place, _comment=comment)
            ws._comments.append(CommentRecord.from_cell(told))

    def rows(self) -> list[tuple[int, list[Any]]]:
        streamed = range(self._stream.first, self._stream.first + self._stream.count)
        return [(row, cells) for row, cells in super().rows() if row not in streamed]

    def write_dimensions(self) -> None:
        last = max(self.ws.max_row, self._stream.first + self._stream.count - 1)
        width = max(self.ws.max_column, self._stream.width)
        self.xf.send(SheetDimension(f"A1:{get_column_letter(width)}{last}").to_tree())
