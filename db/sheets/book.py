"""What a file gives whatever its kind: a book of sheets of cells, with notes on what was set aside.

Row 1 of a sheet is ``rows[0]`` and column A is the first cell of it whatever the file claims of its own size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from db.sheets.findings import Severity, SheetFinding


@dataclass(frozen=True, slots=True)
class Lost:
    """A cell whose value is not in the file: `refusing.NEVER_CALCULATED`, or the error Excel shows there such as #N/A."""

    text: str

    def __str__(self) -> str:
        return self.text


Cell = str | int | float | bool | date | datetime | time | timedelta | Lost
Merge = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Note:
    """What was set aside or is doubtful, in a sentence; ``sheet`` is "" when it concerns the whole file. W is to be looked at."""

    text: str
    sheet: str = ""
    severity: Severity = "I"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Blank cells are ``""``, cells whose value is not in the file are `Lost`; all rows are equally long. ``merges`` are
    (top, left, bottom, right) from 0, both ends included; ``hidden_rows`` and ``hidden_columns`` (from 0) are hidden or filtered out;
    ``since_1904``: a day given as a bare number counts from 1904."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[Merge, ...]
    hidden: bool
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """One file read. ``sha256`` is of its bytes in hex; chart, dialog and macro sheets are left out. ``practice``: it was written from a
    practice record."""

    name: str
    sha256: str
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()
    practice: bool = False

    def noted(self) -> list[SheetFinding]:
        """The notes as findings for a preview; what concerns no sheet stands under the file's name."""
        return [SheetFinding(note.sheet or self.name, 0, "", "", note.text, note.severity) for note in self.notes]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet as a reader hands it over: everything but its rows, which come one by one and only once. ``expected`` is how many are
    likely to come, 0 when nobody knows."""

    head: Sheet
    rows: Iterator[list[Cell]]
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Leaves:
    """A file as a reader hands it over: its sheets in order, each to be used up before the next is asked for. ``notes`` may still grow
    until the last sheet was used up."""

    sheets: Iterator[Leaf]
    notes: list[Note]


def whole(leaf: Leaf) -> Sheet:
    """The sheet with all its rows."""
    return replace(leaf.head, rows=list(leaf.rows))


def leaf_of(sheet: Sheet) -> Leaf:
    """A sheet that is already whole, as a reader hands it over; short rows are filled up with blanks, blank rows at its end go."""
    rows = sheet.rows
    while rows and all(cell == "" for cell in rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    for cells in rows:
        cells.extend([""] * (width - len(cells)))
    return Leaf(replace(sheet, rows=[]), iter(rows), len(rows))
