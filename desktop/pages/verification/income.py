"""收入核算: the income sheet as found at the door, added up while it is typed, beside the line it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.income import ITEMS
from db.rules import income
from db.rules.values import Household, Income
from db.services.visit_form import VisitForm
from desktop.widgets.lines import LineEditor
from desktop.widgets.looks import Card, Rule, column, label, mark, row

_COSTS = frozenset({"business_cost", "transfer_cost"})


class IncomeCard(Card):
    """Signal ``changed()``."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("收入核算", parent)
        self._home: Household | None = None
        self._year = 0
        self._line = ""
        self.editors = {f.key: LineEditor(f.kind) for f in ITEMS}
        self.disposable = label("", "")
        self.per_head = label("", "strong")
        self._caption = label("人均可支配收入", "strong")
        self.note = label("", "quiet", self, wrap=True)
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        self._lay_out()
        for editor in self.editors.values():
            editor.changed.connect(self._on_changed)
            editor.left.connect(self._renew)

    def stops(self) -> list[QWidget]:
        """Where Enter stops, in order."""
        return [editor.core for editor in self.editors.values()]

    def show_form(self, form: VisitForm) -> None:
        """Show the household's sheet of the deciding year; blank when it has none."""
        self._home, self._year = form.household, form.year
        self.set_title(f"收入核算（{form.year} 年，元）")
        self._line = _told(form)
        own = form.household.income
        for key, editor in self.editors.items():
            editor.set_value(getattr(own, key) if own is not None and own.year == form.year else None)
        self._caption.setText(f"人均可支配收入（{form.household.size} 人）")
        self._renew()

    def household(self) -> Household:
        """The household with the sheet as it stands here; the very same when nothing was changed."""
        assert self._home is not None
        own = self._home.income
        found = self._sheet()
        if (
            own is not None
            and all(getattr(own, f.key) == getattr(found, f.key) for f in ITEMS)
            and own.year == self._year
        ):
            return self._home
        blank = all(getattr(found, f.key) is None for f in ITEMS)
        return self._home if blank else replace(self._home, income=found)

    def check(self) -> list[LineEditor]:
        """The editors that hold no amount."""
        found = [e for e in self.editors.values() if e.check()]
        self._say_faults()
        return found

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark the items named; returns the problems that are not of this sheet."""
        for problem in problems:
            if problem.field in self.editors:
                self.editors[problem.field].set_problem(problem.text)
        self._say_faults()
        return [p for p in problems if p.field not in self.editors]

    def texts(self) -> dict[str, str]:
        """What stands here, for drafts."""
        return {f"income.{key}": editor.raw() for key, editor in self.editors.items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put a draft back."""
        for key, editor in self.editors.items():
            editor.set_raw(texts.get(f"income.{key}", ""))
        self._renew()

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the sheet."""
        for editor in self.editors.values():
            editor.set_read_only(locked)

    def _sheet(self) -> Income:
        values: dict[str, Decimal | None] = {}
        for key, editor in self.editors.items():
            value = editor.value()
            values[key] = value if isinstance(value, Decimal) else None
        return Income(self._year, **values)

    def _lay_out(self) -> None:
        self.body.setSpacing(0)
        self.body.addSpacing(6)
        for field in ITEMS:
            editor = self.editors[field.key]
            mark(editor.core, "flat", True)
            editor.core.setAccessibleName(field.label)
            editor.setToolTip(field.help)
            editor.setFixedWidth(128)
            line = row()
            line.addWidget(label(f"− {field.label}" if field.key in _COSTS else field.label))
            line.addStretch(1)
            line.addWidget(editor)
            self.body.addLayout(line)
            self.body.addWidget(Rule(self))
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
        below.addWidget(self.fault)
        below.addWidget(self.note)
        self.body.addLayout(below)

    def _on_changed(self) -> None:
        for editor in self.editors.values():
            editor.set_problem("")
        self._say_faults()
        self._renew()
        self.changed.emit()

    def _renew(self) -> None:
        found = self._sheet()
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
        self._say_faults()

    def _say_faults(self) -> None:
        found = [e.problem() for e in self.editors.values() if e.problem()]
        self.fault.setText("；".join(found))
        self.fault.setVisible(bool(found))


def _told(form: VisitForm) -> str:
    """The line of the year with its base, index and source."""
    line = form.line
    if line is None:
        return f"标准表里没有 {form.year} 年的识别标准，请先在“设置”里录入"
    indexed = "" if line.price_index == 1 else f"，折合 {income.to_cents(line.line):,} 元"
    source = line.source.partition("（")[0]
    return f"须低于 {line.amount:,.0f} 元（{line.year} 年不变价，指数 {line.price_index:.3f}{indexed}）　{source}"
