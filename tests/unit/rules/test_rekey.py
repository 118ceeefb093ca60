"""Drawing is repeatable and fair, differences are those that read differently, the rate is of fields keyed again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db.rules.rekey import Difference, differences, draw, error_rate, share


def test_the_same_seed_draws_the_same_sample_another_seed_another() -> None:
    pool = list(range(100, 400))
    one = draw(pool, 15, "20160525083000")
    assert one == draw(pool, 15, "20160525083000")
    assert one != draw(pool, 15, "20160525083001")
    assert list(one) == sorted(set(one))
    assert len(one) == 15


def test_a_small_pool_is_drawn_whole_and_nothing_of_none() -> None:
    assert draw("abc", 9, "1") == ("a", "b", "c")
    assert draw("abc", 0, "1") == ()
    assert draw([], 3, "1") == ()


@pytest.mark.parametrize(("pool", "percent", "count"), [(30, 5, 2), (100, 5, 5), (101, 5, 6), (0, 5, 0), (1, 5, 1)])
def test_a_share_is_rounded_up(pool: int, percent: int, count: int) -> None:
    assert share(pool, percent) == count


def test_only_what_reads_differently_is_a_difference() -> None:
    labels = {"wages": "工资性收入", "business": "生产经营性收入", "debt": "借款"}
    found = differences(labels, {"wages": "6,000.00", "business": "1.00"}, {"business": "1.00", "wages": "600.00"})
    assert found == (Difference("wages", "工资性收入", "6,000.00", "600.00"),)


def test_the_rate_is_of_the_fields_keyed_again() -> None:
    assert error_rate(3, 138) == Decimal("2.17")
    assert error_rate(0, 23) == Decimal("0.00")
    assert error_rate(0, 0) is None
