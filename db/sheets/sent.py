"""Workbooks sent to a village to be filled (see `db.sheets.sending`), as they come back edited in WPS or Excel.

Each row carries a key in a hidden column and the sheet a token; what the row was based on stays in the record. Private numbers go out
masked, and a masked number that comes back is no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from db.fields.base import Field
from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME
from db.fields.kinds import Kind, plain
from db.fields.member import MEMBER
from db.sheets.book import Book, Cell, Lost, Sheet
from db.sheets.cells import reader
from db.sheets.findings import SheetFinding
from db.sheets.header import caption
from db.sheets.prescan import column_letter

Part = Literal["household", "income", "member"]
_TABLES: Mapping[Part, Mapping[str, Field]] = {"household": HOUSEHOLD, "income": INCOME, "member": MEMBER}
_MARK = re.compile(r"户有卡[:：]\s*([0-9a-f]{16})")
_SEARCHED = 12


@dataclass(frozen=True, slots=True)
class SentColumn:
    """One column to be filled: which part of the household it belongs to, and its field's key."""

    part: Part
    key: str

    @property
    def field(self) -> Field:
        """The field as it is declared."""
        return _TABLES[self.part][self.key]

    @property
    def name(self) -> str:
        """The column as the record keeps it."""
        return f"{self.part}.{self.key}"

    @classmethod
    def named(cls, name: str) -> SentColumn:
        """The column a kept name stands for; KeyError for one this program does not know."""
        part, _, key = name.partition(".")
        found = next(one for one in _TABLES if one == part)
        _TABLES[found][key]
        return cls(found, key)


@dataclass(frozen=True, slots=True)
class SentLine:
    """One row: its key, the words nobody fills in, and the text of each column as it goes out."""

    key: str
    fixed: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentTable:
    """One sheet: households or persons, with the captions of the fixed words."""

    name: str
    fixed: tuple[str, ...]
    columns: tuple[SentColumn, ...]
    lines: tuple[SentLine, ...]


@dataclass(frozen=True, slots=True)
class SentBook:
    """One workbook: ``title`` over every sheet, the token it is known by, its sheets."""

    title: str
    token: str
    tables: tuple[SentTable, ...]


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row that came back: its key, where it stands, the text or value of each column that is there, and where those columns stand."""

    sheet: str
    row: int
    key: str
    cells: Mapping[str, Cell]
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def finding(self, column: str, text: str, called: str = "") -> SheetFinding:
        """E at a cell of this row."""
        title, letter = self.places.get(column, ("", ""))
        return SheetFinding(self.sheet, self.row, title, called, text, "E", letter=letter)


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back: its rows, and what is to be said of rows without a key, twice the same key, and missing columns."""

    file_name: str
    sha256: str
    token: str
    rows: tuple[ReturnedRow, ...]
    findings: tuple[SheetFinding, ...]


def token_of(book: Book) -> str:
    """The token of a workbook this program sent out; "" for any other."""
    return next((found for sheet in book.sheets if (found := _mark(sheet)[0])), "")


def read(book: Book) -> Returned:
    """The rows of a workbook that came back. ``token`` is "" when it is none of ours."""
    rows: list[ReturnedRow] = []
    found: list[SheetFinding] = []
    token = token_of(book)
    for sheet in book.sheets:
        mark, row, column = _mark(sheet)
        if mark and mark == token:
            own = [*_rows(sheet, row, column, found)]
            rows += own
    return Returned(book.name, book.sha256, token, tuple(_once(rows, found)), tuple(found))


def value_of(kind: Kind, cell: Cell | str) -> object | None:
    """What a cell says; None when blank. Raises `Unreadable` with the sentence for the clerk."""
    return None if cell == "" else reader(kind)(cell)


def said(cell: Cell) -> str:
    """A cell as text, to be held against what went out."""
    return str(cell) if isinstance(cell, Lost) else plain(cell).strip()


def _mark(sheet: Sheet) -> tuple[str, int, int]:
    """The token of a sheet with the place of its header's key cell, from 0; ("", 0, 0) for a sheet of somebody else's."""
    for row, cells in enumerate(sheet.rows[:_SEARCHED]):
        for column, cell in enumerate(cells):
            match = _MARK.match(cell) if isinstance(cell, str) else None
            if match:
                return match.group(1), row, column
    return "", 0, 0


def _rows(sheet: Sheet, header: int, keys: int, found: list[SheetFinding]) -> Iterator[ReturnedRow]:
    columns = _columns(sheet.rows[header], keys)
    places = {name: (str(sheet.rows[header][index]).strip(), column_letter(index)) for name, index in columns.items()}
    for row, cells in enumerate(sheet.rows[header + 1 :], header + 2):
        key = said(cells[keys])
        if not key:
            filled = [said(cell) for cell in cells if said(cell)]
            if len(filled) > 1:
                text = f"这一行（{'、'.join(filled[:3])}）不是发出的行，没有采用；新的户请在“申请与名册”录入"
                found.append(SheetFinding(sheet.name, row, "", "", text, "W"))
            continue
        yield ReturnedRow(sheet.name, row, key, {name: cells[index] for name, index in columns.items()}, places)


def _columns(header: Sequence[Cell], keys: int) -> dict[str, int]:
    """The columns by the captions of their fields, wherever they stand now."""
    known = {caption(title_of(column)): column.name for column in _all_columns()}
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = known.get(caption(cell)) if isinstance(cell, str) and index != keys else None
        if name is not None:
            found.setdefault(name, index)
    return found


def _all_columns() -> Iterator[SentColumn]:
    for part, fields in _TABLES.items():
        for key in fields:
            yield SentColumn(part, key)


def _once(rows: Sequence[ReturnedRow], found: list[SheetFinding]) -> Iterator[ReturnedRow]:
    first: dict[str, ReturnedRow] = {}
    for row in rows:
        if (earlier := first.setdefault(row.key, row)) is row:
            yield row
        else:
            text = f"这一行是从第{earlier.row}行复制来的（标识相同），没有采用；请只在原来的行里填"
            found.append(SheetFinding(row.sheet, row.row, "", "", text, "W"))


def title_of(column: SentColumn) -> str:
    """The caption a column goes out with; what an income sheet and a household call alike is told apart."""
    return (
        f"{column.field.label}（成员）" if column.part == "member" and column.key in HOUSEHOLD else column.field.label
    )
