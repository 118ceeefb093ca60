"""The right side: where one rule found something, sentence by sentence; each leads to its field, many can be given one reason."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.services.health import rarenames
from db.services.health.health import Found, Hit
from desktop.pages.health.rare import HOW
from desktop.pages.health.rules import WORDS
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column, label
from desktop.widgets.reasonbox import ReasonBox
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.ticks import Tickable, Ticks

GO = "go"
_WHOSE = (Column("village", "村", 72), Column("group", "组", 70), Column("head", "户主", 72))
_GO = Column(GO, "", 84, sortable=False)
COLUMNS = (*_WHOSE, Column("text", "问题", 370, sortable=False, least=200), _GO)
TICKED = (*_WHOSE, Column("text", "问题", 330, sortable=False, least=180), _GO)


class HitList(QWidget):
    """Signals: ``go(hit)`` 去处理; ``explained(doubts, reason)``."""

    go = Signal(object)
    explained = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "health.md#怎样处理")
        self.found: Found | None = None
        self.heading = label("", "heading", self)
        self.told = label("", "quiet", self, wrap=True)
        self.said = label("", "", self, wrap=True)
        self.list = ListTable(COLUMNS, name="health-hits")
        self.ticks = Ticks(TICKED, "处")
        self.stack = QStackedWidget(self)
        self.box = ReasonBox(parent=self)
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.ticks)
        sheet, whole = Card(parent=self, margin=12), column(self, 8)
        for part in (self.heading, self.told):
            sheet.body.addWidget(part)
        sheet.body.addWidget(self.stack, 1)
        sheet.body.addWidget(self.said)
        sheet.body.addWidget(self.box)
        whole.addWidget(sheet, 1)
        for table in (self.list, self.ticks.list):
            table.acted.connect(self._on_acted)
            table.opened.connect(self.go)
            table.current_changed.connect(self._on_current)
        self.ticks.changed.connect(self._on_ticks)
        self.box.given.connect(self._on_given)

    def show_found(self, found: Found | None) -> None:
        """Show the hits of another rule, none ticked; only what a reason helps can be ticked."""
        self.found = found
        self.setVisible(found is not None)
        if found is None:
            return
        how = HOW if found.rule == rarenames.RULE else WORDS[found.kind][2]
        where = "打开名册的预览" if found.hits[0].household_id == 0 else "打开那一格"
        number = f"规则 {found.rule}。" if found.rule else ""
        self.heading.setText(f"{found.title}　{found.households:,} 户 {len(found.hits):,} 处")
        self.told.setText(f"{how}。双击或点“去处理”{where}。{number}")
        doubtful = found.kind == "W" and all(hit.doubt is not None for hit in found.hits)
        if doubtful:
            self.ticks.set_rows([Tickable(_cells(hit), hit, ticked=False) for hit in found.hits])
        else:
            self.list.set_items([Item(_cells(hit), thing=hit) for hit in found.hits])
        self.stack.setCurrentWidget(self.ticks if doubtful else self.list)
        self.box.setVisible(doubtful)
        self.shown().table.go_to(0)
        self._on_current(found.hits[0])
        self._on_ticks()

    def shown(self) -> ListTable:
        """The table that is looked at."""
        return self.ticks.list if self.stack.currentWidget() is self.ticks else self.list

    def _on_current(self, thing: object) -> None:
        """The whole sentence of the row the keyboard is on; rows show as much of it as fits."""
        if isinstance(thing, Hit):
            self.said.setText(_text(thing))

    def _on_acted(self, thing: object, key: str) -> None:
        if key == GO:
            self.go.emit(thing)

    def _on_ticks(self) -> None:
        self.box.set_count(len(self.ticks.ticked()))

    def _on_given(self, reason: str) -> None:
        doubts = [hit.doubt for hit in self.ticks.ticked() if isinstance(hit, Hit) and hit.doubt is not None]
        self.explained.emit(doubts, reason)


def _cells(hit: Hit) -> tuple[str | Cell, ...]:
    text = _text(hit)
    return hit.village, hit.group, hit.head_name, Cell(text, tip=text), Cell("去处理", look="button")


def _text(hit: Hit) -> str:
    if hit.why is None:
        return hit.text
    return f"{hit.why.reason}（{hit.why.actor} {hit.why.at:%Y-%m-%d}）：{hit.text}"
