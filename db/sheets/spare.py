"""The reader for modern workbooks the fast one cannot open: Excel forgives more than any one library.

Slower, and only asked when the other gave up before the first sheet; that it was asked is said.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from db.sheets.book import Cell, Leaf, Note, Sheet, leaf_of
from db.sheets.prescan import Look, Scan
from db.sheets.refusing import check_extent, damaged


def read_spare(seen: Scan, name: str) -> Iterator[Leaf]:
    """The sheets of a workbook that was looked through. None when it has only charts; raises `Known` when this reader gives up too."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(seen.data), data_only=True)
    except MemoryError:
        raise
    except Exception:  # in a damaged file this library stumbles over anything
        raise damaged(name) from None
    if len(book.sheetnames) < seen.listed:  # it passes over a sheet that is missing without a word
        raise damaged(name)
    if not book.worksheets:
        return
    seen.notes.append(Note("这个文件不大合规范，换了一种读法才读出来，请核对预览里的内容", severity="W"))
    for sheet in book.worksheets:
        check_extent(sheet.max_row, sheet.max_column, name)
        look = seen.sheets.get(sheet.title, Look())
        rows = [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]
        for (row, column), lost in look.lost.items():
            if row < len(rows) and column < len(rows[row]):
                rows[row][column] = lost
        merges = tuple((m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges)
        hidden = sheet.sheet_state != "visible"
        yield leaf_of(Sheet(sheet.title, rows, merges, hidden, look.hidden_rows, look.hidden_columns, seen.since_1904))


def _cell(value: Any) -> Cell:  # noqa: ANN401
    """A value as the other reader gives it: numbers as float, midnight as a day."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value if isinstance(value, str | datetime | time) else str(value)
