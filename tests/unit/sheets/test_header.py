"""The header is found by its words, wherever it stands and however it is laid out."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from db.fields.base import Field
from db.fields.kinds import Text
from db.sheets.header import Header, Titles, bare, caption, captions_of, find_header, missing, titles_from, titles_of
from db.sheets.layouts.roster import HOUSEHOLD_NEEDED, HOUSEHOLD_TITLES, PERSON_TITLES
from db.sheets.layouts.visits import titles_for
from db.sheets.workbook import Sheet

FLAT = [
    "序号", "村（居）", "村民小组", "户主姓名", "性别", "证件号码", "家庭人口", "劳动力人数", "贫困户属性", "有无劳动能力", "主要致贫原因",
    "申请日期", "工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出",
]  # fmt: skip


def sheet(*rows: list[Any], merges: tuple[tuple[int, int, int, int], ...] = ()) -> Sheet:
    width = max(map(len, rows))
    return Sheet("表", [[*row, *[""] * (width - len(row))] for row in rows], merges, False)


def found(made: Sheet, titles: Titles = HOUSEHOLD_TITLES) -> Header:
    header = find_header(made, titles)
    assert header is not None
    return header


def columns(header: Header) -> dict[str, str]:
    return {key: column.letter for key, column in header.columns.items()}


@pytest.mark.parametrize("above", [0, 1, 5])
def test_titles_units_and_instructions_above_do_not_matter(above: int) -> None:
    header = found(sheet(*[["五华县名册：户主姓名须与身份证一致"]] * above, FLAT, [1.0, "太平村"]))
    assert (header.top, header.bottom) == (above, above)
    assert missing(header, HOUSEHOLD_NEEDED) == []


@pytest.mark.parametrize("turn", range(0, len(FLAT), 3))
def test_columns_in_any_order(turn: int) -> None:
    turned = FLAT[turn:] + FLAT[:turn]
    header = found(sheet(turned))
    assert {key: turned[column.index] for key, column in header.columns.items()} == {
        key: FLAT[column.index] for key, column in found(sheet(FLAT)).columns.items()
    }


@pytest.mark.parametrize(
    "written",
    [
        "户主姓名",
        " 户主\n姓名",
        "户　主　姓　名",
        "*户主姓名",
        "户主姓名（必填）",
        "户主姓名(填全名)",
        "★户主姓名：",
        "4.户主姓名",
        "四、户主姓名",
    ],
)
def test_the_same_words_in_other_dress(written: str) -> None:
    assert columns(found(sheet(["村名", written, "家庭人口（人）"]))) == {
        "village": "A",
        "head_name": "B",
        "size_stated": "C",
    }


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("行政村", "village"),
        ("村（居）委会", "village"),
        ("组别", "group"),
        ("公民身份号码", "head_id"),
        ("户主身份证号码", "head_id"),
        ("致贫主因", "main_cause"),
        ("住房面积\n（㎡）", "housing_area"),
        ("人均可支\n配收入", "per_head_stated"),
        ("转移收入（元）", "transfer"),
        ("经营支出", "business_cost"),
        ("手机号", "phone"),
        ("银行卡号", "bank_card"),
    ],
)
def test_synonyms_of_the_fields_are_known(written: str, key: str) -> None:
    assert columns(found(sheet(["户主姓名", "性别", written])))[key] == "C"


def test_captions_keep_the_words_of_the_sheet() -> None:
    header = found(sheet(["户主\n姓名", "住房面积\n（㎡）"]))
    assert [column.caption for column in header.columns.values()] == ["户主姓名", "住房面积（㎡）"]


def test_three_merged_levels() -> None:
    made = sheet(
        ["名册"],
        ["序号", "基本情况", "", "", "", "收入", "", ""],
        ["", "村名", "户主", "", "", "家庭年收入（元）", "", "人均可支配收入"],
        ["", "", "姓名", "性别", "身份证号", "工资性收入", "转移性收入", ""],
        [1.0, "太平村", "陈某文", "男", "441401", 1.0, 2.0, 3.0],
        merges=((0, 0, 0, 7), (1, 0, 3, 0), (1, 1, 1, 4), (1, 5, 1, 7), (2, 1, 3, 1), (2, 2, 2, 4), (2, 5, 2, 6), (2, 7, 3, 7)),
    )  # fmt: skip
    header = found(made)
    assert header.bottom == 3
    assert columns(header) == {
        "village": "B", "head_name": "C", "head_sex": "D", "head_id": "E", "wages": "F", "transfer": "G", "per_head_stated": "H",
    }  # fmt: skip


@pytest.mark.parametrize("merged", [True, False])
def test_the_same_caption_under_two_groups_is_told_apart(merged: bool) -> None:
    made = sheet(
        ["行政村", "户主", "", "成员", "", "", "与户主关系"],
        ["", "姓名", "身份证号", "姓名", "性别", "身份证号", ""],
        merges=((0, 1, 0, 2), (0, 3, 0, 5), (0, 0, 1, 0), (0, 6, 1, 6)) if merged else (),
    )
    header = found(made, PERSON_TITLES)
    assert header.doubled == {}
    assert columns(header) == {
        "village": "A", "head_name": "B", "head_id": "C", "name": "D", "sex": "E", "id_number": "F", "relation": "G",
    }  # fmt: skip


@pytest.mark.parametrize("above", [0, 2, 40])
def test_every_column_has_its_captions_whether_known_or_not(above: int) -> None:
    made = sheet(
        *[["说明"]] * above,
        ["村名", "上年", "", "本年", "", "", 1.0],
        ["", "收入\n（元）", "口粮", "收入\n（元）", "", "", ""],
        ["太平村", 1.0, 2.0, 3.0, 4.0, "五"],
        merges=((above, 0, above + 1, 0), (above, 1, above, 2), (above, 3, above, 4), (above + 1, 3, above + 1, 4)),
    )
    assert captions_of(made, above, above + 1) == {
        0: ("村名",), 1: ("上年", "收入\n（元）"), 2: ("上年", "口粮"), 3: ("本年", "收入\n（元）"), 4: ("本年", "收入\n（元）"), 6: ("1",),
    }  # fmt: skip


def test_a_group_caption_behind_its_part_is_understood() -> None:
    made = sheet(["户主姓名", "致贫原因", ""], ["", "主要", "其他"], merges=((0, 0, 1, 0), (0, 1, 0, 2)))
    assert columns(found(made)) == {"head_name": "A", "main_cause": "B", "other_cause_1": "C"}


def test_two_columns_with_equal_right_are_neither() -> None:
    header = found(sheet(["户主姓名", "联系电话", "性别", "联系电话"]))
    assert [column.letter for column in header.doubled["phone"]] == ["B", "D"]
    assert "phone" not in header.columns


def test_a_label_outranks_a_synonym() -> None:
    assert columns(found(sheet(["户主姓名", "性别", "姓名"])))["head_name"] == "A"


def test_what_is_missing_is_named_in_the_order_of_the_paper() -> None:
    assert missing(found(sheet(FLAT[:-2])), HOUSEHOLD_NEEDED) == ["转移性收入", "生产经营性支出"]
    assert missing(None, HOUSEHOLD_NEEDED)[:2] == ["村（居）", "村民小组"]


def test_no_header_where_no_row_has_two_known_words() -> None:
    assert find_header(sheet(["说明"], ["户主姓名"], [1.0, 2.0]), HOUSEHOLD_TITLES) is None
    assert find_header(Sheet("空", [], (), False), HOUSEHOLD_TITLES) is None


def test_a_header_below_the_thirtieth_row_is_not_looked_for() -> None:
    assert find_header(sheet(*[["说明"]] * 30, FLAT), HOUSEHOLD_TITLES) is None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("六进1\n家庭主要劳动力死亡", "item_61"),
        ("六进之六", "item_66"),
        ("六进（三）", "item_63"),
        ("七不进7\n懒、赌、毒致贫", "item_77"),
        ("七不进第一条", "item_71"),
        ("五优先2无房户和危房户", "item_2"),
    ],
)
def test_items_of_a_visit_are_known_by_their_number(written: str, key: str) -> None:
    assert titles_for([written])[caption(written)][0] == key


def test_an_item_that_does_not_exist_is_not_invented() -> None:
    assert caption("六进7别的") not in titles_for(["六进7别的"])


def test_no_title_means_two_fields() -> None:
    for titles in (HOUSEHOLD_TITLES, PERSON_TITLES):
        assert all(title and sure in (1, 2) for title, (_, sure) in titles.items())
    for one, two in itertools.combinations(("a", "b"), 2):
        fields = [Field(one, "甲", Text()), Field(two, "乙", Text(), titles=("甲",))]
        assert titles_of(fields)["甲"] == (one, 2)
    assert titles_from({"a": ("甲", "乙"), "b": ("乙",)})["乙"] == ("b", 2)


def test_captions_lose_their_dress() -> None:
    assert (caption("* 面积（ ㎡ ）"), bare("* 面积（ ㎡ ）")) == ("面积(m2)", "面积")
