"""The shipped off days are those of the package they came from, and agree with days an office remembers."""

from __future__ import annotations

from datetime import date

import pytest

from db import resources
from installer import export_holidays


def test_the_file_is_what_the_export_writes() -> None:
    assert resources.data("holidays.json") == export_holidays.days()


@pytest.mark.parametrize("day", ["2016-02-08", "2016-06-09", "2016-06-11", "2015-09-03", "2016-10-07", "2020-01-31"])
def test_known_holidays_are_off(day: str) -> None:
    assert day in resources.data("holidays.json")["off"]


def test_work_days_made_up_lie_on_weekends_and_are_never_off() -> None:
    table = resources.data("holidays.json")
    assert {"2016-02-06", "2016-06-12", "2016-10-08"} <= set(table["work"])
    assert all(date.fromisoformat(day).weekday() >= 5 for day in table["work"])
    assert not set(table["work"]) & set(table["off"])


def test_every_year_from_2014_to_2020_is_there() -> None:
    assert {day[:4] for day in resources.data("holidays.json")["off"]} == {str(year) for year in range(2014, 2021)}
