"""Writes the three workbooks in the layout villages hand in: title, unit row, merged two-level header, total and signature rows."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from installer.demo import rows
from installer.demo.assemblies import Meeting
from installer.demo.faults import Roster
from installer.demo.rows import Row
from installer.demo.town import COUNTY, TOWN

_GAP = "\u3000" * 6
_TOP = [
    "序号", "村（居）", "村民\n小组", "户主姓名", "性别", "证件号码", "家庭\n人口", "劳动力\n人数", "贫困户\n属性", "有无劳\n动能力",
    "主要致\n贫原因", "家庭年收入（元）", None, None, None, None, None, "住房", None, "联系\u3000电话", "一卡通账号", "申请日期", "备注",
]  # fmt: skip
_UNDER = {
    12: "工资性\n收入", 13: "生产经\n营性收入", 14: "财产性\n收入", 15: "转移性\n收入", 16: "生产经\n营性支出", 17: "人均可支\n配收入",
    18: "住房面积\n（㎡）", 19: "危房\n等级",
}  # fmt: skip
_MEMBER_TOP = [
    "序号", "行政村", "组", "户主姓名", "户主身份证号", "姓名", "性别", "身份证号码", "与户主关系", "民族", "文化程度", "在校生状况",
    "健康状况", "残疾证号", "劳动技能",
]  # fmt: skip
_VISIT_TOP = [
    "序号", "户主姓名", "组别", "人口", "核实日期", "调查人一", "调查人二", "陪同村干部", "农户签名", "村干部签名", "调查人签名",
    "看房", "看粮", "看劳力", "看读书郎", "六进1\n家庭主要劳动力死亡、孩子未成年", "六进2\n不符合五保条件的孤寡农户和单亲家庭",
    "六进3\n主要劳动力长期生病", "六进4\n有丧失劳动能力的残疾人口", "六进5\n住房不避风雨", "六进6\n自然灾害、突发事件",
    "七不进1\n近三年新建住房80㎡以上或城镇购房", "七不进2\n子女有赡养能力不履行义务", "七不进3\n有小汽车或大型农机具",
    "七不进4\n直系亲属有财政供养人员", "七不进5\n长期雇佣他人", "七不进6\n对举报质疑不能合理解释", "七不进7\n懒、赌、毒致贫",
    "说明", "核实结论",
]  # fmt: skip
_VOTE_TOP = ["序号", "户主姓名", "组别", "人口", "同意", "不同意", "弃权", "结果"]
_WIDTHS = (5, 8, 11, 9, 5, 21, 6, 7, 11, 7, 10, 9, 9, 9, 9, 9, 10, 9, 6, 13, 21, 13, 8)
_MEMBER_WIDTHS = (6, 9, 8, 9, 21, 9, 5, 21, 9, 6, 13, 11, 11, 23, 11)

_TITLE = Font(bold=True, size=18)
_BOLD = Font(bold=True)
_SMALL = Font(size=9)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_THIN = Border(*(Side(style="thin"),) * 4)


def roster_book(roster: Roster) -> Workbook:
    """太平镇2016年相对贫困户申报名册: sheets 贫困户 and 贫困人口."""
    book = Workbook()
    sheet = _first(book, rows.HOUSEHOLD_SHEET)
    _put(sheet, 1, [f"{COUNTY}{TOWN}2016年相对贫困户申报名册"])
    _put(sheet, 2, [f"填报单位（盖章）：{TOWN}人民政府{_GAP}2016年5月{_GAP}单位：户、人、元"])
    _household_header(sheet)
    for number, row in enumerate(roster.households, rows.HOUSEHOLD_START):
        _put(sheet, number, row, text=(rows.ID, rows.PHONE, rows.ACCOUNT), day=rows.APPLIED, border=True)
    total = rows.HOUSEHOLD_START + len(roster.households)
    people = sum(size for row in roster.households if isinstance(size := row[rows.SIZE], int))
    _put(sheet, total, ["合计", f"{len(roster.households)}户", None, None, None, None, people], border=True)
    gap = "\u3000" * 5
    _put(sheet, total + 1, [f"单位负责人：{gap}审核人：{gap}填表人：{gap}填报日期：2016年5月25日"])
    _merge(sheet, ["A1:W1", "A2:W2", f"A{total + 1}:W{total + 1}"])
    _member_sheet(book.create_sheet(rows.MEMBER_SHEET), roster.members)
    return book


def visit_book(sheets: dict[str, list[Row]]) -> Workbook:
    """太平镇入户核实结果: a sheet a village."""
    book = Workbook()
    for village, lines in sheets.items():
        sheet = _sheet(book, village)
        _put(sheet, 1, [f"{village}入户核实结果汇总"], font=_BOLD)
        _put(sheet, 2, list(_VISIT_TOP), middle=True)
        for number, row in enumerate(lines, 3):
            _put(sheet, number, row, day=4)
        _merge(sheet, ["A1:AD1"])
        _widths(sheet, (5, 9, 8, 5, 11, 9, 9, 10, *(8,) * 7, *(14,) * 13, 30, 9))
        sheet.row_dimensions[2].height = 62
    return book


def vote_book(meetings: Iterable[Meeting]) -> Workbook:
    """太平镇民主评议结果: a sheet a village."""
    book = Workbook()
    for meeting in meetings:
        sheet = _sheet(book, meeting.village)
        _put(sheet, 1, [f"{meeting.village}村民代表大会民主评议结果"], font=_BOLD)
        _put(sheet, 2, [meeting.heading])
        _put(sheet, 3, list(_VOTE_TOP), middle=True)
        for number, row in enumerate(meeting.rows, 4):
            _put(sheet, number, row)
        _merge(sheet, ["A1:H1"])
        _widths(sheet, (6, 12, 10, 8, 8, 8, 8, 10))
    return book


def save(book: Workbook, path: Path) -> None:
    """Write the workbook so that the same cells always give the same bytes: no clock in it."""
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2016-05-25T09:00:00Z", part)
            target.writestr(zipfile.ZipInfo(name, (2016, 5, 25, 9, 0, 0)), part, zipfile.ZIP_DEFLATED)


def _household_header(sheet: Worksheet) -> None:
    _put(sheet, 3, list(_TOP), middle=True, border=True)
    _put(sheet, 4, [_UNDER.get(column) for column in range(1, 24)], middle=True, border=True)
    single = [get_column_letter(column) for column in range(1, 24) if column not in _UNDER]
    _merge(sheet, ["L3:Q3", "R3:S3", *(f"{letter}3:{letter}4" for letter in single)])
    for cell in (sheet["A1"], sheet["A2"]):
        cell.alignment = Alignment(horizontal="center" if cell.row == 1 else None)
    sheet["A1"].font = _TITLE
    _widths(sheet, _WIDTHS)
    for number in (3, 4):
        sheet.row_dimensions[number].height = 27
    sheet.print_title_rows = "3:4"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _member_sheet(sheet: Worksheet, members: list[Row]) -> None:
    _put(sheet, 1, [f"{TOWN}相对贫困人口花名册"], font=_BOLD)
    _put(sheet, 2, list(_MEMBER_TOP))
    for number, row in enumerate(members, rows.MEMBER_START):
        _put(sheet, number, row, text=(4, rows.MEMBER_ID, rows.MEMBER_CERTIFICATE))
    _merge(sheet, ["A1:O1"])
    _widths(sheet, _MEMBER_WIDTHS)


def _put(
    sheet: Worksheet,
    number: int,
    row: Row,
    *,
    text: tuple[int, ...] = (),
    day: int = -1,
    middle: bool = False,
    border: bool = False,
    font: Font | None = None,
) -> None:
    """One row from column A on; ``text`` columns get the text format where they hold text, ``day`` a date format."""
    for index, value in enumerate(row):
        cell = sheet.cell(number, index + 1, value)
        if index in text and isinstance(value, str):
            cell.number_format = "@"
        if index == day and not isinstance(value, str):
            cell.number_format = "yyyy/m/d"
        if middle:
            cell.alignment, cell.font = _MIDDLE, _SMALL
        if border:
            cell.border = _THIN
        if font is not None:
            cell.font = font


def _first(book: Workbook, title: str) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # a new workbook opens with one
    sheet.title = title
    return sheet


def _sheet(book: Workbook, title: str) -> Worksheet:
    """The empty first sheet while it has no name of ours, else a new one."""
    return _first(book, title) if book.sheetnames == ["Sheet"] else book.create_sheet(title)


def _merge(sheet: Worksheet, ranges: Iterable[str]) -> None:
    for merged in ranges:
        sheet.merge_cells(merged)


def _widths(sheet: Worksheet, widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
