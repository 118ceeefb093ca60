"""Lists sent out to the villages as a workbook (欠件清单, 数据体检清单, 比对结果): a sheet a village, ruled, with an empty column to be filled in.

As on paper, names stand in them and no number of anybody; but for 比对结果, whose numbers are masked unless the office keeps the copy.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openpyxl import Workbook

from db.sheets import drill
from db.sheets.styled import Style, StyledSheet
from db.store.files import atomic_write

_TITLE, _NOTE = Style(size=16, bold=True, align="left", box=False), Style(align="left", box=False)
_HEAD, _MID, _LEFT = Style(bold=True), Style(), Style(align="left", fit="wrap")
_CODE = Style(number="@")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its title, its width in characters, whether sentences stand in it, whether it is a code that stays text when edited."""

    title: str
    width: float
    prose: bool = False
    code: bool = False


MISSING = (
    Heading("序号", 6), Heading("村民小组", 12), Heading("户主姓名（文件）", 26, True), Heading("步骤", 12),
    Heading("欠的材料", 34, True), Heading("怎么补", 44, True), Heading("已补", 8),
)  # fmt: skip
CHECKUP = (
    Heading("序号", 6), Heading("村民小组", 12), Heading("户主", 12), Heading("成员", 12), Heading("类别", 26, True),
    Heading("查出的问题", 60, True), Heading("已说明的理由", 24, True), Heading("处理结果", 18),
)  # fmt: skip
LACKING = (
    Heading("序号", 6), Heading("村民小组", 14), Heading("户主", 14), Heading("成员", 14), Heading("档案里空着的", 40, True), Heading("补填", 30),
)  # fmt: skip
CROSSED = (
    Heading("序号", 6), Heading("村", 10), Heading("村民小组", 10), Heading("户主", 10), Heading("姓名", 10),
    Heading("身份证号", 20, code=True), Heading("比对项目", 12), Heading("名单（单位、日期）", 24, True), Heading("比中的情况", 36, True),
    Heading("名单里的内容", 36, True), Heading("涉及条款", 24, True), Heading("核实结果", 14), Heading("情况说明", 36, True),
    Heading("附件", 22, True), Heading("说明人和日期", 18), Heading("备注", 14),
)  # fmt: skip
"""The first column counts, the last is left empty; what stands between are the rows of a list."""


@dataclass(frozen=True, slots=True)
class VillageList:
    """One village: ``name`` for the tab, a title, a sentence below it, and rows of text without the first and the last column."""

    name: str
    title: str
    note: str
    rows: Sequence[tuple[str, ...]]


def write(path: Path, headings: Sequence[Heading], villages: Sequence[VillageList]) -> None:
    """Write the villages into ``path``; Known when the file cannot be written, and then the old one stands."""
    atomic_write(path, partial(_save, headings, villages))


def _save(headings: Sequence[Heading], villages: Sequence[VillageList], path: Path) -> None:
    book = Workbook(write_only=True)
    made: list[StyledSheet] = []
    widths = tuple(one.width for one in headings)
    try:
        for one in villages:
            made.append(StyledSheet(book, sheet_title(one.name), widths, len(one.rows) + 3))
            _fill(made[-1], headings, one)
        drill.mark(book)
        book.save(path)
    except BaseException:
        for sheet in made:
            sheet.discard()
        raise


def _fill(sheet: StyledSheet, headings: Sequence[Heading], one: VillageList) -> None:
    wide = len(headings)
    blank = (None,) * (wide - 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.put(sheet.band((_TITLE,) * wide), (drill.titled(one.title), *blank), 28)
    sheet.put(sheet.band((_NOTE,) * wide), (one.note, *blank))
    sheet.put(sheet.band((_HEAD,) * wide), tuple(heading.title for heading in headings), 22)
    band = sheet.band(tuple(_CODE if one.code else _LEFT if one.prose else _MID for one in headings))
    for number, row in enumerate(one.rows, 1):
        sheet.put(band, (number, *row, ""))


def sheet_title(name: str) -> str:
    """A name Excel takes for a sheet."""
    return _FORBIDDEN.sub(" ", name)[:_LONGEST_TITLE].strip("' ") or "清单"
