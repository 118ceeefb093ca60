"""The ledger workbook as the county opens it: values, text that must stay text, frame, print set-up."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.rules.ledger import MonthLedger
from db.rules.ledgerchoice import Choice, file_name
from db.sheets import ledger as sheets
from db.sheets.layouts import ledger as layouts
from db.sheets.ledger_rows import body, clean
from db.sheets.ledger_tables import sheets_of
from tests.helpers.ledger import MADE, Slip, household, july, ledger, register

LEDGER = (layouts.HOUSEHOLDS, layouts.PERSONS, layouts.SUMMARY)

ROSTER = "序号 镇 村 组 户编号 户主 性别 证件号码 家庭人口 劳动力数 属性 有无劳动能力 主要致贫原因 其他致贫原因 人均可支配收入 危房等级 识别年度 脱贫属性 脱贫年度 联系电话 帮扶责任人 单位 备注"
PERSONS = "序号 省 市 县 镇 村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能 务工状况 务工时间 参加大病医疗 脱贫属性 脱贫年度 属性 主要致贫原因 危房户 饮水安全 饮水困难 人均纯收入 联系电话"
SUMMARY = "序号 村（居） 年初 期初 新增 终止 销户 拆户 并户 自然增加人数 自然减少人数 期末 准确率% 计划 达标 累计 措施数 走访次数 资金（元） 附：本年累计新增 附：本年累计终止 附：本年累计其他增减"
NAMES = ["贫困户花名册", "贫困人口花名册", "月报汇总表"]


def write(folder: Path, month: MonthLedger, *, freeze: bool = True, repeat: bool = False) -> Workbook:
    path = folder / file_name(month, Choice())
    sheets.write(register(month, Choice(freeze=freeze, repeat=repeat)), path, Slip(), made=MADE)
    assert [file.name for file in folder.iterdir()] == [path.name]
    return load_workbook(path)


def row(sheet: Worksheet, number: int) -> list[object]:
    return [cell.value for cell in sheet[number]]


def test_the_columns_are_the_countys_in_its_order() -> None:
    found = [
        [*dict.fromkeys(c.titles[0] if c.titles[-1] in "户人" else c.titles[-1] for c in layout.columns)]
        for layout in LEDGER
    ]
    assert found == [ROSTER.split(), PERSONS.split(), SUMMARY.split()]


def test_three_sheets_with_title_unit_row_and_merged_header(tmp_path: Path) -> None:
    book = write(tmp_path, july())
    assert book.sheetnames == NAMES
    roster = book["贫困户花名册"]
    assert roster["A1"].value == "华阳镇贫困户花名册"
    assert (roster["A1"].font.name, roster["A1"].font.size) == ("方正小标宋简体", 20)
    assert [v for v in row(roster, 2) if v] == ["填报单位（盖章）：华阳镇人民政府", "2016年7月", "单位：户、人、元"]
    merged = {str(area) for area in roster.merged_cells.ranges}
    assert {"A1:W1", "A3:A4", "F3:H3", "I3:L3", "M3:N3", "R3:S3", "U3:V3", "W3:W4"} <= merged
    assert (roster["F3"].value, roster["F4"].value, roster["H4"].value) == ("户主情况", "户主", "证件号码")
    assert roster["G4"].border.top.style == roster["W4"].border.right.style == "thin"


def test_a_household_row_and_its_total(tmp_path: Path) -> None:
    roster = write(tmp_path, july())["贫困户花名册"]
    assert row(roster, 5) == [
        1, "华阳镇", "华南村", "第一组", "华南-2015-0001", "陈某明", "男", "441401196803120018", 1, 1, "低保户", "有",
        "缺技术", "无", 3410.5, "C级", 2015, "—", "—", "13800000001", "—", "—", None,
    ]  # fmt: skip
    total = row(roster, 9)
    assert (total[0], total[4], total[8], total[9]) == ("合计", 4, 8, 8)
    assert roster["E9"].number_format == '0"户"'
    assert "A9:D9" in {str(area) for area in roster.merged_cells.ranges}


def test_numbers_of_people_and_papers_are_text_and_figures_are_figures(tmp_path: Path) -> None:
    book = write(tmp_path, july())
    roster, persons = book["贫困户花名册"], book["贫困人口花名册"]
    for sheet, letters, at in ((roster, "EHT", 5), (persons, ("H", "K", "AD"), 4)):
        for letter in letters:
            cell = sheet[f"{letter}{at}"]
            assert (cell.data_type, cell.number_format) == ("s", "@")
            assert sheet.column_dimensions[letter].width >= 20
    assert (roster["O5"].data_type, roster["O5"].number_format) == ("n", "#,##0.00")
    assert (roster["I5"].data_type, roster["I5"].number_format) == ("n", "0")


def test_what_concerns_the_household_stands_on_the_heads_row_unless_repeated(tmp_path: Path) -> None:
    once, again = tmp_path / "once", tmp_path / "again"
    once.mkdir()
    again.mkdir()
    persons = write(once, july())["贫困人口花名册"]
    head, member = row(persons, 5), row(persons, 6)
    assert head[7:13] == ["华南-2016-0001", "—", "陈某明", "441401196803120018", 3, "户主"]
    assert member[7:13] == ["华南-2016-0001", "—", "李某芳", "441401197006020021", None, "配偶"]
    assert head[21:] == ["—", "—", "低保户", "缺技术", "是", "—", "—", 3500, "13800000001"]
    assert member[21:] == [None] * 9
    total = row(persons, 12)
    assert (total[0], total[9], total[11]) == ("合计", 8, 8)
    repeated = write(again, july(), repeat=True)["贫困人口花名册"]
    full = row(repeated, 6)
    assert (full[11], full[21:]) == (3, head[21:])
    feet = [" ".join(str(row(sheet, n)[0]) for n in range(13, 16)) for sheet in (persons, repeated)]
    assert ["每户只计一次" in foot for foot in feet] == [False, True]


def test_the_summary_shows_both_openings_and_no_zero_for_what_is_not_held(tmp_path: Path) -> None:
    summary = write(tmp_path, july())["月报汇总表"]
    moved = [0] * 10
    south = [1, "华南村", 1, 1, 2, 4, 1, 2, *moved, 3, 6, *["—"] * 7, 2, 5, 0, 0, 0, 0]
    assert row(summary, 5) == south
    assert row(summary, 8) == ["合计", None, 1, 1, 2, 4, 2, 4, *moved, 4, 8, *["—"] * 7, 3, 7, 0, 0, 0, 0]
    notes = "".join(str(summary[f"A{line}"].value) for line in (9, 10, 11))
    for title in ("脱贫计划", "走访次数", "资金（元）"):
        assert title in notes
    assert "不是零" in notes
    assert "新增、" not in notes
    assert summary["A12"].value.startswith("单位负责人：")


def test_every_sheet_is_set_up_for_paper_and_screen(tmp_path: Path) -> None:
    for sheet, layout in zip(write(tmp_path, july()).worksheets, LEDGER, strict=True):
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == f"$3:${2 + layout.levels}"
        assert sheet.oddFooter is not None
        assert sheet.oddFooter.center is not None
        assert sheet.oddFooter.center.text == "第&P页 共&N页"
    book = load_workbook(next(tmp_path.iterdir()))
    assert [sheet.freeze_panes for sheet in book.worksheets] == ["G5", "K4", "C5"]


def test_a_county_copy_without_frozen_panes(tmp_path: Path) -> None:
    assert [sheet.freeze_panes for sheet in write(tmp_path, july(), freeze=False).worksheets] == [None] * 3


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("x")', "+8613", "-1", "@SUM(A1)", "＝1", "#N/A", "\t=1", "\r=1"])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    roster = write(tmp_path, ledger(household(text, date(2016, 7, 1), name=text, remark=text)))["贫困户花名册"]
    for letter in "EFW":
        cell = roster[f"{letter}5"]
        assert (cell.value, cell.data_type) == (clean(text), "s")
    with zipfile.ZipFile(next(tmp_path.iterdir())) as archive:
        assert not re.search(rb"<f[ >/]", archive.read("xl/worksheets/sheet1.xml"))


def test_what_a_workbook_cannot_hold_is_taken_out() -> None:
    assert clean("甲\x00乙\x0b丙\r\n丁\ud800\uffff戊") == "甲乙 丙 丁戊"
    assert clean("𠮷㛃䶮·\ue863") == "𠮷㛃䶮·\ue863"


def test_a_long_remark_gets_a_higher_row(tmp_path: Path) -> None:
    long = household("华南-2016-0001", date(2016, 7, 1), remark="户主长期在外务工，由其弟代签" * 5)
    roster = write(tmp_path, ledger(long, household("华南-2016-0002", date(2016, 7, 2))))["贫困户花名册"]
    assert roster.row_dimensions[5].height > 80
    assert roster.row_dimensions[6].height is None
    assert roster["W5"].alignment.wrap_text


def test_the_file_names_nobody(tmp_path: Path) -> None:
    properties = write(tmp_path, july()).properties
    assert (properties.creator, properties.lastModifiedBy) == ("户有卡", None)


def test_a_month_without_a_household_is_a_ledger_of_noughts(tmp_path: Path) -> None:
    book = write(tmp_path, ledger())
    assert row(book["贫困户花名册"], 5)[:9] == ["合计", None, None, None, 0, None, None, None, 0]
    assert row(book["月报汇总表"], 8)[18:20] == [0, 0]


def test_some_sheets_only(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheets.write(sheets_of(july(), Choice(sheets=("月报汇总表",))), path, Slip(), made=MADE)
    assert load_workbook(path).sheetnames == ["月报汇总表"]
    with pytest.raises(ValueError, match="no such sheet"):
        sheets_of(july(), Choice(sheets=("别的表",)))


def test_the_name_holds_month_and_town_and_suits_every_disk() -> None:
    assert file_name(july(), Choice()) == "2016年07月台账-华阳镇.xlsx"
    assert file_name(ledger(town='华/阳:"镇"'), Choice()) == "2016年07月台账-华阳镇.xlsx"


def test_the_preview_shows_what_will_be_written(tmp_path: Path) -> None:
    roster, persons, summary = sheets.preview(register(july()), limit=2)
    assert [(s.name, s.rows, str(s.counted)) for s in (roster, persons, summary)] == [
        ("贫困户花名册", 4, "4 户 8 人"), ("贫困人口花名册", 8, "4 户 8 人"), ("月报汇总表", 3, "4 户 8 人")
    ]  # fmt: skip
    assert [len(s.first) for s in (roster, persons, summary)] == [2, 2, 2]
    assert dict(zip(roster.titles, roster.first[0], strict=True))["人均可支配收入"] == "3,410.50"
    assert dict(zip(summary.titles, summary.first[0], strict=True))["期末 人"] == "6"
    assert all(len(s.titles) == len(s.aligns) == len(s.first[0]) for s in (roster, persons, summary))
    written = row(write(tmp_path, july())["贫困人口花名册"], 4)
    assert [str(v or "") for v in written[:20]] == [*persons.first[0][:20]]


def test_the_rows_of_a_sheet_are_numbered_through() -> None:
    assert [[row[0] for row in body(sheet)] for sheet in register(july())] == [[1, 2, 3, 4], [*range(1, 9)], [1, 2, 3]]
