"""From the lines of a roster to the frozen values rules judge."""

from __future__ import annotations

from typing import Any

from db.fields.income import INCOME
from db.rules.codes import Relation
from db.rules.values import Household, Income, Member
from db.sheets.cells import Line
from db.sheets.joining import Family
from db.sheets.layouts.roster import HEAD_KEYS
from db.sheets.places import Places

_INCOME = tuple(INCOME)


def household_of(line: Line, family: tuple[Line, ...], places: Places, year: int) -> Household:
    """The household a line and its persons state; village and group in the town's spelling where it has them.

    ``year`` is the year of the income sheet: the one before the application (粤发〔2016〕13号, 上年可支配收入).
    """
    own: dict[str, Any] = line.values.copy()
    money: dict[str, Any] = {key: own.pop(key) for key in _INCOME if key in own}
    village = places.village(line.text("village")) or line.text("village")
    own["village"] = village
    own["group"] = places.group(village, line.text("group")) or line.text("group")
    own.setdefault("head_name", "")
    return Household(**own, income=Income(year, **money) if money else None, members=tuple(map(_member, family)))


def head_first(family: Family) -> tuple[Line, ...]:
    """The persons of a family with the head in front, the others as they stand."""
    if family.lines[0].values.get("relation") is Relation.HEAD:
        return family.lines
    return tuple(sorted(family.lines, key=lambda line: line.values.get("relation") is not Relation.HEAD))


def _member(line: Line) -> Member:
    own: dict[str, Any] = line.values.copy()
    for key in HEAD_KEYS:
        own.pop(key, None)
    own.setdefault("name", "")
    return Member(**own)
