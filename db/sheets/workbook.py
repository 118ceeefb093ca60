"""Opening a workbook: read once, looked through before it is parsed, its cells as Excel shows them.

Row 1 of a sheet is ``rows[0]`` whatever the file claims of its own size: the claimed extent (``<dimension>``) is often wrong and is
not used.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from typing import cast

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from db.errors import Known
from db.sheets.prescan import LARGEST_FILE, Lost, Scan, damaged, refusal, scan

Cell = str | int | float | bool | date | datetime | time | timedelta | Lost


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Blank cells are ``""``, cells whose value is not in the file are `Lost`; ``merges`` are (top, left, bottom, right)
    from 0, both ends included; ``hidden_rows`` and ``hidden_columns`` (from 0) are hidden or filtered out; ``since_1904``: a day given
    as a bare number counts from 1904."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[tuple[int, int, int, int], ...]
    hidden: bool
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """One workbook. ``sha256`` is of the file's bytes in hex; chart and dialog sheets are left out."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]


def open_workbook(path: Path) -> Book:
    """Read a workbook of at most 30 MB by its content, whatever its name ends in. Macros, links and pictures are never looked at.

    Raises `db.errors.Known` with one sentence for everything that cannot or must not be read.
    """
    data = _bytes(path)
    seen = scan(data, path.name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = tuple(_sheets(book, seen))
    except PasswordError:
        raise refusal(path.name, "设了打开密码", "请先在 WPS 或 Excel 里取消打开密码并保存，再重新选择。") from None
    except (CalamineError, ValueError, OSError):
        raise damaged(path.name) from None
    except BaseException as error:
        if (
            type(error).__name__ == "PanicException"
        ):  # what the parser's own crash arrives as; it derives from BaseException
            raise damaged(path.name) from None
        raise
    if not sheets:
        raise refusal(path.name, "里没有工作表", "请核对是否选错了文件。")
    return Book(path.name, sha256(data).hexdigest(), sheets)


def _bytes(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise refusal(path.name, "是 Excel 打开文件时的临时文件", "请选择名字里没有“~$”的那一个。")
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise refusal(
                path.name,
                f"有 {size / 2**20:.0f} MB，超过 {LARGEST_FILE // 2**20} MB",
                "请去掉图片和无关的工作表再试。",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Known(f"找不到“{path.name}”。", "请核对文件是否已移走或改名。") from None
    except IsADirectoryError:
        raise Known(f"“{path.name}”是文件夹，不是工作簿。", "请选择文件夹里的 .xlsx 文件。") from None
    except PermissionError:
        raise refusal(
            path.name,
            "不让读（没有权限，或正被别的程序占用）",
            "如果它正在 Excel 或 WPS 中打开，请先关闭；或另存一份到桌面再试。",
        ) from None
    except OSError:
        raise refusal(path.name, "读不出来", "请核对它所在的盘或共享文件夹还连着，或另存一份到桌面再试。") from None


def _sheets(book: CalamineWorkbook, seen: Scan) -> list[Sheet]:
    found = []
    for meta in book.sheets_metadata:
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
        for (row, column), value in seen.lost.get(meta.name, {}).items():
            _put(rows, row, column, value)
        merges = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
        rows_hidden = seen.hidden_rows.get(meta.name, frozenset())
        columns_hidden = seen.hidden_columns.get(meta.name, frozenset())
        unseen = meta.visible != SheetVisibleEnum.Visible
        found.append(Sheet(meta.name, rows, merges, unseen, rows_hidden, columns_hidden, seen.since_1904))
    return found


def _put(rows: list[list[Cell]], row: int, column: int, value: Lost) -> None:
    """Set a cell the parser left out; it may lie below or right of everything the parser kept. Rows stay equally long."""
    width = max(len(rows[0]) if rows else 0, column + 1)
    rows.extend([] for _ in range(row + 1 - len(rows)))
    for cells in rows:
        cells.extend([""] * (width - len(cells)))
    rows[row][column] = value
