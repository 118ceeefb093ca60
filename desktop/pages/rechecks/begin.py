"""开始一轮回头看: for which village or the whole town, and from which day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.recheck import STARTED_ON
from db.services.town.town import VillageInfo
from desktop.widgets.editor import ENTER
from desktop.widgets.faults import problems_of
from desktop.widgets.form import Section
from desktop.widgets.formdialog import FormDialog
from desktop.widgets.looks import label
from desktop.widgets.picks import Box

_TOLD = "对开始那天在册的户逐户核查：保留、更正、清退；漏评的另行申请。一处的上一轮核查完才能开新的一轮。"


class BeginDialog(FormDialog):
    """When it has ``agreed``, ``village()`` and ``day()`` are whole."""

    def __init__(self, villages: Sequence[VillageInfo], today: date, parent: QWidget | None = None) -> None:
        layout = (Section("", ((STARTED_ON,),)),)
        super().__init__("开始回头看", _TOLD, layout, heading="开始一轮回头看", agree="开始", width=440, parent=parent)
        self.setProperty("help", "rechecks.md#开始一轮")
        self._today = today
        self.place = Box(self)
        self.place.setAccessibleName("范围")
        self.place.addItem("全镇", None)
        for village in villages:
            self.place.addItem(village.name, village.id)
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        self.form.set_values({"started_on": today})
        for part in (label("范围", "caption", self), self.place, self.fault):
            self.above.addWidget(part)
        self.place.currentIndexChanged.connect(self._on_place)
        self.form.began.connect(self.place.setFocus)

    def village(self) -> int | None:
        """The village chosen, None for the town."""
        chosen: int | None = self.place.currentData()
        return chosen

    def day(self) -> date:
        """The day it begins."""
        day: date = self.form.values()["started_on"]
        return day

    def hand_in(self) -> None:
        if self.day() > self._today:
            self.form.show_problems([Problem(f"开始日期晚于今天 {self._today}，请核对", "started_on")])
        else:
            super().hand_in()

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
            self.press()

    def _tell_place(self, text: str) -> None:
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _on_place(self) -> None:
        self._tell_place("")
