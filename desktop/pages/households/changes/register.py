"""家庭人员变动登记表 of a village or the town over a period: chosen here, seen as it prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from db.errors import Refused
from db.fields.base import Field
from db.fields.kinds import Date, Text
from db.papers import changes as paper
from db.services.changes import papers as change_papers
from db.services.town.town import VillageInfo
from desktop.app.office import Office
from desktop.printing.window import show_paper
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import button, column, label, row

_ALL = "全镇"
VILLAGE = Field("village", "村", Text(limit=60), True, "家庭人员变动登记表")
FIRST = Field("first", "起日", Date(), True, "家庭人员变动登记表", "按发生日期算")
LAST = Field("last", "止日", Date(), True, "家庭人员变动登记表")


class RegisterDialog(QDialog):
    """Begins with the whole town from 1 January to today."""

    def __init__(self, office: Office, villages: Sequence[VillageInfo], page: QWidget) -> None:
        super().__init__(page)
        self.setProperty("help", "changes.md#打印登记表")
        self._page = page
        self._office, self._villages = office, {v.name: v.id for v in villages}
        self.setWindowTitle("家庭人员变动登记表")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = Form((Section("", ((VILLAGE, FIRST, LAST),)),), self, {"village": "options"}, scroll=False)
        self.form.set_options("village", [_ALL, *self._villages])
        today = office.record.clock.now().date()
        self.form.set_values({"village": _ALL, "first": date(today.year, 1, 1), "last": today})
        self.leave, self.show_it = button("关闭", "plain", self), button("预览登记表", "primary", self)
        whole, foot = column(self, 12, 20), row()
        whole.addWidget(label("打印哪个村、哪段时间的变动", "heading", self))
        whole.addWidget(self.form)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.show_it)
        whole.addLayout(foot)
        self.setMinimumWidth(640)
        self.leave.clicked.connect(self.reject)
        self.show_it.clicked.connect(self.preview)
        self.form.ended.connect(self.preview)
        self.form.cancel_asked.connect(self.reject)

    def preview(self) -> None:
        """Show the paper, or say what is wrong with the period."""
        if not self.form.check(demanded=True):
            return
        values = self.form.values()
        village_id = self._villages.get(values["village"])
        try:
            facts = self._office.see(change_papers.register, values["first"], values["last"], village_id)
        except Refused as refused:
            self.form.show_problems(refused.problems)
            return
        self.accept()
        show_paper(self._page, paper.build(facts))
