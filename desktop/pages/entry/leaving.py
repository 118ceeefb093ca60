"""What is seen while the program closes: that a backup is being made and checked, and what to do when it fails."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.entry.sheet import EntrySheet
from desktop.widgets.looks import button, row


class LeavingPage(EntrySheet):
    """Signals: ``leave_asked()`` close in spite of a failed backup; ``stay_asked()``."""

    leave_asked = Signal()
    stay_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("正在备份", parent)
        self.subtitle.setText("今天有改动，关闭前备份并校验一次，通常几秒钟。")
        self.stay = button("先不退出", "plain", self)
        self.leave = button("仍要退出", "primary", self)
        foot = row()
        foot.addStretch(1)
        for part in (self.stay, self.leave):
            foot.addWidget(part)
            part.hide()
        self.card.body.addLayout(foot)
        self.stay.clicked.connect(self.stay_asked)
        self.leave.clicked.connect(self.leave_asked)

    def say_failed(self, text: str) -> None:
        """The backup could not be made."""
        self.title.setText("备份没有做成")
        self.subtitle.setText(f"{text}\n今天录入的内容都已保存在档案里，没有丢失；退出后请尽快另做一份备份。")
        for part in (self.stay, self.leave):
            part.show()
        self.stay.setFocus()
