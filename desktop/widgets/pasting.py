"""What a paste would do to a grid, before it is done: the clipboard's text as a block, and cell by cell what differs.

WPS and Excel part cells by tabs and rows by line breaks, and put a cell that holds either between quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.widgets.gridmodel import GridModel

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")
_BREAK = re.compile(r"\s*[\t\n]\s*")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One cell that would change: where, whose row, what stands there and what would, and what is wrong with that. ``barred`` cells
    follow from elsewhere and cannot be pasted into."""

    row: int
    column: int
    whose: str
    label: str
    old: str
    new: str
    fault: str = ""
    barred: bool = False

    @property
    def wanted(self) -> bool:
        """Whether it is ticked to begin with: what can't be read may fill a blank cell, where it can be mended, but replaces nothing."""
        return not self.barred and not (self.fault and self.old)


@dataclass(frozen=True, slots=True)
class Block:
    """A paste: its size, what it changes, how many cells stay the same, how many rows it adds, and how many columns and rows of it, not
    blank, run over the edge."""

    rows: int
    columns: int
    cells: tuple[Pasted, ...]
    same: int
    added: int
    wide: int
    long: int

    @property
    def single(self) -> bool:
        """One cell: pasted at once, like typing."""
        return self.rows == self.columns == 1

    @property
    def faulty(self) -> int:
        """How many cells could not be read."""
        return sum(bool(cell.fault) for cell in self.cells)


def lines_of(text: str) -> list[list[str]]:
    """The rows of cells on a clipboard, equally long; a line break inside a cell reads as a space. None for no text at all."""
    rest = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not rest:
        return []
    lines: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _cell(rest, at)
        lines[-1].append(cell)
        if at >= len(rest):
            break
        if rest[at] == "\n":
            lines.append([])
        at += 1
    width = max(map(len, lines))
    return [line + [""] * (width - len(line)) for line in lines]


def plan(model: GridModel, top: int, left: int, lines: Sequence[Sequence[str]], growable: bool) -> Block:
    """What pasting ``lines`` from a cell on would do; nothing is changed."""
    there, fields = model.rowCount(), len(model.fields)
    fitting = lines if growable else lines[: max(there - top, 0)]
    cells: list[Pasted] = []
    same = 0
    for row, line in enumerate(fitting, top):
        for column, text in enumerate(line[: fields - left], left):
            old = str(model.index(row, column).data()) if row < there else ""
            new, fault = model.look(column, text)
            if new == old:
                same += 1
            else:
                barred = not model.takes(row, column)
                cells.append(
                    Pasted(row, column, model.called(row), model.fields[column].label, old, new, fault, barred)
                )
    width = max(map(len, lines), default=0)
    wide = sum(any(line[at].strip() for line in lines) for at in range(fields - left, width))
    long = sum(any(text.strip() for text in line) for line in lines[len(fitting) :])
    added = max(top + len(fitting) - there, 0)
    return Block(len(lines), width, tuple(cells), same, added, wide, long)


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at ``at``, and where it ends."""
    quoted = _QUOTED.match(text, at)
    if quoted is not None and _BREAK.search(quoted.group(1)):
        return _BREAK.sub(" ", quoted.group(1).replace('""', '"')).strip(), quoted.end()
    plain = _PLAIN.match(text, at)
    assert plain is not None
    return plain.group().strip(), plain.end()
