"""Rosters as they are once they are read, made from invented households without a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db.rules.codes import Health, Labour, Relation, Schooling, Sex
from db.rules.values import Household, Member
from db.sheets.drafts import DraftHousehold, Roster
from tests.helpers import town

AS_OF = date(2016, 5, 25)
SHA = "ab" * 32
COLUMNS = {
    "phone": ("联系电话", "P"),
    "main_cause": ("主要致贫原因", "K"),
    "wages": ("工资性收入", "L"),
    "remark": ("备注", "U"),
}
MEMBER_COLUMNS = {"name": ("姓名", "F"), "id_number": ("公民身份号码", "H"), "health": ("健康状况", "M")}


def roster(*homes: Household, sha: str = SHA, as_of: date = AS_OF) -> Roster:
    """A sheet of these households from row 3 on, their persons one below the other on a second sheet."""
    rows, below = [], 3
    for place, home in enumerate(homes):
        members = tuple(range(below, below + home.size))
        below += home.size
        rows.append(
            DraftHousehold(
                home,
                "贫困户",
                3 + place,
                "贫困人口",
                members,
                (),
                False,
                MEMBER_COLUMNS["id_number"],
                COLUMNS,
                MEMBER_COLUMNS,
            )
        )
    return Roster(sha, as_of, tuple(rows), (), ())


def with_child(home: Household) -> Household:
    """The household with a son at primary school."""
    number = town.id_number(date(2006, 1, 1), 7, Sex.MALE)
    child = Member(
        "陈某小",
        Relation.SON,
        number,
        Sex.MALE,
        home.members[0].ethnicity,
        None,
        Schooling.PRIMARY,
        Health.HEALTHY,
        "",
        Labour.NONE,
    )
    return replace(home, size_stated=3, members=(*home.members, child))
