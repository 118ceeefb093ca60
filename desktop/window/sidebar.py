"""The jobs at the left in the order of the work, each with the count of what waits.

One widget paints them all; arrow keys walk, Enter or a click opens. On a screen too low for all of them they scroll.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.widgets.colours import scheme
from desktop.window import icons
from desktop.window.job import Job

WIDTH = 176
_STEP, _BREAK, _EDGE, _TOP = 40, 15, 8, 10
_LEAST, _GAP = 28, 2
"""On a low screen the jobs move together as far as this, so that the last of them stays in sight."""
_ROOM_FOR_BAR = 12


class Sidebar(QWidget):
    """Signals: ``chosen(key)``; ``reached(place)`` the job that is open stands there."""

    chosen = Signal(str)
    reached = Signal(QRect)

    def __init__(self, jobs: Sequence[Job], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumWidth(WIDTH - _ROOM_FOR_BAR)
        self.setAccessibleName("工作导航")
        self._jobs = tuple(jobs)
        self.setMinimumHeight(2 * _TOP + self._breaks() + _LEAST * len(self._jobs))
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
        if key in (job.key for job in self._jobs):
            self.reached.emit(self.place(key))

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
        room = self.height() - 2 * _TOP - self._breaks()
        return min(_STEP, max(_LEAST, room // max(len(self._jobs), 1)))

    def _breaks(self) -> int:
        """What the hairlines take together."""
        return _BREAK * sum(one.group != other.group for one, other in zip(self._jobs, self._jobs[1:], strict=False))

    def _paint_job(self, painter: QPainter, job: Job, box: QRect) -> None:
        here = job.key == self._current
        colours = scheme()
        if here:
            painter.setPen(QPen(colours.colour("ink"), 1) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("pine"))
            painter.drawRoundedRect(box.toRectF(), 6, 6)
        lead = 12 if self.width() >= WIDTH else 12 - _ROOM_FOR_BAR // 2  # else the badge would cut the longest title
        self._paint_icon(painter, job, QRect(box.left() + lead, box.center().y() - 8, 17, 17), here)
        painter.setPen(colours.colour("on_pine" if here else "soft"))
        painter.setFont(self.font())
        painter.drawText(
            box.adjusted(lead + 24, 0, -32 if self.count(job.key) else 0, 0), Qt.AlignmentFlag.AlignVCenter, job.title
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


class Shelf(QScrollArea):
    """Holds the sidebar; scrolls only where the screen is too low, and always to the job that is open."""

    def __init__(self, sidebar: Sidebar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shelf")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedWidth(WIDTH)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(sidebar)
        sidebar.reached.connect(self._on_reached)

    def _on_reached(self, place: QRect) -> None:
        self.ensureVisible(place.center().x(), place.center().y(), 0, place.height())
