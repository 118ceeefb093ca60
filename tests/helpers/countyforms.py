"""Blank forms as a county sends them, built by code: figures a village under four levels of captions, a roster of persons with footer,
formulas and print titles, a list of households, a questionnaire. Nothing in them is anybody's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_THIN = Side(style="thin")
BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)

REPORT: tuple[tuple[str, ...], ...] = (
    ("帮扶单位",), ("贫困村",),
    *(("1.贫困户基本情况", what) for what in ("户数", "人数")),
    *(("1.贫困户基本情况", able, what) for able in ("有劳动能力", "无劳动能力") for what in ("低保户", "低保人", "低收入户", "低收入人")),
    ("1.贫困户基本情况", "危房户"), ("1.贫困户基本情况", "去世失踪等"),
    ("预计脱贫", "户"), ("预计脱贫", "人"),
    ("2.帮扶措施落实", "到村到户", "领导\n人次"), ("2.帮扶措施落实", "到村到户", "干部职工人次"),
    ("2.帮扶措施落实", "劳动力转移", "务工人"), ("2.帮扶措施落实", "保障", "合作医疗"),
)  # fmt: skip
ROSTER: tuple[tuple[str, ...], ...] = (
    ("序号",), ("住址", "行政村"), ("住址", "村民小组"), ("户主", "姓名"), ("户主", "身份证号码"), ("家庭成员情况", "基本情况", "姓名"),
    ("家庭成员情况", "基本情况", "性别"), ("家庭成员情况", "基本情况", "身份证号码"), ("家庭成员情况", "基本情况", "与户主关系"),
    ("家庭成员情况", "基本情况", "年龄"), ("家庭成员情况", "健康状况",), ("帮扶责任人", "姓名"), ("收入（元）", "工资性收入"),
    ("收入（元）", "转移性收入"), ("收入（元）", "小计"),
)  # fmt: skip


def _put(sheet: Worksheet, row: int, column: int, value: object, *, bold: bool = False, size: float = 9) -> None:
    cell: Any = sheet.cell(row, column)
    cell.value = value
    cell.font, cell.alignment, cell.border = Font("宋体", size, bold), _CENTRED, BOX


def _header(sheet: Worksheet, paths: Sequence[tuple[str, ...]], top: int, levels: int) -> None:
    """Write captions with the groups merged across and the short ones merged down, as counties do."""
    for column, path in enumerate(paths, 1):
        for level in range(levels):
            _put(sheet, top + level, column, path[level] if level < len(path) else None)
    for level in range(levels):
        column = 1
        while column <= len(paths):
            path, last = paths[column - 1], column
            while last < len(paths) and len(path) > level + 1 and paths[last][: level + 1] == path[: level + 1]:
                last += 1
            down = levels - 1 if level == len(path) - 1 else level
            if level < len(path) and (last > column or down > level):
                for other in range(column + 1, last + 1):
                    sheet.cell(top + level, other).value = None
                sheet.merge_cells(start_row=top + level, start_column=column, end_row=top + down, end_column=last)
            column = last + 1


def _title(sheet: Worksheet, row: int, text: str, width: int, size: float = 18) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = Font("华文中宋", size), Alignment(horizontal="center", vertical="center")


def village_report(path: Path, *, room: int = 1, names: Sequence[str] = (), total: bool = True) -> Path:
    """The report of GD-B's kind: two titles, four levels in rows 4–7, the first data row higher, 合计 with sums, a note at the foot."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "1"
    width = len(REPORT)
    _title(sheet, 1, "扶贫开发“规划到户 责任到人”工作情况统计表", width)
    _title(sheet, 2, "帮扶到户", width, 14)
    sheet.cell(3, 1, "填报单位：")
    sheet.cell(3, 12, "年　月")
    sheet.cell(3, 15, "单位：户、人")
    _header(sheet, REPORT, 4, 4)
    for row, height in ((4, 25.5), (5, 31.5), (6, 36.75), (7, 58.5), (8, 33.75)):
        sheet.row_dimensions[row].height = height
    for letter, chars in (("A", 10), ("B", 10.4), ("C", 5.6), ("D", 5.6)):
        sheet.column_dimensions[letter].width = chars
    rows = max(room, len(names))
    for row in range(8, 8 + rows):
        for column in range(1, width + 1):
            _put(sheet, row, column, None)
        if row > 8:
            sheet.row_dimensions[row].height = 21.95
        if row - 8 < len(names):
            sheet.cell(row, 2).value = names[row - 8]
    last = 7 + rows
    if total:
        last += 1
        for column in range(1, width + 1):
            letter = get_column_letter(column)
            _put(sheet, last, column, f"=SUM({letter}8:{letter}{last - 1})" if column > 2 else None, bold=True)
        sheet.cell(last, 1).value = "合 计"
        sheet.merge_cells(start_row=last, start_column=1, end_row=last, end_column=2)
    sheet.cell(last + 1, 1, "注：1. 规划投入资金不含自筹。")
    sheet.merge_cells(start_row=last + 1, start_column=1, end_row=last + 1, end_column=width)
    sheet.cell(last + 2, 1, "单位负责人：　　　审核人：　　　填表人：　　　填报日期：　　年　　月　　日")
    sheet.print_area = f"A1:{get_column_letter(width)}{last + 2}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 8
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    book.save(path)
    return path


