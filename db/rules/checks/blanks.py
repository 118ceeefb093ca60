"""What must be filled in: the household's line, the members, the income sheet; 无则填 0 or 无."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.checks.subject import Subject
from db.rules.codes import Schooling

OF_HOUSEHOLD = {
    "village": "所在村",
    "group": "村民小组",
    "head_name": "户主姓名",
    "head_sex": "户主性别",
    "size_stated": "家庭人口",
    "able_stated": "劳动力人数",
    "attribute": "贫困户属性",
    "able": "有无劳动能力",
    "applied_on": "申请日期",
}
OF_MEMBER = {
    "sex": "性别",
    "relation": "与户主关系",
    "ethnicity": "民族",
    "schooling": "在校生状况",
    "health": "健康状况",
    "labour": "劳动技能",
}
_ITEMS = {
    "wages": "工资性收入",
    "business": "生产经营性收入",
    "property": "财产性收入",
    "transfer": "转移性收入",
    "business_cost": "生产经营性支出",
}
_of_household, _of_member = attrgetter(*OF_HOUSEHOLD), attrgetter(*OF_MEMBER)


def blanks(subject: Subject) -> Iterator[Finding]:
    """R20 E: no blanks where 申请登记表, 家庭成员表 and 收入核算表 demand an answer (广州“双到”填表说明: 无则填 0 或无).

    W: 文化程度 may be blank for those in school only (建档立卡指标解释).
    """
    household = subject.household
    said = _of_household(household)
    if None in said or "" in said:
        for key, label in OF_HOUSEHOLD.items():
            if getattr(household, key) in (None, ""):
                yield Finding("R20", "E", key, f"没有填写{label}，请补填")
    for person in subject.persons:
        member = person.member
        if None in _of_member(member):
            for key, label in OF_MEMBER.items():
                if getattr(member, key) is None:
                    yield Finding("R20", "E", key, f"{person.label}没有填写{label}，请补填", person.index)
        if member.education is None and member.schooling is Schooling.NONE:
            yield Finding("R20", "W", "education", f"{person.label}不在校，没有填文化程度，请补填", person.index)
    for key, label in _ITEMS.items() if household.income else ():
        if getattr(household.income, key) is None:
            yield Finding("R20", "E", key, f"没有填写{label}，没有的请填 0")


RULES = (Rule("R20", "E", "该填的没有填", "household", blanks, ("education", "schooling")),)
