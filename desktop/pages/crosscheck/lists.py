"""The left side: kinds of lists with the lists of each below, and how many hits still wait; choosing one narrows the hits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.rules.codes import CrossKind
from db.services.crosscheck.crosscheck import HitView, ListView
from desktop.widgets.colours import Tone
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column
from desktop.widgets.sheet import Cell, Column

WIDTH = 230
COLUMNS = (
    Column("list", "名单", 108, sortable=False),
    Column("open", "待说明", 66, "right", sortable=False),
    Column("hits", "共", 46, "right", sortable=False),
)


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which hits are wanted: of a kind, of one list, or all."""

    kind: CrossKind | None = None
    list_id: int = 0

    def takes(self, hit: HitView) -> bool:
        """Whether a hit is wanted."""
        return self.kind in (None, hit.kind) and self.list_id in (0, hit.list_id)


class Lists(QWidget):
    """Signal ``chosen(narrow)``."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = ListTable(COLUMNS, name="crosscheck-lists", parent=self)
        sheet = Card(margin=0, parent=self)
        sheet.body.addWidget(self.list)
        column(self).addWidget(sheet, 1)
        self.setFixedWidth(WIDTH)
        self.list.current_changed.connect(self._on_current)

    def show_lists(self, lists: Sequence[ListView]) -> None:
        """Show what was taken in; the choice stays where it still can."""
        before = self.current()
        items = [_item("全部名单", "", Narrow(), lists)]
        for kind in CrossKind:
            some = [one for one in lists if one.kind is kind]
            if some:
                items.append(_item(kind.label, f"{len(some)} 份名单", Narrow(kind), some))
                items += [_item(f"　{one.dated:%Y-%m-%d}", _told(one), Narrow(kind, one.id), [one]) for one in some]
        self.list.set_items(items)
        self.list.table.go_to(next((n for n, item in enumerate(items) if item.thing == before), 0))

    def current(self) -> Narrow:
        """What is chosen."""
        thing = self.list.current_thing()
        return thing if isinstance(thing, Narrow) else Narrow()

    def choose(self, narrow: Narrow) -> None:
        """Choose a kind or list."""
        for place, item in enumerate(self.list.items()):
            if item.thing == narrow:
                self.list.table.go_to(place)

    def _on_current(self, thing: object) -> None:
        if isinstance(thing, Narrow):
            self.chosen.emit(thing)


def _item(text: str, tip: str, narrow: Narrow, lists: Iterable[ListView]) -> Item:
    some = [*lists]
    waiting, hits = sum(one.open for one in some), sum(one.hits for one in some)
    quiet: Tone = "grey" if narrow.list_id else ""
    opened = Cell(f"{waiting:,}" if waiting else "—", "ochre" if waiting else "grey")
    return Item((Cell(text, quiet, tip=tip), opened, Cell(f"{hits:,}", quiet)), thing=narrow)


def _told(one: ListView) -> str:
    return f"{one.office}，{one.dated}；{one.file_name}，{one.rows:,} 行；{one.by} {one.at:%Y-%m-%d %H:%M} 录入"
