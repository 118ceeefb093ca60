"""Drawing one laid-out page with QPainter; screen, printer and PDF all come through ``draw_page``."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.printing import drill
from desktop.printing.fonts import Face, font
from desktop.printing.geometry import PT
from desktop.printing.layout import Layout
from desktop.printing.page import Placed
from desktop.printing.photos import BROKEN, printable

RULE = 0.5 * PT
INK = QColor(0, 0, 0)
FAINT = QColor(225, 225, 225)


def draw_page(painter: QPainter, layout: Layout, n: int) -> None:
    """Page ``n`` (from 0) with its top left at the painter's origin, in tenths of a point; scale the painter for the device."""
    page = layout.pages[n]
    if layout.drill:
        drill.draw(painter, layout.sheet)
    for picture in page.pictures:
        _picture(painter, picture)
    if layout.paper.watermark:
        _watermark(painter, layout)
    painter.setPen(QPen(INK, RULE))
    painter.drawLines([QLineF(*rule) for rule in page.rules()])
    painter.setPen(INK)
    for (face, size), lines in page.texts.items():
        plain = font(face, size)
        painter.setFont(plain)
        for line in lines:
            if line.stretch != 1:
                painter.setFont(font(face, size, line.stretch))
            painter.drawText(QPointF(line.x, line.y), line.text)
            if line.stretch != 1:
                painter.setFont(plain)


def _picture(painter: QPainter, picture: Placed) -> None:
    box = QRectF(picture.x, picture.y, picture.width, picture.height)
    found = printable(picture.content, picture.width, picture.height)
    if not found.isNull():
        painter.drawImage(box, found)
        return
    painter.setPen(QPen(INK, RULE))
    painter.drawRect(box)
    painter.setFont(font(Face.SONG, 10.5 * PT))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, BROKEN)


def _watermark(painter: QPainter, layout: Layout) -> None:
    painter.save()
    painter.translate(layout.sheet.width / 2, layout.sheet.height / 2)
    painter.rotate(-35)
    painter.setPen(FAINT)
    painter.setFont(font(Face.HEI, 96 * PT))
    wide = painter.fontMetrics().horizontalAdvance(layout.paper.watermark)
    painter.drawText(QPointF(-wide / 2, 0), layout.paper.watermark)
    painter.restore()
