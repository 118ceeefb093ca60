"""Names: blanks and separators are tidied, rare characters stay exactly what they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.names import lost_text, name_doubt, name_problem, normalise_name, people_in, standard, visible


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("赖\u3000某霞 ", "赖某霞"),
        ("陈 旺", "陈旺"),
        ("\ufeff李\u200b福", "李福"),
        ("阿依•古丽", "阿依·古丽"),
        ("阿依．古丽", "阿依·古丽"),
    ],
)
def test_blanks_and_separators(raw: str, name: str) -> None:
    assert normalise_name(raw) == name


@pytest.mark.parametrize("name", ["\uf91d某", "\U00020bb7野某", "㛃某", "〇某"])
def test_rare_and_compatibility_characters_are_never_replaced(name: str) -> None:
    assert normalise_name(name) == name
    assert name_problem(name) == ""
    assert name_doubt(name) == ""


@given(st.text(max_size=12))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise_name(normalise_name(text)) == normalise_name(text)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "没有填写"),
        ("李", "只有一个字"),
        ("李2福", "里有“2”"),
        ("李（大）", "里有“（”"),
        ("·李福", "间隔号"),
        ("李\ufffd", "损坏的字符"),
        ("李\x01福", "损坏的字符"),
    ],
)
def test_what_is_no_name(name: str, words: str) -> None:
    assert words in name_problem(name)


def test_two_characters_are_enough() -> None:
    assert name_problem("李福") == ""
    assert name_problem("阿依·古丽") == ""


@pytest.mark.parametrize("name", ["李\ue000", "李A福"])
def test_private_and_foreign_characters_are_looked_at_again(name: str) -> None:
    assert name_problem(name) == ""
    assert "核对" in name_doubt(name)


def test_lost_text() -> None:
    assert lost_text("第\ufffd组")
    assert not lost_text("第三组\n备注")


@pytest.mark.parametrize(
    "line", ["钟小明、古大海", "钟小明， 古大海", "钟小明;古大海；", " 钟小明\u3000古大海", "钟小明,\n古大海"]
)
def test_several_names_in_a_line_are_parted_at_commas_and_blanks(line: str) -> None:
    assert people_in(line) == ("钟小明", "古大海")


def test_a_line_without_a_name_holds_nobody() -> None:
    assert people_in(" 、") == ()
    assert people_in("阿依·古丽") == ("阿依·古丽",)


def test_what_an_old_font_showed_under_a_private_code_is_known() -> None:
    assert standard("\ue863") == "䶮"
    assert standard("\ue816") == "𠂇"
    assert standard("\ue864") == "龻"
    assert [standard(chr(code)) for code in (0xE814, 0xE865, 0xE000, ord("李"))] == [""] * 4
    assert all(standard(chr(code)) for code in range(0xE815, 0xE865))
    assert name_doubt("陈\ue863").endswith("尽量改用标准字（应是“䶮”）")


def test_characters_coded_after_the_tables_of_this_python_are_no_damage() -> None:
    identity_card, later = "陈\U0002ebf5", "陈\U00031355"
    assert name_problem(identity_card) == name_problem(later) == ""
    assert visible(identity_card) == identity_card
    assert lost_text("陈\U0002fffd")
