"""The parts of a sheet that have a header of their own: most sheets are one, some begin anew for every village.

A header that is only repeated (续表, a page, a village with the same columns) does not end a block; one with other columns does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.sheets.book import Cell, Sheet
from db.sheets.header import DEEPEST, Titles, caption, captions_of, find_header, known_in

_LEAST_CAPTIONS = 4
_LONG_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Block:
    """A header with the rows below it, all counted from 0: header rows ``top`` to ``bottom`` (both included), data from there to before
    ``end``; ``start`` is where the lines of text above the header begin. ``paths`` are the captions of its columns by index. Of tables that stand
    side by side ``columns`` are those of one, from and to before, and ``above_sides`` the row where they begin."""

    start: int
    top: int
    bottom: int
    end: int
    paths: Mapping[int, tuple[str, ...]]
    columns: tuple[int, int] | None = None
    above_sides: int = 0

    def above(self, sheet: Sheet) -> tuple[str, ...]:
        """The lines of text between the block before and the header."""
        lines = ("".join(cell for cell in row if isinstance(cell, str)) for row in sheet.rows[self.start : self.top])
        return tuple(line for line in lines if line.strip())


def blocks_of(sheet: Sheet, titles: Titles) -> tuple[Block, ...]:
    """The blocks of a sheet from top to bottom; none when it has no header. ``titles`` are all captions that may matter."""
    best = find_header(sheet, titles)
    if best is None:
        return ()
    top = _top(sheet, best.top, best.bottom)
    first = _earlier(sheet, top, titles) or Block(
        0, top, best.bottom, len(sheet.rows), captions_of(sheet, top, best.bottom)
    )
    found = [first]
    for row in _header_rows(sheet, first.bottom + 1, titles):
        last = found[-1]
        if row <= last.bottom or sheet.rows[row] in sheet.rows[last.top : last.bottom + 1]:
            continue
        new = _block(sheet, max(last.bottom + 1, row - DEEPEST), row, titles)
        if new is not None and _words(new) != _words(last):
            start = _after_data(sheet, last, new.top)
            found[-1] = replace(last, end=start)
            found.append(replace(new, start=start))
    return tuple(found)


def _earlier(sheet: Sheet, top: int, titles: Titles) -> Block | None:
    """A block with fewer columns above the header that explains most, told from a part of that header by the data below it."""
    for row in _header_rows(sheet, 0, titles):
        if row >= top:
            return None
        new = _block(sheet, max(0, row - DEEPEST), row, titles)
        if new is not None and any(_is_data(cells) for cells in sheet.rows[new.bottom + 1 : top]):
            return replace(new, start=0)
    return None


def _words(block: Block) -> dict[int, tuple[str, ...]]:
    """Captions for comparing; rows left out of a repeated header make no difference."""
    return {index: tuple(map(caption, path[-1:])) for index, path in block.paths.items()}


def _top(sheet: Sheet, top: int, bottom: int) -> int:
    """A caption merged downwards begins above the row a header is read from."""
    width = len(sheet.rows[0]) if sheet.rows else 0
    tops = [t for t, left, b, right in sheet.merges if t < top <= b <= bottom and right - left + 1 < width]
    return max(min([top, *tops]), bottom + 1 - DEEPEST)


def _block(sheet: Sheet, above: int, row: int, titles: Titles) -> Block | None:
    """The header that has ``row`` among its rows, looked for among the rows around it."""
    end = min(row + DEEPEST, len(sheet.rows))
    merges = tuple((t - above, left, b - above, right) for t, left, b, right in sheet.merges if above <= t and b < end)
    part = replace(sheet, rows=sheet.rows[above:end], merges=merges)
    header = find_header(part, titles)
    if header is None:
        return None
    top = above + _top(part, header.top, header.bottom)
    bottom = above + header.bottom
    return Block(top, top, bottom, len(sheet.rows), captions_of(sheet, top, bottom))


def _header_rows(sheet: Sheet, first: int, titles: Titles) -> Iterator[int]:
    """Rows below the first header that look like one: words only, several of them known captions."""
    for number in range(first, len(sheet.rows)):
        row = sheet.rows[number]
        if not _is_data(row) and known_in(row, titles) >= _LEAST_CAPTIONS:
            yield number


def _is_data(row: Sequence[Cell]) -> bool:
    """Whether a row holds a number, a day or a long number as text; cheap, since it is asked of every row."""
    for cell in row:
        if cell == "":
            continue
        if isinstance(cell, (float, int, date)):
            return True
        if isinstance(cell, str) and len(cell) >= _LONG_NUMBER and cell[:_LONG_NUMBER].isdigit():
            return True
    return False


def _after_data(sheet: Sheet, last: Block, top: int) -> int:
    """Where the lines of text before a header begin: below the last row with more than a line of text."""
    row = top
    while row > last.bottom + 1 and sum(cell != "" for cell in sheet.rows[row - 1]) <= 2:
        row -= 1
    return row
