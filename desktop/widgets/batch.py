"""Acting on many rows at once: the rows to be ticked at the left, by group; what is done to them, and the button that does it, at the
right.

Rows that may not be acted on yet stand there greyed with their reason. A refusal is said at each row it is about, and nothing that
was ticked or typed is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.errors import Problem
from desktop.widgets.editors import Look
from desktop.widgets.empty import Empty
from desktop.widgets.faults import problems_of
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import ButtonKind, Card, button, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.ticks import Tickable, Ticks

WIDTH = 336
"""Of what stands at the right, in pixels."""


@dataclass(frozen=True, slots=True)
class BatchRow:
    """``key`` is handed back; ``group`` parts the rows (a village), ``named`` is what a problem calls the row (`Problem.where`),
    ``persons`` are counted on the buttons. The last of ``cells`` is the remark, where a refusal is said."""

    key: int
    group: str
    named: str
    persons: int
    cells: Sequence[str | Cell]
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """One button: how the page knows it, what it does, how it looks; the numbers are put behind the text."""

    key: str
    text: str
    kind: ButtonKind = "primary"


class BatchPane(QWidget):
    """``whole`` offers all groups together.

    Signals: ``asked(key)`` a button was pressed with something ticked; ``changed()`` other ticks; ``group_chosen()`` another group.
    """

    asked = Signal(str)
    changed = Signal()
    group_chosen = Signal()

    def __init__(
        self, title: str, columns: Sequence[Column], layout: Sequence[Section], deeds: Sequence[Deed], *,
        group: str = "村", whole: bool = True, ticked: bool = True, looks: Mapping[str, Look] | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        """``whole`` offers all groups at once; ``ticked`` is how a row stands when it is shown for the first time."""
        super().__init__(parent)
        self._group, self._whole, self._ticked = group, whole, ticked
        self._deeds = {deed.key: deed for deed in deeds}
        self._rows: tuple[BatchRow, ...] = ()
        self._keys: list[int] = []
        self._off: set[int] = set()
        self._faults: dict[str, list[str]] = {}
        self.box = Box(self)
        self.box.setAccessibleName(group)
        self.box.setMinimumWidth(320)
        self.ticks = Ticks(columns, "户", self)
        self.heading = label(title, "heading", self)
        self.note = label("", "quiet", self, wrap=True)
        self.form = Form(layout, self, looks, scroll=False)
        self.form.faults.set_narrow()
        self.buttons: dict[str, QPushButton] = {d.key: self._button(d) for d in deeds}
        self.empty = Empty("", parent=self)
        self.tools: QVBoxLayout = column(gap=6)
        """What stands between the group and the rows."""
        self.side: QVBoxLayout = column(gap=10)
        """What stands above the form."""
        self.under: QVBoxLayout = column(gap=4)
        """What stands between the form and the buttons."""
        self.doing = QWidget(self)
        self._lay_out()
        self._connect()

    def set_rows(self, rows: Sequence[BatchRow]) -> None:
        """Show other rows; the group chosen and rows that were unticked stay so."""
        known = {r.key for r in self._rows}
        self._rows = tuple(rows)
        self._faults.clear()
        self._off &= {r.key for r in self._rows}
        if not self._ticked:
            self._off |= {r.key for r in self._rows} - known
        here = self.group()
        self.box.clear()
        if self._whole:
            self.box.addItem(self._caption(f"全部{self._group}", self._rows), "")
        for group in dict.fromkeys(r.group for r in self._rows):
            self.box.addItem(self._caption(group, [r for r in self._rows if r.group == group]), group)
        self._choose(here)
        self._show()

    def group(self) -> str:
        """The group chosen, "" for all of them or when there is none."""
        return str(self.box.currentData() or "")

    def choose_group(self, group: str) -> None:
        """Show one group; nothing happens when it has no row."""
        if self.box.findData(group) >= 0:
            self._choose(group)
            self._show()

    def chosen(self) -> list[int]:
        """Keys of the ticked rows in their order."""
        return [key for key in self.ticks.ticked() if isinstance(key, int)]

    def selected(self) -> list[int]:
        """Keys of the selected rows that are not barred, ticked or not."""
        free = {r.key for r in self._rows if not r.barred}
        return [key for key in self.ticks.list.selected_things() if isinstance(key, int) and key in free]

    def counted(self) -> str:
        """27 户 71 人: what is ticked."""
        ticked = set(self.chosen())
        return both(len(ticked), sum(r.persons for r in self._rows if r.key in ticked))

    def lock(self, locked: bool) -> None:
        """Whether the form and its buttons are taken away, because somebody else has to act."""
        self.doing.setVisible(not locked)

    def press(self) -> None:
        """Press the first button, as Ctrl+S does."""
        first = next(iter(self.buttons.values()))
        if first.isEnabled() and self.doing.isVisibleTo(self):
            first.click()

    def wait(self, waiting: bool) -> None:
        """Keep the buttons shut while an act is under way."""
        for made in self.buttons.values():
            made.setEnabled(not waiting and bool(self.chosen()))

    def show_error(self, error: Exception) -> None:
        """Say every problem: at its field, at its row, else above the form."""
        problems = problems_of(error)
        named = {r.named for r in self._rows}
        at_rows = [p for p in problems if p.where in named]
        self._faults = {}
        for problem in at_rows:
            self._faults.setdefault(problem.where, []).append(problem.text.removeprefix(f"{problem.where}："))
        others = [p for p in problems if p.where not in named]
        if at_rows:
            others.append(Problem(f"{len(self._faults)} 户不能办，原因写在左边各户后面；这一批一户也没有写入"))
        self._show()
        self.form.show_problems(others)
        self.wait(False)

    def _button(self, deed: Deed) -> QPushButton:
        made = button(deed.text, deed.kind, self)
        made.setProperty("deed", deed.key)
        made.clicked.connect(self._on_deed)
        return made

    def _lay_out(self) -> None:
        whole, split = column(self), row(gap=14)
        sheet, pick = Card(parent=self), row()
        pick.addWidget(label(self._group, "", self))
        pick.addWidget(self.box)
        pick.addStretch(1)
        sheet.body.addLayout(pick)
        sheet.body.addLayout(self.tools)
        sheet.body.addWidget(self.ticks, 1)
        right = QWidget(self)
        right.setFixedWidth(WIDTH)
        side = column(right, 10)
        side.addWidget(self.heading)
        side.addWidget(self.note)
        side.addLayout(self.side)
        doing = column(self.doing, 10)
        doing.addWidget(self.form)
        doing.addLayout(self.under)
        for made in self.buttons.values():
            doing.addWidget(made)
        side.addWidget(self.doing)
        side.addStretch(1)
        self.split = QWidget(self)
        self.split.setLayout(split)
        split.setContentsMargins(0, 0, 0, 0)
        split.addWidget(sheet, 1)
        split.addWidget(right)
        whole.addWidget(self.split, 1)
        whole.addWidget(self.empty, 1)

    def _connect(self) -> None:
        self.box.activated.connect(self._on_group)
        self.ticks.changed.connect(self._on_ticks)
        self.form.save_asked.connect(self.press)
        self.form.ended.connect(next(iter(self.buttons.values())).setFocus)

    def _caption(self, group: str, rows: Sequence[BatchRow]) -> str:
        free = [r for r in rows if not r.barred]
        left = len(rows) - len(free)
        later = f"，另 {left:,} 户暂不能办" if left else ""
        return f"{group}（{both(len(free), sum(r.persons for r in free))}{later}）"

    def _choose(self, group: str) -> None:
        """The group wanted, else all, else the first in which something can be done."""
        at = self.box.findData(group) if group else -1
        if at < 0 and not self._whole:
            at = self.box.findData(next((r.group for r in self._rows if not r.barred), None))
        self.box.setCurrentIndex(max(at, 0) if self.box.count() else -1)

    def _shown(self) -> list[BatchRow]:
        group = self.group()
        return [r for r in self._rows if group in ("", r.group)]

    def _show(self) -> None:
        self.split.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        shown = self._shown()
        if [r.key for r in shown] != self._keys:
            self._keys = [r.key for r in shown]
            self.ticks.list.table.clearSelection()
        self.ticks.set_rows([self._tickable(r) for r in shown])
        self._count()

    def _tickable(self, one: BatchRow) -> Tickable:
        faults = self._faults.get(one.named)
        said = "；".join(faults or ())
        cells = (*one.cells[:-1], Cell(said, "red", tip=said)) if faults else one.cells
        return Tickable(cells, one.key, one.key not in self._off, one.barred)

    def _count(self) -> None:
        counted = self.counted()
        for key, made in self.buttons.items():
            made.setText(f"{self._deeds[key].text}（{counted}）")
        self.wait(False)

    def _on_ticks(self) -> None:
        shown, on = {r.key for r in self._shown()}, set(self.chosen())
        self._off = (self._off - shown) | {r.key for r in self._shown() if not r.barred and r.key not in on}
        self._count()
        self.changed.emit()

    def _on_group(self) -> None:
        self._show()
        self.group_chosen.emit()

    def _on_deed(self) -> None:
        if self.chosen():
            self.asked.emit(str(self.sender().property("deed")))


def both(households: int, persons: int) -> str:
    """户 and 人, always together."""
    return f"{households:,} 户 {persons:,} 人"
