"""Rosters laid out otherwise than the sample: where members name their head differently, with rows that are no data, hidden or doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from db.errors import Known
from db.sheets.drafts import Roster
from db.sheets.roster import read_roster
from tests.helpers.workbooks import HOUSEHOLD_COLUMNS, PERSON_COLUMNS, head, id_number, person, write_roster

VILLAGES = {"太平村": ("第一组", "第二组"), "中坊村": ("第一组",)}
WIFE = id_number("19720303", 22)
OTHER = id_number("19650505", 33)
OTHERS_WIFE = id_number("19750707", 44)
After = Callable[[openpyxl.Workbook], None]


def couple(name: str = "陈某文", number: str = id_number(), wife: str = WIFE) -> list[dict[str, Any]]:
    """The two person rows of a man and his wife."""
    man = person(户主姓名=name, 户主身份证号=number, 姓名=name, 身份证号码=number)
    return [man, man | {"姓名": "李某妹", "性别": "女", "身份证号码": wife, "与户主关系": "配偶"}]


def home(**changes: Any) -> dict[str, Any]:
    return head(**({"家庭人口": 2, "劳动力人数": 2, "人均可支配收入": 1500} | changes))


def two() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    second = {
        "户主姓名": "林某武",
        "证件号码": OTHER,
        "一卡通账号": "6210000000000001",
        "联系电话": "13800000002",
        "序号": 2,
    }
    return [home(), home(**second)], [*couple(), *couple("林某武", OTHER, OTHERS_WIFE)]


def read(tmp_path: Path, heads: Any, persons: Any, **options: Any) -> Roster:
    return read_roster(write_roster(tmp_path / "名册.xlsx", heads, persons, **options), villages=VILLAGES)


def told(roster: Roster) -> list[tuple[str, str, int, str]]:
    return [(f.severity, f.sheet, f.row, f.column) for f in roster.findings]


@pytest.mark.parametrize("key", ["组", "行政村"])
def test_one_member_may_spell_the_place_otherwise(tmp_path: Path, key: str) -> None:
    persons = couple()
    persons[1][key] = {"组": "1组", "行政村": "太平村委会"}[key]
    roster = read(tmp_path, [home()], persons)
    assert roster.findings == ()
    assert roster.rows[0].member_rows == (3, 4)


@pytest.mark.parametrize("lacks", [("户主姓名",), ("户主身份证号",), ("行政村", "组", "户主姓名")])
def test_one_member_may_leave_words_for_the_head_out(tmp_path: Path, lacks: tuple[str, ...]) -> None:
    heads, persons = two()
    persons[1] |= dict.fromkeys(lacks, "")
    roster = read(tmp_path, heads, persons)
    assert roster.findings == ()
    assert [row.member_rows for row in roster.rows] == [(3, 4), (5, 6)]


@pytest.mark.parametrize(
    ("changes", "severity", "column"),
    [
        ({"户主姓名": "陈某"}, "W", "户主姓名"),
        ({"户主身份证号": id_number()[:-1] + "0"}, "W", "户主身份证号"),
        ({"户主身份证号": id_number("19501111", 55)}, "E", "户主身份证号"),
        ({"行政村": "中坊村"}, "W", "行政村"),
        ({"组": "第二组"}, "W", "组"),
    ],
)
def test_a_member_who_names_the_head_wrongly_is_said_at_that_cell_only(
    tmp_path: Path, changes: dict[str, str], severity: str, column: str
) -> None:
    heads, persons = two()
    persons[1] |= changes
    roster = read(tmp_path, heads, persons)
    assert told(roster) == [(severity, "贫困人口", 4, column)]
    assert [row.member_rows for row in roster.rows] == [(3, 4), (5, 6)]
    assert [row.faulty for row in roster.rows] == [severity == "E", False]


def test_a_member_between_two_heads_of_one_name_is_asked(tmp_path: Path) -> None:
    heads, persons = two()
    heads[1]["户主姓名"] = "陈某文"
    persons[2] |= {"户主姓名": "陈某文", "姓名": "陈某文"}
    persons[3]["户主姓名"] = "陈某文"
    persons[1]["户主身份证号"] = ""
    roster = read(tmp_path, heads, persons)
    (asked,) = (f for f in roster.findings if f.row == 4 and f.sheet == "贫困人口")
    assert (asked.severity, asked.rule) == ("E", "R10")
    assert "有 2 户同村、同组、户主同名" in asked.text
    assert "填对户主身份证号" in asked.text


@pytest.mark.parametrize("blank", [("户主姓名", "户主身份证号"), ("行政村", "组", "户主姓名", "户主身份证号")])
def test_the_head_may_be_named_on_his_own_row_only(tmp_path: Path, blank: tuple[str, ...]) -> None:
    heads, persons = two()
    for member in (persons[1], persons[3]):
        member.update(dict.fromkeys(blank, ""))
    roster = read(tmp_path, heads, persons)
    assert roster.findings == ()
    assert [row.member_rows for row in roster.rows] == [(3, 4), (5, 6)]


def test_a_single_blank_is_an_omission_and_never_filled(tmp_path: Path) -> None:
    heads, persons = two()
    persons[1] |= {"户主姓名": "", "户主身份证号": ""}
    roster = read(tmp_path, heads, persons)
    assert ("E", "贫困人口", 4, "户主姓名") in told(roster)
    assert any("没有写明户主" in f.text for f in roster.findings)
    assert roster.rows[0].member_rows == (3,)


def test_a_household_on_two_rows_is_said_as_such_and_keeps_its_persons_once(tmp_path: Path) -> None:
    roster = read(tmp_path, [home(), home(备注="又填一次")], couple())
    assert [(row.faulty, len(row.household.members)) for row in roster.rows] == [(True, 2), (True, 0)]
    grave = {f.row: f.text for f in roster.findings if f.severity == "E"}
    assert "与“贫困户”表第3行是同一户" in grave[4]
    assert "重复" in grave[3]
    assert len([f for f in roster.findings if f.severity == "E"]) == 2


def test_what_is_left_of_damaged_numbers_joins_nobody(tmp_path: Path) -> None:
    heads, persons = two()
    heads[0]["证件号码"] = "4.41401E+17"
    for one in persons[:2]:
        one |= {"户主姓名": "赵某", "户主身份证号": "无"}
    for one in persons[2:]:
        one |= {"户主姓名": "钱某", "户主身份证号": "4.41401E+17", "行政村": "中坊村"}
    roster = read(tmp_path, heads, persons)
    assert roster.rows[0].member_rows == ()


def test_a_wrong_head_count_is_one_fault_and_not_two(tmp_path: Path) -> None:
    roster = read(tmp_path, [home(家庭人口=3, 人均可支配收入=1000)], couple())
    assert [f.rule for f in roster.findings if f.severity == "E"] == ["R09"]


@pytest.mark.parametrize(
    "row", [list(range(1, 22)), ["甲", "乙", 1, 2, 3, "4=1+2", 5], ["栏次", *map(str, range(1, 9))]]
)
def test_a_row_that_numbers_the_columns_is_no_household(tmp_path: Path, row: list[Any]) -> None:
    def number(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            sheet.insert_rows(3)
            for column, value in enumerate(row[: sheet.max_column], 1):
                sheet.cell(3, column, value)

    assert read(tmp_path, [home()], couple(), after=number).findings == ()


def test_remarks_are_no_households_and_are_told(tmp_path: Path) -> None:
    foot = (["合计", "1户"], ["", "", "", "领导签字："], ["", "", "此表一式三份"], ["", "填报日期：2016年5月25日"])
    roster = read(tmp_path, [home()], couple(), foot=foot)
    assert len(roster.rows) == 1
    assert told(roster) == [("I", "贫困户", 5, ""), ("I", "贫困户", 6, "")]
    assert "领导签字" in roster.findings[0].text


def test_a_household_with_next_to_nothing_filled_in_is_no_remark(tmp_path: Path) -> None:
    blank = dict.fromkeys(HOUSEHOLD_COLUMNS, "")
    roster = read(tmp_path, [home(), blank | {"村（居）": "太平村", "户主姓名": "何某"}], couple())
    assert [row.faulty for row in roster.rows] == [False, True]


@pytest.mark.parametrize(
    ("sums", "rows"),
    [
        ((("小计", "1户", 2), ("小计", "1户", 2)), []),
        ((("小计", "1户", 2), ("合计", "2户", 4)), []),
        ((("太平村小计", "1户", 2), ("总计", "2户", 4)), []),
        ((("小计", "2户", 2), ("合计", "2户", 4)), [4]),
        ((("小计", "1户", 2), ("合计", "3户", 5)), [6, 6]),
    ],
)
def test_sums_in_the_middle_are_held_against_their_block(
    tmp_path: Path, sums: tuple[tuple[Any, ...], ...], rows: list[int]
) -> None:
    def block(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.insert_rows(4)
        for row, (words, households, persons) in zip((4, 6), sums, strict=True):
            sheet.cell(row, 1, words)
            sheet.cell(row, 2, households)
            sheet.cell(row, HOUSEHOLD_COLUMNS.index("家庭人口") + 1, persons)

    heads, persons = two()
    foot: list[list[Any]] = [[], ["填报日期：2016年5月25日"]]
    roster = read(tmp_path, heads, persons, after=block, foot=foot)
    assert len(roster.rows) == 2
    assert [f.row for f in roster.findings] == rows


@pytest.mark.parametrize("column", ["组", "姓名"])
def test_a_person_whose_row_says_sum_somewhere_is_not_lost(tmp_path: Path, column: str) -> None:
    persons = [{key: value for key, value in one.items() if key != "序号"} for one in couple()]
    persons[1][column] = "合计"
    assert read(tmp_path, [home()], persons).rows[0].member_rows == (3, 4)


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book.worksheets[0].row_dimensions[4].hidden = True
        book.worksheets[0].column_dimensions["L"].hidden = True

    heads, persons = two()
    roster = read(tmp_path, heads, persons, after=hide)
    assert len(roster.rows) == 2
    assert told(roster) == [("W", "贫困户", 2, "工资性收入"), ("W", "贫困户", 4, "")]
    assert "有 1 行被隐藏或筛掉" in roster.findings[1].text


def test_days_of_a_workbook_counted_from_1904_are_right(tmp_path: Path) -> None:
    serial = (date(2016, 4, 1) - date(1904, 1, 1)).days
    heads, persons = two()
    heads[0]["申请日期"], heads[1]["申请日期"] = serial, datetime(2016, 4, 1)
    roster = read(tmp_path, heads, persons, after=lambda book: setattr(book, "epoch", CALENDAR_MAC_1904))
    assert [row.household.applied_on for row in roster.rows] == [date(2016, 4, 1)] * 2


@pytest.mark.parametrize(
    "foot",
    [
        ["填报日期：", datetime(2016, 5, 25)],
        ["填报日期：二〇一六年五月二十五日"],
        ["填表日期: 2016－05－25".replace("－", "-")],
    ],
)
def test_the_day_of_the_roster_may_be_written_otherwise(tmp_path: Path, foot: list[Any]) -> None:
    blanks = [[" "] for _ in range(40)]
    assert read(tmp_path, [home()], couple(), foot=[foot, *blanks]).as_of == date(2016, 5, 25)


def rename(cell: str, words: str) -> After:
    def change(book: openpyxl.Workbook) -> None:
        book.worksheets[0][cell] = words

    return change


@pytest.mark.parametrize(
    "after",
    [rename("L2", "工资性收入（万元）"), rename("A1", "太平镇名册　单位：户、人、万元")],
    ids=["figures that are yuan", "a line above"],
)
def test_amounts_that_may_be_ten_thousands_are_never_taken_for_yuan(tmp_path: Path, after: After) -> None:
    with pytest.raises(Known, match="以万元为单位"):
        read(tmp_path, [home()], couple(), after=after)


@pytest.mark.parametrize(
    ("written", "paid"), [(0.2, "2000.00"), ("0.2", "2000.00"), ("0.2万元", "2000.00"), (0.1 + 0.2, "3000.00")]
)
def test_amounts_whose_caption_says_ten_thousands_are_converted_and_said(
    tmp_path: Path, written: Any, paid: str
) -> None:
    changes = {"工资性收入": written, "人均可支配收入": (Decimal(paid) + 1000) / 2}
    roster = read(tmp_path, [home(**changes)], couple(), after=rename("L2", "工资性收入（万元）"))
    (told,) = roster.findings
    assert (told.severity, told.row, told.letter) == ("W", 2, "L")
    assert "已逐格换算成元" in told.text
    assert roster.rows[0].household.income
    assert roster.rows[0].household.income.wages == Decimal(paid)


def test_ten_thousands_that_leave_part_of_a_fen_are_not_rounded(tmp_path: Path) -> None:
    roster = read(tmp_path, [home(工资性收入=0.1234567)], couple(), after=rename("L2", "工资性收入（万元）"))
    (fault,) = (f for f in roster.findings if f.severity == "E")
    assert (fault.row, fault.letter) == (3, "L")
    assert "不是整分" in fault.text


def test_a_line_of_units_that_names_both_is_no_ten_thousands(tmp_path: Path) -> None:
    assert len(read(tmp_path, [home()], couple(), after=rename("A1", "单位：户、人、元/万元")).rows) == 1


def test_columns_of_the_helper_are_not_the_households(tmp_path: Path) -> None:
    def helper(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.insert_rows(2)
        first = len(HOUSEHOLD_COLUMNS) + 1
        for column in range(1, first):
            sheet.cell(2, column, sheet.cell(3, column).value)
            sheet.cell(3, column).value = None
            sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)
        for column, words in enumerate(("姓名", "单位", "联系电话"), first):
            sheet.cell(3, column, words)
            sheet.cell(4, column, "13900000000")
        sheet.cell(2, first, "帮扶责任人")
        sheet.merge_cells(start_row=2, end_row=2, start_column=first, end_column=first + 2)

    roster = read(tmp_path, [home()], couple(), after=helper)
    (left,) = roster.findings
    assert (left.severity, left.letter) == ("I", "V")
    assert "V 列“姓名”、W 列“单位”、X 列“联系电话” 不是名册的栏目，没有读取" in left.text
    assert roster.rows[0].household.phone == "13800000001"


@pytest.mark.parametrize(
    ("after", "says"),
    [
        (lambda book: book.remove(book.worksheets[0]), "只有贫困人口表"),
        (lambda book: book.remove(book.worksheets[1]), "没有贫困人口表"),
        (lambda book: setattr(book.worksheets[1], "sheet_state", "hidden"), "“贫困人口”是隐藏的"),
    ],
)
def test_a_file_with_one_of_the_two_tables_is_told_which(tmp_path: Path, after: After, says: str) -> None:
    with pytest.raises(Known, match=says):
        read(tmp_path, [home()], couple(), after=after)


@pytest.mark.parametrize("written", ["无", "暂无", "/", "—", "否", "0", 0])
def test_there_is_none_is_no_number(tmp_path: Path, written: Any) -> None:
    persons = couple()
    persons[0]["残疾证号"] = written
    roster = read(tmp_path, [home(联系电话=written, 一卡通账号=written)], persons)
    assert roster.findings == ()
    assert roster.rows[0].household.phone == ""


@pytest.mark.parametrize(("word", "near"), [("弟弟", "其他"), ("侄女", "其他"), ("孙女儿", "之孙女")])
def test_a_relation_is_proposed_by_its_meaning(tmp_path: Path, word: str, near: str) -> None:
    persons = couple()
    persons[1]["与户主关系"] = word
    roster = read(tmp_path, [home()], persons)
    (fault,) = (f for f in roster.findings if f.severity == "E")
    assert f"是不是“{near}”" in fault.text


def test_a_wife_is_a_spouse(tmp_path: Path) -> None:
    persons = couple()
    persons[1]["与户主关系"] = "妻子"
    assert read(tmp_path, [home()], persons).findings == ()


def test_marks_that_copying_leaves_in_a_number_are_dropped(tmp_path: Path) -> None:
    roster = read(tmp_path, [home(证件号码=f"\u202d{id_number()}\u202c", 户主姓名="\u202a陈某文")], couple())
    assert roster.findings == ()
    assert roster.rows[0].household.head_id == id_number()


def test_a_village_of_another_spelling_is_proposed_and_never_taken(tmp_path: Path) -> None:
    roster = read(tmp_path, [home(**{"村（居）": "太平镇太平"})], couple())
    assert roster.rows[0].faulty
    assert any("是不是“太平村”？" in f.text for f in roster.findings)


@pytest.mark.parametrize(("day", "warned"), [("2006-04-01", True), ("2015-05-24", True), ("2015-05-25", False)])
def test_an_application_of_years_ago_is_shown(tmp_path: Path, day: str, warned: bool) -> None:
    roster = read(tmp_path, [home(申请日期=day)], couple())
    assert [f.rule for f in roster.findings] == ["R68"] * warned
    assert not roster.rows[0].faulty


def test_all_person_columns_are_in_use() -> None:
    assert set(couple()[0]) == set(PERSON_COLUMNS)
