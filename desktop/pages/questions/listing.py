"""Who they are: the list behind a count, a row a household or a person, from which each is opened or all are written as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from db.rules.identity import mask
from db.services.questions.answer import Answer
from db.services.questions.asked import Counts
from db.services.questions.columns import COLUMNS, ColumnOf, Value, text
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.table import RecordTable

_WIDE = {
    "home.village": 84, "home.group": 84, "made.card": 142, "home.head_name": 80, "member.name": 80, "member.sex": 52, "made.age": 52,
    "home.size_stated": 84, "home.attribute": 96, "member.relation": 96, "member.id_number": 168, "home.head_id": 168, "home.phone": 112,
    "case.why": 260, "case.lacking": 260, "made.met": 150, "home.remark": 200, "home.address": 200,
}  # fmt: skip


_NOBODY = "没有符合条件的"
_EMPTY = "还没有建档的户。要数正在办理的，请在上面改选“档案里全部农户”"


class _Rows:
    """The list as the table reads it: a page of rows at a time."""

    def __init__(self, found: Answer) -> None:
        self._found = found
        self._columns = [COLUMNS[key] for key in found.question.shown]

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        """Places in the list, by a column when one was clicked."""
        if order is None or order not in self._found.question.shown:
            return self._found.places
        return self._found.ordered(order, descending=descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        """The cells of some rows; numbers of papers and people are masked on the screen."""
        return {
            place: [_cell(one, value) for one, value in zip(self._columns, self._found.row(place), strict=True)]
            for place in ids
        }


class Listing(Card):
    """Signals: ``opened(household_id)``; ``columns_asked()``; ``export_asked()``."""

    opened = Signal(int)
    columns_asked = Signal()
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, margin=0)
        self.setProperty("help", "questions.md#名单")
        self.found: Answer | None = None
        self.table: RecordTable | None = None
        self.said = label("", "strong", self)
        self.columns_button = button("选栏目…", "plain", self)
        self.open_button = button("打开农户", "plain", self)
        self.masked = QCheckBox("对外（号码只留后四位）", self)
        self.export_button = button("导出名单", "primary", self)
        self._keys: tuple[str, ...] = ()
        head = row(gap=10)
        head.setContentsMargins(12, 8, 10, 0)
        head.addWidget(self.said)
        head.addStretch(1)
        for one in (self.columns_button, self.open_button, self.masked, self.export_button):
            head.addWidget(one)
        self.body.addLayout(head)
        self.columns_button.clicked.connect(self.columns_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.open_button.clicked.connect(self._on_open)

    def show_answer(self, found: Answer) -> None:
        """List those who meet the question."""
        self.found = found
        if self.table is None or found.question.shown != self._keys:
            self._renew_table(found)
        assert self.table is not None
        self.table.set_source(_Rows(found))
        homes = found.question.counts is Counts.HOUSEHOLDS
        many = f"{len(found.places):,} {'户' if homes else '人'}"
        self.said.setText(f"名单（{many}）" if found.places else _NOBODY if found.pool.subjects else _EMPTY)
        self.export_button.setText(f"导出名单（{many}）")
        for one in (self.open_button, self.export_button):
            one.setEnabled(bool(found.places))
        if found.places and self.table.current_id() < 0:
            self.table.selectRow(0)

    def forget(self) -> None:
        """Another question comes: its list is sorted and laid out as that one says."""
        self._keys = ()

    def show_nothing(self) -> None:
        """Nothing is counted: the list before would be another question's."""
        self.found = None
        if self.table is not None:
            self.table.set_source(_None())
        self.said.setText("")
        for one in (self.open_button, self.export_button):
            one.setEnabled(False)

    def order(self) -> tuple[str, bool]:
        """The column the clerk sorted by, "" for none, and whether downwards."""
        header = self.table.horizontalHeader() if self.table is not None else None
        if header is None or not header.isSortIndicatorShown() or header.sortIndicatorSection() >= len(self._keys):
            return "", False
        place = header.sortIndicatorSection()
        return (self._keys[place], header.sortIndicatorOrder().value == 1) if place >= 0 else ("", False)

    def _renew_table(self, found: Answer) -> None:
        old, self._keys = self.table, found.question.shown
        made = RecordTable([_column(COLUMNS[key]) for key in self._keys], "", parent=self)
        self.body.addWidget(made, 1)
        if found.question.order in self._keys:
            made.sort_by(found.question.order, found.question.descending)
        made.opened.connect(self._open)
        self.table = made
        made.show()
        if old is not None:
            if old.hasFocus():
                made.setFocus()
            old.hide()
            old.deleteLater()

    def _on_open(self) -> None:
        if self.table is not None and self.table.current_id() >= 0:
            self._open(self.table.current_id())

    def _open(self, place: object) -> None:
        if self.found is not None and isinstance(place, int):
            self.opened.emit(self.found.household_id(place))


class _None:
    """An empty list."""

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        """None."""
        return ()

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        """None."""
        return {}


def _column(one: ColumnOf) -> Column:
    width = _WIDE.get(one.key, max(72, 30 + 15 * len(one.label)))
    return Column(one.key, one.label, width, "right" if one.number else "left", summed=one.number)


def _cell(one: ColumnOf, value: Value) -> str:
    if one.secret and isinstance(value, str):
        return mask(value)
    if isinstance(value, Decimal) and not one.money:
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    return text(value)
