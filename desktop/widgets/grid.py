"""An editable grid of rows of fields (the members of a household), used like a spreadsheet.

Enter goes on to the next cell and opens a new row at the end, Esc gives up the cell, F2 edits, Ctrl+C and Ctrl+V speak with WPS, Ctrl+Z
takes back. Cells are edited with the same editors as forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.base import Field
from db.fields.kinds import Choice, Date, Digits, Name
from desktop.widgets.faults import FaultLine
from desktop.widgets.gridmodel import Derive, GridModel
from desktop.widgets.gridview import GridView
from desktop.widgets.looks import button, column, label, mark, row
from desktop.widgets.sheet import ROW_HEIGHT


class Grid(QWidget):
    """``noun`` is what a row is (成员); ``derive`` says which cells follow from elsewhere, the first ``anchored`` rows always stay.

    Signals: ``changed()`` the clerk edited; ``save_asked()`` Ctrl+S; ``ended()`` Enter on an empty last row; ``began()`` Shift+Enter
    before the first cell; ``pointed(field)`` the keyboard came to a cell of another column.
    """

    changed = Signal()
    save_asked = Signal()
    ended = Signal()
    began = Signal()
    pointed = Signal(object)

    def __init__(
        self,
        fields: Sequence[Field],
        noun: str = "行",
        parent: QWidget | None = None,
        growable: bool = True,
        derive: Derive | None = None,
        anchored: int = 0,
    ) -> None:
        super().__init__(parent)
        self._dirty = False
        self.model = GridModel(fields, self, derive, anchored)
        self.view = GridView(self.model, growable, self, noun)
        self.faults = FaultLine(self)
        self._said = label("", "fault", self, wrap=True)
        self._said.hide()
        self._add = button(f"加一{noun}", "plain", self)
        self._drop = button(f"去掉选中的{noun}", "plain", self)
        self._growable = growable
        self._lay_out()
        self._connect()
        for place, shown in enumerate(fields):
            self.view.setColumnWidth(place, _width(shown, self))

    def rows(self) -> list[dict[str, Any]]:
        """One mapping a row that is not blank: field key to value, None where blank or unreadable, and the extras it came with."""
        return self.model.rows()

    def set_rows(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Show rows; keys that are no column (an id) are kept and handed back by ``rows``. The grid is clean."""
        self.model.set_rows(rows)
        self._dirty = False
        self.faults.tell(0)
        self._on_moved()

    def texts(self) -> list[dict[str, str]]:
        """What stands in every row, for drafts."""
        return self.model.texts()

    def set_texts(self, rows: Sequence[Mapping[str, str]], extras: Sequence[Mapping[str, object]] = ()) -> None:
        """Put a draft back; ``extras`` are what the rows came with beside their columns."""
        self.model.set_texts(rows, extras)
        self._dirty = True

    def is_dirty(self) -> bool:
        """Whether the clerk edited since ``set_rows`` or ``set_clean``."""
        return self._dirty

    def set_clean(self) -> None:
        """What stands here is saved."""
        self._dirty = False

    def set_year(self, year: int) -> None:
        """The year the paper speaks of, for code tables that changed."""
        self.model.year = year

    def set_growable(self, growable: bool) -> None:
        """Whether rows can be added and taken away."""
        self._growable = growable
        self.view.set_growable(growable)
        for part in (self._add, self._drop):
            part.setVisible(growable)

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the grid."""
        self.model.set_locked(locked)
        for part in (self._add, self._drop):
            part.setVisible(self._growable and not locked)

    def check(self, demanded: bool = False) -> bool:
        """Judge every cell on its own; ``demanded`` also refuses blank demanded cells of rows that are not blank."""
        count = self.model.check(demanded)
        self.faults.tell(count)
        self._on_moved()
        return count == 0

    def show_problems(self, problems: Sequence[tuple[int, Problem]]) -> None:
        """Mark cells by (row from 0, problem); a problem of no column, or of row −1, is listed above."""
        keys = {f.key for f in self.model.fields}
        marked: dict[int, dict[str, str]] = {}
        others = []
        for at, problem in problems:
            if at >= 0 and problem.field in keys:
                marked.setdefault(at, {})[problem.field] = problem.text
            else:
                others.append(f"第 {at + 1} 行：{problem.text}" if at >= 0 else problem.text)
        self.model.set_faults(marked)
        self.faults.tell(sum(map(len, marked.values())), others)
        self.go_to_first_fault()

    def hint(self, problems: Sequence[tuple[int, Problem]], warnings: Sequence[tuple[int, Problem]] = ()) -> None:
        """Mark cells by (row from 0, problem) while the clerk is at work: the keyboard stays, nothing is counted. ``warnings`` are
        said when the keyboard is on their cell."""
        self.model.hint(_by_cell(problems), _by_cell(warnings))
        if self.faults.telling():
            self.faults.tell(len(self.model.faults()))
        self._on_moved()

    def go_to_first(self) -> None:
        """Put the keyboard on the first cell that is typed in."""
        self.view.setFocus()
        self.view.setCurrentIndex(QModelIndex())
        self.view.step(1)

    def go_to_first_fault(self) -> None:
        """Put the keyboard on the first cell at fault."""
        found = self.model.faults()
        if found:
            place = [f.key for f in self.model.fields].index(found[0][1])
            self.view.setCurrentIndex(self.model.index(found[0][0], place))
            self.view.setFocus()

    def add_row(self) -> None:
        """A blank row at the end, with the keyboard in it."""
        self.model.add(self.model.rowCount())
        self.view.setCurrentIndex(self.model.index(self.model.rowCount() - 1, 0))
        self.view.setFocus()

    def drop_rows(self) -> None:
        """Take the selected rows away; Ctrl+Z brings them back."""
        self.model.drop(sorted({index.row() for index in self.view.selectedIndexes()}))

    def hasHeightForWidth(self) -> bool:
        """What is said above the cells takes its room from them, not from the form the grid stands below."""
        return False

    def _lay_out(self) -> None:
        whole, foot = column(self), row()
        whole.addWidget(self.faults)
        whole.addWidget(self.view, 1)
        whole.addWidget(self._said)
        foot.addWidget(self._add)
        foot.addWidget(self._drop)
        foot.addWidget(label("回车到下一格 · F2 修改 · 可从 WPS 粘贴 · Ctrl+Z 撤销", "quiet", self))
        foot.addStretch(1)
        whole.addLayout(foot)
        self._add.setVisible(self._growable)
        self._drop.setVisible(self._growable)
        self.setMinimumHeight(5 * ROW_HEIGHT)

    def _connect(self) -> None:
        self._add.clicked.connect(self.add_row)
        self._drop.clicked.connect(self.drop_rows)
        self.model.edited.connect(self._on_edited)
        self.view.save_asked.connect(self.save_asked)
        self.view.ended.connect(self.ended)
        self.view.began.connect(self.began)
        self.faults.asked.connect(self.go_to_first_fault)
        self.view.selectionModel().currentChanged.connect(self._on_moved)
        self.view.selectionModel().currentChanged.connect(self._on_current)

    def _on_edited(self) -> None:
        self._dirty = True
        self.faults.tell(len(self.model.faults()))
        self._on_moved()
        self.changed.emit()

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.pointed.emit(self.model.fields[index.column()])

    def _on_moved(self, index: QModelIndex | None = None) -> None:
        """Say below the grid what is wrong with the cell the keyboard is on, else with the first one."""
        found = self.model.faults()
        at = self.view.currentIndex()
        key = self.model.fields[at.column()].key if at.isValid() else ""
        here = next((fault for fault in found if at.isValid() and fault[:2] == (at.row(), key)), None)
        fault = here or (found[0] if found else None)
        labels = {f.key: f.label for f in self.model.fields}
        doubt = self.model.doubt(at.row(), key) if here is None else ""
        told = f"第 {fault[0] + 1} 行 {labels.get(fault[1], '')}：{fault[2]}" if fault else ""
        mark(self._said, "role", "warn" if doubt else "fault")
        self._said.setText(doubt or told)
        self._said.setVisible(bool(doubt or told))


def _by_cell(problems: Sequence[tuple[int, Problem]]) -> dict[int, dict[str, str]]:
    """The first sentence for each cell, by row and field key."""
    found: dict[int, dict[str, str]] = {}
    for at, problem in problems:
        found.setdefault(at, {}).setdefault(problem.field, problem.text)
    return found


def _width(shown: Field, widget: QWidget) -> int:
    """Wide enough for the usual value of a kind."""
    sample = {Name: "某某某某", Date: "2016-06-30", Choice: "某某某某某"}.get(type(shown.kind), "某某某某某")
    if isinstance(shown.kind, Digits):
        sample = "4" * 19
    metrics = QFontMetrics(widget.font())
    return max(metrics.horizontalAdvance(sample), metrics.horizontalAdvance(f"{shown.label} *")) + 28
