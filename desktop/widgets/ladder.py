"""The step ladder that stands at the top of every household: where it is, what was done when, what it waits for.

Each state has its own mark (tick, full dot, empty ring, cross) and words below, so that nothing is said by colour alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.widgets.colours import Scheme, scheme

State = Literal["done", "current", "todo", "stopped"]
_WORDS: dict[State, str] = {"done": "已完成", "current": "当前", "todo": "未到", "stopped": "已停止"}
_RADIUS = 9


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One step: its name, a short note below (date, figure, what it waits for), its state."""

    title: str
    note: str = ""
    state: State = "todo"


class Ladder(QWidget):
    """Draws the steps from left to right; long notes are cut and shown whole as a tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[LadderStep, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def steps(self) -> tuple[LadderStep, ...]:
        """The steps shown."""
        return self._steps

    def set_steps(self, steps: Sequence[LadderStep]) -> None:
        """Show other steps."""
        self._steps = tuple(steps)
        self.setAccessibleName("，".join(f"{s.title} {_WORDS[s.state]} {s.note}".strip() for s in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(96 * max(len(self._steps), 1), 64)

    def minimumSizeHint(self) -> QSize:
        return QSize(56 * max(len(self._steps), 1), 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = scheme()
        for index in range(1, len(self._steps)):
            self._paint_rail(painter, colours, index)
        for index, step in enumerate(self._steps):
            self._paint_mark(painter, colours, step, self._centre(index))
            self._paint_words(painter, colours, step, self._slot(index))
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            step = self._at(event.pos())
            QToolTip.showText(
                event.globalPos(), f"{step.title}（{_WORDS[step.state]}）\n{step.note}" if step else "", self
            )
            return True
        return super().event(event)

    def _slot(self, index: int) -> QRect:
        width = self.width() / max(len(self._steps), 1)
        return QRect(round(index * width), 0, round(width), self.height())

    def _centre(self, index: int) -> QPointF:
        slot = self._slot(index)
        return QPointF(slot.center().x(), _RADIUS + 2)

    def _at(self, place: QPoint) -> LadderStep | None:
        return next((step for index, step in enumerate(self._steps) if self._slot(index).contains(place)), None)

    def _paint_rail(self, painter: QPainter, colours: Scheme, index: int) -> None:
        climbed = self._steps[index - 1].state == "done" and self._steps[index].state != "todo"
        painter.setPen(QPen(colours.colour("pine" if climbed else "line"), 2))
        painter.drawLine(self._centre(index - 1) + QPointF(_RADIUS, 0), self._centre(index) - QPointF(_RADIUS, 0))

    def _paint_mark(self, painter: QPainter, colours: Scheme, step: LadderStep, centre: QPointF) -> None:
        filled = {"done": "pine", "current": "red", "stopped": "ochre", "todo": "sheet"}[step.state]
        painter.setBrush(colours.colour(filled))
        painter.setPen(QPen(colours.colour("field_line" if step.state == "todo" else filled), 2))
        painter.drawEllipse(centre, _RADIUS, _RADIUS)
        painter.setPen(QPen(colours.colour("on_pine"), 1.6))
        x, y = centre.x(), centre.y()
        if step.state == "done":
            painter.drawPolyline([QPointF(x - 4, y), QPointF(x - 1, y + 3.5), QPointF(x + 4, y - 4)])
        elif step.state == "stopped":
            painter.drawLine(QPointF(x - 3, y - 3), QPointF(x + 3, y + 3))
            painter.drawLine(QPointF(x - 3, y + 3), QPointF(x + 3, y - 3))

    def _paint_words(self, painter: QPainter, colours: Scheme, step: LadderStep, slot: QRect) -> None:
        font = QFont(self.font())
        font.setPixelSize(13)
        font.setBold(step.state == "current")
        painter.setFont(font)
        strong = {"current": "red", "stopped": "ochre", "done": "ink", "todo": "soft"}[step.state]
        painter.setPen(colours.colour(strong))
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(slot.left(), 23, slot.width(), 22), centre, _cut(font, step.title, slot.width()))
        small = QFont(self.font())
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(colours.colour(strong if step.state in ("current", "stopped") else "quiet"))
        painter.drawText(QRect(slot.left(), 42, slot.width(), 18), centre, _cut(small, step.note, slot.width()))


def _cut(font: QFont, text: str, width: int) -> str:
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width - 4)
