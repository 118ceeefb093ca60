"""An offer below a form: one line that, when pressed, fills fields with what is known already, such as the next number."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.widgets.form import Form
from desktop.widgets.looks import button, column


class Offer(QWidget):
    """Takes no room while it offers nothing."""

    def __init__(self, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self._texts: dict[str, str] = {}
        self.link = button("", "link", self)
        column(self).addWidget(self.link)
        self.link.clicked.connect(self._on_taken)
        self.hide()

    def make(self, text: str, texts: Mapping[str, str]) -> None:
        """Offer ``texts`` (field key to what is to stand there) in these words; no words, no offer."""
        self._texts = dict(texts)
        self.link.setText(text)
        self.setVisible(bool(text))

    def _on_taken(self) -> None:
        self._form.set_texts(self._texts)
        self._form.changed.emit()
