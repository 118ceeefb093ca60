"""Counted figures: households or persons on the register, or sums of a field, under conditions that can be said in one sentence.

A figure is data with a key of its own, so that it is remembered, compared and shown to the clerk as what it counts (口径).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from db.services.figures.dimensions import DIMENSIONS, SUMS, Test
from db.services.figures.facts import Registered

Unit = Literal["households", "persons", "sum"]
_PREFIX = "count:"
_COUNTING: dict[str, Unit] = {"households": "households", "persons": "persons", "sum": "sum"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: the dimension's key and the values that satisfy it (codes, or a band such as 60.. or 16..59)."""

    dimension: str
    values: tuple[str, ...]

    @property
    def said(self) -> str:
        """As part of a sentence: 贫困户属性为“低保户”."""
        return DIMENSIONS[self.dimension].said(self.values)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted: ``unit`` of those that meet every condition; ``field`` is what is added up for a sum."""

    unit: Unit
    where: tuple[Condition, ...] = ()
    field: str = ""

    @property
    def key(self) -> str:
        """The figure as text, the same for the same figure."""
        parts = sorted(f"{c.dimension}={'|'.join(sorted(c.values))}" for c in self.where)
        return f"{_PREFIX}{self.unit}{f'({self.field})' if self.field else ''}?{'&'.join(parts)}"

    @property
    def short(self) -> str:
        """The figure in a few words, for a narrow place: 有劳动能力·低保户（户）."""
        words = "·".join(DIMENSIONS[c.dimension].short(c.values) for c in self.where)
        if self.unit == "sum":
            return f"{SUMS[self.field].label}之和{f'（{words}）' if words else ''}"
        return f"{words or '全部在册'}（{'户' if self.unit == 'households' else '人'}）"

    @property
    def sentence(self) -> str:
        """What is counted, for the clerk to confirm."""
        homes = [c.said for c in self.where if DIMENSIONS[c.dimension].of == "home"]
        people = [c.said for c in self.where if DIMENSIONS[c.dimension].of == "person"]
        of = f"在册户中{'、'.join(homes)}的户" if homes else "全部在册户"
        if self.unit == "sum":
            return f"{of}的{SUMS[self.field].label}之和" + ("（有" + "、".join(people) + "的人的户）" if people else "")
        if self.unit == "households":
            return f"{of}里，有{'、'.join(people)}的人的户数" if people else f"{of}数"
        return f"{of}里，{'、'.join(people)}的人数" if people else f"{of}的人数"


@dataclass(frozen=True, slots=True)
class Share:
    """How much of ``whole`` ``part`` is, in per cent; both are counts, neither a sum."""

    part: Counted
    whole: Counted

    @property
    def key(self) -> str:
        """The share as text, the same for the same share."""
        return f"{_SHARE}{self.part.key}{_OVER}{self.whole.key}"

    @property
    def short(self) -> str:
        """The share in a few words."""
        return f"{self.part.short} ÷ {self.whole.short}"

    @property
    def sentence(self) -> str:
        """What is divided by what, for the clerk to confirm."""
        return f"{self.part.sentence} ÷ {self.whole.sentence}，填百分数"

    def of(self, part: int | Decimal, whole: int | Decimal, as_fraction: bool) -> Decimal | None:
        """The share with two places of per cent, as a fraction where the cell shows per cent itself; None of nothing."""
        if not whole:
            return None
        return (
            (Decimal(part) / whole).quantize(_FRACTION)
            if as_fraction
            else (Decimal(part) * 100 / whole).quantize(_CENT)
        )


_SHARE, _OVER = "share:", "÷"
_FRACTION, _CENT = Decimal("0.0001"), Decimal("0.01")


def share_of(key: str) -> Share | None:
    """The share a key stands for; None for any other and for one this program does not know."""
    if not key.startswith(_SHARE):
        return None
    part, _, whole = (counted_of(text) if text != _OVER else None for text in key.removeprefix(_SHARE).partition(_OVER))
    return Share(part, whole) if part is not None and whole is not None else None


def is_counted(key: str) -> bool:
    """Whether a meaning's key is a counted figure."""
    return key.startswith(_PREFIX)


def counted_of(key: str) -> Counted | None:
    """The figure a key stands for; None for one this program does not know (remembered by a newer one)."""
    if not is_counted(key):
        return None
    head, _, tail = key.removeprefix(_PREFIX).partition("?")
    unit, _, field = head.partition("(")
    where = []
    for part in filter(None, tail.split("&")):
        dimension, _, values = part.partition("=")
        if dimension not in DIMENSIONS:
            return None
        where.append(Condition(dimension, tuple(values.split("|"))))
    field = field.rstrip(")")
    counting = _COUNTING.get(unit)
    if counting is None or (counting == "sum" and field not in SUMS):
        return None
    return Counted(counting, tuple(where), field)


Tally = Callable[[Registered], int | Decimal]


def tally(figure: Counted, last: date) -> Tally:
    """How much one household adds to a figure; ages are counted on ``last``."""
    homes = _tests(figure, "home", last)
    people = _tests(figure, "person", last)
    amount = SUMS[figure.field].read if figure.unit == "sum" else None

    def of(one: Registered) -> int | Decimal:
        if not all(test(one) for test in homes):
            return 0
        met = sum(1 for person in one.home.members if all(test(person) for test in people)) if people else one.home.size
        if amount is not None:
            return (amount(one) or 0) if met or not people else 0
        return met if figure.unit == "persons" else int(not people or met > 0)

    return of


def _tests(figure: Counted, of: str, last: date) -> list[Test]:
    return [DIMENSIONS[c.dimension].test(c.values, last) for c in figure.where if DIMENSIONS[c.dimension].of == of]


def totals(figures: Sequence[Counted], homes: Iterable[Registered], last: date) -> dict[str, list[int | Decimal]]:
    """Each figure by village, in the order given; villages without a household are left out."""
    counting = [tally(figure, last) for figure in figures]
    found: dict[str, list[int | Decimal]] = {}
    for one in homes:
        sums = found.setdefault(one.line.village, [0] * len(figures))
        for place, count in enumerate(counting):
            sums[place] += count(one)
    return found
