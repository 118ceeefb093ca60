"""Editors that take typed text: one line for names, numbers, dates and money, several lines for reasons.

They act on committed text only, so that a Return meant for the input method neither leaves the field nor saves the form.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from db.fields.kinds import Area, Count, Date, Digits, Kind, Measure, Money, Unreadable
from desktop.widgets.editor import ENTER, Editor, tidied

_NUMBERS = (Money, Area, Measure, Count)
_PLACEHOLDERS: dict[type[Kind], str] = {Date: "如 2016-06-30"}


class Line(QLineEdit):
    """A line that knows whether an input method is composing in it."""

    composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.composing and event.key() in (*ENTER, Qt.Key.Key_Escape):
            event.accept()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.composing = False
        super().focusOutEvent(event)

    def replace(self, text: str) -> None:
        """Set the text; a composition under way is dropped first, else its commit would be added to it."""
        if self.composing:
            QApplication.sendEvent(self, QInputMethodEvent())
        self.setText(text)


class LineEditor(Editor):
    """One line; numbers are right-aligned and show thousands separators when left."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        self._line = Line()
        super().__init__(kind, self._line, parent)
        if isinstance(kind, _NUMBERS):
            self._line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if isinstance(kind, (*_NUMBERS, Date, Digits)):
            self._line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers | Qt.InputMethodHint.ImhPreferLatin)
        self._line.setPlaceholderText(_PLACEHOLDERS.get(type(kind), ""))
        self._line.textEdited.connect(self._on_edited)

    def raw(self) -> str:
        return self._line.text()

    def set_raw(self, text: str) -> None:
        self._line.replace(text)
        self._line.setCursorPosition(0)

    def set_read_only(self, locked: bool) -> None:
        self._line.setReadOnly(locked)

    def set_placeholder(self, text: str) -> None:
        """Grey text while blank."""
        self._line.setPlaceholderText(text)

    def begin(self) -> None:
        if self._line.hasSelectedText():
            self._line.end(False)
        else:
            self._line.selectAll()

    def tidy(self) -> None:
        text = tidied(self.kind, self.raw())
        if text != self.raw():
            self._line.replace(text)

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus() and watched is self._line:
            self._show_editable(event.reason())
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _show_editable(self, reason: Qt.FocusReason) -> None:
        """Money is edited without separators; with the mouse the text stays, or the click would land elsewhere."""
        if not isinstance(self.kind, _NUMBERS) or reason == Qt.FocusReason.MouseFocusReason:
            return
        try:
            value = self.kind.read(self.raw())
        except Unreadable:
            return
        self._line.setText(self.kind.edit(value))

    def _on_edited(self) -> None:
        self.changed.emit()


class _Lines(QPlainTextEdit):
    composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self._on_enter(event)
        elif event.key() == Qt.Key.Key_Escape and self.composing:
            event.accept()
        else:
            super().keyPressEvent(event)

    def _on_enter(self, event: QKeyEvent) -> None:
        if self.composing:
            event.accept()
        elif event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            self.insertPlainText("\n")
        else:
            event.ignore()


class LinesEditor(Editor):
    """Several lines; Enter goes on to the next field, Ctrl+Enter begins a new line."""

    def __init__(self, kind: Kind, parent: QWidget | None = None, lines: int = 2) -> None:
        self._lines = _Lines()
        super().__init__(kind, self._lines, parent)
        self._lines.setTabChangesFocus(True)
        self._quiet = False
        self._lines.setFixedHeight(QFontMetrics(self._lines.font()).lineSpacing() * lines + 18)
        self._lines.textChanged.connect(self._on_text)

    def raw(self) -> str:
        return self._lines.toPlainText()

    def set_raw(self, text: str) -> None:
        self._quiet = True
        self._lines.setPlainText(text)
        self._quiet = False

    def set_read_only(self, locked: bool) -> None:
        self._lines.setReadOnly(locked)

    def begin(self) -> None:
        self._lines.selectAll()

    def tidy(self) -> None:
        text = tidied(self.kind, self.raw())
        if text != self.raw():
            self.set_raw(text)

    def sizeHint(self) -> QSize:
        return QSize(self._lines.sizeHint().width(), self._lines.maximumHeight())

    def _on_text(self) -> None:
        if not self._quiet and not self._lines.composing:
            self.changed.emit()
