"""The jobs at the left in the order of the work, each with the count of what waits.

One widget paints them all; arrow keys walk, Enter or a click opens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.widgets.colours import scheme
from desktop.window import icons
from desktop.window.job import Job

WIDTH = 176
_STEP, _BREAK, _EDGE, _TOP = 40, 15, 8, 10
_LEAST, _GAP = 28, 2
"""On a low screen the jobs move together as far as this, so that the last of them stays in sight."""


class Sidebar(QWidget):
    """Signal ``chosen(key)``."""

    chosen = Signal(str)

    def __init__(self, jobs: Sequence[Job], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName("工作导航")
        self._jobs = tuple(jobs)
        self._counts: dict[str, int] = {}
        self._icons: dict[str, tuple[QIcon, QIcon]] = {}
        self._current = ""
        self._after_paint = QTimer(self)
        self._after_paint.setSingleShot(True)
        self._after_paint.timeout.connect(self.load_icons)
        self._painted = False

    def current(self) -> str:
        """Key of the job that is open."""
        return self._current

    def set_current(self, key: str) -> None:
        """Mark a job as open."""
        self._current = key
        self.update()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """What waits per job; jobs not named keep their count, 0 takes the badge away."""
        self._counts.update(counts)
        waiting = (f"{job.title} {self._counts[job.key]}" for job in self._jobs if self._counts.get(job.key))
        self.setAccessibleDescription("，".join(waiting))
        self.update()

    def count(self, key: str) -> int:
        """What waits in a job."""
        return self._counts.get(key, 0)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 400)

    def place(self, key: str) -> QRect:
        """Where a job stands."""
        return self._places()[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = [job.key for job in self._jobs]
        at = keys.index(self._current) if self._current in keys else 0
        if event.key() == Qt.Key.Key_Down:
            self.chosen.emit(keys[min(at + 1, len(keys) - 1)])
        elif event.key() == Qt.Key.Key_Up:
            self.chosen.emit(keys[max(at - 1, 0)])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        hit = next((key for key, box in self._places().items() if box.contains(place)), "")
        if hit and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(hit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._icons:
            self.load_icons()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        painter.fillRect(self.rect(), scheme().colour("shade"))
        painter.fillRect(self.width() - 1, 0, 1, self.height(), scheme().colour("line"))
        for before, job in zip(self._jobs, self._jobs[1:], strict=False):
            if before.group != job.group:
                painter.fillRect(12, places[job.key].top() - 9, self.width() - 25, 1, scheme().colour("line"))
        for job in self._jobs:
            self._paint_job(painter, job, places[job.key])
        painter.end()
        if not self._painted:
            self._painted = True
            self._after_paint.start(0)

    def load_icons(self) -> None:
        """Take the drawings in; called by itself after the first paint."""
        self._icons = icons.load({job.icon for job in self._jobs if job.icon})
        self.update()

    def _places(self) -> dict[str, QRect]:
        top, group, found = _TOP, None, {}
        step = self._step()
        for job in self._jobs:
            if group is not None and job.group != group:
                top += _BREAK
            found[job.key] = QRect(_EDGE, top, self.width() - 2 * _EDGE - 1, step - _GAP)
            top, group = top + step, job.group
        return found

    def _step(self) -> int:
        """From one job to the next."""
        breaks = sum(one.group != other.group for one, other in zip(self._jobs, self._jobs[1:], strict=False))
        room = self.height() - 2 * _TOP - breaks * _BREAK
        return min(_STEP, max(_LEAST, room // max(len(self._jobs), 1)))

    def _paint_job(self, painter: QPainter, job: Job, box: QRect) -> None:
        here = job.key == self._current
        colours = scheme()
        if here:
            painter.setPen(QPen(colours.colour("ink"), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("pine"))
            painter.drawRoundedRect(box.toRectF(), 6, 6)
        self._paint_icon(painter, job, QRect(box.left() + 12, box.center().y() - 8, 17, 17), here)
        painter.setPen(colours.colour("on_pine" if here else "soft"))
        painter.setFont(self.font())
        painter.drawText(
            box.adjusted(36, 0, -32 if self.count(job.key) else 0, 0), Qt.AlignmentFlag.AlignVCenter, job.title
        )
        if self.count(job.key):
            self._paint_badge(painter, box, str(self.count(job.key)))

    def _paint_icon(self, painter: QPainter, job: Job, place: QRect, here: bool) -> None:
        found = self._icons.get(job.icon)
        if found is not None:
            found[1 if here else 0].paint(painter, place)
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(scheme().colour("on_pine" if here else "quiet"), 2))
        painter.drawRoundedRect(place.adjusted(1, 1, -2, -2), 3, 3)

    def _paint_badge(self, painter: QPainter, box: QRect, text: str) -> None:
        width = max(QFontMetrics(self.font()).horizontalAdvance(text) + 12, 21)
        badge = QRectF(box.right() - 6 - width, box.center().y() - 9, width, 19)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scheme().colour("red"))
        painter.drawRoundedRect(badge, 9.5, 9.5)
        painter.setPen(scheme().colour("on_red"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)
