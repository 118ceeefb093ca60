"""Photos for tests: the few bytes that make a file what it is, and the time a camera writes into it."""

from __future__ import annotations

import struct
from datetime import datetime

PDF = b"%PDF-1.4\n%%EOF\n"
EXE = b"MZ\x90\x00" + bytes(200)
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(200)


def jpeg_with(tiff: bytes, rest: bytes = b"\xff\xd9") -> bytes:
    """A JPEG that begins with this Exif segment; ``rest`` follows it."""
    body = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + rest


def exif(taken: datetime, order: str = "<", *, original: bool = True, orientation: int = 1) -> bytes:
    """A TIFF block with the orientation and the time of the shutter, or only that of the file."""
    text = f"{taken:%Y:%m:%d %H:%M:%S}".encode() + b"\0"
    mark = b"II" if order == "<" else b"MM"
    head = mark + struct.pack(f"{order}HI", 42, 8)
    turned = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    after = 8 + 2 + 2 * 12 + 4
    if not original:
        entry = struct.pack(f"{order}HHII", 0x0132, 2, len(text), after)
        return head + struct.pack(f"{order}H", 2) + turned + entry + bytes(4) + text
    pointer = struct.pack(f"{order}HHII", 0x8769, 4, 1, after)
    inner = struct.pack(f"{order}HHHII", 1, 0x9003, 2, len(text), after + 2 + 12 + 4) + bytes(4)
    return head + struct.pack(f"{order}H", 2) + turned + pointer + bytes(4) + inner + text


def taken_in(jpeg: bytes, taken: datetime, orientation: int = 1) -> bytes:
    """A real JPEG with the camera's time put in front of its picture."""
    return jpeg_with(exif(taken, orientation=orientation), jpeg[2:])


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it has these points and holds none."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + bytes(4) + bytes(4) + b"IEND\xaeB`\x82"
