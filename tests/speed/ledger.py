"""The ledger of a large town: taken from the record, written, read back and swapped in, against openpyxl writing the bare cells."""

from __future__ import annotations

import pickle
from pathlib import Path

from tests.speed.timing import seconds

YEAR, MONTH = 2016, 7
CELLS = "cells.pickle"


class Slip:
    """A ticket nobody watches."""

    def report(self, done: int, total: int, text: str) -> None:
        """Nobody asks."""

    def check(self) -> None:
        """Nobody stops it."""


def ours(record: Path) -> float:
    """Seconds from the question to the finished workbook."""
    from db.services.ledger import export as ledger_export
    from db.services.ledger import ledger
    from tests.speed.town import open_record

    with open_record(record) as opened:

        def export() -> None:
            with opened.read() as unit:
                found = ledger.month(unit, YEAR, MONTH)
            ledger_export.export(opened, found, record.with_name("ours.xlsx"), Slip())

        return seconds(export)


def floor(record: Path) -> float:
    """Seconds of writing the same cells, ready made, without any style."""
    from openpyxl import Workbook

    sheets: dict[str, list[list[object]]] = pickle.loads(record.with_name(CELLS).read_bytes())

    def write() -> None:
        book = Workbook(write_only=True)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(record.with_name("floor.xlsx"))

    return seconds(write)


def prepare(record: Path) -> None:
    """Lay the cells of every sheet beside the record, for the floor."""
    from db.services.ledger import ledger
    from db.sheets.ledger_rows import body
    from db.sheets.ledger_tables import sheets_of
    from tests.speed.town import open_record

    with open_record(record) as opened, opened.read() as unit:
        found = ledger.month(unit, YEAR, MONTH)
    assert found.households, "nobody is on the register"
    sheets = {sheet.layout.name: list(body(sheet)) for sheet in sheets_of(found)}
    record.with_name(CELLS).write_bytes(pickle.dumps(sheets))
