"""Workbooks as other offices make them, with their own program: lists typed in WPS, blank forms, a sheet a village has filled in.

Only here the tour holds a workbook itself; what the program reads and writes goes through its windows. Nobody in these files exists.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | float | date | None
Row = Sequence[Value]
Paths = Sequence[tuple[str, ...]]
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_SECTOR, _FAT, _END, _FREE = 512, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_ROOM = 2
"""Rows for data that a blank form has."""
_LEAST = 8
"""Sectors of the smallest stream that has sectors of its own."""


def typed(path: Path, title: str, rows: Iterable[Row], merged: Sequence[str] = ()) -> Path:
    """One sheet as somebody typed it; texts stay texts."""
    book = Workbook()
    sheet = _first(book)
    sheet.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value not in ("", None):
                cell = sheet.cell(number, column, value)
                if isinstance(value, str):
                    cell.number_format = "@"
    for area in merged:
        sheet.merge_cells(area)
    book.save(path)
    return path


def blank_form(path: Path, title: str, unit: str, captions: Paths, *, sums: bool = False) -> Path:
    """A county's blank form: a title, a line of who and in what, captions of as many levels as the longest has, boxed rows, a line to be
    signed; 合计 adds up every column but the first where ``sums``."""
    book = Workbook()
    sheet = _first(book)
    sheet.title = title
    width, levels = len(captions), max(map(len, captions))
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet.cell(1, 1, title).font = Font("华文中宋", 18)
    sheet.cell(2, 1, "填报单位：")
    sheet.cell(2, width - 1, unit)
    _header(sheet, captions, 3)
    first, last = 3 + levels, 2 + levels + _ROOM
    for row in range(3, last + 1 + sums):
        sheet.row_dimensions[row].height = 24
        for column in range(1, width + 1):
            sheet.cell(row, column).border = _BOX
            sheet.cell(row, column).alignment = _CENTRED
    if sums:
        sheet.cell(last + 1, 1, "合计")
        for letter in map(get_column_letter, range(2, width + 1)):
            sheet[f"{letter}{last + 1}"] = f"=SUM({letter}{first}:{letter}{last})"
    sheet.cell(last + 1 + sums, 1, "单位负责人：　　　审核人：　　　填表人：　　　填报日期：　　年　　月　　日")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    book.save(path)
    return path


def filled(path: Path, target: Path, changes: Mapping[tuple[str, str], Value]) -> Path:
    """A sheet that came, opened, with cells typed over (sheet and place to value), and saved under another name."""
    book = load_workbook(path)
    for (sheet, place), value in changes.items():
        book[sheet][place] = value
    book.save(target)
    return target


def place(row: int, column: int) -> str:
    """A cell's name: row from 1, column from 0."""
    return f"{get_column_letter(column + 1)}{row}"


def delimited(path: Path, rows: Iterable[Row]) -> Path:
    """The same rows as text with commas, as an older system exports them (GB18030)."""
    text = "\r\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    path.write_bytes(text.encode("gb18030"))
    return path


def web_page(path: Path, rows: Iterable[Row]) -> Path:
    """The same rows as the table of a web page, as web systems export them under any name."""
    body = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    page = f'<html><head><meta charset="utf-8"></head><body><table>{body}</table></body></html>'
    path.write_text(page, encoding="utf-8")
    return path


def half(path: Path, target: Path) -> Path:
    """The first half of a file, as a broken download leaves it."""
    data = path.read_bytes()
    target.write_bytes(data[: len(data) // 2])
    return target


def locked(path: Path) -> Path:
    """A workbook with a password: what it holds is encrypted and lies in a wrapping that only says so."""
    fat = [_FAT, _END, *range(3, 2 + _LEAST), _END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    names = _entry("Root Entry", 5, _END, 0, child=1) + _entry("EncryptedPackage", 2, 2, _LEAST * _SECTOR)
    path.write_bytes(header + table + names.ljust(_SECTOR, b"\0") + bytes(range(256)) * (_LEAST * _SECTOR // 256))
    return path


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    head = title.ljust(64, b"\0") + struct.pack("<HBB", len(title), kind, 1)
    return head + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<III", start, size, 0)


def _first(book: Workbook) -> Worksheet:
    assert isinstance(book.active, Worksheet)
    return book.active


def _header(sheet: Worksheet, captions: Paths, top: int) -> None:
    """Captions with the groups merged across and the short ones merged down."""
    levels = max(map(len, captions))
    for level in range(levels):
        start = 0
        for place in range(1, len(captions) + 1):
            same = place < len(captions) and captions[place][: level + 1] == captions[start][: level + 1]
            if same and level < len(captions[start]) - 1:
                continue
            _caption(sheet, captions[start], (top, level, levels), start + 1, place)
            start = place


def _caption(sheet: Worksheet, path: tuple[str, ...], at: tuple[int, int, int], left: int, right: int) -> None:
    top, level, levels = at
    if level >= len(path):
        return
    sheet.cell(top + level, left, path[level])
    down = levels - 1 if level == len(path) - 1 else level
    if down > level or right > left:
        sheet.merge_cells(start_row=top + level, end_row=top + down, start_column=left, end_column=right)
