"""A box for one reason that is kept for many doubts at once, with the usual words a press away; and the list of doubts it answers.

Nothing is blocked by it: it says how many doubts it would answer, and waits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.widgets.editor import ENTER
from desktop.widgets.lines import Line
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.ticks import Tickable, Ticks

USUAL = ("已对照原件，无误", "户口簿如此", "已向村委会核实", "本人情况特殊，见备注")
LEAST = 2
LONGEST = 100
_HIGH = 430


class ReasonLine(Line):
    """Enter asks for what the box does. Signal ``entered()``."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and not self.composing:
            self.entered.emit()
            event.accept()
            return
        super().keyPressEvent(event)


class ReasonBox(QWidget):
    """``deed`` is what the button does, its count is put behind; ``narrow`` sets it below the line. Signal ``given(reason)``."""

    given = Signal(str)

    def __init__(self, deed: str = "说明理由", parent: QWidget | None = None, narrow: bool = False) -> None:
        super().__init__(parent)
        self._deed = deed
        self._count = 0
        self.line = ReasonLine(self)
        self.line.setMaxLength(LONGEST)
        self.line.setPlaceholderText("理由：为什么就是这样，会和姓名、日期一起留存")
        self.line.setAccessibleName("理由")
        self.give = button(deed, "primary", self)
        whole, typed = column(self, 6), column(gap=6) if narrow else row()
        typed.addWidget(self.line, 1)
        typed.addWidget(self.give)
        whole.addLayout(typed)
        across = 2 if narrow else len(USUAL)
        for first in range(0, len(USUAL), across):
            whole.addLayout(self._usual(USUAL[first : first + across]))
        self.give.clicked.connect(self._on_give)
        self.line.entered.connect(self._on_give)
        self.line.textChanged.connect(self._renew)
        self._renew()

    def set_count(self, count: int) -> None:
        """How many doubts a reason would answer now."""
        self._count = count
        self._renew()

    def clear(self) -> None:
        """Forget what was typed."""
        self.line.clear()

    def reason(self) -> str:
        """What stands in the box."""
        return self.line.text().strip()

    def _usual(self, words: Sequence[str]) -> QHBoxLayout:
        line = row(gap=6)
        for text in words:
            chip = button(text, "chip", self)
            chip.clicked.connect(self._on_usual)
            line.addWidget(chip)
        line.addStretch(1)
        return line

    def _renew(self) -> None:
        self.give.setText(f"{self._deed}（{self._count:,} 处）")
        self.give.setEnabled(self._count > 0 and len(self.reason()) >= LEAST)

    def _on_usual(self) -> None:
        chip = self.sender()
        assert isinstance(chip, QWidget)
        self.line.setText(str(chip.property("text")))
        self.line.setFocus()

    def _on_give(self) -> None:
        if self.give.isEnabled():
            self.given.emit(self.reason())


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubt: whose it is, the sentence, and the thing to hand back."""

    whose: str
    text: str
    thing: object


class ReasonPanel(QWidget):
    """Doubts that want a reason before a step is done, all ticked, in the narrow column beside the list.

    Signals: ``given(things, reason)``; ``left()`` not now.
    """

    given = Signal(object, str)
    left = Signal()

    def __init__(self, deed: str = "说明理由", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts: dict[int, str] = {}
        self.heading = label("", "warn", self, wrap=True)
        self.ticks = Ticks((Column("whose", "户", 66), Column("text", "疑点", 214, sortable=False)), "处", self)
        self.said = label("", "quiet", self, wrap=True)
        self.box = ReasonBox(deed, self, narrow=True)
        self.setMinimumHeight(_HIGH)
        self.back = button("先不办，去核对", "link", self)
        whole = column(self, 8)
        whole.addWidget(self.heading)
        whole.addWidget(self.ticks, 1)
        whole.addWidget(self.said)
        whole.addWidget(self.box)
        whole.addWidget(self.back)
        self.ticks.changed.connect(self._on_ticks)
        self.ticks.list.current_changed.connect(self._on_current)
        self.box.given.connect(self._on_given)
        self.back.clicked.connect(self.left)

    def show_doubts(self, heading: str, rows: Sequence[DoubtRow]) -> None:
        """Show what has to be answered; what was typed stays."""
        self.heading.setText(heading)
        self._texts = {id(one.thing): one.text for one in rows}
        self.ticks.set_rows([Tickable((one.whose, Cell(one.text, tip=one.text)), one.thing) for one in rows])
        self._on_ticks()
        self._on_current(rows[0].thing if rows else None)

    def _on_current(self, thing: object) -> None:
        self.said.setText(self._texts.get(id(thing), ""))

    def _on_ticks(self) -> None:
        self.box.set_count(len(self.ticks.ticked()))

    def _on_given(self, reason: str) -> None:
        self.given.emit(self.ticks.ticked(), reason)
