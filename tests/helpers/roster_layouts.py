"""The invented villages of `tests.helpers.rosters` written down as four offices would, none of them like another.

Each function writes one workbook and says where it put which cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.helpers.rosters import VILLAGES, Home, Written, homes

FOOT = "单位负责人：　　填表人：　　填报日期：2016年5月25日"
OWN = (
    "group", "head_name", "head_sex", "head_id", "size_stated", "able_stated", "attribute", "able", "main_cause", "wages", "business",
    "property", "transfer", "business_cost", "per_head_stated", "phone", "bank_card", "applied_on",
)  # fmt: skip
MINE = (
    "name", "sex", "id_number", "relation", "ethnicity", "education", "schooling", "health", "disability_number", "labour",
)  # fmt: skip
INCOME = {"wages", "business", "property", "transfer", "business_cost"}


def book() -> tuple[Workbook, Worksheet]:
    """A new workbook and its sheet."""
    made = openpyxl.Workbook()
    assert isinstance(made.active, Worksheet)
    return made, made.active


def of_village(village: str, made: Sequence[Home]) -> Iterator[tuple[int, Home]]:
    """The households a village was drawn with, whatever was planted in them."""
    return ((n, made[n]) for n, home in enumerate(homes()) if home.own["village"] == village)


def _merge_groups(sheet: Worksheet, row: int, level: int, columns: Sequence[Sequence[str]]) -> None:
    first = 0
    for place in range(1, len(columns) + 1):
        same = (
            place < len(columns)
            and len(columns[place]) > level + 1
            and columns[place][: level + 1] == columns[first][: level + 1]
        )
        if not same:
            if place - first > 1:
                sheet.merge_cells(start_row=row, end_row=row, start_column=first + 1, end_column=place)
            first = place


MERGED = (
    ("序号",), ("户的情况", "组别"), ("户的情况", "户主", "姓名"), ("户的情况", "户主", "性别"), ("户的情况", "户主", "身份证\n号码"),
    ("户的情况", "家庭人口数（人）"), ("户的情况", "劳动力数（人）"), ("户的情况", "户类型"), ("户的情况", "有/无劳动能力"),
    ("户的情况", "致贫主因"), ("户的情况", "上年收入（元）", "收入", "工资收入"), ("户的情况", "上年收入（元）", "收入", "经营性收入"),
    ("户的情况", "上年收入（元）", "收入", "财产收入"), ("户的情况", "上年收入（元）", "收入", "转移收入"),
    ("户的情况", "上年收入（元）", "经营支出"), ("户的情况", "上年收入（元）", "人均可支配"), ("户的情况", "联系　方式"),
    ("户的情况", "一卡通"), ("户的情况", "申请时间"), ("家庭成员", "姓名"), ("家庭成员", "性别"), ("家庭成员", "身份证号码"),
    ("家庭成员", "与户主关系"), ("家庭成员", "民族"), ("家庭成员", "文化程度"), ("家庭成员", "在校情况"), ("家庭成员", "身体状况"),
    ("家庭成员", "残疾人证号"), ("家庭成员", "劳动技能"),
)  # fmt: skip


def merged(path: Path, made: Sequence[Home]) -> Written:
    """A sheet for each village, named by it; headers of four levels; the household's cells merged over the rows of its people."""
    workbook, first = book()
    written = Written()
    for number, village in enumerate(VILLAGES):
        sheet = first if number == 0 else workbook.create_sheet()
        sheet.title = village
        sheet["A1"] = "2016年相对贫困户及贫困人口申报表"
        sheet.merge_cells("A1:AC1")
        sheet["A2"] = "填表说明：户的情况各栏与成员行合并填写；没有的填 0"
        _bare(sheet, 3, MERGED)
        row = 7
        for home, one in of_village(village, made):
            sheet.cell(row, 1, home + 1)
            written.line(sheet, row, ("", *OWN), one.own, home, -1)
            last = row + len(one.people) - 1
            for column in range(1, len(OWN) + 2):
                if last > row:
                    sheet.merge_cells(start_row=row, end_row=last, start_column=column, end_column=column)
            for person, values in enumerate(one.people):
                written.line(sheet, row + person, ("", *[""] * len(OWN), *MINE), values, home, person)
            row = last + 1
        sheet.cell(row, 1, FOOT)
    codes = workbook.create_sheet("代码表")
    for line in (
        ("与户主关系", "民族", "文化程度", "健康状况"),
        ("户主", "汉族", "初中", "健康"),
        ("配偶", "畲族", "高中", "残疾"),
    ):
        codes.append(line)
    workbook.save(path)
    return written


