"""Opening + in − out = closing, households and persons, village and town."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.counts import Count, Movement, movement_problems, pair_problem, town_total

MONTH = Movement(
    opening=Count(100, 250),
    added=Count(5, 12),
    ended=Count(2, 5),
    cancelled=Count(1, 1),
    split=2,
    merged=1,
    natural_in=3,
    natural_out=4,
)


def test_the_identity_in_households_and_persons() -> None:
    assert MONTH.closing == Count(103, 255)
    assert movement_problems("华南村", MONTH, Count(103, 255), Count(100, 250)) == ()


@pytest.mark.parametrize("counted", [Count(103, 254), Count(102, 255)])
def test_a_roster_that_differs_is_told(counted: Count) -> None:
    (problem,) = movement_problems("华南村", MONTH, counted)
    assert problem.startswith("华南村：期初加减变动得 103 户 255 人，花名册为")


def test_opening_must_be_the_last_closing() -> None:
    (problem,) = movement_problems("华南村", MONTH, Count(103, 255), Count(100, 251))
    assert "与上期期末 100 户 251 人 不同" in problem


@pytest.mark.parametrize(
    ("count", "good"),
    [
        (Count(0, 0), True),
        (Count(2, 2), True),
        (Count(2, 1), False),
        (Count(1, 0), False),
        (Count(0, 1), False),
        (Count(-1, 1), False),
    ],
)
def test_pairs(count: Count, good: bool) -> None:
    assert (pair_problem("新增", count) == "") is good


def test_a_bad_pair_inside_a_movement_is_named() -> None:
    odd = Movement(opening=Count(3, 9), added=Count(1, 0))
    assert any("新增" in text for text in movement_problems("镇", odd, Count(4, 9)))


COUNTS = st.builds(Count, st.integers(0, 500), st.integers(0, 2000))
MOVES = st.builds(Movement, COUNTS, COUNTS, COUNTS, COUNTS, *[st.integers(0, 50)] * 4)


@given(st.lists(MOVES, max_size=6))
def test_the_town_closes_at_the_sum_of_its_villages(villages: list[Movement]) -> None:
    assert town_total(villages).closing == sum((v.closing for v in villages), Count())
