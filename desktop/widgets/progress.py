"""How far something is: the seven days of a notice as squares, a long job as a strip with 取消.

The strip is shown by whoever polls the job; it never asks the job itself.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QSizePolicy, QWidget

from desktop.widgets.colours import scheme
from desktop.widgets.looks import button, column, label, row

_SIDE, _GAP = 11, 2


def days_width(total: int) -> int:
    """Width in pixels of ``total`` squares."""
    return total * (_SIDE + _GAP)


def paint_days(painter: QPainter, place: QRect, done: int, total: int) -> None:
    """Draw ``total`` squares from the left of ``place``, the first ``done`` of them filled."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    top = place.center().y() - _SIDE / 2 + 1
    for day in range(total):
        painter.setBrush(scheme().colour("pine" if day < done else "line"))
        painter.drawRoundedRect(QRectF(place.left() + day * (_SIDE + _GAP), top, _SIDE, _SIDE - 1), 2, 2)
    painter.restore()


class Days(QWidget):
    """The days of a period as squares; the figures are also its tool tip."""

    def __init__(self, done: int = 0, total: int = 7, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total = done, total
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(done, total)

    def set(self, done: int, total: int) -> None:
        """Show other figures."""
        self._done, self._total = done, total
        self.setToolTip(f"第 {done} 天，共 {total} 天")
        self.setAccessibleName(self.toolTip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(days_width(self._total), _SIDE + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_days(painter, self.rect(), self._done, self._total)
        painter.end()


class ProgressStrip(QFrame):
    """What a long job is doing, how far it is, and 取消. Signal ``cancel_asked()``."""

    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("sheet", True)
        self._text = label("", "", self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self.cancel = button("取消", "plain", self)
        self.cancel.clicked.connect(self._on_cancel)
        words = column(gap=6)
        words.addWidget(self._text)
        words.addWidget(self._bar)
        inner = row(self, 16)
        inner.setContentsMargins(16, 8, 16, 10)
        inner.addLayout(words, 1)
        inner.addWidget(self.cancel)
        self.hide()

    def show_job(self, title: str, done: int = 0, total: int = 0, text: str = "", stoppable: bool = True) -> None:
        """Show a job; ``total`` 0 means nobody knows how long it takes."""
        figures = f"{done:,} / {total:,}" if total else ""
        self._text.setText(" ".join(part for part in (f"正在{title}", text, "…", figures) if part))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.cancel.setVisible(stoppable)
        if self.isHidden():
            self.cancel.setEnabled(True)
            self.cancel.setText("取消")
            self.show()

    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def _on_cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancel.setText("正在停止…")
        self.cancel_asked.emit()
