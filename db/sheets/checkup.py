"""数据体检清单 as a workbook: a sheet a village, ruled, with a column for what was done about each finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openpyxl import Workbook

from db.sheets.missing import sheet_title
from db.sheets.styled import Style, StyledSheet
from db.store.files import atomic_write

TITLES = ("序号", "村民小组", "户主", "成员", "类别", "查出的问题", "已说明的理由", "处理结果")
_WIDTHS = (6, 12, 12, 12, 26, 60, 24, 18)
_TITLE, _NOTE = Style(size=16, bold=True, align="left", box=False), Style(align="left", box=False)
_HEAD, _MID, _LEFT = Style(bold=True), Style(), Style(align="left", fit="wrap")


@dataclass(frozen=True, slots=True)
class CheckupSheet:
    """One village: ``rows`` are 村民小组, 户主, 成员, 类别, 查出的问题, 已说明的理由."""

    name: str
    title: str
    note: str
    rows: Sequence[tuple[str, str, str, str, str, str]]


def write(path: Path, villages: Sequence[CheckupSheet]) -> None:
    """Write the lists into ``path``; Known when the file cannot be written, and then the old one stands."""
    atomic_write(path, partial(_save, villages))


def _save(villages: Sequence[CheckupSheet], path: Path) -> None:
    book = Workbook(write_only=True)
    made: list[StyledSheet] = []
    try:
        for one in villages:
            made.append(StyledSheet(book, sheet_title(one.name), _WIDTHS, len(one.rows) + 3))
            _fill(made[-1], one)
        book.save(path)
    except BaseException:
        for sheet in made:
            sheet.discard()
        raise


def _fill(sheet: StyledSheet, one: CheckupSheet) -> None:
    blank = (None,) * (len(TITLES) - 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.put(sheet.band((_TITLE,) * len(TITLES)), (one.title, *blank), 28)
    sheet.put(sheet.band((_NOTE,) * len(TITLES)), (one.note, *blank))
    sheet.put(sheet.band((_HEAD,) * len(TITLES)), TITLES, 22)
    band = sheet.band((_MID, _MID, _MID, _MID, _LEFT, _LEFT, _LEFT, _MID))
    for number, row in enumerate(one.rows, 1):
        sheet.put(band, (number, *row, ""))
