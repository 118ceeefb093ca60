"""A roster taken in once more: what it leaves blank stays, what it changes is shown cell by cell, and what cannot be saved is told before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from db.errors import Refused
from db.rules.codes import Health, Labour, Sex
from db.rules.values import Household
from db.services.register import households
from db.services.sheets import imports
from db.services.sheets.imports import Preview, PreviewRow
from db.store.clock import CST
from tests.helpers import town
from tests.helpers.drafted import roster, with_child
from tests.store.services.conftest import Desk


def shown(desk: Desk, *homes: Household) -> Preview:
    made: Preview = desk.see(imports.preview, roster(*homes))
    return made


def kept(desk: Desk, home: Household) -> Household:
    done = desk.do(imports.apply, shown(desk, home))
    found: Household = desk.see(households.get, done.household_ids[0])
    return found


def told(row: PreviewRow) -> list[tuple[str, str, str]]:
    return [(change.label, change.old, change.new) for change in row.changes]


def disabled(home: Household) -> Household:
    head, wife = home.members
    number = wife.id_number + "43"
    wife = replace(wife, health=Health.DISABLED, disability_number=number, labour=Labour.WEAK)
    return replace(home, members=(head, wife))


def test_the_same_roster_changes_nothing_whatever_it_leaves_out(desk: Desk) -> None:
    home = disabled(town.household(1))
    assert home.income is not None
    home = replace(home, income=replace(home.income, transfer_cost=Decimal("120.00"), wages=Decimal("6120.00")))
    kept(desk, home)
    assert home.income is not None
    bare = replace(
        home,
        phone="",
        able_stated=9,
        members=(home.members[0], replace(home.members[1], disability_number="", education=None)),
        income=replace(home.income, transfer_cost=None, per_head_stated=None),
    )
    (row,) = shown(desk, bare).rows
    assert (row.fate, row.changes) == ("same", ())
    (row,) = shown(desk, replace(bare, phone="13800009999")).rows
    assert (row.fate, [c.label for c in row.changes]) == ("changed", ["联系电话"])
    desk.do(imports.apply, shown(desk, replace(bare, phone="13800009999")))
    after = desk.see(households.get, 1)
    assert after.phone == "13800009999"
    assert after.members[1].disability_number == home.members[1].disability_number
    assert after.income == home.income


def test_the_order_of_the_persons_is_no_change(desk: Desk) -> None:
    home = with_child(town.household(1))
    kept(desk, home)
    turned = replace(home, members=(home.members[0], home.members[2], home.members[1]))
    assert shown(desk, turned).count("same") == (1, 3)


def test_each_change_of_a_person_is_a_cell_of_its_own(desk: Desk) -> None:
    home = with_child(town.household(1))
    kept(desk, home)
    head, wife, child = home.members
    new = replace(
        home,
        size_stated=3,
        members=(
            head,
            replace(wife, health=Health.CHRONIC),
            replace(child, name="陈某新", id_number=number("20070101")),
        ),
    )
    (row,) = shown(desk, new).rows
    assert told(row) == [
        (f"{wife.name}的健康状况", "健康", "长期慢性病"),
        ("家庭成员", "", "陈某新"),
        ("家庭成员", child.name, ""),
    ]


def test_a_certificate_goes_with_the_disability(desk: Desk) -> None:
    home = disabled(town.household(1))
    kept(desk, home)
    head, wife = home.members
    (row,) = shown(desk, replace(home, members=(head, replace(wife, health=Health.HEALTHY, disability_number="")))).rows
    assert row.fate == "changed"
    assert row.household.members[1].disability_number == ""


def test_a_change_that_could_not_be_saved_today_is_told_and_holds_nobody_up(desk: Desk) -> None:
    """Ages are judged on the roster's day; a pupil of then may be too old for his grade on the day it is taken in once more."""
    home, other = with_child(town.household(1)), town.household(2)
    kept(desk, home)
    desk.clock.pass_to(datetime(2024, 5, 25, 9, 0, tzinfo=CST))
    seen = shown(desk, replace(home, phone="13800009999"), other)
    assert [row.fate for row in seen.rows] == ["faulty", "new"]
    assert [(f.severity, f.row) for f in seen.rows[0].findings] == [("E", 5)]  # the row of the child
    assert desk.do(imports.apply, seen).new == (1, 2)


def test_a_person_of_another_household_is_said_in_the_files_own_column(desk: Desk) -> None:
    home = town.household(1)
    kept(desk, home)
    other = town.household(2)
    (row,) = shown(desk, replace(other, members=(other.members[0], home.members[1]))).rows
    assert row.fate == "faulty"
    assert (row.findings[0].row, row.findings[0].column, row.findings[0].letter) == (4, "公民身份号码", "H")


def test_people_who_came_or_went_are_shown_and_go_through_a_change_of_their_own(desk: Desk) -> None:
    """A roster taken in again neither adds a child nor drops one: each is a dated act with its paper."""
    home = with_child(town.household(1))
    kept(desk, home)
    (gone,) = shown(desk, town.household(1)).rows
    assert gone.fate == "conflict"
    assert told(gone) == [("家庭人口", "3", "2"), ("家庭成员", "陈某小", "")]
    assert {cell.standing for cell in gone.cells} == {"locked"}
    assert {cell.why.split("；")[0] for cell in gone.cells} == {"陈某小是本户成员，不能从表里去掉"}
    older = replace(home.members[2], name="陈某大", id_number=number("20050101"))
    (come,) = shown(desk, replace(home, size_stated=4, members=(*home.members, older))).rows
    assert ("家庭成员", "陈某大") in [(c.label, c.new) for c in come.changes]
    assert "人员增加请在“人员变动”里办" in come.findings[0].text
    assert [f.severity for f in come.findings] == ["W", "W"]
    with pytest.raises(Refused, match="没有可以录入的"):
        desk.do(imports.apply, shown(desk, town.household(1)))
    assert desk.see(households.get, 1).size == 3


@pytest.mark.parametrize("homes", [1, 3])
def test_households_of_all_fates_add_up(desk: Desk, homes: int) -> None:
    kept(desk, town.household(1))
    seen = shown(desk, *(town.household(n) for n in range(1, homes + 1)))
    assert sum(seen.count(fate)[0] for fate in imports.FATES) == homes


def number(birth: str) -> str:
    return town.id_number(date.fromisoformat(birth), 7, Sex.MALE)
