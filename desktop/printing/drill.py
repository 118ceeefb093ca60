"""The mark of a practice record on every page of every paper: 演练 twice across the page behind the words, and a line at its head.

A layout takes the mark when it is made and keeps it, however and whenever it is drawn.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from db.store.practising import MARK, WORDS
from desktop.printing.fonts import Face, font
from desktop.printing.geometry import MM, PT, Sheet

LINE = f"{MARK}　{WORDS}"
_FAINT, _INK = QColor(218, 218, 218), QColor(0, 0, 0)
_SHARE = 0.45
"""How much of the page's shorter side the two characters take."""
_HEAD_MM = 7.5


def draw(painter: QPainter, sheet: Sheet) -> None:
    """Mark one page of ``sheet``, before anything else is drawn on it."""
    painter.save()
    size = min(sheet.width, sheet.height) * _SHARE / len(MARK)
    painter.setFont(font(Face.HEI, size))
    painter.setPen(_FAINT)
    wide = painter.fontMetrics().horizontalAdvance(MARK)
    for part in (0.28, 0.72):
        across, down = (part, 0.5) if sheet.width > sheet.height else (0.5, part)
        painter.save()
        painter.translate(sheet.width * across, sheet.height * down)
        painter.rotate(-30)
        painter.drawText(QPointF(-wide / 2, size * 0.37), MARK)
        painter.restore()
    painter.setFont(font(Face.HEI, 9 * PT))
    painter.setPen(_INK)
    wide = painter.fontMetrics().horizontalAdvance(LINE)
    painter.drawText(QPointF((sheet.width - wide) / 2, _HEAD_MM * MM), LINE)
    painter.restore()
