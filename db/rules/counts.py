"""Opening + in − out = closing, always for households and persons together, as the county's monthly sheet asks (广东扶贫云变动表)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """Households and persons; no figure of this office is one without the other."""

    households: int = 0
    persons: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.households + other.households, self.persons + other.persons)

    def __sub__(self, other: Count) -> Count:
        return Count(self.households - other.households, self.persons - other.persons)

    def __str__(self) -> str:
        return f"{self.households} 户 {self.persons} 人"


@dataclass(frozen=True, slots=True)
class Movement:
    """What happened to one village's register in one period.

    ``split`` and ``merged`` (拆户, 并户) are households made or lost while all persons stay: their persons are told, not counted;
    ``natural_in`` and ``natural_out`` are persons. ``adjusted`` (调整) is what was found since of a month closed before, and may be below
    nought.
    """

    opening: Count = Count()
    added: Count = Count()
    ended: Count = Count()
    cancelled: Count = Count()
    split: int = 0
    merged: int = 0
    natural_in: int = 0
    natural_out: int = 0
    split_persons: int = 0
    merged_persons: int = 0
    adjusted: Count = Count()

    @property
    def came(self) -> Count:
        """Households and persons that are new on the register, whatever brought them."""
        return self.added + Count(self.split, self.natural_in)

    @property
    def went(self) -> Count:
        """Households and persons that are no longer on it, whatever took them."""
        return self.ended + self.cancelled + Count(self.merged, self.natural_out)

    @property
    def closing(self) -> Count:
        return self.opening + self.adjusted + self.came - self.went

    def __add__(self, other: Movement) -> Movement:
        return Movement(
            self.opening + other.opening,
            self.added + other.added,
            self.ended + other.ended,
            self.cancelled + other.cancelled,
            self.split + other.split,
            self.merged + other.merged,
            self.natural_in + other.natural_in,
            self.natural_out + other.natural_out,
            self.split_persons + other.split_persons,
            self.merged_persons + other.merged_persons,
            self.adjusted + other.adjusted,
        )


def town_total(villages: Iterable[Movement]) -> Movement:
    """The town's row: the sum of its villages (R65)."""
    return sum(villages, Movement())


def pair_problem(what: str, count: Count) -> str:
    """R120: no fewer persons than households, and none of the one without the other; "" when the pair holds."""
    households, persons = count.households, count.persons
    if households < 0 or persons < 0:
        return f"{what} {count}，小于 0，请核对变动"
    if persons < households or (persons > 0) != (households > 0):
        return f"{what} {count}，户数和人数对不上，请核对"
    return ""


def movement_problems(
    where: str, movement: Movement, counted: Count, last_closing: Count | None = None
) -> tuple[str, ...]:
    """R64–R66 for one row: closing equals what the roster counts, opening equals the last closing, every pair holds.

    ``counted`` is the roster's own count on the last day; ``last_closing`` is None in the first period. Chinese sentences.
    """
    found = []
    if movement.closing != counted:
        found.append(f"{where}：期初加减变动得 {movement.closing}，花名册为 {counted}，相差须查清后再上报")
    if last_closing is not None and movement.opening != last_closing:
        found.append(f"{where}：期初 {movement.opening} 与上期期末 {last_closing} 不同，请核对上期报表")
    pairs = {
        "期初": movement.opening,
        "新增": movement.added,
        "终止": movement.ended,
        "销户": movement.cancelled,
        "期末": counted,
    }
    found += [f"{where}：{text}" for text in (pair_problem(what, count) for what, count in pairs.items()) if text]
    return tuple(found)
