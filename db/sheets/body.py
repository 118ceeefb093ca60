"""What stands below a header: data rows, the row of totals, the lines of the foot; and the day a sheet says it was filled in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from operator import itemgetter

from db.sheets.book import Cell, Sheet
from db.sheets.header import DEEPEST, Header, bare

_SUMS = "合计|总计|小计|共计|合共"
_TOTAL = re.compile(rf"^({_SUMS}|本页)|({_SUMS})[:：]?$")
_FOOT = re.compile(
    r"^(备注|附注|注\d*$|注\d*[:：、.]|说明|单位负责人|负责人|审核人|审核|填表人|制表人|制表|经办人|填报|填表|报表日期|联系电话[:：]|以上|签名|盖章|（盖章）|\(盖章\))"
)
_PAGE = re.compile(r"续表|接上页|转下页|^第\d+页|以下空白|以下无|本页完")
"""What a printed page says of itself."""
_STAMP = re.compile(r"盖章|签字|签名|村委会$|村民委员会$|人民政府$|^\d{4}年\d{1,2}月(?:\d{1,2}日)?$")
_FILLED_ON = re.compile(r"(?:填报|填表|制表|报表|上报)(?:日期|时间)[:：]?(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?")
_COLUMN_NUMBER = re.compile(r"[(]?(\d{1,3})[)]?(=.*)?|([甲乙丙丁戊己庚辛壬癸])|(栏次|—|-)")
_WRITTEN_OUT = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_NUMERALS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_FOOT_CELLS = 3
_NOTE_CELLS = 2
_WORDS_OF_SUMS = 4
_PLENTY = 8
_AMOUNT = re.compile(r"[\d,.]{1,14}[户人元]?")
_LONG = 20
_LAST_LINES = 30


Place = tuple[str, str]
"""A village and a group, "" for what is not said."""


@dataclass(frozen=True, slots=True)
class Body:
    """The rows below a header, each with its number as Excel shows it: data, totals, rows that hold nothing but a remark, and rows that
    only say whose rows follow (``marks``); ``gaps`` are the data rows with a blank row right above them. ``dittos`` count by column the cells that pointed above."""

    data: tuple[tuple[int, list[Cell]], ...]
    totals: tuple[tuple[int, list[Cell]], ...]
    notes: tuple[tuple[int, str], ...]
    marks: tuple[tuple[int, Place], ...] = ()
    gaps: frozenset[int] = frozenset()
    dittos: Mapping[int, int] = field(default_factory=dict)


def body_of(
    sheet: Sheet, header: Header, end: int | None = None, place: Callable[[str], Place | None] = lambda _: None,
    first: int = 0,
) -> Body:  # fmt: skip
    """Sort the rows below ``header`` to before ``end`` (from 0; the last). Rows without anything in a known column (blank, only a serial
    number), a row that numbers the columns, known lines of the foot and a header repeated on every printed page are passed over; merged
    cells below the header are filled down over the rows they cover. ``place`` tells which place a line of text names, if any; ``first`` is
    the column the table begins in."""
    _fill_down(sheet, header)
    indexes = [column.index for column in header.columns.values()]
    again = [(index, _caption_above(sheet, header.bottom, index)) for index in indexes[:3]]
    pick = itemgetter(*indexes) if len(indexes) > 1 else lambda cells: (cells[indexes[0]],)
    wide = {top for top, left, _, right in sheet.merges if right - left >= _NOTE_CELLS}
    data: list[tuple[int, list[Cell]]] = []
    totals: list[tuple[int, list[Cell]]] = []
    notes: list[tuple[int, str]] = []
    marks: list[tuple[int, Place]] = []
    gaps: set[int] = set()
    gap = False
    below = False  # a row of totals or a line of the foot has passed: what is nearly empty from there on is foot
    for number, cells in enumerate(sheet.rows[header.bottom + 1 : end], header.bottom + 2):
        count = _count(pick(cells))
        if count <= _NOTE_CELLS:
            texts = [cell for cell in cells if filled(cell)]
            named = place(str(texts[0])) if len(texts) == 1 and isinstance(texts[0], str) else None
            if named is not None:
                marks.append((number, named))
                continue
            if texts and all(isinstance(text, str) and _PAGE.search(bare_line(text)) for text in texts):
                continue
            gap = gap or not texts
        if type(cells[first]) is not float:
            if _sums_up(cells, first):
                totals.append((number, cells))
                below = True
                continue
            if count <= _FOOT_CELLS and _FOOT.match(_first_text(cells)):
                below = True
                continue
        if not count or _repeats(cells, again) or (not data and _numbers_columns(cells)):
            continue
        if count <= _NOTE_CELLS and _is_note(cells, indexes, below or number - 1 in wide):
            notes.append((number, line_of(cells)))
            continue
        data.append((number, cells))
        if gap:
            gaps.add(number)
            gap = False
    return Body(tuple(data), tuple(totals), tuple(notes), tuple(marks), frozenset(gaps))


def filled_on(sheet: Sheet) -> date | None:
    """The 填报日期 a sheet states in its foot or above its header; None when it states none or an impossible one."""
    texts = [cells for cells in sheet.rows if any(isinstance(cell, str) and cell.strip() for cell in cells)]
    for cells in (*reversed(texts[-_LAST_LINES:]), *texts[:10]):
        found = _FILLED_ON.search(bare_line(line_of(cells)))
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None


def line_of(cells: Sequence[Cell]) -> str:
    """A row as one line of text, with the dates and whole numbers that stand in cells of their own."""
    return "".join(_shown(cell) for cell in cells)


def bare_line(line: str) -> str:
    """A line of text half-width, without blanks and with dates in figures (二〇一六年五月 … as 2016年5月 …), for reading figures out."""
    return _WRITTEN_OUT.sub(_in_figures, "".join(line.translate(_HALF).split()))


_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _shown(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return f"{cell.year}年{cell.month}月{cell.day}日"
    return str(int(cell)) if type(cell) is float and cell.is_integer() else ""


def _in_figures(written: re.Match[str]) -> str:
    year = "".join(str(_NUMERALS[digit]) for digit in written[1])
    return f"{year}年{_number(written[2])}月{_number(written[3])}日"


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + (_NUMERALS[ones] if ones else 0)


def _count(cells: Sequence[Cell]) -> int:
    """How many cells are filled; beyond a handful nobody needs to know exactly."""
    written = len(cells) - cells.count("")
    if written > _PLENTY and not all(isinstance(cell, str) and not cell.strip() for cell in cells):
        return written
    return sum(map(filled, cells))


def filled(cell: Cell) -> bool:
    """Whether something stands in a cell; blanks alone are nothing."""
    return cell != "" and not (isinstance(cell, str) and not cell.strip())


def _sums_up(cells: list[Cell], first: int) -> bool:
    """Whether a row says 合计 in one of its first words and has few words besides; a household that says so somewhere is none."""
    texts = [
        text for cell in cells[first : first + 6] if isinstance(cell, str) and (text := bare(cell) or bare_line(cell))
    ]
    if not any(_TOTAL.search(text) for text in texts[:3]):
        return False
    words = [
        line for cell in cells if isinstance(cell, str) and (line := bare_line(cell)) and not _AMOUNT.fullmatch(line)
    ]
    return len(words) <= _WORDS_OF_SUMS


def _numbers_columns(cells: list[Cell]) -> bool:
    """The row below a header that numbers its columns: 1, 2, 3 … or 甲, 乙, 1, 2 …"""
    said = [_COLUMN_NUMBER.fullmatch(bare_line(_shown(cell))) for cell in cells if filled(cell)]
    numbers = [int(found[1]) for found in said if found and found[1]]
    named = [found[3] for found in said if found and found[3]]
    steps = all(after == before + 1 for before, after in pairwise(numbers))
    return all(said) and steps and len(numbers) + len(named) > _NOTE_CELLS


def _is_note(cells: list[Cell], indexes: list[int], apart: bool) -> bool:
    """Whether a nearly empty row is a remark and no household left unfinished: it stands apart, names something to fill in, or is long."""
    texts = [cells[index] for index in indexes if filled(cells[index])]
    if not all(isinstance(text, str) for text in texts):
        return False
    line = "".join(str(text) for text in texts)
    return apart or "：" in line or ":" in line or len(line) > _LONG or bool(_STAMP.search(line))


def _first_text(cells: list[Cell]) -> str:
    return next((bare(cell) or bare_line(cell) for cell in cells if isinstance(cell, str) and cell.strip()), "")


def _caption_above(sheet: Sheet, bottom: int, index: int) -> Cell:
    """The words of a column's header as they stand in the file, in the lowest header row that has some."""
    return next(
        (
            sheet.rows[row][index]
            for row in range(bottom, max(-1, bottom - DEEPEST), -1)
            if sheet.rows[row][index] != ""
        ),
        "",
    )


def _repeats(cells: list[Cell], again: list[tuple[int, Cell]]) -> bool:
    return any(cells[index] == caption and caption != "" for index, caption in again)


def _fill_down(sheet: Sheet, header: Header) -> None:
    """Cells merged over several rows of one household hold their value in the first row only."""
    known = {column.index for column in header.columns.values()}
    for top, left, bottom, right in sheet.merges:
        if top > header.bottom and bottom > top and left == right and left in known:
            for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                sheet.rows[row][left] = sheet.rows[top][left]
