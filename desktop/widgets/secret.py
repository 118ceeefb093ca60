"""Lines for what is typed outside a form of fields: a caption, something to type in, and the fault said below it.

Passwords are never shown and never kept; a new one is typed twice and its weakness is said while it is typed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.widgets.lines import Line
from desktop.widgets.looks import column, label, mark, row

Fit = Callable[[str], str]
"""Takes a password, gives the sentence that is wrong with it, "" when it is fit."""
Judge = Callable[[str, str], str]
"""The same for a password and the name of the person it is for."""


class Captioned(QWidget):
    """Any widget with a caption above and a fault below, looking like a field of a form."""

    def __init__(self, caption: str, core: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.core = core
        self.caption = label(caption, "caption", self)
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        core.setAccessibleName(caption)
        inner = column(self, 3)
        for part in (self.caption, core, self.fault):
            inner.addWidget(part)
        inner.addStretch(1)
        self.setFocusProxy(core)

    def set_fault(self, text: str) -> None:
        """Say what is wrong with it; "" takes the fault away."""
        mark(self.core, "fault", bool(text))
        self.core.setAccessibleDescription(text)
        self._say(text, "fault")

    def set_note(self, text: str) -> None:
        """Say something that is no fault in the same place."""
        mark(self.core, "fault", False)
        self._say(text, "pine")

    def _say(self, text: str, role: str) -> None:
        mark(self.fault, "role", role)
        self.fault.setText(text)
        self.fault.setVisible(bool(text))


class TextLine(Captioned):
    """One line of text without a field: a name, a folder, a recovery code. Signals: ``edited()``; ``entered()`` Enter."""

    edited = Signal()
    entered = Signal()

    def __init__(self, caption: str, parent: QWidget | None = None, hint: str = "") -> None:
        self.line: QLineEdit = Line()
        super().__init__(caption, self.line, parent)
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self.entered)

    def text(self) -> str:
        """What stands in it, without blanks around."""
        return self.line.text().strip()

    def set_text(self, text: str) -> None:
        """Put text in without telling anybody."""
        self.line.setText(text)

    def _on_edited(self) -> None:
        self.set_fault("")
        self.edited.emit()


class Secret(TextLine):
    """One password; what was typed is taken exactly as it is."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(caption, parent)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def text(self) -> str:
        return self.line.text()

    def clear(self) -> None:
        """Forget it."""
        self.line.clear()


class NewSecret(QWidget):
    """A new password typed twice. Signals: ``edited()``; ``entered()`` Enter in the second line."""

    edited = Signal()
    entered = Signal()

    def __init__(
        self, fit: Fit, parent: QWidget | None = None, captions: tuple[str, str] = ("密码", "再输一次")
    ) -> None:
        super().__init__(parent)
        self._fit = fit
        self.first = Secret(captions[0], self)
        self.again = Secret(captions[1], self)
        inner = row(self, 16)
        inner.addWidget(self.first, 1)
        inner.addWidget(self.again, 1)
        self.setFocusProxy(self.first)
        self.first.edited.connect(self._on_first)
        self.again.edited.connect(self._on_again)
        self.first.entered.connect(self.again.line.setFocus)
        self.again.entered.connect(self.entered)

    def text(self) -> str:
        """The password; ``check`` says whether it may be used."""
        return self.first.text()

    def clear(self) -> None:
        """Forget both."""
        for line in (self.first, self.again):
            line.clear()
            line.set_fault("")

    def check(self) -> bool:
        """Say every fault; True when the password is fit and was typed twice alike."""
        fault = self._fit(self.first.text()) if self.first.text() else "请设一个密码。"
        self.first.set_fault(fault)
        alike = self.first.text() == self.again.text()
        if not fault:
            self.again.set_fault("" if alike else "两次输入的密码不一样，请再输一次。")
        return not fault and alike

    def _on_first(self) -> None:
        text = self.first.text()
        fault = self._fit(text) if text else ""
        if text and not fault:
            self.first.set_note("✓ 可以使用，请记牢")
        else:
            self.first.set_fault(fault)
        if self.again.text():
            self._on_again()
        self.edited.emit()

    def _on_again(self) -> None:
        typed, again = self.first.text(), self.again.text()
        if again and typed == again:
            self.again.set_note("✓ 两次一样")
        else:
            self.again.set_fault("" if typed.startswith(again) else "两次输入的密码不一样。")
        self.edited.emit()
