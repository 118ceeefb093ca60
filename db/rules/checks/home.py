"""Rules on the house and how a household lives: size and age of the house, danger, water, land."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.checks.subject import Subject
from db.rules.codes import HousingGrade, YesNo

_DANGEROUS = (HousingGrade.C, HousingGrade.D)
_LARGE, _SMALL = Decimal(80), Decimal(13)
_RECENT = 3


def house(subject: Subject) -> Iterator[Finding]:
    """R116 W: a house of 80 ㎡ or more built within three years without public help points to 七不进 71 (麻章区 2016); a household
    without a house has no structure. I, over the whole record only: less than 13 ㎡ a head."""
    household, living = subject.household, subject.household.living
    area, built = household.housing_area, household.built_year
    helped = living is not None and living.subsidised is YesNo.YES
    told = living is not None and living.new_house is YesNo.YES and (living.new_house_area or 0) >= _LARGE
    recent = built is not None and 0 <= subject.today.year - built < _RECENT and (area or 0) >= _LARGE
    if (told or recent) and not helped:
        text = "近三年新建 80 平方米以上住房又没有政府资助，涉及七不进第一条，核实时请查清"
        yield Finding("R116", "W", "new_house_area" if told else "built_year", text)
    if area is not None and not area and household.structure is not None:
        text = f"住房面积是 0（无房户），住房结构却填{household.structure.label}，请清空结构或补填面积"
        yield Finding("R116", "W", "structure", text)
    if subject.whole and area and household.size and area < _SMALL * household.size:
        text = f"住房 {area} 平方米、{household.size} 人，人均不足 13 平方米，可列为住房改善对象"
        yield Finding("R116", "I", "housing_area", text)


def water(subject: Subject) -> Iterator[Finding]:
    """R117 W: 饮水困难 and 饮水安全 exclude each other (贫困户登记表 AAC311, AAC312)."""
    living = subject.household.living
    if living and living.water_scarce is YesNo.YES and living.water_safe is YesNo.YES:
        yield Finding("R117", "W", "water_scarce", "饮水困难和饮水安全都填了是，请核对")


def danger(subject: Subject) -> Iterator[Finding]:
    """R118 W: 危房 is a house of grade C or D, and such a house is 危房 (住建部 农村危险房屋鉴定技术导则)."""
    household = subject.household
    grade, dangerous = household.housing_grade, household.dangerous
    if dangerous is YesNo.NO and grade in _DANGEROUS:
        yield Finding("R118", "W", "dangerous", f"危房等级是{grade.label}，是否危房却填否，请核对")
    if dangerous is YesNo.YES and grade not in _DANGEROUS:
        said = f"危房等级却是{grade.label}" if grade else "没有填危房等级"
        yield Finding("R118", "W", "housing_grade", f"填了危房，{said}，请核对（C、D 级为危房）")


def irrigated(subject: Subject) -> Iterator[Finding]:
    """R119 W: 有效灌溉面积 lies within 耕地面积 (贫困户登记表 AAC301, AAC302)."""
    living = subject.household.living
    if living and living.irrigated is not None and living.irrigated > (living.arable or 0):
        text = f"有效灌溉 {living.irrigated} 亩，大于耕地 {living.arable or 0} 亩，请核对"
        yield Finding("R119", "W", "irrigated", text)


EXTRA = (
    Rule("R116", "W", "新建大房，或住房太小", "household", house,
         ("housing_area", "built_year", "structure", "new_house", "new_house_area", "subsidised")),
    Rule("R117", "W", "饮水困难和饮水安全同时填是", "household", water, ("water_scarce", "water_safe")),
    Rule("R118", "W", "是否危房与危房等级对不上", "household", danger, ("dangerous", "housing_grade")),
    Rule("R119", "W", "有效灌溉面积大于耕地", "household", irrigated, ("irrigated", "arable")),
)  # fmt: skip
