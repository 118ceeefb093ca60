"""Reading a workbook of visits (入户核实结果汇总): one sheet a village, one row a household, every item as the visitors wrote it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from db.rules.eligibility import Verification
from db.sheets.findings import SheetFinding, Ticket
from db.sheets.matching import RowKey


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One household's visit. ``verification`` is None when the row has no readable date; an item left blank or unreadable is missing
    from its mappings and a finding says so. ``faulty`` rows (a finding of severity E) are listed, never applied."""

    sheet: str
    row: int
    village: str
    group: str
    head_name: str
    size: int | None
    verification: Verification | None
    findings: tuple[SheetFinding, ...]
    faulty: bool

    @property
    def key(self) -> RowKey:
        """What `db.sheets.matching` matches it by."""
        return RowKey(self.village, self.group, self.head_name, self.size)


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """One village's sheet; ``village`` is the town's own spelling, "" when the sheet belongs to none (then a finding says so)."""

    sheet: str
    village: str
    rows: tuple[VisitRow, ...]
    findings: tuple[SheetFinding, ...]


def read_visits(path: Path, villages: Collection[str], ticket: Ticket | None = None) -> tuple[VisitSheet, ...]:
    """The visits of a workbook by sheet; ``villages`` are the town's names. Raises `db.errors.Known` for a file that is none."""
    raise NotImplementedError
