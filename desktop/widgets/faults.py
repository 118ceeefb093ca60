"""The line at the top of a form that counts its faults and leads to the first of them.

Problems that belong to no field of the form are listed here as sentences of their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from db.errors import Known, Problem, Refused
from desktop.widgets.looks import button, column, label, row

_SHOWN = 6


class FaultLine(QFrame):
    """Hidden while there is nothing to say, and always when ``silent``: then the page adds several lines up in one of its own.

    Signals: ``asked()`` go to the first fault; ``told()`` it has something else to say.
    """

    asked = Signal()
    told = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.silent = False
        self.at_fields = 0
        self.others: tuple[str, ...] = ()
        self.setObjectName("banner")
        self.setProperty("tone", "red")
        self._count = label("", "fault", self)
        self._others = label("", "fault", self, wrap=True)
        self._go = button("看第一处", "link", self)
        self._go.clicked.connect(self.asked)
        whole = column(self, 4)
        whole.setContentsMargins(12, 6, 12, 6)
        self._first = row()
        self._first.addWidget(self._count)
        self._first.addWidget(self._go)
        self._first.addStretch(1)
        whole.addLayout(self._first)
        whole.addWidget(self._others)
        self.hide()

    def set_narrow(self) -> None:
        """Wrap what it says, for a narrow form."""
        self._count.setWordWrap(True)
        self._first.setStretch(0, 1)
        self._first.setStretch(2, 0)

    def tell(self, at_fields: int, others: Sequence[str] = ()) -> None:
        """Say how many fields are at fault and what else is wrong; nothing at all hides the line."""
        self.at_fields, self.others = at_fields, tuple(others)
        self._count.setText(f"✕ 有 {at_fields} 处要改，改好后再保存；已录的内容都在。" if at_fields else "")
        self._count.setVisible(bool(at_fields))
        self._go.setVisible(bool(at_fields))
        shown = [f"✕ {text}" for text in others[:_SHOWN]]
        if len(others) > _SHOWN:
            shown.append(f"……另有 {len(others) - _SHOWN} 条")
        self._others.setText("\n".join(shown))
        self._others.setVisible(bool(shown))
        self.setVisible(self.telling() and not self.silent)
        self.told.emit()

    def telling(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.at_fields or self.others)

    def text(self) -> str:
        """All it says, for tests and for screen readers."""
        return "\n".join(part.text() for part in (self._count, self._others) if part.text())


def problems_of(error: Exception) -> tuple[Problem, ...]:
    """What an act failed with, as sentences."""
    if isinstance(error, Refused):
        return error.problems
    if isinstance(error, Known):
        return (Problem(f"{error.text}{error.remedy}"),)
    return (Problem("没有办成，录入的内容都在；请把弹出的故障报告交给技术人员"),)
