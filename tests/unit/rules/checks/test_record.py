"""Rules that need more than one household: each just inside and just outside its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.rules.checks.record import (
    Shared,
    Shown,
    Someone,
    doubled,
    income_jump,
    over_exit_line,
    same_photos,
    shared_cards,
    shared_phones,
    twice_alive,
)
from db.rules.values import Income
from tests.helpers.families import HEAD_ID, SHEET, WIFE_ID

ONE = Someone(1, "华南村 魏某华户", 0, "魏某华", HEAD_ID, date(1970, 2, 27))
OTHER = replace(ONE, household_id=2, home="小拔村 叶某贵户", index=3)


def test_a_number_belongs_to_one_person() -> None:
    assert list(doubled([ONE, replace(OTHER, number=WIFE_ID)])) == []
    assert list(doubled([replace(ONE, number=""), replace(OTHER, number="")])) == []
    found = list(doubled([ONE, OTHER]))
    assert [(home, f.rule, f.severity, f.member) for home, f in found] == [(1, "R03", "E", 0), (2, "R03", "E", 3)]
    assert "小拔村 叶某贵户的魏某华" in found[0][1].text


def test_the_same_name_and_birthday_in_two_households_is_doubtful() -> None:
    alike = replace(OTHER, number=WIFE_ID)
    assert [(home, f.rule, f.severity) for home, f in twice_alive([ONE, alike])] == [(1, "R80", "W"), (2, "R80", "W")]
    assert list(twice_alive([ONE, replace(alike, birth=date(1970, 2, 28))])) == []
    assert list(twice_alive([ONE, replace(alike, household_id=1)])) == []
    assert list(twice_alive([ONE, OTHER])) == []  # one number twice is R03's


@pytest.mark.parametrize(("households", "hit"), [(5, 0), (6, 6)])
def test_a_phone_serves_five_households(households: int, hit: int) -> None:
    rows = [Shared(n, f"{n}户", "13757065278") for n in range(households)]
    assert [f.rule for _, f in shared_phones(rows)] == ["R22"] * hit
    assert list(shared_phones([replace(row, number="") for row in rows])) == []


@pytest.mark.parametrize(("households", "hit"), [(1, 0), (2, 2)])
def test_an_account_serves_one_household(households: int, hit: int) -> None:
    rows = [Shared(n, f"{n}户", "6212632455325283478") for n in range(households)]
    assert [f.rule for _, f in shared_cards(rows)] == ["R23"] * hit


def test_a_photo_shows_one_household() -> None:
    one = Shown(1, "华南村 魏某华户", "aa", "房屋外观照片")
    assert list(same_photos([one, replace(one, what="室内照片")])) == []
    found = list(same_photos([one, replace(one, household_id=2, home="小拔村 叶某贵户")]))
    assert [(home, f.rule) for home, f in found] == [(1, "R99"), (2, "R99")]


@pytest.mark.parametrize(("wages", "hit"), [("7230.00", False), ("7230.01", True), ("0", False), ("-1230.01", True)])
def test_income_changes_by_half_at_most(wages: str, hit: bool) -> None:
    """8460 a year before; 12690 is half as much again, 4230 is half of it."""
    now = replace(SHEET, year=2016, wages=Decimal(wages), business=Decimal(2000), transfer=Decimal(4000))
    assert [f.rule for f in income_jump(SHEET, now)] == ["R61"] * hit


def test_years_that_do_not_follow_are_not_compared() -> None:
    assert list(income_jump(SHEET, replace(SHEET, year=2017, wages=Decimal(90_000)))) == []
    assert list(income_jump(Income(2015), replace(SHEET, year=2016))) == []


@pytest.mark.parametrize(("line", "hit"), [("2820.01", False), ("2820.00", True)])
def test_who_is_over_the_exit_line_should_leave(line: str, hit: bool) -> None:
    assert [f.rule for f in over_exit_line(SHEET, 3, Decimal(line))] == ["R62"] * hit
    assert list(over_exit_line(SHEET, 0, Decimal(line))) == []
