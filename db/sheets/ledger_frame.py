"""One ledger sheet on the page: the county's title, unit row and merged header above the rows, 合计, note and signatures below.

The frame follows the reports of 广东扶贫云: title over all columns, 填报单位 · month · 单位 in the second row, thin borders, the header on
every printed page, one page wide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from db.sheets import drill
from db.sheets.layouts.declared import DASH, Column, Form, Layout
from db.sheets.ledger_rows import Row, captions, header_rows, row_count, totals
from db.sheets.ledger_tables import Sheet
from db.sheets.styled import Align, Band, Style, StyledSheet

SIGNATURES = "单位负责人：{0}审核人：{0}填表人：{0}联系电话：{0}填报日期：      年    月    日".format("　" * 10)
_NUMBERS = {Form.CODE: "@", Form.TEXT: "@", Form.MONEY: "#,##0.00", Form.ORDER: "0", Form.COUNT: "0", Form.YEAR: "0"}
_A3, _A4 = "8", "9"
_MOST_ON_A4 = 20
_ROW_HEIGHT, _LINE_HEIGHT, _HEADER_HEIGHT = 18.0, 13.5, 30.0
_NARROW = 100
"""Where the widths of a sheet add up to less, its signatures take two lines."""


def new_sheet(book: Workbook, sheet: Sheet) -> StyledSheet:
    """The sheet with everything above its rows."""
    layout = sheet.layout
    widths = [column.width for column in layout.columns]
    rows = header_rows(sheet) + row_count(sheet) + 2 + len(notes(sheet))
    page = StyledSheet(book, layout.name, widths, rows)
    if sheet.choice.freeze:
        page.freeze_panes = f"{get_column_letter(layout.frozen + 1)}{header_rows(sheet) + 1}"
    _set_up_page(page, sheet, _A3 if len(widths) > _MOST_ON_A4 else _A4)
    _title(page, sheet)
    _header(page, captions(sheet), widths)
    return page


def data_band(page: StyledSheet, layout: Layout) -> Band:
    """The cells every data row is written with."""
    return page.band([_data_style(column) for column in layout.columns])


def height_of(row: Row, layout: Layout) -> float | None:
    """The height of a row whose wide columns need more than one line, else None."""
    lines = 1
    for value, column in zip(row, layout.columns, strict=True):
        if column.wide and isinstance(value, str):
            lines = max(lines, -(-2 * len(value) // int(column.width)))
    return None if lines == 1 else min(lines * _LINE_HEIGHT + 4, 400.0)


def close_sheet(page: StyledSheet, sheet: Sheet) -> None:
    """合计, the notes and the line of signatures."""
    layout, total = sheet.layout, totals(sheet)
    last = len(layout.columns)
    label = next((place for place, value in enumerate(total) if place and value is not None), last)
    if label > 1:
        page.merge(page.next_row, 1, page.next_row, label)
    page.put(page.band(_total_styles(layout)), total, 20)
    wide = int(sum(column.width for column in layout.columns))
    for note in notes(sheet):
        lines = -(-2 * len(note) // wide)
        _line(page, last, note, Style(align="left", box=False, fit="wrap"), lines * _LINE_HEIGHT + 4)
    _line(page, last, SIGNATURES, Style(size=11, align="left", box=False, fit="wrap"), 26 if wide >= _NARROW else 40)


def notes(sheet: Sheet) -> tuple[str, ...]:
    """What the foot says of the figures, of the columns that carry —, and of how this copy was made."""
    every = [*sheet.layout.notes]
    columns = zip(sheet.layout.columns, captions(sheet), strict=True)
    missing = [*dict.fromkeys(_caption(titles) for column, titles in columns if not column.source)]
    if missing:
        every.append(f"“{DASH}”表示程序尚未登记该项资料，不是零。本表尚未登记的栏目：{'、'.join(missing)}。")
    if sheet.scope:
        villages = [row.village for row in sheet.about.villages]
        every.append(f"本表只含{'、'.join(villages)}（{len(villages)}个村），合计为这些村之和。")
    if sheet.choice.repeat and any(column.once and column.total for column in sheet.layout.columns):
        every.append("户的各栏在每人一行里都填写；合计里的人数每户只计一次，不是各行之和。")
    if sheet.choice.wan and sheet.layout.money:
        every.append("金额以万元计，截到两位小数、不四舍五入；合计先按元加总再截，与各行之和可能有尾差。")
    if sheet.choice.masked:
        every.append("本件对外，证件号码、电话、账号只留后四位。")
    if sheet.about.receipt:
        every.append(f"本月已月结，回执编号{sheet.about.receipt}。")
    return tuple(f"{'注：' if place == 0 else '　　'}{text}" for place, text in enumerate(every))


def _caption(titles: tuple[str, ...]) -> str:
    """What a column is called away from its header: 终止 for 终止 户, 脱贫计划 for 计划."""
    group, title = titles[0], titles[-1]
    if title in ("户", "人"):
        return group
    return group + title if len(group) == len(title) == 2 else title


def _title(page: StyledSheet, sheet: Sheet) -> None:
    about, last = sheet.about, len(sheet.layout.columns)
    masked = "（脱敏）" if sheet.choice.masked else ""
    _line(
        page, last, drill.titled(f"{about.town}{sheet.layout.name}{masked}"), Style("方正小标宋简体", 20, box=False), 36
    )
    money = ("、万元" if sheet.choice.wan else "、元") if sheet.layout.money else ""
    period = f"{sheet.period}　{sheet.scope}" if sheet.scope else sheet.period
    third = max(last // 3, min(2, (last - 1) // 2))
    parts: tuple[tuple[int, int, Align, str], ...] = (
        (1, third, "left", f"填报单位（盖章）：{about.town}人民政府"),
        (third + 1, last - third, "center", period),
        (last - third + 1, last, "right", f"单位：户、人{money}"),
    )
    styles = [Style(size=11, box=False)] * last
    row: Row = [None] * last
    for left, right, align, text in parts:
        row[left - 1] = text
        styles[left - 1] = Style(size=11, align=align, box=False)
        page.merge(2, left, 2, right)
    page.put(page.band(styles), row, 22)


def _header(page: StyledSheet, titles: Sequence[tuple[str, ...]], widths: Sequence[float]) -> None:
    levels, top = max(map(len, titles)), page.next_row
    heights = [_ROW_HEIGHT + 2] * (levels - 1) + [_HEADER_HEIGHT]
    band = page.band([Style(bold=True, fit="wrap")] * len(titles))
    rows: list[Row] = [[None] * len(titles) for _ in range(levels)]
    for first, left, bottom, right, text in blocks(titles):
        rows[first][left] = text
        if (bottom, right) != (first, left):
            page.merge(top + first, left + 1, top + bottom, right + 1)
        lines = -(-2 * len(text) // sum(widths[left : right + 1]))
        heights[bottom] += max(lines * _LINE_HEIGHT + 3 - sum(heights[first : bottom + 1]), 0)
    for texts, height in zip(rows, heights, strict=True):
        page.put(band, texts, height)


def blocks(titles: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int, int, int, str]]:
    """The captions as rectangles (top, left, bottom, right, text), counted from 0: neighbours under the same captions share theirs, and
    one goes down as far as its column has no other below."""
    levels = max(map(len, titles))
    paths = [(*path, *[path[-1]] * (levels - len(path))) for path in titles]
    for left, path in enumerate(paths):
        for top in range(levels):
            if top and path[top] == path[top - 1]:
                continue
            bottom = top
            while bottom + 1 < levels and path[bottom + 1] == path[top]:
                bottom += 1
            if left and paths[left - 1][: bottom + 1] == path[: bottom + 1]:
                continue
            right = left
            while right + 1 < len(paths) and paths[right + 1][: bottom + 1] == path[: bottom + 1]:
                right += 1
            yield top, left, bottom, right, path[top]


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


def _line(page: StyledSheet, last: int, text: str, style: Style, height: float) -> None:
    """A row of one text over all columns."""
    page.merge(page.next_row, 1, page.next_row, last)
    page.put(page.band([style] * last), [text, *[None] * (last - 1)], height)


def _set_up_page(page: StyledSheet, sheet: Sheet, paper: str) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = paper
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    page.print_title_rows = f"{header_rows(sheet) - sheet.layout.levels + 1}:{header_rows(sheet)}"
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom, page.page_margins.footer = 0.6, 0.75, 0.35
    page.oddFooter.center.text = "第&P页 共&N页"
    page.sheet_format.defaultRowHeight = _ROW_HEIGHT
    page.sheet_format.customHeight = True
