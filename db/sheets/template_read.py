"""Reading a county's blank form: looked through for harm, turned into .xlsx where it is .xls, its sheets understood one by one."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from db.errors import Known
from db.sheets import prescan, refusing
from db.sheets.book import Book
from db.sheets.findings import Ticket
from db.sheets.header import captions_of
from db.sheets.kinds import Kind
from db.sheets.kinds import kind_of as kind_of_file
from db.sheets.opening import read_book
from db.sheets.template import Blank, FormKind, FormSheet, Slot, Template
from db.sheets.template_figures import items, pairs
from db.sheets.template_find import HAN, Table, find_table, is_frame, left_out
from db.sheets.template_frame import blanks_of
from db.sheets.template_grid import Grid, grid_of
from db.sheets.template_kinds import item_columns, kind_of, named_rows, place_column, units_in

_LOST: tuple[tuple[str, bytes, str], ...] = (
    (r"xl/drawings/drawing\d*\.xml", b"<xdr:(?:sp|cxnSp|grpSp)[ >]", "文本框、线条等图形"),
    (r"xl/ctrlProps/.*|xl/activeX/.*", b"", "勾选框、按钮等控件"),
    (r"xl/worksheets/[^/]*\.xml", rb"<x14:dataValidation ", "引用其他工作表的下拉选项"),
    (r"xl/worksheets/[^/]*\.xml", rb"<x14:conditionalFormatting ", "新式条件格式"),
)
_STEPS = 3
_MOST_FILLED = 3000
"""Rows with anything in them; a form that names every village and explains itself at length has a few hundred."""


def read_template(path: Path, villages: Sequence[str] = (), ticket: Ticket | None = None) -> Template:
    """The form in a file; ``villages`` are the town's, by which rows named beforehand are known.

    Known, one sentence: it cannot be read, or nothing in it asks to be filled.
    """
    _tell(ticket, 0, "打开表样")
    data = _bytes(path)
    if ticket is not None:  # a process of its own reads it first, which can be stopped where a file never ends
        _check_blank(read_book(path, ticket))
    content, left = as_xlsx(data, path.name)
    _tell(ticket, 1, "找表头")
    book = load(content, path.name)
    sheets = [made for n, sheet in enumerate(book.worksheets) if (made := understood(n, sheet, villages)) is not None]
    if not sheets:
        raise Known(
            f"“{path.name}”里没有找到表头，也没有带标签的空格。", "请核对是不是县里发的空表；表头须在前 40 行内。"
        )
    _tell(ticket, 2, "核对格式")
    return Template(path.name, sha256(data).hexdigest(), content, tuple(sheets), (*left, *losses_of(content)))


def _check_blank(book: Book) -> None:
    """Refuse a workbook that is full of data: it is somebody's list, not a form to be filled."""
    for sheet in book.sheets:
        filled = sum(1 for row in sheet.rows if any(cell != "" for cell in row))
        if filled > _MOST_FILLED:
            text = f"“{book.name}”的“{sheet.name}”已有 {filled:,} 行内容，不像空表。"
            raise Known(text, "请选择县里发的空表；要录入名册，请到“申请与名册”。")


def as_xlsx(data: bytes, name: str) -> tuple[bytes, tuple[str, ...]]:
    """The workbook as .xlsx and what was lost on the way; Known for what is no workbook, protected, damaged or too large."""
    kind, what = kind_of_file(data)
    if kind is Kind.OLD and "EncryptedPackage".encode("utf-16-le") not in data:
        from db.sheets.template_xls import converted

        return converted(data, name)
    if kind not in (Kind.PACKAGE, Kind.OLD):
        said = what or "不是 Excel 工作簿"
        raise refusing.refusal(name, said, "表样须是 .xlsx 或 .xls，请用 WPS 打开，另存为 .xlsx 再选择。")
    if prescan.scan(data, name).strict:  # openpyxl finds no sheet at all in it
        raise refusing.refusal(name, "是“严格 Open XML”格式，这种格式填不了", refusing.RESAVE)
    return data, ()


