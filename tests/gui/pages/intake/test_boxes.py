"""From boxes to the household and back: what is counted, read off a number, said once, and never lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from db.errors import Problem
from db.rules.codes import Relation, Sex
from db.rules.values import Household
from desktop.forms.findings import is_blank, value_of
from desktop.forms.people import derived_short, rows_of, without_echo
from desktop.pages.intake import boxes
from desktop.pages.intake.boxes import Boxes
from tests.helpers import town

TODAY = date(2016, 5, 25)


def _through(household: Household) -> Household:
    read = Boxes(
        {k: v for k, v in boxes.head_values(household).items() if k not in ("size_stated", "able_stated")},
        rows_of(household),
        {k: v for k, v in boxes.income_values(household).items() if k != "per_head_stated"},
    )
    return boxes.household_of(read, household, TODAY)


def test_a_household_goes_through_the_boxes_unchanged() -> None:
    household = town.household(3)
    assert _through(household) == household


def test_counts_come_from_the_members_and_the_year_from_the_application() -> None:
    household = replace(town.household(3), size_stated=9, able_stated=7, applied_on=date(2017, 2, 1))
    found = _through(household)
    assert (found.size_stated, found.able_stated) == (2, 2)
    assert found.income is not None
    assert found.income.year == 2016


def test_a_sheet_in_the_record_keeps_its_year_and_a_stated_share_follows_the_items() -> None:
    household = town.household(3)
    assert household.income is not None
    stated = replace(household.income, year=2014, per_head_stated=Decimal("1.00"))
    found = _through(replace(household, id=7, income=stated))
    assert found.income is not None
    assert (found.income.year, found.income.per_head_stated) == (2014, Decimal("3000.00"))


def test_a_stated_share_that_fits_its_items_is_not_touched() -> None:
    household = town.household(3)
    assert household.income is not None
    stated = replace(household, id=7, income=replace(household.income, per_head_stated=Decimal("2999.60")))
    assert _through(stated).income == stated.income


def test_a_household_taken_in_without_incomes_is_not_given_any() -> None:
    household = replace(town.household(3), id=7, income=None)
    assert _through(household).income is None
    assert _through(replace(household, id=None)).income is not None


def test_a_household_without_a_heads_row_gets_one() -> None:
    household = town.household(3)
    wife = household.members[1]
    assert rows_of(replace(household, members=(wife,))) == [{}, rows_of(household)[1]]
    nameless = replace(household.members[0], relation=None)
    rows = rows_of(replace(household, members=(wife, nameless)))
    assert [row["name"] for row in rows] == [household.head_name, wife.name]


def test_the_heads_row_follows_the_boxes_above_and_birth_the_number() -> None:
    number = town.id_number(date(1968, 3, 12), 5, Sex.MALE)
    head = {"head_name": "廖某明", "head_id": number, "head_sex": "男"}
    assert derived_short(0, {}, head, TODAY) == {
        "name": "廖某明", "id_number": number, "sex": "男", "relation": Relation.HEAD.label, "born": "1968-03-12 · 48 岁",
        "id_kind": "", "police_proof": "",
    }  # fmt: skip
    no_papers = {"id_kind": "", "police_proof": ""}
    assert derived_short(1, {"id_number": number}, {}, TODAY) == {
        "sex": "男",
        "born": "1968-03-12 · 48 岁",
        **no_papers,
    }
    known = {"id_number": number, "sex": "女", "id_kind": "残疾人证"}
    assert derived_short(1, known, {}, TODAY) == {"born": "1968-03-12 · 48 岁", "police_proof": ""}
    assert derived_short(1, {"id_number": "44140119680"}, {}, TODAY) == {"born": ""}


def test_what_is_wrong_with_the_head_is_said_once() -> None:
    own = Problem("户主身份证号不对", "head_id")
    echo = Problem("廖某明：身份证号不对", "id_number", "member:0")
    other = Problem("林某芳：身份证号不对", "id_number", "member:1")
    assert without_echo([own, echo, other]) == [own, other]
    assert without_echo([echo, other]) == [echo, other]


def test_blank_is_told_from_wrong() -> None:
    household = replace(town.household(3), phone="", group="")
    assert is_blank(Problem("没有填写村民小组", "group"), household)
    assert not is_blank(Problem("没有找到村", "village"), household)
    assert not is_blank(Problem("已经张榜"), household)
    assert is_blank(Problem("没有填写", "disability_number", "member:1"), household)
    assert value_of(Problem("没有填写", "name", "member:5"), household) is None
