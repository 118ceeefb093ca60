"""各步户数: a bar for each step, the longest one full; a click on a bar asks for the households behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.colours import scheme

_LINE = 26
_NAME, _FIGURES = 76, 108


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: its name, how many 户 and 人 stand there, and the thing to open."""

    name: str
    households: int
    persons: int
    thing: object


class StepBars(QWidget):
    """Signal ``chosen(thing)``: a bar with households was pressed."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other figures."""
        self._bars = tuple(bars)
        self.setAccessibleName("；".join(f"{b.name} {b.households} 户 {b.persons} 人" for b in bars))
        self.setFixedHeight(len(bars) * _LINE)
        self.update()

    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def place(self, index: int) -> QRect:
        """Where the line of a bar is."""
        return QRect(0, index * _LINE, self.width(), _LINE)

    def sizeHint(self) -> QSize:
        return QSize(280, len(self._bars) * _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), scheme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((b.households for b in self._bars), default=0)
        for index, bar in enumerate(self._bars):
            line = self.place(index)
            painter.setPen(colours.colour("ink" if bar.households else "quiet"))
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, bar.name)
            figures = f"{bar.households:,} 户 {bar.persons:,} 人"
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figures)
            track = QRect(_NAME, line.center().y() - 4, self.width() - _NAME - _FIGURES, 9)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("row_line"))
            painter.drawRoundedRect(track, 4, 4)
            if most and bar.households:
                track.setWidth(max(9, track.width() * bar.households // most))
                painter.setBrush(colours.colour("pine"))
                painter.drawRoundedRect(track, 4, 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = int(event.position().y()) // _LINE
        if 0 <= index < len(self._bars) and self._bars[index].households:
            self.chosen.emit(self._bars[index].thing)
