"""Between the boxes of the paper and the frozen household the record judges; nothing here knows a widget's inside.

What can be counted or read off an identity number is not typed: 家庭人口, 劳动力人数, birth and age, and sex where it was left blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db.fields import household as own
from db.fields import income as money
from db.fields import member as person
from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME, PARTS
from db.rules.values import Household, Income
from desktop.forms.money import income_year, restated
from desktop.forms.people import BORN, member_of_row, plain
from desktop.widgets.form import Section

HEAD_LAYOUT = (
    Section(
        "户主与识别",
        (
            (own.VILLAGE, own.GROUP, own.APPLIED_ON, own.APPLICATION_KIND),
            (own.HEAD_NAME, own.HEAD_ID, own.HEAD_SEX, own.PHONE),
            (own.ADDRESS, own.BANK, own.BANK_CARD),
        ),
    ),
    Section(
        "申请",
        (
            (own.ATTRIBUTE, own.BENEFIT_NUMBER, own.ABLE, own.MAIN_CAUSE),
            (own.OTHER_CAUSE_1, own.OTHER_CAUSE_2, own.CAUSE_NOTE),
        ),
    ),
    Section("住房", ((own.HOUSING_AREA, own.STRUCTURE, own.HOUSING_GRADE, own.BUILT_YEAR),)),
)
INCOME_LAYOUT = (
    Section(
        "", ((money.WAGES, money.BUSINESS, money.PROPERTY), (money.TRANSFER, money.BUSINESS_COST, money.TRANSFER_COST))
    ),
)
REASON_LAYOUT = (Section("情况说明", ((own.REASON,), (own.REMARK,))),)
MEMBER_FIELDS = (
    person.NAME, person.RELATION, person.ID_NUMBER, person.SEX, BORN, person.ETHNICITY, person.EDUCATION, person.SCHOOLING,
    person.HEALTH, person.LABOUR, person.WORK_STATUS, person.DISABILITY, person.ID_KIND, person.POLICE_PROOF,
)  # fmt: skip
MEMBER_WIDTHS = {
    "name": 70, "relation": 86, "id_number": 166, "sex": 48, "born": 150, "ethnicity": 60, "education": 86, "schooling": 104,
    "health": 90, "labour": 92, "work_status": 92, "disability_number": 176, "id_kind": 110, "police_proof": 120,
}  # fmt: skip
"""Pixels; what most people need fills the smallest screen, the papers of those without a card stand to the right of it."""
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
    members = tuple(member_of_row(row) for row in boxes.members)
    income: Income | None = _sheet(base.income, income_year(base, boxes.head.get("applied_on"), today), boxes.income)
    if base.id is not None and base.income is None and not any(v is not None for v in boxes.income.values()):
        income = None
    given = {key: plain(value, getattr(base, key)) for key, value in boxes.head.items()}
    return replace(
        base,
        **given,
        size_stated=len(members),
        able_stated=sum(1 for m in members if m.labour is not None and m.labour.able),
        members=members,
        income=income and restated(income, base.income, len(members)),
    )


def head_values(household: Household) -> dict[str, object]:
    """Values for the boxes of the household, by field key."""
    return {key: getattr(household, key) for key in HOUSEHOLD}


def income_values(household: Household) -> dict[str, object]:
    """Values for the boxes of the income sheet."""
    return {key: getattr(household.income, key, None) for key in INCOME}


def _sheet(before: Income | None, year: int, stated: Mapping[str, Any]) -> Income:
    """The application states sums only: the items of a sum stay where it is the same, and are no longer told where it is another."""
    if before is None or before.year != year:
        return Income(year, **stated)
    gone = (part.key for key, value in stated.items() if getattr(before, key) != value for part in PARTS.get(key, ()))
    return replace(before, **{**stated, **dict.fromkeys(gone)})
