"""调整: what the record says of a closed month now and the frozen month did not say, household by household, with reason and paper.

The frozen month stays as it is; the next open month opens with its closing and carries the difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.rules.counts import Count


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One household's difference in one village: ``counts`` is what it adds to the village or, below nought, takes away; nought for a
    corrected particular. ``what`` says the difference in words, ``reason`` and ``paper`` why and on which paper, ``acted_on`` when it
    happened, ``entered_on`` when it was entered and by whom (``actor``)."""

    household_id: int
    village: str
    group: str
    number: str
    head_name: str
    counts: Count
    what: str
    reason: str = ""
    paper: str = ""
    acted_on: date | None = None
    entered_on: date | None = None
    actor: str = ""
