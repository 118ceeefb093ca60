"""What stands in the records of an old workbook (BIFF8) that its reader passes over: formulas as text, print set-up, what is drawn.

Record layouts after [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, FormulaError, decompile_formula

from db.sheets.biff import stream_of

_BOF, _EOF, _FORMULA, _SHARED, _SETUP, _WSBOOL = 0x0809, 0x000A, 0x0006, 0x04BC, 0x00A1, 0x0081
_HEADER, _FOOTER, _HCENTRE, _VCENTRE, _BREAKS, _SHEET = 0x0014, 0x0015, 0x0083, 0x0084, 0x001B, 0x0085
_MARGINS = {0x0026: "left", 0x0027: "right", 0x0028: "top", 0x0029: "bottom"}
_LOST = {0x01BE: "下拉选项", 0x01B0: "条件格式", 0x005D: "图形、图片或图表"}
_NOTE_SHAPE, _LIST_SHAPE = 0x19, 0x14
_FITS, _POINTER = 0x0100, 0x01


@dataclass(slots=True)
class Print:
    """How a sheet is printed; margins in inches, ``breaks`` the rows above which a page begins, from 0."""

    paper: int = 9
    landscape: bool = False
    scale: int = 100
    fits: bool = False
    fit_width: int = 1
    fit_height: int = 1
    margins: dict[str, float] = field(default_factory=dict)
    centred: tuple[bool, bool] = (False, False)
    header: str = ""
    footer: str = ""
    breaks: tuple[int, ...] = ()


@dataclass(slots=True)
class Extras:
    """By the sheet's number: formulas by row and column from 0, print set-up. ``losses`` are sentences."""

    formulas: dict[int, dict[tuple[int, int], str]] = field(default_factory=dict)
    prints: dict[int, Print] = field(default_factory=dict)
    losses: tuple[str, ...] = ()


def extras_of(data: bytes, old: Any) -> Extras:  # noqa: ANN401 - xlrd's book
    """Read the records once more; ``old`` is the workbook as xlrd has it."""
    stream, found, lost = stream_of(data), Extras(), dict.fromkeys(_LOST.values(), False)
    unread = 0
    for number, start in enumerate(_worksheets(stream)):
        made = found.prints[number] = Print()
        unread += _formulas(stream, start, old, found.formulas.setdefault(number, {}))
        for kind, at, length in _records(stream, start):
            _take(made, stream, kind, at, length)
            if kind in _LOST and (kind != 0x005D or _is_drawn(stream, at, length)):
                lost[_LOST[kind]] = True
    told = [what for what, there in lost.items() if there]
    sentences = [f"表样是 .xls，其中的{'、'.join(told)}不能照搬，填好后请在 WPS 里补上"] if told else []
    if unread:
        sentences.append(f"有 {unread} 个公式看不懂，已换成它现在的值，请核对")
    found.losses = tuple(sentences)
    return found


def _worksheets(stream: bytes) -> list[int]:
    """Where each sheet of cells begins, in their order."""
    found = (
        struct.unpack_from("<IBB", stream, at)
        for kind, at, length in _records(stream, 0)
        if kind == _SHEET and length >= 6
    )
    return [start for start, _, what in found if what == 0]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of the records of one sheet, those of charts inside left out."""
    depth = 0
    while 0 <= at <= len(stream) - 4:
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 1:
            yield kind, at + 4, length
        if depth <= 0:
            return
        at += 4 + length


def _take(made: Print, stream: bytes, kind: int, at: int, length: int) -> None:
    body = stream[at : at + length]
    if kind == _SETUP and length >= 12:
        paper, scale, _, wide, high, flags = struct.unpack_from("<HHHHHH", body)
        if not flags & 0x04:  # the printer's own settings are valid
            made.paper, made.scale, made.landscape = paper, scale, not flags & 0x02
        made.fit_width, made.fit_height = wide, high
    elif kind == _WSBOOL and length >= 2:
        made.fits = bool(struct.unpack_from("<H", body)[0] & _FITS)
    elif kind in _MARGINS and length >= 8:
        made.margins[_MARGINS[kind]] = round(struct.unpack_from("<d", body)[0], 4)
    elif kind in (_HCENTRE, _VCENTRE) and length >= 2:
        on = bool(struct.unpack_from("<H", body)[0])
        made.centred = (on, made.centred[1]) if kind == _HCENTRE else (made.centred[0], on)
    elif kind in (_HEADER, _FOOTER) and length > 3:
        text = _text(body)
        if kind == _HEADER:
            made.header = text
        else:
            made.footer = text
    elif kind == _BREAKS and length >= 2:
        count = struct.unpack_from("<H", body)[0]
        made.breaks = tuple(struct.unpack_from("<H", body, 2 + 6 * n)[0] for n in range(count))


def _text(body: bytes) -> str:
    count, flags = struct.unpack_from("<HB", body)
    return (
        body[3 : 3 + 2 * count].decode("utf-16-le", "replace") if flags & 1 else body[3 : 3 + count].decode("latin-1")
    )


def _is_drawn(stream: bytes, at: int, length: int) -> bool:
    """Whether an object is a drawing: notes and the arrows of drop-down lists are objects too."""
    return length >= 6 and struct.unpack_from("<H", stream, at + 4)[0] not in (_NOTE_SHAPE, _LIST_SHAPE)


def _formulas(stream: bytes, start: int, old: Any, found: dict[tuple[int, int], str]) -> int:  # noqa: ANN401
    """Put the formulas of a sheet into ``found``; how many could not be read."""
    waiting: list[tuple[tuple[int, int], tuple[int, int]]] = []
    shared: dict[tuple[int, int], bytes] = {}
    unread, last = 0, (0, 0)
    for kind, at, length in _records(stream, start):
        if kind == _FORMULA and length >= 22:
            last = struct.unpack_from("<HH", stream, at)
            size = struct.unpack_from("<H", stream, at + 20)[0]
            tokens = stream[at + 22 : at + 22 + size]
            if tokens[:1] == bytes((_POINTER,)):  # written once for many cells
                waiting.append((last, struct.unpack_from("<HH", tokens, 1)))
            else:
                unread += _put(found, last, _said(old, tokens, FMLA_TYPE_CELL, *last))
        elif kind == _SHARED and length >= 10:
            size = struct.unpack_from("<H", stream, at + 8)[0]
            shared[last] = stream[at + 10 : at + 10 + size]
    for place, origin in waiting:
        tokens = shared.get(origin, b"")
        unread += _put(found, place, _said(old, tokens, FMLA_TYPE_SHARED, *place) if tokens else "")
    return unread


def _put(found: dict[tuple[int, int], str], place: tuple[int, int], text: str) -> int:
    """Keep a formula; 1 when there is none to keep."""
    if text:
        found[place] = f"={text}"
    return int(not text)


def _said(old: Any, tokens: bytes, kind: int, row: int, column: int) -> str:  # noqa: ANN401
    with suppress(
        FormulaError, ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError, struct.error
    ):
        text = decompile_formula(old, tokens, len(tokens), kind, row, column)
        return str(text) if text and "?" not in str(text) else ""
    return ""
