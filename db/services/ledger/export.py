"""Writing a month's ledger for the county: what is chosen of it, under the names the county wants, each file with a line in the trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.rules.ledgerchoice import PATTERN, Choice, Files, file_name, narrowed
from db.services.town import town
from db.sheets import ledger as workbook
from db.sheets.findings import Ticket
from db.sheets.ledger import SheetPreview
from db.sheets.ledger_tables import Sheet, layouts_of, sheets_of
from db.store import practising
from db.store.record import Record
from db.store.unit import Unit

__all__ = [
    "Choice",
    "Exported",
    "Files",
    "SheetPreview",
    "export",
    "export_files",
    "export_sheets",
    "file_name",
    "files_of",
    "names",
    "pattern",
    "preview",
]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, its SHA-256 in hex, and the households and persons on it."""

    path: Path
    sha256: str
    counted: Count


def pattern(unit: Unit) -> str:
    """How the county wants its files named."""
    return town.options(unit).ledger_pattern


def names(ledger: MonthLedger) -> tuple[str, ...]:
    """The sheets a month has, in order."""
    return tuple(layout.name for layout in layouts_of(ledger))


def preview(ledger: MonthLedger, choice: Choice | None = None, limit: int = 200) -> tuple[SheetPreview, ...]:
    """The chosen sheets with their first ``limit`` rows, as they will be written."""
    return workbook.preview(sheets_of(ledger, choice), limit)


def files_of(ledger: MonthLedger, choice: Choice, named: str = PATTERN) -> tuple[tuple[str, Choice], ...]:
    """Every file that will be written: its name and what is on it. A village without a household and without an event has none.

    Villages whose names come to the same file name (村 and its old name with a sign no disk takes) are told apart by a number.
    """
    found: dict[str, tuple[str, Choice]] = {}
    for part in _parts(ledger, choice):
        name, number = practising.named(file_name(ledger, part, named)), 1
        stem = name.removesuffix(".xlsx")
        while name.casefold() in found:
            number += 1
            name = f"{stem}-{number}.xlsx"
        found[name.casefold()] = (name, part)
    return tuple(found.values())


def _parts(ledger: MonthLedger, choice: Choice) -> Iterator[Choice]:
    if choice.files is Files.ONE:
        yield choice
    elif choice.files is Files.SHEET:
        yield from (replace(choice, sheets=(name,)) for name in choice.sheets or names(ledger))
    else:
        told = {thing.village for part in (ledger.households, ledger.gone, ledger.turns) for thing in part}
        for row in ledger.villages:
            if row.village in told and (not choice.villages or row.village in choice.villages):
                yield replace(choice, villages=(row.village,))


def export(record: Record, ledger: MonthLedger, path: Path, ticket: Ticket, choice: Choice | None = None) -> Exported:
    """Write the chosen sheets to one file (see `db.sheets.ledger.write`) and say so in the trail with its SHA-256 and counts.

    The record is only held while the finished file takes its name: either the file is there and the trail says so, or neither. A closed
    month written again with the same choice is the same file.
    """
    choice = choice or Choice()
    counted = narrowed(ledger, choice.villages).total.closing
    return export_sheets(
        record, sheets_of(ledger, choice), path, ticket, households=counted.households, persons=counted.persons,
        said="、".join(choice.sheets) or "全部",
    )  # fmt: skip


def export_sheets(
    record: Record,
    sheets: Sequence[Sheet],
    path: Path,
    ticket: Ticket,
    *,
    households: int,
    persons: int,
    said: str = "",
) -> Exported:
    """Write sheets of one month to a file, with a line in the trail that tells their counts; ``said`` is what it calls the sheets."""
    ledger, first = sheets[0].about, sheets[0]
    more: dict[str, Any] = {"village": first.scope} if first.scope else {}
    more |= {"kind": "脱敏件"} if first.choice.masked else {}
    with ExitStack() as held:
        digest = ""

        def seal(fresh: Path) -> None:
            nonlocal digest
            digest = _sha256(fresh)
            unit = held.enter_context(record.write())
            unit.trail(
                "导出台账", entity="ledger", month=f"{ledger.year}-{ledger.month:02d}", sha256=digest, households=households,
                persons=persons, sheets=said or "、".join(sheet.layout.name for sheet in sheets), **more,
            )  # fmt: skip

        workbook.write(sheets, path, ticket, made=ledger.closed_at or record.clock.now(), seal=seal)
    return Exported(path, digest, Count(households, persons))


def export_files(
    record: Record, ledger: MonthLedger, folder: Path, ticket: Ticket, choice: Choice, named: str = PATTERN
) -> tuple[Exported, ...]:
    """Write all files of the choice into a folder, each whole or not at all; cancelled in between, the finished ones stay."""
    files = files_of(ledger, choice, named)
    return tuple(
        export(record, ledger, folder / name, _Numbered(ticket, n, len(files)), part)
        for n, (name, part) in enumerate(files, 1)
    )


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A ticket that says which of several files is being written."""

    ticket: Ticket
    number: int
    count: int

    def check(self) -> None:
        """Cancelled when the clerk wants no more."""
        self.ticket.check()

    def report(self, done: int, total: int, text: str) -> None:
        """How far this file is, as a part of all of them."""
        if self.count == 1:
            self.ticket.report(done, total, text)
        else:
            share = done * 100 // total if total else 100
            self.ticket.report((self.number - 1) * 100 + share, self.count * 100, f"{self.number}/{self.count}　{text}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