def load(content: bytes, name: str) -> Any:  # noqa: ANN401 - openpyxl's workbook has no useful type here
    """The form as openpyxl holds it, rich text kept."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(content), rich_text=True)
    except (ValueError, LookupError, TypeError, AttributeError, OSError, ParseError, zlib.error, zipfile.BadZipFile):
        raise refusing.damaged(name) from None


def losses_of(content: bytes) -> tuple[str, ...]:
    """What of a form a filled copy cannot keep, as sentences."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        lost = [
            what
            for pattern, mark, what in _LOST
            if any(re.fullmatch(pattern, n) and (not mark or re.search(mark, archive.read(n))) for n in names)
        ]
        found = [f"表样里的{'、'.join(dict.fromkeys(lost))}不能照搬，填好后请在 WPS 里补上"] if lost else []
        if any(n.lower().endswith("vbaproject.bin") for n in names):
            found.append("表样带宏，填好的表不带宏")
        if any(re.fullmatch(r"xl/media/.*", n) for n in names) and not _pictures():
            found.append("表样里的图片不能照搬，填好后请在 WPS 里补上")
    return tuple(found)


def _pictures() -> bool:
    from openpyxl.drawing import image

    return bool(image.PILImage)


def understood(number: int, sheet: Any, villages: Sequence[str] = ()) -> FormSheet | None:  # noqa: ANN401
    """One sheet; None when it is hidden or asks for nothing."""
    if sheet.sheet_state != "visible":
        return None
    grid = grid_of(sheet)
    table = find_table(grid)
    if table is None:
        return _percents(sheet, _figures(number, grid))
    captions = captions_of(grid.sheet, table.top, table.bottom)
    paths = {i: p for i, p in captions.items() if table.left <= i <= table.right and not _is_covered(grid, table, i)}
    listed = item_columns(paths)
    has_items = listed is not None and any(grid.own[r][listed[0]] for r in range(table.first, grid.rows))
    place, named = named_rows(grid, table, villages)
    if len(named) == 1 and kind_of(paths, {}, False) in (FormKind.HOUSEHOLD, FormKind.PERSON):
        named = {}  # a row that shows how to fill in, or the town's name printed beforehand
    kind = kind_of(paths, named, has_items)
    if kind is FormKind.FIGURES:
        return _percents(sheet, _listed(number, grid, table, paths))
    if not named:
        place = place_column(paths) or table.left
        table = find_table(grid, past_subtotals=False) or table
    said = (*left_out(grid, table), *(() if named else _written_over(grid, table)))
    return FormSheet(
        number, sheet.title, kind, table.top, table.bottom, table.first, table.room, _columns(sheet, grid, table, paths),
        table.total, named, place, table.examples, _left_blank(grid, table, table.total), _blanks(grid, table), frozenset(grid.formulas),
        {row: _left_blank(grid, table, row) for row in table.subtotals}, said,
    )  # fmt: skip


def _percents(sheet: Any, form: FormSheet | None) -> FormSheet | None:  # noqa: ANN401
    """The form with what its single cells show as a percentage."""
    if form is None:
        return None
    slots = (replace(s, percent="%" in sheet.cell(s.row + 1, s.index + 1).number_format) for s in form.slots)
    return replace(form, slots=tuple(slots))


def _written_over(grid: Grid, table: Table) -> tuple[str, ...]:
    """Words that stand where rows are to be filled in, examples left out."""
    rows = (row for row in range(table.first, table.first + table.room) if row not in table.examples)
    found = [row for row in rows if any(HAN.search(text) for _, text in grid.texts(row))]
    if not found:
        return ()
    more = f"等 {len(found)} 行" if len(found) > 1 else ""
    return (f"第{found[0] + 1}行{more}表样里已写了字，填了的列会换成档案里的",)


