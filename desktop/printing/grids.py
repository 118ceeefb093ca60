"""Forms of captions and values: bordered rows, opinion boxes with their places to sign, the upright strip at the left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate

from db.papers.model import Cell, GridRow, KeyValueGrid
from desktop.printing.cells import LEADING, PAD, Block, Set, block, draw, lines_of
from desktop.printing.flow import Piece, Strip
from desktop.printing.fonts import Face
from desktop.printing.geometry import MM, PT
from desktop.printing.measure import Ruler
from desktop.printing.page import Page

STRIP = 8 * MM
FOOT_LEADING = 2.0
AIR = 0.7
INSET = 2
"""How far signatures and dates stay from the right edge of their box, in sizes; AIR opens the top of a box to write in."""
SMALLEST = 6 * PT


def strip(text: str, left: float, size: float, ruler: Ruler) -> Strip | None:
    """The upright strip a block carries at its left edge; None when it has none."""
    return Strip(text, partial(_draw_strip, text, left, size, ruler)) if text else None


class GridSetter:
    """Turns one form into pieces within ``left`` and ``width``; rows taller than ``limit`` are set smaller."""

    def __init__(
        self, grid: KeyValueGrid, left: float, width: float, limit: float, ruler: Ruler, side: Strip | None = None
    ) -> None:
        self._grid = grid
        self._ruler = ruler
        self._limit = limit
        self._strip = side
        total = sum(grid.weights)
        self._edges = [left + width * x / total for x in accumulate(grid.weights, initial=0.0)]

    def pieces(self) -> Iterator[Piece]:
        """One piece a row; a section with a strip stays on one page."""
        for n, row in enumerate(self._grid.rows, start=1):
            size = self._grid.size * PT
            while self._height(row, size) > self._limit and size > SMALLEST:
                size *= 0.9
            yield self._row(row, size, glued=self._strip is not None and n < len(self._grid.rows))

    def _spans(self, row: GridRow) -> list[tuple[Cell, float, float]]:
        starts = list(accumulate((cell.span for cell in row.cells), initial=0))
        return [
            (cell, self._edges[a], self._edges[b]) for cell, a, b in zip(row.cells, starts, starts[1:], strict=False)
        ]

    def _height(self, row: GridRow, size: float) -> float:
        tallest = max(
            self._block(cell, right - left, size).height + _foot_height(cell, size)
            for cell, left, right in self._spans(row)
        )
        return max(tallest, row.mm * MM)

    def _row(self, row: GridRow, size: float, glued: bool) -> Piece:
        height = self._height(row, size)
        sets: list[Set] = []
        edges = [self._edges[0]]
        for cell, left, right in self._spans(row):
            edges.append(right)
            sets += self._cell(cell, left, right - left, height, size)
        return Piece(height, partial(_draw_row, edges, height, sets), glue=glued, strip=self._strip)

    def _cell(self, cell: Cell, left: float, width: float, height: float, size: float) -> list[Set]:
        face = _face(cell)
        made = self._block(cell, width, size)
        hangs = cell.foot or (cell.prose and not cell.label and height > 3 * size)
        box = (left, width, made.height + AIR * size if hangs else height)
        sets = lines_of(made, box, face, cell.align, self._ruler)
        room = width - 2 * PAD - INSET * size
        for n, line in enumerate(reversed(cell.foot)):
            middle = height - size * FOOT_LEADING * (n + 0.6)
            fitted = self._ruler.fitting(line, Face.BODY, size, room)
            x = left + PAD + room - self._ruler.width(line, Face.BODY, fitted)
            sets.append(Set(x, middle, line, Face.BODY, fitted))
        return sets

    def _block(self, cell: Cell, width: float, size: float) -> Block:
        return block(cell.text, width - 2 * PAD, _face(cell), size, cell.prose, self._ruler, cell.label)


def _face(cell: Cell) -> Face:
    return Face.HEI if cell.label else Face.BODY


def _foot_height(cell: Cell, size: float) -> float:
    return (len(cell.foot) * FOOT_LEADING + AIR) * size if cell.foot else 0.0


def _draw_row(edges: Sequence[float], height: float, sets: Sequence[Set], page: Page, y: float) -> None:
    page.row(edges, y, y + height)
    draw(sets, page, y)


def _draw_strip(text: str, left: float, size: float, ruler: Ruler, page: Page, top: float, bottom: float) -> None:
    page.across(top, left, left + STRIP)
    page.across(bottom, left, left + STRIP)
    page.down(left, top, bottom)
    room = bottom - top - PAD
    signs = re.findall(r"\d+|.", text)
    if len(signs) * LEADING * size > room and len(signs) > 2:
        signs = ["".join(signs[n : n + 2]) for n in range(0, len(signs), 2)]
    fitted = min(size, room / (len(signs) * LEADING))
    middle = (top + bottom) / 2 - fitted * LEADING * (len(signs) - 1) / 2
    for sign in signs:
        wide = ruler.fitting(sign, Face.HEI, fitted, STRIP - PAD)
        page.write(left + (STRIP - ruler.width(sign, Face.HEI, wide)) / 2, middle, sign, Face.HEI, wide)
        middle += fitted * LEADING
