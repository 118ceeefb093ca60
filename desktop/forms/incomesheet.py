"""收入核算表 as it is filled in: the six sums that decide, and below those the items each is made of, opened where they are known.

Typing items fills the sum; a sum typed without items stays as it is. A sum and its items that differ are said in place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.base import Field
from db.fields.income import BUSINESS_COST, DEBT, ITEMS, PARTS, TRANSFER_COST
from db.rules.income import ZERO
from desktop.forms.amount import Amount
from desktop.widgets.editor import ENTER
from desktop.widgets.faults import FaultLine
from desktop.widgets.lines import LineEditor
from desktop.widgets.looks import column

_COSTS = (BUSINESS_COST, TRANSFER_COST)
_OWNER = {part.key: owner for owner, parts in PARTS.items() for part in parts}
"""The sum each item goes into."""


class IncomeSheet(QWidget):
    """Signals as of a form: ``changed()``, ``left()``, ``save_asked()``, ``cancel_asked()``, ``ended()``, ``began()``,
    ``pointed(field)``."""

    changed = Signal()
    left = Signal()
    save_asked = Signal()
    cancel_asked = Signal()
    ended = Signal()
    began = Signal()
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, walks: bool = True) -> None:
        """``walks`` is off where a form around it takes Enter, Ctrl+S and Esc, because it goes through more than this."""
        super().__init__(parent)
        self.walks = walks
        self._dirty = False
        self._rows: dict[str, Amount] = {}
        self._below: dict[str, QWidget] = {}
        self.faults = FaultLine(self)
        self.faults.asked.connect(self.go_to_first_fault)
        whole = column(self, 0)
        whole.addWidget(self.faults)
        for field in ITEMS:
            whole.addWidget(self._row(field, f"− {field.label}" if field in _COSTS else field.label))
            if field.key in PARTS:
                whole.addWidget(self._parts(field.key))
        whole.addWidget(self._row(DEBT, f"参考：{DEBT.label}"))

    @property
    def editors(self) -> Mapping[str, LineEditor]:
        """The editor of each figure by field key, sums and items."""
        return {key: row.editor for key, row in self._rows.items()}

    def values(self) -> dict[str, Decimal | None]:
        """Field key to yuan; None where blank or unreadable."""
        found = {key: row.editor.value() for key, row in self._rows.items()}
        return {key: value if isinstance(value, Decimal) else None for key, value in found.items()}

    def set_values(self, values: Mapping[str, object]) -> None:
        """Show a sheet: items that are known are open, the sheet is clean."""
        for key, row in self._rows.items():
            row.editor.set_value(values.get(key))
            row.show_problem()
        for key in PARTS:
            self.open_parts(key, shown=self._items_given(key))
            self._renew_sum(key, fill=False)
        self._dirty = False
        self._count()

    def texts(self) -> dict[str, str]:
        """What stands in it, readable or not: for drafts."""
        return {key: row.editor.raw() for key, row in self._rows.items()}

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put a draft back; the sheet counts as edited."""
        for key, text in texts.items():
            if key in self._rows:
                self._rows[key].editor.set_raw(text)
        for key in PARTS:
            self.open_parts(key, shown=self._items_given(key))
            self._renew_sum(key, fill=False)
        self._dirty = True

    def is_dirty(self) -> bool:
        """Whether the clerk edited since ``set_values`` or ``set_clean``."""
        return self._dirty

    def set_clean(self) -> None:
        """What stands here is saved."""
        self._dirty = False

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the sheet."""
        for key, row in self._rows.items():
            row.editor.set_read_only(locked or self._items_given(key))

    def open_parts(self, key: str, *, shown: bool) -> None:
        """Show or hide the items of a sum; those that hold a figure stay."""
        opened = shown or self._items_given(key)
        self._below[key].setVisible(opened)
        self._rows[key].set_open(opened)

    def check(self) -> bool:
        """Read every figure, mark and count the faults."""
        for row in self._rows.values():
            row.editor.tidy()
            row.editor.check()
        for key in PARTS:
            self._renew_sum(key, fill=False)
        for row in self._rows.values():
            row.show_problem()
        self._count()
        return not self.faulty()

    def faulty(self) -> list[str]:
        """Keys of the figures at fault, in order."""
        return [key for key, row in self._rows.items() if row.editor.problem()]

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark the figures named, forget other marks; returns the problems that are none of these."""
        found = {p.field: p.text for p in reversed(problems)}
        for key, row in self._rows.items():
            row.editor.set_problem(found.get(key, ""))
            row.show_problem()
        self._count()
        return [p for p in problems if p.field not in self._rows]

    def hint(self, problems: Sequence[Problem], warnings: Sequence[Problem] = ()) -> None:
        """Mark while the clerk is at work; not the figure being typed."""
        found, doubts = ({p.field: p.text for p in reversed(some)} for some in (problems, warnings))
        for key, row in self._rows.items():
            if not row.editor.core.hasFocus():
                row.warning = doubts.get(key, "")
                if not row.editor.check():
                    row.editor.set_problem(self._unlike(key) or found.get(key, ""))
                row.show_problem()
        if self.faults.telling():
            self._count()

    def stops(self) -> list[QWidget]:
        """Where Enter stops now, in order: sums that are typed, items that are open."""
        found: list[QWidget] = []
        for key, row in self._rows.items():
            owner = _OWNER.get(key)
            if (owner is None or not self._below[owner].isHidden()) and not self._items_given(key):
                found.append(row.editor.core)
        return found

    def go_to(self, key: str) -> None:
        """Put the keyboard on one figure; an item is opened."""
        if key in _OWNER:
            self.open_parts(_OWNER[key], shown=True)
        self._rows[key].editor.setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_first(self) -> None:
        """Put the keyboard on the first figure."""
        self.stops()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_last(self) -> None:
        """Put the keyboard on the last figure."""
        self.stops()[-1].setFocus(Qt.FocusReason.TabFocusReason)

    def go_to_first_fault(self) -> None:
        """Put the keyboard on the first figure at fault."""
        if self.faulty():
            self.go_to(self.faulty()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Shift+Enter walk, Alt+↓ and Alt+↑ open and close the items of a sum, Ctrl+S saves, Esc leaves."""
        key, modifiers = event.key(), event.modifiers()
        if key in ENTER and not modifiers & Qt.KeyboardModifier.ControlModifier:
            if not self._step(-1 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1):
                event.ignore()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and modifiers & Qt.KeyboardModifier.AltModifier:
            self._turn_here(opened=key == Qt.Key.Key_Down)
        elif key == Qt.Key.Key_S and modifiers == Qt.KeyboardModifier.ControlModifier and self.walks:
            self.save_asked.emit()
        elif key == Qt.Key.Key_Escape and self.walks:
            self.cancel_asked.emit()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> bool:
        if not self.walks:
            return False
        stops = self.stops()
        at = next((n for n, stop in enumerate(stops) if stop.hasFocus()), None)
        if at is None:
            return True
        if at + by >= len(stops):
            self.ended.emit()
        elif at + by < 0:
            self.began.emit()
        else:
            stops[at + by].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _turn_here(self, *, opened: bool) -> None:
        here = next((key for key, row in self._rows.items() if row.editor.core.hasFocus()), "")
        owner = _OWNER.get(here, here)
        if owner in PARTS:
            self._on_turned(owner, opened)

    def _row(self, field: Field, caption: str, *, item: bool = False) -> Amount:
        made = Amount(field, caption, opens=field.key in PARTS, item=item, parent=self)
        made.changed.connect(self._on_changed)
        made.left.connect(self._on_left)
        made.pointed.connect(self.pointed)
        made.turned.connect(self._on_turned)
        self._rows[field.key] = made
        return made

    def _parts(self, key: str) -> QWidget:
        below = QWidget(self)
        inner = column(below, 0)
        for part in PARTS[key]:
            inner.addWidget(self._row(part, part.label, item=True))
        below.hide()
        self._below[key] = below
        return below

    def _items_given(self, key: str) -> bool:
        """Whether any item of a sum is filled in; False for what has none."""
        return any(not self._rows[part.key].editor.is_blank() for part in PARTS.get(key, ()))

    def _sum(self, key: str) -> Decimal:
        amounts = (self._rows[part.key].editor.value() for part in PARTS[key])
        return sum((a for a in amounts if isinstance(a, Decimal)), ZERO)

    def _unlike(self, key: str) -> str:
        """What is wrong between a sum and its items (广东扶贫云: 转移性收入为各项之和), "" when nothing is."""
        wrong = any(self._rows[part.key].editor.problem() for part in PARTS.get(key, ()))
        if wrong or not self._items_given(key):
            return ""
        stated = self._rows[key].editor.value()
        if stated == self._sum(key):
            return ""
        told = f"{stated:,.2f}" if isinstance(stated, Decimal) else "空着"
        return f"各分项合计 {self._sum(key):,.2f} 元，这里是 {told}；改任一分项即按分项合计"

    def _renew_sum(self, key: str, *, fill: bool) -> None:
        """Items make the sum: it is filled in from them and not typed; without items it is typed again."""
        given = self._items_given(key)
        sum_row = self._rows[key]
        if given and fill:
            sum_row.editor.set_value(self._sum(key))
        sum_row.editor.set_read_only(given)
        if not sum_row.editor.problem():
            sum_row.editor.set_problem(self._unlike(key))
        sum_row.show_problem()

    def _on_changed(self, key: str) -> None:
        owner = _OWNER.get(key)
        if owner is not None:
            self._rows[owner].editor.set_problem("")
            self._renew_sum(owner, fill=True)
        self._dirty = True
        self.changed.emit()

    def _on_left(self) -> None:
        if self.faults.telling():
            self._count()
        self.left.emit()

    def _on_turned(self, key: str, opened: bool) -> None:
        self.open_parts(key, shown=opened)
        self.go_to(PARTS[key][0].key if opened else key)

    def _count(self) -> None:
        self.faults.tell(len(self.faulty()))
