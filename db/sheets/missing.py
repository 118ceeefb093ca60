"""欠件清单 as a workbook to be sent to the villages: a sheet a village, ruled and ready to be ticked off.

As on the paper, names stand in it and no number of anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from openpyxl import Workbook

from db.sheets.styled import Style, StyledSheet
from db.store.files import atomic_write

TITLES = ("序号", "村民小组", "户主姓名（文件）", "步骤", "欠的材料", "怎么补", "已补")
_WIDTHS = (6, 12, 26, 12, 34, 44, 8)
_TITLE, _NOTE = Style(size=16, bold=True, align="left", box=False), Style(align="left", box=False)
_HEAD, _MID, _LEFT = Style(bold=True), Style(), Style(align="left", fit="wrap")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31


@dataclass(frozen=True, slots=True)
class MissingSheet:
    """One village: ``rows`` are 村民小组, 户主姓名 or the paper, 步骤, 欠的材料, 怎么补."""

    name: str
    title: str
    note: str
    rows: Sequence[tuple[str, str, str, str, str]]


def write(path: Path, sheets: Sequence[MissingSheet]) -> None:
    """Write the villages into ``path``; Known when the file cannot be written, and then the old one stands."""
    atomic_write(path, partial(_save, sheets))


def _save(sheets: Sequence[MissingSheet], path: Path) -> None:
    book = Workbook(write_only=True)
    made: list[StyledSheet] = []
    try:
        for one in sheets:
            made.append(StyledSheet(book, sheet_title(one.name), _WIDTHS, len(one.rows) + 3))
            _fill(made[-1], one)
        book.save(path)
    except BaseException:
        for sheet in made:
            sheet.discard()
        raise


def _fill(sheet: StyledSheet, one: MissingSheet) -> None:
    blank = (None,) * (len(TITLES) - 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.put(sheet.band((_TITLE,) * len(TITLES)), (one.title, *blank), 28)
    sheet.put(sheet.band((_NOTE,) * len(TITLES)), (one.note, *blank))
    sheet.put(sheet.band((_HEAD,) * len(TITLES)), TITLES, 22)
    band = sheet.band((_MID, _MID, _LEFT, _MID, _LEFT, _LEFT, _MID))
    for number, row in enumerate(one.rows, 1):
        sheet.put(band, (number, *row, ""))


def sheet_title(name: str) -> str:
    """A name Excel takes for a sheet."""
    return _FORBIDDEN.sub(" ", name)[:_LONGEST_TITLE].strip("' ") or "欠件清单"
