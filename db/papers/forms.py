"""Rows of the bordered forms, written down the way the paper forms read: caption, value, caption, value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from db.papers.model import Align, Cell, GridRow


def labelled(*pairs: tuple[str, str], columns: int = 0, prose: bool = False) -> tuple[Cell, ...]:
    """Captions with their values; the last value runs on to the end of a grid of ``columns`` columns."""
    cells: list[Cell] = []
    for caption, value in pairs:
        cells += [Cell(caption, label=True, align=Align.CENTER), Cell(value, prose=prose)]
    rest = columns - len(cells)
    if rest > 0:
        cells[-1] = replace(cells[-1], span=1 + rest)
    return tuple(cells)


def grid_rows(rows: Iterable[tuple[Cell, ...]], mm: float, values: Align = Align.LEFT) -> tuple[GridRow, ...]:
    """Rows of one least height whose values stand alike."""
    return tuple(
        GridRow(tuple(cell if cell.label else replace(cell, align=values) for cell in row), mm) for row in rows
    )


def opinion(caption: str, text: str, foot: tuple[str, ...], mm: float, columns: int = 2) -> GridRow:
    """A box for an opinion: caption at the left, text, and the places to sign, seal and date at the bottom right."""
    box = Cell(text, span=columns - 1, prose=True, foot=foot)
    return GridRow((Cell(caption, label=True, prose=True, align=Align.CENTER), box), mm)


def signed(*places: str) -> str:
    """Places to sign on one line of a box, with room to write."""
    return "　　　　　　".join(places) + "　　　　"
