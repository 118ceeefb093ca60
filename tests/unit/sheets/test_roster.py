"""What a roster may get wrong, one fault at a time, in rosters of one or two households."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import Cancelled, Known
from db.rules.codes import Relation
from db.sheets.drafts import Roster
from db.sheets.roster import read_roster
from tests.helpers.workbooks import FOOT, SHEET, head, id_number, person, repack, write_roster

VILLAGES = {"太平村": ("第一组", "第三村民小组"), "中坊村": ()}
WIFE = id_number("19720303", 22)
OTHER = id_number("19650505", 33)


def read(path: Path, **options: Any) -> Roster:
    return read_roster(path, villages=VILLAGES, **options)


def one(tmp_path: Path, changes: dict[str, Any] | None = None, member: dict[str, Any] | None = None) -> Roster:
    path = write_roster(tmp_path / "名册.xlsx", [head(**(changes or {}))], [person(**(member or {}))])
    return read(path)


def grave(roster: Roster) -> list[tuple[str, int, str, str]]:
    return [(f.sheet, f.row, f.column, f.rule) for f in roster.findings if f.severity == "E"]


def two_heads(**changes: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Two households of one man each; the second is changed."""
    second = {"户主姓名": "林某武", "证件号码": OTHER, "一卡通账号": "6210000000000001", "联系电话": "13800000002"}
    persons = [person(), person(户主姓名="林某武", 户主身份证号=OTHER, 姓名="林某武", 身份证号码=OTHER)]
    return [head(), head(**(second | changes))], persons


def test_a_clean_household_has_no_finding(tmp_path: Path) -> None:
    roster = one(tmp_path)
    assert roster.findings == ()
    (row,) = roster.rows
    assert (row.sheet, row.row, row.member_sheet, row.member_rows, row.faulty) == ("贫困户", 3, "贫困人口", (3,), False)
    assert row.key == "太平村 第一组 陈某文"
    assert row.household.income is not None
    assert row.household.income.per_head_stated == Decimal("3000.00")


@pytest.mark.parametrize(
    ("column", "written", "key", "value"),
    [
        ("村（居）", " 太平　村委会 ", "village", "太平村"),
        ("村民小组", "3组", "group", "第三村民小组"),
        ("村民小组", "第 1 组", "group", "第一组"),
        ("户主姓名", "陈 某　文", "head_name", "陈某文"),
        ("证件号码", " ４４１401 19700101 " + id_number()[14:], "head_id", id_number()),
        ("证件号码", "'" + id_number(), "head_id", id_number()),
        (
            "证件号码",
            id_number("19700101", 17)[:-1] + id_number("19700101", 17)[-1].lower(),
            "head_id",
            id_number("19700101", 17),
        ),
        ("家庭人口", "１", "size_stated", 1),
        ("联系电话", 13800000001, "phone", "13800000001"),
        ("联系电话", "138-0000-0001", "phone", "13800000001"),
        ("一卡通账号", "6210 0000 0000 0000", "bank_card", "6210000000000000"),
        ("申请日期", "2016年4月1日", "applied_on", date(2016, 4, 1)),
        ("申请日期", "20160401", "applied_on", date(2016, 4, 1)),
        ("申请日期", 42461, "applied_on", date(2016, 4, 1)),
        ("申请日期", date(2016, 4, 1), "applied_on", date(2016, 4, 1)),
    ],
)
def test_harmless_mess_is_absorbed(tmp_path: Path, column: str, written: Any, key: str, value: Any) -> None:
    number = value if key == "head_id" else id_number()
    group = {"组": value} if key == "group" else {}
    roster = one(
        tmp_path, {"证件号码": number, column: written}, {"身份证号码": number, "户主身份证号": number} | group
    )
    assert roster.findings == ()
    assert getattr(roster.rows[0].household, key) == value


