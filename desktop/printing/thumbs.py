"""Thumbnails: small JPEGs, turned the way the photo was taken, that lists show instead of the whole file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImageWriter

from desktop.printing.photos import image

LONGEST = 240
QUALITY = 78


def thumbnail(content: bytes) -> bytes:
    """A JPEG of at most 240 points a side; empty when ``content`` is no picture that can be opened. Safe off the window's thread."""
    small = image(content, QSize(LONGEST, LONGEST))
    if small.isNull():
        return b""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(QUALITY)
    writer.write(small)
    return bytes(buffer.data().data())
