"""Which passwords are taken."""

from __future__ import annotations

import pytest

from db.errors import Refused
from db.store.passwords import check_password, normal


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short-7", "至少要有8个字符"),
        ("", "至少要有8个字符"),
        ("12345678", "太常见"),
        ("PassW0rd", "太常见"),
        ("aaaaaaaa", "太常见"),
        ("１２３４５６７８", "太常见"),
        ("我是钟小明123", "姓名"),
        ("441401198001011239", "身份证号"),
        ("44140119800101123x", "身份证号"),
        ("138 0013 8000", "手机号"),
        ("+8613800138000", "手机号"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password: str, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        check_password(password, "钟小明")
    assert all(problem.field == "password" for problem in refused.value.problems)


@pytest.mark.parametrize("password", ["三座山下有人家呀", "green tea 8 cups", "Xk29-plm", "1980年修的水渠"])
def test_ordinary_good_passwords_are_taken(password: str) -> None:
    check_password(password, "钟小明")


def test_every_reason_is_given_at_once() -> None:
    with pytest.raises(Refused) as refused:
        check_password("aaa", "aaa")
    assert len(refused.value.problems) == 3


def test_the_width_of_the_keyboard_does_not_matter() -> None:
    assert normal("ａｂｃ１２３！") == "abc123!"
