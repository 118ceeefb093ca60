"""Small rosters made for one test each, and ways to damage a workbook's bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from db.rules.identity import check_digit

SHEET = "xl/worksheets/sheet1.xml"
HOUSEHOLD_COLUMNS = (
    "序号", "村（居）", "村民小组", "户主姓名", "性别", "证件号码", "家庭人口", "劳动力人数", "贫困户属性", "有无劳动能力", "主要致贫原因",
    "工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出", "人均可支配收入", "联系电话", "一卡通账号", "申请日期", "备注",
)  # fmt: skip
PERSON_COLUMNS = (
    "序号", "行政村", "组", "户主姓名", "户主身份证号", "姓名", "性别", "身份证号码", "与户主关系", "民族", "文化程度", "在校生状况",
    "健康状况", "残疾证号", "劳动技能",
)  # fmt: skip
FOOT = "单位负责人：　审核人：　填表人：　填报日期：2016年5月25日"


def id_number(birth: str = "19700101", order: int = 11) -> str:
    """An invented number of the samples' region; an odd ``order`` is a man's."""
    body = f"441401{birth}{order:03d}"
    return body + check_digit(body)


def head(**changes: Any) -> dict[str, Any]:
    """A household row without fault: one man, income 3000 a head."""
    return {
        "序号": 1, "村（居）": "太平村", "村民小组": "第一组", "户主姓名": "陈某文", "性别": "男", "证件号码": id_number(),
        "家庭人口": 1, "劳动力人数": 1, "贫困户属性": "一般贫困户", "有无劳动能力": "有", "主要致贫原因": "缺技术", "工资性收入": 2000,
        "生产经营性收入": 500, "财产性收入": 0, "转移性收入": 700, "生产经营性支出": 200, "人均可支配收入": 3000,
        "联系电话": "13800000001", "一卡通账号": "6210000000000000", "申请日期": "2016-04-01", "备注": "",
    } | changes  # fmt: skip


def person(**changes: Any) -> dict[str, Any]:
    """The person row of `head` himself."""
    return {
        "序号": 1, "行政村": "太平村", "组": "第一组", "户主姓名": "陈某文", "户主身份证号": id_number(), "姓名": "陈某文", "性别": "男",
        "身份证号码": id_number(), "与户主关系": "户主", "民族": "汉族", "文化程度": "初中", "在校生状况": "非在校生", "健康状况": "健康",
        "残疾证号": "", "劳动技能": "普通劳动力",
    } | changes  # fmt: skip


def write_roster(
    path: Path,
    heads: Sequence[Mapping[str, Any]],
    persons: Sequence[Mapping[str, Any]],
    *,
    foot: Sequence[Sequence[Any]] = ((FOOT,),),
    after: Callable[[openpyxl.Workbook], None] = lambda _: None,
) -> Path:
    """A roster of two sheets with one header row each; row 1 is the title, data start in row 3."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "贫困户"
    for sheet, columns, rows in (
        (first, HOUSEHOLD_COLUMNS, heads),
        (book.create_sheet("贫困人口"), PERSON_COLUMNS, persons),
    ):
        used = [column for column in columns if any(column in row for row in rows)]
        sheet.append(["太平镇名册"])
        sheet.append(used)
        for row in rows:
            sheet.append([row.get(column, "") for column in used])
    for line in foot:
        first.append(list(line))
    after(book)
    book.save(path)
    return path


def repack(
    path: Path, changes: Mapping[str, Callable[[bytes], bytes]], *, more: Sequence[tuple[str, bytes]] = ()
) -> Path:
    """Rewrite parts of a workbook in place; ``more`` parts are added as they are."""
    old = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name, body in more:
            new.writestr(name, body)
    return path
