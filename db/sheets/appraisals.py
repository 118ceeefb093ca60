"""Reading a workbook of assemblies (民主评议结果): one sheet a village with the meeting in its two top lines and a row a household."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.fields.kinds import squeeze
from db.rules.codes import AppraisalKind
from db.rules.meeting import meeting_problems, passed, vote_problem
from db.sheets.body import bare_line
from db.sheets.cells import Line
from db.sheets.findings import SheetFinding, Ticket, blocked
from db.sheets.layouts import appraisals as layout
from db.sheets.matching import RowKey
from db.sheets.opening import read_book
from db.sheets.places import Places
from db.sheets.village import VillageSheet, village_sheets


@dataclass(frozen=True, slots=True)
class VoteRow:
    """The votes on one household; None where the cell was blank or unreadable. ``stated`` is what the sheet says of 通过, None when it
    says nothing; it decides nothing. ``faulty`` rows (a finding of severity E) are listed, never applied."""

    row: int
    head_name: str
    group: str
    size: int | None
    yes: int | None
    no: int | None
    abstained: int | None
    stated: bool | None
    key: RowKey
    findings: tuple[SheetFinding, ...]
    faulty: bool


@dataclass(frozen=True, slots=True)
class AppraisalSheet:
    """One village's assembly. ``village`` is the town's own spelling, "" when the sheet belongs to none; ``kind``, ``held_on``,
    ``due`` and ``present`` are None where the top lines do not say. ``findings`` hold the sheet's own and all rows'."""

    sheet: str
    village: str
    kind: AppraisalKind | None
    held_on: date | None
    place: str
    chair: str
    recorder: str
    due: int | None
    present: int | None
    rows: tuple[VoteRow, ...]
    findings: tuple[SheetFinding, ...]


def read_appraisals(path: Path, villages: Collection[str], ticket: Ticket | None = None) -> tuple[AppraisalSheet, ...]:
    """The assemblies of a workbook by sheet; ``villages`` are the town's names. Raises `db.errors.Known` for a file that is none."""
    book = read_book(path, ticket)
    places = Places.of(dict.fromkeys(villages, ()))
    found, notes = village_sheets(book, lambda _: layout.TITLES, layout.FIELDS, layout.NEEDED, places, "民主评议结果表")
    sheets = []
    for number, sheet in enumerate(found):
        if ticket:
            ticket.check()
            ticket.report(number, len(found), f"正在读取{sheet.sheet}")
        sheets.append(_sheet(sheet))
    sheets[0] = replace(sheets[0], findings=(*sheets[0].findings, *book.noted()))
    return (*sheets, *(_skipped(note) for note in notes))


def _skipped(note: SheetFinding) -> AppraisalSheet:
    return AppraisalSheet(note.sheet, "", None, None, "", "", "", None, None, (), (note,))


def _sheet(sheet: VillageSheet) -> AppraisalSheet:
    line = bare_line("".join(sheet.top))
    kind = next((kind for kind in _KINDS if any(word in line for word in (kind.label, *kind.synonyms))), None)
    said = {
        label: found[1].strip(_MARKS)
        for label, found in ((label, form.search(line)) for label, form in _SAID.items())
        if found
    }
    due, present = (int(said[label]) if label in said else None for label in ("应到", "实到"))
    day = _day(line)
    rows = tuple(_row(sheet, one, present) for one in sheet.lines)
    own = tuple(sheet.on_sheet(text, "E") for text in _gaps(sheet, kind, day, due, present))
    return AppraisalSheet(
        sheet.sheet,
        sheet.village,
        kind,
        day,
        said.get("地点", ""),
        said.get("主持人", ""),
        said.get("记录人", ""),
        due,
        present,
        rows,
        (*own, *sheet.remarks(), *(finding for row in rows for finding in row.findings)),
    )


def _gaps(
    sheet: VillageSheet, kind: AppraisalKind | None, day: date | None, due: int | None, present: int | None
) -> Iterator[str]:
    """What the two top lines do not say, and an attendance without quorum (村民委员会组织法)."""
    if not sheet.village and len(set(sheet.named.values())) > 1:
        yield f"工作表“{sheet.sheet}”里有几个村的结果，每个村各开各的会，请一个村一张表，表名写村名"
    elif not sheet.village:
        yield f"看不出工作表“{sheet.sheet}”是本镇哪个村的，请把表名改为村名"
    if kind is None:
        yield "标题里没有写明是村民大会还是村民代表大会，请补写"
    if day is None:
        yield "表头没有写明评议时间，请写成“时间：2016年6月10日”的样子"
    if due is None or present is None:
        yield "表头没有写明应到、实到人数，请写成“应到 55 人　实到 49 人”的样子"
    elif kind is not None:
        yield from meeting_problems(kind, due, present)


def _day(line: str) -> date | None:
    found = _HELD_ON.search(line)
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def _row(sheet: VillageSheet, line: Line, present: int | None) -> VoteRow:
    found = [*sheet.misplaced(line), *sheet.unread(line)]
    unread = {fault.key for fault in line.faults}
    votes = [_count(line, key) for key in _VOTES]
    for key in ("head_name", *_VOTES):
        if key not in line.values and key not in unread:
            found.append(sheet.finding(line, key, f"没有填{sheet.fields[key].label}，请按会议记录补填", "E"))
    yes, no, abstained = votes
    stated = _STATED.get(squeeze(line.text("stated")))
    if yes is not None and no is not None and abstained is not None and present is not None:
        problem = vote_problem(yes, no, abstained, present)
        if problem:
            found.append(sheet.finding(line, "yes", problem, "E"))
        elif stated is not None and stated is not passed(yes, present):
            text = f"结果写“{line.text('stated')}”，按同意 {yes} 票、实到 {present} 人应为{'通过' if passed(yes, present) else '未通过'}，请核对"
            found.append(sheet.finding(line, "stated", text, "W"))
    size = _count(line, "size_stated")
    known = RowKey(sheet.village, line.text("group"), line.text("head_name"), size)
    return VoteRow(
        line.row, known.head_name, known.group, size, yes, no, abstained, stated, known, tuple(found), blocked(found)
    )


def _count(line: Line, key: str) -> int | None:
    value = line.values.get(key)
    return value if isinstance(value, int) else None


_MARKS = ";；,，。、."
_VOTES = ("yes", "no", "abstained")
_KINDS = (AppraisalKind.REPRESENTATIVES, AppraisalKind.VILLAGERS)
_DUE, _PRESENT = r"应(?:到会?|参加|出席)", r"实(?:到会?|际到会|际参加|际出席|参加|出席)"
_NEXT = rf"(?=时间|日期|会议地点|地点|主持人?[:：]|记录人?[:：]|{_DUE}|{_PRESENT}|$)"
_HEADS = r"(?:人数|人员|村民|户|代表|会议)*[:：]?(\d+)"
_SAID = {
    "地点": re.compile(rf"地点[:：]?(.*?){_NEXT}"),
    "主持人": re.compile(rf"主持人?[:：](.*?){_NEXT}"),
    "记录人": re.compile(rf"记录人?[:：](.*?){_NEXT}"),
    "应到": re.compile(_DUE + _HEADS),
    "实到": re.compile(_PRESENT + _HEADS),
}
_HELD_ON = re.compile(
    r"(?<!填报)(?<!填表)(?<!制表)(?<!报表)(?<!上报)(?<!公示)(?:时间|日期)[:：]?(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?"
)
_STATED = {
    "通过": True,
    "是": True,
    "同意": True,
    "未通过": False,
    "不通过": False,
    "没通过": False,
    "否": False,
    "不同意": False,
}
