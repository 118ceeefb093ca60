"""Making room in a form: everything below the data moves down, with merges, heights, notes, validations, breaks and print area.

openpyxl's own inserting of rows moves cells only and leaves all of that behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

from db.sheets.template_formulas import Stretch, moved


def stretch_sheet(sheet: Any, stretch: Stretch) -> None:  # noqa: ANN401 - openpyxl's worksheet, many parts of which are untyped
    """Put in ``stretch.by`` rows before row ``stretch.at``; the new rows are empty, formulas anywhere in the workbook follow."""
    _move_cells(sheet, stretch)
    _move_rows(sheet, stretch)
    sheet.merged_cells = MultiCellRange([_grown(r, stretch) for r in sheet.merged_cells.ranges])
    for rule in sheet.data_validations.dataValidation:
        rule.sqref = MultiCellRange([_grown(r, stretch) for r in rule.sqref.ranges])
    _move_conditions(sheet, stretch)
    _move_print(sheet, stretch)
    _move_drawings(sheet, stretch)
    _move_formulas(sheet.parent, stretch)


def _move_cells(sheet: Any, stretch: Stretch) -> None:  # noqa: ANN401
    cells = sheet._cells
    for row, column in sorted((place for place in cells if place[0] >= stretch.at), reverse=True):
        cell = cells.pop((row, column))
        cell.row = stretch.row(row)
        cells[cell.row, column] = cell
        link = getattr(cell, "hyperlink", None)
        if link is not None:
            link.ref = cell.coordinate


def _move_rows(sheet: Any, stretch: Stretch) -> None:  # noqa: ANN401
    rows = sheet.row_dimensions
    for row in sorted((row for row in rows if row >= stretch.at), reverse=True):
        one = rows.pop(row)
        one.index = stretch.row(row)
        rows[one.index] = one


def _grown(one: CellRange, stretch: Stretch) -> CellRange:
    """A range after the rows came in; one that covers the whole of the data's last rows grows with it, a single row does not."""
    top, bottom = stretch.row(one.min_row), stretch.row(one.max_row)
    if one.max_row == stretch.at - 1 and (one.min_row < one.max_row or not _is_merge(one)):
        bottom = one.max_row + stretch.by
    one.expand(down=max(0, bottom - one.max_row))
    if top > one.min_row:
        one.shrink(top=top - one.min_row)
    return one


def _is_merge(one: CellRange) -> bool:
    return type(one) is not CellRange


def _move_conditions(sheet: Any, stretch: Stretch) -> None:  # noqa: ANN401
    kept = ConditionalFormattingList()
    for condition in sheet.conditional_formatting:
        grown = " ".join(str(_grown(r, stretch)) for r in condition.sqref.ranges)
        for rule in condition.rules:
            kept.add(grown, rule)
    sheet.conditional_formatting = kept


def _move_print(sheet: Any, stretch: Stretch) -> None:  # noqa: ANN401
    if sheet.print_area:
        areas = re.findall(r"\$?([A-Z]+)\$?(\d+):\$?([A-Z]+)\$?(\d+)", str(sheet.print_area))
        sheet.print_area = ",".join(
            f"{a}{stretch.row(int(first))}:{b}{stretch.end(int(first), int(last))}" for a, first, b, last in areas
        )
    for one in sheet.row_breaks.brk:
        one.id = stretch.row(one.id + 1) - 1
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _range(sheet.auto_filter.ref, stretch)
    for table in sheet.tables.values():
        table.ref = _range(table.ref, stretch)
        if table.autoFilter is not None:
            table.autoFilter.ref = table.ref


def _range(reference: str, stretch: Stretch) -> str:
    return str(_grown(CellRange(reference), stretch))


def _move_drawings(sheet: Any, stretch: Stretch) -> None:  # noqa: ANN401
    for one in (*sheet._images, *sheet._charts):
        for corner in (getattr(one.anchor, "_from", None), getattr(one.anchor, "to", None)):
            if corner is not None:
                corner.row = stretch.row(corner.row + 1) - 1


def _move_formulas(book: Any, stretch: Stretch) -> None:  # noqa: ANN401
    data = range(stretch.first, stretch.at)
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.data_type != "f" or not isinstance(cell.value, str):
                continue
            within = sheet.title == stretch.sheet and cell.row in data
            cell.value = moved(cell.value, sheet.title, stretch, sums=not within)
        for chart in sheet._charts:
            for reference in _chart_references(chart):
                reference.f = moved(f"={reference.f}", sheet.title, stretch)[1:]
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in names.values():
            with suppress(ValueError, IndexError):  # a name may hold anything, also what is no formula
                name.attr_text = moved(f"={name.attr_text}", "", stretch)[1:]


def _chart_references(chart: Any) -> Iterator[Any]:  # noqa: ANN401
    for series in getattr(chart, "series", ()):
        for part in ("val", "cat", "xVal", "yVal", "tx"):
            source = getattr(series, part, None)
            for kind in ("numRef", "strRef"):
                reference = getattr(source, kind, None)
                if reference is not None and reference.f:
                    yield reference
