"""开始一轮回头看: for which village or the whole town, and from which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.recheck import STARTED_ON
from db.services.town import VillageInfo
from desktop.widgets.dialogs import Growing
from desktop.widgets.editor import ENTER
from desktop.widgets.faults import problems_of
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.picks import Box


class BeginDialog(Growing):
    """Stays open until the record took it. Signal ``agreed()``: the button was pressed; then ``village()`` and ``day()`` are whole."""

    agreed = Signal()

    def __init__(self, villages: Sequence[VillageInfo], today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("开始回头看")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.place = Box(self)
        self.place.setAccessibleName("范围")
        self.place.addItem("全镇", None)
        for village in villages:
            self.place.addItem(village.name, village.id)
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        self.form = Form((Section("", ((STARTED_ON,),)),), self, scroll=False)
        self.form.set_values({"started_on": today})
        self.agree, self.leave = button("开始", "primary", self), button("不办了", "plain", self)
        self._today = today
        self._lay_out()
        self.place.currentIndexChanged.connect(self._on_place)
        self.agree.clicked.connect(self._on_agree)
        self.leave.clicked.connect(self.reject)
        self.form.began.connect(self.place.setFocus)
        self.form.ended.connect(self.agree.setFocus)
        self.form.save_asked.connect(self._on_agree)
        self.form.cancel_asked.connect(self.reject)

    def village(self) -> int | None:
        """The village chosen, None for the town."""
        chosen: int | None = self.place.currentData()
        return chosen

    def day(self) -> date:
        """The day it begins."""
        day: date = self.form.values()["started_on"]
        return day

    def show_error(self, error: Exception) -> None:
        """Say why it was refused, at the place or at the day; what was chosen stays."""
        self.agree.setEnabled(True)
        problems = problems_of(error)
        self._tell_place("；".join(p.text for p in problems if p.field == "village"))
        self.form.show_problems([p for p in problems if p.field != "village"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in ENTER:
            super().keyPressEvent(event)
        elif self.place.hasFocus():
            self.form.go_to_first()
        elif self.agree.hasFocus():
            self._on_agree()

    def _lay_out(self) -> None:
        whole, foot = column(self, 10, 24), row()
        whole.addWidget(label("开始一轮回头看", "heading", self))
        told = "对开始那天在册的户逐户核查：保留、更正、清退；漏评的另行申请。一处的上一轮核查完才能开新的一轮。"
        whole.addWidget(label(told, "quiet", self, wrap=True))
        whole.addWidget(label("范围", "caption", self))
        whole.addWidget(self.place)
        whole.addWidget(self.fault)
        whole.addWidget(self.form)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.agree)
        whole.addLayout(foot)
        self.setMinimumWidth(440)

    def _tell_place(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _on_place(self) -> None:
        self._tell_place("")

    def _on_agree(self) -> None:
        if not self.agree.isEnabled() or not self.form.check(demanded=True):
            return
        if self.day() > self._today:
            self.form.show_problems([Problem(f"开始日期晚于今天 {self._today}，请核对", "started_on")])
            return
        self.agree.setEnabled(False)
        self.agreed.emit()
