"""A county's blank form as it was understood: which cells it wants filled, how much room it leaves, and what stands around them.

The form itself stays as the bytes it came in (an .xls turned into .xlsx first), so that filling never depends on the file still being
where it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from db.sheets.refusing import column_letter


class FormKind(Enum):
    """What one filled row of a sheet stands for; ``label`` is what the clerk reads."""

    HOUSEHOLD = "household"
    PERSON = "person"
    VILLAGE = "village"
    TOWN = "town"
    FIGURES = "figures"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    FormKind.HOUSEHOLD: "一户一行",
    FormKind.PERSON: "一人一行",
    FormKind.VILLAGE: "一村一行",
    FormKind.TOWN: "全镇一行",
    FormKind.FIGURES: "逐项填数",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """What the form wants filled: a column below its header, or one cell beside its label.

    ``path`` holds the captions from the outermost group down to its own; ``row`` is -1 for a column, else the cell's row from 0;
    ``formula``: the form computes it itself; ``unit`` is 万元, 元 or ""; ``choices`` is what its drop-down list allows; ``percent``:
    its cells show a share as a percentage themselves.
    """

    index: int
    path: tuple[str, ...]
    row: int = -1
    formula: bool = False
    unit: str = ""
    choices: tuple[str, ...] = ()
    percent: bool = False

    @property
    def place(self) -> str:
        """The letter of the column, with the row where it is one cell: D, D5."""
        return column_letter(self.index) + (str(self.row + 1) if self.row >= 0 else "")


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap in a line of the frame: ``word`` says what is wanted (填报单位, 日期 …), the cell counts from 0."""

    row: int
    column: int
    word: str


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet. Rows count from 0: the header from ``top`` to ``bottom``, ``room`` rows for data from ``first``, ``total`` that of 合计.

    ``named`` are rows the form has named beforehand (villages), by the text of the name; ``place`` is the column those stand in.
    ``examples`` are rows that show how to fill in and are written over; ``summed`` are the columns of the row of 合计 left blank.
    ``subtotals`` are rows of 小计 among the named ones with the columns left blank. ``formulas`` are the cells the form computes itself, by row and column; nothing is
    ever put into them. ``said`` are sentences about what of the sheet stays blank or is written over.
    """

    number: int
    name: str
    kind: FormKind
    top: int
    bottom: int
    first: int
    room: int
    slots: tuple[Slot, ...]
    total: int | None = None
    named: Mapping[int, str] = field(default_factory=dict)
    place: int = 0
    examples: tuple[int, ...] = ()
    summed: tuple[int, ...] = ()
    blanks: tuple[Blank, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    subtotals: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """The captions of everything that is to be filled, in the order of the slots."""
        return tuple(slot.path for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Template:
    """One blank form. ``content`` is the workbook as .xlsx, ``losses`` say what of it a filled copy cannot keep."""

    name: str
    sha256: str
    content: bytes
    sheets: tuple[FormSheet, ...]
    losses: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """Every caption path of the form, with the sheet's name in front where it has several sheets."""
        several = len(self.sheets) > 1
        return tuple((sheet.name, *path) if several else path for sheet in self.sheets for path in sheet.paths)
