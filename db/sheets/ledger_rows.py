"""The rows of each ledger sheet as plain values, by its layout: what is written, read back for checking, and shown beforehand.

A value is text, a whole number, a decimal, or None for an empty cell. Text is cleaned of what a workbook cannot hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import ROUND_DOWN, Decimal
from operator import attrgetter
from types import NoneType
from typing import Any

from db.rules.codes import Code
from db.rules.identity import mask
from db.sheets.layouts.declared import DASH, Column, Form
from db.sheets.ledger_tables import Sheet

Value = str | int | Decimal | None
Row = list[Value]
Shown = Callable[[Any], Value]

_BREAKS = re.compile(r"[\t\n\r\v\f]+")
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters, halves of a surrogate pair and non-characters: a workbook with one of them does not open."""
_NUMBERS = re.compile(
    r"\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx]|\d(?:[ -]?\d){14,18}"
    r"|(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)"
)
"""What in free text may be somebody's identity number, card or telephone, also when its digits are written in groups."""
_WAN, _CENT = Decimal(10000), Decimal("0.01")


def clean(text: str) -> str:
    """Text a cell can hold, in one line."""
    return _UNFIT.sub("", _BREAKS.sub(" ", text)) if _UNFIT.search(text) else text


def in_wan(amount: Decimal) -> Decimal:
    """Yuan as 万元, cut to two places and not rounded, as the province's sheets have it."""
    return (amount / _WAN).quantize(_CENT, ROUND_DOWN)


def _shown(column: Column, sheet: Sheet) -> Shown:
    """How the values of a column stand in its cells."""
    blank = column.blank or None
    wan, masked = sheet.choice.wan and column.form is Form.MONEY, sheet.choice.masked

    def text(raw: str) -> Value:
        said = raw if raw.isprintable() else clean(raw)
        if masked and said:
            said = mask(said) if column.secret else _NUMBERS.sub(_masked, said)
        return said or blank

    ways: dict[type, Shown] = {str: text, NoneType: lambda _: blank, date: date.isoformat}
    if wan:
        ways |= {int: lambda raw: in_wan(Decimal(raw)), Decimal: in_wan}

    def value(raw: object) -> Value:
        way = ways.get(type(raw))
        if way is not None:
            return way(raw)
        if isinstance(raw, Code):
            return raw.label
        assert isinstance(raw, int | Decimal)
        return raw

    return value


def _masked(found: re.Match[str]) -> str:
    return mask(found.group())


class _Part:
    """The columns that come from one kind of object, and how their values are taken from it."""

    def __init__(self, sheet: Sheet, kind: str, *, once: bool | None = None) -> None:
        columns = sheet.layout.columns
        places = [
            place
            for place, column in enumerate(columns)
            if column.source.startswith(f"{kind}.") and (once is None or column.once is once)
        ]
        names = [columns[place].source.removeprefix(f"{kind}.") for place in places]
        self._take: Callable[[object], Any] = attrgetter(*names) if names else _nothing
        self._single = len(names) == 1
        self._cells = [(place, _shown(columns[place], sheet)) for place in places]

    def put(self, row: Row, thing: object) -> None:
        """Set the cells of this part."""
        found = self._take(thing)
        for (place, shown), raw in zip(self._cells, (found,) if self._single else found, strict=True):
            row[place] = shown(raw)


def _nothing(_thing: object) -> tuple[()]:
    return ()


def body(sheet: Sheet) -> Iterator[Row]:
    """The data rows of a sheet, numbered from 1."""
    empty: Row = [DASH if not column.source else None for column in sheet.layout.columns]
    _Part(sheet, "ledger").put(empty, sheet.about)
    rows = _parts if sheet.layout.inner else _things
    for number, row in enumerate(rows(sheet, empty), 1):
        row[0] = number
        yield row


def _things(sheet: Sheet, empty: Row) -> Iterator[Row]:
    part = _Part(sheet, sheet.layout.rows)
    for thing in sheet.table.rows:
        row = empty[:]
        part.put(row, thing)
        yield row


def _parts(sheet: Sheet, empty: Row) -> Iterator[Row]:
    """A row for each part of each thing; what concerns the whole thing stands on its first row, or on all of them."""
    layout, repeat = sheet.layout, sheet.choice.repeat
    of_all, of_first = _Part(sheet, layout.outer, once=False), _Part(sheet, layout.outer, once=True)
    own, inner = _Part(sheet, layout.rows), attrgetter(layout.inner)
    unheld_once = [place for place, column in enumerate(layout.columns) if column.once and not column.source]
    for thing in sheet.table.rows:
        shared = empty[:]
        of_all.put(shared, thing)
        first = shared[:]
        of_first.put(first, thing)
        later = first if repeat else shared
        if not repeat:
            for place in unheld_once:
                later[place] = None
        for position, part in enumerate(inner(thing)):
            row = (later if position else first)[:]
            own.put(row, part)
            yield row


def totals(sheet: Sheet) -> Row:
    """合计, counted by another way than from the rows where there is one, so that the two can be held against each other."""
    layout = sheet.layout
    row: Row = [DASH if layout.counted is None and not column.source else None for column in layout.columns]
    for place, column in enumerate(layout.columns):
        if column.total:
            row[place] = _total(sheet, column)
    if layout.counted is not None:
        row[layout.counted] = row_count(sheet) if sheet.table.count is None else sheet.table.count
    row[0] = "合计"
    return row


def _total(sheet: Sheet, column: Column) -> Value:
    take = attrgetter(column.source.partition(".")[2])
    if sheet.table.total is not None:
        amount = take(sheet.table.total)
    else:
        amount = sum(filter(None, map(take, sheet.table.rows)), Decimal(0) if column.form is Form.MONEY else 0)
    return in_wan(amount) if sheet.choice.wan and column.form is Form.MONEY else amount


def row_count(sheet: Sheet) -> int:
    """Data rows of a sheet."""
    if not sheet.layout.inner:
        return len(sheet.table.rows)
    return sum(map(len, map(attrgetter(sheet.layout.inner), sheet.table.rows)))


def header_rows(sheet: Sheet) -> int:
    """Rows above the data: title, unit row and the levels of the header."""
    return 2 + sheet.layout.levels


def captions(sheet: Sheet) -> Sequence[tuple[str, ...]]:
    """The captions of every column; a masked number and money in 万元 say so."""
    return [_captions(column, sheet) for column in sheet.layout.columns]


def _captions(column: Column, sheet: Sheet) -> tuple[str, ...]:
    titles = column.titles
    if column.secret and sheet.choice.masked:
        titles = (*titles[:-1], f"{titles[-1]}（只留后四位）")
    if sheet.choice.wan:
        titles = tuple(title.replace("（元）", "（万元）") for title in titles)
    return titles
