"""One field of a form: caption above, editor, and below it the sentence that says what is wrong.

The sentence is there only while there is a fault; the row grows for it and nothing pops up.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QWidget

from db.fields.base import Field
from db.fields.kinds import Area, Card, IdNumber, Kind, Measure
from desktop.widgets.editors import Look, editor_for
from desktop.widgets.looks import column, label, mark

_LONG: dict[type[Kind], int] = {IdNumber: 18, Card: 19}
"""Numbers that are compared digit by digit with a card in the hand: as many digits as they have are always in sight."""
_AROUND = 26
"""What frame and padding of an editor take beside its text."""


class FieldCell(QWidget):
    """``required`` adds the mark of a demanded field to the caption. Signal ``pointed(field)``: the keyboard or the mouse came."""

    pointed = Signal(object)

    def __init__(self, field: Field, required: bool, look: Look = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.required = required
        self.warning = ""
        self.caption = label("", "caption", self)
        self.editor = editor_for(field.kind, self, look)
        self.editor.setMinimumWidth(_room(self.editor.core, field.kind))
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        unit = f"（{field.kind.unit}）" if isinstance(field.kind, Area | Measure) else ""
        self.set_caption(f"{field.label}{unit}")
        self._explain()
        inner = column(self, 3)
        for part in (self.caption, self.editor, self.fault):
            inner.addWidget(part)
        self.editor.left.connect(self.show_problem)
        self.editor.changed.connect(self._on_changed)
        self.editor.entered.connect(self._on_entered)

    def set_caption(self, text: str) -> None:
        """Another caption; the mark of a demanded field stays."""
        self.caption.setText(f"{text} *" if self.required else text)
        self.editor.core.setAccessibleName(text)

    def check(self, demanded: bool) -> None:
        """Read the field; a blank one is at fault when ``demanded`` and required."""
        problem = self.editor.check()
        if not problem and demanded and self.required and self.editor.is_blank():
            self.editor.set_problem(f"{self.field.label}未填，请补录")
        self.show_problem()

    def show_problem(self) -> None:
        """Say under the editor what is wrong with it, else what is doubtful (``warning``), else nothing."""
        problem = self.editor.problem()
        text = problem or self.warning or self.editor.doubt()
        mark(self.fault, "role", "fault" if problem else "warn")
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def set_quiet(self) -> None:
        """The help stands elsewhere on the page: no tool tip."""
        self.editor.setToolTip("")

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._on_entered()

    def _on_entered(self) -> None:
        self.pointed.emit(self.field)

    def _on_changed(self) -> None:
        """An edit answers the fault; it is judged anew on leaving."""
        if self.editor.problem() or self.warning:
            self.editor.set_problem("")
            self.warning = ""
            self.show_problem()

    def _explain(self) -> None:
        parts = [
            self.field.help,
            f"依据：{self.field.basis}" if self.field.basis else "",
            "带 * 的必须填" if self.required else "",
        ]
        text = "\n".join(part for part in parts if part)
        self.editor.setToolTip(text)
        self.editor.setStatusTip(self.field.help)


def _room(core: QWidget, kind: Kind) -> int:
    """The width a value of a kind must have, 0 for any."""
    core.ensurePolished()
    digits = _LONG.get(type(kind), 0)
    return core.fontMetrics().horizontalAdvance("8" * digits) + _AROUND if digits else 0
