"""What the villages' workbooks do not carry, invented for the three households that are filled in in full; nothing of it is anybody's.

Texts are as a clerk types them; a field that already holds something is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from db.rules.codes import Attribute, Education, Health, Relation, Schooling
from db.rules.identity import age_on, judge
from db.rules.values import Household, Member

YES, NO = "是", "否"
LIVING: Mapping[Attribute, Mapping[str, str]] = {
    Attribute.ORDINARY: {
        "arable": "2.40", "irrigated": "1.60", "woodland": "3.50", "returned_woodland": "0", "orchard": "0.80", "grassland": "0",
        "waters": "0.20", "road_distance": "0.6", "road": "水泥路", "fuel": "柴草", "structure": "砖木", "built_year": "1998",
        "cooperative": YES, "savings": "600",
    },
    Attribute.LOW_INCOME: {
        "arable": "1.20", "irrigated": "0.70", "woodland": "1.00", "returned_woodland": "0", "orchard": "0", "grassland": "0",
        "waters": "0", "road_distance": "0.9", "road": "砂石路", "fuel": "柴草", "structure": "砖木", "built_year": "1991",
        "cooperative": NO, "savings": "0",
    },
    Attribute.FIVE_GUARANTEES: {
        "arable": "0.60", "irrigated": "0.30", "woodland": "0", "returned_woodland": "0", "orchard": "0", "grassland": "0",
        "waters": "0", "road_distance": "1.2", "road": "泥土路", "fuel": "柴草", "structure": "土坯", "built_year": "1983",
        "cooperative": NO, "savings": "0",
    },
}  # fmt: skip
"""Land in 亩, distances in km, savings in yuan, by the kind of household."""
COMMON: Mapping[str, str] = {
    "farm_power": YES, "home_power": YES, "water_scarce": NO, "water_safe": YES, "broadcast": YES, "toilet": NO,
    "enterprise_led": NO, "leader_led": NO, "new_house": NO, "subsidised": NO, "town_flat": NO, "car": NO, "machinery": NO,
    "registered_business": NO, "employs": NO,
}  # fmt: skip
"""What the visitors found in all three houses; nothing of it speaks against them."""
NOTES: Mapping[str, str] = {
    "1": "房屋年久失修，雨天漏水", "2": "自产稻谷不够半年口粮", "3": "主要劳动力年纪偏大，常年有病",
}  # fmt: skip
"""What was written beside 四看, by item, where it looks poor."""
COURSE = (
    "主持人宣布会议开始，说明评议条件、程序和纪律；村委会逐户介绍家庭人口、收入、住房和入户核实情况；"
    "与会代表逐户发表意见；当场发票、投票、唱票、计票，主持人宣布结果。"
)
SPEECHES = "代表甲：情况属实，日子确实困难，同意列入。\n代表乙：家里主要靠务工，收入不稳定，同意列入。"
MEETING: Mapping[str, str] = {
    "time": "上午9时30分", "subject": "评议本村相对贫困户申请", "guests": "驻村干部 周某坤", "withdrew": "", "watcher": "温某清",
    "teller": "饶某平", "course": COURSE, "speeches": SPEECHES,
}  # fmt: skip
SURVEYORS = ("温某清", "饶某平")
"""The two who look into objections, others than the first surveyors."""
_RETIRED, _SCHOOL_AGE = 60, 6


def facts(home: Household) -> Mapping[str, str]:
    """What stands on the first sheet of the register beyond the application."""
    found = {
        "address": f"{home.village}{home.group}12号",
        "bank": "广东省农村信用社",
        "standard": "省定标准",
        "application_kind": "首次申请",
        "cause_note": home.main_cause.label if home.main_cause else "",
        "reason": "家庭人均可支配收入低于省定标准，生活困难，申请认定为相对贫困户。",
        "only_child": NO,
        "two_daughters": NO,
        "martyr_family": NO,
    }
    if home.attribute in (Attribute.LOW_INCOME, Attribute.FIVE_GUARANTEES):
        found["benefit_number"] = f"梅{home.attribute.label[:2]}字第2016{home.id or 0:04d}号"
    return found


def living(home: Household) -> Mapping[str, str]:
    """House, land and property; a house that is graded C or D is a dangerous one."""
    graded = home.housing_grade.value if home.housing_grade else "B"
    own = LIVING[home.attribute or Attribute.ORDINARY]
    return {**COMMON, **own, "dangerous": YES if graded in "CD" else NO, "housing_area": "68"}


def person(home: Household, member: Member, today: date, *, works: bool) -> Mapping[str, str]:
    """What the four strips ask of a person beyond the roster. ``works`` says who brings the wages home."""
    birth = judge(member.id_number, today).birth if member.id_number else None
    age = age_on(birth, today) if birth is not None else _RETIRED
    found = {
        "politics": "群众", "id_kind": "居民身份证" if member.id_number else "无证（公安证明）", "medical_insured": YES,
        "serious_insured": YES, "pension_insured": YES if age >= 16 else NO, "public_post": NO, "soldier": NO,
        "benefits": NO if home.attribute is Attribute.ORDINARY else YES,
    }  # fmt: skip
    if member.health in (Health.CHRONIC, Health.SERIOUS):
        found |= {"illness": "高血压" if member.health is Health.CHRONIC else "脑梗死", "medicated": YES}
    if member.schooling not in (None, Schooling.NONE):
        found["school"] = "县第三中学" if age >= 13 else "镇中心小学"
    elif member.education is None:
        found["education"] = Education.PRIMARY.label if age >= _SCHOOL_AGE else Education.PRESCHOOL.label
    if works:
        found |= {
            "work_status": "县外省内务工",
            "work_place": "东莞市厚街镇",
            "work_months": "10",
            "employer": "厚街某制鞋厂",
        }
    return found


def worker(home: Household) -> Member | None:
    """Whose wages they are: of those who can work a child of the head or else the first; None without wages."""
    if home.income is None or not home.income.wages:
        return None
    able = [m for m in home.members if m.labour is not None and m.labour.able]
    young = [m for m in able if m.relation in (Relation.SON, Relation.DAUGHTER)]
    return next(iter((*young, *able)), None)


def items(home: Household) -> Mapping[str, str]:
    """The items of 转移性收入 that make its sum, by what the household draws; blank without a sum."""
    sheet = home.income
    if sheet is None or not sheet.transfer:
        return {}
    keys = {Attribute.LOW_INCOME: "low_income_benefit", Attribute.FIVE_GUARANTEES: "five_guarantees"}
    return {keys.get(home.attribute or Attribute.ORDINARY, "other_transfer"): f"{sheet.transfer}"}
