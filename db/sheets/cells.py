"""From a cell to a value of a field: harmless mess is absorbed, everything else becomes a fault with its sentence.

A reader gives exactly what the field's kind gives; it only remembers what it has read before and takes short cuts for plain numbers,
because a roster repeats the same few hundred words tens of thousands of times.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from difflib import get_close_matches
from operator import itemgetter

from db.fields.base import Field
from db.fields.kinds import (
    CENT,
    Area,
    Card,
    Choice,
    Count,
    Date,
    Digits,
    IdNumber,
    Kind,
    Measure,
    Money,
    Name,
    Phone,
    Unreadable,
    squeeze,
)
from db.rules.codes import HousingGrade, PovertyCause, Relation
from db.rules.identity import normalise, normalise_phone
from db.rules.names import normalise_name
from db.sheets.book import Cell, Lost
from db.sheets.findings import Severity
from db.sheets.header import Column
from db.sheets.refusing import NEVER_CALCULATED

Read = Callable[[Cell], object | None]
_LIKE = 0.4
_NOTHING = frozenset({"无", "暂无", "没有", "无证", "无残疾证", "否", "/", "\\", "-", "—", "——", "0"})
"""What clerks write where there is no such number; a blank forbidden on paper is no number here."""
_DAYS_TO_1904 = 1462
SAME_AS_ABOVE: frozenset[Cell] = frozenset(
    {"同上", "（同上）", "(同上)", "同上行", "〃", "″", '"', "”", "“", "＂", "''", "〞"}
)
"""Marks for what stands in the row above."""
_NO_CHOICE = frozenset({"无", "/", "-", "—", "——"})
_MAY_LACK = (PovertyCause, HousingGrade)
_KIN = frozenset("兄弟姐妹嫂侄甥伯叔姑舅姨婶")
"""Kin beside the line of descent: the code table has only 其他 for them, and no word that looks alike is meant."""
_LONGEST = 200
"""A sentence that quotes the cell is cut here; a cell may hold thirty thousand characters."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell as it stands: the column's key, the sentence, the rule it breaks, E unless it is let in."""

    key: str
    text: str
    rule: str
    severity: Severity = "E"


@dataclass(slots=True)
class Line:
    """One data row: its number as Excel shows it, what its columns hold (blanks left out), and which could not be read."""

    row: int
    values: dict[str, object]
    raw: tuple[Cell, ...]
    faults: list[Fault] = field(default_factory=list)

    def text(self, key: str) -> str:
        """The text in a column; "" when blank or unreadable."""
        return str(self.values.get(key, ""))


class LineReader:
    """Reads rows of one sheet by its columns. ``fields`` say what each column's key means; with ``since_1904`` a day that stands there
    as a bare number counts from 1904."""

    def __init__(self, columns: Mapping[str, Column], fields: Mapping[str, Field], since_1904: bool = False) -> None:
        self._plan: tuple[tuple[str, dict[Cell, object | None], Read], ...] = tuple(
            (key, {}, _of_column(fields[key], since_1904, column.factor)) for key, column in columns.items()
        )
        indexes = [column.index for column in columns.values()]
        self._pick: Callable[[Sequence[Cell]], tuple[Cell, ...]] = (
            itemgetter(*indexes) if len(indexes) > 1 else lambda cells: (cells[indexes[0]],)
        )
        self._fields = fields

    def read(self, row: int, cells: Sequence[Cell]) -> Line:
        """The values of one row; ``row`` is 1-based."""
        values: dict[str, object] = {}
        raw = self._pick(cells)
        line = Line(row, values, raw)
        for (key, known, read), cell in zip(self._plan, raw, strict=False):
            if cell == "":
                continue
            try:
                if (
                    cell in known and cell is not True and cell is not False
                ):  # they would find what 1 and 0 were read as
                    value = known[cell]
                else:
                    value = known[cell] = read(cell)
            except Unreadable as problem:
                line.faults.append(self._fault(key, problem))
            else:
                if value is not None:
                    values[key] = value
        return line

    def _fault(self, key: str, problem: Unreadable) -> Fault:
        field = self._fields[key]
        text = str(problem) if len(str(problem)) <= _LONGEST else f"{str(problem)[:_LONGEST]}…"
        return Fault(key, f"{field.label}：{text}", "R01" if isinstance(field.kind, IdNumber) else "R21")


def _of_column(field: Field, since_1904: bool, factor: int) -> Read:
    """The field's reader; where it may be blank, the words for “there is none” are."""
    kind, read = field.kind, reader(field.kind)
    if factor != 1:
        return _times(kind, factor)
    if since_1904 and isinstance(kind, Date):
        return lambda cell: read(cell + _DAYS_TO_1904 if type(cell) is float and cell > _DAYS_TO_1904 else cell)
    if field.demanded or not isinstance(kind, (Digits, Choice)):
        return read
    words = _NOTHING if isinstance(kind, Digits) else _NO_CHOICE if kind.table in _MAY_LACK else frozenset({"/", "-"})
    return lambda cell: None if squeeze(cell) in words else read(cell)


