"""Groups as they are typed or pasted: a count, a list in any separators, spellings of one group told."""

from __future__ import annotations

import pytest

from db.rules.groups import doubles, groups_from, numbered, separated


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3", ("第一组", "第二组", "第三组")),
        ("３个", ("第一组", "第二组", "第三组")),
        ("3组", ("3组",)),
        ("第一组、新屋组", ("第一组", "新屋组")),
        ("第一组\n第二组\n", ("第一组", "第二组")),
        ("1，2；12", ("第一组", "第二组", "第十二组")),
        ("", ("第一组", "第二组")),
    ],
)
def test_typed_groups(typed: str, expected: tuple[str, ...]) -> None:
    assert groups_from(typed, 2) == expected


def test_nobody_has_more_than_ninety_nine_groups() -> None:
    assert len(numbered(500)) == 99
    assert numbered(500)[-1] == "第九十九组"


def test_a_pasted_column_of_names() -> None:
    assert separated("华新村\t\n坪南村，华南村 小拔村\r\n") == ("华新村", "坪南村", "华南村", "小拔村")


def test_spellings_of_one_group_are_told_in_pairs() -> None:
    assert doubles(("第三组", "新屋组", "3组", "第三村民小组")) == (("第三组", "3组"), ("第三组", "第三村民小组"))
    assert doubles(("第一组", "第一组")) == (("第一组", "第一组"),)
    assert doubles(("第一组", "第二组")) == ()
