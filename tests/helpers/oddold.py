"""Odd old workbooks (.xls, .et), built by code as `tests.helpers.oddbooks` builds the modern ones."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from db.sheets.book import Lost
from tests.helpers.biff import Formula, OldSheet, Wrong, stream, wrapped
from tests.helpers.oddbooks import NEVER, ROSTER, Odd, rows_with


def old() -> Iterator[Odd]:
    """Old workbooks."""

    def made(rows: list[list[object]] | None = None, *, locked: bool = False, since_1904: bool = False) -> bytes:
        return wrapped(stream([OldSheet(rows or ROSTER)], locked=locked, since_1904=since_1904))

    def with_cell(value: object) -> bytes:
        return made([list(row) for row in rows_with((1, 2, value))])

    yield from _old_cells(with_cell)
    yield Odd("old", "名册.xls", made)
    yield Odd("old named .et", "名册.et", made)
    yield Odd("old named .xlsx", "名册.xlsx", made)
    yield Odd("old, no wrapping", "名册.xls", lambda: stream([OldSheet(ROSTER)]))
    yield Odd("old, stream in capitals", "名册.xls", lambda: wrapped(stream([OldSheet(ROSTER)]), "WORKBOOK"))
    backwards = struct.pack("<IIHHH", 2**22, 3, 0, 3, 0)
    extent = struct.pack("<IIHHH", 0, 3, 0, 3, 0)
    yield Odd("old, extent without sense", "名册.xls", lambda: made().replace(extent, backwards))
    yield Odd("old, locked", "名册.xls", lambda: made(locked=True), says="密码")
    yield Odd("old, cut short", "名册.xls", lambda: made()[:2000], says="已损坏")
    yield Odd("old, empty stream", "名册.xls", lambda: wrapped(b""), says="没有工作表")
    yield Odd("old, charts only", "名册.xls", lambda: wrapped(stream([OldSheet([], kind=2)])), says="没有工作表")
    yield Odd("locked modern", "名册.xlsx", lambda: wrapped(b"x", "EncryptedPackage"), says="密码")
    yield Odd("letter in the old wrapping", "名册.xls", lambda: wrapped(b"x", "WordDocument"), says="Word")
    yield Odd("slides in the old wrapping", "名册.xls", lambda: wrapped(b"x", "PowerPoint Document"), says="演示文稿")


def _old_cells(with_cell: Callable[[object], bytes]) -> Iterator[Odd]:
    for what, value, read in (
        ("day", date(2016, 5, 3), date(2016, 5, 3)),
        ("error", Wrong(), Lost("#N/A")),
        ("never calculated", Formula(), NEVER),
        ("zero to be calculated", Formula(b"\0" * 8, 2), NEVER),
        ("calculated", Formula(struct.pack("<d", 3)), 3.0),
        ("truth", True, True),
        ("blank", "", ""),
    ):
        yield Odd(f"old, {what}", "名册.xls", partial(with_cell, value), rows=rows_with((1, 2, read)))
