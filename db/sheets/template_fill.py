"""Filling a county's form: the template's own workbook with rows put in, written beside its place, read back, then swapped in.

The rows of data are never held as cells: they are written one by one in the styles of the form's first data row, so that the memory a
form takes does not grow with the town.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.cell.cell import MergedCell
from openpyxl.styles.numbers import is_date_format
from openpyxl.workbook.properties import CalcProperties

from db.errors import Known
from db.sheets import drill, template_check
from db.sheets.findings import Ticket
from db.sheets.template import FormSheet, Template
from db.sheets.template_formulas import Stretch
from db.sheets.template_frame import Frame, filled
from db.sheets.template_read import load
from db.sheets.template_rows import RowsWriter, Stream, bands_of
from db.sheets.template_stretch import stretch_sheet
from db.store.files import atomic_write

Value = str | int | Decimal | date | None
MOST_ROWS = 1_048_576
"""The last row a sheet of .xlsx can have."""
_STEP = 500


@dataclass(frozen=True, slots=True)
class SheetFill:
    """What one sheet gets. ``rows`` makes the data rows anew each time it is called, each a value by column from 0; a column left out
    stays as the form has it, None empties the cell. ``cells`` are single cells by row and column of the blank form.

    ``texts`` are columns of numbers that are names (identity, card, phone): their cells are formatted as text.
    """

    sheet: FormSheet
    count: int = 0
    rows: Callable[[], Iterator[Mapping[int, Value]]] = field(default=lambda: iter(()))
    cells: Mapping[tuple[int, int], Value] = field(default_factory=dict)
    texts: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Fill:
    """Everything a form gets: its sheets, and the lines around them."""

    sheets: tuple[SheetFill, ...]
    frame: Frame

    @property
    def rows(self) -> int:
        return sum(sheet.count for sheet in self.sheets)


def write(
    template: Template, fill: Fill, path: Path, ticket: Ticket, seal: Callable[[Path], None] | None = None
) -> None:
    """Write the filled form to ``path``; the old file stays whole until the new one was read back and found right.

    ``seal`` gets the finished file just before it takes its name. Known: too many rows for a sheet, disk full, folder read-only, file
    open elsewhere; Cancelled through ``ticket``.
    """
    for one in fill.sheets:
        if one.sheet.first + one.count > MOST_ROWS - 100:
            raise Known(f"“{one.sheet.name}”要填 {one.count:,} 行，一张工作表放不下。", "请分村填报。")

    def verify(fresh: Path) -> None:
        template_check.verify(fresh, template, fill, ticket, path.name)
        if seal is not None:
            seal(fresh)

    atomic_write(path, lambda fresh: _produce(fresh, template, fill, ticket), verify)


def _produce(path: Path, template: Template, fill: Fill, ticket: Ticket) -> None:
    ticket.check()
    ticket.report(0, fill.rows, "正在打开表样")
    book = load(template.content, template.name)
    book.properties.creator, book.properties.lastModifiedBy = "户有卡", None
    book.calculation = book.calculation or CalcProperties()
    book.calculation.fullCalcOnLoad = True
    streams: dict[str, Stream] = {}
    done = _Done(ticket, fill.rows)
    for one in fill.sheets:
        sheet = book.worksheets[one.sheet.number]
        _frame(sheet, one.sheet, fill.frame)
        _set_cells(sheet, one)
        if one.count:
            streams[sheet.title] = _stream(sheet, one, done)
    drill.mark(book)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        RowsWriter(book, archive, streams).write_data()


@dataclass(slots=True)
class _Done:
    ticket: Ticket
    total: int
    done: int = 0

    def step(self, name: str) -> None:
        if self.done % _STEP == 0:
            self.ticket.check()
            self.ticket.report(self.done, self.total, f"正在填 {name}")
        self.done += 1


def _frame(sheet: Any, form: FormSheet, frame: Frame) -> None:  # noqa: ANN401
    for row, column in {(blank.row, blank.column) for blank in form.blanks}:
        cell = sheet.cell(row + 1, column + 1)
        cell.value = filled(str(cell.value), frame)


def _set_cells(sheet: Any, one: SheetFill) -> None:  # noqa: ANN401
    for (row, column), value in one.cells.items():
        if (row, column) in one.sheet.formulas:
            continue
        _set(sheet.cell(row + 1, column + 1), value, column in one.texts)


def _set(cell: Any, value: Value, as_text: bool = False) -> None:  # noqa: ANN401
    if isinstance(value, date) and not cell.is_date:
        value = value.isoformat()
    form = cell.number_format
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    plain = isinstance(value, int | Decimal) and is_date_format(form)  # a count of 7 would read as 7 January 1900
    cell.number_format = "@" if as_text else "General" if plain else form


def _stream(sheet: Any, one: SheetFill, done: _Done) -> Stream:  # noqa: ANN401
    """Make room in the sheet and take its data rows out, to be written with their values one by one."""
    form = one.sheet
    first, room = form.first + 1, form.room
    if one.count > room:
        stretch_sheet(sheet, Stretch(sheet.title, first, first + room, one.count - room))
    if not room:  # no row of the form shows how data look: they look as the last row of the header
        room = 1
        for slot in form.slots:
            sheet.cell(first, slot.index + 1)._style = copy(sheet.cell(form.bottom + 1, slot.index + 1)._style)
    for row in form.examples:
        for cell in sheet[row + 1]:
            if cell.data_type != "f" and not isinstance(cell, MergedCell):
                cell.value = None
    columns = [slot.index for slot in form.slots]
    bands = bands_of(sheet, first, room, one.count, one.texts, columns)

    def told() -> None:
        done.step(form.name)

    return Stream(first, one.count, bands, one.rows(), max(columns, default=0) + 1, told)
