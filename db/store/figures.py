"""What can be said of a record without saying anything that is in it: its form, sizes, rows per table, how many faults it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.store.backup import backups, folder_of
from db.store.check import check, row_counts
from db.store.record import Record
from db.store.revision import HEAD


@dataclass(frozen=True, slots=True)
class Figures:
    """``size`` and ``log`` (what is written and not yet folded in) in bytes; ``faults`` is their number, what they say may name a file."""

    revision: int
    size: int
    log: int
    people: int
    rows: dict[str, int]
    backups: int
    last_backup: datetime | None
    faults: int


def figures(record: Record) -> Figures:
    """Of an open record. Looks at all of it: takes seconds on a large one."""
    log = record.path.with_name(record.path.name + "-wal")
    made = backups(folder_of(record.path), record.path.stem)
    with record.units.look() as connection:
        rows = row_counts(connection)
    return Figures(
        revision=int(HEAD),
        size=record.path.stat().st_size,
        log=log.stat().st_size if log.exists() else 0,
        people=len(record.people()),
        rows=rows,
        backups=len(made),
        last_backup=made[0].at if made else None,
        faults=len(check(record)),
    )
