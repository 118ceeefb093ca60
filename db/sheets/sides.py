"""Tables that stand side by side on one sheet, as two halves of a long list on one page: each is read as if it were alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from db.sheets.blocks import Block, blocks_of
from db.sheets.book import Cell, Sheet
from db.sheets.header import Titles, bare, meaning
from db.sheets.layouts.roster import FAULT_COLUMN

_LEAST = 3
Columns = tuple[int, int]


def blocks_beside(sheet: Sheet, titles: Titles) -> Iterator[tuple[Sheet, Block]]:
    """The blocks of a sheet, each with the sheet as it is to be looked at for it."""
    blocks = blocks_of(sheet, titles)
    sides = _sides(sheet, blocks[0], titles) if blocks else []
    if len(sides) < 2:
        yield from ((sheet, block) for block in blocks)
        return
    top = blocks[0].top
    for side in sides:
        alone = side_of(sheet, side, top)
        yield from ((alone, replace(block, columns=side, above_sides=top)) for block in blocks_of(alone, titles))


def side_of(sheet: Sheet, side: Columns | None, top: int) -> Sheet:
    """The sheet with nothing below ``top`` (from 0) outside the columns of one side but lines of text of a single cell; all of it for
    None."""
    if side is None:
        return sheet
    rows = [
        cells if number < top or _single(cells) else _within(cells, side) for number, cells in enumerate(sheet.rows)
    ]
    merges = tuple(one for one in sheet.merges if one[2] < top or side[0] <= one[1] < side[1])
    return replace(sheet, rows=rows, merges=merges)


def _single(cells: Sequence[Cell]) -> bool:
    return len(cells) - cells.count("") <= 1


def _within(cells: Sequence[Cell], side: Columns) -> list[Cell]:
    return ["" if not side[0] <= index < side[1] else cell for index, cell in enumerate(cells)]


def _sides(sheet: Sheet, block: Block, titles: Titles) -> list[Columns]:
    """Where a header says the same twice, on both sides of a blank column or in the very same words: from column to before column."""
    indexes = [index for index in sorted(block.paths) if block.paths[index][-1] != FAULT_COLUMN]
    width = max(indexes) + 1
    again = _repeated([bare(block.paths[index][-1]) for index in indexes])
    if again:
        return [(start, end) for start, end in pairwise([*indexes[::again], len(sheet.rows[0])])]
    gaps = [index for index in range(indexes[0], width) if index not in block.paths and _blank(sheet, block, index)]
    sides: list[Columns] = []
    start, mine = indexes[0], set[str]()
    for left, right in pairwise([indexes[0] - 1, *gaps, width]):
        part = range(left + 1, right)
        keys = {found[0] for index in part if index in block.paths and (found := meaning(block.paths[index], titles))}
        if mine & keys and len(keys) >= _LEAST:
            sides.append((start, left))
            start, mine = left + 1, set()
        mine |= keys
    return [*sides, (start, len(sheet.rows[0]))]


def _repeated(captions: Sequence[str]) -> int:
    """After how many columns the captions begin anew, all of them; 0 when they do not."""
    lengths = (n for n in range(_LEAST, len(captions) // 2 + 1) if len(captions) % n == 0)
    return next((n for n in lengths if all(one == captions[at % n] for at, one in enumerate(captions))), 0)


def _blank(sheet: Sheet, block: Block, index: int) -> bool:
    return all(cells[index] == "" or _single(cells) for cells in sheet.rows[block.top :])