def _times(kind: Kind, factor: int) -> Read:
    """Amounts in 万元 as yuan, by shifting the point of what stands there; what would leave a part of a 分 is not rounded."""

    def read(cell: Cell) -> object | None:
        if isinstance(cell, Lost):
            raise Unreadable(_lost(cell))
        text = squeeze(cell).removesuffix("元").removesuffix("万").replace(",", "")
        try:
            exact = Decimal(format(cell, ".15g") if type(cell) is float else text) * factor
        except InvalidOperation:
            return kind.read(cell)
        if exact.is_finite() and exact != exact.quantize(CENT, ROUND_HALF_UP):
            raise Unreadable(f"“{text}”万元换算成元不是整分，请直接填元")
        return kind.read(str(exact))

    return read


def reader(kind: Kind) -> Read:
    """A reader for one column of this kind; it raises `Unreadable` with the sentence for the clerk."""
    quick, slow = _QUICK.get(type(kind), _never), _by_kind(kind)

    def read(cell: Cell) -> object | None:
        value = quick(cell)
        if value is not None:
            return value
        if isinstance(cell, Lost):
            raise Unreadable(_lost(cell))
        return slow(cell)

    return read


def _never(_cell: Cell) -> None:
    """Kinds without a short cut."""


def _lost(cell: Lost) -> str:
    if cell.text == NEVER_CALCULATED:
        return "公式未计算，请在 Excel 或 WPS 中打开这个文件保存一次，再重新选择"
    return f"公式出错（{cell}），请改正公式或直接填写"


def _by_kind(kind: Kind) -> Read:
    if isinstance(kind, Choice):
        return _choosing(kind)
    if isinstance(kind, Name):
        return _naming(kind)
    if isinstance(kind, Phone):
        return lambda cell: normalise_phone(str(kind.read(cell) or "")) or None
    if isinstance(kind, (IdNumber, Card)):
        return lambda cell: normalise(str(kind.read(cell) or "")).upper() or None
    return kind.read


def _naming(kind: Name) -> Read:
    """A name; a mark for the same as above is nobody's."""

    def read(cell: Cell) -> object | None:
        if cell in SAME_AS_ABOVE:
            raise Unreadable(f"“{cell}”不是姓名，请写出姓名")
        return normalise_name(str(kind.read(cell) or "")) or None

    return read


def _choosing(kind: Choice) -> Read:
    """A choice with a proposal when the word is not in the table; the proposal is never taken."""
    labels = {word: row.label for row in kind.table for word in (row.label, *row.synonyms)}

    def read(cell: Cell) -> object | None:
        try:
            return kind.read(cell)
        except Unreadable as problem:
            meant = _proposal(kind, str(cell).strip(), labels)
            hint = f"；是不是“{meant}”？请改正后再导入" if meant else ""
            raise Unreadable(f"{problem}{hint}") from None

    return read


def _proposal(kind: Choice, word: str, labels: Mapping[str, str]) -> str:
    """The label a word may have meant; "" when none comes near."""
    if kind.table is Relation and _KIN & set(word):
        return Relation.OTHER.label
    near = get_close_matches(word, labels, 1, _LIKE)
    return labels[near[0]] if near else ""


def _quick_money(cell: Cell) -> Decimal | None:
    if type(cell) is float and 0 <= cell < 1e8:
        return Decimal(repr(cell)).quantize(CENT, ROUND_HALF_UP)
    return None


def _quick_count(cell: Cell) -> int | None:
    return int(cell) if type(cell) is float and 0 <= cell <= 999 and cell.is_integer() else None


def _quick_date(cell: Cell) -> date | None:
    return cell if isinstance(cell, date) and not isinstance(cell, datetime) else None


def _quick_id(cell: Cell) -> str | None:
    """Eighteen plain characters need no tidying; whether they are right is a rule's business."""
    if (
        type(cell) is str
        and len(cell) == 18
        and cell.isascii()
        and (cell.isdigit() or (cell[:17].isdigit() and cell[17] == "X"))
    ):
        return cell
    return None


def _quick_name(cell: Cell) -> str | None:
    """Letters only: no blank, separator or lost character that a name would be rid of."""
    if type(cell) is str and len(cell) <= 50 and cell.isalpha() and cell not in SAME_AS_ABOVE:
        return cell
    return None


def _quick_digits(cell: Cell) -> str | None:
    """A plain run of digits; 12 and more may carry the country's 86 where it is a phone."""
    return (
        cell
        if type(cell) is str and len(cell) != 13 and len(cell) <= 30 and cell.isascii() and cell.isdigit()
        else None
    )


_QUICK: dict[type[Kind], Callable[[Cell], object | None]] = {
    Money: _quick_money,
    Area: _quick_money,
    Measure: _quick_money,
    Count: _quick_count,
    Date: _quick_date,
    IdNumber: _quick_id,
    Name: _quick_name,
    Phone: _quick_digits,
    Card: _quick_digits,
    Digits: _quick_digits,
}
