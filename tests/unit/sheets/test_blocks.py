"""Where blocks begin and end, which village a line or a sheet names, and what a column most likely means."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.sheets.blocks import Block, blocks_of
from db.sheets.book import Book, Sheet
from db.sheets.columns import match, ten_thousands
from db.sheets.guessing import by_caption, by_content, contradicts
from db.sheets.layouts.roster import HOUSEHOLD_FIELDS, HOUSEHOLD_TITLES, MIXED_FIELDS, MIXED_TITLES
from db.sheets.places import Places
from db.sheets.survey import survey

PLACES = Places.of({"华南村": (), "华南新村": (), "小拔村": ()})
HEADER = ["村名", "户主姓名", "家庭人口", "贫困户属性"]
OTHER = ["户主姓名", "村名", "贫困户属性", "家庭人口", "联系电话"]


def sheet(*rows: list[Any], name: str = "表", merges: tuple[tuple[int, int, int, int], ...] = ()) -> Sheet:
    width = max(map(len, rows))
    return Sheet(name, [[*row, *[""] * (width - len(row))] for row in rows], merges, False)


def spans(made: Sheet) -> list[tuple[int, int, int, int]]:
    return [(b.start, b.top, b.bottom, b.end) for b in blocks_of(made, MIXED_TITLES)]


ROW: list[Any] = ["华南村", "陈某文", 3.0, "低保户"]


def test_a_repeated_header_ends_no_block() -> None:
    assert spans(sheet(["名册"], HEADER, ROW, ["续表"], HEADER, ROW)) == [(0, 1, 1, 6)]


def test_a_header_with_other_columns_does_and_takes_its_title_along() -> None:
    made = sheet(["名册"], HEADER, ROW, [], ["小拔村"], OTHER, ["林某武", "小拔村", "低保户", 2.0, "13800000001"])
    assert spans(made) == [(0, 1, 1, 3), (3, 5, 5, 7)]
    assert blocks_of(made, MIXED_TITLES)[1].above(made) == ("小拔村",)


def test_rows_of_words_are_no_header() -> None:
    assert spans(sheet(HEADER, ["户主", "姓名", "人口", "13800000001000000"], ["一", "二", "三", "四"])) == [
        (0, 0, 0, 3)
    ]


def test_a_sheet_without_a_header_has_no_block() -> None:
    assert blocks_of(sheet(["说明"], ["户主"]), MIXED_TITLES) == ()
    found, others = survey(Book("书", "", (sheet(["说明"]), Sheet("空", [], (), False))), MIXED_TITLES, PLACES)
    assert (found, others) == ((), (("表", False),))


def test_captions_merged_downwards_belong_to_the_header() -> None:
    made = sheet(
        ["村名", "户主", ""], ["", "姓名", "家庭人口"], ["华南村", "陈某文", 3.0], merges=((0, 0, 1, 0), (0, 1, 0, 2))
    )
    (block,) = blocks_of(made, MIXED_TITLES)
    assert block == Block(0, 0, 1, 3, {0: ("村名",), 1: ("户主", "姓名"), 2: ("户主", "家庭人口")})


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("华南村", ("华南村", "")),
        ("村名：华南村", ("华南村", "")),
        ("（一）华南村第三组", ("华南村", "第三组")),
        ("填报单位：华阳镇小拔村民委员会（盖章）", ("小拔村", "")),
        ("华南新村2016年名册", ("华南新村", "")),
        ("第二村民小组", ("", "第二村民小组")),
        ("村名：别处村", ("别处村", "")),
        ("华南村、小拔村", None),
        ("备注：华南村有 3 户待核", None),
        ("华南村合计", ("华南村", "")),
        ("合计", None),
        ("2016年名册", None),
    ],
)
def test_a_line_names_the_place_of_the_rows_below(line: str, place: tuple[str, str] | None) -> None:
    assert PLACES.named_in(line) == place


@pytest.mark.parametrize(
    ("name", "title", "village"),
    [
        ("华南村", "名册", "华南村"),
        ("华南", "名册", "华南村"),
        ("华南村户表", "名册", "华南村"),
        ("Sheet1", "小拔村名册", "小拔村"),
        ("华南村", "小拔村名册", "小拔村"),
        ("Sheet1", "名册", ""),
    ],
)
def test_the_village_of_a_sheet_is_its_titles_before_its_names(name: str, title: str, village: str) -> None:
    (found,), _ = survey(Book("书", "", (sheet([title], HEADER[1:], ROW[1:], name=name),)), MIXED_TITLES, PLACES)
    assert found.place == (village, "")


@pytest.mark.parametrize(
    ("caption", "key"),
    [
        ("户主名字", "head_name"),
        ("身份证编号", "head_id"),
        ("家庭总人口", "size_stated"),
        ("村庄", "village"),
        ("其它", ""),
        ("月份", ""),
    ],
)
def test_captions_that_look_alike_are_proposed(caption: str, key: str) -> None:
    assert by_caption((caption,), HOUSEHOLD_TITLES, [*HOUSEHOLD_FIELDS]) == key


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        (("441401197001010117", "44140119720303222X"), "head_id"),
        (("因病", "缺技术", "因学"), "main_cause"),
        ((date(2016, 4, 1), "2016.4.2"), "applied_on"),
        (("13800000001", "13800000002"), "phone"),
        (("6210000000000000", "6210000000000001"), "bank_card"),
        (("第一组", "第三村民小组"), "group"),
        (("华南村", "小拔村"), "village"),
        ((1.0, 2.0, 3.0), ""),
        (("是", "否"), ""),
        (("因病",), ""),
    ],
)
def test_what_stands_in_a_column_tells_what_it_is(cells: tuple[Any, ...], key: str) -> None:
    assert by_content(cells, HOUSEHOLD_FIELDS, [*HOUSEHOLD_FIELDS]) == key


def test_a_column_of_something_else_is_contradicted_only_by_enough_cells() -> None:
    kind = HOUSEHOLD_FIELDS["head_id"].kind
    assert contradicts(kind, ["陈某文"] * 5)
    assert not contradicts(kind, ["陈某文"] * 4)
    assert not contradicts(kind, [*["陈某文"] * 5, "441401197001010117"])


def test_a_column_of_the_head_alone_gives_way_to_the_members() -> None:
    paths = {0: ("户主", "民族"), 1: ("成员", "姓名"), 2: ("成员", "民族")}
    seen = match(paths, {}, MIXED_TITLES, MIXED_FIELDS, ())
    assert [(one.key, one.sure) for one in seen] == [("", True), ("name", True), ("ethnicity", True)]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("收入（万元）",), True),
        (("收入", "（万元）"), True),
        (("元/万元",), False),
        (("收入（元）",), False),
        (("万元户",), True),
    ],
)
def test_ten_thousands_are_those_that_say_so(words: tuple[str, ...], says: bool) -> None:
    assert ten_thousands(words) is says
