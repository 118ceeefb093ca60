"""收入核算: the income sheet as found at the door, added up while it is typed, beside the line it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.income import INCOME
from db.rules import income
from db.rules.values import Household, Income
from db.services.deciding.visit_form import VisitForm
from desktop.forms.incomesheet import IncomeSheet
from desktop.forms.money import sheet_of
from desktop.widgets.lines import LineEditor
from desktop.widgets.looks import Card, Rule, column, label, row


class IncomeCard(Card):
    """Signal ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("收入核算", parent)
        self._home: Household | None = None
        self._year = 0
        self._line = ""
        self.sheet = IncomeSheet(self, walks=False)
        self.sheet.faults.silent = True
        self.disposable = label("", "")
        self.per_head = label("", "strong")
        self._caption = label("人均可支配收入", "strong")
        self.note = label("", "quiet", self, wrap=True)
        self._lay_out()
        self.sheet.changed.connect(self._on_changed)
        self.sheet.left.connect(self._renew)

    @property
    def editors(self) -> Mapping[str, LineEditor]:
        """The editor of each figure."""
        return self.sheet.editors

    def stops(self) -> list[QWidget]:
        """Where Enter stops, in order."""
        return self.sheet.stops()

    def show_form(self, form: VisitForm) -> None:
        """Show the household's sheet of the deciding year; blank when it has none."""
        self._home, self._year = form.household, form.year
        self.set_title(f"收入核算（{form.year} 年，元）")
        self._line = _told(form)
        own = form.household.income
        known = own if own is not None and own.year == form.year else None
        self.sheet.set_values({key: getattr(known, key, None) for key in INCOME})
        self._caption.setText(f"人均可支配收入（{form.household.size} 人）")
        self._renew()

    def household(self) -> Household:
        """The household with the sheet as it stands here; the very same when nothing was changed."""
        assert self._home is not None
        home = self._home
        found = sheet_of(self.sheet.values(), home.income, self._year, home.size)
        return home if found == home.income else replace(home, income=found)

    def check(self) -> list[LineEditor]:
        """The editors at fault: no amount, or a sum unlike its items."""
        self.sheet.check()
        return [self.editors[key] for key in self.sheet.faulty()]

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark the items named; returns the problems that are not of this sheet."""
        return self.sheet.show_problems(problems)

    def texts(self) -> dict[str, str]:
        """What stands here, for drafts."""
        return {f"income.{key}": text for key, text in self.sheet.texts().items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put a draft back."""
        self.sheet.set_texts({key: texts.get(f"income.{key}", "") for key in self.editors})
        self._renew()

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the sheet."""
        self.sheet.set_read_only(locked)

    def _lay_out(self) -> None:
        self.body.setSpacing(0)
        self.body.addSpacing(6)
        self.body.addWidget(self.sheet)
        for caption, amount in ((label("可支配收入"), self.disposable), (self._caption, self.per_head)):
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
            amount.setContentsMargins(0, 0, 10, 0)
            line = row()
            line.setContentsMargins(0, 3, 0, 3)
            line.addWidget(caption)
            line.addStretch(1)
            line.addWidget(amount)
            self.body.addLayout(line)
            self.body.addWidget(Rule(self))
        below = column(gap=4)
        below.setContentsMargins(0, 6, 0, 0)
        below.addWidget(self.note)
        self.body.addLayout(below)

    def _on_changed(self) -> None:
        self._renew()
        self.changed.emit()

    def _renew(self) -> None:
        found = Income(self._year, **self.sheet.values())
        missing = income.totals(found).missing
        size = self._home.size if self._home else 0
        if missing or not size:
            self.disposable.setText("")
            self.per_head.setText("")
            self.note.setText(f"没有的填 0；还有 {len(missing)} 项空着。{self._line}" if missing else self._line)
        else:
            self.disposable.setText(f"{income.totals(found).disposable:,.2f}")
            self.per_head.setText(f"{income.to_cents(income.per_head(found, size)):,.2f}")
            self.note.setText(self._line)


def _told(form: VisitForm) -> str:
    """The line of the year with its base, index and source."""
    line = form.line
    if line is None:
        return f"标准表里没有 {form.year} 年的识别标准，请先在“设置”里录入"
    indexed = "" if line.price_index == 1 else f"，折合 {income.to_cents(line.line):,} 元"
    source = line.source.partition("（")[0]
    return f"须低于 {line.amount:,.0f} 元（{line.year} 年不变价，指数 {line.price_index:.3f}{indexed}）　{source}"
