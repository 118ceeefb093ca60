"""Reading a workbook of visits (入户核实结果汇总): one sheet a village, one row a household, every item as the visitors wrote it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from db.fields.base import Field
from db.fields.kinds import squeeze
from db.rules.codes import Bar, Entry, Finding, Priority, Verdict
from db.rules.eligibility import LOOK_WORDS, Verification
from db.sheets.cells import Line
from db.sheets.findings import SheetFinding, Ticket, blocked
from db.sheets.header import SEARCHED, Titles
from db.sheets.layouts import visits as layout
from db.sheets.matching import RowKey
from db.sheets.opening import read_book
from db.sheets.places import Places
from db.sheets.village import VillageSheet, village_sheets
from db.sheets.workbook import Sheet


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One household's visit. ``verification`` is None when the row has no readable date; an item left blank or unreadable is missing
    from its mappings and a finding says so. ``faulty`` rows (a finding of severity E) are listed, never applied."""

    sheet: str
    row: int
    village: str
    group: str
    head_name: str
    size: int | None
    verification: Verification | None
    findings: tuple[SheetFinding, ...]
    faulty: bool

    @property
    def key(self) -> RowKey:
        """What `db.sheets.matching` matches it by."""
        return RowKey(self.village, self.group, self.head_name, self.size)


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """One sheet; ``village`` is the town's own spelling, "" when the sheet belongs to none: then its rows name theirs, or a finding
    says so."""

    sheet: str
    village: str
    rows: tuple[VisitRow, ...]
    findings: tuple[SheetFinding, ...]


def read_visits(path: Path, villages: Collection[str], ticket: Ticket | None = None) -> tuple[VisitSheet, ...]:
    """The visits of a workbook by sheet; ``villages`` are the town's names. Raises `db.errors.Known` for a file that is none."""
    book = read_book(path, ticket)
    places = Places.of(dict.fromkeys(villages, ()))
    found, notes = village_sheets(book, _titles, layout.FIELDS, layout.NEEDED, places, "入户核实结果表")
    sheets = []
    for number, sheet in enumerate(found):
        if ticket:
            ticket.check()
            ticket.report(number, len(found), f"正在读取{sheet.sheet}")
        sheets.append(_sheet(sheet))
    return (*sheets, *(VisitSheet(note.sheet, "", (), (note,)) for note in (*notes, *book.noted())))


def _titles(sheet: Sheet) -> Titles:
    return layout.titles_for(cell for row in sheet.rows[:SEARCHED] for cell in row if isinstance(cell, str) and cell)


def _sheet(sheet: VillageSheet) -> VisitSheet:
    rows = tuple(_row(sheet, line) for line in sheet.lines)
    lost = f"看不出工作表“{sheet.sheet}”是本镇哪个村的，请把表名改为村名，或加一列写明各户的村"
    own = () if sheet.village or sheet.named else (sheet.on_sheet(lost, "E"),)
    told = (*own, *sheet.remarks(), *(finding for row in rows for finding in row.findings))
    return VisitSheet(sheet.sheet, sheet.village, rows, told)


def _row(sheet: VillageSheet, line: Line) -> VisitRow:
    found = [*sheet.misplaced(line), *sheet.unread(line)]
    size, day = line.values.get("size_stated"), line.values.get("visited_on")
    unread = {fault.key for fault in line.faults}
    for key, text in _DEMANDED.items():
        if key not in line.values and key not in unread:
            found.append(sheet.finding(line, key, text, "E"))
    verification = _verification(_Cells(sheet, line, found), day) if isinstance(day, date) else None
    return VisitRow(
        sheet.sheet,
        line.row,
        sheet.village_of(line),
        line.text("group"),
        line.text("head_name"),
        size if isinstance(size, int) else None,
        verification,
        tuple(found),
        blocked(found),
    )


_DEMANDED = {
    "head_name": "没有填户主姓名，无法对应到农户，请补填",
    "visited_on": "没有填核实日期，每一户都要有自己的核实日期，请补填",
}


