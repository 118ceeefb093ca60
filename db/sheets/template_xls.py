"""An old blank form (.xls) turned into .xlsx with its looks: values, formulas, merges, widths, heights, fonts, borders, number formats.

What BIFF8 keeps in records the reader passes over (formulas, print set-up) is read by `db.sheets.template_biff`.
"""

from __future__ import annotations

import io
import struct
from copy import copy
from typing import Any
from xml.etree.ElementTree import Element

import xlrd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from db.sheets.refusing import RESAVE, damaged, refusal
from db.sheets.template_biff import Extras, extras_of

_LINES: tuple[Any, ...] = (
    None, "thin", "medium", "dashed", "dotted", "thick", "double", "hair", "mediumDashed", "dashDot", "mediumDashDot",
    "dashDotDot", "mediumDashDotDot", "slantDashDot",
)  # fmt: skip
_UNDER: dict[int, Any] = {1: "single", 2: "double"}
_ACROSS = (None, "left", "center", "right", "fill", "justify", "centerContinuous", "distributed")
_DOWN = ("top", "center", "bottom", "justify", "distributed")
_ERRORS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, OSError, struct.error)


def converted(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The workbook as .xlsx, and what of it could not be taken along. Known for one that is locked or damaged."""
    try:
        old = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        extras = extras_of(data, old)
    except (XLRDError, CompDocError, *_ERRORS) as error:
        if "encrypted" in str(error).lower():
            raise refusal(name, "设了打开密码", "请先在 WPS 或 Excel 里取消打开密码并保存，再重新选择。") from None
        raise damaged(name) from None
    if old.biff_version < 80:
        raise refusal(name, "是很老的 Excel 5.0/95 格式", RESAVE)
    try:
        return _copied(old, extras), extras.losses
    except _ERRORS:
        raise damaged(name) from None


def _copied(old: Any, extras: Extras) -> bytes:  # noqa: ANN401 - xlrd's book
    """Every sheet in a new workbook."""
    book = Workbook()
    book.remove(book.worksheets[0])
    looks: dict[int, dict[str, Any]] = {}
    for number, sheet in enumerate(old.sheets()):
        made = book.create_sheet(sheet.name)
        _cells(made, sheet, old, extras.formulas.get(number, {}), looks)
        _frame(made, sheet)
        _print(made, extras, number)
    _names(book, old)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _cells(made: Any, sheet: Any, old: Any, formulas: dict[tuple[int, int], str], looks: dict[int, Any]) -> None:  # noqa: ANN401
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            kind, look = sheet.cell_type(row, column), sheet.cell_xf_index(row, column)
            cell = made.cell(row + 1, column + 1)
            _style(cell, looks.setdefault(look, _look(old, look)))
            if (row, column) in formulas:
                cell.value = formulas[row, column]
            elif kind not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                _value(cell, kind, sheet.cell_value(row, column), old.datemode)
    for (row, column), note in sheet.cell_note_map.items():
        made.cell(row + 1, column + 1).comment = Comment(note.text, note.author or "")
    for top, below, left, right in sheet.merged_cells:
        made.merge_cells(start_row=top + 1, start_column=left + 1, end_row=below, end_column=right)


def _value(cell: Any, kind: int, value: Any, datemode: int) -> None:  # noqa: ANN401
    if kind == xlrd.XL_CELL_TEXT:
        cell.value = value
        cell.data_type = "s"
    elif kind == xlrd.XL_CELL_BOOLEAN:
        cell.value = bool(value)
    elif kind == xlrd.XL_CELL_ERROR:
        cell.value = xlrd.error_text_from_code.get(value, "#N/A")
    elif kind == xlrd.XL_CELL_DATE and datemode == 1:
        cell.value = value + 1462
    else:
        cell.value = int(value) if float(value).is_integer() else value


def _style(cell: Any, look: dict[str, Any]) -> None:  # noqa: ANN401
    if "id" not in look:
        for part, value in look["parts"].items():
            setattr(cell, part, value)
        look["id"] = cell._style
    else:
        cell._style = copy(look["id"])


def _look(old: Any, number: int) -> dict[str, Any]:  # noqa: ANN401
    """The parts of a cell's looks as openpyxl has them."""
    xf = old.xf_list[number]
    font, lines, ground, set_out = old.font_list[xf.font_index], xf.border, xf.background, xf.alignment
    sides: dict[str, Any] = {
        side: Side(style=_LINES[style], color=_colour(old, getattr(lines, f"{side}_colour_index")))
        for side in ("left", "right", "top", "bottom")
        if (style := getattr(lines, f"{side}_line_style"))
    }
    parts: dict[str, Any] = {
        "font": Font(
            name=font.name, size=font.height / 20, bold=font.weight >= 700, italic=bool(font.italic),
            underline=_UNDER.get(font.underline_type), strike=bool(font.struck_out),
            color=_colour(old, font.colour_index),
        ),
        "alignment": Alignment(
            horizontal=_ACROSS[set_out.hor_align], vertical=_DOWN[min(set_out.vert_align, 4)], wrap_text=bool(set_out.text_wrapped),
            shrink_to_fit=bool(set_out.shrink_to_fit), indent=set_out.indent_level, text_rotation=set_out.rotation,
        ),
        "border": Border(**sides),
        "protection": Protection(locked=bool(xf.protection.cell_locked)),
        "number_format": old.format_map[xf.format_key].format_str if xf.format_key in old.format_map else "General",
    }  # fmt: skip
    if ground.fill_pattern == 1:
        parts["fill"] = PatternFill("solid", fgColor=_colour(old, ground.pattern_colour_index) or "FFFFFF")
    return {"parts": parts}


def _colour(old: Any, index: int) -> str | None:  # noqa: ANN401
    found = old.colour_map.get(index)
    return None if found is None else "FF" + "".join(f"{part:02X}" for part in found)


def _frame(made: Any, sheet: Any) -> None:  # noqa: ANN401
    """Widths, heights, what is hidden and what stays in sight."""
    for column, info in sheet.colinfo_map.items():
        if column <= max(sheet.ncols, 1) + 20:
            one = made.column_dimensions[get_column_letter(column + 1)]
            one.width, one.hidden = info.width / 256, bool(info.hidden)
    if sheet.defcolwidth:
        made.sheet_format.baseColWidth = sheet.defcolwidth
    if sheet.default_row_height:
        made.sheet_format.defaultRowHeight = sheet.default_row_height / 20
    for row, info in sheet.rowinfo_map.items():
        if info.height_mismatch or not info.has_default_height:
            made.row_dimensions[row + 1].height = info.height / 20
        if info.hidden:
            made.row_dimensions[row + 1].hidden = True
    if sheet.panes_are_frozen and (sheet.horz_split_pos or sheet.vert_split_pos):
        made.freeze_panes = f"{get_column_letter(sheet.vert_split_pos + 1)}{sheet.horz_split_pos + 1}"
    made.sheet_state = ("visible", "hidden", "veryHidden")[min(sheet.visibility, 2)]


def _print(made: Any, extras: Extras, number: int) -> None:  # noqa: ANN401
    told = extras.prints.get(number)
    if told is None:
        return
    page, margins = made.page_setup, made.page_margins
    page.paperSize, page.orientation = told.paper, "landscape" if told.landscape else "portrait"
    if told.fits:
        made.sheet_properties.pageSetUpPr.fitToPage = True
        page.fitToWidth, page.fitToHeight = told.fit_width, told.fit_height
    elif told.scale:
        page.scale = told.scale
    for side, inches in told.margins.items():
        setattr(margins, side, inches)
    made.print_options.horizontalCentered, made.print_options.verticalCentered = told.centred
    for line, text in (("oddHeader", told.header), ("oddFooter", told.footer)):
        if text:
            node: Any = Element(line)
            node.text = text
            setattr(made.HeaderFooter, line, HeaderFooterItem.from_tree(node))
    for row in told.breaks:
        made.row_breaks.append(Break(id=row))


def _names(book: Workbook, old: Any) -> None:  # noqa: ANN401
    """Print areas and the rows and columns repeated on each page."""
    for name in old.name_obj_list:
        if not name.builtin or name.result is None:
            continue
        for reference in name.result.value if isinstance(name.result.value, list) else ():
            first, _, top, below, left, right = reference.coords
            if not 0 <= first < len(book.worksheets):
                continue
            sheet: Any = book.worksheets[first]
            if name.name == "Print_Area":
                sheet.print_area = f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right)}{below}"
            elif name.name == "Print_Titles":
                if right - left >= 255:
                    sheet.print_title_rows = f"{top + 1}:{below}"
                else:
                    sheet.print_title_cols = f"{get_column_letter(left + 1)}:{get_column_letter(right)}"
