"""The State Council's days off and make-up working days, read once from the shipped data file."""

from __future__ import annotations

from datetime import date
from functools import cache

from db.resources import data
from db.rules.calendar import Holidays


@cache
def holidays() -> Holidays:
    """All known days; years beyond the file have plain weekends."""
    days = data("holidays.json")
    return Holidays(
        off=frozenset(date.fromisoformat(d) for d in days["off"]),
        worked=frozenset(date.fromisoformat(d) for d in days["work"]),
    )