@pytest.mark.parametrize("written", ["2,000", "２０００", "2000元", " 2 000.00 ", "2，000"])
def test_money_as_text_is_money(tmp_path: Path, written: str) -> None:
    roster = one(tmp_path, {"工资性收入": written})
    assert roster.findings == ()
    assert roster.rows[0].household.income
    assert roster.rows[0].household.income.wages == Decimal("2000.00")


@pytest.mark.parametrize(
    ("column", "written", "says"),
    [
        ("工资性收入", "约二千", "不是金额"),
        ("家庭人口", "一人半", "不是整数"),
        ("家庭人口", 1.5, "不是整数"),
        ("申请日期", "五月", "不是日期"),
        ("申请日期", "2016-02-30", "没有这一天"),
        ("申请日期", "2061-05-03", "晚于 2016-05-25"),
        ("主要致贫原因", "生病", "是不是“因病”？"),
        ("贫困户属性", "低保", "是不是“低保户”？"),
        ("主要致贫原因", "ＸＹＺ", "不在代码表内"),
        ("证件号码", 441401197001010110, "被 Excel 存成了数字"),
        ("证件号码", "4.41401E+17", "被 Excel 存成数字"),
        ("证件号码", "44140119700101011", "是 17 位"),
        ("村（居）", "新塘围村", "本镇没有“新塘围村”"),
        ("村民小组", "第九组", "太平村没有“第九组”"),
        ("户主姓名", "", "没有填写户主姓名"),
        ("家庭人口", 2, "成员表有 1 人"),
        ("人均可支配收入", 3002, "核算为 3000.00"),
        ("性别", "女", "第 17 位表示男"),
        ("村民小组", "", "没有填写村民小组"),
    ],
)
def test_a_fault_is_said_once_at_its_cell(tmp_path: Path, column: str, written: Any, says: str) -> None:
    roster = one(tmp_path, {column: written})
    (finding,) = [f for f in roster.findings if f.severity == "E"]
    assert (finding.sheet, finding.row, finding.column) == ("贫困户", 3, column)
    assert says in finding.text
    assert roster.rows[0].faulty


def test_income_within_one_yuan_of_its_items_passes(tmp_path: Path) -> None:
    assert one(tmp_path, {"人均可支配收入": 3001}).findings == ()


@pytest.mark.parametrize(
    ("column", "written", "rule"), [("联系电话", "1380000001", "R22"), ("一卡通账号", "621000", "R23")]
)
def test_phone_and_account_warn_and_come_in(tmp_path: Path, column: str, written: str, rule: str) -> None:
    roster = one(tmp_path, {column: written})
    assert [(f.severity, f.column, f.rule) for f in roster.findings] == [("W", column, rule)]
    assert not roster.rows[0].faulty


