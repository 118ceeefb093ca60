"""Reading a written ledger back: every cell of every row, the number of rows, and 合计 against the rows above it.

A file is only trusted after another program's reader has found in it what the record says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from db.errors import Known
from db.sheets.findings import Ticket
from db.sheets.layouts.declared import Column, Form
from db.sheets.ledger_reading import rows_of
from db.sheets.ledger_rows import Row, body, header_rows, row_count, totals
from db.sheets.ledger_tables import Sheet

_STEP = 2000
_REMEDY = "原来的文件没有变化。请再导出一次；仍然如此，请检查磁盘。"


def verify(path: Path, sheets: Sequence[Sheet], *, name: str, ticket: Ticket) -> None:
    """Known, naming sheet and row, when the file at ``path`` is not what it should be; ``name`` is what the clerk calls it."""
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            if book.sheet_names != [sheet.layout.name for sheet in sheets]:
                raise _wrong(name, "工作表不齐")
            for number, sheet in enumerate(sheets, 1):
                rows = rows_of(path, book, number, header_rows(sheet) + row_count(sheet), len(sheet.layout.columns))
                _verify_sheet(rows, sheet, name, ticket)
    except (CalamineError, BadZipFile):
        raise _wrong(name, "打不开") from None


def _verify_sheet(found: Iterator[list[Any]], sheet: Sheet, name: str, ticket: Ticket) -> None:
    layout = sheet.layout
    ticket.report(0, 0, f"正在核对 {layout.name}")
    start = header_rows(sheet)
    for _ in range(start):
        next(found, None)
    sums = _Sums(sheet)
    for number, row in enumerate(body(sheet), 1):
        cells = next(found, [])
        if cells != _as_read(row):
            raise _wrong(name, f"{layout.name}第{start + number}行与档案不同")
        sums.take(cells)
        if number % _STEP == 0:
            ticket.check()
    total = next(found, [])
    if total != _as_read(totals(sheet)) or not sums.come_to(total):
        raise _wrong(name, f"{layout.name}的合计与各行不符")


class _Sums:
    """Adds up the columns that 合计 sums, money in whole 分. Money in 万元 is cut in every row, so each row may lack up to a cent."""

    def __init__(self, sheet: Sheet) -> None:
        repeat = sheet.choice.repeat
        self._wan = sheet.choice.wan
        self._columns: dict[int, Column] = {
            place: column
            for place, column in enumerate(sheet.layout.columns)
            if column.total and not (repeat and column.once)
        }
        self._sums = dict.fromkeys(self._columns, 0)
        self._rows = 0

    def take(self, cells: Sequence[Any]) -> None:
        """One more row; text (— and blank) counts nothing."""
        self._rows += 1
        for place in self._columns:
            if isinstance(cells[place], float):
                self._sums[place] += round(cells[place] * 100)

    def come_to(self, total: Sequence[Any]) -> bool:
        """Whether the row of 合计 says what the rows above it come to."""
        for place, column in self._columns.items():
            lacking = abs(round(total[place] * 100) - self._sums[place])
            if lacking > (self._rows if self._wan and column.form is Form.MONEY else 0):
                return False
        return True


def _as_read(row: Row) -> list[str | float]:
    return ["" if value is None else value if isinstance(value, str) else float(value) for value in row]


def _wrong(name: str, what: str) -> Known:
    return Known(f"“{name}”写完后核对：{what}，没有采用。", _REMEDY)
