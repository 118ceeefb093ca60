"""The rows of each ledger sheet as plain values, by its layout: what is written, read back for checking, and shown beforehand.

A value is text, a whole number, a decimal, or None for an empty cell. Text is cleaned of what a workbook cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

from db.rules.codes import Code
from db.rules.ledger import MonthLedger
from db.sheets.layouts.ledger import DASH, Column, Layout

Value = str | int | Decimal | None
Row = list[Value]

_BREAKS = re.compile(r"[\t\n\r\v\f]+")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of a surrogate pair and non-characters: a workbook with one of them does not open."""


def clean(text: str) -> str:
    """Text a cell can hold, in one line."""
    return _UNFIT.sub("", _BREAKS.sub(" ", text)) if _UNFIT.search(text) else text


def value_of(raw: object, column: Column) -> Value:
    """What stands in the cell for ``raw``."""
    if isinstance(raw, Code):
        return raw.label
    if isinstance(raw, str):
        return clean(raw) or column.blank or None
    if raw is None:
        return column.blank or None
    assert isinstance(raw, int | Decimal)
    return raw


class _Part:
    """The columns that come from one kind of object, and how their values are taken from it."""

    def __init__(self, columns: Sequence[Column], kind: str, *, once: bool | None = None) -> None:
        self.places = [
            place
            for place, column in enumerate(columns)
            if column.source.startswith(f"{kind}.") and (once is None or column.once is once)
        ]
        self.columns = [columns[place] for place in self.places]
        names = [column.source.removeprefix(f"{kind}.") for column in self.columns]
        self._take: Callable[[object], Any] = attrgetter(*names) if names else lambda _: ()
        self._single = len(names) == 1

    def put(self, row: Row, thing: object) -> None:
        """Set the cells of this part."""
        found = self._take(thing)
        for place, column, raw in zip(self.places, self.columns, (found,) if self._single else found, strict=True):
            row[place] = value_of(raw, column)


def body(ledger: MonthLedger, layout: Layout, *, repeat: bool = False) -> Iterator[Row]:
    """The data rows of a sheet, numbered from 1. ``repeat`` fills what concerns the household in every member's row."""
    empty: Row = [DASH if not column.source else None for column in layout.columns]
    _Part(layout.columns, "ledger").put(empty, ledger)
    rows = {"household": _households, "person": _persons, "village": _villages}[layout.rows](
        ledger, layout, empty, repeat
    )
    for number, row in enumerate(rows, 1):
        row[0] = number
        yield row


def _households(ledger: MonthLedger, layout: Layout, empty: Row, _repeat: bool) -> Iterator[Row]:
    part = _Part(layout.columns, "household")
    for household in ledger.households:
        row = empty[:]
        part.put(row, household)
        yield row


def _persons(ledger: MonthLedger, layout: Layout, empty: Row, repeat: bool) -> Iterator[Row]:
    columns = layout.columns
    of_all, of_head = _Part(columns, "household", once=False), _Part(columns, "household", once=True)
    own = _Part(columns, "person")
    unheld_once = [place for place, column in enumerate(columns) if column.once and not column.source]
    for household in ledger.households:
        shared = empty[:]
        of_all.put(shared, household)
        first = shared[:]
        of_head.put(first, household)
        later = first if repeat else shared
        if not repeat:
            for place in unheld_once:
                later[place] = None
        for position, person in enumerate(household.persons):
            row = (later if position else first)[:]
            own.put(row, person)
            yield row


def _villages(ledger: MonthLedger, layout: Layout, empty: Row, _repeat: bool) -> Iterator[Row]:
    part = _Part(layout.columns, "village")
    for village in ledger.villages:
        row = empty[:]
        part.put(row, village)
        yield row


def totals(ledger: MonthLedger, layout: Layout) -> Row:
    """合计, from the ledger's own total and not from the rows, so that the two can be held against each other."""
    closing = ledger.total.movement.closing
    of_town = {"household.size": closing.persons, "household.able_count": sum(h.able_count for h in ledger.households)}
    row: Row = [DASH if layout.rows == "village" and not column.source else None for column in layout.columns]
    for place, column in enumerate(layout.columns):
        if column.total and layout.rows == "village":
            row[place] = attrgetter(column.source.removeprefix("village."))(ledger.total)
        elif column.total:
            row[place] = of_town[column.source]
    if layout.counted is not None:
        row[layout.counted] = closing.households if layout.rows == "household" else closing.persons
    row[0] = "合计"
    return row


def row_count(ledger: MonthLedger, layout: Layout) -> int:
    """Data rows of a sheet."""
    persons = sum(len(household.persons) for household in ledger.households)
    return {"household": len(ledger.households), "person": persons, "village": len(ledger.villages)}[layout.rows]


def header_rows(layout: Layout) -> int:
    """Rows above the data: title, unit row and the levels of the header."""
    return 2 + layout.levels
