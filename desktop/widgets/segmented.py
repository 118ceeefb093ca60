"""A row of joined buttons of which one is chosen: 是 / 否 / 待核, answered with the keys 1, 2, 3 or a click.

It starts with nothing chosen, because an answer nobody gave must not look like one.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.widgets.colours import scheme
from desktop.widgets.pill import pill_font

_SIDE = 10
_HEIGHT = 24


class Segmented(QWidget):
    """Options are texts; ``alarm`` holds those that are drawn in vermilion when chosen (是 of a 七不进 item).

    Signals: ``changed()`` the clerk chose or cleared; ``moved(step)`` he asked for the next (+1) or previous (−1) control; the key
    also goes on to the form around it.
    """

    changed = Signal()
    moved = Signal(int)

    def __init__(self, options: Sequence[str], alarm: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._alarm = frozenset(alarm)
        self._chosen = -1
        self._locked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._explain()

    def set_options(self, options: Sequence[str], alarm: Sequence[str] = ()) -> None:
        """Offer other answers; the present one is kept where it is among them, else cleared, without telling anybody."""
        if tuple(options) == self._options:
            return
        kept = self.text()
        self._options, self._alarm = tuple(options), frozenset(alarm)
        self._explain()
        self.choose_text(kept)
        self.updateGeometry()

    def chosen(self) -> int:
        """Index of the answer, −1 when there is none."""
        return self._chosen

    def text(self) -> str:
        """The answer, "" when there is none."""
        return self._options[self._chosen] if self._chosen >= 0 else ""

    def choose(self, index: int) -> None:
        """Set the answer without telling anybody; −1 clears it."""
        self._chosen = index if 0 <= index < len(self._options) else -1
        self.setAccessibleDescription(self.text())
        self.update()

    def choose_text(self, text: str) -> None:
        """Set the answer by its word; any other word clears it."""
        self.choose(self._options.index(text) if text in self._options else -1)

    def set_read_only(self, locked: bool) -> None:
        """Whether keys and clicks are ignored."""
        self._locked = locked
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 1, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            event.ignore()
        elif Qt.Key.Key_1 <= key < Qt.Key.Key_1 + len(self._options):
            self._answer(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = 1 if key == Qt.Key.Key_Right else -1
            self._answer(min(max(self._chosen + step, 0), len(self._options) - 1))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._answer(-1)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        hit = next((n for n, box in enumerate(self._boxes()) if box.contains(event.position().toPoint())), -1)
        if hit >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._answer(hit)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = scheme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(pill_font(self.font()))
        frame = QPainterPath()
        frame.addRoundedRect(self.rect().adjusted(0, 0, -1, -1).toRectF().translated(0.5, 0.5), 4, 4)
        painter.fillPath(frame, colours.colour("shade" if self._locked else "sheet"))
        painter.setClipPath(frame)
        for index, box in enumerate(self._boxes()):
            self._paint_option(painter, index, box)
        painter.setClipping(False)
        fault = bool(self.property("fault"))
        painter.setPen(QPen(colours.colour("red" if fault else "pine" if self.hasFocus() else "field_line"), 1))
        painter.drawPath(frame)
        painter.end()

    def _paint_option(self, painter: QPainter, index: int, box: QRect) -> None:
        colours = scheme()
        text = self._options[index]
        if index == self._chosen:
            strong = "red" if text in self._alarm else "pine"
            painter.fillRect(box, colours.colour(strong))
            painter.setPen(colours.colour(f"on_{strong}"))
        else:
            painter.setPen(colours.colour("soft"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        if index:
            painter.setPen(colours.colour("line"))
            painter.drawLine(box.topLeft(), box.bottomLeft())

    def _explain(self) -> None:
        self.setToolTip("、".join(f"按 {n} 选“{text}”" for n, text in enumerate(self._options, 1)))

    def _answer(self, index: int) -> None:
        if self._locked or index == self._chosen:
            return
        self.choose(index)
        self.changed.emit()

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(pill_font(self.font()))
        return [metrics.horizontalAdvance(text) + 2 * _SIDE for text in self._options]

    def _boxes(self) -> list[QRect]:
        boxes, left = [], 0
        for width in self._widths():
            boxes.append(QRect(left, 0, width, _HEIGHT))
            left += width
        return boxes
