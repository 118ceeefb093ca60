"""复录核对: a sample is drawn, keyed again by another person who does not see the first entry, and only what differs is looked at.

Drawing is repeatable: the same seed and the same pool give the same sample, so that a drawing can be checked afterwards.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")

FIRST, SECOND = "first", "second"
"""How a difference is settled: 以原录为准, or 以复录为准（更正）."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that the two entries differ in, as both read; ``settled`` is FIRST, SECOND or "" while it is open."""

    key: str
    label: str
    first: str
    second: str
    settled: str = ""


def draw(pool: Sequence[T], count: int, seed: str) -> tuple[T, ...]:
    """``count`` of the pool (all of a smaller one), in the order of the pool."""
    size = min(max(count, 0), len(pool))
    chosen = random.Random(seed).sample(range(len(pool)), size)
    return tuple(pool[n] for n in sorted(chosen))


def share(pool: int, percent: int) -> int:
    """How many ``percent`` of a pool are, rounded up: 5 % of 30 are 2."""
    return -(-pool * percent // 100)


def differences(
    labels: Mapping[str, str], first: Mapping[str, str], second: Mapping[str, str]
) -> tuple[Difference, ...]:
    """The fields that read differently, in the order of ``labels``."""
    return tuple(
        Difference(key, label, first.get(key, ""), second.get(key, ""))
        for key, label in labels.items()
        if first.get(key, "") != second.get(key, "")
    )


def error_rate(wrong: int, fields: int) -> Decimal | None:
    """Wrong fields among those keyed again, per cent with two places; None before anything was keyed."""
    return None if not fields else (Decimal(wrong) * 100 / fields).quantize(Decimal("0.01"))
