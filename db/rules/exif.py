"""When a photo was taken, read from what the camera wrote at the head of a JPEG (Exif 2.3, DateTimeOriginal).

The clock of a phone may be wrong and a picture sent by chat has lost its time, so this only ever proposes; whatever is damaged or
strange gives None, never an error.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import datetime

HEAD = 256 * 1024
"""Bytes of a file that are enough: segments before the picture hold at most 64 KB each."""
_ORIGINAL, _CHANGED, _SUB = 0x9003, 0x0132, 0x8769
_ASCII, _LONG = 2, 4
_MOST_ENTRIES = 512
_STAMP = 19


def taken_at(content: bytes) -> datetime | None:
    """The moment the shutter was released by the camera's own clock, without a zone; None when the file does not say."""
    for tiff in _exif(content):
        try:
            return _moment(tiff)
        except (struct.error, ValueError, UnicodeDecodeError):
            return None
    return None


def _exif(content: bytes) -> Iterator[bytes]:
    """The TIFF part of the first Exif segment."""
    at = 2
    if not content.startswith(b"\xff\xd8"):
        return
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker, size = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA or size < 2:
            return
        body = content[at + 4 : at + 2 + size]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            yield body[6:]
            return
        at += 2 + size


def _moment(tiff: bytes) -> datetime | None:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    first = _directory(tiff, order, struct.unpack_from(f"{order}I", tiff, 4)[0])
    pointer = first.get(_SUB)
    inner = _directory(tiff, order, struct.unpack(f"{order}I", pointer[1])[0]) if pointer else {}
    for found in (inner.get(_ORIGINAL), first.get(_CHANGED)):
        if found is not None:
            return _read(tiff, order, *found)
    return None


def _directory(tiff: bytes, order: str, at: int) -> dict[int, tuple[int, bytes]]:
    """Tag -> (count, the four bytes of its value or of where that lies) of the kinds we read."""
    (count,) = struct.unpack_from(f"{order}H", tiff, at)
    found = {}
    for n in range(min(count, _MOST_ENTRIES)):
        tag, kind, length = struct.unpack_from(f"{order}HHI", tiff, at + 2 + 12 * n)
        if kind in (_ASCII, _LONG):
            found[tag] = (length, tiff[at + 10 + 12 * n : at + 14 + 12 * n])
    return found


def _read(tiff: bytes, order: str, count: int, value: bytes) -> datetime | None:
    """2016:05:20 09:31:07, as Exif writes it; blanks and zeros mean that the camera did not know."""
    (at,) = struct.unpack(f"{order}I", value)
    text = tiff[at : at + min(count, _STAMP)].decode("ascii")
    if len(text) < _STAMP or not text.strip(": 0"):
        return None
    return datetime.strptime(text, "%Y:%m:%d %H:%M:%S")
