"""A character no font has is found before it is printed and said with its place; its place on the paper is left free."""

from __future__ import annotations

import pytest

from db.papers.model import Column, Paper, Paragraph, Row, Table, Title
from desktop.printing import glyphs
from desktop.printing.glyphs import lacks, said
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
    assert [(lack.sign, lack.where, lack.private) for lack in found] == [(NOBODY_HAS, f"陈{NOBODY_HAS}明", False)]
    assert said(found).startswith(f"字库里没有“{NOBODY_HAS}”（在“陈{NOBODY_HAS}明”处）")


def test_a_code_for_private_use_is_named_by_its_number() -> None:
    sentence = said(lacks(of(f"陈{OWN}明")))
    assert "E123（在“陈□明”处）" in sentence
    assert OWN not in sentence


def test_its_place_is_left_free_to_write_in() -> None:
    page: Page = lay_out(of(f"陈{NOBODY_HAS}{OWN}")).pages[0]
    assert "陈　　" in page.lines()
    assert not any(NOBODY_HAS in line or OWN in line for line in page.lines())


def test_nothing_is_said_when_all_is_well() -> None:
    assert lacks(of("陈某明")) == ()
    assert said(()) == ""
