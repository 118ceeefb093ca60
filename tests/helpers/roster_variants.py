"""The same villages in further arrangements that villages send: other columns in every block, households on every row, all as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tests.helpers.roster_layouts import FOOT, HEAD_ROW, MINE, OWN, book, of_village
from tests.helpers.rosters import VILLAGES, Home, Written, homes

CAPTIONS = {**HEAD_ROW, "head_name": "户主姓名", "head_sex": "户主性别", "head_id": "户主身份证号码"}
HEADLESS = tuple(key for key in OWN if not key.startswith("head") and key != "group")


def _captions(sheet: Worksheet, row: int, keys: Iterable[str]) -> None:
    for column, key in enumerate(keys, 1):
        sheet.cell(row, column, CAPTIONS.get(key, "序号"))


def _families(
    written: Written,
    sheet: Worksheet,
    row: int,
    keys: Sequence[str],
    families: Iterable[tuple[int, Home]],
    gap: int = 0,
) -> int:
    """Write households with their columns on the head's row; the first row below them."""
    for home, one in families:
        written.line(sheet, row, keys, one.own, home, -1)
        for person, values in enumerate(one.people):
            written.line(sheet, row, keys, values, home, person)
            row += 1
        row += gap
    return row


def shuffled_blocks(path: Path, made: Sequence[Home]) -> Written:
    """A block for each village, its columns in another order every time, the village in the title above."""
    workbook, sheet = book()
    written, chance, row = Written(), Random(3), 1
    for village in VILLAGES:
        keys = ["group", *MINE, *HEADLESS]
        chance.shuffle(keys)
        sheet.cell(row, 1, f"华阳镇{village}相对贫困户登记表")
        _captions(sheet, row + 1, keys)
        row = _families(written, sheet, row + 2, keys, of_village(village, made)) + 1
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written


def growing_blocks(path: Path, made: Sequence[Home]) -> Written:
    """A few households under a short header, the others under one with more columns right below."""
    workbook, sheet = book()
    written = Written()
    short = ["village", "group", *MINE, *(key for key in HEADLESS if key not in ("phone", "bank_card"))]
    long = ["village", "group", *HEADLESS, *MINE]
    sheet.cell(1, 1, "名册")
    _captions(sheet, 2, short)
    row = _families(written, sheet, 3, short, [(n, made[n]) for n in range(5)])
    _captions(sheet, row + 1, long)
    row = _families(written, sheet, row + 2, long, [(n, made[n]) for n in range(5, len(made))])
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written


def marked_households(path: Path, made: Sequence[Home]) -> Written:
    """A sheet of households with each village's name and a header above its own; one of persons that names heads without numbers."""
    workbook, sheet = book()
    persons = workbook.create_sheet("人")
    sheet.title = "户"
    written, row, line = Written(), 1, 2
    _captions(persons, 1, ("village", "head_name", *MINE))
    for village in VILLAGES:
        sheet.cell(row, 1, village)
        _captions(sheet, row + 1, ("", *OWN))
        row += 2
        for home, one in of_village(village, made):
            written.line(sheet, row, ("", *OWN), one.own, home, -1)
            row += 1
            for person, values in enumerate(one.people):
                persons.cell(line, 1, village)
                persons.cell(line, 2, homes()[home].own["head_name"])
                written.line(persons, line, ("", "", *MINE), values, home, person)
                line += 1
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written


def _as_text(_: str, value: Any) -> Any:
    """What a system exports: every figure as text."""
    if isinstance(value, float) and abs(value) < 1e12:
        return str(int(value)) if value.is_integer() else str(value)
    return str(value)


def texts_on_every_row(path: Path, made: Sequence[Home]) -> Written:
    """Everything as text; the household's columns, without the head's sex, on every row."""
    workbook, sheet = book()
    written = Written()
    keys = ("village", "group", "head_name", "head_id", *MINE, *HEADLESS)
    _captions(sheet, 1, keys)
    row = 2
    for home, one in enumerate(made):
        for person, values in enumerate(one.people):
            written.line(sheet, row, keys, one.own, home, -1, _as_text)
            written.line(sheet, row, keys, values, home, person, _as_text)
            row += 1
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written


def nameless_on_every_row(path: Path, made: Sequence[Home]) -> Written:
    """The household's columns on every row and nothing of its head but his own row."""
    workbook, sheet = book()
    written = Written()
    keys = ("village", "group", *MINE, *HEADLESS)
    _captions(sheet, 1, keys)
    row = 2
    for home, one in enumerate(made):
        for person, values in enumerate(one.people):
            written.line(sheet, row, keys, one.own, home, -1)
            written.line(sheet, row, keys, values, home, person)
            row += 1
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written


def marked_lines(path: Path, made: Sequence[Home]) -> Written:
    """One header; the village on a line of its own above its households, which a blank line parts."""
    workbook, sheet = book()
    written = Written()
    keys = (*MINE, *HEADLESS, "group")
    _captions(sheet, 1, keys)
    row = 2
    for number, village in zip("一二三", VILLAGES, strict=True):
        sheet.cell(row, 1, f"（{number}）{village}")
        row = _families(written, sheet, row + 1, keys, of_village(village, made), gap=1)
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written
