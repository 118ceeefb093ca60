"""贫困户登记表 in tabs: 基本信息, 家庭成员, 收入核算, 生产生活; what stands in them is one household."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from db.errors import Problem
from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME
from db.rules.income import Threshold
from db.rules.values import Household
from desktop.forms.findings import sums
from desktop.forms.incomesheet import IncomeSheet
from desktop.forms.money import income_year, sheet_of
from desktop.forms.people import HEAD_OF, head_first, member_of, plain, without_echo
from desktop.pages.households import layout
from desktop.pages.households.living import LivingTab
from desktop.pages.households.people import PeopleTab
from desktop.widgets.form import Form
from desktop.widgets.looks import Card, column, row, scrolled
from desktop.widgets.side import SideCard

_SHEET_WIDTH = 420


class RecordTabs(QTabWidget):
    """Signals: ``edited()`` the clerk typed; ``left()`` a field was left; ``save_asked()`` Ctrl+S; ``cancel_asked()`` Esc;
    ``pointed(field)``; ``change_asked()`` 人员变动."""

    edited = Signal()
    left = Signal()
    save_asked = Signal()
    cancel_asked = Signal()
    pointed = Signal(object)
    change_asked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._base = Household("", "", "")
        self._thresholds: Sequence[Threshold] = ()
        self.facts = Form(layout.BASICS, self, {**layout.SWITCHES, "reason": "lines"})
        self.people = PeopleTab(today, self)
        self.income = IncomeSheet()
        self.sums = SideCard("合计")
        self.living = LivingTab(self)
        self._sheet = Card("收入核算")
        self.addTab(_below(self.facts), "基本信息")
        self.addTab(self.people, "家庭成员")
        self.addTab(self._income_page(), "收入核算")
        self.addTab(self.living, "生产生活")
        self.facts.set_quiet()
        self._connect()

    def show_household(self, household: Household, thresholds: Sequence[Threshold]) -> None:
        """Show a household of the record; everything is clean."""
        self._thresholds = thresholds
        self.adopt(household)
        self.facts.set_values({key: getattr(household, key) for key in HOUSEHOLD})
        self.people.show_people(household)
        self.people.set_head(self.facts.texts())
        self.income.set_values({key: getattr(household.income, key, None) for key in INCOME})
        self.living.show_household(household)
        year = (household.applied_on or self._today).year
        self.facts.set_year(year)
        self.people.set_year(year)
        self.setTabText(1, f"家庭成员 {household.size}")
        self.renew_sums()

    def adopt(self, household: Household) -> None:
        """From now on the fields stand on ``household`` (a newer version in the record); nothing typed changes."""
        self._base = household
        self._sheet.set_title(f"收入核算（{self._year()} 年，元）")

    def household(self) -> Household:
        """What stands in the fields, on top of what was shown."""
        base = self._base
        members = self.people.members()
        own = {key: plain(value, getattr(base, key)) for key, value in self.facts.values().items()}
        found = self.living.household(replace(base, **own))
        order = [m for m in head_first(base) if m is not None]
        same = members == tuple(order)
        return replace(
            found,
            members=base.members if same else members,
            able_stated=base.able_stated if same else sum(1 for m in members if m.labour is not None and m.labour.able),
            income=sheet_of(self.income.values(), base.income, self._year(), len(members)),
        )

    def texts(self) -> dict[str, Any]:
        """All that stands in the fields, readable or not: for drafts."""
        return {
            "facts": self.facts.texts(), "people": self.people.texts(), "income": self.income.texts(),
            "living": self.living.texts(),
        }  # fmt: skip

    def set_texts(self, texts: Mapping[str, Any]) -> None:
        """Put a draft back; the fields count as edited."""
        self.facts.set_texts(texts["facts"])
        self.people.set_head(self.facts.texts())
        self.people.set_texts(texts["people"])
        self.income.set_texts(texts["income"])
        self.living.set_texts(texts["living"])
        self.renew_sums()

    def is_dirty(self) -> bool:
        """Whether the clerk edited since the household was shown or saved."""
        return any(part.is_dirty() for part in (self.facts, self.people, self.income, *self.living.parts))

    def set_clean(self) -> None:
        """What stands here is saved."""
        for part in (self.facts, self.people, self.income, *self.living.parts):
            part.set_clean()

    def set_read_only(self, locked: bool) -> None:
        """Lock or free all fields."""
        for part in (self.facts, self.people, self.income, *self.living.parts):
            part.set_read_only(locked)

    def unreadable(self) -> list[Problem]:
        """Fields whose text is no value, as problems at their places."""
        found = []
        for form in (self.facts, *self.living.parts):
            form.check()
            found += [Problem(form.editor(key).problem(), key) for key in form.faulty()]
        self.income.check()
        found += [Problem(self.income.editors[key].problem(), key) for key in self.income.faulty()]
        return found + self.people.unreadable()

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark every problem at its field and go to the first; returns those of no field."""
        at_fields, at_people = self._placed(problems)
        self.living.show_problems(at_fields)
        self.income.show_problems(at_fields)
        self.people.show_problems(at_people)
        self.facts.show_problems([p for p in at_fields if p.field in self.facts.fields()])
        self._go_to_first_fault(at_people)
        known = {*self.facts.fields(), *self.income.editors, *self.living.form.fields(), *self.living.moving.fields()}
        return [p for p in at_fields if p.field not in known]

    def hint(self, errors: Sequence[Problem], warnings: Sequence[Problem]) -> None:
        """Mark what is wrong or doubtful while the clerk is at work."""
        at_fields, at_people = self._placed(errors)
        doubts, of_people = self._placed(warnings)
        self.facts.hint(at_fields, doubts)
        self.income.hint(at_fields, doubts)
        self.living.hint(at_fields, doubts)
        self.people.hint(at_people, of_people)
        self.renew_sums()

    def renew_sums(self) -> None:
        """Add the income sheet up against the line of its year."""
        figures, note = sums(self.household(), self._thresholds)
        self.sums.show_figures(figures, note or "没有的填 0；还没有收入核算表")

    def faults(self) -> int:
        """How many fields are marked as wrong."""
        people = sum(len(grid.model.faults()) for grid in self.people.grids)
        return people + sum(len(part.faulty()) for part in (self.facts, self.income, *self.living.parts))

    def go_to(self, key: str, member: int | None = None) -> None:
        """Open the tab of a field and put the keyboard into it."""
        if member is not None:
            self.setCurrentWidget(self.people)
            self.people.go_to(member, key)
            return
        for page, form in ((0, self.facts), (3, self.living.form), (3, self.living.moving)):
            if key in form.fields():
                self.setCurrentIndex(page)
                form.go_to(key)
        if key in self.income.editors:
            self.setCurrentIndex(2)
            self.income.go_to(key)

    def _year(self) -> int:
        return income_year(self._base, self._base.applied_on, self._today)

    def _placed(self, problems: Sequence[Problem]) -> tuple[list[Problem], list[tuple[int, Problem]]]:
        """Problems of fields, and those of members by the row of the grid; what is wrong with the head's row is said above."""
        order = [m for m in head_first(self._base) if m is not None]
        at_fields, at_people = [], []
        for problem in without_echo(problems):
            index = member_of(problem)
            if index is None:
                at_fields.append(problem)
            else:
                row_at = (
                    order.index(self._base.members[index]) if self.household().members == self._base.members else index
                )
                if row_at == 0 and problem.field in HEAD_OF:
                    at_fields.append(Problem(problem.text, HEAD_OF[problem.field], rule=problem.rule))
                else:
                    at_people.append((row_at, problem))
        return at_fields, at_people

    def _go_to_first_fault(self, at_people: Sequence[tuple[int, Problem]]) -> None:
        forms = ((self.facts, 0), (self.income, 2), (self.living.form, 3), (self.living.moving, 3))
        first = next(((form, page) for form, page in forms if form.faulty()), None)
        if first is not None and (first[1] == 0 or not at_people):
            self.setCurrentIndex(first[1])
            first[0].go_to_first_fault()
        elif at_people:
            self.setCurrentIndex(1)
            self.people.go_to_first_fault()

    def _income_page(self) -> QWidget:
        made, split = QWidget(), row(gap=14)
        made.setObjectName("ground")
        self._sheet.body.addWidget(self.income)
        self._sheet.setMaximumWidth(_SHEET_WIDTH)
        right = column()
        right.addWidget(self.sums)
        right.addStretch(1)
        left = column()
        left.addWidget(self._sheet)
        left.addStretch(1)
        split.addLayout(left)
        split.addLayout(right, 1)
        outer = column(made)
        outer.addLayout(split)
        outer.addStretch(1)
        return _below(scrolled(made))

    def _connect(self) -> None:
        for typed in (self.facts, self.income, self.living):
            typed.left.connect(self.left)
            typed.cancel_asked.connect(self.cancel_asked)
            typed.ended.connect(self._on_ended)
        for part in (self.facts, self.people, self.income, self.living):
            part.save_asked.connect(self.save_asked)
            part.pointed.connect(self.pointed)
            part.changed.connect(self._on_changed)
        for line in (self.facts.faults, self.income.faults, *(p.faults for p in self.living.parts)):
            line.silent = True
        self.facts.changed.connect(self._on_head_changed)
        self.people.change_asked.connect(self.change_asked)

    def _on_changed(self) -> None:
        self.edited.emit()

    def _on_head_changed(self) -> None:
        self.people.set_head(self.facts.texts())

    def _on_ended(self) -> None:
        """Enter past the last field of a tab begins the next tab."""
        here = self.currentIndex()
        if here == 0:
            self.setCurrentIndex(1)
            self.people.grids[0].go_to_first()
        elif here == 2:
            self.setCurrentIndex(3)
            self.living.go_to_first()
        else:
            self.tabBar().setFocus(Qt.FocusReason.TabFocusReason)


def _below(part: QWidget) -> QWidget:
    """A tab's part a little below the line under the tabs."""
    made = QWidget()
    inner = column(made)
    inner.setContentsMargins(0, 10, 0, 0)
    inner.addWidget(part)
    return made
