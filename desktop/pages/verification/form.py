"""The visit of one household: the sheet at the left, income and conclusion at the right, one run of the keyboard through all of it.

Enter goes on, Shift+Enter back, 1/2/3 answer, Ctrl+S saves; the verdict follows at every key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from db.errors import Problem, Refused
from db.rules.case import Status
from db.rules.codes import Verdict
from db.rules.eligibility import Verification
from db.rules.hints import bar_hints
from db.rules.values import Household
from db.services.cases.verification import judged, leads_to
from db.services.deciding.visit_form import VisitForm
from desktop.app.office import Office
from desktop.forms.explaining import explain
from desktop.pages.verification.conclusion import ConclusionCard
from desktop.pages.verification.income import IncomeCard
from desktop.pages.verification.ruling import RulingCard
from desktop.pages.verification.sheet import VisitSheet
from desktop.pages.verification.wording import OUTCOMES
from desktop.widgets.editor import ENTER
from desktop.widgets.faults import FaultLine
from desktop.widgets.helpline import HelpLine
from desktop.widgets.looks import column, label, row

SIDE_WIDTH = 342


class FormView(QWidget):
    """Signals: ``changed()`` the clerk edited; ``save_asked()`` Ctrl+S or Enter past the last field; ``cancel_asked()`` Esc."""

    changed = Signal()
    save_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form: VisitForm | None = None
        self._today = date.min
        self._dirty = False
        self.faults = FaultLine(self)
        self.note = label("", "warn", self, wrap=True)
        self.sheet = VisitSheet(self)
        self.income = IncomeCard()
        self.conclusion = ConclusionCard()
        self.ruling = RulingCard(office)
        self._side = QScrollArea(self)
        self.help = HelpLine(explain, self)
        self.help.watch(self.sheet.home, self.income.sheet)
        for key, turned in ((Qt.Key.Key_PageDown, self._on_page_down), (Qt.Key.Key_PageUp, self._on_page_up)):
            page_key = QShortcut(QKeySequence(key), self)
            page_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            page_key.activated.connect(turned)
        self._lay_out()
        self.faults.asked.connect(self._go_to_fault)
        for part in (self.sheet, self.income, self.conclusion):
            part.changed.connect(self._on_changed)
        self.sheet.head.copied.connect(self._on_copied)
        home = self.sheet.home
        home.home_ended.connect(self._on_home_ended)
        home.home_began.connect(self._on_home_began)
        home.health_ended.connect(self._on_health_ended)
        home.health_began.connect(self._on_health_began)
        home.save_asked.connect(self.save_asked)
        home.cancel_asked.connect(self.cancel_asked)

    def show_form(self, form: VisitForm, today: date, texts: Mapping[str, str] | None = None) -> None:
        """Show a household: the visit on file, or ``texts`` typed for it before and not saved."""
        self.form, self._today = form, today
        self.faults.tell(0)
        self.sheet.head.offer(form.before if form.visit is None else None)
        self.sheet.show_visit(form.visit)
        self.income.show_form(form)
        self.sheet.home.show_household(form.household)
        self.sheet.home.set_year((form.household.applied_on or today).year)
        self.conclusion.put(form.visit.stated if form.visit else None, form.visit.remark if form.visit else "")
        self.ruling.show_form(form)
        for part in (self.sheet, self.income, self.conclusion):
            part.set_read_only(not form.open)
        self.note.setText("" if form.open else _why_closed(form))
        self.note.setVisible(not form.open)
        self._dirty = False
        if texts:
            self.set_texts(texts)
        self._judge()
        self.sheet.to_top()
        if form.open:
            self.sheet.head.day.setFocus(Qt.FocusReason.TabFocusReason)

    def is_dirty(self) -> bool:
        """Whether something was entered that is not saved."""
        return self._dirty

    def set_clean(self) -> None:
        """What stands here is saved or given up."""
        self._dirty = False

    def visit(self) -> Verification:
        """The visit as it stands here; today where the date is still blank."""
        stated, remark = self.conclusion.said()
        return replace(self.sheet.visit(self._today), stated=stated, remark=remark)

    def household(self) -> Household:
        """The household with income, house, property and health as they stand here."""
        return self.sheet.home.apply(self.income.household())

    def texts(self) -> dict[str, str]:
        """What stands here, for drafts."""
        stated, remark = self.conclusion.said()
        return {
            **self.sheet.texts(),
            **self.income.texts(),
            **self.sheet.home.texts(),
            "stated": stated.label if stated else "",
            "remark": remark,
        }

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put a draft back; the form counts as edited."""
        self.sheet.set_texts(texts)
        self.income.set_texts(texts)
        self.sheet.home.set_texts(texts)
        self.conclusion.put(Verdict.by_label(texts.get("stated", "")), texts.get("remark", ""))
        self._dirty = True

    def check(self) -> bool:
        """Whether it can be handed to the record; the faults are marked and counted."""
        wrong = [*self.sheet.head.check(), *self.income.check()]
        count = len(wrong) + self.sheet.home.check()
        self.faults.tell(count)
        if count:
            self._go_to_fault()
        return not count

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark what the record refused; what belongs to no field is said at the top."""
        others = self.sheet.home.show_problems(
            [p for p in problems if not self.sheet.head.show_problem(p.field, p.text)]
        )
        others = self.income.show_problems(others)
        self.faults.tell(len(problems) - len(others), [p.text for p in others])
        self._go_to_fault()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel_asked.emit()
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Go to the next (+1) or previous (−1) stop; past the last one saving is asked for."""
        stops = self._stops()
        at = self._place(stops)
        if at is None and self.sheet.priorities.has_keyboard():
            at = stops.index(self.sheet.priorities.first)
        if at is None:
            return
        if at + by >= len(stops):
            self.save_asked.emit()
        elif at + by >= 0:
            self._reach(stops[at + by])

    def _place(self, stops: Sequence[QWidget]) -> int | None:
        """Which stop has the keyboard, or one of its parts has."""
        here: QWidget | None = self.focusWidget()
        if here is None or not here.hasFocus():
            return None
        return next((n for n, stop in enumerate(stops) if stop is here or stop.isAncestorOf(here)), None)

    def turn(self, by: int) -> None:
        """PgDn and PgUp: go to the beginning of the next or previous part of the paper."""
        parts = [*self.sheet.sections(), *self.income.stops()[:1], self.conclusion.stated]
        home = self.sheet.home
        stops = list(dict.fromkeys((*self.sheet.head.stops(), home.form, home.health, *self._stops())))
        here = self._place(stops)
        at = -1 if here is None else here
        later = [part for part in parts if stops.index(part) > at]
        before = [part for part in parts if stops.index(part) < at]
        if by > 0 and later:
            self._reach(later[0])
        elif by < 0 and before:
            self._reach(before[-1])

    def _stops(self) -> list[QWidget]:
        return [*self.sheet.stops(), *self.income.stops(), *self.conclusion.stops()]

    def _reach(self, widget: QWidget) -> None:
        if widget is self.sheet.home.form:
            self.sheet.home.go_to_first()
        elif widget is self.sheet.home.health:
            self.sheet.home.health.go_to_first()
        else:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.sheet.go_to(widget)
        if self._side.widget().isAncestorOf(widget):
            self._side.ensureWidgetVisible(widget, 0, 40)

    def _judge(self) -> None:
        if self.form is None:
            return
        if not self.form.open and self.form.file.judgement is not None:
            status, judgement = self.form.file.state.status, self.form.file.judgement
            self.conclusion.show_judgement(judgement, status if status in OUTCOMES else Status.RUNNING)
            return
        home, visit, lines = self.household(), self.visit(), self.form.thresholds
        self.sheet.propose(bar_hints(home.living))
        try:
            self.conclusion.show_judgement(judged(lines, home, visit), leads_to(lines, home, visit))
        except Refused as refused:
            self.faults.tell(0, [p.text for p in refused.problems])

    def _lay_out(self) -> None:
        side = QWidget()
        side.setObjectName("ground")
        stack = column(side, 14)
        for card in (self.ruling, self.income, self.conclusion):
            stack.addWidget(card)
        keys = "回车到下一项 · 翻页键到下一段 · 1/2/3 选是、否、待核 · Ctrl+S 保存"
        stack.addWidget(label(keys, "quiet", wrap=True))
        stack.addStretch(1)
        self._side.setWidget(side)
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._side.setFixedWidth(SIDE_WIDTH)
        whole, split = column(self, 8), row(gap=14)
        whole.addWidget(self.faults)
        whole.addWidget(self.note)
        split.addWidget(self.sheet, 1)
        split.addWidget(self._side)
        whole.addLayout(split, 1)
        whole.addWidget(self.help)

    def _on_changed(self) -> None:
        self._dirty = True
        self._judge()
        self.changed.emit()

    def _on_copied(self) -> None:
        self._reach(self.sheet.head.household)

    def _on_page_down(self) -> None:
        self.turn(1)

    def _on_page_up(self) -> None:
        self.turn(-1)

    def _on_home_ended(self) -> None:
        self._reach(self.sheet.home.health if self.sheet.home.health_waits() else self._first_look())

    def _on_home_began(self) -> None:
        self._reach(self.sheet.head.stops()[-1])

    def _on_health_ended(self) -> None:
        self._reach(self._first_look())

    def _on_health_began(self) -> None:
        self.sheet.home.go_to_last()

    def _first_look(self) -> QWidget:
        return next(iter(self.sheet.looks.values())).answer

    def _go_to_fault(self) -> None:
        editors = (
            self.sheet.head.day,
            self.sheet.head.surveyors,
            self.sheet.head.officer,
            *self.income.editors.values(),
        )
        wrong = next((e for e in editors if e.problem()), None)
        if wrong is not None:
            self._reach(wrong.core)
        elif self.sheet.home.faulty():
            self.sheet.home.go_to_first_fault()


def _why_closed(form: VisitForm) -> str:
    state = form.file.state
    if state.status is Status.RULING:
        return (
            f"本户已核实（{form.entered_by}录入），查到七不进，先停下等审核人认定。要改核实表，请在农户档案里用“更正”。"
        )
    if state.ended:
        return f"本户{state.status.label}：{state.why}。这里只能看；要改请在农户档案里用“更正”。"
    at = state.at.label if state.at else "建档"
    return f"本户已办到“{at}”，核实表只能看；要改请在农户档案里用“更正”。"
