"""Tables: balanced column widths, a header set again on each page, rows that never fall apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate

from db.papers.model import Align, Column, Head, Row, RowKind, Table
from desktop.printing.cells import PAD, Block, Set, block, draw, line_height, lines_of
from desktop.printing.flow import Piece, Strip
from desktop.printing.fonts import Face
from desktop.printing.geometry import MM, PT
from desktop.printing.measure import Ruler
from desktop.printing.page import Page

SMALLEST = 6 * PT
COMFORT = 0.5
"""Air a column keeps beside its longest cell, in sizes, as long as other columns can spare it."""
TWO_LINED = 4
"""Header words longer than this many characters may stand in two lines."""


class TableSetter:
    """Turns one table into pieces within ``left`` and ``width``; rows taller than ``limit`` are set smaller."""

    def __init__(
        self, table: Table, left: float, width: float, limit: float, ruler: Ruler, strip: Strip | None = None
    ) -> None:
        self._table = table
        self._ruler = ruler
        self._size = table.size * PT
        self._strip = strip
        widths = balanced(table, width, ruler)
        self._edges = [left + x for x in accumulate(widths, initial=0.0)]
        self._header = self._make_header()
        self._limit = limit - self._header.height
        self._plain_height = (
            0.0 if any(column.prose for column in table.columns) else max(table.row_mm * MM, line_height(self._size))
        )
        self._plain: dict[tuple[int, str], list[Set]] = {}

    def pieces(self) -> Iterator[Piece]:
        """The header, then the rows; a group row stays with its first household, a sum with its last."""
        rows = self._table.rows
        yield self._header
        for n, row in enumerate(rows):
            following = rows[n + 1].kind if n + 1 < len(rows) else RowKind.DATA
            glued = row.kind is RowKind.GROUP or following in (RowKind.SUBTOTAL, RowKind.TOTAL)
            yield self._row(row, glued)

    def _row(self, row: Row, glued: bool) -> Piece:
        if row.kind is RowKind.DATA and row.span == 1 and self._plain_height:
            return self._plain_row(row.cells, glued)
        size = self._size
        edges = self._cell_edges(row)
        made = self._blocks(row, edges, size)
        while max(b.height for b in made) > self._limit and size > SMALLEST:
            size *= 0.9
            made = self._blocks(row, edges, size)
        height = max(self._table.row_mm * MM, *(b.height for b in made))
        face = Face.BODY if row.kind is RowKind.DATA else Face.HEI
        sets: list[Set] = []
        for n, one in enumerate(made):
            align = self._align(row, n)
            sets += lines_of(one, (edges[n], edges[n + 1] - edges[n], height), face, align, self._ruler)
        return Piece(
            height, partial(_draw_row, edges, height, sets), glue=glued, header=self._header, strip=self._strip
        )

    def _plain_row(self, cells: Sequence[str], glued: bool) -> Piece:
        """A row of a list without prose: all are of one height, and most cells have been set before."""
        height, known = self._plain_height, self._plain
        sets: list[Set] = []
        for n, text in enumerate(cells):
            made = known.get((n, text))
            if made is None:
                left, width = self._edges[n], self._edges[n + 1] - self._edges[n]
                one = block(text, width - 2 * PAD, Face.BODY, self._size, False, self._ruler)
                align = self._table.columns[n].align
                made = known[n, text] = lines_of(one, (left, width, height), Face.BODY, align, self._ruler)
            sets += made
        return Piece(
            height, partial(_draw_row, self._edges, height, sets), glue=glued, header=self._header, strip=self._strip
        )

    def _blocks(self, row: Row, edges: Sequence[float], size: float) -> list[Block]:
        face = Face.BODY if row.kind is RowKind.DATA else Face.HEI
        shift = len(self._table.columns) - len(row.cells)
        return [
            block(
                text,
                edges[n + 1] - edges[n] - 2 * PAD,
                face,
                size,
                self._table.columns[n + shift if n else 0].prose or row.kind is RowKind.GROUP,
                self._ruler,
            )
            for n, text in enumerate(row.cells)
        ]

    def _cell_edges(self, row: Row) -> Sequence[float]:
        if row.kind is RowKind.GROUP:
            return (self._edges[0], self._edges[-1])
        if row.span > 1:
            return [self._edges[0], *self._edges[row.span :]]
        return self._edges

    def _align(self, row: Row, n: int) -> Align:
        if row.kind is RowKind.GROUP:
            return Align.LEFT
        if n == 0 and row.span > 1:
            return Align.CENTER
        return self._table.columns[n + row.span - 1 if n else 0].align

    def _make_header(self) -> Piece:
        heads = self._table.heads or (tuple(Head(column.title) for column in self._table.columns),)
        placed = list(_grid_of(heads))
        blocks = [
            block(
                head.text,
                self._edges[x + head.columns] - self._edges[x] - 2 * PAD,
                Face.HEI,
                self._size,
                True,
                self._ruler,
                True,
            )
            for _, x, head in placed
        ]
        heights = [
            max(
                b.height / head.rows
                for (row, _, head), b in zip(placed, blocks, strict=True)
                if row <= n < row + head.rows
            )
            for n in range(len(heads))
        ]
        tops = list(accumulate(heights, initial=0.0))
        cells = []
        for (row, x, head), one in zip(placed, blocks, strict=True):
            left, right = self._edges[x], self._edges[x + head.columns]
            top, bottom = tops[row], tops[row + head.rows]
            lines = lines_of(one, (left, right - left, bottom - top), Face.HEI, Align.CENTER, self._ruler)
            cells.append((left, right, top, bottom, lines))
        return Piece(tops[-1], partial(_draw_header, cells), glue=True, strip=self._strip)


def _grid_of(heads: Sequence[Sequence[Head]]) -> Iterator[tuple[int, int, Head]]:
    """Each header cell with the row and column it starts at, skipping what cells above cover."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(heads):
        x = 0
        for head in row:
            while (y, x) in taken:
                x += 1
            yield y, x, head
            taken |= {(y + dy, x + dx) for dy in range(head.rows) for dx in range(head.columns)}
            x += head.columns


