"""A very small writer of old workbooks (BIFF8 in an OLE2 wrapping), for the odd things no library writes.

Cells are text, numbers, days, booleans, `Wrong` errors or `Formula`; layout after [MS-XLS] and [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_DAY = 16


@dataclass(frozen=True)
class Wrong:
    """An error cell; 0x2A is #N/A."""

    code: int = 0x2A


@dataclass(frozen=True)
class Formula:
    """A formula 1+2 whose stored result is given as its eight bytes, by default an empty text as programs that cannot calculate do."""

    result: bytes = b"\3\0\0\0\0\0\xff\xff"
    flags: int = 0


@dataclass(frozen=True)
class OldSheet:
    """One sheet to be written; hidden columns and rows are counted from 0, merges are (top, left, bottom, right)."""

    rows: Sequence[Sequence[object]]
    name: str = "名册"
    visibility: int = 0
    kind: int = 0
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    merges: Sequence[tuple[int, int, int, int]] = ()


def stream(sheets: Sequence[OldSheet], *, since_1904: bool = False, locked: bool = False) -> bytes:
    """The workbook stream."""
    before = _bof(5) + (_record(0x2F, b"\1\0\1\0\1\0" + b"\x11" * 48) if locked else b"")
    before += _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", since_1904))
    font = struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0, 4, 0) + b"Song"
    before += _record(0x31, font) * 5
    before += _xf(0, 0xFFF5) * 15 + _xf(0, 1) + _xf(14, 1)
    names = [sheet.name.encode("utf-16-le") for sheet in sheets]
    at = len(before) + sum(4 + 8 + len(name) for name in names) + 4
    bounds, bodies = b"", b""
    for sheet, name in zip(sheets, names, strict=True):
        place = struct.pack("<IBBBB", at + len(bodies), sheet.visibility, sheet.kind, len(sheet.name), 1)
        bounds += _record(0x85, place + name)
        bodies += _sheet(sheet, since_1904)
    return before + bounds + _record(0x0A, b"") + bodies


def wrapped(content: bytes, name: str = "Workbook", more: Mapping[str, bytes] | None = None) -> bytes:
    """A stream in its OLE2 wrapping; at most some 60 kB."""
    streams = {name: content, **(more or {})}
    fat, sectors, entries = [_FAT, _END], b"", [_entry("Root Entry", 5, _END, 0, child=1)]
    for number, (title, short) in enumerate(streams.items(), 1):
        body = short.ljust(4096, b"\0")
        count = -(-len(body) // _SECTOR)
        start = len(fat)
        fat += [*range(start + 1, start + count), _END]
        sectors += body.ljust(count * _SECTOR, b"\0")
        entries.append(_entry(title, 2, start, len(body), right=number + 1 if number < len(streams) else _FREE))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    assert len(fat) <= 128
    assert len(directory) == _SECTOR
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return header + table + directory + sectors


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    head = title.ljust(64, b"\0") + struct.pack("<HBB", len(title), kind, 1)
    return head + struct.pack("<III", _FREE, right, child) + b"\0" * 36 + struct.pack("<III", start, size, 0)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _bof(what: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, what, 0x0DBB, 1996, 0, 6))


def _xf(number_format: int, flags: int) -> bytes:
    return _record(0xE0, struct.pack("<HHHBBBBIIH", 0, number_format, flags, 0, 0, 0, 0, 0, 0, 0))


def _sheet(sheet: OldSheet, since_1904: bool) -> bytes:
    out = _bof(0x10)
    for column in sheet.hidden_columns:
        out += _record(0x7D, struct.pack("<HHHHHH", column, column, 2000, 15, 1, 0))
    width = max(map(len, sheet.rows), default=0)
    out += _record(0x200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0))
    for row in sheet.hidden_rows:
        out += _record(0x208, struct.pack("<HHHHHHI", row, 0, width, 255, 0, 0, 0x20))
    for row, cells in enumerate(sheet.rows):
        for column, value in enumerate(cells):
            out += _cell(row, column, value, since_1904)
    spans = [struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in sheet.merges]
    if spans:
        out += _record(0xE5, struct.pack("<H", len(spans)) + b"".join(spans))
    return out + _record(0x0A, b"")


def _cell(row: int, column: int, value: object, since_1904: bool) -> bytes:
    place = struct.pack("<HHH", row, column, _DAY if isinstance(value, date) else 15)
    if isinstance(value, Formula):
        tokens = b"\x1e\1\0\x1e\2\0\3"
        return _record(0x06, place + value.result + struct.pack("<HIH", value.flags, 0, len(tokens)) + tokens)
    if isinstance(value, Wrong):
        return _record(0x205, place + bytes((value.code, 1)))
    if isinstance(value, bool):
        return _record(0x205, place + bytes((value, 0)))
    if isinstance(value, date):
        value = (value - (date(1904, 1, 1) if since_1904 else date(1899, 12, 30))).days
    if isinstance(value, int | float):
        return _record(0x203, place + struct.pack("<d", value))
    text = str(value).encode("utf-16-le")
    return _record(0x204, place + struct.pack("<HB", len(text) // 2, 1) + text) if value != "" else b""
