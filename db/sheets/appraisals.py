"""Reading a workbook of assemblies (民主评议结果): one sheet a village with the meeting in its two top lines and a row a household."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.rules.codes import AppraisalKind
from db.sheets.findings import SheetFinding, Ticket
from db.sheets.matching import RowKey


@dataclass(frozen=True, slots=True)
class VoteRow:
    """The votes on one household; None where the cell was blank or unreadable. ``stated`` is what the sheet says of 通过, None when it
    says nothing; it decides nothing. ``faulty`` rows (a finding of severity E) are listed, never applied."""

    row: int
    head_name: str
    group: str
    size: int | None
    yes: int | None
    no: int | None
    abstained: int | None
    stated: bool | None
    key: RowKey
    findings: tuple[SheetFinding, ...]
    faulty: bool


@dataclass(frozen=True, slots=True)
class AppraisalSheet:
    """One village's assembly. ``village`` is the town's own spelling, "" when the sheet belongs to none; ``kind``, ``held_on``,
    ``due`` and ``present`` are None where the top lines do not say. ``findings`` hold the sheet's own and all rows'."""

    sheet: str
    village: str
    kind: AppraisalKind | None
    held_on: date | None
    place: str
    chair: str
    recorder: str
    due: int | None
    present: int | None
    rows: tuple[VoteRow, ...]
    findings: tuple[SheetFinding, ...]


def read_appraisals(path: Path, villages: Collection[str], ticket: Ticket | None = None) -> tuple[AppraisalSheet, ...]:
    """The assemblies of a workbook by sheet; ``villages`` are the town's names. Raises `db.errors.Known` for a file that is none."""
    raise NotImplementedError
