"""Thumbnails: small JPEGs, turned the way the photo was taken, that lists show instead of the whole file."""

from __future__ import annotations

from PySide6.QtCore import QSize

from desktop.printing.photos import image, jpeg

LONGEST = 240
QUALITY = 78


def thumbnail(content: bytes) -> bytes:
    """A JPEG of at most 240 points a side; empty when ``content`` is no picture that can be opened. Safe off the window's thread."""
    small = image(content, QSize(LONGEST, LONGEST))
    return b"" if small.isNull() else jpeg(small, QUALITY)
