"""Income against a line: the sum is the sheet's, the line itself is not below, and only households that change sides are named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db.rules.codes import ThresholdKind
from db.rules.income import Threshold
from db.rules.lines import Standing, crossings, held
from db.rules.values import Income

ENTRY = Threshold(2014, ThresholdKind.ENTRY, Decimal(4000), Decimal("1.000"), "粤发〔2016〕13号")
HIGHER = Threshold(2018, ThresholdKind.EXIT, Decimal(7365), Decimal("1.000"), "粤发〔2016〕13号")
DEARER = Threshold(2016, ThresholdKind.ENTRY, Decimal(4000), Decimal("1.020"), "县通知")


def sheet(per_head: str, size: int = 2) -> Income:
    return Income(2015, wages=Decimal(per_head) * size + 100, business_cost=Decimal(60), transfer_cost=Decimal(40))


@pytest.mark.parametrize(("per_head", "below"), [("3999.99", True), ("4000.00", False), ("4000.01", False)])
def test_a_household_at_the_line_is_not_below_it(per_head: str, below: bool) -> None:
    found = held(sheet(per_head), 2, (ENTRY,))
    assert found.below is below
    assert (found.per_head, found.disposable) == (Decimal(per_head), Decimal(per_head) * 2)
    assert found.gap == Decimal(4000) - Decimal(per_head)


def test_the_price_index_moves_the_line() -> None:
    assert held(sheet("4050"), 2, (ENTRY,), DEARER).below
    assert not held(sheet("4080"), 2, (ENTRY,), DEARER).below


def test_the_sum_says_what_was_left_blank_and_what_is_taken_off() -> None:
    steps = {step.key: step for step in held(sheet("3000"), 2, (ENTRY,)).steps}
    assert steps["wages"].given
    assert not steps["business"].given
    assert steps["business_cost"].cost
    assert not steps["wages"].cost
    assert sum(-s.amount if s.cost else s.amount for s in steps.values()) == 6000


def test_without_a_line_of_that_year_nothing_is_compared() -> None:
    found = held(Income(2010, wages=Decimal(1)), 1, (ENTRY,))
    assert (found.line, found.below, found.gap) == (None, None, None)


def test_a_household_without_members_has_no_share() -> None:
    with pytest.raises(ValueError, match="size"):
        held(sheet("1"), 0, (ENTRY,))


def test_only_those_that_change_sides_are_named() -> None:
    standings = [
        Standing(1, 2015, 2, Decimal(7000)),
        Standing(2, 2015, 2, Decimal(9000)),
        Standing(3, 2015, 2, Decimal(14730)),
        Standing(4, 2015, 0, Decimal(1)),
        Standing(5, 2010, 1, Decimal(1)),
    ]
    assert [(c.household_id, c.enters) for c in crossings(standings, (ENTRY,), HIGHER)] == [(2, True)]
    lower = Threshold(2014, ThresholdKind.ENTRY, Decimal(3000), Decimal(1), "试算")
    assert [(c.household_id, c.enters) for c in crossings(standings, (ENTRY,), lower)] == [(1, False)]
