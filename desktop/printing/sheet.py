"""One page of a paper on the screen: the paper itself on a darker ground, scaled whole into the space or at its real size."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.printing.geometry import UNITS_PER_INCH
from desktop.printing.layout import Layout
from desktop.printing.render import draw_page

MARGIN = 14
SHADOWS = ((4, 10), (2, 18), (1, 28))
"""Steps of the soft edge round the paper: how far out in pixels, how dark of 255."""


class PaperSheet(QWidget):
    """Paints page ``number`` of a layout; empty without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout: Layout | None = None
        self._number = 0
        self._real_size = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_page(self, layout: Layout | None, number: int = 0) -> None:
        """Show a page, or nothing."""
        self._layout, self._number = layout, number
        self._settle()

    def set_real_size(self, real: bool) -> None:
        """At real size the sheet asks for its own space and is scrolled; else it shrinks into what there is."""
        self._real_size = real
        self._settle()

    def sizeHint(self) -> QSize:
        return QSize(400, 540)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().window().color().darker(112))
        if self._layout is not None:
            self._paint(painter, self._layout)
        painter.end()

    def _settle(self) -> None:
        if self._layout is not None and self._real_size:
            scale = self.logicalDpiX() / UNITS_PER_INCH
            width, height = self._layout.sheet.width * scale, self._layout.sheet.height * scale
            self.setMinimumSize(round(width) + 2 * MARGIN, round(height) + 2 * MARGIN)
        else:
            self.setMinimumSize(0, 0)
        self.update()

    def _paint(self, painter: QPainter, layout: Layout) -> None:
        sheet = layout.sheet
        room = self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        scale = min(room.width() / sheet.width, room.height() / sheet.height)
        if scale <= 0:
            return
        paper = QRectF(0, 0, sheet.width * scale, sheet.height * scale)
        paper.moveCenter(room.toRectF().center())
        painter.setPen(Qt.PenStyle.NoPen)
        for out, dark in SHADOWS:
            painter.fillRect(paper.adjusted(-out, -out, out, out), QColor(0, 0, 0, dark))
        painter.fillRect(paper, Qt.GlobalColor.white)
        painter.setClipRect(paper)
        painter.translate(paper.topLeft())
        painter.scale(scale, scale)
        draw_page(painter, layout, self._number)
