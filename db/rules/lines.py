"""Income held against a yearly line: the sum step by step, and which households another line would move.

The figures are those of `db.rules.income`; here they are laid out so that a clerk can show them to a household. Comparing is done on
the unrounded figure (粤发〔2016〕13号 一、2：低于 4000 元, 2014 年不变价).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from db.rules.codes import ThresholdKind
from db.rules.income import REQUIRED_ITEMS, ZERO, Threshold, below, per_head, threshold, to_cents, totals
from db.rules.values import Income

_COSTS = frozenset({"business_cost", "transfer_cost"})
SUMMED = (*REQUIRED_ITEMS, "transfer_cost")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the sum, yuan; ``cost`` is taken off. ``given`` is False where the sheet leaves it blank, which counts as 0."""

    key: str
    amount: Decimal
    cost: bool
    given: bool


@dataclass(frozen=True, slots=True)
class Held:
    """One household's income held against one line. ``gap`` is line minus income a head, yuan: positive below the line."""

    steps: tuple[Step, ...]
    disposable: Decimal
    size: int
    per_head: Decimal
    line: Threshold | None
    below: bool | None
    gap: Decimal | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One household as the what-if reads it: sums in yuan of the income year; ``size`` members."""

    household_id: int
    year: int
    size: int
    disposable: Decimal


@dataclass(frozen=True, slots=True)
class Crossing:
    """A household that another line moves. ``enters`` is True when it comes below the line, False when it no longer is."""

    household_id: int
    size: int
    per_head: Decimal
    enters: bool


def held(income: Income, size: int, lines: Iterable[Threshold], against: Threshold | None = None) -> Held:
    """The sum of an income sheet held against the identification line of its year, or ``against`` another; ValueError for no member."""
    sums = totals(income)
    line = against or threshold(lines, ThresholdKind.ENTRY, income.year)
    share = per_head(income, size)
    return Held(
        steps=tuple(_steps(income)),
        disposable=sums.disposable,
        size=size,
        per_head=to_cents(share),
        line=line,
        below=None if line is None else below(share, line.line),
        gap=None if line is None else to_cents(Fraction(line.line) - share),
    )


def _steps(income: Income) -> Iterator[Step]:
    for key in SUMMED:
        amount = getattr(income, key)
        yield Step(key, amount or ZERO, key in _COSTS, amount is not None)


def crossings(standings: Iterable[Standing], lines: Iterable[Threshold], against: Threshold) -> Iterator[Crossing]:
    """The households on another side of ``against`` than of the identification line of their own income year.

    Households whose year has no line, or without members, are left out: nothing can be said of them.
    """
    known = tuple(lines)
    of_year: dict[int, Threshold | None] = {}
    for one in standings:
        if one.year not in of_year:
            of_year[one.year] = threshold(known, ThresholdKind.ENTRY, one.year)
        own = of_year[one.year]
        if own is None or one.size < 1:
            continue
        share = Fraction(one.disposable) / one.size
        then = below(share, against.line)
        if then is not below(share, own.line):
            yield Crossing(one.household_id, one.size, to_cents(share), then)
