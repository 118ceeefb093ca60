"""The left side: the rules that found something, in plain words with their counts, by village and by what is to be done about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.services.health.health import Checkup, Found
from desktop.widgets.chips import Chips
from desktop.widgets.colours import Tone
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column

WIDTH = 460
ALL = "全部"
WORDS: Mapping[str, tuple[str, Tone, str]] = {
    "E": ("✕ 要改", "red", "不改不能往下办"),
    "W": ("! 要说明", "ochre", "核对后改正，或写明理由"),
    "done": ("✓ 已说明", "pine", "有人写过理由，值没有变"),
    "I": ("· 提示", "grey", "只供了解，不用处理"),
}
_KINDS = {ALL: "", "要改": "E", "要说明": "W", "已说明": "done", "提示": "I"}
COLUMNS = (
    Column("kind", "", 86),
    Column("title", "查出的问题", 222),
    Column("homes", "户", 64, "right", summed=True),
    Column("places", "处", 64, "right", summed=True),
)


class RuleList(QWidget):
    """Signals: ``chosen(found | None)`` another rule; ``narrowed()`` another village or kind."""

    chosen = Signal(object)
    narrowed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "health.md#三种结果")
        self._checkup: Checkup | None = None
        self.village_box = Box(self)
        self.village_box.setAccessibleName("村")
        self.village_box.setMinimumWidth(200)
        self.kinds = Chips(tuple(_KINDS), self)
        self.list = ListTable(COLUMNS, name="health-rules", parent=self)
        pick, whole, sheet = row(), column(self, 8), Card(margin=0, parent=self)
        pick.addWidget(label("村", "", self))
        pick.addWidget(self.village_box, 1)
        sheet.body.addWidget(self.list)
        whole.addLayout(pick)
        whole.addWidget(self.kinds)
        whole.addWidget(sheet, 1)
        self.setFixedWidth(WIDTH)
        self.village_box.activated.connect(self._on_village)
        self.kinds.chosen.connect(self._on_kind)
        self.list.current_changed.connect(self.chosen)

    def village(self) -> str:
        """The village chosen, "" for the whole town."""
        return str(self.village_box.currentData() or "")

    def kind(self) -> str:
        """The kind of finding chosen, "" for all."""
        return _KINDS[self.kinds.text()]

    def show_checkup(self, found: Checkup) -> None:
        """Show what a check found; village, kind and rule chosen stay."""
        here = self.village()
        self._checkup = found
        self.village_box.clear()
        self.village_box.addItem(f"全镇（{len(found.hits):,} 处）", "")
        for name in found.villages:
            count = sum(hit.village == name for hit in found.hits)
            self.village_box.addItem(f"{name}（{count:,} 处）" if count else f"{name}（没有）", name)
        self.village_box.setCurrentIndex(max(self.village_box.findData(here), 0))
        self._show()

    def choose_village(self, village: str) -> None:
        """Show one village."""
        place = self.village_box.findData(village)
        if place >= 0:
            self.village_box.setCurrentIndex(place)
            self._on_village()

    def choose_kind(self, text: str) -> None:
        """Show one kind of finding by its chip."""
        self.kinds.choose(text)
        self._on_kind(text)

    def groups(self) -> Sequence[Found]:
        """The rules listed."""
        return [item.thing for item in self.list.items() if isinstance(item.thing, Found)]

    def current(self) -> Found | None:
        """The rule chosen."""
        thing = self.list.current_thing()
        return thing if isinstance(thing, Found) else None

    def choose(self, rule: str) -> None:
        """Choose a rule by its number; nothing happens when it is not listed."""
        for place, found in enumerate(self.groups()):
            if found.rule == rule:
                self.list.table.go_to(place)
                return

    def _show(self) -> None:
        if self._checkup is None:
            return
        village, before = self.village(), self.current()
        for text, kind in _KINDS.items():
            hits = [h for h in self._checkup.hits if village in ("", h.village) and kind in ("", h.kind)]
            self.kinds.chip(text).setText(f"{text} {_short(len(hits))}" if kind else text)
        groups = self._checkup.groups(village, self.kind())
        self.list.set_items([_item(found) for found in groups])
        same = next((n for n, g in enumerate(groups) if before and (g.rule, g.kind) == (before.rule, before.kind)), 0)
        if groups:
            self.list.table.go_to(same)
        self.chosen.emit(groups[same] if groups else None)

    def _on_village(self) -> None:
        self._show()
        self.narrowed.emit()

    def _on_kind(self, _: str) -> None:
        self._show()
        self.narrowed.emit()


def _short(count: int) -> str:
    """The five chips stand in one line; how many there are in all, the box of villages tells."""
    return f"{count:,}" if count < 10_000 else f"{count / 10_000:.1f}万"


def _item(found: Found) -> Item:
    word, tone, tip = WORDS[found.kind]
    title = Cell(found.title, tip=found.title)
    return Item(
        (Cell(word, tone, "pill", tip=tip), title, f"{found.households:,}", f"{len(found.hits):,}"), thing=found
    )
