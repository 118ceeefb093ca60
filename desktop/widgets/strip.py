"""A strip that stays until it is answered: an unsaved application to go on with, what an import did and what it left out."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from desktop.widgets.banner import BannerTone
from desktop.widgets.looks import button, label, mark, row

_SIGNS: dict[BannerTone, str] = {"pine": "✓", "ochre": "!", "red": "✕"}


class Strip(QFrame):
    """Hidden while it has nothing to say; ``buttons`` stand at its right in the order given."""

    def __init__(self, buttons: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._sign = label("", "strong", self)
        self._text = label("", "", self, wrap=True)
        inner = row(self)
        inner.setContentsMargins(12, 6, 12, 6)
        inner.addWidget(self._sign)
        inner.addWidget(self._text, 1)
        self.buttons: list[QPushButton] = [button(text, "link", self) for text in buttons]
        for made in self.buttons:
            inner.addWidget(made)
        self.hide()

    def say(self, text: str, tone: BannerTone = "ochre") -> None:
        """Say a sentence; an empty one hides the strip."""
        mark(self, "tone", tone)
        self._sign.setText(_SIGNS[tone])
        self._text.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What it says, "" when hidden."""
        return "" if self.isHidden() else self._text.text()
