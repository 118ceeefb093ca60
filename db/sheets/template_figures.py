"""Forms without a table: labels beside or above blank cells, and lists that name an item a row with a blank for its figure."""

from __future__ import annotations

import re

from db.sheets.template import Slot
from db.sheets.template_find import Table, is_frame, is_total
from db.sheets.template_grid import Grid, squeezed
from db.sheets.template_kinds import item_columns, units_in

_HAN = re.compile("[\u4e00-\u9fff]")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]")
_COUNTED = ("户", "人")
_LONGEST = 40
"""A longer text explains, it is no label."""


def items(grid: Grid, table: Table, paths: dict[int, tuple[str, ...]]) -> tuple[Slot, ...]:
    """The blanks of a list of items: each under its section and its item, with the column's caption where several columns ask."""
    found = item_columns(paths)
    if found is None:
        return ()
    item, amounts = found
    slots, section, unit_column = (
        [],
        "",
        next((i for i, p in paths.items() if squeezed(p[-1]) in ("单位", "计量单位")), None),
    )
    for row in range(table.first, grid.rows):
        texts = grid.texts(row)
        if texts and is_frame(texts[0][1]):
            break
        label = grid.shown[row][item]
        if not label or (len(texts) == 1 and _SECTION.match(squeezed(texts[0][1]))) or _is_band(grid, row):
            section = texts[0][1] if texts else section
            continue
        said = grid.own[row][unit_column] if unit_column is not None else ""
        for column in amounts:
            if grid.own[row][column] and (row, column) not in grid.formulas:
                continue
            label = f"{label}（{squeezed(said)}）" if squeezed(said) in _COUNTED else label
            path = tuple(part for part in (section, label, *(paths[column][-1:] if len(amounts) > 1 else ())) if part)
            unit = units_in([f"（{said}）", path[-1]])
            slots.append(Slot(column, path, row, (row, column) in grid.formulas, unit))
    return tuple(slots)


def pairs(grid: Grid) -> tuple[Slot, ...]:
    """The blank cells with a label left of them, else above them; a label is used once."""
    slots: list[Slot] = []
    covered = {(r, c) for t, le, b, ri in grid.sheet.merges for r in range(t, b + 1) for c in range(le, ri + 1)}
    masters = {(t, le) for t, le, _, _ in grid.sheet.merges}
    used: set[tuple[int, int]] = set()
    for row in range(grid.rows):
        texts = grid.texts(row)
        if texts and is_frame(texts[0][1]):
            continue
        for column in range(1, grid.width):
            if grid.own[row][column] or ((row, column) in covered and (row, column) not in masters):
                continue
            where = _label_of(grid, row, column)
            if where is None or where in used:
                continue
            used.add(where)
            label = grid.shown[where[0]][where[1]]
            slots.append(
                Slot(column, _path(grid, where, label), row, (row, column) in grid.formulas, units_in([label]))
            )
    return tuple(slots)


def _label_of(grid: Grid, row: int, column: int) -> tuple[int, int] | None:
    if not grid.ruled[row][column] and not _ends_with_colon(grid.shown[row][column - 1]):
        return None
    for where in ((row, column - 1), (row - 1, column)):
        if where[0] >= 0 and _is_label(grid.shown[where[0]][where[1]]):
            return _master(grid, where)
    return None


def _path(grid: Grid, where: tuple[int, int], label: str) -> tuple[str, ...]:
    """A label with the one left of it where that stands for several rows."""
    row, column = where
    if column == 0:
        return (label,)
    group = grid.shown[row][column - 1]
    tall = any(t <= row <= b and le <= column - 1 <= r and b > t for t, le, b, r in grid.sheet.merges)
    return (group, label) if tall and _is_label(group) and group != label else (label,)


def _master(grid: Grid, where: tuple[int, int]) -> tuple[int, int]:
    row, column = where
    return next(((t, le) for t, le, b, r in grid.sheet.merges if t <= row <= b and le <= column <= r), where)


def _is_label(text: str) -> bool:
    bare = squeezed(text)
    return bool(_HAN.search(bare)) and len(bare) <= _LONGEST and not is_frame(text)


def _ends_with_colon(text: str) -> bool:
    return squeezed(text).endswith((":", "："))


def _is_band(grid: Grid, row: int) -> bool:
    """Whether one caption is merged across the row: the heading of a section."""
    return any(
        t == row and r - le >= 2 and _is_label(grid.own[t][le]) and not is_total(grid.own[t][le])
        for t, le, _, r in grid.sheet.merges
    )
