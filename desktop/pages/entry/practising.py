"""While the practice record is made: how far it is, and the way back."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.app.ticket import Ticket
from desktop.pages.entry.sheet import EntrySheet

_POLL_MS = 100
_WORDS = "编一个练习镇出来，每一步都有户在等着办。里面的人都是编的，怎么试都行；本镇的档案不受影响。"


class PractisingPage(EntrySheet):
    """Signal ``back_asked()``: to where the clerk came from, the making stopped."""

    back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("正在准备练习台账", parent)
        self.setProperty("help", "practice.md#打开")
        self.subtitle.setText(_WORDS)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.card.body.addWidget(self.bar)
        self.back = self.add_link("不练习了，返回")
        self.back.clicked.connect(self.back_asked)
        self._ticket: Ticket | None = None
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._look)

    def follow(self, ticket: Ticket) -> None:
        """Show how far a making is until ``stop``."""
        self._ticket = ticket
        self._look()
        self._poll.start()

    def stop(self) -> None:
        """Nothing is made any more."""
        self._poll.stop()
        self._ticket = None

    def _look(self) -> None:
        if self._ticket is not None:
            found = self._ticket.progress
            self.bar.setRange(0, found.total)
            self.bar.setValue(found.done)
