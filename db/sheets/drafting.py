"""From the lines of a roster to the frozen values rules judge."""

from __future__ import annotations

from typing import Any

from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME
from db.fields.member import MEMBER
from db.rules.codes import Relation
from db.rules.values import Household, Income, Member
from db.sheets.cells import Line
from db.sheets.joining import Family
from db.sheets.places import Places

_HOUSEHOLD = frozenset(HOUSEHOLD)
_INCOME = frozenset(INCOME)
_MEMBER = frozenset(MEMBER)


def household_of(line: Line, family: tuple[Line, ...], places: Places, year: int) -> Household:
    """The household a line and its persons state; village and group in the town's spelling where it has them.

    ``year`` is the year of the income sheet: the one before the application (粤发〔2016〕13号, 上年可支配收入).
    """
    own: dict[str, Any] = {key: value for key, value in line.values.items() if key in _HOUSEHOLD}
    money: dict[str, Any] = {key: value for key, value in line.values.items() if key in _INCOME}
    village = places.village(line.text("village")) or line.text("village")
    own["village"] = village
    own["group"] = places.group(village, line.text("group")) or line.text("group")
    own.setdefault("head_name", "")
    return Household(**own, income=Income(year, **money) if money else None, members=tuple(map(_member, family)))


def head_first(family: Family) -> tuple[Line, ...]:
    """The persons of a family with the head in front, the others as they stand."""
    return tuple(sorted(family.lines, key=lambda line: line.values.get("relation") is not Relation.HEAD))


def _member(line: Line) -> Member:
    own: dict[str, Any] = {key: value for key, value in line.values.items() if key in _MEMBER}
    own.setdefault("name", "")
    return Member(**own)
