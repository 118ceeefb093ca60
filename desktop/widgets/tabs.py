"""Tabs as in the household's file, over parts of a page: a bar of titles that say how much each holds, and the part chosen below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.widgets.looks import column
from desktop.widgets.stack import Stack


class Tabs(QWidget):
    """Signal ``chosen(part)``: another part is shown."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QTabBar(self)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self._stack = Stack(self)
        whole = column(self, 10)
        whole.addWidget(self.bar)
        whole.addWidget(self._stack, 1)
        self.bar.currentChanged.connect(self._on_changed)

    def add(self, part: QWidget, title: str) -> None:
        """Add a part at the right."""
        self._stack.addWidget(part)
        self.bar.addTab(title)

    def current(self) -> QWidget:
        """The part shown."""
        return self._stack.currentWidget()

    def choose(self, part: QWidget) -> None:
        """Show a part; a hidden one stays hidden."""
        place = self._stack.indexOf(part)
        if self.bar.isTabVisible(place):
            self.bar.setCurrentIndex(place)

    def title(self, part: QWidget) -> str:
        """What a part's tab says."""
        return self.bar.tabText(self._stack.indexOf(part))

    def set_title(self, part: QWidget, title: str) -> None:
        """Let a part's tab say something else."""
        self.bar.setTabText(self._stack.indexOf(part), title)

    def set_shown(self, part: QWidget, shown: bool) -> None:
        """Offer a part or not."""
        self.bar.setTabVisible(self._stack.indexOf(part), shown)

    def is_shown(self, part: QWidget) -> bool:
        """Whether a part is offered."""
        return self.bar.isTabVisible(self._stack.indexOf(part))

    def _on_changed(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self.chosen.emit(self._stack.currentWidget())
