"""The sheet every job of the clerk is laid out on: title, a line of explanation, buttons at the right, and room below.

A page that is not looked at does no work: when something it shows has changed it only marks itself stale and refreshes when shown.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.widgets.looks import ButtonKind, button, column, label, row
from desktop.widgets.tableview import SheetView


class Page(QWidget):
    """Base of all pages; subclasses fill ``body`` and override ``refresh``, and ``save``/``preview``/``next_record``/``leave`` if they
    have them.

    ``interests`` are the kinds of change (see `desktop.app.hub`) after which the page is stale.

    Signals: ``said(text, tone)`` a sentence for the window's banner, tone "pine", "ochre" or "red"; ``selection_said(text)`` for the
    status line; ``counts_said(mapping)`` job key to what waits there; ``go_asked(job, thing)`` open another job, with an id or None.
    """

    said = Signal(str, str)
    selection_said = Signal(str)
    counts_said = Signal(object)
    go_asked = Signal(str, object)

    interests: ClassVar[frozenset[str]] = frozenset()

    def __init__(
        self, title: str = "", subtitle: str = "", parent: QWidget | None = None, inline: bool = False
    ) -> None:
        """``inline`` sets the explanation beside the title instead of below it."""
        super().__init__(parent)
        self.setObjectName("ground")
        self.stale = True
        self._left: QWidget | None = None
        self.title_label = label(title, "title", self)
        self.subtitle_label = label(subtitle, "subtitle", self)
        self.tags: QHBoxLayout = row(gap=12)
        self.actions_row: QHBoxLayout = row(gap=12)
        self.body: QVBoxLayout = column(gap=14)
        whole = column(self, 10)
        whole.setContentsMargins(18, 8, 18, 14)
        whole.addLayout(self._head(inline))
        whole.addLayout(self.body, 1)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self.title_label.setText(title)

    def set_subtitle(self, text: str) -> None:
        """Change the explanation; an empty one takes no room."""
        self.subtitle_label.setText(text)
        self.subtitle_label.setVisible(bool(text))

    def add_button(self, text: str, kind: ButtonKind = "plain") -> QPushButton:
        """Put a button at the right of the title; connect its ``clicked`` to a bound method."""
        made = button(text, kind, self)
        self.actions_row.addWidget(made)
        return made

    def refresh(self) -> None:
        """Read anew what is shown; called when the page is shown stale and on F5."""

    def save(self) -> None:
        """Ctrl+S; in the window it arrives here, not at ``Form.save_asked``, which serves forms in dialogs."""

    def preview(self) -> None:
        """Ctrl+P."""

    def next_record(self) -> None:
        """F3."""

    def take_focus(self) -> None:
        """Put the keyboard where it was left, else on the first list, when the page is opened; pages that begin elsewhere say so."""
        places = (self._left, *self.findChildren(SheetView), self.focusWidget())
        (next(filter(_takes_keys, places), None) or self).setFocus()

    def leave_focus(self) -> None:
        """Another page is about to be opened: remember where the keyboard is, before Qt passes it on."""
        here: QWidget | None = self.focusWidget()
        self._left = None if isinstance(here, QPushButton) else here

    def may_leave(self) -> bool:
        """Whether the page can be left or the window closed now; a page with unsaved input asks here."""
        return True

    def open_thing(self, thing: object) -> None:
        """Show the thing another page asked for by ``go_asked``."""

    def take_change(self, kinds: frozenset[str], by: object) -> None:
        """The hub's news: refresh when looked at, mark stale otherwise, ignore what does not concern the page or was its own doing."""
        if by is self or not (kinds & self.interests):
            return
        self.stale = True
        if self.isVisible():
            self.renew()

    def renew(self) -> None:
        """Refresh now and be fresh."""
        self.stale = False
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale:
            self.renew()

    def _head(self, inline: bool) -> QHBoxLayout:
        head, words = row(gap=12), column(gap=2)
        first = row(gap=12)
        first.addWidget(self.title_label)
        first.addLayout(self.tags)
        if inline:
            first.addWidget(self.subtitle_label)
        first.addStretch(1)
        words.addLayout(first)
        if not inline:
            words.addWidget(self.subtitle_label)
        self.subtitle_label.setVisible(bool(self.subtitle_label.text()))
        head.addLayout(words, 1)
        head.addLayout(self.actions_row)
        return head


def _takes_keys(place: QWidget | None) -> bool:
    return place is not None and isValid(place) and place.isVisible() and place.isEnabled()