def _bare(sheet: Worksheet, top: int, columns: Sequence[Sequence[str]]) -> None:
    """Captions with only the first cell of each merged group filled in, as a spreadsheet program keeps them."""
    shown = [
        tuple(
            text if place == 0 or columns[place - 1][: level + 1] != path[: level + 1] else ""
            for level, text in enumerate(path)
        )
        for place, path in enumerate(columns)
    ]
    depth = max(map(len, columns))
    for place, texts in enumerate(shown, 1):
        for level, text in enumerate(texts):
            if text:
                sheet.cell(top + level, place, text)
    for place, path in enumerate(columns, 1):
        if len(path) < depth:
            sheet.merge_cells(
                start_row=top + len(path) - 1, end_row=top + depth - 1, start_column=place, end_column=place
            )
    for level in range(depth - 1):
        _merge_groups(sheet, top + level, level, columns)


HEAD_ROW: Mapping[str, str] = {
    "relation": "①与户主\n关系", "village": "1.村　名", "name": "*姓名", "id_number": "公民身份号码（18位）", "sex": "性 别",
    "group": "村民小组", "ethnicity": "民族", "schooling": "在校状况", "education": "学历", "labour": "劳动力状况",
    "health": "健康情况", "disability_number": "残疾证号", "size_stated": "家庭人口", "able_stated": "劳动力", "attribute": "贫困户类型",
    "able": "是否有劳动能力", "main_cause": "主要原因", "applied_on": "申请日期", "wages": "工资收入（元）",
    "business": "生产经营收入(元)", "property": "财产收入 〔元〕", "transfer": "转移性收入", "business_cost": "生产经营支出",
    "per_head_stated": "人均收入", "phone": "手机", "bank_card": "银行卡号",
}  # fmt: skip


def head_rows(path: Path, made: Sequence[Home]) -> Written:
    """One sheet; a household's columns on its head's row only and none for the head himself, a blank line between households, other
    columns among ours, the header once more half-way, remarks at the end."""
    workbook, sheet = book()
    sheet.title = "Sheet1"
    written = Written()
    keys = ("", *HEAD_ROW, "", "")
    captions = ("序号", *HEAD_ROW.values(), "年龄", "帮扶责任人")
    top: tuple[Sequence[str], ...] = (
        ("各村贫困户花名册",),
        ("请于5月底前报镇扶贫办，数字不要带单位",),
        ("",),
        captions,
    )
    for texts in top:
        sheet.append(list(texts))
    row = 5
    for home, one in enumerate(made):
        if home == 20:
            sheet.cell(row, 1, "各村贫困户花名册（续表）")
            for column, text in enumerate(captions, 1):
                sheet.cell(row + 1, column, text)
            row += 2
        sheet.cell(row, 1, home + 1)
        for person, values in enumerate(one.people):
            written.line(sheet, row, keys, values, home, person)
            if person == 0:
                written.line(sheet, row, keys, one.own, home, -1)
                sheet.cell(row, len(keys), "某干部")
            sheet.cell(row, len(keys) - 1, 40)
            row += 1
        row += 1
    sheet.cell(row, 1, "注：以上各户均经村民代表会议同意申报。")
    sheet.cell(row + 1, 1, "填报日期：2016年5月25日")
    workbook.save(path)
    return written


