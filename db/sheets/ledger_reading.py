"""The rows of one sheet of a workbook that this program wrote, in bounded memory.

The reader holds a whole sheet at once. A sheet of many rows is therefore handed to it in parts: each part of the sheet's own text, cut
between two rows, goes into a small workbook in memory with the same head, so that it is still the foreign reader who reads every cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from python_calamine import CalamineWorkbook

PART = 3_000
"""Rows of a part."""
_BLOCK = 1 << 20
_ROW_END, _BEGIN, _END = b"</row>", b"<sheetData>", b"</sheetData>"
_TAIL = b"</sheetData></worksheet>"
_FIRST_ROW = re.compile(rb'<row r="(\d+)"')


def rows_of(path: Path, book: CalamineWorkbook, number: int, rows: int, columns: int) -> Iterator[list[Any]]:
    """The rows of the ``number``-th sheet of ``book``, the file at ``path``; ``rows`` is about how many there are, each of ``columns``.

    CalamineError or BadZipFile when it can't be read.
    """
    if rows <= 2 * PART:
        yield from book.get_sheet_by_index(number - 1).iter_rows()
        return
    with ZipFile(path) as archive:
        names = archive.namelist()
        frame = {name: archive.read(name) for name in names if not name.startswith("xl/worksheets/")}
        for text in _parts(archive, f"xl/worksheets/sheet{number}.xml"):
            part = CalamineWorkbook.from_filelike(_small(frame, names, number, text))
            above = _FIRST_ROW.search(text)
            for row in islice(part.get_sheet_by_index(number - 1).iter_rows(), int(above[1]) - 1 if above else 0, None):
                yield [*row, *[""] * (columns - len(row))]


def _parts(archive: ZipFile, name: str) -> Iterator[bytes]:
    """The sheet's text in parts of ``PART`` rows, each with an empty head and a closed end."""
    with archive.open(name) as file:
        held = b""
        while _BEGIN not in held:
            block = file.read(_BLOCK)
            if not block:
                yield held  # no rows at all: let the reader say what it is
                return
            held += block
        head, _, held = held.partition(_BEGIN)
        begin = head[: head.index(b"<worksheet")] + _opening(head) + _BEGIN
        rows, counted = [], 0
        for block in iter(lambda: file.read(_BLOCK), b""):
            held += block
            whole, cut, held = held.rpartition(_ROW_END)
            if cut:
                rows.append(whole + cut)
                counted += rows[-1].count(_ROW_END)
            if counted >= PART:
                yield begin + b"".join(rows) + _TAIL
                rows, counted = [], 0
        yield begin + b"".join(rows) + held.partition(_END)[0] + _TAIL


def _opening(head: bytes) -> bytes:
    """The start tag of the sheet."""
    start = head.index(b"<worksheet")
    return head[start : head.index(b">", start) + 1]


def _small(frame: dict[str, bytes], names: list[str], number: int, text: bytes) -> BytesIO:
    """A workbook in memory whose ``number``-th sheet is ``text`` and whose others are empty."""
    made = BytesIO()
    empty = text[: text.index(_BEGIN) + len(_BEGIN)] + _TAIL
    with ZipFile(made, "w", ZIP_STORED) as archive:
        for name in names:
            own = text if name == f"xl/worksheets/sheet{number}.xml" else empty
            archive.writestr(name, frame.get(name, own))
    made.seek(0)
    return made
