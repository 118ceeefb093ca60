"""One sheet of very many rows, written, read back and swapped in, against openpyxl writing the bare cells; and that memory stays flat.

The households come one after another and are held by nobody, so that what a process holds is what writing and reading back hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain, cycle, islice
from pathlib import Path
from typing import overload

from db.rules.ledger import LedgerHousehold
from db.sheets.layouts.declared import Layout
from db.sheets.layouts.ledger import HOUSEHOLDS, PERSONS
from db.sheets.ledger_rows import Row, body
from db.sheets.ledger_tables import Sheet, Table
from tests.helpers.ledger import MADE, Slip, household, july
from tests.speed.timing import seconds

SHEETS: dict[int, Layout] = {20_000: HOUSEHOLDS, 200_000: PERSONS}
"""Rows -> the sheet that has as many."""
_A_HOUSEHOLD, _MADE = 10, 1000


class Many(Sequence[LedgerHousehold]):
    """So many households, made anew each time they are asked for."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[LedgerHousehold]:
        day = date(2016, 7, 1)
        for n in range(self._count):
            yield household(f"华南-2016-{n:06d}", day, size=_A_HOUSEHOLD, name=f"陈某{'明芳才娣玉'[n % 5]}")

    @overload
    def __getitem__(self, at: int) -> LedgerHousehold: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LedgerHousehold]: ...
    def __getitem__(self, at: int | slice) -> LedgerHousehold | Sequence[LedgerHousehold]:
        raise TypeError("asked for one after another only")


class _Total:
    """What the households come to."""

    def __init__(self, count: int) -> None:
        self.size = self.able_count = count * _A_HOUSEHOLD
        self.money = Decimal(0)


def sheet(rows: int) -> Sheet:
    """The sheet of so many rows."""
    layout = SHEETS[rows]
    count = rows // _A_HOUSEHOLD if layout.inner else rows
    return Sheet(layout, Table(Many(count), _Total(count), rows), replace(july(), turns=()), "2016年7月")


def ours(folder: Path, rows: int) -> float:
    """Seconds of writing and reading back."""
    from db.sheets import ledger

    return seconds(lambda: ledger.write([sheet(rows)], folder / "ours.xlsx", Slip(), made=MADE))


def floor(folder: Path, rows: int) -> float:
    """Seconds of openpyxl writing as many cells, ready made."""
    from openpyxl import Workbook

    some: list[Row] = list(islice(body(sheet(rows)), _MADE))

    def write() -> None:
        book = Workbook(write_only=True)
        page = book.create_sheet("a")
        for row in islice(chain.from_iterable(cycle([some])), rows):
            page.append(row)
        book.save(folder / "floor.xlsx")

    return seconds(write)
