"""Rows of a filled form as they are written: styles, heights and formulas of the form's own row, values taken one row at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zipfile import ZipFile

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.writer.excel import ExcelWriter

from db.sheets.template_formulas import copied_down

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class _Cell:
    """What openpyxl asks of a cell when it writes one."""

    letter: str
    style_id: int
    has_style: bool
    dated: bool
    kept: Any = None
    kept_type: str = "n"
    formula: Callable[[int], str] | None = None
    hyperlink: Any = None
    _comment: Any = None
    coordinate: str = ""
    _value: Any = None
    data_type: str = "n"

    def keep(self, row: int) -> None:
        """Stand in ``row`` with what the form has there."""
        self.coordinate = f"{self.letter}{row}"
        if self.formula is not None:
            self._value, self.data_type = self.formula(row), "f"
        else:
            self._value, self.data_type = self.kept, self.kept_type

    def take(self, row: int, value: Any) -> None:  # noqa: ANN401 - any value of a form's cell
        """Stand in ``row`` with a value; text is never a formula."""
        self.coordinate, self.data_type = f"{self.letter}{row}", "n"
        if isinstance(value, date):
            if self.dated:
                self.data_type = "d"
            else:
                value = value.isoformat()
        if isinstance(value, str):
            self.data_type = "s"
            if not value.isprintable():
                value = _UNFIT.sub("", value)
        self._value = value


@dataclass(slots=True)
class Band:
    """One row of cells that is used again and again; ``height`` is given to rows the form did not have, None leaves it open."""

    cells: list[_Cell]
    places: dict[int, _Cell]
    height: float | None = None

    def take(self, row: int, values: Mapping[int, Any]) -> list[_Cell]:
        """The cells of ``row`` with ``values`` by column from 0; the others as the form has them."""
        for column, cell in self.places.items():
            if column in values and cell.formula is None:
                cell.take(row, values[column])
            else:
                cell.keep(row)
        return self.cells


@dataclass(slots=True)
class Stream:
    """The data rows of one sheet on their way out: rows from 1, ``room`` of them the form's own."""

    first: int
    room: int
    count: int
    bands: Sequence[Band]
    rows: Iterator[Mapping[int, Any]]
    width: int
    told: Callable[[], None] = field(default=lambda: None)

    def lines(self) -> Iterator[tuple[int, list[_Cell]]]:
        """Each row's number and cells."""
        for place, values in zip(range(self.count), self.rows, strict=True):
            self.told()
            row = self.first + place
            yield row, self.bands[min(place, len(self.bands) - 1)].take(row, values)

    def height(self, row: int) -> float | None:
        """The height of a row that was put in."""
        return self.bands[-1].height if row >= self.first + self.room else None


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
        more.height = tall.height if tall is not None else None
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
        made = _Cell(get_column_letter(column), _style(sheet, source, column - 1 in texts), True, _dated(source))
        made.has_style = made.style_id != 0 or source.has_style
        value = getattr(source, "_value", None)
        if getattr(source, "data_type", "n") == "f" and isinstance(value, str):
            made.formula = copied_down(value, row)
        elif not pattern:
            made.kept, made.kept_type = value, getattr(source, "data_type", "n")
            made.hyperlink, made._comment = getattr(source, "_hyperlink", None), getattr(source, "_comment", None)
        places[column - 1] = made
    return Band(list(places.values()), places)


def _dated(source: Any) -> bool:  # noqa: ANN401
    from openpyxl.styles.numbers import is_date_format

    return bool(is_date_format(source.number_format))


def _style(sheet: Any, source: Any, as_text: bool) -> int:  # noqa: ANN401
    if not as_text or source.number_format == "@":
        return int(source.style_id)
    other: Any = Cell(sheet, source.row, source.column)
    other._style = copy(source._style)
    other.number_format = "@"
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
        try:
            writer.write()
            ws._rels = writer._rels
            self._archive.write(writer.out, ws.path[1:])
            self.manifest.append(ws)
        finally:
            writer.close()
            writer.cleanup()


class _Streamed(WorksheetWriter):
    """One sheet: the rows above, those that stream in, the rows below."""

    ws: Any
    xf: Any
    _rels: Any

    def __init__(self, ws: Any, stream: Stream) -> None:  # noqa: ANN401
        super().__init__(ws)
        self._stream = stream

    def rows(self) -> Iterator[tuple[int, list[Any]]]:  # type: ignore[override]
        stream = self._stream
        streamed = range(stream.first, stream.first + stream.count)
        others = [(row, cells) for row, cells in super().rows() if row not in streamed]
        yield from (line for line in others if line[0] < stream.first)
        yield from stream.lines()
        yield from (line for line in others if line[0] >= stream.first)

    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:  # noqa: ANN401
        height = self._stream.height(row_idx) if row_idx < self._stream.first + self._stream.count else None
        if height is None:
            super().write_row(xf, row, row_idx)
            return
        rows = self.ws.row_dimensions
        rows[row_idx].height = height
        super().write_row(xf, row, row_idx)
        del rows[row_idx]

    def write_dimensions(self) -> None:
        last = max(self.ws.max_row, self._stream.first + self._stream.count - 1)
        width = max(self.ws.max_column, self._stream.width)
        self.xf.send(SheetDimension(f"A1:{get_column_letter(width)}{last}").to_tree())
