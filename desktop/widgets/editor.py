"""What every editor of one value can do, whatever it looks like.

An editor holds what the clerk typed, even when it is no value (nothing typed is lost), and reads it by the kind of its field.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from db.fields.base import Field
from db.fields.kinds import Kind, Text, Unreadable
from desktop.widgets.looks import mark

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def half_width(text: str) -> str:
    """Full-width digits and Latin letters made half-width; Chinese punctuation stays."""
    return "".join(
        unicodedata.normalize("NFKC", char)
        if "０" <= char <= "９" or "Ａ" <= char <= "Ｚ" or "ａ" <= char <= "ｚ"
        else char
        for char in text
    )


class Editor(QWidget):
    """Base of all editors; ``core`` is the widget that takes the keys, ``field`` what F1 explains where no caption around it tells.

    Signals: ``changed()`` the clerk edited (committed text only, never while an input method composes, never by ``set_value``);
    ``left()`` the keyboard went elsewhere, after the text was tidied and checked; ``entered()`` the keyboard came.
    """

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, kind: Kind, core: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field: Field | None = None
        self.kind = kind
        self.core = core
        self._problem = ""
        self._touched = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(core)
        self.setFocusProxy(core)
        self.setFocusPolicy(core.focusPolicy())
        core.installEventFilter(self)
        self.changed.connect(self._on_touched)

    def raw(self) -> str:
        """What stands in it, as text."""
        raise NotImplementedError

    def set_raw(self, text: str) -> None:
        """Put text in without telling anybody; for drafts."""
        raise NotImplementedError

    def value(self) -> object | None:
        """The value, None when blank or unreadable (then ``problem()`` says why)."""
        try:
            return self.kind.read(self.raw())
        except Unreadable as error:
            self.set_problem(str(error.args[0]))
            return None

    def set_value(self, value: object | None) -> None:
        """Show a value without telling anybody and forget any problem."""
        self.set_raw(self.kind.show(value))
        self.set_problem("")

    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        return not self.raw().strip()

    def problem(self) -> str:
        """The sentence that is wrong with it, "" when nothing is."""
        return self._problem

    def set_problem(self, text: str) -> None:
        """Mark it as faulty, or as sound with ""; a mark from outside stays until the clerk edits."""
        self._problem = text
        if text:
            self._touched = False
        self.core.setAccessibleDescription(text)
        mark(self.core, "fault", bool(text))

    def check(self) -> str:
        """Read the text by its kind, keep and return the problem found."""
        self.set_problem("")
        self.value()
        return self._problem

    def set_read_only(self, locked: bool) -> None:
        """Whether it can be edited."""
        raise NotImplementedError

    def set_year(self, year: int) -> None:
        """The year the paper speaks of: what a code table had only in other years is shown as such."""

    def doubt(self) -> str:
        """What makes a readable answer doubtful by itself, "" when nothing does."""
        return ""

    def begin(self) -> None:
        """F2: make ready to overwrite or edit."""

    def tidy(self) -> None:
        """Bring the text into its shown form; called on leaving."""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A table goes on holding the keyboard while the first word is composed in a cell, and sends the word here."""
        QApplication.sendEvent(self.core, event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """What is composed stands in ``core``, and so does the place where the words to choose from are shown."""
        told = self.core.inputMethodQuery(query)
        return told.translated(self.core.pos()) if isinstance(told, QRect | QRectF) else told

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.core:
            if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
                self._on_left(event.reason())
            elif event.type() == QEvent.Type.FocusIn:
                self.entered.emit()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F2:
                self.begin()
                return True
        return super().eventFilter(watched, event)

    def _on_left(self, reason: Qt.FocusReason) -> None:
        if reason == Qt.FocusReason.PopupFocusReason:
            return
        self.tidy()
        if self._touched or not self._problem:
            self._touched = False
            self.check()
        self.left.emit()

    def _on_touched(self) -> None:
        self._touched = True


def tidied(kind: Kind, text: str) -> str:
    """``text`` as it is shown after leaving: readable text in the kind's form, anything else only made half-width."""
    if isinstance(kind, Text):
        return half_width(text)
    try:
        value = kind.read(text)
    except Unreadable:
        return half_width(text)
    return "" if value is None else kind.show(value)