@pytest.mark.parametrize("seed", range(12))
def test_old_numbers_convert_whoever_holds_them(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    born = f"19{chance.randint(30, 95)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    new = id_number(born, 2 * chance.randint(1, 490) + 1)
    old = new[:6] + new[8:17]
    changes = {"证件号码": old if seed % 3 else float(old), "有无劳动能力": "有"}
    roster = one(tmp_path, changes, {"身份证号码": old if seed % 2 else new, "户主身份证号": old if seed % 2 else new})
    assert roster.rows[0].household.head_id == roster.rows[0].household.members[0].id_number == new
    converted = [(f.sheet, f.severity) for f in roster.findings if f.rule == "R02"]
    assert converted == [("贫困户", "W")] + [("贫困人口", "W")] * (seed % 2)


def test_an_old_number_with_an_impossible_birth_is_refused(tmp_path: Path) -> None:
    roster = one(tmp_path, {"证件号码": "441401701301011"})
    assert grave(roster) == [("贫困户", 3, "证件号码", "R01")]


def test_formulas_and_error_cells_do_not_vanish(tmp_path: Path) -> None:
    def spoil(book: openpyxl.Workbook) -> None:
        book["贫困户"]["L3"] = "=1000+1000"
        book["贫困户"]["K3"] = "#N/A"
        book["贫困户"]["K3"].data_type = "e"

    roster = read(write_roster(tmp_path / "名册.xlsx", [head()], [person()], after=spoil))
    texts = {f.letter: f.text for f in roster.findings if f.severity == "E"}
    assert set(texts) == {"K", "L"}
    assert "公式出错（#N/A）" in texts["K"]
    assert "公式未计算" in texts["L"]


def test_a_wrong_dimension_loses_no_household(tmp_path: Path) -> None:
    heads, persons = two_heads()
    path = write_roster(tmp_path / "名册.xlsx", heads, persons)
    repack(path, {SHEET: lambda xml: xml.replace(b'<dimension ref="A1:', b'<dimension ref="A1:B3" x="')})
    assert len(read(path).rows) == 2


def test_a_members_fault_is_at_his_row_and_keeps_the_household_out(tmp_path: Path) -> None:
    wife = person(姓名="李某妹", 性别="女", 身份证号码=WIFE, 与户主关系="之子", 劳动技能="无劳动力")
    heads = [head(家庭人口=2, 人均可支配收入=1500)]
    roster = read(write_roster(tmp_path / "名册.xlsx", heads, [person(), wife]))
    assert grave(roster) == [("贫困人口", 4, "与户主关系", "R18")]
    assert roster.rows[0].faulty


def test_the_head_comes_first_wherever_he_stands(tmp_path: Path) -> None:
    wife = person(姓名="李某妹", 性别="女", 身份证号码=WIFE, 与户主关系="配偶")
    heads = [head(家庭人口=2, 劳动力人数=2, 人均可支配收入=1500)]
    roster = read(write_roster(tmp_path / "名册.xlsx", heads, [wife, person()]))
    assert roster.findings == ()
    assert [m.relation for m in roster.rows[0].household.members] == [Relation.HEAD, Relation.SPOUSE]
    assert roster.rows[0].member_rows == (4, 3)


def test_persons_of_no_household_are_said_at_their_rows(tmp_path: Path) -> None:
    stray = person(户主姓名="林某武", 户主身份证号=OTHER, 姓名="林某武", 身份证号码=OTHER)
    roster = read(write_roster(tmp_path / "名册.xlsx", [head()], [person(), stray]))
    assert grave(roster) == [("贫困人口", 4, "户主姓名", "R10")]
    assert not roster.rows[0].faulty
    assert roster.loose[0].key == "太平村 第一组 林某武"


def test_a_household_without_persons_is_said_once(tmp_path: Path) -> None:
    heads, persons = two_heads()
    roster = read(write_roster(tmp_path / "名册.xlsx", heads, persons[:1]))
    assert grave(roster) == [("贫困户", 4, "证件号码", "R10")]


def test_two_heads_of_one_name_are_told_apart_by_number_and_else_asked(tmp_path: Path) -> None:
    same = {"户主姓名": "陈某文", "证件号码": OTHER}
    persons = [person(), person(户主身份证号=OTHER, 身份证号码=OTHER)]
    roster = read(write_roster(tmp_path / "甲.xlsx", two_heads(**same)[0], persons))
    assert [row.member_rows for row in roster.rows] == [(3,), (4,)]
    assert grave(roster) == []
    lost = {"证件号码": "4.41401E+17"}
    heads = [head(**lost), head(**(same | lost | {"一卡通账号": "6210000000000001"}))]
    roster = read(write_roster(tmp_path / "乙.xlsx", heads, persons))
    assert [row.household.members for row in roster.rows] == [(), ()]
    assert sum("分不清归哪一户" in f.text for f in roster.findings) == 2


def test_the_head_count_tells_heads_of_one_name_apart(tmp_path: Path) -> None:
    lost = "4.41401E+17"
    heads = [head(证件号码=lost), head(证件号码=lost, 家庭人口=2, 一卡通账号="6210000000000001")]
    persons = [
        person(户主身份证号=OTHER, 身份证号码=OTHER),
        person(户主身份证号=OTHER, 姓名="李某妹", 性别="女", 身份证号码=WIFE, 与户主关系="配偶"),
        person(),
    ]
    roster = read(write_roster(tmp_path / "名册.xlsx", heads, persons))
    assert [row.member_rows for row in roster.rows] == [(5,), (3, 4)]


def test_a_head_whose_own_row_differs_is_said_at_that_row(tmp_path: Path) -> None:
    roster = one(tmp_path, None, {"身份证号码": OTHER})
    assert grave(roster) == [("贫困人口", 3, "身份证号码", "R07")]


def test_doubled_numbers_keep_both_out_where_nothing_tells(tmp_path: Path) -> None:
    heads, persons = two_heads(证件号码=id_number())
    persons[1] |= {"户主身份证号": id_number(), "身份证号码": id_number()}
    roster = read(write_roster(tmp_path / "名册.xlsx", heads, persons))
    doubled = [f for f in roster.findings if f.rule == "R03"]
    assert [(f.row, f.severity) for f in doubled] == [(3, "E"), (4, "E")]
    assert "第4行" in doubled[0].text
    assert "第3行" in doubled[1].text


def test_the_same_member_twice_in_one_household_is_doubled(tmp_path: Path) -> None:
    wife = person(
        姓名="李某妹", 性别="女", 身份证号码=WIFE, 与户主关系="配偶", 劳动技能="无劳动力", 健康状况="长期慢性病"
    )
    heads = [head(家庭人口=3, 人均可支配收入=1000)]
    daughter = wife | {"姓名": "陈某花", "与户主关系": "之儿媳"}
    roster = read(write_roster(tmp_path / "名册.xlsx", heads, [person(), wife, daughter]))
    assert grave(roster) == [("贫困人口", 4, "身份证号码", "R03"), ("贫困人口", 5, "身份证号码", "R03")]


def test_one_account_for_two_households_warns_both(tmp_path: Path) -> None:
    heads, persons = two_heads(一卡通账号="6210000000000000")
    roster = read(write_roster(tmp_path / "名册.xlsx", heads, persons))
    assert [(f.row, f.severity, f.rule) for f in roster.findings] == [(3, "W", "R23"), (4, "W", "R23")]


def test_repeated_rows_count_once(tmp_path: Path) -> None:
    roster = read(write_roster(tmp_path / "名册.xlsx", [head(), head(序号=2)], [person(), person(序号=2)]))
    assert (len(roster.rows), roster.persons) == (1, 1)
    assert [(f.sheet, f.row, f.severity) for f in roster.findings] == [("贫困户", 4, "I"), ("贫困人口", 4, "I")]


@pytest.mark.parametrize(
    ("total", "severities"),
    [
        (["合计", "1户", "", "", "", "", 1], []),
        (["合计", "2户", "", "", "", "", 1], ["W"]),
        (["合　计：", "", "", "", "", "", 7], ["W"]),
    ],
)
def test_totals_are_compared_and_are_no_household(tmp_path: Path, total: list[Any], severities: list[str]) -> None:
    foot = [total, ["备注：以上数据由各村报送"], [FOOT]]
    roster = read(write_roster(tmp_path / "名册.xlsx", [head()], [person()], foot=foot))
    assert len(roster.rows) == 1
    assert [f.severity for f in roster.findings] == severities


def test_a_header_repeated_on_each_page_is_no_household(tmp_path: Path) -> None:
    again = {key: key for key in head()}
    heads, persons = two_heads()
    roster = read(write_roster(tmp_path / "名册.xlsx", [heads[0], again, heads[1]], persons))
    assert [row.row for row in roster.rows] == [3, 5]
    assert roster.findings == ()


def test_numbered_blank_rows_are_no_households(tmp_path: Path) -> None:
    blank = dict.fromkeys(head(), "") | {"序号": 2}
    roster = read(write_roster(tmp_path / "名册.xlsx", [head(), blank, blank | {"备注": " "}], [person()]))
    assert len(roster.rows) == 1


def test_cells_merged_over_a_family_belong_to_each_member(tmp_path: Path) -> None:
    def merge(book: openpyxl.Workbook) -> None:
        for column in "BCDE":
            book["贫困人口"].merge_cells(f"{column}3:{column}4")

    wife = person(姓名="李某妹", 性别="女", 身份证号码=WIFE, 与户主关系="配偶")
    heads = [head(家庭人口=2, 劳动力人数=2, 人均可支配收入=1500)]
    roster = read(write_roster(tmp_path / "名册.xlsx", heads, [person(), wife], after=merge))
    assert roster.findings == ()
    assert roster.rows[0].member_rows == (3, 4)


def test_the_day_can_be_given_and_must_be_known(tmp_path: Path) -> None:
    path = write_roster(tmp_path / "名册.xlsx", [head()], [person()], foot=[])
    with pytest.raises(Known, match="填报日期"):
        read(path)
    roster = read(path, today=date(2016, 3, 1))
    assert grave(roster) == [("贫困户", 3, "申请日期", "R68")]
    assert roster.as_of == date(2016, 3, 1)


def test_missing_columns_and_sheets_are_named(tmp_path: Path) -> None:
    without = {key: value for key, value in head().items() if key not in ("性别", "申请日期")}
    path = write_roster(tmp_path / "名册.xlsx", [without], [person()])
    with pytest.raises(Known, match="找不到“性别”“申请日期”列"):
        read(path)
    path = write_roster(tmp_path / "名册.xlsx", [head()], [person()], after=lambda book: book.remove(book["贫困人口"]))
    with pytest.raises(Known, match="里没有贫困人口表"):
        read(path)
    book = openpyxl.Workbook()
    book.save(tmp_path / "空.xlsx")
    with pytest.raises(Known, match="不是申报名册：找不到“村（居）”“村民小组”“户主姓名”"):
        read(tmp_path / "空.xlsx")


def test_two_columns_that_claim_to_be_one_are_refused(tmp_path: Path) -> None:
    def double(book: openpyxl.Workbook) -> None:
        book["贫困户"]["V2"] = "联系电话"

    with pytest.raises(Known, match="两列都像“联系电话”（R 列、V 列）"):
        read(write_roster(tmp_path / "名册.xlsx", [head()], [person()], after=double))


def test_other_sheets_are_left_with_a_note(tmp_path: Path) -> None:
    def add(book: openpyxl.Workbook) -> None:
        book.create_sheet("说明")["A1"] = "填表说明"
        book.create_sheet("空表")
        book.copy_worksheet(book["贫困户"]).sheet_state = "hidden"

    roster = read(write_roster(tmp_path / "名册.xlsx", [head()], [person()], after=add))
    assert [(f.row, f.severity) for f in roster.findings] == [(0, "I"), (0, "I")]
    assert len(roster.rows) == 1


def test_the_order_of_sheets_and_columns_does_not_matter(tmp_path: Path) -> None:
    def shuffle(book: openpyxl.Workbook) -> None:
        for sheet in book.worksheets:
            rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)][
                : 2 if sheet.title == "贫困户" else None
            ]
            sheet.delete_rows(2, sheet.max_row)
            for row in rows:
                sheet.append(list(reversed(row)))
        book["贫困户"].append([FOOT])
        book.move_sheet("贫困人口", -1)

    roster = read(write_roster(tmp_path / "名册.xlsx", [head()], [person()], after=shuffle))
    assert roster.findings == ()
    assert roster.rows[0].household.head_id == id_number()


def test_a_stopped_reading_stops(tmp_path: Path) -> None:
    class Stopped:
        def report(self, done: int, total: int, text: str) -> None:
            raise AssertionError("nothing is reported after the stop")

        def check(self) -> None:
            raise Cancelled

    path = write_roster(tmp_path / "名册.xlsx", [head()], [person()])
    with pytest.raises(Cancelled):
        read(path, ticket=Stopped())
