"""Initials of names: surnames read as surnames, given names by their common readings, nothing loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from db import resources
from db.store.pinyin import MOST, initials


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("陈某明", "cmm"),
        ("单某明", "smm"),
        ("仇某英", "qmy"),
        ("区某水", "oms"),
        ("曾某安", "zma"),
        ("解某文", "xmw"),
        ("查某英", "zmy"),
        ("朴某花", "pmh"),
        ("任某贵", "rmg"),
        ("缪某华", "mmh"),
        ("卜某木", "bmm"),
        ("翟某才", "zmc"),
        ("冼某娣", "xmd"),
        ("繁某义", "pmy"),
        ("尉迟某", "ycm"),
        ("万俟某忠", "mqmz"),
        ("令狐某", "lhm"),
        ("长孙某", "zsm"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, first: str) -> None:
    assert initials(name)[0] == first


@pytest.mark.parametrize(
    ("name", "both"),
    [
        ("覃某国", {"qmg", "tmg"}),
        ("宓某琴", {"mmq", "fmq"}),
        ("谌某", {"cm", "sm"}),
        ("单于某", {"cym", "sym"}),
        ("陈乐", {"cl", "cy"}),
        ("莫晟", {"ms", "mc"}),
    ],
)
def test_every_plausible_reading_is_kept(name: str, both: set[str]) -> None:
    assert both <= set(initials(name))


@pytest.mark.parametrize(
    ("name", "never"),
    [("石某", "dm"), ("余某", "tm"), ("单某", "dm"), ("区某", "qm"), ("沈某", "tm"), ("陈红", "cg"), ("陈有", "cw")],
)
def test_no_reading_that_names_do_not_have(name: str, never: str) -> None:
    assert never not in initials(name)


def test_a_surname_character_inside_a_given_name_keeps_its_common_reading() -> None:
    assert initials("陈单")[0] == "cd"
    assert "cr" not in initials("陈石")


@pytest.mark.parametrize(
    ("name", "only"),
    [
        ("", ()),
        ("\u3000", ()),
        ("陈\u3000某明", ("cmm",)),
        ("阿依·古丽", ("aygl",)),
        ("A某", ("am",)),
        ("𠮷某", ("𠮷m",)),
    ],
)
def test_blanks_separators_letters_and_unknown_characters(name: str, only: tuple[str, ...]) -> None:
    assert initials(name) == only


def test_a_long_name_of_many_readings_stays_bounded() -> None:
    assert len(initials("单" + "乐" * 40)) == MOST


def test_every_surname_of_the_table_is_one_or_two_characters_with_lower_case_readings() -> None:
    table = resources.data("surnames.json")
    assert {len(name) for name in (*table["single"], *table["given"])} == {1}
    assert {len(name) for name in table["double"]} == {2}
    readings = [r for part in table.values() for options in part.values() for r in options]
    assert all(r.replace(" ", "").isalpha() and r == r.lower() for r in readings)
    assert all(len(options[0].split()) == 2 for options in table["double"].values())


def test_the_dictionary_is_loaded_with_the_first_name_only() -> None:
    code = "import sys, db.store.pinyin as p; a = 'pypinyin' in sys.modules; p.initials('陈'); print(a, 'pypinyin' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "True"]
