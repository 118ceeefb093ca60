"""Writing a workbook that a village is to fill: fixed words grey, cells to fill white, code tables to choose from, keys hidden.

The sheet is protected without a password, so that nobody spoils a key by accident and whoever must can lift it.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.fields.kinds import Choice, Kind
from db.sheets import drill
from db.sheets.sent import SentBook, SentTable, title_of
from db.sheets.styled import UNFIT
from db.sheets.villagelists import sheet_title
from db.store.files import atomic_write

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST_LIST = 255
_TITLE_ROW, _NOTE_ROW, _HEADER_ROW = 1, 2, 3
_NOTE = "白色格可以填写，灰色格请不要改；不要删除或隐藏列、不要改表头；填好后原样交回。"


def write(path: Path, book: SentBook, seal: Callable[[Path], None] | None = None) -> None:
    """Write the workbook to ``path``; ``seal`` gets the finished file before it takes its name. Known when it cannot be written."""
    atomic_write(path, partial(_save, book), seal)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a cell looks; one that is ``free`` can be filled in."""

    size: float = 10
    bold: bool = False
    fill: str = ""
    box: bool = True
    free: bool = False


_TITLE, _NOTED = _Look(size=16, bold=True, box=False), _Look(box=False)
_HEAD, _FIXED, _FREE = _Look(bold=True, fill="D9D9D9"), _Look(fill="F2F2F2"), _Look(free=True)


class _Pen:
    """Writes text into cells. A look is made once and then copied whole: making it anew for every cell takes most of the time."""

    def __init__(self) -> None:
        self._made: dict[_Look, Any] = {}

    def put(self, sheet: Worksheet, row: int, column: int, text: str, look: _Look) -> None:
        """Text stays text, whatever it begins with."""
        cell: Any = sheet.cell(row=row, column=column)
        shown = UNFIT.sub("", text)
        cell.value, cell.data_type = shown or None, "s" if shown else "n"
        if look not in self._made:
            _dress(cell, look)
            self._made[look] = copy(cell._style)
        cell._style = copy(self._made[look])


def _save(book: SentBook, path: Path) -> None:
    from openpyxl import Workbook

    made, pen = Workbook(), _Pen()
    made.remove(made.worksheets[0])
    made.properties.creator, made.properties.title = "户有卡", book.title
    for table in book.tables:
        _fill(made.create_sheet(sheet_title(table.name)), book, table, pen)
    made.active = 0
    drill.mark(made)
    made.save(path)


def _fill(sheet: Worksheet, book: SentBook, table: SentTable, pen: _Pen) -> None:
    wide = 1 + len(table.fixed) + len(table.columns)
    for row, text, look in ((_TITLE_ROW, drill.titled(book.title), _TITLE), (_NOTE_ROW, _NOTE, _NOTED)):
        pen.put(sheet, row, 2, text, look)
        sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=wide)
    titles = (f"户有卡：{book.token}", *table.fixed, *map(title_of, table.columns))
    for place, title in enumerate(titles, 1):
        pen.put(sheet, _HEADER_ROW, place, title, _HEAD)
    for row, line in enumerate(table.lines, _HEADER_ROW + 1):
        for place, text in enumerate((line.key, *line.fixed), 1):
            pen.put(sheet, row, place, text, _FIXED)
        for place, text in enumerate(line.texts, 2 + len(table.fixed)):
            pen.put(sheet, row, place, text, _FREE)
    last = _HEADER_ROW + max(len(table.lines), 1)
    for place, column in enumerate(table.columns, 2 + len(table.fixed)):
        _offer(sheet, column.field.kind, place, last)
    _frame(sheet, table, last)


def _dress(cell: Any, look: _Look) -> None:  # noqa: ANN401 - as the library has it
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    cell.number_format = "@"
    cell.font = Font(name="宋体", size=look.size, bold=look.bold)
    across = "left" if look.free or not look.box else "center"
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)
    cell.protection = Protection(locked=not look.free)
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.box:
        thin = Side(style="thin")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)


def _offer(sheet: Worksheet, kind: Kind, place: int, last: int) -> None:
    """A list to choose from for a code table; Excel takes 255 characters of it, a longer one is left to be judged when the sheet returns."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if not isinstance(kind, Choice):
        return
    formula = f'"{",".join(kind.options())}"'
    if len(formula) > _LONGEST_LIST:
        return
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
