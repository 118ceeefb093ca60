"""Modern workbooks (.xlsx, .xlsm), Strict Open XML among them: looked through first, then parsed, and both held against each other."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from db.sheets.book import Cell, Leaf, Leaves, Note, Sheet
from db.sheets.package import Package
from db.sheets.prescan import Look, Scan, scan_package
from db.sheets.refusing import NEVER_CALCULATED, check_extent, damaged, locked, no_sheets
from db.sheets.spare import read_spare

_PARSER_FAULTS = (CalamineError, ValueError, OSError, OverflowError)


def read_modern(package: Package) -> Leaves:
    """The sheets of a modern workbook. Raises `Known` with one sentence for everything that cannot or must not be read."""
    seen = scan_package(package)
    return Leaves(_guarded(seen, package.name), seen.notes)


def _guarded(seen: Scan, name: str) -> Iterator[Leaf]:
    """What the parser cannot open at all another one tries; its own crash arrives as an exception that derives from BaseException."""
    found = 0
    try:
        for leaf in _sheets(seen, name):
            found += 1
            yield leaf
    except PasswordError:
        raise locked(name) from None
    except BaseException as error:
        if not isinstance(error, _PARSER_FAULTS) and type(error).__name__ != "PanicException":
            raise
        if found:
            raise damaged(name) from None
    if found:
        return
    for leaf in read_spare(seen, name):
        found += 1
        yield leaf
    if not found:
        raise no_sheets(name)


def _sheets(seen: Scan, name: str) -> Iterator[Leaf]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(seen.data))
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        look = seen.sheets.get(meta.name, Look())
        merges = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
        unseen = meta.visible != SheetVisibleEnum.Visible
        head = Sheet(meta.name, [], merges, unseen, look.hidden_rows, look.hidden_columns, seen.since_1904)
        yield Leaf(head, _rows(sheet, look, name, meta.name, seen.notes), sheet.end[0] + 1 if sheet.end else 0)


def _rows(sheet: CalamineSheet, look: Look, name: str, title: str, notes: list[Note]) -> Iterator[list[Cell]]:
    """The rows, with the lost cells put where the parser left a blank; those may lie below or right of all it kept."""
    by_row: dict[int, list[int]] = {}
    for row, column in look.lost:
        by_row.setdefault(row, []).append(column)
    height, kept = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
    left = sheet.start[1] if sheet.start else 0
    width = max([kept, *(column + 1 for _, column in look.lost)])
    check_extent(height, width, name)
    number, filled = -1, 0
    for number, cells in enumerate(cast(Iterator[list[Cell]], sheet.iter_rows())):
        filled += len(cells) - cells.count("")
        if left or len(cells) < width:
            cells = [*[""] * left, *cells, *[""] * (width - left - len(cells))]  # noqa: PLW2901
        for column in by_row.pop(number, ()):
            cells[column] = look.lost[number, column]
        yield cells
    for below in range(number + 1, max(by_row, default=-1) + 1):
        yield [look.lost.get((below, column), "") for column in range(width)]
    _compare(look, filled, title, notes)


def _compare(look: Look, filled: int, title: str, notes: list[Note]) -> None:
    """Say so when the parser kept fewer cells than the file has values for."""
    errors = sum(lost.text != NEVER_CALCULATED for lost in look.lost.values())
    missed = look.values - errors - filled
    if missed > 0:
        text = f"“{title}”表里约有 {missed} 个单元格，文件里写了内容，读出来却是空的，请与 WPS 里看到的核对"
        notes.append(Note(text, title, "W"))