REPEATED: Mapping[str, str] = {
    "group": "小组", "head_name": "户主", "head_sex": "户主性别", "head_id": "户主证件号码", "name": "成员姓名", "sex": "性别",
    "id_number": "证件号码", "relation": "家庭关系", "ethnicity": "民族", "education": "受教育程度", "schooling": "在校生状况",
    "health": "健康状况", "disability_number": "残疾证号码", "labour": "劳动技能", "size_stated": "人口数", "able_stated": "劳动力人数",
    "attribute": "属性", "able": "有无劳动能力", "main_cause": "致贫原因", "wages": "工资性收入", "business": "经营性收入",
    "property": "财产性收入", "transfer": "转移性收入", "business_cost": "生产经营性支出", "per_head_stated": "人均可支配收入",
    "phone": "联系电话", "bank_card": "账号", "applied_on": "申请日期",
}  # fmt: skip


def blocks(path: Path, made: Sequence[Home]) -> Written:
    """One sheet with a block for each village, title and header repeated above it; what is the household's stands on every row."""
    workbook, sheet = book()
    sheet.title = "全镇"
    written = Written()
    row = 1
    for village in VILLAGES:
        sheet.cell(row, 1, "相对贫困人口登记表")
        sheet.cell(row + 1, 1, f"村名：{village}")
        for column, text in enumerate(("序号", *REPEATED.values()), 1):
            sheet.cell(row + 2, column, text)
        row += 3
        stated = counted = 0
        for home, one in of_village(village, made):
            counted += 1
            stated += one.own["size_stated"]
            for person, values in enumerate(one.people):
                sheet.cell(row, 1, person + 1)
                written.line(sheet, row, ("", *REPEATED), one.own, home, -1)
                written.line(sheet, row, ("", *REPEATED), values, home, person)
                row += 1
        sheet.cell(row, 1, "小计")
        sheet.cell(row, 2, f"{counted}户")
        sheet.cell(row, 2 + [*REPEATED].index("size_stated"), stated)
        row += 2
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written


def _in_ten_thousands(key: str, value: Any) -> Any:
    return value / 10000 if key in INCOME and isinstance(value, float) else value


def two_sheets(path: Path, made: Sequence[Home]) -> Written:
    """Two sheets for each village, its name in theirs; captions wrapped over two rows, income in 万元."""
    workbook, first = book()
    written = Written()
    captions = (
        ("", "序号"), ("村民", "小组"), ("户主", "姓名"), ("户主", "性别"), ("户主", "身份证号"), ("家庭", "人口"), ("家庭", "劳动力"), ("贫困户", "属性"),
        ("有无", "劳动能力"), ("主要", "致贫原因"), ("工资性收入", "（万元）"), ("生产经营性收入", "（万元）"), ("财产性收入", "（万元）"),
        ("转移性收入", "（万元）"), ("生产经营性支出", "（万元）"), ("人均可支配收入", "（元）"), ("联系", "电话"), ("一卡通", "账号"), ("申请", "日期"),
    )  # fmt: skip
    people = ("小组", "户主姓名", "户主身份证号", *("姓名", "性别", "证件号码", "关系", "民族", "文化程度", "在校生状况", "健康状况", "残疾证号", "劳动技能"))  # fmt: skip
    sound = homes()
    for number, village in enumerate(VILLAGES):
        homes_of = first if number == 0 else workbook.create_sheet()
        homes_of.title = f"{village}户表"
        persons_of = workbook.create_sheet(f"{village}人表")
        for level in (0, 1):
            homes_of.append([path[level] for path in captions])
        persons_of.append(people)
        row, line = 3, 2
        for home, one in of_village(village, made):
            written.line(homes_of, row, ("", *OWN), one.own, home, -1, _in_ten_thousands)
            row += 1
            for person, values in enumerate(one.people):
                for column, key in enumerate(("group", "head_name", "head_id"), 1):
                    persons_of.cell(line, column, sound[home].own[key])
                written.line(persons_of, line, ("", "", "", *MINE), values, home, person)
                line += 1
        homes_of.cell(row, 1, FOOT)
    workbook.save(path)
    return written
