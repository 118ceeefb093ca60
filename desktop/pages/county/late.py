"""认定补录: postings recorded too late count from their own day only if the reviewer says so, with a reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.fields.kinds import Text
from db.rules.codes import Role
from db.services.notices.notices import NoticeView
from desktop.widgets.editors import LineEditor
from desktop.widgets.looks import button, column, label, row


class LateBox(QWidget):
    """Hidden while nothing is late. Signal ``ruled(approve, reason)``."""

    ruled = Signal(bool, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "county.md#补录")
        self.text = label("", "warn", self, wrap=True)
        self.reason = LineEditor(Text(), self)
        self.reason.core.setAccessibleName("补录理由")
        self.reason.set_placeholder("同意或不同意的理由")
        self.agree = button("同意补录", "plain", self)
        self.refuse = button("不同意", "plain", self)
        whole, line = column(self, 4), row()
        whole.addWidget(self.text)
        line.addWidget(self.reason, 1)
        line.addWidget(self.agree)
        line.addWidget(self.refuse)
        whole.addLayout(line)
        self.agree.clicked.connect(self._on_agree)
        self.refuse.clicked.connect(self._on_refuse)

    def show_late(self, now: NoticeView, role: Role) -> None:
        """Say what waits for the reviewer, and let him answer."""
        mine = role is Role.REVIEWER
        places = "、".join(w.place for w in now.walls if w.late is not None)
        who = "" if mine else "；须由审核人登录后认定"
        self.text.setText(f"补录待认定：{places}登记时已超过张贴 3 天{who}")
        for part in (self.reason, self.agree, self.refuse):
            part.setVisible(mine)
        self.setVisible(bool(now.late))

    def _on_agree(self) -> None:
        self.ruled.emit(True, self.reason.raw())

    def _on_refuse(self) -> None:
        self.ruled.emit(False, self.reason.raw())
