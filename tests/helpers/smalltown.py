"""Two villages of twelve households cut from the demo town, with a planted case of every kind that must stay out.

南夏村: a pair nobody can tell apart, a 七不进 hit that stands, a missing signature, a vote that failed. 岭头村: two households the roster's
faults keep out, a 七不进 hit that is excused, votes that do not add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from desktop.tour.workbooks import DEMO_TOWN, Workbooks, demo

AMBIGUOUS, UPHELD, UNSIGNED, FAILED = "陈某娣", "戴某光", "庞某庆", "林某胜"
EXCUSED, MISCOUNTED, FAULTY = "殷某文", "冼某义", ("彭某平", "冼某观")
CAR = "小汽车登记在户主名下"
HEADS: Mapping[str, tuple[str, ...]] = {
    "南夏村": ("罗某金", "符某火", "戴某养", "许某军", "许某新", "李某平", "林某日", AMBIGUOUS, UPHELD, UNSIGNED, FAILED),
    "岭头村": (
        "许某文", "莫某志", "叶某安", "麦某才", "陈某旺", "邓某彩", MISCOUNTED, "林某贵", *FAULTY, EXCUSED, "何某荣",
    ),
}  # fmt: skip
FILLED_ON, CLOCK_ENDS = date(2016, 5, 25), date(2016, 9, 1)


def cut(folder: Path) -> Workbooks:
    """Write the small town's three workbooks into ``folder``."""
    whole = demo()
    made = Workbooks(DEMO_TOWN, *(folder / path.name for path in (whole.roster, whole.visits, whole.appraisals)))
    _roster(whole.roster, made.roster)
    _visits(whole.visits, made.visits)
    _votes(whole.appraisals, made.appraisals)
    return made


def _roster(source: Path, target: Path) -> None:
    book = openpyxl.load_workbook(source)
    for sheet, first in ((book["贫困户"], 5), (book["贫困人口"], 3)):
        out = []
        for row in range(first, sheet.max_row + 1):
            village, head = _text(sheet, row, 2), _text(sheet, row, 4)
            filled = isinstance(sheet.cell(row, 1).value, int)
            total = _text(sheet, row, 1) == "合计"
            if total or (filled and head not in HEADS.get(village, ())):
                out.append(row)
        _drop(sheet, out)
    book.save(target)


def _visits(source: Path, target: Path) -> None:
    book = openpyxl.load_workbook(source)
    _keep(book, 3)
    sheet = book["南夏村"]
    titles = {str(cell.value).split("\n")[0]: place for place, cell in enumerate(sheet[2], 1)}
    upheld, unsigned = _row(sheet, UPHELD), _row(sheet, UNSIGNED)
    for title, text in (("七不进3", "是"), ("说明", CAR), ("核实结论", "不符合")):
        sheet.cell(upheld, titles[title]).value = text
    for title, text in (("调查人签名", "缺一"), ("核实结论", "待补充")):
        sheet.cell(unsigned, titles[title]).value = text
    book.save(target)


def _votes(source: Path, target: Path) -> None:
    book = openpyxl.load_workbook(source)
    _keep(book, 4)
    sheet = book["岭头村"]
    sheet.cell(_row(sheet, MISCOUNTED), 5).value = 45
    book.save(target)


def _keep(book: openpyxl.Workbook, first: int) -> None:
    for sheet in book.worksheets:
        if sheet.title not in HEADS:
            book.remove(sheet)
            continue
        rows = range(first, sheet.max_row + 1)
        _drop(sheet, [row for row in rows if _text(sheet, row, 2) not in HEADS[sheet.title]])


def _drop(sheet: Worksheet, rows: Sequence[int]) -> None:
    """Take rows out, those that follow each other at once: every call moves all that stands below."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in reversed(runs):
        sheet.delete_rows(run[0], len(run))


def _row(sheet: Worksheet, head: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if _text(sheet, row, 2) == head)


def _text(sheet: Worksheet, row: int, column: int) -> str:
    return "".join(str(sheet.cell(row, column).value or "").split())
