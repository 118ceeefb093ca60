"""The month ledger as one workbook: written beside its place, read back and compared with the record, then swapped in.

What is shown before writing and what is written come from the same rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.sheets import ledger_check
from db.sheets.findings import Ticket
from db.sheets.layouts.ledger import LEDGER, Form, Layout
from db.sheets.ledger_rows import Row, body, row_count
from db.store.files import atomic_write

_STEP = 500
_ALIGN = {Form.ORDER: "right", Form.COUNT: "right", Form.MONEY: "right", Form.YEAR: "center"}
_UNFIT_FOR_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """One sheet before it is written: ``rows`` data rows in all, ``counted`` what they stand for, the first of them as text.

    ``titles`` and ``aligns`` ("left", "center", "right") have one entry a column, ``first`` at most as many rows as were asked for.
    """

    name: str
    rows: int
    counted: Count
    titles: tuple[str, ...]
    aligns: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]


def file_name(ledger: MonthLedger) -> str:
    """``2016年07月台账-华阳镇.xlsx``."""
    return f"{ledger.year}年{ledger.month:02d}月台账-{_UNFIT_FOR_NAMES.sub('', ledger.town)}.xlsx"


def preview(ledger: MonthLedger, limit: int = 200) -> tuple[SheetPreview, ...]:
    """Every sheet with its first ``limit`` rows as the page shows them."""
    return tuple(
        SheetPreview(
            layout.name,
            row_count(ledger, layout),
            ledger.total.closing,
            tuple(
                " ".join(column.titles) if column.titles[-1] in ("户", "人") else column.titles[-1]
                for column in layout.columns
            ),
            tuple(_ALIGN.get(column.form, "left") for column in layout.columns),
            tuple(_shown(row) for row in islice(body(ledger, layout), limit)),
        )
        for layout in LEDGER
    )


def _shown(row: Row) -> tuple[str, ...]:
    return tuple("" if v is None else f"{v:,.2f}" if isinstance(v, Decimal) else str(v) for v in row)


def write(
    ledger: MonthLedger,
    path: Path,
    ticket: Ticket,
    *,
    sheets: Sequence[str] = (),
    freeze: bool = True,
    repeat: bool = False,
    seal: Callable[[Path], None] | None = None,
) -> None:
    """Write the named sheets (none named: all) to ``path``; the old file stays whole until the new one was read back and found right.

    ``freeze`` keeps header and 户主 in sight, ``repeat`` fills the household's columns in every member's row. ``seal`` gets the finished
    file just before it takes its name. Known: disk full, folder read-only, file open elsewhere; Cancelled through ``ticket``.
    """
    layouts = _chosen(sheets)
    steps = _Steps(ticket, sum(row_count(ledger, layout) for layout in layouts))

    def verify(fresh: Path) -> None:
        ledger_check.verify(fresh, ledger, layouts, repeat=repeat, name=path.name, ticket=ticket)
        if seal is not None:
            seal(fresh)

    atomic_write(path, lambda fresh: _produce(fresh, ledger, layouts, freeze, repeat, steps), verify)


def _chosen(names: Sequence[str]) -> list[Layout]:
    unknown = set(names) - {layout.name for layout in LEDGER}
    if unknown:
        raise ValueError(f"no such sheet: {unknown}")
    return [layout for layout in LEDGER if not names or layout.name in names]


class _Steps:
    """Tells the ticket how far all sheets together are, every few hundred rows."""

    def __init__(self, ticket: Ticket, total: int) -> None:
        self.ticket = ticket
        self.total = total
        self.done = 0

    def through(self, rows: Iterator[Row], name: str) -> Iterator[Row]:
        self.tell(name)
        for row in rows:
            yield row
            self.done += 1
            if self.done % _STEP == 0:
                self.tell(name)

    def tell(self, name: str) -> None:
        self.ticket.check()
        self.ticket.report(self.done, self.total, f"正在写 {name}")


def _produce(
    path: Path, ledger: MonthLedger, layouts: Sequence[Layout], freeze: bool, repeat: bool, steps: _Steps
) -> None:
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    from db.sheets.ledger_frame import close_sheet, data_band, height_of, new_sheet
    from db.sheets.styled import StyledSheet

    book = Workbook(write_only=True)
    book.properties.creator = "户有卡"
    book.properties.title = f"{ledger.town}{ledger.year}年{ledger.month}月台账"
    try:
        for layout in layouts:
            sheet = new_sheet(book, ledger, layout, freeze=freeze)
            band = data_band(sheet, layout)
            for row in steps.through(body(ledger, layout, repeat=repeat), layout.name):
                sheet.put(band, row, height_of(row, layout))
            close_sheet(sheet, ledger, layout)
        with ZipFile(path, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(book, archive).write_data()
    except BaseException:
        for begun in book.worksheets:
            assert isinstance(begun, StyledSheet)
            begun.discard()
        raise