def _draw_header(cells: Sequence[tuple[float, float, float, float, Sequence[Set]]], page: Page, y: float) -> None:
    for left, right, top, bottom, lines in cells:
        for edge in (top, bottom):
            page.across(y + edge, left, right)
        for edge in (left, right):
            page.down(edge, y + top, y + bottom)
        draw(lines, page, y + top)


def _draw_row(edges: Sequence[float], height: float, sets: Sequence[Set], page: Page, y: float) -> None:
    page.row(edges, y, y + height)
    draw(sets, page, y)


def balanced(table: Table, width: float, ruler: Ruler) -> list[float]:
    """Column widths: shares by weight, then columns too narrow for their longest cell take what others can spare."""
    total = sum(column.weight for column in table.columns)
    shares = [width * column.weight / total for column in table.columns]
    bare = [_need(table, n, column, ruler) for n, column in enumerate(table.columns)]
    if sum(bare) > width:
        least = [_least(table, column, ruler, parted=1) + 2 * PAD + 1 for column in table.columns]
        return _crowded(least, bare, shares, width)
    comfort = min(COMFORT * table.size * PT, max(0.0, (width - sum(bare)) / len(bare)))
    needs = [need + comfort for need in bare]
    lack = sum(max(0.0, need - share) for need, share in zip(needs, shares, strict=True))
    spare = sum(max(0.0, share - need) for need, share in zip(needs, shares, strict=True))
    if lack == 0 or spare == 0:
        return shares
    given, got = min(1.0, lack / spare), min(1.0, spare / lack)
    return [
        share + (need - share) * (got if need > share else given) for need, share in zip(needs, shares, strict=True)
    ]


def _crowded(least: Sequence[float], bare: Sequence[float], shares: Sequence[float], width: float) -> list[float]:
    """Where not all fit, all give way alike down to their titles, so that none becomes too small to be read.

    An endless cell counts as three shares.
    """
    more = [max(0.0, min(need, share * 3) - low) for low, need, share in zip(least, bare, shares, strict=True)]
    rest = width - sum(least)
    if rest <= 0 or not sum(more):
        return list(shares)
    return [low + one * rest / sum(more) for low, one in zip(least, more, strict=True)]


def _need(table: Table, n: int, column: Column, ruler: Ruler) -> float:
    size = table.size * PT
    least = _least(table, column, ruler)
    if column.prose:
        return max(least, 6 * size) + 2 * PAD
    cells = [row.cells[n] for row in table.rows if row.kind is RowKind.DATA]
    longest = sorted(set(cells), key=len, reverse=True)[:5]
    return max([least, *(ruler.width(cell, Face.BODY, size) for cell in longest)]) + 2 * PAD + 1


def _least(table: Table, column: Column, ruler: Ruler, parted: int = TWO_LINED) -> float:
    """The width of the title, set in two lines when it is longer than ``parted`` characters."""
    word = column.title if len(column.title) <= parted else column.title[: (len(column.title) + 1) // 2]
    return ruler.width(word, Face.HEI, table.size * PT)
