"""Third step of the guide: how this town counts and what it calls its bodies, and the yearly lines with their documents."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.rules import income
from db.rules.notice import Counting, counting_problem
from desktop.app.townform import LAYOUT, LINES, LOOKS, line_item
from desktop.pages.entry.step import Step
from desktop.widgets.form import Form
from desktop.widgets.listtable import ListTable
from desktop.widgets.looks import Card

_WORDS = "已按省里文件和通行做法填好，没有把握的不用改，以后可在“设置与备份”里由审核人确认后更改。"


class WaysStep(Step):
    """``values`` by the keys of `db.fields.town.OPTIONS`."""

    name = "办理方式和标准"

    def __init__(self, values: dict[str, Any], parent: QWidget | None = None) -> None:
        super().__init__("办理方式和年度标准", _WORDS, parent)
        self.form = Form(LAYOUT, self, looks=LOOKS)
        self.form.set_values(values)
        self.lines = ListTable(LINES, name="guide-lines")
        self.lines.set_items([line_item(line) for line in income.BUILT_IN])
        sheet = Card("年度标准（已填好，来源文件列在后面）", margin=12)
        sheet.body.addWidget(self.lines)
        sheet.setFixedHeight(156)
        self.inner.addWidget(self.form, 1)
        self.inner.addWidget(sheet)
        self.form.ended.connect(self.ended)

    def values(self) -> dict[str, Any]:
        """What stands in the form."""
        return self.form.values()

    def complete(self) -> bool:
        if not self.form.check(demanded=True):
            self.form.go_to_first_fault()
            return False
        problem = counting_problem(Counting(self.form.values()["notice_days"]))
        self.form.show_problems([Problem(problem, "notice_days")] if problem else [])
        return not problem

    def take_focus(self) -> None:
        self.form.go_to_first()
