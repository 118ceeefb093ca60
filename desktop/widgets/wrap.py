"""What goes on in the next line where the window is too narrow, as words do on paper: a row of parts, and the room it keeps for itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class WrapRow(QLayout):
    """``gap`` pixels stand between parts and between lines; every part has the size it asks for and stands in the middle of its line."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items]
        gaps = self.spacing() * max(len(sizes) - 1, 0)
        return QSize(sum(size.width() for size in sizes) + gaps, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """One part a line; how high that is depends on the width."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(*(max((side(size) for size in sizes), default=0) for side in (QSize.width, QSize.height)))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        for item, place in zip(self._items, self._places(rect.width()), strict=True):
            item.setGeometry(place.translated(rect.topLeft()))

    def _places(self, width: int) -> list[QRect]:
        """Where each part stands in a rectangle ``width`` wide that begins at 0, 0."""
        places: list[QRect] = []
        line: list[QRect] = []
        at, below = QPoint(0, 0), 0
        for item in self._items:
            size = item.sizeHint()
            if line and at.x() + size.width() > width:
                places += _centred(line)
                at, line = QPoint(0, below + self.spacing()), []
            line.append(QRect(at, size))
            at.setX(at.x() + size.width() + self.spacing())
            below = max(below, line[-1].bottom() + 1)
        return places + _centred(line)


def _centred(line: list[QRect]) -> list[QRect]:
    """The parts of a line, lower ones in the middle of it."""
    highest = max((place.height() for place in line), default=0)
    return [place.translated(0, (highest - place.height()) // 2) for place in line]


class _Keeper(QObject):
    """Gives a widget the least height its lines need at its width."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and isinstance(watched, QWidget):
            needed = max(watched.heightForWidth(watched.width()), 0)
            if needed != watched.minimumHeight():
                watched.setMinimumHeight(needed)
        return False


def keep_whole(widget: QWidget) -> None:
    """Let a widget of several lines never be lower than they are: where the window is too small, the page scrolls instead."""
    widget.installEventFilter(_Keeper(widget))
