"""Income per head by the Guangdong layout and the yearly lines."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from db.errors import Refused
from db.rules.codes import ThresholdKind
from db.rules.income import (
    BUILT_IN,
    Threshold,
    below,
    cents_a_head,
    entry_line,
    net_per_head,
    per_head,
    threshold,
    to_cents,
    totals,
)
from db.rules.values import Income

FULL = Income(
    2015,
    wages=Decimal("2223.50"),
    business=Decimal("3071.50"),
    property=Decimal("256.90"),
    transfer=Decimal("6164.10"),
    business_cost=Decimal("1155.70"),
    transfer_cost=Decimal("300.00"),
)


def test_disposable_takes_both_costs_off_and_net_only_the_first() -> None:
    sums = totals(FULL)
    assert sums.gross == Decimal("11716.00")
    assert sums.disposable == Decimal("10260.30")
    assert sums.net == Decimal("10560.30")
    assert (sums.missing, sums.transfer_cost_given) == ((), True)


def test_a_blank_transfer_cost_counts_as_nothing_but_is_told() -> None:
    sums = totals(Income(2015, Decimal(1), Decimal(0), Decimal(0), Decimal(0), Decimal(0)))
    assert (sums.disposable, sums.transfer_cost_given, sums.missing) == (Decimal(1), False, ())


def test_blank_items_are_named() -> None:
    assert totals(Income(2015, wages=Decimal(1))).missing == ("business", "property", "transfer", "business_cost")


def test_per_head_is_exact_and_rounded_for_paper_only() -> None:
    assert per_head(FULL, 7) == Fraction(1026030, 700)
    assert to_cents(per_head(FULL, 7)) == Decimal("1465.76")
    assert net_per_head(FULL, 3) == Fraction("3520.1")
    assert to_cents(Fraction("0.005")) == Decimal("0.01")
    with pytest.raises(ValueError, match="size"):
        per_head(FULL, 0)


def test_strictly_below_the_line_on_the_unrounded_figure() -> None:
    line = Decimal(4000)
    just_under = per_head(Income(2015, Decimal("11999.99"), Decimal(0), Decimal(0), Decimal(0), Decimal(0)), 3)
    assert to_cents(just_under) == Decimal("4000.00")
    assert below(just_under, line)
    assert not below(Fraction(4000), line)
    assert below(Fraction(399999, 100), line)


def test_the_built_in_lines() -> None:
    assert entry_line(BUILT_IN, 2015) == Decimal(4000)
    for year, amount in ((2016, 6433), (2017, 6883), (2018, 7365)):
        found = threshold(BUILT_IN, ThresholdKind.EXIT, year)
        assert found is not None
        assert found.amount == amount
    assert all(row.source and row.price_index == 1 for row in BUILT_IN)


def test_a_later_row_of_a_year_wins_and_other_years_keep_theirs() -> None:
    mine = (
        *BUILT_IN,
        Threshold(2015, ThresholdKind.ENTRY, Decimal(4000), Decimal("1.010"), "甲"),
        Threshold(2015, ThresholdKind.ENTRY, Decimal(4000), Decimal("1.015"), "乙"),
    )
    assert entry_line(mine, 2015) == Decimal("4060.000")
    assert entry_line(mine, 2016) == Decimal("4060.000")
    assert entry_line(mine, 2014) == Decimal(4000)


def test_no_line_is_said_and_not_guessed() -> None:
    assert threshold(BUILT_IN, ThresholdKind.EXIT, 2015) is None
    with pytest.raises(Refused, match="2013 年"):
        entry_line(BUILT_IN, 2013)


@pytest.mark.parametrize(
    ("amount", "size"), [("0.01", 2), ("-0.01", 2), ("10000.00", 3), ("10000.01", 6), ("0.05", 10), ("7.77", 8)]
)
def test_a_share_in_cents_is_the_exact_one_as_paper_shows_it(amount: str, size: int) -> None:
    assert cents_a_head(Decimal(amount), size) == to_cents(Fraction(amount) / size)
