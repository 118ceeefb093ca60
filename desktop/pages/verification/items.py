"""One item of the visit on one line: what is asked, the answer, and the evidence for it.

Nothing is answered beforehand, because an item nobody looked at must not read 否.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from db.fields.kinds import Text
from desktop.widgets.lines import LineEditor
from desktop.widgets.looks import Rule, button, column, label, mark, row
from desktop.widgets.segmented import Segmented
from desktop.widgets.wrap import WrapRow

CAPTION_WIDTH = 290
EVIDENCE = Text(limit=200)
_HEIGHT = 28


class ItemRow(QWidget):
    """``wanting`` are the answers that need evidence, ``alarm`` those drawn in vermilion. Signal ``changed()``."""

    changed = Signal()

    def __init__(
        self,
        caption: str,
        tip: str,
        options: Sequence[str],
        alarm: Sequence[str] = (),
        wanting: Collection[str] = (),
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("help", "verification.md#四看五优先六进七不进")
        self._wanting, self._hint = frozenset(wanting), hint
        self._alarm = frozenset(alarm)
        self._locked = False
        self._proposal = ""
        name = label(caption, "", self)
        name.setFixedWidth(CAPTION_WIDTH)
        name.setToolTip(tip)
        self.answer = Segmented(options, alarm, self)
        self.answer.setAccessibleName(tip)
        self.evidence = LineEditor(EVIDENCE, self)
        self.evidence.core.setAccessibleName(f"{caption}的情况与依据")
        mark(self.evidence.core, "flat", True)
        inner = row(gap=10)
        for part in (name, self.answer):
            inner.addWidget(part)
        inner.addWidget(self.evidence, 1)
        whole = column(self, 0)
        whole.addLayout(inner, 1)
        whole.addWidget(Rule(self))
        self.setFixedHeight(_HEIGHT)
        self.answer.changed.connect(self._on_answered)
        self.evidence.changed.connect(self.changed)

    def text(self) -> str:
        """The answer, "" when nothing was looked at."""
        return self.answer.text()

    def note(self) -> str:
        """The evidence."""
        return self.evidence.raw().strip()

    def put(self, answer: str, note: str) -> None:
        """Show an answer without telling anybody."""
        self.answer.choose_text(answer)
        self.evidence.set_raw(note)
        self._renew()

    def propose(self, text: str) -> None:
        """Say what elsewhere on the sheet points to this item, "" for nothing; the answer stays the visitors' own."""
        if text != self._proposal:
            self._proposal = text
            self._renew()

    def proposal(self) -> str:
        """What points to this item."""
        return self._proposal

    def wants_evidence(self) -> bool:
        """Whether the keyboard should stop at the evidence on its way."""
        return bool(self.note()) or self.text() in self._wanting

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the item."""
        self._locked = locked
        self.answer.set_read_only(locked)
        self.evidence.set_read_only(locked)
        self._renew()

    def _on_answered(self) -> None:
        self._renew()
        self.changed.emit()

    def _renew(self) -> None:
        wanted = self.text() in self._wanting
        proposed = bool(self._proposal) and not wanted
        self.evidence.set_placeholder(self._proposal if proposed else self._hint if wanted and not self._locked else "")
        mark(self.evidence.core, "hint", proposed)
        self.evidence.setToolTip(self._proposal)
        mark(self.evidence.core, "alarm", self.text() in self._alarm)


class Chips(QWidget):
    """Several of a few: chips that a click, Space or the number of the chip takes in or out; Enter goes on to the next item of the sheet.
    Signal ``changed()``."""

    changed = Signal()

    def __init__(self, options: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: list[QPushButton] = []
        inner = WrapRow(self)
        for number, text in enumerate(options, 1):
            chip = button(text, "chip", self)
            chip.setCheckable(True)
            chip.setProperty("space", True)
            chip.setToolTip(f"按 {number} 选上或去掉")
            chip.toggled.connect(self._on_toggled)
            self._chips.append(chip)
            inner.addWidget(chip)
        self.setFocusProxy(self._chips[0])
        self._quiet = False

    @property
    def first(self) -> QPushButton:
        """Where the keyboard stops."""
        return self._chips[0]

    def chip(self, place: int) -> QPushButton:
        """One chip, from 0."""
        return self._chips[place]

    def chosen(self) -> list[int]:
        """The chips taken in, from 0."""
        return [n for n, chip in enumerate(self._chips) if chip.isChecked()]

    def choose(self, places: Collection[int]) -> None:
        """Show a choice without telling anybody."""
        self._quiet = True
        for n, chip in enumerate(self._chips):
            chip.setChecked(n in places)
        self._quiet = False

    def has_keyboard(self) -> bool:
        """Whether one of the chips has it."""
        return any(chip.hasFocus() for chip in self._chips)

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the chips."""
        for chip in self._chips:
            chip.setEnabled(not locked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if 0 <= place < len(self._chips):
            self._chips[place].toggle()
        else:
            super().keyPressEvent(event)

    def _on_toggled(self) -> None:
        if not self._quiet:
            self.changed.emit()
