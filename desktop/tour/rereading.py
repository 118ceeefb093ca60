"""What the program wrote, read again by another program's reader and held against the record; a difference stops the tour."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from desktop.tour.stage import StageError

Cells = list[list[Any]]
TOTAL = "合计"
_WHOLE = re.compile(r"\d{17}[\dX]")


def sheets(path: Path) -> dict[str, Cells]:
    """Every sheet of a workbook by its name; StageError when the file is not there or cannot be read."""
    if not path.exists():
        raise StageError(f"“{path.name}” was not written")
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def counted(rows: Cells) -> list[list[Any]]:
    """The rows that carry a running number in their first cell."""
    return [row for row in rows if isinstance(row[0], float) or str(row[0]).isdigit()]


def total(rows: Cells) -> list[Any]:
    """The row of 合计; StageError when there is none."""
    found = next((row for row in rows if "".join(str(row[0]).split()) == TOTAL), None)
    if found is None:
        raise StageError("a sheet has no 合计")
    return found


def column(rows: Cells, *captions: str) -> int:
    """The column under the first caption that is there, whatever breaks its line; StageError when there is none."""
    for row in rows[:8]:
        for place, cell in enumerate(row):
            if "".join(str(cell).split()) in captions:
                return place
    raise StageError(f"no column is called {captions}")


def whole_numbers(found: dict[str, Cells]) -> int:
    """How many identity numbers can be read in full."""
    return sum(bool(_WHOLE.fullmatch(str(cell))) for rows in found.values() for row in rows for cell in row)


def hold(what: str, path: Path, found: object, recorded: object) -> None:
    """StageError unless the file says what the record says."""
    if found != recorded:
        raise StageError(f"{path.name}: {what} is {found!r} in the file and {recorded!r} in the record")


def same_bytes(first: Path, again: Path) -> None:
    """StageError unless two files are the same, byte for byte."""
    if first.read_bytes() != again.read_bytes():
        raise StageError(f"{again.name} is not, byte for byte, {first.name}")


def amounts(rows: Cells, place: int) -> Sequence[float]:
    """The figures of a column in the rows that are counted."""
    return [row[place] for row in counted(rows) if isinstance(row[place], float)]
