"""The small windows in which people and passwords are entered; what is wrong is said in them, and they stay until it is right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from db.rules.codes import Role
from desktop.widgets.dialogs import Growing
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.secret import Captioned, Judge, NewSecret, Secret, TextLine
from desktop.widgets.segmented import Segmented


class _Sheet(Growing):
    """A heading, a line of explanation, fields, and two buttons."""

    def __init__(self, title: str, words: str, parts: Sequence[QWidget], agree: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        whole, foot = column(self, 12, 24), row()
        whole.addWidget(label(title, "heading", self))
        whole.addWidget(label(words, "quiet", self, wrap=True))
        for part in parts:
            whole.addWidget(part)
        self.agree = button(agree, "primary", self)
        self.refuse = button("不办了", "plain", self)
        foot.addStretch(1)
        foot.addWidget(self.refuse)
        foot.addWidget(self.agree)
        whole.addLayout(foot)
        self.refuse.clicked.connect(self.reject)
        self.agree.clicked.connect(self.try_accept)

    def try_accept(self) -> None:
        """Close when everything is entered."""
        if self.complete():
            self.accept()

    def complete(self) -> bool:
        """Say every fault; True when there is none."""
        raise NotImplementedError


class NewPersonDialog(_Sheet):
    """Name, duty and first password of a person, who types it himself."""

    def __init__(self, judge: Judge, parent: QWidget | None = None) -> None:
        self._judge = judge
        self.person = TextLine("姓名", hint="签在表册上的姓名")
        self.role = Segmented(Role.labels())
        self.duty = Captioned("岗位", self.role)
        self.secret = NewSecret(self._fit)
        parts = (self.person, self.duty, self.secret)
        words = "由本人自己设密码。增加人员要两个人在场，其中一人是审核人；下一步请另一人输入密码。"
        super().__init__("增加人员", words, parts, "下一步", parent)
        self.setProperty("help", "care.md#人员和密码")
        self.role.choose(0)
        self.person.entered.connect(self.secret.setFocus)
        self.secret.entered.connect(self.try_accept)

    def chosen_role(self) -> Role:
        """经办人 or 审核人."""
        return Role.by_label(self.role.text()) or Role.CLERK

    def complete(self) -> bool:
        self.person.set_fault("" if self.person.text() else "请填姓名。")
        return self.secret.check() and bool(self.person.text())

    def _fit(self, password: str) -> str:
        return self._judge(password, self.person.text())


class OwnPasswordDialog(_Sheet):
    """The old password once and the new one twice."""

    def __init__(self, name: str, judge: Judge, parent: QWidget | None = None) -> None:
        self._name, self._judge = name, judge
        self.old = Secret("现在的密码")
        self.secret = NewSecret(self._fit, captions=("新密码", "再输一次"))
        super().__init__("改我的密码", f"{name}：改好后下次登录用新密码。", (self.old, self.secret), "改密码", parent)
        self.setProperty("help", "login.md#改密码")
        self.old.entered.connect(self.secret.setFocus)
        self.secret.entered.connect(self.try_accept)

    def complete(self) -> bool:
        self.old.set_fault("" if self.old.text() else "请输入现在的密码。")
        return self.secret.check() and bool(self.old.text())

    def _fit(self, password: str) -> str:
        return self._judge(password, self._name)


class ResetDialog(_Sheet):
    """A new password for somebody who forgot his, typed by himself."""

    def __init__(self, name: str, judge: Judge, parent: QWidget | None = None) -> None:
        self._name, self._judge = name, judge
        self.secret = NewSecret(self._fit, captions=("新密码", "再输一次"))
        words = f"由 {name} 本人设新密码。下一步请另一人输入密码证明；{name} 下次登录时会看到是谁重设的。"
        super().__init__(f"重设 {name} 的密码", words, (self.secret,), "下一步", parent)
        self.setProperty("help", "login.md#忘了密码")
        self.secret.entered.connect(self.try_accept)

    def complete(self) -> bool:
        return self.secret.check()

    def _fit(self, password: str) -> str:
        return self._judge(password, self._name)


class DrillDialog(_Sheet):
    """The password of the day of a backup that is to be rehearsed."""

    def __init__(self, name: str, backup: str, parent: QWidget | None = None) -> None:
        self.secret = Secret(f"{name} 在备份当天的密码")
        words = f"把“{backup}”恢复到临时文件夹，全面校验一遍再删掉；不动现在的档案。"
        super().__init__("恢复演练", words, (self.secret,), "开始演练", parent)
        self.setProperty("help", "backup.md#恢复演练")
        self.secret.entered.connect(self.try_accept)

    def complete(self) -> bool:
        self.secret.set_fault("" if self.secret.text() else "请输入备份当天的密码。")
        return bool(self.secret.text())
