"""Reading a written ledger back: every cell of every row, the number of rows, and 合计 against the rows above it.

A file is only trusted after another program's reader has found in it what the record says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from db.errors import Known
from db.rules.ledger import MonthLedger
from db.sheets.findings import Ticket
from db.sheets.layouts.ledger import Layout
from db.sheets.ledger_rows import Row, body, header_rows, totals

_STEP = 2000
_REMEDY = "原来的文件没有变化。请再导出一次；仍然如此，请检查磁盘。"


def verify(
    path: Path, ledger: MonthLedger, layouts: Sequence[Layout], *, repeat: bool, name: str, ticket: Ticket
) -> None:
    """Known, naming sheet and row, when the file at ``path`` is not what it should be; ``name`` is what the clerk calls it."""
    try:
        with path.open("rb") as file:
            book = CalamineWorkbook.from_filelike(file)
            if book.sheet_names != [layout.name for layout in layouts]:
                raise _wrong(name, "工作表不齐")
            for layout in layouts:
                _verify_sheet(book.get_sheet_by_name(layout.name).iter_rows(), ledger, layout, repeat, name, ticket)
    except CalamineError:
        raise _wrong(name, "打不开") from None


def _verify_sheet(
    found: Iterator[list[Any]], ledger: MonthLedger, layout: Layout, repeat: bool, name: str, ticket: Ticket
) -> None:
    ticket.report(0, 0, f"正在核对 {layout.name}")
    start = header_rows(layout)
    for _ in range(start):
        next(found, None)
    summed = [place for place, column in enumerate(layout.columns) if column.total and not (repeat and column.once)]
    sums = dict.fromkeys(summed, 0)
    for number, row in enumerate(body(ledger, layout, repeat=repeat), 1):
        cells = next(found, [])
        if cells != _as_read(row):
            raise _wrong(name, f"{layout.name}第{start + number}行与档案不同")
        for place in summed:
            sums[place] += cells[place] or 0
        if number % _STEP == 0:
            ticket.check()
    total = next(found, [])
    if total != _as_read(totals(ledger, layout)) or any(total[place] != amount for place, amount in sums.items()):
        raise _wrong(name, f"{layout.name}的合计与各行不符")


def _as_read(row: Row) -> list[str | float]:
    return ["" if value is None else value if isinstance(value, str) else float(value) for value in row]


def _wrong(name: str, what: str) -> Known:
    return Known(f"“{name}”写完后核对：{what}，没有采用。", _REMEDY)
