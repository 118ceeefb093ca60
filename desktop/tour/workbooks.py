"""What the villages handed in: the three workbooks of a tour, and what must be known of them before the first window opens.

The town's villages are the sheets of the assemblies, their groups those the roster names; the days come from the papers themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.errors import Known
from db.rules.groups import MOST, group_key, group_name
from db.sheets.appraisals import AppraisalSheet, read_appraisals
from db.sheets.roster import read_roster
from db.sheets.visits import VisitSheet, read_visits
from db.sheets.workbook import open_workbook
from desktop.app.paths import resource

DEMO_TOWN = "广东省/湛江市/麻章区/太平镇"


@dataclass(frozen=True, slots=True)
class Workbooks:
    """The town as 省/市/县/镇 and its three files."""

    town: str
    roster: Path
    visits: Path
    appraisals: Path


@dataclass(frozen=True, slots=True)
class VillagePart:
    """One village as the papers name it: its groups in order, who chaired its assembly, who led the visits."""

    name: str
    groups: tuple[str, ...]
    chair: str
    surveyor: str


@dataclass(frozen=True, slots=True)
class Script:
    """A town's papers as the tour plays them. ``filled_on`` is the roster's day, ``visited_on`` and ``held_on`` the last visit and
    assembly."""

    workbooks: Workbooks
    villages: tuple[VillagePart, ...]
    filled_on: date
    visited_on: date
    held_on: date

    @property
    def town(self) -> str:
        """The town's own name."""
        return self.workbooks.town.split("/")[3]

    @property
    def county(self) -> str:
        """The county's name."""
        return self.workbooks.town.split("/")[2]


def demo() -> Workbooks:
    """The invented town that comes with the program."""
    folder = resource("demo")
    roster, visits, appraisals = (next(folder.glob(f"*{word}.xlsx")) for word in ("名册", "核实结果", "评议结果"))
    return Workbooks(DEMO_TOWN, roster, visits, appraisals)


def read_script(books: Workbooks) -> Script:
    """Read what the tour must know beforehand; Known for a file that is not what it should be."""
    names = [sheet.name for sheet in open_workbook(books.appraisals).sheets if not sheet.hidden]
    roster = read_roster(books.roster, villages=dict.fromkeys(names, ()))
    named = {name: {row.household.group for row in roster.rows if row.household.village == name} for name in names}
    visits, held = read_visits(books.visits, names), read_appraisals(books.appraisals, names)
    meetings = {sheet.village: sheet for sheet in held}
    villages = tuple(_part(name, named[name], meetings.get(name), visits) for name in names)
    visited_on = _last((row.verification.visited_on for s in visits for row in s.rows if row.verification), "核实日期")
    held_on = _last((sheet.held_on for sheet in held if sheet.held_on), "评议日期")
    return Script(books, villages, roster.as_of, visited_on, held_on)


def _part(name: str, groups: set[str], held: AppraisalSheet | None, visits: Iterable[VisitSheet]) -> VillagePart:
    surveyors = (
        one
        for s in visits
        if s.village == name
        for row in s.rows
        if row.verification
        for one in row.verification.surveyors
    )
    return VillagePart(name, ordered(groups), held.chair if held else "", next(surveyors, ""))


def ordered(groups: Iterable[str]) -> tuple[str, ...]:
    """Groups by number, each once and without gaps below the highest; those with a name of their own come last."""
    keys = dict.fromkeys(group_key(group) for group in groups if group)
    numbers = [int(key) for key in keys if key.isdigit() and 0 < int(key) <= MOST]
    own = [next(g for g in groups if g and group_key(g) == key) for key in keys if not key.isdigit()]
    return (*(group_name(n + 1) for n in range(max(numbers, default=0))), *sorted(own))


def _last(days: Iterable[date], what: str) -> date:
    found = max(days, default=None)
    if found is None:
        raise Known(f"工作簿里没有可用的{what}，演示不能继续。", "请核对选的是不是这个镇的工作簿。")
    return found