def person_roster(path: Path, *, room: int = 3) -> Path:
    """A roster with three levels of captions, a numbering row, a formula in every row, sums, signatures, a note, a drop-down list,
    print titles and a page break."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "人口"
    width = len(ROSTER)
    _title(sheet, 1, "贫困人口花名册", width)
    sheet.cell(2, 1, "填报单位（盖章）：＿＿＿＿＿＿")
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=6)
    sheet.cell(2, 12, "单位：人、元")
    _header(sheet, ROSTER, 3, 3)
    for column in range(1, width + 1):
        _put(sheet, 6, column, "甲乙丙丁"[column - 1] if column <= 4 else column - 4)
    for row in range(7, 7 + room):
        for column in range(1, width + 1):
            _put(sheet, row, column, None)
        sheet.cell(row, 15).value = f"=M{row}+N{row}"
        sheet.cell(row, 15).number_format = "#,##0.00"
        sheet.cell(row, 13).number_format = "#,##0.00"
        sheet.row_dimensions[row].height = 20
    total = 7 + room
    for column in range(1, width + 1):
        _put(sheet, total, column, None, bold=True)
    sheet.cell(total, 1).value = "合计"
    sheet.merge_cells(start_row=total, start_column=1, end_row=total, end_column=12)
    for letter in "MNO":
        sheet[f"{letter}{total}"] = f"=SUM({letter}7:{letter}{total - 1})"
    foot = total + 1
    sheet.cell(foot, 1, "单位负责人：")
    sheet.cell(foot, 6, "审核人：")
    sheet.cell(foot, 10, "填表人：")
    sheet.cell(foot, 13, "填报日期：　　年　月　日")
    for left, right in ((1, 3), (6, 8), (10, 12), (13, 15)):
        sheet.merge_cells(start_row=foot, start_column=left, end_row=foot, end_column=right)
    sheet.row_dimensions[foot].height = 30
    sheet.cell(foot + 1, 1, "说明：户的内容每人一行都填。")
    sheet["F5"].comment = Comment("按身份证填写", "县扶贫办")
    sheet.cell(3, 1).fill = PatternFill("solid", fgColor="DDEBF7")
    rule = DataValidation(type="list", formula1='"健康,长期慢性病,患有大病,残疾"', allow_blank=True)
    rule.add(f"K7:K{total - 1}")
    sheet.add_data_validation(rule)
    sheet.print_title_rows = "1:6"
    sheet.print_area = f"A1:O{foot + 1}"
    sheet.freeze_panes = "G7"
    foot_line: Any = sheet.oddFooter
    foot_line.center.text = "第&P页 共&N页"
    notes = book.create_sheet("填表说明")
    notes["A1"] = "本表由镇填报，每月 5 日前报县。"
    book.save(path)
    return path


def household_list(path: Path, *, room: int = 2) -> Path:
    """A plain list of households with two levels of captions not merged, amounts in 万元, no 合计."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "农户"
    _title(sheet, 1, "      年贫困户收入情况表", 10)
    sheet.cell(2, 1, "填报单位：")
    sheet.cell(2, 9, "单位：万元")
    upper = ("序号", "村", "户主", None, None, "贫困户属性", "家庭人口", "收入", None, "备注")
    lower = (None, None, "姓名", "身份证号", "联系电话", None, None, "工资性收入", "生产经营性收入", None)
    for column, (first, second) in enumerate(zip(upper, lower, strict=True), 1):
        _put(sheet, 3, column, first, bold=True)
        _put(sheet, 4, column, second, bold=True)
    sheet.merge_cells("C3:E3")
    sheet.merge_cells("H3:I3")
    for row in range(5, 5 + room):
        for column in range(1, 11):
            _put(sheet, row, column, None)
        sheet.cell(row, 8).number_format = "0.0000"
        sheet.cell(row, 9).number_format = "0.0000"
        sheet.row_dimensions[row].height = 22.5
    sheet.column_dimensions["D"].width = 21
    sheet.cell(5 + room, 1, "填表人：＿＿＿＿")
    sheet.cell(5 + room, 6, "填表日期：")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_margins.left = 0.4
    sheet.print_title_rows = "1:4"
    book.save(path)
    return path


def questionnaire(path: Path) -> Path:
    """A list of items with a blank for each figure, in two sections; another sheet with labels beside blanks."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "调查表"
    _title(sheet, 1, "贫困镇村调查表", 4)
    rows: tuple[tuple[object, ...], ...] = (
        ("编号", "填表项目", "单位", "数量"), ("一、基本情况", None, None, None), (1, "贫困户户数", "户", None), (2, "贫困户人数", "人", None),
        (3, "低保户户数", "户", None), (4, "自然村数", "个", None), ("二、收入", None, None, None), (5, "工资性收入", "万元", None),
    )  # fmt: skip
    for number, line in enumerate(rows, 2):
        for column, value in enumerate(line, 1):
            _put(sheet, number, column, value)
        if line[1] is None:
            sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=4)
    sheet.cell(10, 1, "填表人：　　填报日期：")
    other = book.create_sheet("简表")
    for row, (label, second) in enumerate((("户数", "人数"), ("五保户", "危房户")), 1):
        for column, value in ((1, label), (2, None), (3, second), (4, None)):
            _put(other, row, column, value)
    book.save(path)
    return path
