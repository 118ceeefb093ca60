"""A form laid out like the paper: sections, captions above the fields, each fault said under its field.

Enter goes on, Shift+Enter goes back, Ctrl+S saves, Esc leaves. The form checks single fields on leaving; what spans fields is the
record's business and comes back through ``show_problems``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from db.errors import Problem
from db.fields.base import Field
from db.fields.kinds import Text
from desktop.widgets.cell import FieldCell
from desktop.widgets.editor import ENTER, Editor
from desktop.widgets.editors import Look, PickEditor
from desktop.widgets.faults import FaultLine
from desktop.widgets.looks import GAP, Card, column, label


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and rows of fields; a row of one text field takes the whole width."""

    title: str
    rows: Sequence[Sequence[Field]]


class Form(QWidget):
    """``looks`` asks for another look of a field by key, ``required`` overrides which captions carry the mark of a demanded field.

    Signals: ``changed()`` the clerk edited; ``left()`` a field was left and checked; ``save_asked()`` Ctrl+S; ``cancel_asked()`` Esc;
    ``ended()`` Enter on the last field; ``began()`` Shift+Enter on the first; ``pointed(field)`` the keyboard or the mouse came to one;
    ``came(cell)`` the keyboard did.
    """

    changed = Signal()
    left = Signal()
    save_asked = Signal()
    cancel_asked = Signal()
    ended = Signal()
    began = Signal()
    pointed = Signal(object)
    came = Signal(object)

    def __init__(
        self,
        layout: Sequence[Section],
        parent: QWidget | None = None,
        looks: Mapping[str, Look] | None = None,
        required: Collection[str] | None = None,
        scroll: bool = True,
    ) -> None:
        super().__init__(parent)
        self._looks = dict(looks or {})
        self._required = required
        self._cells: dict[str, FieldCell] = {}
        self._rows: list[tuple[QGridLayout, int, tuple[FieldCell, ...]]] = []
        self._dirty = False
        self._known: frozenset[str] = frozenset()
        self._others: tuple[str, ...] = ()
        self._area: QScrollArea | None = None
        self.faults = FaultLine(self)
        self.faults.asked.connect(self.go_to_first_fault)
        self.sheet = Card(parent=self)
        self._lay_out(layout)
        whole = column(self)
        whole.addWidget(self.faults)
        whole.addWidget(self._scrolled() if scroll else self.sheet, 1 if scroll else 0)

    def fields(self) -> dict[str, Field]:
        """The fields in the order of the form."""
        return {key: cell.field for key, cell in self._cells.items()}

    def editor(self, key: str) -> Editor:
        """The editor of one field."""
        return self._cells[key].editor

    def set_options(self, key: str, options: Sequence[str]) -> None:
        """Offer other texts in a field whose look is ``options``; TypeError for any other field."""
        editor = self._cells[key].editor
        if not isinstance(editor, PickEditor):
            raise TypeError(f"field {key!r} is not a drop-down")
        editor.set_options(options)

    def show_only(self, asked: Mapping[str, bool]) -> None:
        """Show or hide the fields named; those that stay stand side by side, without a gap where one is not asked."""
        for key, shown in asked.items():
            self._cells[key].setVisible(shown)
        for grid, at, cells in self._rows:
            if any(cell.field.key in asked for cell in cells):
                for cell in cells:
                    grid.removeWidget(cell)
                for column_index, cell in enumerate(sorted(cells, key=FieldCell.isHidden)):
                    grid.addWidget(cell, at, column_index, Qt.AlignmentFlag.AlignTop)

    def cell(self, key: str) -> FieldCell:
        """Caption, editor and fault line of one field."""
        return self._cells[key]

    def values(self) -> dict[str, Any]:
        """Field key to value; None where blank or unreadable (see ``check``)."""
        return {key: cell.editor.value() for key, cell in self._cells.items()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show a record: fields not named become blank, faults are forgotten, the form is clean."""
        for key, cell in self._cells.items():
            cell.editor.set_value(values.get(key))
        self.show_problems(())
        self._dirty = False

    def texts(self) -> dict[str, str]:
        """Field key to what stands in it, readable or not: for drafts."""
        return {key: cell.editor.raw() for key, cell in self._cells.items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put a draft back; the form counts as edited."""
        for key, text in texts.items():
            if key in self._cells:
                self._cells[key].editor.set_raw(text)
        self._dirty = True

    def is_dirty(self) -> bool:
        """Whether the clerk edited since ``set_values`` or ``set_clean``."""
        return self._dirty

    def set_clean(self) -> None:
        """What stands here is saved."""
        self._dirty = False

    def check(self, demanded: bool = False) -> bool:
        """Check every field on its own, mark and count the faults; ``demanded`` also refuses blank demanded fields."""
        for cell in self._cells.values():
            cell.editor.tidy()
            cell.check(demanded)
        self._count()
        return not self.faulty()

    def faulty(self) -> list[str]:
        """Keys of the fields at fault, in order."""
        return [key for key, cell in self._cells.items() if cell.editor.problem()]

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the fields named by the problems, list the others at the top, go to the first; none clears all marks."""
        found: dict[str, list[str]] = {}
        others = []
        for problem in problems:
            if problem.field in self._cells:
                found.setdefault(problem.field, []).append(problem.text)
            else:
                others.append(f"{problem.where}：{problem.text}" if problem.where else problem.text)
        for key, cell in self._cells.items():
            cell.editor.set_problem("；".join(found.get(key, ())))
            cell.show_problem()
        self._others = tuple(others)
        self._count()
        if found:
            self.go_to_first_fault()

    def hint(self, problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> None:
        """Mark fields while the clerk is at work: the keyboard stays, nothing is counted; not the field being typed in."""
        found = {problem.field: problem.text for problem in reversed(problems)}
        doubts = {problem.field: problem.text for problem in reversed(warnings)}
        for key, cell in self._cells.items():
            if not cell.editor.core.hasFocus():
                cell.warning = doubts.get(key, "")
                if not cell.editor.check():
                    cell.editor.set_problem(found.get(key, ""))
                cell.show_problem()
        if self.faults.telling():
            self._count()

    def set_year(self, year: int) -> None:
        """The year the paper speaks of, for code tables that changed."""
        for cell in self._cells.values():
            cell.editor.set_year(year)

    def set_known(self, keys: Collection[str]) -> None:
        """Enter goes past these fields: they are filled in from elsewhere, and only what is not known is asked."""
        self._known = frozenset(keys)

    def set_quiet(self) -> None:
        """The help of the fields stands elsewhere on the page: no tool tips."""
        for cell in self._cells.values():
            cell.set_quiet()

    def set_read_only(self, locked: bool, keys: Collection[str] | None = None) -> None:
        """Lock or free all fields, or those named."""
        for key, cell in self._cells.items():
            if keys is None or key in keys:
                cell.editor.set_read_only(locked)

    def go_to(self, key: str) -> None:
        """Put the keyboard into one field."""
        cell = self._cells[key]
        cell.editor.setFocus(Qt.FocusReason.TabFocusReason)
        if self._area is not None:
            self._area.ensureWidgetVisible(cell, 0, 3 * GAP)

    def go_to_first(self) -> None:
        """Put the keyboard into the first field."""
        if self._cells:
            self.go_to(next(iter(self._cells)))

    def go_to_first_fault(self) -> None:
        """Put the keyboard into the first field at fault."""
        faulty = self.faulty()
        if faulty:
            self.go_to(faulty[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.save_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel_asked.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        keys = list(self._cells)
        at = next((n for n, cell in enumerate(self._cells.values()) if cell.editor.core.hasFocus()), -1) + by
        while 0 <= at < len(keys) and keys[at] in self._known:
            at += by
        if at >= len(keys):
            self.ended.emit()
        elif at < 0:
            self.began.emit()
        else:
            self.go_to(keys[at])

    def go_to_last(self) -> None:
        """Put the keyboard into the last field."""
        if self._cells:
            self.go_to(next(reversed(self._cells)))

    def _count(self) -> None:
        self.faults.tell(len(self.faulty()), self._others)

    def _on_changed(self) -> None:
        self._dirty = True
        self.changed.emit()

    def _on_came(self) -> None:
        editor = self.sender()
        self.came.emit(next(cell for cell in self._cells.values() if cell.editor is editor))

    def _on_left(self) -> None:
        if self.faults.telling():
            self._count()
        self.left.emit()

    def _scrolled(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ground = QWidget()
        ground.setObjectName("ground")
        inner = column(ground, 0)
        inner.addWidget(self.sheet)
        inner.addStretch(1)
        area.setWidget(ground)
        self._area = area
        return area

    def _lay_out(self, layout: Sequence[Section]) -> None:
        for section in layout:
            if section.title and self._cells:
                self.sheet.body.addSpacing(GAP)
            if section.title:
                self.sheet.body.addWidget(label(section.title, "heading", self.sheet))
            self.sheet.body.addLayout(self._grid(section))

    def _grid(self, section: Section) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(GAP + 2)
        columns = max((len(fields) for fields in section.rows), default=1)
        for column_index in range(columns):
            grid.setColumnStretch(column_index, 1)
        for row_index, fields in enumerate(section.rows):
            cells = tuple(self._cell(field) for field in fields)
            self._rows.append((grid, row_index, cells))
            for column_index, (field, cell) in enumerate(zip(fields, cells, strict=True)):
                whole = len(fields) == 1 and isinstance(field.kind, Text)
                grid.addWidget(cell, row_index, column_index, 1, columns if whole else 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _cell(self, field: Field) -> FieldCell:
        if field.key in self._cells:
            raise ValueError(f"field {field.key!r} stands twice in the form")
        required = field.demanded if self._required is None else field.key in self._required
        cell = FieldCell(field, required, self._looks.get(field.key, ""), self.sheet)
        cell.editor.changed.connect(self._on_changed)
        cell.editor.left.connect(self._on_left)
        cell.pointed.connect(self.pointed)
        cell.editor.entered.connect(self._on_came)
        self._cells[field.key] = cell
        return cell