def _is_covered(grid: Grid, table: Table, column: int) -> bool:
    """Whether a column only widens the one left of it: their own caption is merged over both."""
    row = next((r for r in range(table.bottom, table.top - 1, -1) if grid.shown[r][column]), table.bottom)
    return any(t <= row <= b and le < column <= r for t, le, b, r in grid.sheet.merges)


def _left_blank(grid: Grid, table: Table, row: int | None) -> tuple[int, ...]:
    """The columns of a row of 合计 or 小计 that the form leaves to whoever fills it in."""
    if row is None:
        return ()
    hidden = {c for t, le, b, r in grid.sheet.merges if t <= row <= b for c in range(le, r + 1)}
    columns = range(table.left, table.right + 1)
    return tuple(c for c in columns if c not in hidden and not grid.own[row][c] and (row, c) not in grid.formulas)


def _figures(number: int, grid: Grid) -> FormSheet | None:
    slots = pairs(grid)
    if not slots:
        return None
    rows = [row for row in range(grid.rows) if (texts := grid.texts(row)) and any(is_frame(t) for _, t in texts)]
    return FormSheet(
        number,
        grid.sheet.name,
        FormKind.FIGURES,
        0,
        0,
        0,
        0,
        slots,
        blanks=blanks_of(grid, rows),
        formulas=frozenset(grid.formulas),
    )


def _listed(number: int, grid: Grid, table: Table, paths: dict[int, tuple[str, ...]]) -> FormSheet | None:
    slots = items(grid, table, paths)
    if not slots:
        return None
    kind, blanks = FormKind.FIGURES, _blanks(grid, table)
    return FormSheet(
        number,
        grid.sheet.name,
        kind,
        table.top,
        table.bottom,
        table.first,
        0,
        slots,
        blanks=blanks,
        formulas=frozenset(grid.formulas),
    )


def _columns(sheet: Any, grid: Grid, table: Table, paths: dict[int, tuple[str, ...]]) -> tuple[Slot, ...]:  # noqa: ANN401
    around = [text for row in range(table.top) for _, text in grid.texts(row) if "单位" in text]
    general = units_in(around)
    return tuple(
        Slot(
            index,
            path,
            formula=(table.first, index) in grid.formulas,
            unit=units_in([f"（{path[-1]}）" if path[-1] == "元" else text for text in path]) or general,
            choices=_choices(sheet, table.first + 1, index + 1),
            percent="%" in sheet.cell(table.first + 1, index + 1).number_format,
        )
        for index, path in sorted(paths.items())
    )


def _choices(sheet: Any, row: int, column: int) -> tuple[str, ...]:  # noqa: ANN401
    """What a drop-down list on a cell allows, where it names the words itself."""
    from openpyxl.utils import get_column_letter

    place = f"{get_column_letter(column)}{row}"
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list" and place in rule.sqref and str(rule.formula1 or "").startswith('"'):
            return tuple(word.strip() for word in str(rule.formula1).strip('"').split(","))
    return ()


def _blanks(grid: Grid, table: Table) -> tuple[Blank, ...]:
    rows = [*range(table.top), *range(table.foot, grid.rows)]
    return blanks_of(grid, rows)


def _bytes(path: Path) -> bytes:
    if path.name.startswith("~$"):
        raise refusing.refusal(path.name, "是 Excel 打开文件时的临时文件", "请选择名字里没有“~$”的那一个。")
    try:
        if path.stat().st_size > refusing.LARGEST_FILE:
            raise refusing.refusal(path.name, f"超过 {refusing.LARGEST_FILE // 2**20} MB", "请去掉图片再试。")
        return path.read_bytes()
    except OSError as error:
        from db.store.files import unreadable

        raise unreadable(error, path) from None


def _tell(ticket: Ticket | None, done: int, text: str) -> None:
    if ticket is not None:
        ticket.check()
        ticket.report(done, _STEPS, text)
