"""The marks of a ledger's sheets: the hash of what each says, so that a receipt can name it and a reprint be held against it."""

from __future__ import annotations

import hashlib

from db.rules.ledger import MonthLedger
from db.rules.monthclose import SheetMark
from db.sheets.findings import Ticket
from db.sheets.ledger_rows import Row, body, row_count, totals
from db.sheets.ledger_tables import sheets_of

_STEP = 2000


def marks(ledger: MonthLedger, ticket: Ticket | None = None) -> tuple[SheetMark, ...]:
    """Every sheet of the workbook with the SHA-256 in hex of its rows and its 合计, whatever it looks like; no workbook is written.

    ``ticket`` is told how many rows of all sheets are done. Cancelled through it.
    """
    sheets, found, done = sheets_of(ledger), [], 0
    total = sum(map(row_count, sheets))
    for sheet in sheets:
        digest, name = hashlib.sha256(), sheet.layout.name
        for number, row in enumerate(body(sheet)):
            if ticket is not None and number % _STEP == 0:
                ticket.check()
                ticket.report(done + number, total, f"正在封存 {name}")
            digest.update(_line(row))
        digest.update(_line(totals(sheet)))
        found.append(SheetMark(name, row_count(sheet), digest.hexdigest()))
        done += found[-1].rows
    return tuple(found)


def _line(row: Row) -> bytes:
    """A row as text; a cell holds no control character, so the separators are nobody's."""
    return ("\x1f".join(["" if value is None else str(value) for value in row]) + "\n").encode()
