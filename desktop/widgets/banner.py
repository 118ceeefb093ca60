"""The strip under the top bar that says what happened and what to do; nothing pops up for what can be said in place.

A fault stays until it is closed or replaced; good news goes by itself, but not while the mouse is in the window: what lies below would
move up under the hand that is about to press it.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from desktop.widgets.looks import button, label, mark, row

BannerTone = Literal["pine", "ochre", "red"]
_SIGNS: dict[str, str] = {"pine": "✓", "ochre": "!", "red": "✕"}
_NEWS_MS = 8000


class Banner(QFrame):
    """Hidden while there is nothing to say. Signals: ``acted()`` its button was pressed; ``closed()``."""

    acted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._sign = label("", "strong", self)
        self._text = label("", "", self, wrap=True)
        self._act = button("", "link", self)
        self._close = button("知道了", "link", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_NEWS_MS)
        self._timer.timeout.connect(self._on_read)
        self._was_read = False
        self._act.clicked.connect(self.acted)
        self._close.clicked.connect(self.close_now)
        inner = row(self)
        inner.setContentsMargins(12, 6, 12, 6)
        inner.addWidget(self._sign)
        inner.addWidget(self._text, 1)
        inner.addWidget(self._act)
        inner.addWidget(self._close)
        self.hide()

    def say(self, text: str, tone: BannerTone = "pine", action: str = "") -> None:
        """Show a sentence in place of the one before, nothing for an empty one; ``action`` is the word on a button beside it."""
        if not text:
            self.close_now()
            return
        mark(self, "tone", tone)
        self._sign.setText(_SIGNS[tone])
        self._text.setText(text)
        self._act.setText(action)
        self._act.setVisible(bool(action))
        self.show()
        self._timer.stop()
        self._was_read = False
        if tone == "pine" and not action:
            self._timer.start()

    def drop_news(self) -> None:
        """Another page is opened: good news that had its time goes."""
        if self._was_read:
            self.close_now()

    def text(self) -> str:
        """What it says, "" when hidden."""
        return "" if self.isHidden() else self._text.text()

    @Slot()
    def close_now(self) -> None:
        """Take it away."""
        self._timer.stop()
        self._was_read = False
        self.hide()
        self.closed.emit()

    def _on_read(self) -> None:
        self._was_read = True
        if not self.window().underMouse():
            self.close_now()
