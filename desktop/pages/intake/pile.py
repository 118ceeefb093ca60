"""Several files chosen at once: they are taken one after another, and what is still to come stays in sight."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.pages.intake.reading import RosterReading
from desktop.widgets.strip import Strip

_NAMED = 3


class Pile(Strip):
    """Signal ``asked(Path)``: this file is next. Nothing is shown while no more than one file was chosen."""

    asked = Signal(object)

    def __init__(self, reading: RosterReading, parent: QWidget | None = None) -> None:
        super().__init__(("下一份", "后面的不看了"), parent)
        self._reading = reading
        self._left: list[Path] = []
        self._count = 0
        self.next, self.leave = self.buttons
        self.next.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.forget)

    def begin(self, paths: Sequence[Path]) -> None:
        """Ask for the first of these files."""
        self._left, self._count = list(paths), len(paths)
        self.go_on()

    def go_on(self) -> None:
        """Ask for the next file, unless one is being read."""
        if self._left and not self._reading.running:
            path = self._left.pop(0)
            self._tell()
            self.asked.emit(path)

    def forget(self) -> None:
        """No file is to follow."""
        self._left, self._count = [], 0
        self._tell()

    def _tell(self) -> None:
        here, names = self._count - len(self._left), "、".join(f"“{path.name}”" for path in self._left[:_NAMED])
        more = f"等 {len(self._left)} 份" if len(self._left) > _NAMED else ""
        self.next.setVisible(bool(self._left))
        self.leave.setVisible(bool(self._left))
        text = f"后面还有{names}{more}" if self._left else "这是最后一份"
        self.say(f"一起选了 {self._count} 份，这是第 {here} 份，{text}。" if self._count > 1 else "")
