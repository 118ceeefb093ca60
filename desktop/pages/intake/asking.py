"""What a roster leaves unclear, asked before it is read: which sheets, what their columns mean, what is hidden, of which day it is.

Every answer that holds for all files with these captions is remembered; such a file is not asked about again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from db.fields.kinds import Date
from db.sheets.asked import Question
from db.sheets.plan import RosterPlan
from desktop.forms.matching import MatchingTable, Meaning, Offered
from desktop.widgets.chips import Chips
from desktop.widgets.lines import LineEditor
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.picks import Box

_PICK = 300
_REMEDY = "表里真的没有这一列的，请在表里补上再选文件。"


class AskingView(QWidget):
    """Signals: ``decided(RosterPlan)`` nothing is open any more; ``given_up()`` the file is not to be read."""

    decided = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "roster.md#认列")
        self._plan: RosterPlan | None = None
        self._asked: tuple[Question, ...] = ()
        self.heading = label("", "heading", self)
        self.why = label("", "quiet", self, wrap=True)
        self.problem = label("", "fault", self, wrap=True)
        self.go = button("照这样读取", "primary", self)
        self.back = button("不读这份文件", "plain", self)
        self.picks: dict[str, Box] = {}
        self.tables: dict[str, MatchingTable] = {}
        self.day: LineEditor | None = None
        self._ground = QWidget(self)
        outer, foot = column(self), row()
        outer.addWidget(self.heading)
        outer.addWidget(self.why)
        outer.addWidget(self._ground, 1)
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        outer.addLayout(foot)
        self.go.clicked.connect(self._on_go)
        self.back.clicked.connect(self.given_up)

    def show_plan(self, plan: RosterPlan, everything: bool = False) -> None:
        """Ask what is open; ``everything`` shows the columns of every sheet, sure or not."""
        self._plan = plan
        columns = plan.columns if everything else [one for one in plan.questions if one.about == "columns"]
        self._asked = (*(one for one in plan.questions if one.about != "columns"), *columns)
        open_ones = len(plan.questions)
        self.heading.setText(
            f"“{plan.book}”有 {open_ones} 处拿不准，请核对" if open_ones else f"“{plan.book}”的表头对应"
        )
        self.why.setText("没有核对清楚的不会猜着读。表头的对应答一次就记下，以后同样的表不再问。")
        self.back.setText("返回预览" if everything else "不读这份文件")
        self._lay_out()
        self._on_changed()

    def take_focus(self) -> None:
        """Put the keyboard on the first thing asked."""
        first: list[QWidget] = [*self.picks.values(), *([self.day] if self.day else [])]
        first += [table.box(index) for table in self.tables.values() for index in table.unsure()[:1]]
        (first[0] if first else self.go).setFocus()

    def answers(self) -> dict[str, Any]:
        """What is answered now, by the keys of the questions."""
        found: dict[str, Any] = {}
        for question in self._asked:
            if question.key in self.tables:
                given = self.tables[question.key].answers()
                found[question.key] = {str(index): key for index, key in given.items()}
            elif question.key in self.picks:
                place = self.picks[question.key].currentIndex()
                if place >= 0:
                    found[question.key] = question.options[place][0]
            elif question.about == "day" and self.day is not None and not self.day.check() and self.day.raw():
                found[question.key] = str(self.day.kind.read(self.day.raw()))
        return found

    def problems(self) -> list[str]:
        """What is not answered yet, or answered so that the file can't be read."""
        found = []
        for question in self._asked:
            if question.key in self.picks and self.picks[question.key].currentIndex() < 0:
                found.append(f"还没有选：{question.text}")
            if question.about == "day" and self.day is not None and (self.day.check() or not self.day.raw()):
                found.append(self.day.problem() or "还没有填按哪一天核对")
        for table in self.tables.values():
            said = table.problems()
            found += [*said, *([_REMEDY] if any("还没有一列" in one for one in said) else [])]
        return found

    def _lay_out(self) -> None:
        self.picks.clear()
        self.tables.clear()
        self.day = None
        ground = QWidget(self)
        inner = column(ground)
        single = [one for one in self._asked if one.about != "columns"]
        if single:
            inner.addWidget(self._single(single))
        whole = [one for one in self._asked if one.about == "columns"]
        if whole:
            inner.addWidget(self._columns(whole), 1)
        else:
            inner.addStretch(1)
        layout = self.layout()
        assert layout is not None
        layout.replaceWidget(self._ground, ground)
        self._ground.hide()
        self._ground.deleteLater()
        self._ground = ground
        ground.show()

    def _single(self, questions: Sequence[Question]) -> QWidget:
        card = Card(parent=self)
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(16)
        for place, question in enumerate(questions):
            grid.addWidget(label(question.text, "", card, wrap=True), place, 0)
            grid.addWidget(self._editor(question, card), place, 1)
        card.body.addLayout(grid)
        return card

    def _editor(self, question: Question, parent: QWidget) -> QWidget:
        if question.about == "day":
            self.day = LineEditor(Date(), parent)
            self.day.setFixedWidth(_PICK)
            self.day.setAccessibleName(question.text)
            self.day.changed.connect(self._on_changed)
            return self.day
        box = self.picks[question.key] = Box(parent)
        box.addItems([words for _, words in question.options])
        box.setCurrentIndex(next((n for n, (key, _) in enumerate(question.options) if key == question.proposed), -1))
        box.setFixedWidth(_PICK)
        box.setAccessibleName(question.text)
        box.activated.connect(self._on_changed)
        return box

    def _columns(self, questions: Sequence[Question]) -> QWidget:
        card = Card("" if len(questions) > 1 else questions[0].text, self)
        self._stack = QStackedWidget(card)
        self._chips = Chips([question.text for question in questions], card)
        self._chips.setVisible(len(questions) > 1)
        for question in questions:
            table = self.tables[question.key] = _table(question)
            table.changed.connect(self._on_changed)
            self._stack.addWidget(table)
        card.body.addWidget(self._chips)
        card.body.addWidget(self._stack, 1)
        self._chips.chosen.connect(self._on_layout)
        return card

    def _on_layout(self, text: str) -> None:
        tables: Mapping[str, MatchingTable] = {
            one.text: self.tables[one.key] for one in self._asked if one.key in self.tables
        }
        self._stack.setCurrentWidget(tables[text])

    def _on_changed(self) -> None:
        problems = self.problems()
        self.problem.setText("；".join(problems))
        self.go.setEnabled(not problems)

    def _on_go(self) -> None:
        if self._plan is None or self.problems():
            return
        plan = self._plan.answered(self.answers())
        if plan.questions:
            self.show_plan(plan)
        else:
            self.decided.emit(plan)


def _table(question: Question) -> MatchingTable:
    """The columns of one layout with what they may mean."""
    offered = [
        Offered(seen.index, seen.letter, seen.path, seen.samples, seen.key, seen.sure)
        for seen in question.columns
        if not seen.serial
    ]
    meanings = [
        Meaning(field.key, field.label, about, needed=field.key in question.needed)
        for field, about in question.meanings
    ]
    return MatchingTable(offered, meanings)
