"""Old workbooks (.xls, and .et as WPS writes it): read with one reader, held against a second one.

The first tells errors, hidden rows and merges that the second passes over; where only the second can read, that is said.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Callable
from itertools import zip_longest
from typing import Literal, cast

import xlrd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum
from xlrd.xldate import XLDateError, xldate_as_datetime

from db.errors import Known
from db.sheets.biff import Spot, never_calculated, room_claimed, root_names, stream_of
from db.sheets.book import Cell, Leaf, Leaves, Lost, Note, Sheet, leaf_of
from db.sheets.refusing import (
    MOST_COLUMNS,
    NEVER_CALCULATED,
    RESAVE,
    check_text,
    column_letter,
    damaged,
    locked,
    no_sheets,
    refusal,
)

_OTHERS = (
    ("worddocument", "是 Word 文档"),
    ("powerpoint document", "是演示文稿"),
    ("__properties_version1.0", "是 Outlook 邮件"),
    ("visiodocument", "是 Visio 图"),
)
_COMPARED = 5_000_000


def read_old(data: bytes, name: str) -> Leaves:
    """The sheets of an old workbook. Raises `Known` for one that is encrypted, broken, or something else in the same wrapping."""
    _check_wrapping(data, name)
    notes: list[Note] = []
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        notes.append(Note("文件里有宏，没有运行，也没有读取"))
    return Leaves(iter(_leaves(data, name, notes)), notes)


def _check_wrapping(data: bytes, name: str) -> None:
    streams = set(root_names(data))
    if "encryptedpackage" in streams:
        raise locked(name)
    if not streams & {"workbook", "book"}:
        for stream, said in _OTHERS:
            if stream in streams:
                raise refusal(name, f"不是 Excel 工作簿（{said}）", RESAVE)


def _leaves(data: bytes, name: str, notes: list[Note]) -> list[Leaf]:
    first = _first(data, name)
    second = _second(data, name) if _may_compare(data) else None
    third = _first(data, name, broken=True) if first is None and second is None else None
    sheets = next((read for read in (first, second, third) if read is not None), None)
    if first is None and sheets is not None:
        notes.append(Note("这个文件不大合规范，可能有单元格、合并或隐藏的行列没有认出来，请逐格核对", severity="W"))
    elif first is not None and second is not None:
        _compare(first, second, notes)
    if sheets is None:
        raise damaged(name)
    if not sheets:
        raise no_sheets(name)
    return [leaf_of(sheet) for sheet in sheets]


def _may_compare(data: bytes) -> bool:
    """Whether the second reader may look: it takes all the room a file claims to need before it looks at anything."""
    try:
        return room_claimed(stream_of(data)) <= _COMPARED
    except Exception:  # its wrapping is broken: what it claims is not known
        return False


def _first(data: bytes, name: str, *, broken: bool = False) -> list[Sheet] | None:
    """The sheets by the reader that sees everything; None when it cannot read the file. What it stumbles over in a damaged file may be
    any exception at all. ``broken`` lets it pass over faults of the wrapping."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = xlrd.open_workbook(
                file_contents=data,
                formatting_info=True,
                ragged_rows=True,
                logfile=io.StringIO(),
                ignore_workbook_corruption=broken,
            )
        blanks = [] if broken else never_calculated(stream_of(data))
        missing = [*blanks, *[frozenset[Spot]()] * (book.nsheets - len(blanks))]
        return [_sheet(book, place, missing[place], name) for place in range(book.nsheets)]
    except (Known, MemoryError):
        raise
    except Exception as error:
        if "encrypted" in str(error).lower():
            raise locked(name) from None
        return None


def _sheet(book: xlrd.Book, place: int, blanks: frozenset[Spot], name: str) -> Sheet:
    sheet = book.sheet_by_index(place)
    rows: list[list[Cell]] = []
    for number in range(sheet.nrows):
        values = zip(sheet.row_types(number), sheet.row_values(number), strict=True)
        cells = [_cell(kind, value, book.datemode, name) for kind, value in values]
        while cells and cells[-1] == "":
            cells.pop()
        rows.append(cells)
    for row, column in blanks:
        if row < len(rows) and rows[row][column : column + 1] in ([""], [0.0]):
            rows[row][column] = Lost(NEVER_CALCULATED)
        elif row < len(rows) and column >= len(rows[row]):
            rows[row] += [*[""] * (column - len(rows[row])), Lost(NEVER_CALCULATED)]
    return Sheet(
        sheet.name,
        rows,
        tuple((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
        sheet.visibility != 0,
        frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden and column < MOST_COLUMNS),
        book.datemode == 1,
    )


def _cell(kind: int, value: str | float, since_1904: Literal[0, 1], name: str) -> Cell:
    if kind == xlrd.XL_CELL_TEXT:
        check_text(str(value), name)
        return str(value)
    read = _KINDS.get(kind)
    return read(float(value), since_1904) if read else ""


def _moment(value: float, since_1904: Literal[0, 1]) -> Cell:
    """A day, a time of day, or both; a number no calendar has stays a number."""
    try:
        moment = xldate_as_datetime(value, since_1904)
    except (XLDateError, OverflowError, ValueError):
        return value
    if 0 <= value < 1 and value:
        return moment.time()
    return moment.date() if value == math.floor(value) else moment


_KINDS: dict[int, Callable[[float, Literal[0, 1]], Cell]] = {
    xlrd.XL_CELL_NUMBER: lambda value, _: value,
    xlrd.XL_CELL_DATE: _moment,
    xlrd.XL_CELL_BOOLEAN: lambda value, _: bool(value),
    xlrd.XL_CELL_ERROR: lambda value, _: Lost(xlrd.error_text_from_code.get(int(value), "#N/A")),
}


def _second(data: bytes, name: str) -> list[Sheet] | None:
    """The sheets by the reader that forgives more and sees less; None when it cannot read the file either."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            Sheet(
                meta.name,
                cast(list[list[Cell]], book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False)),
                (),
                meta.visible != SheetVisibleEnum.Visible,
            )
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        raise locked(name) from None
    except (CalamineError, ValueError, OSError, OverflowError):
        return None
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            return None
        raise


def _compare(first: list[Sheet], second: list[Sheet], notes: list[Note]) -> None:
    """Say so when the two readers give other texts or figures for a cell, or when one has more of them."""
    others = {sheet.name: sheet.rows for sheet in second}
    for sheet in first:
        odd = _differences(sheet.rows, others.get(sheet.name, sheet.rows))
        if odd:
            row, column = odd[0]
            text = (
                f"“{sheet.name}”表有 {len(odd)} 个单元格，两种读法读出来不一样"
                f"（头一个是 {column_letter(column)}{row + 1}），请与 WPS 里看到的核对"
            )
            notes.append(Note(text, sheet.name, "W"))


def _differences(rows: list[list[Cell]], others: list[list[Cell]]) -> list[Spot]:
    found = []
    for number, (mine, theirs) in enumerate(zip_longest(rows, others, fillvalue=())):
        for column, (one, other) in enumerate(zip_longest(mine, theirs, fillvalue="")):
            if one != other and isinstance(one, str | float) and isinstance(other, str | float):
                found.append((number, column))
    return found
