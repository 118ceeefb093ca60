"""查看某日: a household as it was on a past day, to be read and not to be changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QWidget

from db.errors import Refused
from db.fields.base import Field
from db.fields.household import HOUSEHOLD
from db.fields.kinds import Date
from db.fields.member import APPLICANTS
from db.rules import income
from db.rules.codes import ChangeKind
from db.rules.values import Household
from db.services.changes import asof
from db.services.deciding.files import CaseFile
from desktop.app.listing import TONES
from desktop.app.office import Office
from desktop.widgets.cell import FieldCell
from desktop.widgets.dialogs import open_at
from desktop.widgets.empty import Empty
from desktop.widgets.ladder import Ladder, LadderStep
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row, scrolled
from desktop.widgets.picks import Box
from desktop.widgets.pill import Pill
from desktop.widgets.sheet import Column
from desktop.widgets.side import Line, SideCard

DAY = Field("day", "查看哪一天", Date(), True, "", "今天以前的任何一天")
_WIDTHS = {"name": 72, "sex": 60, "id_number": 166, "relation": 104, "schooling": 104, "health": 96, "labour": 96}
_SHOWN = ("name", "relation", "sex", "id_number", "schooling", "health", "labour")
_COLUMNS = tuple(Column(key, APPLICANTS[key].label, _WIDTHS.get(key, 90), sortable=False) for key in _SHOWN)
_ACROSS = 3
_ROW, _HEAD = 34, 10
_WIDTH, _HEIGHT = 1120, 640


class PastDialog(QDialog):
    """``days`` are those on which the household changed, the newest first: the ones worth looking at."""

    def __init__(self, office: Office, home: Household, days: Sequence[date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "households.md#查看某日")
        self._office, self._home = office, home
        self.file: CaseFile | None = None
        self.setWindowTitle(f"{home.head_name}户 · 查看某日")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.day = FieldCell(DAY, False, parent=self)
        self.days: QComboBox = Box(self)
        self.days.addItems(["选一个有变动的日子", *(day.isoformat() for day in days)])
        self.days.setMinimumContentsLength(14)
        self.days.setVisible(bool(days))
        self.look = button("查看", "primary", self)
        self.banner = label("", "warn", self)
        self.name, self.state, self.place = label("", "title", self), Pill(parent=self), label("", "subtitle", self)
        self.ladder = Ladder(self)
        self.members = ListTable(_COLUMNS, name="past-members")
        self.facts, self.money = Card("基本信息"), SideCard("收入核算")
        self.why, self.past, self.changes = SideCard("为什么在这一步"), SideCard("经过"), SideCard("人员变动")
        self._grid: QWidget | None = None
        self._lay_out()
        self.look.clicked.connect(self._on_look)
        self.days.currentIndexChanged.connect(self._on_day)
        open_at(self, _WIDTH, _HEIGHT)
        self.day.editor.setFocus()

    def show_day(self, day: date) -> None:
        """The household as of ``day``, or why it cannot be shown."""
        try:
            file = self._office.see(asof.file_on, self._home.id or 0, day)
        except Refused as refused:
            self.day.editor.set_problem(refused.problems[0].text)
            self.day.show_problem()
            return
        changes = self._office.see(asof.changes_until, self._home.id or 0, day)
        self.day.editor.set_value(day)
        self.day.show_problem()
        self.file = file
        home, state = file.household, file.state
        self.banner.setText(f"！{day} 当日的情形（只读）")
        self.name.setText(f"{home.head_name} 户")
        if any(c.kind is ChangeKind.DISSOLVED for c in changes):
            self.state.set("已销户", "grey")
        else:
            self.state.set(state.status.label, TONES[state.status])
        number = f" · 档案号 {state.number}" if state.number else ""
        self.place.setText(f"{home.village} · {home.group} · {home.size} 人{number}")
        self.ladder.set_steps([LadderStep(r.step.label, r.note, r.state) for r in file.rungs])  # type: ignore[arg-type]
        self.members.set_items(
            [Item(tuple(APPLICANTS[k].kind.show(getattr(m, k)) for k in _SHOWN)) for m in home.members]
        )
        self.members.setFixedHeight(_ROW * (home.size + 1) + _HEAD)
        self._show_facts(home)
        self._show_money(home)
        self.why.show_lines([Line(r.text, "", r.article) for r in file.reasons])
        self.past.show_lines([Line(p.text, "", f"{p.on} {p.who}") for p in file.history])
        self.changes.show_lines([Line(c.text, "", f"{c.acted_on} {c.proof}") for c in changes])
        self.changes.setVisible(bool(changes))
        self.blank.hide()
        self._all.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_look()
        else:
            super().keyPressEvent(event)

    def _on_look(self) -> None:
        day = self.day.editor.value()
        if isinstance(day, date):
            self.show_day(day)
        else:
            self.day.check(demanded=True)
            if not self.day.editor.problem():
                self.day.editor.set_problem("请填要查看的日期，如 2016-06-30")
                self.day.show_problem()

    def _on_day(self, place: int) -> None:
        if place > 0:
            self.show_day(date.fromisoformat(self.days.currentText()))

    def _show_facts(self, home: Household) -> None:
        if self._grid is not None:
            self.facts.body.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        self._grid = QWidget(self.facts)
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        told = [(f.label, text) for f in HOUSEHOLD.values() if (text := f.kind.show(getattr(home, f.key)))]
        for place, (caption, text) in enumerate(told):
            line, at = divmod(place, _ACROSS)
            told_of = column(gap=0)
            told_of.addWidget(label(caption, "caption", self._grid))
            told_of.addWidget(label(text, "", self._grid, wrap=True))
            grid.addLayout(told_of, line, at, Qt.AlignmentFlag.AlignTop)
        for at in range(_ACROSS):
            grid.setColumnStretch(at, 1)
        self.facts.body.addWidget(self._grid)

    def _show_money(self, home: Household) -> None:
        sheet = home.income
        self.money.setVisible(sheet is not None and home.size > 0)
        if sheet is None or not home.size:
            return
        per_head = income.to_cents(income.per_head(sheet, home.size))
        whole = income.totals(sheet).disposable
        self.money.set_title(f"收入核算（{sheet.year} 年，元）")
        self.money.show_lines([
            Line(f"家庭可支配收入 {whole:,.2f}"), Line(f"人均可支配收入 {per_head:,.2f}（{home.size} 人）"),
        ])  # fmt: skip

    def _lay_out(self) -> None:
        asked, head, whole = row(gap=12), row(gap=10), column(self, 10, 16)
        self.day.setFixedWidth(220)
        asked.addWidget(self.day)
        asked.addWidget(self.look, 0, Qt.AlignmentFlag.AlignBottom)
        asked.addWidget(self.days, 0, Qt.AlignmentFlag.AlignBottom)
        asked.addWidget(self.banner, 0, Qt.AlignmentFlag.AlignBottom)
        asked.addStretch(1)
        whole.addLayout(asked)
        self._all = QWidget(self)
        inside = column(self._all, 10)
        for part in (self.name, self.state, self.place):
            head.addWidget(part)
        head.addStretch(1)
        inside.addLayout(head)
        inside.addWidget(self.ladder)
        inside.addWidget(self._middle(), 1)
        whole.addWidget(self._all, 1)
        name = self._home.head_name
        self.blank = Empty(f"{name}户从前是什么情形", "填一个日期，或选一个有变动的日子，再按回车。", parent=self)
        whole.addWidget(self.blank, 1)
        self._all.hide()

    def _middle(self) -> QWidget:
        made = QWidget()
        split, left, right = row(made, gap=14), column(gap=12), column(gap=12)
        for part in (self.members, self.facts):
            left.addWidget(part)
        left.addStretch(1)
        for part in (self.changes, self.money, self.why, self.past):
            right.addWidget(part)
        right.addStretch(1)
        split.addLayout(left, 1)
        side = QWidget()
        side.setFixedWidth(320)
        side.setLayout(right)
        split.addWidget(side)
        return scrolled(made)
