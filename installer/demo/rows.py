"""The roster's two sheets as rows of cells, still without a mistake, in the columns villages use."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from installer.demo.circumstances import ITEMS
from installer.demo.families import Family
from installer.demo.people import Person

Cell = str | int | float | datetime | None
Row = list[Cell]

HOUSEHOLD_SHEET, MEMBER_SHEET = "贫困户", "贫困人口"
HOUSEHOLD_START, MEMBER_START = 5, 3  # Excel rows of the first household and the first member
VILLAGE, GROUP, NAME, SEX, ID, SIZE = 1, 2, 3, 4, 5, 6
CAUSE, WAGES, PER_HEAD, PHONE, ACCOUNT, APPLIED = 10, 11, 16, 19, 20, 21
MEMBER_ID, MEMBER_RELATION, MEMBER_EDUCATION, MEMBER_CERTIFICATE = 7, 8, 10, 13


def household_row(number: int, family: Family) -> Row:
    """One row of 贫困户, 23 cells; money as numbers, numbers of people, phones and accounts as text."""
    head, income = family.head, family.income
    return [
        number,
        family.village,
        family.group,
        head.name,
        head.sex,
        head.id_number,
        family.size,
        family.able,
        family.attribute,
        "有" if family.able else "无",
        family.cause,
        *(figure(income[item]) for item in (*ITEMS, "per_head")),
        family.area,
        family.grade,
        family.phone,
        family.account,
        midnight(date.fromisoformat(family.applied_on)),
        "",
    ]


def member_row(number: int, family: Family, person: Person) -> Row:
    """One row of 贫困人口, 15 cells."""
    return [
        number,
        family.village,
        family.group,
        family.head.name,
        family.head.id_number,
        person.name,
        person.sex,
        person.id_number,
        person.relation,
        "汉族",
        person.education,
        person.schooling,
        person.health,
        person.certificate,
        person.labour,
    ]


def figure(amount: Decimal) -> int | float:
    """A sum as Excel holds it: whole ones as integers."""
    return int(amount) if amount == int(amount) else float(amount)


def midnight(day: date) -> datetime:
    """A date as Excel holds it."""
    return datetime(day.year, day.month, day.day)