class _Cells:
    """The worded cells of one row; a word that is not in its list becomes a finding and counts as blank."""

    def __init__(self, sheet: VillageSheet, line: Line, found: list[SheetFinding]) -> None:
        self._sheet, self._line, self._found = sheet, line, found

    def text(self, field: Field) -> str:
        return self._line.text(field.key)

    def one_of(self, field: Field, words: Mapping[str, _Value]) -> _Value | None:
        """What the word in a column means; None when blank or unknown."""
        word = squeeze(self.text(field))
        if not word or word in words:
            return words.get(word)
        text = f"“{self.text(field)}”不在“{field.label}”的填法之内，应为：{'、'.join(words)}"
        self._found.append(self._sheet.finding(self._line, field.key, text, "E"))
        return None


def _verification(cells: _Cells, day: date) -> Verification:
    remark = cells.text(layout.REMARK)
    surveyors = tuple(name for field in layout.SURVEYORS for name in _NAMES.split(cells.text(field)) if name)
    looks = {item: cells.one_of(field, _LOOKS[item]) for item, field in layout.LOOKS.items()}
    return Verification(
        visited_on=day,
        surveyors=surveyors,
        officer=cells.text(layout.OFFICER),
        looks={item: (look, "") for item, look in looks.items() if look is not None},
        priorities=frozenset(p for p in Priority if cells.one_of(layout.ITEMS[p], _ANSWERS) is Finding.YES),
        entries=_answered(cells, Entry, ""),
        bars=_answered(cells, Bar, remark),
        signed_household=cells.one_of(layout.SIGNED_HOUSEHOLD, _SIGNED) or False,
        signed_officer=cells.one_of(layout.SIGNED_OFFICER, _SIGNED) or False,
        signed_surveyors=_signatures(cells, len(surveyors)),
        stated=cells.one_of(layout.STATED, _VERDICTS),
        remark=remark,
    )


def _answered(cells: _Cells, table: type[_Item], remark: str) -> dict[_Item, tuple[Finding, str]]:
    """What was found for each item that is answered, with ``remark`` as the evidence of those found.

    The sheet has one remark a row and it explains the 七不进 item; nothing says that it speaks of a 六进 item too.
    """
    answers = ((item, cells.one_of(layout.ITEMS[item], _ANSWERS)) for item in table)
    return {item: (found, "" if found is Finding.NO else remark) for item, found in answers if found is not None}


def _signatures(cells: _Cells, surveyors: int) -> int:
    """How many surveyors signed: 是 means all who went, 缺一人 all but one."""
    lacking = _LACKING.fullmatch(squeeze(cells.text(layout.SIGNED_SURVEYORS)))
    if lacking:
        return max(surveyors - _COUNTS.get(lacking[1], 1), 0)
    return surveyors if cells.one_of(layout.SIGNED_SURVEYORS, _SIGNED) else 0


_Value = TypeVar("_Value")
_Item = TypeVar("_Item", Entry, Bar)
_NAMES = re.compile(r"[、，,;；/\s]+")
_LACKING = re.compile(r"缺([一二两三1-3]?)(?:人|个|名)?(?:签名|签字)?")
_COUNTS = {"一": 1, "1": 1, "二": 2, "两": 2, "2": 2, "三": 3, "3": 3}
_SIGNED = {
    "是": True,
    "有": True,
    "√": True,
    "已签": True,
    "齐全": True,
    "否": False,
    "无": False,
    "×": False,
    "未签": False,
}
_ANSWERS = {
    "是": Finding.YES,
    "有": Finding.YES,
    "√": Finding.YES,
    "否": Finding.NO,
    "无": Finding.NO,
    "×": Finding.NO,
    "待核": Finding.OPEN,
}
_VERDICTS = {verdict.label: verdict for verdict in Verdict}
_LOOKS = {item: {word: look for look, word in words.items()} for item, words in LOOK_WORDS.items()}
