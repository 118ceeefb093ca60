"""The question on the table: what is counted, whose households, the conditions one below the other, and at the right how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from db.services.questions.answer import Answer
from db.services.questions.asked import Condition, Counts, Question, Scope, sentence
from desktop.widgets.lines import Line
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row, scrolled
from desktop.widgets.picks import Box
from desktop.widgets.segmented import Segmented
from desktop.widgets.sheet import Cell, Column

_CONDITIONS = (
    Column("line", "条件（都要符合）", 380, sortable=False, least=160),
    Column("change", "", 58, sortable=False),
    Column("drop", "", 72, sortable=False),
)
_MONTHS = 13
_COUNT_WIDTH, _HEIGHT = 316, 250
_ORDER = (Counts.HOUSEHOLDS, Counts.PERSONS)


class _Conditions(ListTable):
    """The conditions; Delete takes the current one off. Signal ``dropped(place)``."""

    dropped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        thing = self.current_thing()
        if event.key() == Qt.Key.Key_Delete and isinstance(thing, int):
            self.dropped.emit(thing)
        else:
            super().keyPressEvent(event)


class Asking(Card):
    """Signals: ``changed()`` what is counted or whose households is another; ``added()``, ``edited(place)`` and ``dropped(place)`` of the
    conditions; ``copied()``, ``kept()`` and ``put_away()`` their buttons."""

    changed = Signal()
    added = Signal()
    edited = Signal(int)
    dropped = Signal(int)
    copied = Signal()
    kept = Signal()
    put_away = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, margin=12)
        self.setProperty("help", "questions.md#加条件")
        self.counts = Segmented(("户", "人"), parent=self)
        self.scope: QComboBox = Box(self)
        self.name = Line(self)
        self.name.setPlaceholderText("起个名字，下次一点就有")
        self.name.setAccessibleName("这一问的名字")
        self.keep = button("记住这一问", "plain", self)
        self.away = button("收起不用", "link", self)
        self.conditions = _Conditions(_CONDITIONS, name="")
        self.add = button("＋ 加条件", "plain", self)
        self.none = label("不加条件，数的就是全部", "quiet", self)
        self.figure, self.also = label("", "title", self), label("", "quiet", self, wrap=True)
        self.basis = label("", "", self, wrap=True)
        self.copy = button("复制这句话", "plain", self)
        self.fault = label("", "fault", self)
        self._months: list[date | None] = []
        self._lay_out()
        self._connect()

    def set_today(self, today: date) -> None:
        """Offer today, the ends of the months before, and the whole record."""
        chosen = self.scope.currentIndex()
        months = [_month_before(today, back) for back in range(1, _MONTHS)]
        self._months = [None, *months, None]
        with QSignalBlocker(self.scope):
            self.scope.clear()
            self.scope.addItems(["今天在册的", *(f"{m.year}年{m.month}月末在册的" for m in months), "档案里全部农户"])
            self.scope.setCurrentIndex(max(0, chosen))

    def show_question(self, question: Question, name: str, *, number: int | None) -> None:
        """Put a question on the table; ``number`` is that of a kept one."""
        self.counts.choose(_ORDER.index(question.counts))
        self._show_scope(question)
        self.name.replace(name)
        self.keep.setText("保存改动" if number is not None else "记住这一问")
        self.away.setVisible(number is not None)
        self.say_fault("")
        self.show_conditions(question.where)

    def show_conditions(self, where: Sequence[Condition]) -> None:
        """List the conditions."""
        self.conditions.set_items([
            Item((one.line, Cell("改", look="button"), Cell("去掉", look="button")), thing=place)
            for place, one in enumerate(where)
        ])  # fmt: skip
        self.none.setVisible(not where)

    def chosen(self) -> tuple[Counts, Scope, date | None]:
        """What is counted, whose households, and the month at whose end."""
        place = self.scope.currentIndex()
        scope = Scope.ALL if place == len(self._months) - 1 else Scope.REGISTER
        return _ORDER[max(0, self.counts.chosen())], scope, self._months[place]

    def show_answer(self, found: Answer, before: str = "") -> None:
        """Say how many there are; ``before`` is what it was when it was kept, where that is another number."""
        counted = found.question.counts
        homes, people = f"{found.households:,} 户", f"{found.persons:,} 人"
        self.figure.setText(f"{homes}  {people}" if counted is Counts.HOUSEHOLDS else people)
        beside = f"在 {homes}里" if counted is Counts.PERSONS else ""
        met = f"其中符合条件的 {found.met:,} 人" if found.met is not None else beside
        self.also.setText("\n".join(part for part in (met, before) if part))
        self.also.setVisible(bool(self.also.text()))
        self.basis.setText(found.sentence)
        self.copy.setEnabled(True)

    def show_waiting(self, question: Question, today: date, why: str = "") -> None:
        """Nothing is counted yet, or it cannot be."""
        self.figure.setText("" if why else "正在数…")
        self.also.setVisible(False)
        self.basis.setText(why or sentence(question, today))
        self.copy.setEnabled(False)

    def say_fault(self, text: str) -> None:
        """Say why it was not kept."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _show_scope(self, question: Question) -> None:
        with QSignalBlocker(self.scope):
            if question.month is not None and question.month not in self._months:
                self._months.insert(len(self._months) - 1, question.month)
                text = f"{question.month.year}年{question.month.month}月末在册的"
                self.scope.insertItem(self.scope.count() - 1, text)
            whole = question.scope is Scope.ALL
            self.scope.setCurrentIndex(len(self._months) - 1 if whole else self._months.index(question.month))

    def _on_acted(self, thing: object, key: str) -> None:
        if isinstance(thing, int):
            (self.edited if key == "change" else self.dropped).emit(thing)

    def _on_opened(self, thing: object) -> None:
        if isinstance(thing, int):
            self.edited.emit(thing)

    def _connect(self) -> None:
        self.counts.changed.connect(self.changed)
        self.scope.activated.connect(self.changed)
        self.add.clicked.connect(self.added)
        self.conditions.acted.connect(self._on_acted)
        self.conditions.opened.connect(self._on_opened)
        self.conditions.dropped.connect(self.dropped)
        self.copy.clicked.connect(self.copied)
        self.keep.clicked.connect(self.kept)
        self.name.returnPressed.connect(self.kept)
        self.away.clicked.connect(self.put_away)

    def _lay_out(self) -> None:
        head, split, left, right, foot = row(gap=10), row(gap=16), column(gap=6), column(gap=6), row()
        self.scope.setMinimumWidth(210)
        self.scope.setAccessibleName("数哪些户")
        for part in (label("数", "caption", self), self.counts, self.scope):
            head.addWidget(part)
        head.addWidget(self.name, 1)
        head.addWidget(self.keep)
        head.addWidget(self.away)
        adding = row()
        adding.addWidget(self.add)
        adding.addWidget(self.none)
        adding.addStretch(1)
        left.addWidget(self.conditions, 1)
        left.addLayout(adding)
        counted = QWidget(self)
        counted.setFixedWidth(_COUNT_WIDTH)
        counted.setLayout(right)
        for part in (self.figure, self.also):
            right.addWidget(part)
        self.basis.setAlignment(Qt.AlignmentFlag.AlignTop)
        right.addWidget(scrolled(self.basis), 1)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        right.addLayout(foot)
        split.addLayout(left, 1)
        split.addWidget(counted)
        self.body.addLayout(head)
        self.body.addWidget(self.fault)
        self.body.addLayout(split, 1)
        self.fault.hide()
        self.setMaximumHeight(_HEIGHT)
        self.setMinimumHeight(_HEIGHT - 30)


def _month_before(today: date, back: int) -> date:
    first = today.replace(day=1)
    for _ in range(back):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
