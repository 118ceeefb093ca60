"""The office's faces come first, a stand-in is named, and a character nobody can print is found before printing."""

from types import SimpleNamespace

import pytest

from desktop.printing import fonts
from desktop.printing.fonts import OFFICE, OPEN, Chosen, Face, absent, choose, missing, substitutions


@pytest.mark.parametrize(("styles", "bold"), [({"Regular": 400}, False), ({"Regular": 400, "Bold": 700}, True)])
def test_a_title_is_bold_only_in_a_family_that_has_a_bold_face(
    monkeypatch: pytest.MonkeyPatch, styles: dict[str, int], bold: bool
) -> None:
    known = SimpleNamespace(styles=lambda family: list(styles), weight=lambda family, style: styles[style])
    monkeypatch.setattr(fonts, "QFontDatabase", known)
    monkeypatch.setattr(fonts, "chosen", lambda face: Chosen(face, "only in this test", False))
    fonts.has_bold.cache_clear()
    assert fonts.font(Face.TITLE, 22).bold() is bold
    fonts.has_bold.cache_clear()


def test_office_faces_come_first() -> None:
    installed = ["Noto Serif CJK SC", "仿宋", "仿宋_GB2312", "方正小标宋_GBK"]
    assert choose(Face.BODY, installed) == Chosen(Face.BODY, "仿宋_GB2312", True)
    assert choose(Face.TITLE, installed).family == "方正小标宋_GBK"
    assert choose(Face.SONG, installed) == Chosen(Face.SONG, "Noto Serif CJK SC", False)


def test_title_is_bold_only_when_a_serif_stands_in() -> None:
    assert choose(Face.TITLE, ["Noto Serif CJK SC"]).bold
    assert not choose(Face.TITLE, ["方正小标宋简体"]).bold
    assert not choose(Face.BODY, ["Noto Serif CJK SC"]).bold


def test_stand_ins_are_said_in_words() -> None:
    faces = [choose(face, ["宋体", "Noto Serif CJK SC"]) for face in (Face.TITLE, Face.BODY, Face.SONG)]
    assert substitutions(faces) == ("本机没有安装小标宋、仿宋，改用“Noto Serif CJK SC”。",)
    assert substitutions([choose(Face.SONG, ["宋体"])]) == ()


def test_a_machine_without_any_font_still_gets_an_answer() -> None:
    assert substitutions([choose(Face.HEI, [])]) == ("本机没有安装黑体，改用系统默认字体。",)


def test_every_face_has_office_and_open_families() -> None:
    assert set(OFFICE) == set(OPEN) == set(Face)


def test_rare_characters_no_font_has_are_reported_once_in_order() -> None:
    common = set("户主李某、")
    assert absent("户主𠮷某、李㛃䶮、䶮某", lambda sign: sign in common) == "𠮷㛃䶮"
    assert absent("户主 李某　", lambda sign: sign in common) == ""


def test_missing_asks_the_fonts_of_this_machine() -> None:
    assert missing("户主李某（2016年）") == ""
    unassigned = "\U0002fffd"
    assert missing(f"李{unassigned}某{unassigned}") == unassigned
