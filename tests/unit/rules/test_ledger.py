"""Opening, movement and closing of a month, for each village and the town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.rules.codes import HousingGrade, YesNo
from db.rules.counts import Count
from db.rules.ledger import Gone, LedgerHousehold, last_day, problems, summarise, total_of
from tests.helpers.ledger import VILLAGES, household, july, ledger


def test_each_household_is_counted_in_the_period_it_came_in() -> None:
    south, small, third = july().villages
    assert south.year_start == Count(1, 1)
    assert south.movement.opening == Count(2, 4)
    assert south.movement.added == Count(1, 2)
    assert south.closing == south.movement.closing == Count(3, 6)
    assert south.year_added == Count(2, 5)
    assert (small.movement.opening, small.movement.added, small.closing) == (Count(), Count(1, 2), Count(1, 2))
    assert third.closing == Count()
    assert july().total.closing == Count(4, 8)
    assert problems(july()) == ()


def test_who_left_the_register_is_counted_up_to_the_day_he_left() -> None:
    gone = Gone("华南村", 4, date(2015, 12, 1), date(2016, 7, 20))
    july_row = summarise(VILLAGES, [], 2016, 7, [gone])[0]
    assert (july_row.year_start, july_row.movement.opening) == (Count(1, 4), Count(1, 4))
    assert (july_row.movement.ended, july_row.year_ended, july_row.movement.closing) == (
        Count(1, 4),
        Count(1, 4),
        Count(),
    )
    august = summarise(VILLAGES, [], 2016, 8, [gone])[0]
    assert (august.movement.opening, august.movement.ended, august.year_ended) == (Count(), Count(), Count(1, 4))
    next_year = summarise(VILLAGES, [], 2017, 1, [gone])[0]
    assert (next_year.year_start, next_year.year_ended) == (Count(), Count())
    same_month = summarise(VILLAGES, [], 2016, 7, [replace(gone, registered_on=date(2016, 7, 2))])[0]
    assert (same_month.movement.added, same_month.movement.ended) == (Count(1, 4), Count(1, 4))
    assert total_of("华阳镇", [july_row]).year_ended == Count(1, 4)


def _registered() -> st.SearchStrategy[list[LedgerHousehold]]:
    days = st.integers(0, 540).map(lambda n: date(2015, 7, 1) + timedelta(days=n))
    home = st.builds(
        lambda day, size, village: household("x", day, size=size, village=village),
        days, st.integers(1, 6), st.sampled_from(VILLAGES),
    )  # fmt: skip
    return st.lists(home, max_size=12)


@given(_registered())
def test_every_month_opens_where_the_last_one_closed(homes: list[LedgerHousehold]) -> None:
    before = Count()
    new_year = Count()
    for month in range(1, 13):
        known = [home for home in homes if home.registered_on <= last_day(2016, month)]
        now = ledger(*known, month=month)
        assert problems(now) == ()
        if month == 1:
            new_year = now.total.movement.opening
        else:
            assert now.total.movement.opening == before
        assert now.total.year_start == new_year
        assert now.total.year_start + now.total.year_added == now.total.closing
        before = now.total.closing


def test_a_head_count_the_rows_do_not_bear_out_is_named_with_its_village() -> None:
    wrong = replace(household("华南-2016-0001", date(2016, 7, 1)), size=5)
    found = problems(ledger(wrong))
    assert any(text.startswith("华南村") and "1 户 5 人" in text and "1 户 2 人" in text for text in found)


def test_a_village_left_out_of_the_total_is_found() -> None:
    whole = july()
    found = problems(replace(whole, total=total_of("华阳镇", whole.villages[1:])))
    assert [text.split("：")[0] for text in found] == ["华阳镇", "华阳镇（从年初算）"]


def test_a_dangerous_home_is_c_or_d_and_unknown_when_not_graded() -> None:
    home = household("x", date(2016, 7, 1))
    grades = (*HousingGrade, None)
    found = [replace(home, housing_grade=grade).dangerous_home for grade in grades]
    assert found == [YesNo.NO, YesNo.NO, YesNo.YES, YesNo.YES, None]
    assert [replace(home, able=able).able_word for able in (YesNo.YES, YesNo.NO, None)] == ["有", "无", ""]


@pytest.mark.parametrize("month", [0, 13])
def test_a_month_that_does_not_exist_is_refused(month: int) -> None:
    with pytest.raises(Refused, match="没有 2016 年"):
        last_day(2016, month)


def test_february_ends_by_the_calendar() -> None:
    assert (last_day(2016, 2), last_day(2017, 2)) == (date(2016, 2, 29), date(2017, 2, 28))
