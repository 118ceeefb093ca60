"""Photos of the tour, painted by the program: paper with words on it, so that a page of evidence looks like one. Nobody is on them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

SIZE = (800, 600)
_SHEET = QRect(60, 60, 680, 480)
_GROUNDS = ("#8a9a7b", "#7d8ea3", "#a08d73", "#6f8f88", "#9a7f86")


def take(folder: Path, name: str, told: str, at: datetime) -> Path:
    """A JPEG in ``folder`` whose name says what it shows, as clerks name them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}_{at:%Y%m%d_%H%M%S}.jpg"
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(_GROUNDS[sum(map(ord, name)) % len(_GROUNDS)]))
    painter = QPainter(image)
    painter.fillRect(_SHEET, QColor("#fdfbf5"))
    painter.setPen(QColor("#333333"))
    font = QFont(painter.font())
    font.setPixelSize(40)
    painter.setFont(font)
    painter.drawText(_SHEET, Qt.AlignmentFlag.AlignCenter, f"{told}\n（演示图片）\n{at:%Y-%m-%d %H:%M}")
    painter.end()
    if not image.save(str(path), quality=82):
        raise OSError(f"the photo {path.name} could not be written")
    return path
