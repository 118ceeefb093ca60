"""The month ledger as workbooks: written beside their place, read back and compared with the record, then swapped in.

What is shown before writing and what is written come from the same rows.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice, repeat
from operator import attrgetter
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from db.rules.counts import Count
from db.sheets import drill, ledger_check
from db.sheets.findings import Ticket
from db.sheets.layouts.declared import Form
from db.sheets.ledger_rows import Row, body, captions, row_count, totals
from db.sheets.ledger_tables import Sheet
from db.store.files import atomic_write

_STEP = 500
_UNITS = {"household": "households", "person": "persons"}
_ALIGN = {Form.ORDER: "right", Form.COUNT: "right", Form.MONEY: "right", Form.YEAR: "center"}


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """One sheet before it is written: ``rows`` data rows in all, ``counted`` what they stand for, the first of them as text.

    ``titles``, ``aligns`` ("left", "center", "right"), ``widths`` (in characters; 0 for a number that is hidden on the screen) and
    ``total`` (合计) have one entry a column, ``first`` at most as many rows as were
    asked for; ``keys`` says of which village each of them tells ("" where a row is no village's) and ``ids`` of which household (0: none).
    ``since`` is how many rows came, went and were adjusted since the month before; None for a sheet that is no register.
    """

    name: str
    rows: int
    counted: Count
    titles: tuple[str, ...]
    aligns: tuple[str, ...]
    widths: tuple[float, ...]
    first: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    since: tuple[int, int, int] | None = None


def preview(sheets: Sequence[Sheet], limit: int = 200) -> tuple[SheetPreview, ...]:
    """Every sheet with its first ``limit`` rows as the page shows them."""
    return tuple(_preview(sheet, limit) for sheet in sheets)


def _preview(sheet: Sheet, limit: int) -> SheetPreview:
    titles, things = captions(sheet), [*islice(_things(sheet), limit)]
    return SheetPreview(
        sheet.layout.name,
        row_count(sheet),
        sheet.about.total.closing,
        tuple(_said(path) for path in titles),
        tuple(_ALIGN.get(column.form, "left") for column in sheet.layout.columns),
        tuple(0 if column.secret else column.width for column in sheet.layout.columns),
        tuple(_shown(row) for row in islice(body(sheet), limit)),
        _shown(totals(sheet)),
        tuple(getattr(thing, "village", "") for thing in things),
        tuple(getattr(thing, "household_id", 0) for thing in things),
        _since(sheet),
    )


def _since(sheet: Sheet) -> tuple[int, int, int] | None:
    """The month's own movement in the unit of the sheet's rows."""
    unit = _UNITS.get(sheet.layout.rows)
    if unit is None:
        return None
    moved = sheet.about.total.movement
    came, went, adjusted = (getattr(count, unit) for count in (moved.came, moved.went, moved.adjusted))
    return came, went, adjusted


def _things(sheet: Sheet) -> Iterator[Any]:
    """The thing that each row belongs to."""
    for thing in sheet.table.rows:
        yield from repeat(thing, len(attrgetter(sheet.layout.inner)(thing)) if sheet.layout.inner else 1)


def _said(path: tuple[str, ...]) -> str:
    """What a column is called on the screen: 户 and 人 with what they count."""
    last = [*dict.fromkeys(path)]
    return " ".join(last[-2:]) if path[-1] in ("户", "人") else path[-1]


def _shown(row: Row) -> tuple[str, ...]:
    return tuple("" if v is None else f"{v:,.2f}" if isinstance(v, Decimal) else str(v) for v in row)


def write(
    sheets: Sequence[Sheet],
    path: Path,
    ticket: Ticket,
    *,
    made: datetime,
    seal: Callable[[Path], None] | None = None,
) -> None:
    """Write the sheets to ``path``; the old file stays whole until the new one was read back and found right.

    ``made`` is the moment the file says of itself: the same sheets with the same moment are the same bytes. ``seal`` gets the finished
    file just before it takes its name. Known: disk full, folder read-only, file open elsewhere; Cancelled through ``ticket``.
    """
    steps = _Steps(ticket, sum(map(row_count, sheets)))

    def verify(fresh: Path) -> None:
        ledger_check.verify(fresh, sheets, name=path.name, ticket=ticket)
        if seal is not None:
            seal(fresh)

    atomic_write(path, lambda fresh: _produce(fresh, sheets, steps, made), verify)


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


class _Steady(ZipFile):
    """An archive whose parts all carry one moment, so that the same workbook written again is the same file."""

    def __init__(self, path: Path, made: datetime) -> None:
        super().__init__(path, "w", ZIP_DEFLATED)
        self._made = made

    def writestr(self, zinfo_or_arcname: str | ZipInfo, data: Any, *more: Any, **named: Any) -> None:  # noqa: ANN401
        name = zinfo_or_arcname if isinstance(zinfo_or_arcname, str) else zinfo_or_arcname.filename
        part = ZipInfo(name, self._made.timetuple()[:6])
        part.compress_type = ZIP_DEFLATED
        super().writestr(part, data, *more, **named)

    def write(self, filename: Any, *more: Any, **named: Any) -> None:  # noqa: ANN401
        moment = self._made.replace(tzinfo=None).timestamp()
        os.utime(filename, (moment, moment))
        super().write(filename, *more, **named)


def _produce(path: Path, sheets: Sequence[Sheet], steps: _Steps, made: datetime) -> None:
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    from db.sheets.ledger_frame import close_sheet, data_band, height_of, new_sheet
    from db.sheets.styled import StyledSheet

    book = Workbook(write_only=True)
    book.properties.creator = "户有卡"
    book.properties.title = f"{sheets[0].about.town}{sheets[0].about.year}年{sheets[0].about.month}月台账"
    book.properties.created = book.properties.modified = made.replace(tzinfo=None)
    try:
        for sheet in sheets:
            page = new_sheet(book, sheet)
            band = data_band(page, sheet.layout)
            for row in steps.through(body(sheet), sheet.layout.name):
                page.put(band, row, height_of(row, sheet.layout))
            close_sheet(page, sheet)
        drill.mark(book)
        with _Steady(path, made) as archive:
            ExcelWriter(book, archive).write_data()
    except BaseException:
        for begun in book.worksheets:
            assert isinstance(begun, StyledSheet)
            begun.discard()
        raise
