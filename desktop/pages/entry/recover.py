"""The recovery code from the safe: who gets a new password by it, the code, and the new password twice."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.app.door import Door
from desktop.app.work import Work
from desktop.pages.entry.sheet import EntrySheet, sentence
from desktop.widgets.looks import button
from desktop.widgets.picks import Box
from desktop.widgets.secret import Captioned, NewSecret, TextLine

_WORDS = "取出保险柜里的恢复密钥，照着输入，然后给本人设一个新密码。这次使用会留痕。"


class RecoverPage(EntrySheet):
    """Signals: ``entered(record)`` the code opened it and the new password holds; ``back_asked()``."""

    entered = Signal(object)
    back_asked = Signal()

    def __init__(self, door: Door, work: Work, parent: QWidget | None = None) -> None:
        super().__init__("用恢复密钥进入", parent, width=520)
        self.setProperty("help", "login.md#忘了密码")
        self._door = door
        self._work = work
        self._path = Path()
        self.subtitle.setText(_WORDS)
        self.box = Box(self)
        self.person = Captioned("给谁设新密码", self.box, self)
        self.code = TextLine("恢复码", self, "如 7K3QF-…，不分大小写，横线可以不输")
        self.secret = NewSecret(self._judge, self, ("新密码", "再输一次"))
        self.enter = button("设新密码并进入", "primary", self)
        self.enter.setFixedHeight(36)
        for part in (self.person, self.code, self.secret, self.enter):
            self.card.body.addWidget(part)
        self.back = self.add_link("返回登录")
        self.back.clicked.connect(self.back_asked)
        self.enter.clicked.connect(self._on_enter)
        self.secret.entered.connect(self._on_enter)
        self.code.entered.connect(self.secret.setFocus)

    def show_record(self, path: Path, name: str) -> None:
        """Ask for the code of one record; ``name`` is offered first."""
        self._path = path
        names = self._door.names(path)
        self.office.setText(path.name)
        self.box.clear()
        self.box.addItems(list(names))
        self.box.setCurrentIndex(names.index(name) if name in names else 0)
        self.code.set_text("")
        self.secret.clear()
        self.say("")
        self._set_busy("")
        self.code.setFocus()

    def _on_entered(self, record: object) -> None:
        self._set_busy("")
        self.secret.clear()
        self.entered.emit(record)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy("")
        self.code.set_fault(sentence(error))
        self.code.setFocus()

    def _set_busy(self, what: str) -> None:
        self.enter.setText(what or "设新密码并进入")
        for part in (self.box, self.code, self.secret, self.enter, self.back):
            part.setEnabled(not what)

    def _judge(self, password: str) -> str:
        return self._door.password_problem(password, self.box.currentText())

    def _on_enter(self) -> None:
        typed = bool(self.code.text())
        self.code.set_fault("" if typed else "请输入恢复码。")
        if self.secret.check() and typed and self.box.currentText():
            self._set_busy("正在打开…")
            op = partial(self._door.recover, self._path, self.box.currentText(), self.code.text(), self.secret.text())
            self._work.write("用恢复密钥打开", op, self._on_entered, self._on_failed)
