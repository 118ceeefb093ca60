"""A button that opens a list of acts: for what is done now and then, so that the head of a page has room for what is done daily.

An act that cannot be done now stays in the list, grey, and says why when the pointer rests on it.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from desktop.widgets.looks import mark


class MenuButton(QPushButton):
    """Signal ``chosen(what)``: the key of the act that was chosen."""

    chosen = Signal(str)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._acts: dict[str, QAction] = {}
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self._menu.triggered.connect(self._on_triggered)
        self.setMenu(self._menu)

    def add(self, what: str, text: str, shortcut: str = "") -> QAction:
        """One more act at the end; ``shortcut`` is shown only, the window holds the key."""
        act = self._menu.addAction(f"{text}\t{shortcut}" if shortcut else text)
        act.setProperty("what", what)
        self._acts[what] = act
        return act

    def clear_acts(self) -> None:
        """Take all acts away, to offer others."""
        self._menu.clear()
        self._acts.clear()

    def add_line(self) -> None:
        """Part what follows from what stands above."""
        self._menu.addSeparator()

    def act(self, what: str) -> QAction:
        """One act by its key."""
        return self._acts[what]

    def allow(self, what: str, why_not: str = "") -> None:
        """Let an act be chosen, or say why it cannot be done now."""
        act = self._acts[what]
        act.setEnabled(not why_not)
        act.setToolTip(why_not)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(14, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's own arrow would stand at the far edge in another colour; it is drawn as part of the words."""
        option: Any = QStyleOptionButton()
        self.initStyleOption(option)
        option.features &= ~QStyleOptionButton.ButtonFeature.HasMenu
        option.text = f"{self.text()} ▾"
        painter = QStylePainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _on_triggered(self, act: QAction) -> None:
        self.chosen.emit(str(act.property("what")))


def help_button(parent: QWidget) -> MenuButton:
    """The button 帮助: it takes no keyboard, so that F1 is asked of the part that had it."""
    made = MenuButton("帮助", parent)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    mark(made, "kind", "quiet")
    return made
