"""One figure of the income sheet on a line: caption, amount, and below it the sentence that says what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QWidget

from db.fields.base import Field
from desktop.widgets.lines import LineEditor
from desktop.widgets.looks import Rule, button, column, label, mark, row

_WIDTH, _INDENT = 128, 22
_CLOSED, _OPEN = "▸ 分项", "▾ 收起"


class Amount(QWidget):
    """``opens`` gives the row a small button for the items below it, ``item`` sets it in a little.

    Signals: ``changed(key)``; ``left()``; ``pointed(field)`` keyboard or mouse came; ``turned(key, open)`` the items were asked for.
    """

    changed = Signal(str)
    left = Signal()
    pointed = Signal(object)
    turned = Signal(str, bool)

    def __init__(
        self, field: Field, caption: str, *, opens: bool, item: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.warning = ""
        self.editor = LineEditor(field.kind, self)
        self.editor.setFixedWidth(_WIDTH)
        self.editor.core.setAccessibleName(field.label)
        mark(self.editor.core, "flat", True)
        self.turn = button(_CLOSED, "link", self)
        self.turn.setVisible(opens)
        self.turn.setToolTip("Alt+↓ 打开分项，Alt+↑ 收起")
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        self._opened = False
        line, whole = row(), column(self, 0)
        line.addSpacing(_INDENT if item else 0)
        line.addWidget(label(caption, "quiet" if item else "", self))
        line.addWidget(self.turn)
        line.addStretch(1)
        line.addWidget(self.editor)
        whole.addLayout(line)
        whole.addWidget(self.fault)
        whole.addWidget(Rule(self))
        self.editor.changed.connect(self._on_changed)
        self.editor.left.connect(self._on_left)
        self.editor.entered.connect(self._on_entered)
        self.turn.clicked.connect(self._on_turn)

    def set_open(self, opened: bool) -> None:
        """Say whether the items below are open."""
        self._opened = opened
        self.turn.setText(_OPEN if opened else _CLOSED)

    def show_problem(self) -> None:
        """Say what is wrong with it, else what is doubtful, else nothing."""
        problem = self.editor.problem()
        mark(self.fault, "role", "fault" if problem else "warn")
        self.fault.setText(problem or self.warning)
        self.fault.setVisible(bool(problem or self.warning))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._on_entered()

    def _on_changed(self) -> None:
        if self.editor.problem() or self.warning:
            self.editor.set_problem("")
            self.warning = ""
            self.show_problem()
        self.changed.emit(self.field.key)

    def _on_left(self) -> None:
        self.show_problem()
        self.left.emit()

    def _on_entered(self) -> None:
        self.pointed.emit(self.field)

    def _on_turn(self) -> None:
        self.turned.emit(self.field.key, not self._opened)
