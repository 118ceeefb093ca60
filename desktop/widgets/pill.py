"""A pill: one short word on a tinted ground that says in which state something is.

The word carries the meaning; the tone only helps the eye.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.colours import Tone, scheme

_SIDE = 8


def pill_font(base: QFont) -> QFont:
    """The font of a pill: a touch smaller than its surroundings."""
    font = QFont(base)
    size = base.pixelSize()
    if size > 0:
        font.setPixelSize(max(size - 1, 11))
    return font


def pill_width(text: str, font: QFont) -> int:
    """Width in pixels of a pill saying ``text`` when its surroundings are set in ``font``."""
    return QFontMetrics(pill_font(font)).horizontalAdvance(text) + 2 * _SIDE


def paint_pill(painter: QPainter, place: QRect, text: str, tone: Tone) -> None:
    """Draw a pill at the left of ``place``, centred vertically, cut to its width."""
    painter.save()
    font = pill_font(painter.font())
    metrics = QFontMetrics(font)
    width = min(metrics.horizontalAdvance(text) + 2 * _SIDE, place.width())
    height = metrics.height()
    ground = QRectF(place.left(), place.center().y() - height / 2 + 0.5, width, height)
    ink, wash = scheme().tone(tone or "grey")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(wash)
    painter.drawRoundedRect(ground, height / 2, height / 2)
    painter.setPen(ink)
    painter.setFont(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width) - _SIDE)
    painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()


class Pill(QWidget):
    """A pill as a widget."""

    def __init__(self, text: str = "", tone: Tone = "grey", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone: Tone = tone
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """The word it says."""
        return self._text

    def tone(self) -> Tone:
        """The tone of its ground."""
        return self._tone

    def set(self, text: str, tone: Tone) -> None:
        """Say another word; an empty one hides the pill."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self._text, self.font()), QFontMetrics(self.font()).height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, self.rect(), self._text, self._tone)
        painter.end()
