"""What a look at a workbook finds before anything is decided: the blocks of its sheets with their captions, some of their cells, what is
hidden, and which village a sheet or title names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.fields.household import GROUP, HEAD_ID, VILLAGE
from db.fields.member import ID_NUMBER
from db.sheets.blocks import Block
from db.sheets.book import Book, Cell, Sheet
from db.sheets.columns import ten_thousands
from db.sheets.header import Titles, meaning
from db.sheets.layouts.roster import FAULT_COLUMN
from db.sheets.memory import fingerprint
from db.sheets.places import Places
from db.sheets.refusing import column_letter
from db.sheets.sides import blocks_beside

_LOOKED_AT = 60
_LEAST_CELLS = 3
_LENGTH = 18
_NUMBERS = {ID_NUMBER.key, HEAD_ID.key}
_PLACE = {VILLAGE.key, GROUP.key}


@dataclass(frozen=True, slots=True)
class Found:
    """One block. ``cells`` are some of what stands in its columns by index, ``place`` the village and group that its titles or its
    sheet name ("" where they do not), ``placed`` whether lines between its rows name what it has no column for; ``hidden_rows`` are counted from 1 as Excel
    shows them, ``hidden_columns`` from 0; ``in_ten_thousands``: the line of units above says 万元. ``numbers`` are all identity numbers
    that stand in it."""

    sheet: str
    unseen: bool
    block: Block
    fingerprint: str
    cells: Mapping[int, tuple[Cell, ...]]
    place: tuple[str, str]
    placed: bool
    hidden_rows: tuple[int, ...]
    hidden_columns: frozenset[int]
    in_ten_thousands: bool
    numbers: frozenset[str] = frozenset()


def survey(book: Book, titles: Titles, places: Places) -> tuple[tuple[Found, ...], tuple[tuple[str, bool], ...]]:
    """The blocks of a book in their order, and the sheets that have something on them but no header: name, and whether hidden."""
    found: list[Found] = []
    others = []
    for sheet in book.sheets:
        blocks = [*blocks_beside(sheet, titles)]
        found += (_found(alone, block, titles, places) for alone, block in blocks)
        if not blocks and any(cell != "" for row in sheet.rows for cell in row):
            others.append((sheet.name, sheet.hidden))
    return tuple(found), tuple(others)


def _found(sheet: Sheet, block: Block, titles: Titles, places: Places) -> Found:
    above = block.above(sheet)
    body = range(block.bottom + 1, block.end)
    said = {found[0] for path in block.paths.values() if (found := meaning(path, titles))}
    return Found(
        sheet.name,
        sheet.hidden,
        block,
        fingerprint([*(path for path in block.paths.values() if path[-1] != FAULT_COLUMN), *_side(block)]),
        _cells(sheet, block),
        _place(sheet, above, places),
        not said >= _PLACE
        and (any(_names(sheet.rows[row], places) for row in body) or _both(sheet, block, titles, places)),
        tuple(
            row + 1 for row in sorted(sheet.hidden_rows) if row in body and any(cell != "" for cell in sheet.rows[row])
        ),
        frozenset(index for index in block.paths if index in sheet.hidden_columns),
        any(ten_thousands([_unit(line)]) for line in above),
        _numbers(sheet, block, titles),
    )


def _side(block: Block) -> Iterator[tuple[str, ...]]:
    """What tells tables that stand side by side under the same captions from each other."""
    if block.columns is not None and block.columns[0] > 0:
        yield ("", column_letter(block.columns[0]))


def _cells(sheet: Sheet, block: Block) -> dict[int, tuple[Cell, ...]]:
    rows = []
    for cells in sheet.rows[block.bottom + 1 : block.end]:
        if sum(cell != "" for cell in cells) >= _LEAST_CELLS:
            rows.append(cells)
            if len(rows) == _LOOKED_AT:
                break
    return {index: tuple(cells[index] for cells in rows if cells[index] != "") for index in block.paths}


def _numbers(sheet: Sheet, block: Block, titles: Titles) -> frozenset[str]:
    indexes = [i for i, path in block.paths.items() if (meant := meaning(path, titles)) and meant[0] in _NUMBERS]
    rows = sheet.rows[block.bottom + 1 : block.end]
    return frozenset(
        cell for row in rows for index in indexes if isinstance(cell := row[index], str) and len(cell) == _LENGTH
    )


def _place(sheet: Sheet, above: Sequence[str], places: Places) -> tuple[str, str]:
    """The village of a block: the one the lines above it name, else the sheet's own name."""
    named = [place for line in above if (place := places.named_in(line)) is not None]
    villages = {village for village, _ in named if village}
    group = next((group for _, group in named if group), "")
    if len(villages) == 1:
        return villages.pop(), group
    own = (
        places.village(sheet.name) or places.village(f"{sheet.name}村") or (places.named_in(sheet.name) or ("", ""))[0]
    )
    return ("" if villages else own), group


def _names(row: Sequence[Cell], places: Places) -> bool:
    texts = [cell for cell in row if cell != ""]
    return len(texts) == 1 and isinstance(texts[0], str) and places.named_in(texts[0]) is not None


def _both(sheet: Sheet, block: Block, titles: Titles, places: Places) -> bool:
    """Whether a column of groups names the villages too, in all of its cells that are looked at."""
    index = next((i for i, path in block.paths.items() if (m := meaning(path, titles)) and m[0] == GROUP.key), None)
    cells = _cells(sheet, block).get(index, ()) if index is not None else ()
    return bool(cells) and all(isinstance(cell, str) and places.both(cell) for cell in cells)


def _unit(line: str) -> str:
    return line.partition("单位：")[2] or line.partition("单位:")[2]
