"""What a roster holds once it is read: households with their members, where each stood in the file, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.rules.values import Household
from db.sheets.findings import SheetFinding


@dataclass(frozen=True, slots=True)
class DraftHousehold:
    """One household as the file states it. ``row`` is its row in ``sheet``; ``member_rows`` run parallel to its members and lie in
    ``member_sheet``. ``faulty`` is true when a finding of severity E stands at its row or at one of its members' rows.
    ``number_column`` is the caption and the letter of the members' identity numbers; ``columns`` and ``member_columns`` are the same for
    every key the two sheets have a column of."""

    household: Household
    sheet: str
    row: int
    member_sheet: str
    member_rows: tuple[int, ...]
    findings: tuple[SheetFinding, ...]
    faulty: bool
    number_column: tuple[str, str] = ("身份证号", "")
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    member_columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The words a clerk finds it by."""
        return " ".join(filter(None, (self.household.village, self.household.group, self.household.head_name)))


@dataclass(frozen=True, slots=True)
class Roster:
    """One file. ``sha256`` is of its bytes in hex, ``as_of`` the day ages and dates were judged on; ``findings`` are all of them by
    sheet and row, ``loose`` those that belong to no household (orphaned persons, totals, notes on the file)."""

    sha256: str
    as_of: date
    rows: tuple[DraftHousehold, ...]
    findings: tuple[SheetFinding, ...]
    loose: tuple[SheetFinding, ...]

    @property
    def persons(self) -> int:
        """Members of all households together; a repeated row is counted once."""
        return sum(len(row.household.members) for row in self.rows)
