"""The desk: 今天要办的事 by due date, each line with a button that opens the page which does it, and how many stand at each step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.services.office import desk
from db.services.office.desk import Overview, StepCount, Todo
from desktop.app.office import Office
from desktop.pages.desk.steps import Bar, StepBars
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, row
from desktop.widgets.page import Page
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("due", "到期", 92, least=80),
    Column("text", "事项", 300, least=116),
    Column("subject", "村 / 农户", 174, least=158),
    Column("where", "办哪一步", 148, least=84),
    Column("open", "", 76, sortable=False),
)


class DeskPage(Page):
    """工作台. Opens other pages by ``go_asked(page, thing)``: the notice's id where there is one, else the filter of the households."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "batches", "town"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("今天要办的事", "按到期先后排列；点一行直接打开那张表。", parent)
        self._office = office
        self.table = ListTable(COLUMNS, name="desk")
        self.empty = Empty("今天没有要办的事", "村里交来名册后，从“申请与名册”导入", "导入名册")
        self.bars = StepBars(self)
        sheet = Card(margin=0)
        sheet.body.addWidget(self.table)
        sheet.body.addWidget(self.empty)
        split = row(gap=14)
        split.addWidget(sheet, 3)
        split.addLayout(self._side(), 2)
        self.body.addLayout(split, 1)
        self.table.acted.connect(self._on_acted)
        self.table.opened.connect(self._open)
        self.empty.acted.connect(self._on_empty)
        self.bars.chosen.connect(self._on_step)

    def refresh(self) -> None:
        self._office.read("读取待办", desk.overview, done=self._show)

    def _side(self) -> QVBoxLayout:
        steps = Card("各步户数")
        steps.setMinimumWidth(232)
        steps.setMaximumWidth(336)
        steps.body.addWidget(self.bars)
        side = QVBoxLayout()
        side.addWidget(steps)
        side.addStretch(1)
        return side

    def _show(self, found: Overview) -> None:
        todos = found.todos
        today = self._office.record.clock.now().date()
        self.table.set_items([_item(todo, today) for todo in todos])
        self.table.setVisible(bool(todos))
        self.empty.setVisible(not todos)
        self.bars.set_bars([_bar(count) for count in found.counts])
        self.counts_said.emit(dict(Counter(todo.page for todo in todos)))

    def _on_acted(self, thing: object, column: str) -> None:
        self._open(thing)

    def _open(self, thing: object) -> None:
        if isinstance(thing, Todo):
            self.go_asked.emit(thing.page, thing.batch_id or thing.wanted)

    def _on_step(self, thing: object) -> None:
        self.go_asked.emit("households", thing)

    def _on_empty(self) -> None:
        self.go_asked.emit("intake", None)


def _item(todo: Todo, today: date) -> Item:
    cells: Sequence[str | Cell] = (
        _due(todo.due, today),
        Cell(todo.text, tip=todo.text),
        todo.subject,
        Cell(todo.where, "grey"),
        Cell("打开", look="button"),
    )
    return Item(cells, thing=todo)


def _due(due: date | None, today: date) -> Cell:
    if due is None:
        return Cell("—", "grey", "pill")
    if due < today:
        return Cell(f"逾期 {(today - due).days} 天", "red", "pill")
    if due == today:
        return Cell("今天", "red", "pill")
    if due == today + timedelta(days=1):
        return Cell("明天", "ochre", "pill")
    return Cell(f"{due:%m-%d}", "ochre" if (due - today).days <= 4 else "grey", "pill")


def _bar(count: StepCount) -> Bar:
    return Bar(count.text, count.households, count.persons, count.wanted)
