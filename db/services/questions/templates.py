"""The questions county offices ask most, there from the start: each can be asked as it is, changed, and kept under another name."""

from __future__ import annotations

from collections.abc import Mapping

from db.services.figures.dimensions import band
from db.services.questions.asked import PERSON_COLUMNS, Condition, Counts, Question, Scope


def _homes(*where: tuple[str, tuple[str, ...]], more: tuple[str, ...] = (), scope: Scope = Scope.REGISTER) -> Question:
    usual = Question().shown
    columns = (*usual, *(key for key in more if key not in usual)) if more else ()
    return Question(Counts.HOUSEHOLDS, tuple(Condition(key, values) for key, values in where), scope, columns=columns)


def _people(*where: tuple[str, tuple[str, ...]], more: tuple[str, ...] = ()) -> Question:
    columns = (*PERSON_COLUMNS, *more) if more else ()
    return Question(Counts.PERSONS, tuple(Condition(key, values) for key, values in where), columns=columns)


_YES, _NO, _BLANK = ("1",), ("0",), ("",)
_SCHOOL = ("member.schooling", "member.school")

TEMPLATES: Mapping[str, Question] = {
    "60 周岁以上的人": _people(("age", (band(60, None),)), more=("member.health",)),
    "0—3 周岁的孩子": _people(("age", (band(0, 3),))),
    "在校生：小学": _people(("schooling", ("03",)), more=_SCHOOL),
    "在校生：初中": _people(("schooling", ("04", "05", "06")), more=_SCHOOL),
    "在校生：高中、中职": _people(("senior", _YES), more=_SCHOOL),
    "在校生：高职、大专以上": _people(("college", _YES), more=_SCHOOL),
    "6—15 周岁不在校的": _people(("age", (band(6, 15),)), ("schooling", ("01", "")), more=("member.schooling", "member.dropout")),
    "残疾人": _people(("disabled", _YES), more=("member.disability_number",)),
    "大病、慢性病的人": _people(("health", ("02", "03")), more=("member.health", "member.illness", "member.medical_insured")),
    "没有参加医保的人": _people(("medical_insured", ("0", "")), more=("member.medical_insured",)),
    "16—59 周岁的劳动力": _people(("age", (band(16, 59),)), ("worker", _YES), more=("member.labour", "member.work_status")),
    "外出务工的人": _people(("works", _YES), more=("member.work_status", "member.work_place", "member.work_months")),
    "低保户、五保户": _homes(("attribute", ("04", "06")), more=("home.benefit_number",)),
    "有劳动能力的户": _homes(("able", _YES), more=("home.able_stated",)),
    "无劳动能力的户": _homes(("able", _NO)),
    "因病致贫的户": _homes(("main_cause", ("01",)), more=("home.main_cause", "home.cause_note")),
    "危房户": _homes(("danger", _YES), more=("home.housing_grade", "home.structure", "home.housing_area")),
    "没有收入核算表的户": _homes(("sheet", _NO)),
    "没有联系电话的户": _homes(("home.phone", _BLANK)),
    "没有一卡通账号的户": _homes(("home.bank_card", _BLANK), more=("home.bank", "home.bank_card")),
    "本月新建档的户": _homes(("since_month", _YES), more=("made.registered_on",)),
    "材料不齐的户": _homes(("proofs", _YES), more=("case.lacking",)),
    "正在办理、还没建档的户": _homes(
        ("carded", _NO), ("status", ("running", "incomplete", "ruling", "held")), more=("case.status", "case.step", "case.why"),
        scope=Scope.ALL,
    ),
}  # fmt: skip
"""Each by its name, in the order of the list."""
