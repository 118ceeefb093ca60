"""The list behind an answered question as a workbook in the county's frame: numbers as text, the question itself at the foot."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.rules.ledgerchoice import Choice
from db.sheets import ledger
from db.sheets.findings import Ticket
from db.sheets.layouts.declared import Column, Form, Layout
from db.sheets.ledger_tables import Sheet, Table
from db.sheets.villagelists import sheet_title

Cell = str | int | Decimal | date | None
_ORDER = Column(("序号",), 6, "ledger.order", Form.ORDER)
_LEAST, _MOST, _SEEN = 7, 30, 2000
"""Widths in characters, and how many rows are looked at for them."""
_OFFICE, _DAY = 31.0, 24.0
"""What 填报单位（盖章）：…人民政府 takes besides the name of the town, and what the day and whose households they are take."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its title, whether its figures are added up, are money, or are numbers of papers and people (``secret``)."""

    title: str
    summed: bool = False
    money: bool = False
    secret: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What the frame says of the list; ``order`` fills the column of numbers until the rows are counted."""

    town: str
    year: int
    month: int
    receipt: str = ""
    order: int = 0


class _Asked(Layout):
    """Only money is in 元; areas and measures have two places as well."""

    @property
    def money(self) -> bool:
        return any("（元）" in column.titles[-1] for column in self.columns)


def sheet(
    name: str, about: About, period: str, basis: str, headings: Sequence[Heading], rows: Sequence[Sequence[Cell]], *,
    unit: str, masked: bool,
) -> Sheet:  # fmt: skip
    """The sheet of one answer. ``unit`` is 户 or 人, ``basis`` the question as a sentence, ``period`` the day it is of."""
    drawn = (_ORDER, *(_column(n, one, [row[n] for row in rows[:_SEEN]]) for n, one in enumerate(headings)))
    columns = _roomy(drawn, len(about.town))
    counted = next((n for n, one in enumerate(columns) if n and not one.total), None)
    layout = _Asked(
        sheet_title(name), "row", "rows", columns, min(4, len(headings)), counted, unit, (f"{basis}。",)
    )  # fmt: skip
    made: Any = namedtuple("Row", [f"c{n}" for n in range(len(headings))])  # type: ignore[misc]
    return Sheet(layout, Table([made(*row) for row in rows]), about, period, "", Choice(masked=masked))


def write(made: Sheet, path: Path, ticket: Ticket, *, at: datetime, seal: Callable[[Path], None] | None = None) -> None:
    """Write the sheet; see `db.sheets.ledger.write`."""
    ledger.write([made], path, ticket, made=at, seal=seal)


def _column(place: int, heading: Heading, seen: Sequence[Cell]) -> Column:
    title = f"{heading.title}（元）" if heading.money and "（元）" not in heading.title else heading.title
    source = f"row.c{place}"
    longest = max([-(-_wide(title) // 2), *(_wide(str(value)) for value in seen if value is not None)], default=0) + 2
    width = float(min(max(longest, _LEAST), _MOST))
    decimal = any(isinstance(value, Decimal) for value in seen)
    if heading.money or decimal:
        return Column((title,), max(width, 12.0), source, Form.MONEY, "", heading.summed)
    if heading.number:
        return Column((title,), width, source, Form.COUNT, "", heading.summed)
    if heading.secret:
        return Column((title,), max(width, 12.0), source, Form.CODE, "", secret=True)
    return Column((title,), width, source, Form.TEXT, "", wide=longest > _MOST)


def _roomy(columns: tuple[Column, ...], town: int) -> tuple[Column, ...]:
    """The columns wide enough that the office at the left and the day in the middle stand above them whole."""
    third = max(2, len(columns) // 3)
    office, middle = range(1, third), range(third, max(len(columns) - third, third + 1))
    more = dict.fromkeys(range(len(columns)), 0.0)
    for places, needed in ((office, _OFFICE + 2.4 * town - columns[0].width), (middle, _DAY)):
        there = [n for n in places if n < len(columns)]
        short = needed - sum(columns[n].width for n in there)
        more |= {n: short / len(there) for n in there if short > 0}
    return tuple(replace(one, width=one.width + more[n]) for n, one in enumerate(columns))


def _wide(text: str) -> int:
    """Characters a text takes, Chinese ones counting two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)
