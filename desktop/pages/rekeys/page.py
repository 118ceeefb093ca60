"""复录核对: draw a sample, key it again blind by another person, look only at what differs, print the rate of error."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QComboBox, QWidget

from db.papers.rekey import RekeyFacts, build
from db.services.rekeying import rekeys
from db.services.rekeying.rekeys import Item as Drawn
from db.services.rekeying.rekeys import Round
from desktop.app.office import Office
from desktop.pages.rekeys.drawing import DrawPane
from desktop.pages.rekeys.keying import KeyPane
from desktop.pages.rekeys.settling import SettlePane
from desktop.printing.window import show_paper
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, label, row
from desktop.widgets.page import Page
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.stack import Stack

COLUMNS = (
    Column("village", "村", 76),
    Column("group", "村民小组", 80),
    Column("head", "户主", 76),
    Column("state", "复录", 104),
    Column("keyer", "复录人", 74),
)
WAITING, DONE = "待复录", "已复录"


class RekeysPage(Page):
    """``open_thing`` takes the id of a round."""

    interests: ClassVar[frozenset[str]] = frozenset({"rekeys", "households", "town", "people"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("复录核对", "抽一批表由另一人再录一遍，看不到原录；录完只看不一致的地方。", parent)
        self._office = office
        self._rounds: tuple[Round, ...] = ()
        self._asking = False
        self.print = self.add_button("打印核对结果")
        self.begin = self.add_button("抽取一批", "primary")
        self.round: QComboBox = Box(self)
        self.round.setProperty("help", "rekeys.md#核对")
        self.round.setAccessibleName("哪一批")
        self.list = ListTable(COLUMNS, (WAITING, DONE), "rekey-items", parent=self)
        self.progress = label("", "quiet", self, wrap=True)
        self.hint = Empty("", parent=self)
        self.drawing = DrawPane(office, self)
        self.keying = KeyPane(office, self)
        self.settling = SettlePane(office, self)
        self.stack = Stack(self)
        self._lay_out()
        self._hear()

    def refresh(self) -> None:
        here = self._round()
        self._rounds = self._office.see(rekeys.rounds)
        self.round.clear()
        self.round.addItems([_named(one) for one in self._rounds])
        self.round.setVisible(bool(self._rounds))
        self._choose(here.id if here else 0)

    def save(self) -> None:
        pane = self.stack.currentWidget()
        if isinstance(pane, DrawPane | KeyPane | SettlePane):
            pane.save()

    def preview(self) -> None:
        self._on_print()

    def next_record(self) -> None:
        self.list.table.go_next()

    def may_leave(self) -> bool:
        if not (self.keying.is_dirty() or self.settling.is_dirty()):
            return True
        answers = (Answer("不保存，离开", "drop", "danger"), Answer("留下", "stay", "primary"))
        if ask(self, "还没有存入", "这一户录了一半或选定的还没有保存。", answers) != "drop":
            return False
        self.keying.drop()
        self.settling.drop()
        return True

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, int):
            self._choose(thing)

    def _lay_out(self) -> None:
        left, right = Card(parent=self, margin=10), Card(parent=self, margin=14)
        left.body.addWidget(self.round)
        left.body.addWidget(self.progress)
        left.body.addWidget(self.list, 1)
        left.setFixedWidth(456)
        for pane in (self.hint, self.drawing, self.keying, self.settling):
            self.stack.addWidget(pane)
        right.body.addWidget(self.stack, 1)
        split = row(gap=14)
        split.addWidget(left)
        split.addWidget(right, 1)
        self.body.addLayout(split, 1)

    def _hear(self) -> None:
        self.begin.clicked.connect(self._on_begin)
        self.print.clicked.connect(self._on_print)
        self.round.activated.connect(self._on_round)
        self.list.current_changed.connect(self._on_current)
        self.hint.acted.connect(self._on_begin)
        self.drawing.drawn.connect(self._on_drawn)
        self.drawing.left.connect(self._show_current)
        self.keying.keyed.connect(self._on_keyed)
        self.keying.left.connect(self._show_current)
        self.settling.settled.connect(self._on_settled)

    def _round(self) -> Round | None:
        place = self.round.currentIndex()
        return self._rounds[place] if 0 <= place < len(self._rounds) else None

    def _choose(self, round_id: int) -> None:
        ids = [one.id for one in self._rounds]
        self.round.setCurrentIndex(ids.index(round_id) if round_id in ids else 0 if ids else -1)
        self._show_round()

    def _show_round(self) -> None:
        now, here = self._round(), self.list.current_thing()
        found = self._office.see(rekeys.items, now.id) if now else ()
        self.list.set_items([_item(one) for one in found])
        self.print.setEnabled(now is not None)
        self.progress.setText(_progress(now) if now else "还没有抽过。")
        ids = [one.id for one in found]
        was = here.id if isinstance(here, Drawn) else 0
        if ids and self.list.count():
            self.list.table.go_to(ids.index(was) if was in ids else 0)
        self._show_current()

    def _show_current(self) -> None:
        """What the household needs next: to be keyed, to be settled, or a word why not."""
        if self.keying.is_dirty():
            return
        one = self.list.current_thing()
        if not isinstance(one, Drawn):
            self.hint.say("还没有抽取复录样本", "先抽取一批，再换没有录过的人登录复录。", "抽取一批")
            self.stack.setCurrentWidget(self.hint)
        elif one.differing is not None:
            self.settling.show_compared(self._office.see(rekeys.compared, one.id))
            self.stack.setCurrentWidget(self.settling)
        elif one.own:
            me = self._office.record.actor.name
            self.hint.say(f"{one.head_name}户的原录是{me}录的", "须换另一人登录复录；可以先录别的户。")
            self.stack.setCurrentWidget(self.hint)
        else:
            self.keying.start(self._office.see(rekeys.blank, one.id))
            self.stack.setCurrentWidget(self.keying)

    def _on_begin(self) -> None:
        if self.may_leave():
            self.drawing.start()
            self.stack.setCurrentWidget(self.drawing)

    def _on_round(self) -> None:
        if self.may_leave():
            self._show_round()

    def _on_current(self, _: object) -> None:
        """Another row: what was typed is asked about first."""
        if self._asking:
            return
        self._asking = True
        free = self.may_leave()
        self._asking = False
        if free:
            self._show_current()

    def _on_drawn(self, round_id: int) -> None:
        self._rounds = ()
        self.refresh()
        self._choose(round_id)
        self.said.emit(f"已抽取 {self.list.count()} 户，请没有录过的人登录复录", "pine")

    def _on_keyed(self, _: int, differing: int) -> None:
        self.said.emit(f"已存入，{differing} 项不一致" if differing else "已存入，两次录入完全一致", "pine")
        self.renew()

    def _on_settled(self, text: str) -> None:
        self.said.emit(text, "pine")
        self.renew()

    def _on_print(self) -> None:
        now = self._round()
        if now is not None:
            self._office.read("排核对结果", rekeys.result, now.id, done=self._show_paper)

    def _show_paper(self, facts: RekeyFacts) -> None:
        show_paper(self, build(facts))


def _named(one: Round) -> str:
    return f"{one.at:%Y-%m-%d}　{one.subject.label}　{one.scope}　{one.keyed}/{one.drawn} 户"


def _progress(one: Round) -> str:
    return f"从 {one.pool:,} 户里抽 {one.drawn:,} 户；已复录 {one.keyed:,} 户，办结 {one.settled:,} 户。"


def _item(one: Drawn) -> Item:
    if one.differing is None:
        state = Cell("须另一人录", "grey", "pill") if one.own else Cell("待复录", "red", "pill")
    elif one.open:
        state = Cell(f"{one.open} 项待核对", "ochre", "pill")
    else:
        state = Cell("一致" if not one.differing else "已核对", "pine", "pill")
    cells = (one.village, one.group, one.head_name, state, one.keyed_by or "—")
    return Item(cells, WAITING if one.differing is None else DONE, one)
