"""The two strips that frame the work: the bar at the top (product, town, search, who works today) and the line at the foot (where the
data lies, that it is safe, what is selected)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.widgets.looks import button, label, mark, row
from desktop.widgets.menus import help_button
from desktop.window.search import SearchBox

_WEEK = "一二三四五六日"
_FIRST = 100
"""The search takes all the room up to its usual width before the rest stays empty."""


class TopBar(QWidget):
    """``search`` is the search box, ``help`` opens a list of errands, ``person`` is a button the window hangs a menu on (换人、锁定)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(52)
        self._town = label("", "quiet", self)
        self.search = SearchBox(self)
        self.help = help_button(self)
        self.person = button("", "link", self)
        mark(self.person, "kind", "quiet")
        self._day = label("", "quiet", self)
        brand = label("户有卡", "", self)
        mark(brand, "role", "brand")
        inner = row(self, 8)
        inner.setContentsMargins(16, 0, 16, 0)
        for part in (brand, self._town):
            inner.addWidget(part)
        inner.addSpacing(6)
        inner.addWidget(self.search, _FIRST)
        inner.addStretch(1)
        inner.addWidget(self.help)
        inner.addWidget(self.person)
        inner.addWidget(self._day)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen drawn large the day gives way, then the town; what is pressed never does."""
        super().resizeEvent(event)
        for part in (self._town, self._day):
            part.show()
        for part in (self._day, self._town):
            if self.minimumSizeHint().width() > self.width():
                part.hide()

    def set_town(self, text: str) -> None:
        """The office at whose desk we sit: 华阳镇扶贫办."""
        self._town.setText(text)

    def set_person(self, text: str) -> None:
        """Who is logged in and as what: 经办人：陈."""
        self.person.setText(text)

    def set_day(self, day: date) -> None:
        """The day the record reckons with."""
        self._day.setText(f"· {day.isoformat()} 周{_WEEK[day.weekday()]}")


class Foot(QWidget):
    """The status line: facts of the record at the left, the selection at the right."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        self._facts = label("", "", self)
        self._safety = label("", "", self)
        self._selection = label("", "", self)
        inner = row(self, 6)
        inner.setContentsMargins(16, 0, 16, 0)
        inner.addWidget(self._facts)
        inner.addWidget(self._safety)
        inner.addStretch(1)
        inner.addWidget(self._selection, 0, Qt.AlignmentFlag.AlignRight)

    def set_facts(self, text: str) -> None:
        """Town, villages, households and persons, and where the data lies."""
        self._facts.setText(text)

    def set_safety(self, text: str, due: bool = False) -> None:
        """When it was last backed up; ``due`` says it in the colour of a warning."""
        self._safety.setText(f"· {text}" if text else "")
        mark(self._safety, "role", "warn" if due else "")

    def set_selection(self, text: str) -> None:
        """Count, sum and average of what is selected."""
        self._selection.setText(text)

    def texts(self) -> tuple[str, str, str]:
        """Facts, safety, selection."""
        return self._facts.text(), self._safety.text(), self._selection.text()
