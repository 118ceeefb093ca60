"""The marks of a ledger's sheets: the hash of what each says, so that a receipt can name it and a reprint be held against it."""

from __future__ import annotations

import hashlib
import json

from db.rules.ledger import MonthLedger
from db.rules.monthclose import SheetMark
from db.sheets.layouts.ledger import LEDGER
from db.sheets.ledger_rows import Row, body, row_count, totals


def marks(ledger: MonthLedger) -> tuple[SheetMark, ...]:
    """Every sheet of the workbook with the SHA-256 in hex of its rows and its 合计, whatever it looks like."""
    found = []
    for layout in LEDGER:
        digest = hashlib.sha256()
        for row in body(ledger, layout):
            digest.update(_line(row))
        digest.update(_line(totals(ledger, layout)))
        found.append(SheetMark(layout.name, row_count(ledger, layout), digest.hexdigest()))
    return tuple(found)


def _line(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n"
