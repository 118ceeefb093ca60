"""A roster of 6,289 households with 15,888 persons as a county's offices fill it in: one sheet of households, one of persons, one header
row each, numbers as text. The people are the bench's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from db.rules.values import Household
from tests.speed import town
from tests.speed.health import HOUSEHOLDS, PERSONS, cut

_HOUSEHOLD: Mapping[str, str] = {
    "village": "村（居）", "group": "村民小组", "head_name": "户主姓名", "head_sex": "性别", "head_id": "证件号码", "size_stated": "家庭人口",
    "attribute": "贫困户属性", "main_cause": "主要致贫原因", "wages": "工资性收入", "business": "生产经营性收入",
    "property": "财产性收入", "transfer": "转移性收入", "business_cost": "生产经营性支出", "housing_area": "住房面积（㎡）",
    "housing_grade": "危房等级", "phone": "联系电话", "bank_card": "一卡通账号", "applied_on": "申请日期",
}  # fmt: skip
_PERSON: Mapping[str, str] = {
    "name": "姓名", "sex": "性别", "id_number": "身份证号码", "relation": "与户主关系", "ethnicity": "民族", "education": "文化程度",
    "schooling": "在校生状况", "health": "健康状况", "disability_number": "残疾证号", "labour": "劳动技能",
}  # fmt: skip
_COUNTED = ("劳动力人数", "有无劳动能力")


def write(path: Path) -> None:
    """Write the roster."""
    import openpyxl

    homes = cut(list(town.people(HOUSEHOLDS, town.PLACES)), PERSONS)
    book = openpyxl.Workbook(write_only=True)
    for name, rows in (("贫困户", _homes(homes)), ("贫困人口", _people(homes))):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def _homes(homes: Iterable[Household]) -> Iterator[list[Any]]:
    yield ["2016年相对贫困户申报名册", "填报日期：2016年6月25日"]
    yield ["序号", *_HOUSEHOLD.values(), *_COUNTED]
    for number, home in enumerate(homes, 1):
        able = sum(member.labour is not None and member.labour.able for member in home.members)
        said = (_shown(getattr(home, key, None) or getattr(home.income, key, None)) for key in _HOUSEHOLD)
        yield [number, *said, able, "有" if able else "无"]


def _people(homes: Iterable[Household]) -> Iterator[list[Any]]:
    yield ["序号", "行政村", "组", "户主姓名", "户主身份证号", *_PERSON.values()]
    number = 0
    for home in homes:
        for member in home.members:
            number += 1
            own = [home.village, home.group, home.head_name, home.head_id]
            yield [number, *own, *(_shown(getattr(member, key)) for key in _PERSON)]


def _shown(value: object) -> object:
    if isinstance(value, Enum):
        return getattr(value, "label", str(value))
    return value
