"""A character no font has is found before it is printed and said with its place; its place on the paper is left free."""

from __future__ import annotations

import pytest

from db.papers.model import Column, Paper, Paragraph, Row, Table, Title
from desktop.printing import glyphs
from desktop.printing.glyphs import Lack, lacks, merged, said
from desktop.printing.layout import lay_out
from desktop.printing.page import Page

pytestmark = pytest.mark.usefixtures("qapp")

NOBODY_HAS = "\U0002fffd"
OWN = "\ue123"


def of(name: str) -> Paper:
    table = Table((Column("户主姓名"), Column("人口")), (Row((name, "3")),))
    return Paper("名册", (Title("名册"), Paragraph("华南村"), table), "名册")


@pytest.mark.parametrize("name", ["陈𠮷明", "张䶮", "李㛃", "阿卜杜热西提·买买提"])
def test_rare_characters_are_printed_when_a_font_has_them(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glyphs, "missing", lambda text, face: "")
    glyphs._wrong.cache_clear()
    made = lay_out(of(name))
    assert made.lacks == ()
    assert name in made.pages[0].lines()
    glyphs._wrong.cache_clear()


def test_a_character_no_font_has_is_named_with_its_place() -> None:
    found = lacks(of(f"陈{NOBODY_HAS}明"))
    assert found == (Lack(NOBODY_HAS, (f"“陈{NOBODY_HAS}明”",), False, True),)
    assert said(found) == (
        f"这台电脑的字库里没有“{NOBODY_HAS}”（U+2FFFD）：“陈{NOBODY_HAS}明”，印出来是空着的，"
        "请装上有这些字的字体，或印好后手写补上。"
    )


def test_everybody_concerned_is_named_with_the_number_of_his_row_and_the_many_are_counted() -> None:
    names = [f"陈{NOBODY_HAS}{sign}" for sign in "甲乙丙丁戊己庚"]
    table = Table((Column("序号"), Column("姓名")), tuple(Row((str(n), name)) for n, name in enumerate(names, 1)))
    sentence = said(lacks(Paper("名册", (table,), "名册")))
    assert "”（序号 1）、“" in sentence
    assert f"“{names[4]}”（序号 5）等 7 处" in sentence
    assert names[5] not in sentence


def test_papers_of_one_file_add_their_places() -> None:
    found = merged([*lacks(of(f"陈{NOBODY_HAS}明")), *lacks(of(f"李{NOBODY_HAS}")), *lacks(of(f"李{NOBODY_HAS}"))])
    assert [lack.places for lack in found] == [(f"“陈{NOBODY_HAS}明”", f"“李{NOBODY_HAS}”")]


def test_a_code_for_private_use_is_named_by_its_number() -> None:
    sentence = said(lacks(of(f"陈{OWN}明")))
    assert "有自造字（编码 E123），别的电脑认不出：“陈□明”" in sentence
    assert OWN not in sentence


def test_a_private_code_of_an_old_font_is_named_with_the_character_it_meant() -> None:
    assert "编码 E863，应是“䶮”" in said(lacks(of("陈\ue863")))


def test_its_place_is_left_free_to_write_in() -> None:
    page: Page = lay_out(of(f"陈{NOBODY_HAS}{OWN}")).pages[0]
    assert "陈　　" in page.lines()
    assert not any(NOBODY_HAS in line or OWN in line for line in page.lines())


def test_nothing_is_said_when_all_is_well() -> None:
    assert lacks(of("陈某明")) == ()
    assert said(()) == ""
