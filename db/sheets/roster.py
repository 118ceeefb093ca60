"""Reading a roster (申报名册): a sheet of households and a sheet of persons, with every fault at its cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path

from db.sheets.drafts import Roster
from db.sheets.findings import Ticket


def read_roster(
    path: Path, *, villages: Mapping[str, Collection[str]], today: date | None = None, ticket: Ticket | None = None
) -> Roster:
    """Read a roster. ``villages`` are the town's villages with their group names (none: groups are not checked); ``today`` is the day
    ages and dates are judged on, by default the 填报日期 the file states. Raises `db.errors.Known` for a file that is no roster."""
    raise NotImplementedError
