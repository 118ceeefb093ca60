"""Working days and days off. The State Council's yearly notice moves days both ways, so the days come as data, not from a formula."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days of 国务院办公厅部分节假日安排: weekdays ``off`` and weekend days ``worked`` (调休上班)."""

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


WEEKENDS_ONLY = Holidays()


def is_workday(day: date, holidays: Holidays) -> bool:
    """Whether offices work on ``day``."""
    if day in holidays.worked:
        return True
    return day.weekday() < _SATURDAY and day not in holidays.off


def workday_from(day: date, holidays: Holidays) -> date:
    """``day`` itself when it is worked, else the first working day after it."""
    while not is_workday(day, holidays):
        day += ONE_DAY
    return day


def nth_workday(start: date, count: int, holidays: Holidays) -> date:
    """The ``count``-th working day, counting from ``start`` inclusive; ``count`` is at least 1."""
    day = workday_from(start, holidays)
    for _ in range(count - 1):
        day = workday_from(day + ONE_DAY, holidays)
    return day
