"""How the cells of our tables look: plain text, a pill, the days of a notice as squares, a button.

One delegate paints them all with as little work as possible, because a screen holds some three hundred of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.widgets.colours import Tone, scheme
from desktop.widgets.pill import paint_pill
from desktop.widgets.progress import paint_days

CELL = int(Qt.ItemDataRole.UserRole) + 1
ROW_HEIGHT = 34
_PAD = 10
_INK: dict[Tone, str] = {"": "ink", "pine": "pine", "ochre": "ochre", "red": "red", "grey": "quiet"}

Align = Literal["left", "right", "center"]
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is always what is copied and read aloud; ``look`` says how it is drawn.

    "days" draws ``days`` = (done, total) as squares; "button" draws a button that the table reports when pressed; "fault" underlines the
    text in vermilion; ``tip`` is shown when the mouse rests on it.
    """

    text: str
    tone: Tone = ""
    look: Literal["text", "pill", "days", "button", "fault"] = "text"
    days: tuple[int, int] = (0, 0)
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` names it to the source and in the remembered widths; ``sortable`` columns sort at a click on the title;
    ``summed`` ones are added up in the status line when cells are selected; one with a ``least`` width gives way down to it in a narrow
    window."""

    key: str
    title: str
    width: int = 100
    align: Align = "left"
    sortable: bool = True
    summed: bool = False
    least: int = 0


def as_cell(value: object) -> Cell:
    """A plain text as a cell; anything else that a source hands over reads as its text, because a fault in painting ends the program."""
    if not isinstance(value, Cell):
        return Cell(_text(value))
    text = _text(value.text)
    return value if text is value.text else replace(value, text=text)


class CellPainter(QStyledItemDelegate):
    """Paints a `Cell` given by the model under the role CELL."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = index.data(CELL)
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        colours = scheme()
        painter.save()
        painter.fillRect(rect, colours.colour("select" if state & QStyle.StateFlag.State_Selected else "sheet"))
        painter.setPen(colours.colour("row_line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if isinstance(cell, Cell):
            self._paint_cell(painter, rect, option, cell, int(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colours.colour("pine"), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.restore()

    def _paint_cell(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, cell: Cell, align: int) -> None:
        inner = rect.adjusted(_PAD, 0, -_PAD, -1)
        font: QFont = option.font  # type: ignore[attr-defined]
        painter.setFont(font)
        if cell.look == "pill":
            if cell.text:
                paint_pill(painter, inner, cell.text, cell.tone)
        elif cell.look == "days":
            paint_days(painter, inner, *cell.days)
        elif cell.look == "button":
            _paint_button(painter, rect, cell.text)
        else:
            painter.setPen(scheme().colour("red" if cell.look == "fault" else _INK[cell.tone]))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(cell.text.replace("\n", " "), Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, align or int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
            if cell.look == "fault":
                _paint_wave(painter, inner)


def alignment(align: Align) -> int:
    """A column's alignment as Qt's number."""
    return int(_ALIGN[align] | Qt.AlignmentFlag.AlignVCenter)


def button_box(rect: QRect, text_width: int) -> QRect:
    """Where the button of a cell is drawn, and so where a click counts."""
    width = min(text_width + 20, rect.width() - 12)
    return QRect(rect.left() + 6, rect.top() + 4, width, rect.height() - 9)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _paint_button(painter: QPainter, rect: QRect, text: str) -> None:
    if not text:
        return
    box = button_box(rect, painter.fontMetrics().horizontalAdvance(text))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(scheme().colour("field_line"))
    painter.setBrush(scheme().colour("sheet"))
    painter.drawRoundedRect(box.toRectF().translated(0.5, 0.5), 5, 5)
    painter.setPen(scheme().colour("ink"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _paint_wave(painter: QPainter, inner: QRect) -> None:
    y = inner.center().y() + 11
    width = min(inner.width(), 60)
    painter.drawPolyline([QPointF(inner.left() + x, y + (x // 3 % 2) * 2) for x in range(0, width, 3)])
