"""The questions at hand: those that were kept and those that come with the program, each with its count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.rules.counts import Count
from db.services.questions.asked import Counts, Question
from db.services.questions.questions import Kept
from db.services.questions.templates import TEMPLATES
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column
from desktop.widgets.sheet import Cell, Column

KEPT, READY, DRAFT = "记住的", "常问的", "刚才问的"
_COLUMNS = (Column("name", "问题", 176, least=120), Column("count", "数", 88, "right", sortable=False))
Thing = int | str
"""A kept question by its number, one that comes with the program by its name, "" what was asked just now and not kept."""


class Shelf(QWidget):
    """Signal ``chosen(thing)``: another question is to be asked."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = ListTable(_COLUMNS, (KEPT, READY), name="questions")
        self._kept: Sequence[Kept] = ()
        self._counts: Mapping[Thing, Count] = {}
        self._draft = ""
        card = Card(margin=8)
        card.body.addWidget(self.list, 1)
        column(self).addWidget(card, 1)
        self.list.table.clicked.connect(self._on_chosen)
        self.list.opened.connect(self.chosen)

    def show_questions(self, kept: Sequence[Kept], counts: Mapping[Thing, Count], draft: str) -> None:
        """List them with the counts at hand; of a kept one without any, the count it was kept with. ``draft`` is what is not kept yet."""
        self._kept, self._counts, self._draft = kept, counts, draft
        items = [Item((Cell(draft, "ochre"), Cell(DRAFT, "grey")), thing="")] if draft else []
        items += [Item((one.name, self._of_kept(one)), KEPT, one.id) for one in kept]
        items += [Item((name, _said(q, counts.get(name))), READY, name) for name, q in TEMPLATES.items()]
        self.list.set_items(items)

    def point_at(self, thing: Thing | None) -> None:
        """Stand on a question without asking it; None for one that is not in the list."""
        place = next((n for n, item in enumerate(self.list.items()) if thing is not None and item.thing == thing), -1)
        if not self.list.table.go_to(place):
            self.list.table.clearSelection()

    def _of_kept(self, one: Kept) -> Cell:
        if one.question is None:
            return Cell("看不懂", "red", tip="别的版本记住的，有本版本不认识的条件")
        now = self._counts.get(one.id)
        if now is not None:
            return _said(one.question, now)
        if one.counted is None or one.counted_on is None:
            return Cell("")
        told = _said(one.question, one.counted)
        return Cell(told.text, "grey", tip=f"{one.counted_on.isoformat()} 的数")

    def _on_chosen(self) -> None:
        thing = self.list.current_thing()
        if thing is not None:
            self.chosen.emit(thing)


def _said(question: Question, count: Count | None) -> Cell:
    if count is None:
        return Cell("")
    both = f"{count.households:,} 户 {count.persons:,} 人"
    homes = question.counts is Counts.HOUSEHOLDS
    return Cell(f"{count.households:,} 户" if homes else f"{count.persons:,} 人", tip=both)
