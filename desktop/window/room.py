"""The room of the open page: a page fills it, and scrolls where the window is too small for it.

A small screen drawn at 150 % is left with 910 × 512 points; a page that cannot give way so far keeps its least size and is moved.
"""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.widgets.stack import Stack


class Room(QScrollArea):
    """Holds ``stack``; every page begins at its top."""

    def __init__(self, stack: Stack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        stack.setObjectName("ground")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setWidget(stack)
        stack.currentChanged.connect(self._on_turned)

    def _on_turned(self) -> None:
        self.horizontalScrollBar().setValue(0)
        self.verticalScrollBar().setValue(0)
