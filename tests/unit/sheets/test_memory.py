"""A layout is known again by the words of its columns, whatever dress they wear."""

from __future__ import annotations

import pytest

from db.sheets.memory import fingerprint

KNOWN = (("户主", "姓名"), ("户主", "身份证号"), ("收入（元）",))


@pytest.mark.parametrize(
    "dressed",
    [
        (("户 主", "姓\n名"), ("户主", "*身份证号"), ("收入(元)",)),
        (("户主：", "姓名"), ("1.户主", "身份证号"), ("收　入（元）",)),
        (["户主", "姓名"], ["户主", "身份证号"], ["收入（元）"]),
    ],
)
def test_dress_makes_no_difference(dressed: tuple[tuple[str, ...], ...]) -> None:
    assert fingerprint(dressed) == fingerprint(KNOWN)
    assert len(fingerprint(KNOWN)) == 64


@pytest.mark.parametrize(
    "other",
    [
        (("户主", "姓名"), ("户主", "身份证号"), ("收入（万元）",)),
        (("户主姓名",), ("户主", "身份证号"), ("收入（元）",)),
        (("户主",), ("姓名",), ("户主", "身份证号"), ("收入（元）",)),
        KNOWN[::-1],
        KNOWN[:2],
        (),
    ],
)
def test_another_unit_grouping_order_or_column_is_another_layout(other: tuple[tuple[str, ...], ...]) -> None:
    assert fingerprint(other) != fingerprint(KNOWN)


def test_half_a_character_does_not_break_it() -> None:
    assert fingerprint([("\ud800",)])
