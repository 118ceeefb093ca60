"""What a list says of itself is proposed, and nothing where it says two things or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from db.rules.codes import CrossKind
from db.sheets.book import Book, Sheet
from db.sheets.crossguess import Guess, guess
from db.sheets.crosslist import plan

TODAY = date(2016, 6, 1)


def guessed(name: str, *rows: Sequence[Any], sheet: str = "Sheet1") -> Guess:
    wide = max(map(len, rows))
    filled: list[list[Any]] = [[*row, *[""] * (wide - len(row))] for row in rows]
    book = Book(name, "0" * 64, (Sheet(sheet, filled, (), False),))
    return guess(book, plan(book, {}), TODAY)


HEAD, ROW = ("姓名", "身份证号"), ("廖某明", "441401196503074514")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("车辆信息.xlsx", CrossKind.VEHICLE), ("华阳镇不动产登记.xls", CrossKind.HOUSE), ("个体户.csv", CrossKind.BUSINESS),
        ("财政供养人员.xlsx", CrossKind.PUBLIC_PAY), ("残联数据.xlsx", CrossKind.DISABLED), ("农村低保.xlsx", CrossKind.LOW_INCOME),
        ("特困供养.xlsx", CrossKind.FIVE_GUARANTEES), ("公安人口信息.xlsx", CrossKind.IDENTITY), ("名单.xlsx", None),
        ("低保五保名单.xlsx", None),
    ],
)  # fmt: skip
def test_the_kind_is_read_from_the_name_unless_it_names_two(name: str, kind: CrossKind | None) -> None:
    assert guessed(name, HEAD, ROW).kind is kind


def test_what_the_name_does_not_say_is_read_above_the_header() -> None:
    found = guessed(
        "附件2.xlsx", ("五华县机动车登记名单",), ("填报单位（盖章）：五华县公安局交警大队", "2016年5月20日"), HEAD, ROW
    )
    assert found == Guess(CrossKind.VEHICLE, "五华县公安局交警大队", date(2016, 5, 20))


def test_the_captions_tell_the_kind_last() -> None:
    assert guessed("附件.xlsx", (*HEAD, "号牌号码"), (*ROW, "粤M00001")).kind is CrossKind.VEHICLE


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("车辆20160520.xlsx", date(2016, 5, 20)), ("车辆2016.5.2.xlsx", date(2016, 5, 2)), ("车辆2016年4月.xlsx", date(2016, 4, 30)), ("车辆201605.xlsx", date(2016, 5, 31)),
        ("车辆2016年6月.xlsx", TODAY), ("车辆2016年7月.xlsx", None), ("车辆20160231.xlsx", None), ("车辆201605201.xlsx", None),
        ("车辆.xlsx", None),
    ],
)  # fmt: skip
def test_a_day_that_has_been_is_proposed_and_no_other(name: str, day: date | None) -> None:
    assert guessed(name, HEAD, ROW).dated == day


def test_the_office_is_read_from_the_name_too() -> None:
    assert guessed("五华县民政局低保花名册.xlsx", HEAD, ROW).office == "五华县民政局"
