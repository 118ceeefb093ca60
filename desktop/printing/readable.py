"""Makes the words of a PDF be found and copied as they were written.

Open Chinese fonts draw 户 and the Kangxi radical ⼾ with one glyph, and Qt notes the radical, the lower code, as that glyph's
meaning: whoever searches the PDF for 户主 finds nothing. The notes are corrected in place, at equal length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from mmap import mmap

from PySide6.QtGui import QRawFont

from desktop.printing.fonts import Face, font

RADICALS = "".join(map(chr, range(0x2E80, 0x2FE0)))
_MEANINGS = re.compile(rb"beginbfrange\n.*?endbfrange", re.DOTALL)
_CODE = re.compile(rb"<([0-9A-F]{4})>")
_TAB, _BLANK = 0x0009, 0x0020


def readable(pdf: bytes, text: str) -> bytes:
    """``pdf`` with every glyph that draws a character of ``text`` meaning that character."""
    meant = {_TAB: _BLANK, **same_glyph(text)}
    return _MEANINGS.sub(lambda found: _corrected(found[0], meant), pdf)


def readable_in_place(pdf: mmap, text: str) -> None:
    """As ``readable`` for a file too large to be held twice."""
    meant = {_TAB: _BLANK, **same_glyph(text)}
    for start, end in [found.span() for found in _MEANINGS.finditer(pdf)]:
        pdf[start:end] = _corrected(pdf[start:end], meant)


def same_glyph(text: str, faces: Iterable[Face] = Face) -> dict[int, int]:
    """Radicals that a face draws with the glyph of a character of ``text``, as code to code."""
    signs = "".join(sorted({sign for sign in text if "\u3400" <= sign <= "\u9fff"}))
    same: dict[int, int] = {}
    for face in faces:
        raw = QRawFont.fromFont(font(face, 100))
        owners = dict(zip(raw.glyphIndexesForString(signs), signs, strict=True))
        for glyph, radical in zip(raw.glyphIndexesForString(RADICALS), RADICALS, strict=True):
            if glyph and glyph in owners:
                same[ord(radical)] = ord(owners[glyph])
    return same


def _corrected(block: bytes, meant: dict[int, int]) -> bytes:
    """Only the meanings stand in brackets; the glyph numbers before them keep theirs."""
    lines = []
    for line in block.split(b"\n"):
        numbers, bracket, meanings = line.partition(b"[")
        lines.append(numbers + bracket + _CODE.sub(lambda code: _meaning(code, meant), meanings))
    return b"\n".join(lines)


def _meaning(code: re.Match[bytes], meant: dict[int, int]) -> bytes:
    value = int(code[1], 16)
    return b"<%04X>" % meant.get(value, value)
