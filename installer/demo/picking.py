"""Chooses who gets a planted fault: never one household for two of them, and spread over the villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

from installer.demo.families import Family


class Picker:
    """Hands out households that are not yet part of any planted case."""

    def __init__(self, random: Random, families: list[Family]) -> None:
        self._random = random
        self._families = families
        self._taken: set[int] = set()
        self._load: Counter[str] = Counter()

    def take(self, suits: Callable[[Family], bool] = lambda _: True) -> Family:
        """A household for which ``suits`` holds, from a village that has had the fewest; it is not given again."""
        free = [f for f in self._families if id(f) not in self._taken and suits(f)]
        least = min(self._load[f.village] for f in free)
        family = self._random.choice([f for f in free if self._load[f.village] == least])
        self.reserve(family)
        return family

    def reserve(self, family: Family) -> None:
        """Keep this household out of further choices."""
        self._taken.add(id(family))
        self._load[family.village] += 1

    def is_free(self, family: Family) -> bool:
        """Whether no case has been planted on the household."""
        return id(family) not in self._taken
