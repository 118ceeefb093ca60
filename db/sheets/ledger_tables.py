"""The sheets of a month's ledger: each layout with the rows it stands over, what their figures come to, and how it is to be written.

Where rows come from is said once per table in `TABLES`; a table that is not named there is the ledger's own attribute of that name, so a
new ledger needs a layout and rows, and nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from db.rules.ledger import MonthLedger
from db.rules.ledgerchoice import Choice, narrowed, period_of, scope_of
from db.rules.turn import TurnKind
from db.rules.turns import natural_rows, reason_rows, since
from db.sheets.layouts.declared import Layout
from db.sheets.layouts.events import ADDED, ADJUSTMENTS, ENDED, INCOMES, NATURAL, TURNS
from db.sheets.layouts.ledger import HOUSEHOLDS, PERSONS, SUMMARY, SUMMARY_ADJUSTED

LEDGERS = (HOUSEHOLDS, PERSONS, SUMMARY, ADDED, ENDED, NATURAL, TURNS, INCOMES)
"""The sheets of every month in order; a month that carries 调整 has their list besides."""


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` are the things a sheet tells of. ``total`` has the attributes that are summed, counted by another way than adding up the
    rows (None: there is no other way); ``count`` is how many rows there must be, None: as many as there are."""

    rows: Sequence[Any]
    total: object | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet to be written. ``about`` is the thing its title and its columns "ledger.…" speak of; ``period`` and ``scope`` as they are
    printed, scope "" for the whole town."""

    layout: Layout
    table: Table
    about: Any
    period: str
    scope: str = ""
    choice: Choice = field(default_factory=Choice)


@dataclass(frozen=True, slots=True)
class _Register:
    """What the register's sheets come to."""

    size: int
    able_count: int = 0
    gross: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    disposable: Decimal = Decimal(0)


Maker = Callable[[MonthLedger, date], Table]


def _households(ledger: MonthLedger, _first: date) -> Table:
    closing = ledger.total.movement.closing
    able = sum(h.able_count for h in ledger.households)
    return Table(ledger.households, _Register(closing.persons, able), closing.households)


def _persons(ledger: MonthLedger, _first: date) -> Table:
    closing = ledger.total.movement.closing
    return Table(ledger.households, _Register(closing.persons), closing.persons)


def _incomes(ledger: MonthLedger, _first: date) -> Table:
    closing = ledger.total.movement.closing
    sums = [sum((attrgetter(key)(h) or Decimal(0) for h in ledger.households), Decimal(0)) for key in _MONEY]
    return Table(ledger.households, _Register(closing.persons, 0, *sums), closing.households)


_MONEY = ("gross", "spent", "disposable")

TABLES: Mapping[str, Maker] = {
    "households": _households,
    "persons": _persons,
    "incomes": _incomes,
    "villages": lambda ledger, _first: Table(ledger.villages, ledger.total),
    "added": lambda ledger, first: Table(reason_rows(ledger, TurnKind.ADDED, first)),
    "ended": lambda ledger, first: Table(reason_rows(ledger, TurnKind.ENDED, first)),
    "natural": lambda ledger, first: Table(natural_rows(ledger, first)),
    "turns": lambda ledger, first: Table(since(ledger, first)),
}


def layouts_of(ledger: MonthLedger) -> tuple[Layout, ...]:
    """The layouts of a month: one that carries 调整 says so in its summary and lists them."""
    total = ledger.total
    if not ledger.adjustments and total.movement.adjusted == total.year_adjusted == type(total.year_adjusted)():
        return LEDGERS
    return (*(SUMMARY_ADJUSTED if layout is SUMMARY else layout for layout in LEDGERS), ADJUSTMENTS)


def sheets_of(ledger: MonthLedger, choice: Choice | None = None) -> tuple[Sheet, ...]:
    """The chosen sheets of a month over the chosen villages. ValueError for a sheet or village that the ledger lacks."""
    choice = choice or Choice()
    layouts = layouts_of(ledger)
    strange = set(choice.sheets) - {layout.name for layout in layouts}
    if strange:
        raise ValueError(f"no such sheet: {strange}")
    mine = narrowed(ledger, choice.villages)
    scope = scope_of(ledger, choice.villages)
    return tuple(
        sheet_of(mine, layout, choice, scope) for layout in layouts if not choice.sheets or layout.name in choice.sheets
    )


def sheet_of(ledger: MonthLedger, layout: Layout, choice: Choice, scope: str = "") -> Sheet:
    """One layout over a ledger that is narrowed already."""
    first, period = period_of(ledger, yearly=choice.yearly and layout.periodic)
    maker = TABLES.get(layout.table)
    table = maker(ledger, first) if maker else Table(getattr(ledger, layout.table))
    return Sheet(layout, table, ledger, period, scope, choice)
