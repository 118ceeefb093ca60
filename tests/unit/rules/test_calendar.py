"""Working days around 端午 2016: 9–11 June off, Sunday 12 June worked."""

from __future__ import annotations

from datetime import date

from db.rules.calendar import WEEKENDS_ONLY, Holidays, is_workday, nth_workday, workday_from

DUANWU = Holidays(frozenset({date(2016, 6, 9), date(2016, 6, 10), date(2016, 6, 11)}), frozenset({date(2016, 6, 12)}))


def test_a_holiday_and_its_make_up_day() -> None:
    assert not is_workday(date(2016, 6, 9), DUANWU)
    assert is_workday(date(2016, 6, 9), WEEKENDS_ONLY)
    assert is_workday(date(2016, 6, 12), DUANWU)
    assert not is_workday(date(2016, 6, 12), WEEKENDS_ONLY)
    assert not is_workday(date(2016, 6, 18), DUANWU)


def test_the_next_working_day_may_be_today() -> None:
    assert workday_from(date(2016, 6, 8), DUANWU) == date(2016, 6, 8)
    assert workday_from(date(2016, 6, 9), DUANWU) == date(2016, 6, 12)


def test_counting_working_days_skips_the_holiday() -> None:
    assert nth_workday(date(2016, 6, 8), 1, DUANWU) == date(2016, 6, 8)
    assert nth_workday(date(2016, 6, 8), 2, DUANWU) == date(2016, 6, 12)
    assert nth_workday(date(2016, 6, 4), 1, DUANWU) == date(2016, 6, 6)
