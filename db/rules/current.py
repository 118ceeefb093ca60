"""Which of a household's cases a list shows: the one that runs, else the one that decided last how the household stands.

A removal that came to nothing leaves the household as it was, so the identification before it is shown again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.case import GIVEN_UP, Status
from db.rules.procedure import IDENTIFICATION


@dataclass(frozen=True, slots=True)
class Stand:
    """One case of a household: which ladder it climbs and how it stands."""

    case_id: int
    ladder: str
    status: Status


def current(stands: Sequence[Stand]) -> int:
    """The case shown for a household, from all its cases, oldest first; ValueError when it has none."""
    if not stands:
        raise ValueError("a household without a case")
    counting = (s for s in reversed(stands) if s.ladder == IDENTIFICATION or s.status not in GIVEN_UP)
    return next(counting, stands[-1]).case_id
