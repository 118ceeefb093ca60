"""Draws the program's icon from its SVG: one .ico file with the sizes Windows asks for, and the picture at the installer's side."""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Those of the title bar, lists and desktop at 100, 125, 150 and 200 % scaling."""
_PNG_FROM = 256
"""Up to here older parts of Windows, and the installer, want plain bitmaps."""
_SIDE, _SIDE_ICON, _GROUND = (164, 314), 96, "#f7f3ea"
"""Width and height the installer's pages keep free at their side; our paper colour."""


def ico(pictures: Mapping[int, bytes]) -> bytes:
    """The bytes of an .ico file; ``pictures`` is side length to what `bitmap` gives, or a PNG from 256 on."""
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries = b""
    for side, data in pictures.items():
        entries += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return head + entries + b"".join(pictures.values())


def bitmap(side: int, rows: list[bytes]) -> bytes:
    """One picture of ``side`` rows from the top, each of ``side`` pixels in blue, green, red, alpha; followed by an empty mask."""
    mask = bytes((side + 31) // 32 * 4 * side)
    pixels = b"".join(reversed(rows))
    head = struct.pack("<IiiHHIIiiII", 40, side, side * 2, 1, 32, 0, len(pixels) + len(mask), 0, 0, 0, 0)
    return head + pixels + mask


def make(drawing: Path, icon: Path, side: Path) -> None:
    """Write the ``icon`` and the ``side`` picture (.bmp) from the SVG ``drawing``; needs PySide6, and no screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtSvg import QSvgRenderer

    held = QGuiApplication.instance() or QGuiApplication([])
    renderer = QSvgRenderer(str(drawing))
    if not renderer.isValid():
        raise ValueError(f"{drawing} is no SVG")
    icon.write_bytes(ico({size: _picture(renderer, size) for size in SIZES}))
    _draw_side(renderer, side)
    del held


def _picture(renderer: QSvgRenderer, side: int) -> bytes:
    from PySide6.QtCore import QBuffer, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter

    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    if side >= _PNG_FROM:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())
    line = image.bytesPerLine()
    pixels = bytes(image.constBits())
    return bitmap(side, [pixels[row * line : row * line + side * 4] for row in range(side)])


def _draw_side(renderer: QSvgRenderer, target: Path) -> None:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QImage, QPainter

    width, height = _SIDE
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(_GROUND))
    painter = QPainter(image)
    renderer.render(painter, QRectF((width - _SIDE_ICON) / 2, (height - _SIDE_ICON) / 2, _SIDE_ICON, _SIDE_ICON))
    painter.end()
    image.save(str(target), "BMP")  # type: ignore[call-overload]
