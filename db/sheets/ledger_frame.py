"""One ledger sheet on the page: the county's title, unit row and merged header above the rows, 合计, note and signatures below.

The frame follows the reports of 广东扶贫云: title over all columns, 填报单位 · month · 单位 in the second row, thin borders, the header on
every printed page, one page wide.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from db.rules.ledger import MonthLedger
from db.sheets.layouts.ledger import DASH, Column, Form, Layout
from db.sheets.ledger_rows import Row, header_rows, row_count, totals
from db.sheets.styled import Align, Band, Style, StyledSheet

SIGNATURES = "单位负责人：{0}审核人：{0}填表人：{0}联系电话：{0}填报日期：      年    月    日".format("　" * 10)
_NUMBERS = {Form.CODE: "@", Form.TEXT: "@", Form.MONEY: "#,##0.00", Form.ORDER: "0", Form.COUNT: "0", Form.YEAR: "0"}
_A3, _A4 = "8", "9"
_MOST_ON_A4 = 20
_ROW_HEIGHT, _LINE_HEIGHT, _HEADER_HEIGHT = 18.0, 13.5, 30.0


def new_sheet(book: Workbook, ledger: MonthLedger, layout: Layout, *, freeze: bool) -> StyledSheet:
    """The sheet with everything above its rows."""
    widths = [column.width for column in layout.columns]
    rows = header_rows(layout) + row_count(ledger, layout) + 2 + len(notes(layout))
    sheet = StyledSheet(book, layout.name, widths, rows)
    first = header_rows(layout) + 1
    if freeze:
        sheet.freeze_panes = f"{get_column_letter(layout.frozen + 1)}{first}"
    _set_up_page(sheet, layout, _A3 if len(widths) > _MOST_ON_A4 else _A4)
    _title(sheet, ledger, layout)
    _header(sheet, layout)
    return sheet


def data_band(sheet: StyledSheet, layout: Layout) -> Band:
    """The cells every data row is written with."""
    return sheet.band([_data_style(column) for column in layout.columns])


def height_of(row: Row, layout: Layout) -> float | None:
    """The height of a row whose wide columns need more than one line, else None."""
    lines = 1
    for value, column in zip(row, layout.columns, strict=True):
        if column.wide and isinstance(value, str):
            lines = max(lines, -(-2 * len(value) // int(column.width)))
    return None if lines == 1 else min(lines * _LINE_HEIGHT + 4, 400.0)


def close_sheet(sheet: StyledSheet, ledger: MonthLedger, layout: Layout) -> None:
    """合计, the notes and the line of signatures."""
    last = len(layout.columns)
    label = next(place for place, value in enumerate(totals(ledger, layout)) if place and value is not None)
    sheet.merge(sheet.next_row, 1, sheet.next_row, label)
    sheet.put(sheet.band(_total_styles(layout)), totals(ledger, layout), 20)
    for note in notes(layout):
        lines = -(-2 * len(note) // int(sum(column.width for column in layout.columns)))
        _line(sheet, last, note, Style(align="left", box=False, fit="wrap"), lines * _LINE_HEIGHT + 4)
    _line(sheet, last, SIGNATURES, Style(size=11, align="left", box=False), 26)


def notes(layout: Layout) -> tuple[str, ...]:
    """What the foot says of the figures and of the columns that carry —."""
    missing = [*dict.fromkeys(_caption(column) for column in layout.columns if not column.source)]
    unheld = f"“{DASH}”表示程序尚未登记该项资料，不是零。本表尚未登记的栏目：{'、'.join(missing)}。"
    every = (*layout.notes, unheld)
    return tuple(f"{'注：' if place == 0 else '　　'}{text}" for place, text in enumerate(every))


def _caption(column: Column) -> str:
    """What a column is called away from its header: 终止 for 终止 户, 脱贫计划 for 计划."""
    group, title = column.titles[0], column.titles[-1]
    if title in ("户", "人"):
        return group
    return group + title if len(group) == len(title) == 2 else title


def _title(sheet: StyledSheet, ledger: MonthLedger, layout: Layout) -> None:
    last = len(layout.columns)
    _line(sheet, last, f"{ledger.town}{layout.name}", Style("方正小标宋简体", 20, box=False), 36)
    third = last // 3
    parts: tuple[tuple[int, int, Align, str], ...] = (
        (1, third, "left", f"填报单位（盖章）：{ledger.town}人民政府"),
        (third + 1, last - third, "center", f"{ledger.year}年{ledger.month}月"),
        (last - third + 1, last, "right", "单位：户、人、元"),
    )
    styles = [Style(size=11, box=False)] * last
    row: Row = [None] * last
    for left, right, align, text in parts:
        row[left - 1] = text
        styles[left - 1] = Style(size=11, align=align, box=False)
        sheet.merge(2, left, 2, right)
    sheet.put(sheet.band(styles), row, 22)


def _header(sheet: StyledSheet, layout: Layout) -> None:
    levels, top = layout.levels, sheet.next_row
    band = sheet.band([Style(bold=True, fit="wrap")] * len(layout.columns))
    for level in range(levels):
        texts: Row = [None] * len(layout.columns)
        for left, right, title in _spans(layout.columns, level):
            texts[left] = title
            bottom = levels - 1 if level == len(layout.columns[left].titles) - 1 else level
            if (right, bottom) != (left, level):
                sheet.merge(top + level, left + 1, top + bottom, right + 1)
        sheet.put(band, texts, _HEADER_HEIGHT if level == levels - 1 else _ROW_HEIGHT + 2)


def _spans(columns: tuple[Column, ...], level: int) -> Iterable[tuple[int, int, str]]:
    """First and last column of each caption on one level of the header."""
    numbered = [
        (place, column.titles[: level + 1]) for place, column in enumerate(columns) if len(column.titles) > level
    ]
    for titles, group in groupby(numbered, key=lambda item: item[1]):
        places = [place for place, _ in group]
        yield places[0], places[-1], titles[-1]


def _data_style(column: Column) -> Style:
    if column.form is Form.MONEY:
        return Style(align="right", number=_NUMBERS[column.form])
    if column.wide:
        return Style(align="left", fit="wrap", number="@")
    return Style(fit="shrink", number=_NUMBERS[column.form])


def _total_styles(layout: Layout) -> list[Style]:
    styles = [Style(bold=True, number=_NUMBERS[c.form] if c.total else "General") for c in layout.columns]
    if layout.counted is not None:
        styles[layout.counted] = Style(bold=True, number=f'0"{layout.unit}"')
    return styles


def _line(sheet: StyledSheet, last: int, text: str, style: Style, height: float) -> None:
    """A row of one text over all columns."""
    sheet.merge(sheet.next_row, 1, sheet.next_row, last)
    sheet.put(sheet.band([style] * last), [text, *[None] * (last - 1)], height)


def _set_up_page(sheet: StyledSheet, layout: Layout, paper: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"{header_rows(layout) - layout.levels + 1}:{header_rows(layout)}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.75, 0.35
    sheet.oddFooter.center.text = "第&P页 共&N页"
    sheet.sheet_format.defaultRowHeight = _ROW_HEIGHT
    sheet.sheet_format.customHeight = True
