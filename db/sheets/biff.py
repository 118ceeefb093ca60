"""The records of an old workbook (BIFF8), as far as both readers pass over them: formulas that were stored without being calculated.

Record layout after [MS-XLS]: a formula holds eight bytes of result; programs that cannot calculate leave an empty text or a zero there.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from xlrd.compdoc import CompDoc

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOF, _EOF, _FORMULA, _BOUNDSHEET = 0x0809, 0x000A, 0x0006, 0x0085
_DIMENSIONS, _SHARED = 0x0200, 0x00FC
_CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_EMPTY_TEXT = b"\x03"
_ARITHMETIC = frozenset(range(0x03, 0x08))
_SUM_SHORT = b"\x19\x10"
_ON_LOAD = 0x02

Spot = tuple[int, int]


def root_names(data: bytes) -> Iterator[str]:
    """The streams and storages at the top of the wrapping, in small letters; none when it is broken. What lies in a storage, such as a
    workbook laid into a letter, is not told."""
    if not data.startswith(_OLE2):
        return
    size = 1 << min(struct.unpack_from("<H", data.ljust(512, b"\0"), 30)[0], 16)
    start = struct.unpack_from("<I", data.ljust(512, b"\0"), 48)[0]
    try:
        entries = CompDoc(data, logfile=io.StringIO()).dirlist
        yield from (entries[child].name.lower() for child in entries[0].children)
    except (
        Exception
    ):  # a broken wrapping makes its reader stumble over anything; the first sector of names is told all the same
        for at in range((start + 1) * size, min((start + 2) * size, len(data) - 127), 128):
            length = min(struct.unpack_from("<H", data, at + 64)[0], 64)
            yield data[at : at + max(length - 2, 0)].decode("utf-16-le", "replace").lower()


def stream_of(data: bytes) -> bytes:
    """The workbook stream out of its wrapping; raises whatever the wrapping's reader raises when it is broken."""
    if not data.startswith(_OLE2):
        return data
    wrapping = CompDoc(data, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        memory, start, length = wrapping.locate_named_stream(name)
        if memory:
            return bytes(memory[start : start + length])
    return b""


def never_calculated(stream: bytes) -> list[frozenset[Spot]]:
    """For each worksheet in order the cells (row, column from 0) whose formula was never calculated."""
    return [frozenset(_uncalculated(stream, start)) for start in _worksheets(stream)]


def room_claimed(stream: bytes) -> int:
    """The most cells a reader may make room for at once that believes what the records claim: a sheet's extent, told or reached, or the
    number of shared texts. A few harmed bytes make it billions."""
    most, at = 0, 0
    rows = columns = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _BOF:
            rows = columns = 0
        elif kind in _CELLS and length >= 6 and at + 8 <= len(stream):
            row, column = struct.unpack_from("<HH", stream, at + 4)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            most = max(most, rows * columns)
        elif kind == _DIMENSIONS and length >= 12 and at + 16 <= len(stream):
            top, bottom, left, right = struct.unpack_from("<IIHH", stream, at + 4)
            most = max(most, (bottom - top) % 2**32 * ((right - left) % 2**32))  # as a reader without signs takes it
        elif kind == _SHARED and length >= 8 and at + 12 <= len(stream):
            most = max(most, *struct.unpack_from("<II", stream, at + 4))
        at += 4 + length
    return most


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record up to the end of the substream that begins at ``at``; charts inside are passed over."""
    depth = 0
    end = len(stream) - 4
    while 0 <= at <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
        if depth <= 1:
            yield kind, at + 4, length
        if depth <= 0:
            return
        at += 4 + length


def _worksheets(stream: bytes) -> Iterator[int]:
    for kind, start, length in _records(stream, 0):
        if kind == _BOUNDSHEET and length >= 6:
            place, _, what = struct.unpack_from("<IBB", stream, start)
            if what == 0:
                yield place


def _uncalculated(stream: bytes, at: int) -> Iterator[Spot]:
    for kind, start, length in _records(stream, at):
        if kind == _FORMULA and length >= 22 and start + length <= len(stream):
            row, column, _, result, flags, _, size = struct.unpack_from("<HHH8sHIH", stream, start)
            tokens = stream[start + 22 : start + 22 + size]
            if _is_blank(result, flags, tokens):
                yield row, column


def _is_blank(result: bytes, flags: int, tokens: bytes) -> bool:
    """An empty text as the result of arithmetic or a sum, which can only give numbers; or a zero that is to be calculated on opening."""
    if result[6:] == b"\xff\xff":
        sums = tokens[-4:-2] == _SUM_SHORT or (tokens != b"" and tokens[-1] in _ARITHMETIC)
        return result[:1] == _EMPTY_TEXT and sums
    return bool(flags & _ON_LOAD) and not any(result)
