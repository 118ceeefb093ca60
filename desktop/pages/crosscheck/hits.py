"""The middle: the hits wanted, narrowed by village, by what they came to and by household; one or many are chosen to be explained."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.rules.codes import CrossMatch, CrossOutcome
from db.rules.crosscheck import ALARMS, BARS
from db.services.crosscheck.crosscheck import HitView
from desktop.pages.crosscheck.lists import Narrow
from desktop.widgets.colours import Tone
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column

WAITING, DONE = "待说明", "已说明"
_EARLIER = "以前说明过"
_ANY_VILLAGE, _ANY_OUTCOME = "全部村", "全部结果"
COLUMNS = (
    Column("village", "村", 66),
    Column("name", "姓名", 100),
    Column("text", "比中的情况", 196, sortable=False, least=110),
    Column("outcome", "核实结果", 104),
)
_BY = {CrossMatch.NUMBER: "", CrossMatch.NAME: "（同名同村）"}
_COMMON = re.compile("序号|编号|址|村|镇|性别|民族|年龄|电话")
_TONES: dict[CrossOutcome, Tone] = {CrossOutcome.REMOVAL: "red", CrossOutcome.WAITING: "ochre"}


class Hits(QWidget):
    """Signals: ``current_changed(hit | None)``; ``chosen()`` other rows are selected; ``opened(hit)`` Enter or double click."""

    current_changed = Signal(object)
    chosen = Signal()
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "crosscheck.md#逐处说明")
        self._all: tuple[HitView, ...] = ()
        self._narrow = Narrow()
        self._home = 0
        self.village = _box(self, "村", [_ANY_VILLAGE])
        self.outcome = _box(self, "核实结果", [_ANY_OUTCOME, *CrossOutcome.labels()])
        self.of_home = label("", "strong", self)
        self.leave_home = button("看全部农户", "link", self)
        self.counted = label("", "quiet", self)
        self.list = ListTable(COLUMNS, (WAITING, DONE), name="crosscheck-hits", parent=self)
        self.empty = Empty("", parent=self)
        self._lay_out()
        self.village.activated.connect(self._show)
        self.outcome.activated.connect(self._show)
        self.leave_home.clicked.connect(self._on_leave_home)
        self.list.current_changed.connect(self.current_changed)
        self.list.opened.connect(self.opened)
        self.list.filtered.connect(self._on_filtered)
        self.list.table.selection_said.connect(self._on_selection)
        self.list.choose(WAITING)

    def show_hits(self, hits: Sequence[HitView]) -> None:
        """Show what the record has; what was chosen to be seen stays."""
        self._all = tuple(hits)
        before = self.village.currentText()
        names = [_ANY_VILLAGE, *dict.fromkeys(hit.village for hit in hits)]
        self.village.clear()
        self.village.addItems(names)
        self.village.setCurrentIndex(names.index(before) if before in names else 0)
        self._show()

    def narrow(self, wanted: Narrow) -> None:
        """Show the hits of a kind or list only."""
        self._narrow = wanted
        self._show()
        self.take_row(0)

    def of_household(self, household_id: int) -> None:
        """Show the hits of one household only, open or not; 0 for all."""
        self._home = household_id
        if household_id:
            self.village.setCurrentIndex(0)
            self.outcome.setCurrentIndex(0)
        self.list.choose("全部" if household_id else WAITING)

    def current(self) -> HitView | None:
        """The hit the keyboard is on."""
        thing = self.list.current_thing()
        return thing if isinstance(thing, HitView) else None

    def selected(self) -> list[HitView]:
        """The hits chosen; the current one when none is."""
        found = [thing for thing in self.list.selected_things() if isinstance(thing, HitView)]
        here = self.current()
        return found or ([here] if here is not None else [])

    def shown(self) -> list[HitView]:
        """Every hit that passes the filters, in the order shown."""
        items = self.list.items()
        things = (items[place].thing for place in self.list.table.ids())
        return [thing for thing in things if isinstance(thing, HitView)]

    def go_to(self, hit_id: int) -> bool:
        """Put the keyboard on a hit; False when it is not shown."""
        items = self.list.items()
        for place in self.list.table.ids():
            thing = items[place].thing
            if isinstance(thing, HitView) and thing.id == hit_id:
                return self.list.table.go_to(place)
        return False

    def take_row(self, place: int) -> None:
        """Put the keyboard on the row at ``place``, or the last one."""
        if self.list.count():
            self.list.table.selectRow(max(min(place, self.list.count() - 1), 0))

    def _show(self) -> None:
        place = self.list.table.currentIndex().row()
        village, outcome = self.village.currentText(), self.outcome.currentText()
        wanted = [
            hit for hit in self._all
            if self._narrow.takes(hit) and village in (_ANY_VILLAGE, hit.village) and self._home in (0, hit.household_id)
            and (outcome == _ANY_OUTCOME or (hit.answer is not None and hit.answer.outcome.label == outcome))
        ]  # fmt: skip
        here = self.current()
        self.list.set_items([Item(_cells(hit), WAITING if hit.open else DONE, hit) for hit in wanted])
        self._count()
        head = next((hit.head_name for hit in wanted if hit.household_id == self._home), "")
        self.of_home.setText(f"只看{head}家" if head else "只看一户，这户没有比对结果" if self._home else "")
        self._filters.setVisible(not self._home)
        self._of_home.setVisible(bool(self._home))
        if here is None or not self.go_to(here.id):
            self.take_row(place)
        self.current_changed.emit(self.current())
        self.chosen.emit()

    def _count(self) -> None:
        shown = self.shown()
        persons = len({(hit.household_id, hit.person) for hit in shown})
        self.counted.setText(f"{len(shown):,} 处，{len({h.household_id for h in shown}):,} 户 {persons:,} 人")
        self.list.setVisible(bool(self.list.items()))
        self.empty.setVisible(not self.list.items())
        self.empty.say("没有这样的比对结果", "名单里没有本镇的人，或者上面的筛选太窄。")

    def _on_filtered(self, _: str) -> None:
        self._show()

    def _on_selection(self, _: str) -> None:
        self.chosen.emit()

    def _on_leave_home(self) -> None:
        self.of_household(0)

    def _lay_out(self) -> None:
        sheet, whole, head = Card(parent=self, margin=10), column(self), row(gap=8)
        self._filters, self._of_home = QWidget(self), QWidget(self)
        for group, parts in (
            (self._filters, (self.village, self.outcome)),
            (self._of_home, (self.of_home, self.leave_home)),
        ):
            line = row(group)
            for part in parts:
                line.addWidget(part)
            head.addWidget(group)
        self._of_home.hide()
        head.addStretch(1)
        head.addWidget(self.counted)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.list, 1)
        sheet.body.addWidget(self.empty, 1)
        whole.addWidget(sheet, 1)


def _box(parent: QWidget, name: str, texts: Sequence[str]) -> Box:
    made = Box(parent)
    made.setAccessibleName(name)
    made.addItems(list(texts))
    made.setFixedWidth(116)
    return made


def _cells(hit: HitView) -> tuple[str | Cell, ...]:
    if hit.answer is not None:
        said = hit.answer.outcome
        state = Cell(said.label, _TONES.get(said, "pine"), "pill", tip=hit.answer.explanation)
    elif hit.earlier is not None:
        state = Cell(_EARLIER, "ochre", "pill", tip=hit.earlier.explanation)
    else:
        state = Cell(WAITING, "ochre", "pill")
    name = hit.name if hit.name == hit.head_name else f"{hit.name}（{hit.head_name}）"
    whole = "；".join((hit.text, *(f"{caption} {text}" for caption, text in hit.facts)))
    return hit.village, Cell(name, tip=f"{hit.group} {name}"), Cell(brief(hit), tip=whole), state


def brief(hit: HitView) -> str:
    """What a row of the list has room for: of a car or a house what it is, of a benefit what does not agree."""
    if hit.kind in BARS and hit.match in _BY:
        told = " ".join(text for caption, text in hit.facts if not _COMMON.search(caption))
        return f"{ALARMS[hit.kind]}：{_BY[hit.match]}{told}" if told else hit.text
    return hit.text.replace("（按身份证号）", "")
