"""Writing a workbook that a village is to fill: fixed words grey, cells to fill white, code tables to choose from, keys hidden.

The sheet is protected without a password, so that nobody spoils a key by accident and whoever must can lift it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.fields.kinds import Choice, Kind
from db.sheets.sent import SentBook, SentTable, title_of
from db.sheets.villagelists import sheet_title
from db.store.files import atomic_write

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_LIST = 250
_TITLE_ROW, _NOTE_ROW, _HEADER_ROW = 1, 2, 3
_NOTE = "白色格可以填写，灰色格请不要改；不要删除或隐藏列、不要改表头；填好后原样交回。"


def write(path: Path, book: SentBook, seal: Callable[[Path], None] | None = None) -> None:
    """Write the workbook to ``path``; ``seal`` gets the finished file before it takes its name. Known when it cannot be written."""
    atomic_write(path, partial(_save, book), seal)


def _save(book: SentBook, path: Path) -> None:
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    made.properties.creator, made.properties.title = "户有卡", book.title
    codes = made.create_sheet("选项")
    codes.sheet_state = "veryHidden"
    for table in book.tables:
        _fill(made.create_sheet(sheet_title(table.name), len(made.worksheets) - 1), book, table, codes)
    made.active = 0
    made.save(path)


def _fill(sheet: Worksheet, book: SentBook, table: SentTable, codes: Worksheet) -> None:
    wide = 1 + len(table.fixed) + len(table.columns)
    _put(sheet, _TITLE_ROW, 2, book.title, size=16, bold=True, box=False)
    _put(sheet, _NOTE_ROW, 2, _NOTE, box=False)
    sheet.merge_cells(start_row=_TITLE_ROW, start_column=2, end_row=_TITLE_ROW, end_column=wide)
    sheet.merge_cells(start_row=_NOTE_ROW, start_column=2, end_row=_NOTE_ROW, end_column=wide)
    titles = (f"户有卡：{book.token}", *table.fixed, *map(title_of, table.columns))
    for place, title in enumerate(titles, 1):
        _put(sheet, _HEADER_ROW, place, title, bold=True, fill="D9D9D9")
    for row, line in enumerate(table.lines, _HEADER_ROW + 1):
        for place, text in enumerate((line.key, *line.fixed), 1):
            _put(sheet, row, place, text, fill="F2F2F2")
        for place, text in enumerate(line.texts, 2 + len(table.fixed)):
            _put(sheet, row, place, text, open_to_all=True)
    last = _HEADER_ROW + max(len(table.lines), 1)
    for place, column in enumerate(table.columns, 2 + len(table.fixed)):
        _offer(sheet, codes, column.field.kind, place, last)
    _frame(sheet, table, last)


def _put(
    sheet: Worksheet, row: int, column: int, text: str, *, size: float = 10, bold: bool = False, fill: str = "", box: bool = True,
    open_to_all: bool = False,
) -> None:  # fmt: skip
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    cell = sheet.cell(row=row, column=column)
    cell.value, cell.data_type = text or None, "s" if text else "n"
    cell.number_format = "@"
    cell.font = Font(name="宋体", size=size, bold=bold)
    cell.alignment = Alignment(
        horizontal="left" if open_to_all or not box else "center", vertical="center", wrap_text=True
    )
    cell.protection = Protection(locked=not open_to_all)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
    if box:
        thin = Side(style="thin")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _offer(sheet: Worksheet, codes: Worksheet, kind: Kind, place: int, last: int) -> None:
    """A list to choose from for a code table; a long one stands in the hidden sheet, as Excel takes 255 characters."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if not isinstance(kind, Choice):
        return
    words = [row.label for row in kind.table]
    formula = f'"{",".join(words)}"'
    if len(formula) > _LONGEST_LIST or any("," in word for word in words):
        at = codes.max_column + (1 if codes["A1"].value is not None else 0)
        for row, word in enumerate(words, 1):
            codes.cell(row=row, column=at, value=word)
        letter = get_column_letter(at)
        formula = f"选项!${letter}$1:${letter}${len(words)}"
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.error = "请从下拉列表里选"
    sheet.add_data_validation(rule)
    letter = get_column_letter(place)
    rule.add(f"{letter}{_HEADER_ROW + 1}:{letter}{last}")


def _frame(sheet: Worksheet, table: SentTable, last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.column_dimensions["A"].hidden = True
    for place in range(2, 2 + len(table.fixed)):
        sheet.column_dimensions[get_column_letter(place)].width = 12
    for place, column in enumerate(table.columns, 2 + len(table.fixed)):
        sheet.column_dimensions[get_column_letter(place)].width = max(12, 2.2 * len(title_of(column)))
    sheet.row_dimensions[_TITLE_ROW].height = 28
    sheet.freeze_panes = f"{get_column_letter(2 + len(table.fixed))}{_HEADER_ROW + 1}"
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.sort = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
