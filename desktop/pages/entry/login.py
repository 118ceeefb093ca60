"""The log-in: which record, who, his password; and the ways out when one of the three is not at hand.

The record is opened beside the window; meanwhile the page says so. A wrong password is said under the password, trouble with the
files above the sheet, each in the sentence the record gives.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.pages.entry.sheet import EntrySheet, day_words
from desktop.widgets.looks import button
from desktop.widgets.picks import Box
from desktop.widgets.secret import Captioned, Secret


class LoginPage(EntrySheet):
    """Signals: ``login_asked(name, password)``; ``upgrade_asked(name, password)`` back up and upgrade first; ``recover_asked()``,
    ``other_asked()``, ``restore_asked()``, ``new_asked()``, ``practice_asked()`` the links."""

    login_asked = Signal(str, str)
    upgrade_asked = Signal(str, str)
    recover_asked = Signal()
    other_asked = Signal()
    restore_asked = Signal()
    new_asked = Signal()
    practice_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("登录", parent)
        self.setProperty("help", "login.md#登录")
        self._path = Path()
        self.box = Box(self)
        self.person = Captioned("姓名", self.box, self)
        self.password = Secret("密码", self)
        self.enter: QPushButton = button("登录", "primary", self)
        self._day: QLabel = self.subtitle
        for part in (self.person, self.password, self.enter):
            self.card.body.addWidget(part)
        self.enter.setFixedHeight(36)
        self.recover = self.add_link("用恢复密钥")
        self.restore = self.add_link("恢复备份")
        self.other = self.add_link("打开别的档案")
        self.new = self.add_link("新建档案")
        self.practice = self.add_link("练习台账")
        self._connect()

    def show_record(self, path: Path, town: str, names: tuple[str, ...], last: str, today: date) -> None:
        """Ask for the log-in to one record."""
        self._path = path
        self.office.setText(f"{town}扶贫办" if town else "")
        self.title.setText(f"{town}档案" if town else path.name)
        self._say_where(today)
        self.box.clear()
        self.box.addItems(list(names))
        self.box.setCurrentIndex(max(names.index(last) if last in names else 0, 0) if names else -1)
        self.password.clear()
        self.password.set_fault("")
        self.say("")
        self.set_busy("")
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard where the clerk begins."""
        self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_wrong(self, text: str) -> None:
        """The password was wrong: say it there and let it be typed again."""
        self.set_busy("")
        self.password.clear()
        self.password.set_fault(text)
        self.take_focus()

    def say_trouble(self, text: str, upgrade: bool = False) -> None:
        """The record can't be opened; ``upgrade`` offers to bring it to this program's form."""
        self.set_busy("")
        self.say(text, "备份并升级" if upgrade else "")

    def set_busy(self, what: str) -> None:
        """Say on the button what is under way; "" when nothing is."""
        self.enter.setText(what or "登录")
        links = (self.recover, self.restore, self.other, self.new, self.practice)
        for part in (self.box, self.password, self.enter, *links):
            part.setEnabled(not what)

    def _say_where(self, today: date) -> None:
        words = QFontMetrics(self.font()).elidedText(str(self._path), Qt.TextElideMode.ElideMiddle, 380)
        self._day.setText(f"{words}\n今天是 {day_words(today)}，不对请先校正电脑日期")
        self._day.setVisible(True)
        self._day.setToolTip(str(self._path))

    def _connect(self) -> None:
        self.enter.clicked.connect(self._on_enter)
        self.password.entered.connect(self._on_enter)
        self.banner.acted.connect(self._on_upgrade)
        self.box.activated.connect(self.take_focus)
        self.recover.clicked.connect(self.recover_asked)
        self.restore.clicked.connect(self.restore_asked)
        self.other.clicked.connect(self.other_asked)
        self.new.clicked.connect(self.new_asked)
        self.practice.clicked.connect(self.practice_asked)

    def _on_enter(self) -> None:
        if not self.box.currentText():
            self.person.set_fault("没有读到人员名单，请先确认密码文件（.keys）在档案旁边。")
        elif not self.password.text():
            self.password.set_fault("请输入密码。")
            self.take_focus()
        else:
            self.login_asked.emit(self.box.currentText(), self.password.text())

    def _on_upgrade(self) -> None:
        self.upgrade_asked.emit(self.box.currentText(), self.password.text())
