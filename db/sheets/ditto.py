"""Cells that say 同上: each is read as the cell it points to, where that is sure, and it is told how many were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from db.fields.household import BANK_CARD, HEAD_ID, HEAD_NAME, HOUSEHOLD, PHONE
from db.fields.income import INCOME
from db.fields.member import DISABILITY, ID_NUMBER, NAME
from db.sheets.body import Body
from db.sheets.book import Cell
from db.sheets.cells import SAME_AS_ABOVE
from db.sheets.findings import SheetFinding
from db.sheets.header import Header

_ONES_OWN = frozenset(field.key for field in (NAME, ID_NUMBER, DISABILITY, BANK_CARD, PHONE))
"""Nobody has these in common with the row above; such a mark stays a fault."""
_NAMING = frozenset({HEAD_NAME.key, HEAD_ID.key})
_OF_HOUSEHOLDS = HOUSEHOLD.keys() | INCOME.keys()


def spelled_out(body: Body, header: Header, role: str) -> Body:
    """The rows with every 同上 replaced by what it points to: the cell right above, for a household's column on a sheet of both the last
    one filled in. Rows are copied, not changed; a mark with nothing above it stays."""
    if all(SAME_AS_ABOVE.isdisjoint(cells) for _, cells in body.data):
        return body
    barred = _ONES_OWN | (_NAMING if role == "household" else frozenset())
    columns = {column.index: key for key, column in header.columns.items() if key not in barred}
    reaching = {index for index, key in columns.items() if role == "mixed" and key in _OF_HOUSEHOLDS}
    above: dict[int, Cell] = {}
    rows, dittos = [], dict.fromkeys(columns, 0)
    for number, cells in body.data:
        read = [*cells]
        for index in columns:
            if cells[index] in SAME_AS_ABOVE and above.get(index, "") != "":
                read[index] = above[index]
                dittos[index] += 1
            if read[index] != "" or index not in reaching:
                above[index] = "" if read[index] in SAME_AS_ABOVE else read[index]
        rows.append((number, read))
    return replace(body, data=tuple(rows), dittos={index: count for index, count in dittos.items() if count})


def told(sheet: str, header: Header, dittos: Mapping[int, int]) -> Iterator[SheetFinding]:
    """W for each column in which such marks were read."""
    for column in header.columns.values():
        if column.index in dittos:
            text = f"“{column.caption}”有 {dittos[column.index]} 处写“同上”一类的记号，按上面一格的内容读取，请核对"
            yield SheetFinding(sheet, header.bottom + 1, column.caption, "", text, "W", letter=column.letter)
