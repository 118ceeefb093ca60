"""What covers the window while the clerk is away: his name, a line for his password, and a way in for somebody else.

Nothing of the work is seen behind it. The same page asks for another person's log-in when the clerk hands over (换人).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desktop.pages.entry.sheet import EntrySheet
from desktop.widgets.looks import button
from desktop.widgets.picks import Box
from desktop.widgets.secret import Captioned, Secret

_AWAY = "屏幕已锁定。没保存的内容还在，解锁后接着录。"
_OTHER = "换人后以新的人留痕。上一个人没有保存的内容还留在窗口里。"


class LockPage(EntrySheet):
    """Signals: ``unlock_asked(password)``; ``switch_asked(name, password)``; ``stay_asked()`` the hand-over is given up."""

    unlock_asked = Signal(str)
    switch_asked = Signal(str, str)
    stay_asked = Signal()

    def __init__(
        self, town: str, name: str, others: Sequence[str], switching: bool = False, parent: QWidget | None = None
    ) -> None:
        """``name`` is the person logged in; ``switching`` asks for another one at once and may be given up."""
        super().__init__("", parent, width=360)
        self.setProperty("help", "login.md#锁定")
        self._name = name
        self._others = tuple(others)
        self._leaving = switching
        self.office.setText(f"{town}扶贫办")
        self.box = Box(self)
        self.box.addItems(list(others))
        self.person = Captioned("姓名", self.box, self)
        self.password = Secret("密码", self)
        self.enter = button("", "primary", self)
        self.enter.setFixedHeight(36)
        for part in (self.person, self.password, self.enter):
            self.card.body.addWidget(part)
        self.other = self.add_link("换人")
        self.other.setVisible(bool(others))
        self.enter.clicked.connect(self._on_enter)
        self.password.entered.connect(self._on_enter)
        self.other.clicked.connect(self._on_other)
        self.box.activated.connect(self._on_chosen)
        self._switching = switching
        self._show()

    def say_wrong(self, text: str) -> None:
        """The password was wrong."""
        self.set_busy("")
        self.password.clear()
        self.password.set_fault(text)
        self.password.setFocus()

    def set_busy(self, what: str) -> None:
        """Say on the button what is under way; "" when nothing is."""
        for part in (self.box, self.password, self.enter, self.other):
            part.setEnabled(not what)
        if what:
            self.enter.setText(what)
        else:
            self._say_enter()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.password.line.setFocus()

    def _show(self) -> None:
        self.title.setText("换人" if self._switching else self._name)
        self.subtitle.setText(_OTHER if self._switching else _AWAY)
        self.person.setVisible(self._switching)
        self.other.setText("不换了" if self._leaving else f"我是{self._name}" if self._switching else "换人")
        self.password.clear()
        self.password.set_fault("")
        self._say_enter()
        self.password.setFocus()

    def _say_enter(self) -> None:
        self.enter.setText("登录" if self._switching else "解锁")

    def _on_other(self) -> None:
        if self._leaving:
            self.stay_asked.emit()
            return
        self._switching = not self._switching
        self._show()

    def _on_chosen(self) -> None:
        """What is typed after the name is the password; in the box of names it would choose another one."""
        self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter(self) -> None:
        if not self.password.text():
            self.password.set_fault("请输入密码。")
        elif self._switching:
            self.switch_asked.emit(self.box.currentText(), self.password.text())
        else:
            self.unlock_asked.emit(self.password.text())
