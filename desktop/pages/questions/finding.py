"""A searchable list: some letters, words or pinyin initials narrow it, the arrow keys walk through it without leaving the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from desktop.widgets.initials import initials
from desktop.widgets.lines import Line
from desktop.widgets.looks import column

_WALKING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to find: its key, what it is called, and the group it stands under; one asked ``often`` comes before others that fit as well."""

    key: str
    label: str
    group: str
    often: bool = False


class Finding(QWidget):
    """Signals: ``walked(key)`` another line is current, "" for none; ``chosen(key)`` Enter or a double click."""

    walked = Signal(str)
    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice], hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self.line = Line(self)
        self.line.setPlaceholderText(hint)
        self.line.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setObjectName("hits")
        whole = column(self, 6)
        whole.addWidget(self.line)
        whole.addWidget(self.list, 1)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._narrow)
        self.list.currentItemChanged.connect(self._on_walked)
        self.list.itemDoubleClicked.connect(self._on_chosen)
        self._narrow()

    def key(self) -> str:
        """The key of the current line, "" when nothing is found."""
        place = self.list.currentRow()
        return str(self.list.item(place).data(Qt.ItemDataRole.UserRole)) if place >= 0 else ""

    def choose(self, key: str) -> None:
        """Make a line the current one."""
        for place in range(self.list.count()):
            if self.list.item(place).data(Qt.ItemDataRole.UserRole) == key:
                self.list.setCurrentRow(place)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer others; what is typed still narrows them."""
        self._choices = tuple(choices)
        self._narrow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _WALKING:
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.line.composing:
                if self.key():
                    self.chosen.emit(self.key())
                return True
        return super().eventFilter(watched, event)

    def _narrow(self) -> None:
        typed = self.line.text().strip().lower()
        kept = self.key()
        self.list.clear()
        for one in _ranked(self._choices, typed):
            item = QListWidgetItem(f"{one.group} · {one.label}" if one.group else one.label)
            item.setData(Qt.ItemDataRole.UserRole, one.key)
            self.list.addItem(item)
        self.choose(kept)
        if typed or self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _on_walked(self) -> None:
        self.walked.emit(self.key())

    def _on_chosen(self) -> None:
        self.chosen.emit(self.key())


def _ranked(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """Those that fit what is typed, labels that begin with it first."""
    if not typed:
        return list(choices)
    found = [(_rank(one, typed), n) for n, one in enumerate(choices)]
    return [choices[n] for rank, n in sorted(found) if rank < _UNFIT]


_UNFIT = 9


def _rank(one: Choice, typed: str) -> int:
    label, letters = one.label.lower(), initials(one.label)
    begins = label.startswith(typed) or letters.startswith(typed)
    if one.often and (begins or typed in label or typed in letters):
        return 0 if begins else 1
    if begins:
        return 2
    return 3 if typed in label else 4 if typed in letters else 5 if typed in one.group else _UNFIT
