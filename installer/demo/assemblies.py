"""The village assemblies of the demo town: a meeting of the representatives in each village and its votes on every household.

At least two thirds are present, and the votes of each household add up to those present, except in the one planted row.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from random import Random

from installer.demo.families import Family
from installer.demo.people import FEMALE, MALE, Registry
from installer.demo.rows import Row
from installer.demo.town import FIRST_MEETING, LAST_MEETING

PASSED, FAILED = "通过", "未通过"
_FAILING = 0.035


@dataclass(frozen=True, slots=True)
class Meeting:
    """One village's assembly with a row per household: number, head, group, size, yes, no, abstained, result."""

    village: str
    day: date
    chair: str
    recorder: str
    due: int
    present: int
    rows: list[Row]

    @property
    def passed(self) -> int:
        """How many rows say 通过."""
        return sum(row[7] == PASSED for row in self.rows)

    @property
    def heading(self) -> str:
        """The line under the title, as villages write it."""
        day = f"{self.day.year}年{self.day.month}月{self.day.day}日"
        return (
            f"时间：{day}\u3000地点：{self.village}村委会\u3000主持人：{self.chair}\u3000记录人：{self.recorder}"
            f"\u3000应到 {self.due} 人\u3000实到 {self.present} 人"
        )


class Assemblies:
    """Holds the meetings; ``refused`` always fails, ``miscounted`` gets the wrong sum, ``sure`` never fails by chance."""

    def __init__(self, random: Random, registry: Registry, refused: Family, miscounted: Family, sure: set[int]) -> None:
        self._random = random
        self._registry = registry
        self._refused = refused
        self._miscounted = miscounted
        self._sure = sure

    def hold(self, village: str, families: list[Family]) -> Meeting:
        """One village's meeting."""
        due = self._random.randint(35, 62)
        present = ceil(due * self._random.uniform(0.72, 0.98))
        day = FIRST_MEETING + timedelta(days=self._random.randrange((LAST_MEETING - FIRST_MEETING).days + 1))
        chair = self._registry.name(self._registry.surname(), MALE)
        recorder = self._registry.name(self._registry.surname(), FEMALE)
        rows = [self._row(number, family, present) for number, family in enumerate(families, 1)]
        return Meeting(village, day, chair, recorder, due, present, rows)

    def _row(self, number: int, family: Family, present: int) -> Row:
        yes, no = self._votes(family, present)
        result = PASSED if yes * 2 > present else FAILED
        abstained = max(present - yes - no, 0)
        return [number, family.head.name, family.group, family.size, yes, no, abstained, result]

    def _votes(self, family: Family, present: int) -> tuple[int, int]:
        if family is self._miscounted:
            return present + 2, 0
        by_chance = id(family) not in self._sure and self._random.random() < _FAILING
        if family is self._refused or by_chance:
            yes = present // 2 - self._random.randint(0, 3)
            return yes, present - yes - self._random.randint(0, 2)
        no = self._random.choice((0, 0, 0, 0, 1, 2, 3, 4))
        return present - no - self._random.choice((0, 0, 0, 0, 1, 2)), no
