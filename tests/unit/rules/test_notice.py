"""The seven days: the counting of every option, late entries, missing places, early removal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.rules.calendar import Holidays, is_workday
from db.rules.notice import (
    Counting,
    Period,
    Posting,
    closing_problems,
    counting_problem,
    effective_posting,
    lengthened,
    notice_period,
    period,
)

DUANWU = Holidays(frozenset({date(2016, 6, 9), date(2016, 6, 10), date(2016, 6, 11)}), frozenset({date(2016, 6, 12)}))


def june(day: int) -> date:
    return date(2016, 6, day)


@pytest.mark.parametrize(
    ("posted", "counting", "first", "last", "decide"),
    [
        (6, Counting(), 7, 13, 14),
        (6, Counting(count_posting_day=True), 6, 12, 13),
        (6, Counting(workdays=True), 7, 16, 17),
        (4, Counting(), 5, 11, 12),
        (4, Counting(roll_to_workday=True), 5, 12, 13),
        (6, Counting(days=10), 7, 16, 17),
    ],
)
def test_the_days_around_the_dragon_boat_holiday(
    posted: int, counting: Counting, first: int, last: int, decide: int
) -> None:
    days = period(june(posted), counting, DUANWU)
    assert (days.first, days.last, days.decide_from) == (june(first), june(last), june(decide))


COUNTINGS = st.builds(Counting, st.integers(7, 30), st.booleans(), st.booleans(), st.booleans())
DAYS = st.dates(date(2016, 1, 1), date(2019, 12, 31))


@given(DAYS, COUNTINGS)
def test_a_period_is_never_shorter_than_its_days(posted: date, counting: Counting) -> None:
    days = period(posted, counting, DUANWU)
    hanging = [days.first + timedelta(days=i) for i in range((days.last - days.first).days + 1)]
    counted = [d for d in hanging if is_workday(d, DUANWU)] if counting.workdays else hanging
    assert len(counted) >= counting.days
    assert days.decide_from == days.last + timedelta(days=1)
    assert days.first >= posted


@given(DAYS, COUNTINGS, st.integers(0, 60))
def test_posting_later_never_ends_earlier(posted: date, counting: Counting, delay: int) -> None:
    later = posted + timedelta(days=delay)
    assert period(later, counting, DUANWU).last >= period(posted, counting, DUANWU).last


def test_fewer_than_seven_days_is_no_choice() -> None:
    assert "不得少于 7 天" in counting_problem(Counting(days=6))
    assert counting_problem(Counting(days=7)) == ""


def test_lengthened_never_shortened() -> None:
    days = Period(june(7), june(13))
    assert lengthened(days, june(20)).last == june(20)
    assert lengthened(days, june(13)) == days
    with pytest.raises(Refused, match="不能缩短"):
        lengthened(days, june(12))


@pytest.mark.parametrize(
    ("recorded", "approved", "counts"), [(6, False, 6), (9, False, 6), (10, False, 10), (10, True, 6)]
)
def test_three_days_to_record_a_posting(recorded: int, approved: bool, counts: int) -> None:
    assert effective_posting(june(6), june(recorded), approved_late=approved) == june(counts)
    assert Posting("村委会", june(6), june(recorded)).is_late is (recorded > 9)


def test_a_posting_of_tomorrow_is_refused() -> None:
    with pytest.raises(Refused, match="晚于登记当天"):
        effective_posting(june(7), june(6), approved_late=False)


PLACES = ("村委会", "第一组", "第二组")


def hung(place: str, day: int, *, removed: int | None = None) -> Posting:
    return Posting(place, june(day), june(day), removed_on=june(removed) if removed else None)


def test_the_latest_of_all_places_counts() -> None:
    clock = notice_period([hung("村委会", 6), hung("第一组", 8), hung("第二组", 7)], PLACES, Counting())
    assert clock.period == Period(june(9), june(15))


def test_a_place_without_a_list_leaves_the_notice_incomplete() -> None:
    clock = notice_period([hung("村委会", 6), hung("第二组", 7)], PLACES, Counting())
    assert (clock.period, clock.missing) == (None, ("第一组",))
    assert "第一组 还没有登记张贴" in closing_problems(clock, june(30))[0]


def test_a_late_entry_moves_the_whole_notice() -> None:
    late = Posting("第二组", june(6), june(20))
    postings = [hung("村委会", 6), hung("第一组", 6)]
    moved = notice_period([*postings, late], PLACES, Counting()).period
    kept = notice_period(
        [*postings, Posting("第二组", june(6), june(20), approved_late=True)], PLACES, Counting()
    ).period
    assert moved == Period(june(21), june(27))
    assert kept == Period(june(7), june(13))


def test_closing_waits_for_the_day_after_the_last() -> None:
    clock = notice_period([hung(p, 6) for p in PLACES], PLACES, Counting())
    assert closing_problems(clock, june(13))
    assert closing_problems(clock, june(14)) == ()


def test_a_list_taken_down_early_is_posted_again_and_counts_from_then() -> None:
    early = [hung("村委会", 6), hung("第一组", 6, removed=12), hung("第二组", 6, removed=13)]
    clock = notice_period(early, PLACES, Counting())
    assert len(clock.problems) == 1
    assert "第一组" in closing_problems(clock, june(14))[0]
    again = notice_period([*early, hung("第一组", 14)], PLACES, Counting())
    assert again.problems == ("第二组 的公示在 2016-06-13 已撤下，公示应到 2016-06-21 为止，请重新张贴",), (
        "the other groups' lists must hang as long"
    )
    assert again.period == Period(june(15), june(21))


def test_nothing_posted_and_nothing_required_is_not_a_notice() -> None:
    assert closing_problems(notice_period([], [], Counting()), june(30))
