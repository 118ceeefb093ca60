"""Reading a filled form back with another program's reader: every value that was put in, and every caption the form had.

A file is only trusted after it was found to say what the record says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook

from db.errors import Known
from db.sheets.findings import Ticket
from db.sheets.refusing import column_letter
from db.sheets.template import FormSheet, Template

if TYPE_CHECKING:
    from db.sheets.template_fill import Fill, SheetFill

_STEP = 2000
_REMEDY = "原来的文件没有变化。请再填一次；仍然如此，请检查磁盘。"


def verify(path: Path, template: Template, fill: Fill, ticket: Ticket, name: str) -> None:
    """Known, naming sheet and cell, when the file at ``path`` is not what it should be; ``name`` is what the clerk calls it."""
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            for one in fill.sheets:
                ticket.report(0, 0, f"正在核对 {one.sheet.name}")
                _verify_sheet(book.get_sheet_by_name(one.sheet.name), one, ticket, name)
    except CalamineError:
        raise _wrong(name, "打不开") from None


def _verify_sheet(sheet: Any, one: SheetFill, ticket: Ticket, name: str) -> None:  # noqa: ANN401
    form, more = one.sheet, max(0, one.count - one.sheet.room)
    placed: dict[int, dict[int, object]] = {}
    for (row, column), value in one.cells.items():
        if (row, column) not in form.formulas:
            placed.setdefault(row + (more if row >= form.first + form.room else 0), {})[column] = value
    values, ends = one.rows(), form.first + one.count
    blank = [""] * (sheet.start or (0, 0))[1]  # the reader begins with the first column in which anything stands
    for number, found in enumerate(sheet.iter_rows()):
        if number % _STEP == 0:
            ticket.check()
        cells = blank + found
        if form.first <= number < ends:
            _compare(cells, next(values), name, form, number, _formulas(form, number))
        if number in placed:
            _compare(cells, placed.pop(number), name, form, number, frozenset())
    for wanted in (*values, *placed.values()):  # a reader leaves out rows in which nothing stands
        if any(value not in (None, "") for value in wanted.values()):
            raise _wrong(name, f"{form.name}少了行")


def _formulas(form: FormSheet, row: int) -> frozenset[int]:
    """The columns of a data row that the form computes itself; rows put in take after the first."""
    like = row if row < form.first + form.room else form.first
    return frozenset(column for at, column in form.formulas if at == like)


def _compare(
    cells: list[Any], wanted: Mapping[int, object], name: str, form: FormSheet, row: int, formulas: frozenset[int]
) -> None:
    for column, value in wanted.items():
        found = cells[column] if column < len(cells) else ""
        if column not in formulas and not _same(found, value):
            raise _wrong(name, f"{form.name}的 {column_letter(column)}{row + 1} 与档案不同")


def _same(found: object, wanted: object) -> bool:
    if wanted is None or wanted == "":
        return found == ""
    if isinstance(wanted, date):
        return found in (wanted, wanted.isoformat())
    if isinstance(wanted, int | Decimal):
        return isinstance(found, int | float) and float(found) == float(wanted)
    return found == wanted


def _wrong(name: str, what: str) -> Known:
    return Known(f"“{name}”写完后核对：{what}，没有采用。", _REMEDY)
