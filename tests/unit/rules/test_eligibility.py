"""The verdict on a visit: the income line, 七不进 and the ruling on it, what is open, who signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.rules.codes import Bar, Entry, Finding, Look, LookItem, Priority, Verdict
from db.rules.eligibility import LOOK_WORDS, Judgement, Ruling, Verification, judge, ruling_problem
from db.rules.values import Income

LINE = Decimal(4000)
POOR = Income(2015, Decimal(6000), Decimal(0), Decimal(0), Decimal(0), Decimal(0))
VISIT = Verification(
    visited_on=date(2016, 6, 1),
    surveyors=("周某坤", "杨某来"),
    officer="叶某伟",
    looks={item: (next(iter(words)), "") for item, words in LOOK_WORDS.items()},
    priorities=frozenset({Priority.WELFARE}),
    entries=dict.fromkeys(Entry, (Finding.NO, "")),
    bars=dict.fromkeys(Bar, (Finding.NO, "")),
    signed_household=True,
    signed_officer=True,
    signed_surveyors=2,
    stated=Verdict.FITS,
)
WITH_CAR = replace(VISIT, bars={**VISIT.bars, Bar.CAR: (Finding.YES, "三轮摩托，用于接送病人")})
EXCUSED = Ruling("审核人甲", "经办人乙", True, "三轮摩托不是小汽车")


def verdict(
    visit: Verification = VISIT, income: Income | None = POOR, size: int = 2, ruling: Ruling | None = None
) -> Judgement:
    return judge(visit, income, size, LINE, 2015, ruling)


def item(judgement: Judgement, key: str) -> tuple[str, bool | None]:
    return next((i.figure, i.passed) for i in judgement.items if i.key == key)


def test_a_poor_household_with_everything_in_order_fits() -> None:
    result = verdict()
    assert (result.verdict, result.stops, result.awaits_ruling, result.reasons) == (Verdict.FITS, False, False, ())
    assert item(result, "income") == ("3,000.00 元", True)
    assert item(result, "signatures") == ("齐全", True)


def test_every_item_stands_in_the_verdict_with_its_article() -> None:
    items = verdict().items
    assert len(items) == 1 + len(LookItem) + len(Priority) + len(Entry) + len(Bar) + 1
    assert len({i.key for i in items}) == len(items)
    assert all("〔2016〕" in i.article and i.text and i.figure for i in items)


@pytest.mark.parametrize(("wages", "stops"), [("7999.99", False), ("8000.00", True), ("9000.00", True)])
def test_the_income_line_stops_at_and_above(wages: str, stops: bool) -> None:
    result = verdict(income=replace(POOR, wages=Decimal(wages)))
    assert result.stops is stops
    assert (result.verdict is Verdict.UNFIT) is stops
    assert item(result, "income")[1] is not stops


def test_income_stops_even_when_something_else_is_open() -> None:
    result = verdict(replace(VISIT, signed_household=False), replace(POOR, wages=Decimal(8000)))
    assert result.verdict is Verdict.UNFIT
    assert any("缺农户签名" in reason for reason in result.reasons)


@pytest.mark.parametrize(
    ("income", "size", "words"),
    [
        (None, 2, "没有 2015 年"),
        (replace(POOR, year=2014), 2, "没有 2015 年"),
        (replace(POOR, wages=None), 2, "有空项"),
        (POOR, 0, "没有家庭成员"),
    ],
)
def test_without_a_full_sheet_of_the_year_the_verdict_waits(income: Income | None, size: int, words: str) -> None:
    result = verdict(income=income, size=size)
    assert (result.verdict, result.stops) == (Verdict.INCOMPLETE, False)
    assert any(words in reason for reason in result.reasons)
    assert item(result, "income") == ("未核算", None)


@pytest.mark.parametrize("bar", list(Bar))
def test_any_bar_stops_the_case_but_does_not_reject_it(bar: Bar) -> None:
    result = verdict(replace(VISIT, bars={**VISIT.bars, bar: (Finding.YES, "")}))
    assert (result.stops, result.awaits_ruling, result.verdict) == (True, True, Verdict.INCOMPLETE)
    assert bar.label in result.reasons[0]


def test_an_excused_bar_lets_the_case_go_on() -> None:
    result = verdict(WITH_CAR, ruling=EXCUSED)
    assert (result.verdict, result.stops, result.awaits_ruling) == (Verdict.FITS, False, False)
    assert item(result, "bar_73") == ("是（三轮摩托，用于接送病人）", True)


def test_an_upheld_bar_ends_it_with_name_and_reason() -> None:
    result = verdict(WITH_CAR, ruling=replace(EXCUSED, excused=False, reason="小汽车登记在户主名下"))
    assert (result.verdict, result.stops, result.awaits_ruling) == (Verdict.UNFIT, True, False)
    assert "审核人甲" in result.reasons[0]
    assert "小汽车登记在户主名下" in result.reasons[0]
    assert item(result, "bar_73")[1] is False


@pytest.mark.parametrize(
    ("ruling", "words"),
    [
        (replace(EXCUSED, by=""), "具名"),
        (replace(EXCUSED, by="经办人乙"), "另一人"),
        (replace(EXCUSED, reason="  "), "理由"),
    ],
)
def test_a_ruling_that_does_not_hold_leaves_the_case_stopped(ruling: Ruling, words: str) -> None:
    assert words in ruling_problem(ruling)
    result = verdict(WITH_CAR, ruling=ruling)
    assert (result.stops, result.awaits_ruling) == (True, True)
    assert any(words in reason for reason in result.reasons)


def test_a_sound_ruling_has_no_problem() -> None:
    assert ruling_problem(EXCUSED) == ""


def test_the_visitors_own_rejection_for_a_bar_still_waits_for_the_ruling() -> None:
    result = verdict(replace(WITH_CAR, stated=Verdict.UNFIT, remark="小汽车登记在户主名下"))
    assert (result.verdict, result.awaits_ruling) == (Verdict.INCOMPLETE, True)
    assert len(result.reasons) == 1, "what the paper concluded is compared once the ruling is there"
    excused = verdict(replace(WITH_CAR, stated=Verdict.UNFIT, remark="小汽车登记在户主名下"), ruling=EXCUSED)
    assert excused.verdict is Verdict.FITS
    assert "结论是不符合" in excused.reasons[0]


def test_the_visitors_own_rejection_needs_a_reason() -> None:
    assert verdict(replace(VISIT, stated=Verdict.UNFIT)).verdict is Verdict.INCOMPLETE
    result = verdict(replace(VISIT, stated=Verdict.UNFIT, remark="户主长年不住本村"))
    assert (result.verdict, result.stops) == (Verdict.UNFIT, True)
    assert "户主长年不住本村" in result.reasons[0]


def test_a_paper_that_says_fits_does_not_overrule_the_line() -> None:
    result = verdict(income=replace(POOR, wages=Decimal(8000)))
    assert result.verdict is Verdict.UNFIT
    assert any("结论是符合" in reason for reason in result.reasons)


@pytest.mark.parametrize(
    "visit",
    [
        replace(VISIT, entries={**VISIT.entries, Entry.DISASTER: (Finding.OPEN, "")}),
        replace(VISIT, bars={**VISIT.bars, Bar.CAR: (Finding.OPEN, "")}),
        replace(VISIT, bars={bar: fact for bar, fact in VISIT.bars.items() if bar is not Bar.CAR}),
        replace(VISIT, looks={**VISIT.looks, LookItem.HOUSE: (None, "")}),
        replace(VISIT, signed_household=False),
        replace(VISIT, signed_officer=False),
        replace(VISIT, signed_surveyors=1),
        replace(VISIT, surveyors=("周某坤",), signed_surveyors=1),
        replace(VISIT, surveyors=("周某坤", "周某坤")),
        replace(VISIT, surveyors=("周某坤", "周 某坤")),
        replace(VISIT, surveyors=("周某坤", "杨某来", "李某福")),
        replace(VISIT, officer=" "),
        replace(VISIT, stated=Verdict.INCOMPLETE),
    ],
)
def test_what_is_open_or_unsigned_is_to_be_completed(visit: Verification) -> None:
    result = verdict(visit)
    assert (result.verdict, result.stops, result.awaits_ruling) == (Verdict.INCOMPLETE, False, False)
    assert result.reasons


def test_looks_are_shown_in_the_words_of_their_item() -> None:
    seen = {LookItem.GRAIN: (Look.POOR, "只有两担谷"), LookItem.PUPILS: (Look.PRESENT, "")}
    result = verdict(replace(VISIT, looks={**VISIT.looks, **seen}))
    assert item(result, "look_2") == ("缺（只有两担谷）", None)
    assert item(result, "look_4") == ("有", None)
