"""Parts of a window one behind another, of which only the one in front says how much room it needs."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget


class Stack(QStackedWidget):
    """Qt lets the largest of all decide, even one that was never looked at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self._on_turned)

    def minimumSizeHint(self) -> QSize:
        part = self.currentWidget()
        return part.minimumSizeHint().expandedTo(part.minimumSize()) if self.count() else QSize()

    def heightForWidth(self, width: int) -> int:
        """Lists give way to the height they get: what they would like is no reason to scroll what holds them."""
        return -1

    def _on_turned(self) -> None:
        self.updateGeometry()
