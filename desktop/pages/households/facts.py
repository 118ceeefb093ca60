"""The tabs of a household's file: its facts as the papers caption them, its members, its income sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QTabWidget, QWidget

from db.fields import household as fields
from db.fields.base import Field
from db.fields.income import INCOME, ITEMS
from db.fields.member import APPLICANTS
from db.rules import income
from db.rules.values import Household
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column, label
from desktop.widgets.sheet import Column
from desktop.widgets.side import Figure, SideCard

SECTIONS: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("户主与识别", (
        fields.HEAD_NAME, fields.HEAD_ID, fields.PHONE, fields.ATTRIBUTE, fields.ABLE, fields.MAIN_CAUSE, fields.OTHER_CAUSE_1,
        fields.OTHER_CAUSE_2, fields.BANK, fields.BANK_CARD, fields.ADDRESS, fields.APPLIED_ON,
    )),
    ("住房", (fields.HOUSING_AREA, fields.HOUSING_GRADE)),
    ("申请", (fields.REASON, fields.REMARK)),
)  # fmt: skip
_WIDTHS = {
    "name": 76,
    "sex": 48,
    "id_number": 164,
    "relation": 84,
    "ethnicity": 60,
    "education": 84,
    "schooling": 92,
    "health": 90,
    "labour": 92,
    "disability_number": 176,
}
MEMBER_COLUMNS = tuple(Column(key, f.label, _WIDTHS.get(key, 100), sortable=False) for key, f in APPLICANTS.items())
_ACROSS = 3


class Facts(QWidget):
    """A sheet of captions and values, three across."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = Card(parent=self)
        self._values: dict[str, str] = {}
        whole = column(self)
        whole.addWidget(self.sheet)
        whole.addStretch(1)

    def show_household(self, household: Household) -> None:
        """Fill the sheet anew."""
        old = self.sheet
        self.sheet = Card(parent=self)
        for title, chosen in SECTIONS:
            self.sheet.body.addWidget(label(title, "heading", self.sheet))
            self.sheet.body.addLayout(self._grid(household, chosen))
        self.layout().replaceWidget(old, self.sheet)  # type: ignore[union-attr]
        old.hide()
        old.deleteLater()

    def value(self, key: str) -> str:
        """The text shown for a field."""
        return self._values[key]

    def _grid(self, household: Household, chosen: Sequence[Field]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for place, field in enumerate(chosen):
            line, at = divmod(place, _ACROSS)
            text = field.kind.show(getattr(household, field.key)) or "—"
            self._values[field.key] = text
            grid.addWidget(label(field.label, "caption", self.sheet), line * 3, at)
            grid.addWidget(label(text, "", self.sheet, wrap=True), line * 3 + 1, at)
            grid.setRowMinimumHeight(line * 3 + 2, 8)
        for at in range(_ACROSS):
            grid.setColumnStretch(at, 1)
            grid.setColumnMinimumWidth(at, 200)
        return grid


class Tabs(QTabWidget):
    """基本信息, 家庭成员, 收入核算. The clerk's own open file shows numbers clear; lists elsewhere show them masked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = Facts()
        self.members = ListTable(MEMBER_COLUMNS, name="file-members")
        self.income = SideCard("收入核算")
        self.addTab(_below(self.facts), "基本信息")
        self.addTab(_below(self.members), "家庭成员")
        self.addTab(_below(self.income, whole=False), "收入核算")

    def show_household(self, household: Household) -> None:
        """Show another household."""
        self.facts.show_household(household)
        self.setTabText(1, f"家庭成员 {household.size}")
        items = [
            Item(tuple(field.kind.show(getattr(m, key)) for key, field in APPLICANTS.items()), thing=m.id)
            for m in household.members
        ]
        self.members.set_items(items)
        self._show_income(household)

    def _show_income(self, household: Household) -> None:
        sheet = household.income
        if sheet is None or not household.size:
            self.income.set_title("收入核算")
            self.income.show_figures((), "还没有收入核算表，请在入户核实时录入")
            return
        self.income.set_title(f"收入核算（{sheet.year} 年，元）")
        sums = income.totals(sheet)
        lines = [Figure(f.label, INCOME[f.key].kind.show(getattr(sheet, f.key)) or "未填") for f in ITEMS]
        per_head = income.to_cents(income.per_head(sheet, household.size))
        lines.append(Figure("家庭可支配收入", f"{sums.disposable:,.2f}", total=True))
        lines.append(Figure(f"人均可支配收入（{household.size} 人）", f"{per_head:,.2f}", total=True))
        self.income.show_figures(lines, "可支配收入 = 总收入 − 生产经营性支出 − 转移性支出")


def _below(part: QWidget, whole: bool = True) -> QWidget:
    """A tab's part a little below the line under the tabs, filling the ``whole`` height or only its own."""
    made = QWidget()
    inner = column(made)
    inner.setContentsMargins(0, 10, 0, 0)
    inner.addWidget(part)
    if not whole:
        inner.addStretch(1)
    return made
