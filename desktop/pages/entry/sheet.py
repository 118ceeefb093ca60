"""The quiet page before the work begins: the name of the program, one white sheet in the middle, room for one thing to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from db.errors import Known, Refused
from desktop.widgets.banner import Banner
from desktop.widgets.looks import Card, button, column, label, mark, row, scrolled

WEEK = "一二三四五六日"
WIDTH = 440


def day_words(day: date) -> str:
    """2016-11-21 周一."""
    return f"{day.isoformat()} 周{WEEK[day.weekday()]}"


def sentence(error: Exception) -> str:
    """What a refusal or known trouble says, in one piece."""
    if isinstance(error, Refused):
        return "".join(f"{p.where}：{p.text}" if p.where else p.text for p in error.problems)
    return (
        f"{error.text}{error.remedy}"
        if isinstance(error, Known)
        else "程序出了一处差错，这一步没有办成，已有的内容没有改动。"
    )


class EntrySheet(QWidget):
    """``body`` of ``card`` is to be filled; ``links`` stand below it in small letters."""

    def __init__(self, title: str, parent: QWidget | None = None, width: int = WIDTH) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.brand = label("户有卡", "", self)
        mark(self.brand, "role", "brand")
        self.office = label("", "quiet", self)
        self.title = label(title, "title", self)
        self.subtitle = label("", "subtitle", self, wrap=True)
        self.banner = Banner(self)
        self.card = Card(parent=self, margin=24)
        self.card.setFixedWidth(width)
        self.links = row(gap=16)
        self._lay_out(width)

    def say(self, text: str, action: str = "") -> None:
        """Say what is wrong above the sheet; "" takes it away."""
        if text:
            self.banner.say(text, "red", action)
        else:
            self.banner.close_now()

    def add_link(self, text: str) -> QPushButton:
        """A small way out below the sheet; connect its ``clicked`` to a bound method."""
        made = button(text, "link", self)
        self.links.insertWidget(self.links.count() - 1, made)
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys end here: what lies under a lock page gets none."""
        event.accept()

    def _lay_out(self, width: int) -> None:
        ground = QWidget(self)
        whole, head, middle = column(ground, 12, 24), row(gap=10), column(gap=12)
        column(self).addWidget(scrolled(ground))
        head.addWidget(self.brand)
        head.addWidget(self.office)
        head.addStretch(1)
        self.banner.setFixedWidth(width)
        body = self.card.body
        body.setSpacing(14)
        body.addWidget(self.title)
        body.addWidget(self.subtitle)
        below = row()
        below.addStretch(1)
        self.links.addStretch(1)
        below.addLayout(self.links)
        below.addStretch(1)
        for part in (self.banner, self.card):
            # Between stretches, not aligned: an aligned widget is not asked how high it gets with wrapped lines.
            line = row()
            line.addStretch(1)
            line.addWidget(part)
            line.addStretch(1)
            middle.addLayout(line)
        middle.addLayout(below)
        whole.addLayout(head)
        whole.addStretch(2)
        whole.addLayout(middle)
        whole.addStretch(3)


def enable(parts: Sequence[QWidget], on: bool) -> None:
    """Free or lock what may not be touched while something is under way."""
    for part in parts:
        part.setEnabled(on)
