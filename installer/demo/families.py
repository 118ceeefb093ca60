"""Invented families: who lives together, and that ages, sexes and surnames agree.

Children are born when the mother is 20–42, brothers and sisters at least a year apart; parents are 20 years or more older than
their children; a spouse is of the other sex and grown up. A family is drawn by size in the proportions of a real roster.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from random import Random

from installer.demo.people import DISABLED, FEMALE, LOST, MALE, People, Person, Registry

ORDINARY_HOUSEHOLD, LOW_INCOME, FIVE_GUARANTEES = "一般贫困户", "低保户", "五保户"
_SIZES = {1: 149, 2: 98, 3: 137, 4: 107, 5: 52, 6: 7, 7: 2}


@dataclass(slots=True)
class Family:
    """One applying household: the truth, before the village makes mistakes in writing it down."""

    village: str
    group: str
    members: list[Person]
    attribute: str = ORDINARY_HOUSEHOLD
    cause: str = ""
    income: dict[str, Decimal] = field(default_factory=dict)
    area: int = 0
    grade: str = ""
    phone: str = ""
    account: str = ""
    applied_on: str = ""

    @property
    def head(self) -> Person:
        """The 户主, always first."""
        return self.members[0]

    @property
    def size(self) -> int:
        """家庭人口."""
        return len(self.members)

    @property
    def able(self) -> int:
        """劳动力人数."""
        return sum(p.able for p in self.members)

    @property
    def key(self) -> tuple[str, str, str, int]:
        """What a row of the visits or the assembly is matched by."""
        return (self.village, self.group, self.head.name, self.size)


class Families:
    """Draws families; heads of one group never share a name."""

    def __init__(self, random: Random, registry: Registry) -> None:
        self._random = random
        self._registry = registry
        self._people = People(random, registry)
        self._heads: set[tuple[str, str, str]] = set()

    def draw(self, village: str, group: str) -> Family:
        """One family of this group."""
        size = self._random.choices(list(_SIZES), list(_SIZES.values()))[0]
        members = self._lone() if size == 1 else self._several(size)
        if (village, group, members[0].name) in self._heads:
            return self.draw(village, group)
        self._heads.add((village, group, members[0].name))
        family = Family(village, group, members)
        family.attribute = self._attribute(family)
        return family

    def namesakes(self, village: str, group: str) -> tuple[Family, Family]:
        """Two lone old women of one name in one group: nothing but their identity numbers tells them apart."""
        pair = []
        for years in (74, 79):
            head = self._people.make("陈", FEMALE, years, "户主", set())
            head.name = "陈某娣"
            pair.append(Family(village, group, [head], FIVE_GUARANTEES))
        self._heads.add((village, group, "陈某娣"))
        return pair[0], pair[1]

    def _lone(self) -> list[Person]:
        sex = MALE if self._random.random() < 0.7 else FEMALE
        years = self._random.choice((*range(61, 88), *range(61, 80), *range(38, 60)))
        if sex == FEMALE and 56 <= years <= 60:
            years = 61
        return [self._people.make(self._registry.surname(), sex, years, "户主", set())]

    def _several(self, size: int) -> list[Person]:
        draw = self._random.random()
        if size == 2 and draw < 0.45:
            return self._couple(self._random.choice((*range(34, 56), *range(61, 78))), 0, 0)
        if size == 2 and draw < 0.6:
            return self._grandparent(1)
        if size == 3 and draw < 0.06:
            return self._grandparent(2)
        if size <= 3 and draw < (0.85 if size == 2 else 0.25):
            return self._single_parent(size - 1)
        if size == 2:
            return self._with_parent()
        elders = 2 if size >= 6 else int(self._random.random() < {3: 0.12, 4: 0.25, 5: 0.5}[size])
        children = size - 2 - elders
        years = self._random.randint(32, 50) if elders else self._random.randint(30, 62)
        return self._couple(years, children, elders)

    def _couple(self, years: int, children: int, elders: int) -> list[Person]:
        avoid: set[str] = set()
        woman_heads = self._random.random() < 0.1
        man, woman = self._registry.surname(), self._registry.surname()
        wife_years = self._settled(max(22, years - 1 - self._random.randint(-1, 5)))
        ages = {MALE: max(years, 24), FEMALE: wife_years}
        order = (
            ((FEMALE, woman, "户主"), (MALE, man, "配偶"))
            if woman_heads
            else ((MALE, man, "户主"), (FEMALE, woman, "配偶"))
        )
        family = [self._people.make(surname, sex, ages[sex], relation, avoid) for sex, surname, relation in order]
        family += self._children(children, wife_years, man, avoid)
        titles = ("之婆婆", "之公公") if woman_heads else ("之母", "之父")
        return family + self._elders(elders, ages[MALE], man, titles, avoid)

    def _single_parent(self, children: int) -> list[Person]:
        avoid: set[str] = set()
        sex = FEMALE if self._random.random() < 0.4 else MALE
        years = self._settled(self._random.randint(32, 58)) if sex == FEMALE else self._random.randint(34, 60)
        surname = self._registry.surname()
        head = self._people.make(surname, sex, years, "户主", avoid)
        mother = years if sex == FEMALE else years - 2
        return [
            head,
            *self._children(children, mother, surname if sex == MALE else self._registry.surname(surname), avoid),
        ]

    def _with_parent(self) -> list[Person]:
        avoid: set[str] = set()
        surname, years = self._registry.surname(), self._random.randint(34, 55)
        head = self._people.make(surname, MALE, years, "户主", avoid)
        return [head, *self._elders(1, years, surname, ("之母", "之父"), avoid)]

    def _grandparent(self, children: int) -> list[Person]:
        avoid: set[str] = set()
        surname, years = self._registry.surname(), self._random.randint(62, 73)
        sex = self._random.choice((MALE, FEMALE))
        head = self._people.make(surname, sex, years, "户主", avoid)
        theirs = surname if sex == MALE else self._registry.surname(surname)
        young = self._spaced(children, max(2, years - 62), years - 46)
        return [head, *(self._child(y, theirs, ("之孙子", "之孙女"), avoid) for y in young)]

    def _children(self, count: int, mother: int, surname: str, avoid: set[str]) -> list[Person]:
        ages = self._spaced(count, max(0, mother - 42), min(mother - 20, 27))
        return [self._child(years, surname, ("之子", "之女"), avoid) for years in ages]

    def _child(self, years: int, surname: str, titles: tuple[str, str], avoid: set[str]) -> Person:
        sex = self._random.choice((MALE, FEMALE))
        return self._people.make(surname, sex, years, titles[sex == FEMALE], avoid)

    def _spaced(self, count: int, youngest: int, oldest: int) -> list[int]:
        """``count`` ages, oldest first, two years apart at least, so that births are a year apart."""
        while True:
            ages = sorted(self._random.sample(range(youngest, oldest + 1), count), reverse=True)
            if all(a - b >= 2 for a, b in pairwise(ages)):
                return ages

    def _elders(self, count: int, son: int, surname: str, titles: tuple[str, str], avoid: set[str]) -> list[Person]:
        years = max(61, son + self._random.randint(20, 30))
        mother = self._people.make(self._registry.surname(surname), FEMALE, years, titles[0], avoid)
        if count < 2:
            return [mother][:count]
        return [mother, self._people.make(surname, MALE, years + self._random.randint(0, 4), titles[1], avoid)]

    def _settled(self, years: int) -> int:
        """A woman's age outside 56–60, where the two age limits of the forms disagree."""
        return 55 if 56 <= years <= 58 else 61 if years in (59, 60) else years

    def _attribute(self, family: Family) -> str:
        if family.size == 1 and not family.able and self._random.random() < 0.75:
            return FIVE_GUARANTEES
        helpless = any(p.health == DISABLED or p.labour == LOST for p in family.members)
        return LOW_INCOME if self._random.random() < (0.6 if helpless else 0.35) else ORDINARY_HOUSEHOLD
