"""The number of a paper: however it is typed it is one number, and a series runs without gaps."""

from __future__ import annotations

from datetime import date

import pytest

from db.rules.documents import Number, fault, gaps, next_number, read, runs, tidy


@pytest.mark.parametrize(
    "typed",
    [
        "华扶办〔2016〕12号", "华扶办[2016]12号", "华扶办【2016】12号", "华扶办（2016）12号", "华扶办(2016)12号",
        " 华扶办 〔２０１６〕 １２ 号", "华扶办〔2016〕第012号", "华扶办〔2016年〕12", "华扶办﹝2016﹞12号",
    ],
)  # fmt: skip
def test_one_number_however_it_is_typed(typed: str) -> None:
    assert tidy(typed) == "华扶办〔2016〕12号"
    assert read(typed) == Number("华扶办", 2016, 12)


@pytest.mark.parametrize(
    "typed", ["1号", "无文号", "华扶办〔2016〕0号", "华扶办2016 12号", "〔2016〕3号", "华扶办〔16〕3号"]
)
def test_what_is_no_number(typed: str) -> None:
    assert read(typed) is None
    assert "应写成" in fault(typed, date(2016, 6, 1))


def test_a_text_that_is_no_number_keeps_its_words() -> None:
    assert tidy(" 县府办便函 ") == "县府办便函"


def test_the_year_of_a_number_is_the_year_of_the_paper() -> None:
    assert fault("华扶办〔2016〕3号", date(2016, 12, 31)) == ""
    assert fault("华扶办〔2016〕3号", date(2017, 1, 1)) == "文号的年份是 2016，成文日期是 2017 年，请核对"


def test_the_next_number_follows_the_highest_of_its_own_series() -> None:
    taken = [Number("华扶办", 2016, 2), Number("华扶办", 2016, 7), Number("华府", 2016, 40), Number("华扶办", 2015, 99)]
    assert next_number(taken, "华扶办", 2016).text == "华扶办〔2016〕8号"
    assert next_number(taken, "华扶办", 2017).text == "华扶办〔2017〕1号"


def test_gaps_are_named_series_by_series_in_runs() -> None:
    taken = [Number("华扶办", 2016, n) for n in (1, 2, 6, 8)] + [Number("华府", 2016, 1)]
    missing = gaps(taken)
    assert [n.serial for n in missing] == [3, 4, 5, 7]
    assert runs(missing) == ("华扶办〔2016〕3—5号", "华扶办〔2016〕7号")
    assert gaps([Number("华府", 2016, 1), Number("华府", 2016, 2)]) == ()
