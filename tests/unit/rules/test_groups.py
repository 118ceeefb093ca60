"""Every spelling of a group's name leads to one key."""

from __future__ import annotations

import pytest

from db.rules.groups import group_key, group_name


@pytest.mark.parametrize("name", ["第三组", "第三村民小组", "3组", "三组", "第3小组", " 第 三 组", "３组", "第三组　"])
def test_all_spellings_of_group_three_are_one(name: str) -> None:
    assert group_key(name) == "3"


@pytest.mark.parametrize(
    ("name", "key"), [("第十二组", "12"), ("二十组", "20"), ("第十组", "10"), ("新屋组", "新屋"), ("新屋", "新屋")]
)
def test_tens_and_named_groups(name: str, key: str) -> None:
    assert group_key(name) == key


def test_a_name_is_the_inverse_of_its_key() -> None:
    assert [group_key(group_name(n)) for n in range(1, 100)] == [str(n) for n in range(1, 100)]
