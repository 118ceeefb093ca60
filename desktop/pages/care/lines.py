"""年度标准: the yearly lines with their documents. A line is never edited; a newer one of the same year takes its place."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from db.errors import Problem, Refused
from db.fields.base import Field
from db.fields.kinds import Choice, Count, Money, Text
from db.rules.codes import Role, ThresholdKind
from db.rules.income import Threshold
from db.services.town import town
from desktop.app.keeping import Keeper
from desktop.app.office import Office
from desktop.app.townform import LINES, line_item
from desktop.pages.care.panel import Panel
from desktop.pages.care.ways import TOWN
from desktop.widgets.form import Form, Section
from desktop.widgets.listtable import ListTable
from desktop.widgets.looks import Card, button, label, row

YEAR = Field("year", "收入年度", Count(least=Decimal(2014), most=Decimal(2099), noun="年度"), demanded=True)
KIND = Field("kind", "哪种标准", Choice(table=ThresholdKind), demanded=True)
AMOUNT = Field("amount", "标准（元/人）", Money(), demanded=True)
INDEX = Field("index", "价格指数", Text(limit=12), demanded=True, help="按县通知填，没有通知填 1.000")
SOURCE = Field("source", "文件依据", Text(limit=200), demanded=True, help="文号和条款")
_WORDS = "核实时按收入年度取标准，用过的标准随那次核实保存。改标准就再录一条，旧的留着备查。"


class LinesPanel(Panel):
    """All lines above, a new one below."""

    title = "年度标准"

    def __init__(self, office: Office, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(office, keeper, parent)
        self.table = ListTable(LINES, name="lines")
        self.form = Form((Section("录入一条", ((YEAR, KIND, AMOUNT, INDEX), (SOURCE,))),), self, scroll=False)
        self.add = button("录入这一条（审核人确认）", "primary", self)
        sheet = Card(margin=0)
        sheet.body.addWidget(self.table)
        foot = row()
        foot.addWidget(label(_WORDS, "quiet", self, wrap=True), 1)
        foot.addWidget(self.add)
        self.whole.addWidget(sheet, 1)
        self.whole.addWidget(self.form)
        self.whole.addLayout(foot)
        self._blank()
        self.add.clicked.connect(self.save)
        self.form.save_asked.connect(self.save)
        self.form.cancel_asked.connect(self._blank)

    def refresh(self) -> None:
        self.table.set_items([line_item(line) for line in self.office.see(town.thresholds)])

    def save(self) -> None:
        """Ctrl+S: check, ask the reviewer, write."""
        values = self.form.values()
        if not self.form.check(demanded=True):
            self.form.go_to_first_fault()
            return
        index = _index(values["index"])
        if index is None:
            self.form.show_problems([Problem("请填 0.5 到 3 之间的数，如 1.013", "index")])
            return
        second = None
        if self.office.record.actor.role is not Role.REVIEWER:
            answer = self.office.second(self, "录入年度标准", "请审核人核对文件后确认。", reviewer=True)
            if answer is None:
                return
            second = answer[0]
        line = Threshold(values["year"], values["kind"], values["amount"], index, values["source"])
        self.office.write(
            "录入年度标准", town.add_threshold, line,
            done=self._on_saved, failed=self._on_refused, changes=TOWN, by=self, second=second,
        )  # fmt: skip

    def _blank(self) -> None:
        self.form.set_values({"index": "1.000"})

    def _on_saved(self, _: None) -> None:
        self._blank()
        self.refresh()
        self.said.emit("已录入，对以后的核实有效。", "pine")

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.form.show_problems(error.problems)
        else:
            self.failed(error)


def _index(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except ArithmeticError:
        return None
    return found if found.is_finite() and Decimal("0.5") <= found <= 3 else None
