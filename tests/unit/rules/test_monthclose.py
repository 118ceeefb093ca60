"""Which month may be closed, the receipt's number, and a month built on the frozen one before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.rules.adjustment import Adjustment
from db.rules.counts import Count
from db.rules.ledger import problems
from db.rules.monthclose import (
    adjusted,
    after,
    before,
    closing_problems,
    hindrances,
    next_number,
    next_open,
    unlock_hindrance,
)
from tests.helpers.ledger import household, ledger

CARD = date(2016, 5, 16)


def test_the_number_runs_by_the_year_and_is_never_given_twice() -> None:
    assert next_number([], 2016) == "月结〔2016〕1号"
    assert next_number(["月结〔2016〕9号", "月结〔2016〕10号", "月结〔2015〕30号"], 2016) == "月结〔2016〕11号"
    assert next_number(["月结〔2016〕10号"], 2017) == "月结〔2017〕1号"


def test_the_months_follow_each_other_over_the_year() -> None:
    assert (after((2016, 12)), before((2017, 1)), after((2016, 1))) == ((2017, 1), (2016, 12), (2016, 2))


@pytest.mark.parametrize(
    ("month", "closed", "today", "said"),
    [
        ((2016, 5), [], date(2016, 5, 31), []),
        ((2016, 5), [], date(2016, 5, 30), ["2016年5月还没有过完，5月31日（当月最后一天）起可以月结"]),
        ((2016, 6), [], date(2016, 8, 1), ["2016年5月还没有月结；月结要一个月一个月按顺序办，请先办 2016年5月"]),
        ((2016, 6), [(2016, 5)], date(2016, 8, 1), []),
        (
            (2016, 5),
            [(2016, 5)],
            date(2016, 8, 1),
            ["2016年5月已经月结，封存的台账没有变化；要重新月结，请先由审核人解锁"],
        ),
        ((2016, 4), [], date(2016, 8, 1), ["2016年4月在开始月结的 2016年5月以前，不必月结"]),
    ],
)
def test_why_a_month_may_not_be_closed(
    month: tuple[int, int], closed: list[tuple[int, int]], today: date, said: list[str]
) -> None:
    assert list(hindrances(month, closed, CARD, today)) == said


def test_a_card_dated_before_the_first_closed_month_opens_no_month_behind_it() -> None:
    assert next_open([(2016, 6), (2016, 7)], date(2016, 3, 1)) == (2016, 8)
    assert next_open([], None) is None
    assert list(hindrances((2016, 5), [], None, date(2016, 8, 1))) == ["还没有建档立卡的贫困户，没有台账可以月结"]


def test_only_the_newest_closed_month_is_unlocked() -> None:
    closed = [(2016, 5), (2016, 6)]
    assert unlock_hindrance((2016, 6), closed) == ""
    assert "请先解锁 2016年6月" in unlock_hindrance((2016, 5), closed)
    assert "没有月结" in unlock_hindrance((2016, 7), closed)


JUNE = household("华南-2016-0001", date(2016, 6, 3))
LATE = household("小拔-2016-0001", date(2016, 6, 9), village="小拔村", size=3)
NEW = household("华南-2016-0002", date(2016, 7, 4), size=4)
FROZEN = ledger(JUNE, month=6)
FOUND = (Adjustment(LATE.household_id, "小拔村", "第一组", LATE.number, LATE.head_name, Count(1, 3), "补入"),)


def test_the_month_after_opens_with_the_frozen_closing_and_carries_the_difference() -> None:
    live, since = ledger(JUNE, LATE, NEW), ledger(JUNE, LATE, month=6)
    july = adjusted(live, FROZEN, since, FOUND, ({}, {}))
    assert problems(july) == ()
    assert closing_problems(july, FROZEN, {}) == ()
    small = july.villages[1]
    assert (small.movement.opening, small.movement.adjusted, small.closing) == (Count(), Count(1, 3), Count(1, 3))
    assert (july.total.year_added, july.total.year_adjusted) == (Count(2, 6), Count(1, 3))
    assert july.adjustments == FOUND


def test_an_opening_that_is_not_the_frozen_closing_is_said() -> None:
    live = ledger(JUNE, LATE, NEW)
    said = closing_problems(live, FROZEN, {})
    assert "小拔村：期初 1 户 3 人 与上期期末 0 户 0 人 不同，请核对上期报表" in said
    assert any(text.startswith("华阳镇：期初") for text in said)


def test_figures_that_do_not_come_out_are_said_in_the_first_month_too() -> None:
    wrong = replace(FROZEN.villages[0], closing=Count(9, 9))
    assert any("花名册为 9 户 9 人" in t for t in closing_problems(replace(FROZEN, villages=(wrong,)), None, {}))


def test_a_later_month_carries_only_its_part_of_the_year() -> None:
    august = adjusted(ledger(JUNE, LATE, NEW, month=8), FROZEN, ledger(JUNE, LATE, month=6), FOUND, ({}, {}))
    assert problems(august) == ()
    assert (august.adjustments, august.total.movement.adjusted) == ((), Count())
    assert (august.total.movement.opening, august.total.year_adjusted) == (Count(3, 9), Count(1, 3))


def test_a_village_that_went_up_in_another_brings_its_frozen_closing() -> None:
    frozen = ledger(JUNE, LATE, month=6)
    live = ledger(JUNE, replace(LATE, village="华南村"))
    july = adjusted(live, frozen, frozen, (), ({"小拔村": "华南村"}, {"小拔村": "华南村"}))
    assert july.villages[0].movement.opening == Count(2, 5)
    assert problems(july) == ()


def test_a_village_nobody_knows_any_more_keeps_a_row_so_that_the_sum_holds() -> None:
    gone = replace(ledger(JUNE, month=6).villages[0], village="旧村")
    frozen = replace(FROZEN, villages=(*FROZEN.villages[1:], gone))
    july = adjusted(ledger(JUNE), frozen, FROZEN, (), ({}, {}))
    (row,) = [v for v in july.villages if v.village == "旧村"]
    assert (row.movement.opening, row.movement.adjusted, row.closing) == (Count(1, 2), Count(-1, -2), Count())
    assert july.total.movement.closing == july.total.closing == Count(1, 2)
