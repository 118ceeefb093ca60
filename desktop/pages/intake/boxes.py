"""Between the boxes of the paper and the frozen household the record judges; nothing here knows a widget's inside.

What can be counted or read off an identity number is not typed: 家庭人口, 劳动力人数, birth and age, and sex where it was left blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.errors import Problem
from db.fields import household as own
from db.fields import income as money
from db.fields import member as person
from db.fields.base import Field
from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME
from db.fields.kinds import Text
from db.fields.member import MEMBER
from db.rules.codes import Relation
from db.rules.identity import age_on, judge
from db.rules.income import per_head, to_cents, totals
from db.rules.values import Household, Income, Member
from desktop.widgets.form import Section

TOLERANCE = 1
"""Yuan a stated 人均 may lie off the one the items make (广东扶贫云收入核算)."""
BORN = Field("born", "出生、年龄", Text(limit=30), help="由身份证号得出")

HEAD_LAYOUT = (
    Section(
        "户主与识别",
        (
            (own.VILLAGE, own.GROUP, own.APPLIED_ON),
            (own.HEAD_NAME, own.HEAD_ID, own.HEAD_SEX),
            (own.PHONE, own.BANK, own.BANK_CARD),
        ),
    ),
    Section(
        "申请",
        ((own.ATTRIBUTE, own.MAIN_CAUSE, own.ABLE), (own.OTHER_CAUSE_1, own.OTHER_CAUSE_2)),
    ),
    Section("住房", ((own.ADDRESS, own.HOUSING_AREA, own.HOUSING_GRADE),)),
)
INCOME_LAYOUT = (
    Section(
        "", ((money.WAGES, money.BUSINESS, money.PROPERTY), (money.TRANSFER, money.BUSINESS_COST, money.TRANSFER_COST))
    ),
)
REASON_LAYOUT = (Section("情况说明", ((own.REASON,), (own.REMARK,))),)
MEMBER_FIELDS = (
    person.NAME, person.RELATION, person.ID_NUMBER, person.SEX, BORN, person.ETHNICITY, person.EDUCATION, person.SCHOOLING,
    person.HEALTH, person.LABOUR, person.DISABILITY,
)  # fmt: skip
MEMBER_WIDTHS = {
    "name": 74, "relation": 104, "id_number": 170, "sex": 58, "born": 138, "ethnicity": 62, "education": 84, "schooling": 104,
    "health": 92, "labour": 94,
}  # fmt: skip
"""Pixels; together with the certificate they fill the smallest screen."""
HEAD_OF = {"name": "head_name", "id_number": "head_id", "sex": "head_sex"}
"""Field of the head's row to the field above it is taken from."""
CARRIED = ("village", "group", "applied_on")
"""What the next application of the same pile usually shares."""


@dataclass(frozen=True, slots=True)
class Boxes:
    """What stands in the form, read: by field key, None where blank or unreadable; ``members`` with the head first."""

    head: Mapping[str, Any]
    members: Sequence[Mapping[str, Any]]
    income: Mapping[str, Any]


def household_of(boxes: Boxes, base: Household, today: date) -> Household:
    """The household in the boxes; what has no box (number, version) comes from ``base``."""
    members = tuple(_member(row) for row in boxes.members)
    income: Income | None = Income(income_year(base, boxes.head.get("applied_on"), today), **boxes.income)
    if base.id is not None and base.income is None and not any(v is not None for v in boxes.income.values()):
        income = None
    given = {key: _plain(value, getattr(base, key)) for key, value in boxes.head.items()}
    return replace(
        base,
        **given,
        size_stated=len(members),
        able_stated=sum(1 for m in members if m.labour is not None and m.labour.able),
        members=members,
        income=_stated(income, base.income, len(members)),
    )


def income_year(base: Household, applied: date | None, today: date) -> int:
    """The year the income sheet speaks of: the one before the application; a sheet in the record keeps its own."""
    if base.id is not None and base.income is not None:
        return base.income.year
    return (applied or today).year - 1


def head_values(household: Household) -> dict[str, object]:
    """Values for the boxes of the household, by field key."""
    return {key: getattr(household, key) for key in HOUSEHOLD}


def income_values(household: Household) -> dict[str, object]:
    """Values for the boxes of the income sheet."""
    return {key: getattr(household.income, key, None) for key in INCOME}


def member_rows(household: Household) -> list[dict[str, object]]:
    """Rows of the members, the head first; a household without a head's row gets one to be filled."""
    members = list(household.members)
    head = next((m for m in members if m.relation is Relation.HEAD), None)
    head = head or next((m for m in members if m.name == household.head_name), None)
    others = [m for m in members if m is not head]
    return [_row(head) if head else {}, *map(_row, others)]


def derived(number: int, texts: Mapping[str, str], head: Mapping[str, str], today: date) -> dict[str, str]:
    """What follows for a member's row: the head's from the boxes above, birth and blank sex from the identity number."""
    found = {key: head.get(source, "") for key, source in HEAD_OF.items()} if number == 0 else {}
    if number == 0:
        found[person.RELATION.key] = Relation.HEAD.label
    verdict = judge(found.get("id_number", texts.get("id_number", "")), today)
    if verdict.birth is None or verdict.sex is None:
        return {**found, BORN.key: ""}
    found[BORN.key] = f"{verdict.birth} · {age_on(verdict.birth, today)} 岁"
    if number and not texts.get("sex"):
        found["sex"] = verdict.sex.label
    return found


def is_blank(problem: Problem, household: Household) -> bool:
    """Whether a problem only says that something is not filled in yet."""
    return value_of(problem, household) in (None, "", ())


def member_of(problem: Problem) -> int | None:
    """Index of the member a problem is about."""
    place = problem.where.removeprefix("member:")
    return int(place) if place != problem.where else None


def without_echo(problems: Sequence[Problem]) -> list[Problem]:
    """Problems said once: what is wrong with the head's name, number or sex is not said again at his row."""
    said = {p.field for p in problems if member_of(p) is None}
    return [p for p in problems if not (member_of(p) == 0 and HEAD_OF.get(p.field) in said)]


def value_of(problem: Problem, household: Household) -> object:
    """What stands in the box a problem is about; None when its row is gone."""
    index = member_of(problem)
    if index is not None and index >= household.size:
        return None
    if index is not None:
        return getattr(household.members[index], problem.field, None)
    if problem.field in INCOME:
        return getattr(household.income, problem.field, None)
    return getattr(household, problem.field, problem.text)


def _member(row: Mapping[str, Any]) -> Member:
    blank = Member("")
    return Member(**{key: _plain(row.get(key), getattr(blank, key)) for key in MEMBER}, id=row.get("id"))


def _stated(income: Income | None, before: Income | None, size: int) -> Income | None:
    """A paper that stated 人均 states it still; where the items no longer make that figure, the one they make."""
    if income is None or before is None or before.per_head_stated is None:
        return income
    made = to_cents(per_head(income, size))
    still = bool(totals(income).missing) or abs(made - before.per_head_stated) <= TOLERANCE
    return replace(income, per_head_stated=before.per_head_stated if still else made)


def _row(member: Member) -> dict[str, object]:
    return {**{key: getattr(member, key) for key in MEMBER}, "id": member.id}


def _plain(value: object, was: object) -> Any:  # noqa: ANN401  a box may hold a value of any kind
    """Texts are never None in the record's values."""
    return "" if value is None and isinstance(was, str) else value
