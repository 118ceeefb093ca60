"""The rows of sums of a roster against the rows above them (R120)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.sheets.body import bare_line
from db.sheets.book import Cell
from db.sheets.findings import SheetFinding
from db.sheets.judging import Draft
from db.sheets.table import Table

_HOUSEHOLDS = re.compile(r"(\d+)户")


def sums(tables: Sequence[Table], drafts: Sequence[Draft]) -> list[SheetFinding]:
    """Each row of sums against the rows above it, all of them or those since any earlier such row, as the sum of a village has those of
    its groups among its rows: W where it does not add up, I where only the persons' sheet says otherwise (R120)."""
    found = []
    for table in tables:
        own = [draft for draft in drafts if draft.table is table]
        earlier: list[int] = []
        for row, cells in table.totals:
            above = [draft for draft in own if draft.line.row < row] or own  # a row of sums on top is of all below
            since = [[draft for draft in above if draft.line.row > sum_row] for sum_row in reversed(earlier)]
            spans = [*filter(None, since), above]
            found += _summed(table, row, cells, spans[::-1] if table.totals[-1][0] == row else spans)
            earlier.append(row)
    return found


def _summed(table: Table, row: int, cells: Sequence[Cell], spans: Sequence[Sequence[Draft]]) -> list[SheetFinding]:
    """What a row of sums says against the first of the spans that fits it; where none does, the first is the one to name."""
    found = []
    said = _HOUSEHOLDS.search(bare_line("".join(cell for cell in cells if isinstance(cell, str))))
    if said and int(said[1]) not in {len(span) for span in spans}:
        text = f"合计行写 {said[1]} 户，上面共 {len(spans[0])} 户，请核对"
        found.append(table.finding(row, "head_name", "", text, "W", "R120"))
    column = table.header.columns.get("size_stated")
    value = cells[column.index] if column else ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        found += _persons(table, row, int(value), spans)
    return found


def _persons(table: Table, row: int, said: int, spans: Sequence[Sequence[Draft]]) -> list[SheetFinding]:
    stated = [sum(draft.household.size_stated or 0 for draft in span) for span in spans]
    counted = [sum(draft.household.size for draft in span) for span in spans]
    if said not in stated:
        text = f"合计行写 {said} 人，上面各户家庭人口相加是 {stated[0]} 人，请核对"
        return [table.finding(row, "size_stated", "", text, "W", "R120")]
    if said != counted[stated.index(said)]:
        text = f"合计行写 {said} 人，人口表中各户成员共 {counted[stated.index(said)]} 人"
        return [table.finding(row, "size_stated", "", text, "I", "R120")]
    return []
