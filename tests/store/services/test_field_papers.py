"""What the help of a field says of the papers it stands on is what those papers print: each is built with marked values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.fields.base import Field
from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME
from db.fields.kinds import Choice, Count, Date, Digits, Name, Text
from db.fields.living import LIVING
from db.fields.member import MEMBER
from db.fields.papers import APPLICATION, CARD, ON_PAPER, PEOPLE, REGISTER, SHEET, VISIT, papers_of
from db.papers import application, card, income_sheet, people, registration, verification
from db.papers.model import Paper
from db.rules.codes import HousingGrade, Labour
from db.rules.values import Household, Income, Living
from db.services.cases import applications
from db.services.deciding import files
from db.services.deciding.files import CaseFile
from db.services.papers import household as household_papers
from db.services.papers import registration as registration_papers
from db.services.town import town
from db.store.unit import Unit
from tests.helpers import town as invented
from tests.store.services.conftest import Desk

Printed = Callable[[CaseFile], Paper]
ALIKE: Mapping[type, tuple[Any, Any]] = {
    Labour: (Labour.ORDINARY, Labour.SKILLED),
    HousingGrade: (HousingGrade.A, HousingGrade.B),
}
"""Two rows that differ in nothing a paper could work out from them."""
COUNTED = ("size_stated", "able_stated", "per_head_stated")
"""What is counted by the program and printed as counted."""


def _marks(field: Field) -> tuple[Any, Any]:
    """Two values of a field that can be told apart in print."""
    kind = field.kind
    if isinstance(kind, Choice):
        first, second, *_ = kind.table
        return ALIKE.get(kind.table, (first, second))
    if isinstance(kind, Date):
        return date(2016, 3, 14), date(2016, 2, 17)
    if isinstance(kind, Text | Name):
        return "甲某标记", "乙某标记"
    if isinstance(kind, Digits):
        return "90417263", "80528371"
    if field.key in ("built_year", "work_months"):
        return (1963, 1974) if field.key == "built_year" else (7, 11)
    return Decimal("1937.43"), Decimal("2846.51")


def _with(home: Household, field: Field, value: Any) -> Household:
    if field.key in INCOME:
        return replace(home, income=replace(home.income or Income(2015), **{field.key: value}))
    if field.key in LIVING:
        return replace(home, living=replace(home.living or Living(), **{field.key: value}))
    if field.key in MEMBER:
        return replace(home, members=tuple(replace(m, **{field.key: value}) for m in home.members))
    return replace(home, **{field.key: value})


def _stands(build: Printed, file: CaseFile, field: Field) -> bool:
    """Whether a paper shows the value itself: it changes with it, and for what is no code the value can be read."""
    one, other = _marks(field)
    first, second = (build(replace(file, household=_with(file.household, field, v))).text() for v in (one, other))
    if isinstance(field.kind, Choice | Count) or first == second:
        return first != second
    shown = field.kind.show(one)
    return any(text in first.replace(",", "") and text not in second for text in (shown.replace(",", ""), _day(one)))


def _day(value: object) -> str:
    return f"{value.year}年{value.month}月{value.day}日" if isinstance(value, date) else "——"


def _filed(desk: Desk) -> int:
    """A household in which no figure is the sum of others, and one person has no identity card, so that every box may be printed."""
    home = invented.household(1)
    sheet = replace(home.income or Income(2015), business=Decimal("333.33"))
    filed: int = desk.act(applications.file, replace(home, income=sheet)).household_id
    return filed


def _without_card(file: CaseFile) -> CaseFile:
    head, wife = file.household.members
    return replace(file, household=replace(file.household, members=(head, replace(wife, id_number=""))))


def _printers(unit: Unit) -> dict[str, Printed]:
    named, options, lines = town.town(unit), town.options(unit), town.thresholds(unit)
    return {
        APPLICATION: lambda file: application.build(household_papers.application_of(file, named, options)),
        VISIT: lambda file: verification.build(household_papers.visit_sheet_of(file, named, lines, unit.today)),
        SHEET: lambda file: income_sheet.build(registration_papers.income_of(file, named, "", lines)),
        PEOPLE: lambda file: people.build(registration_papers.people_of(file, named, "")),
        REGISTER: lambda file: registration.build(registration_papers.registration_of(file, named)),
        CARD: lambda file: card.build(household_papers.card_of(file, named, options, unit.today, show_ids=True)),
    }


@pytest.mark.parametrize("paper", [APPLICATION, VISIT, SHEET, PEOPLE, REGISTER, CARD])
def test_the_papers_named_are_the_papers_that_print_the_field(desk: Desk, paper: str) -> None:
    filed = _filed(desk)

    def found(unit: Unit) -> set[str]:
        file, build = _without_card(files.open_file(unit, filed)), _printers(unit)[paper]
        fields = [f for f in (HOUSEHOLD | MEMBER | INCOME | LIVING).values() if f.key not in COUNTED]
        return {field.key for field in fields if _stands(build, file, field)}

    assert {field.key for field in ON_PAPER[paper]} == desk.see(found)


def test_every_field_of_the_register_stands_on_some_paper() -> None:
    lost = [f.label for f in (MEMBER | INCOME | LIVING).values() if f.key not in COUNTED and not papers_of(f)]
    assert lost == []
