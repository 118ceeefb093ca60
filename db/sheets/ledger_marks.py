"""The marks of a ledger's sheets: the hash of what each says, so that a receipt can name it and a reprint be held against it."""

from __future__ import annotations

import hashlib

from db.rules.ledger import MonthLedger
from db.rules.monthclose import SheetMark
from db.sheets.ledger_rows import Row, body, row_count, totals
from db.sheets.ledger_tables import sheets_of


def marks(ledger: MonthLedger) -> tuple[SheetMark, ...]:
    """Every sheet of the workbook with the SHA-256 in hex of its rows and its 合计, whatever it looks like."""
    found = []
    for sheet in sheets_of(ledger):
        digest = hashlib.sha256()
        for row in body(sheet):
            digest.update(_line(row))
        digest.update(_line(totals(sheet)))
        found.append(SheetMark(sheet.layout.name, row_count(sheet), digest.hexdigest()))
    return tuple(found)


def _line(row: Row) -> bytes:
    """A row as text; a cell holds no control character, so the separators are nobody's."""
    return ("\x1f".join(["" if value is None else str(value) for value in row]) + "\n").encode()
