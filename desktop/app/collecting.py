"""Cyclic garbage is collected on the window's thread only.

Python collects on whatever thread happens to allocate. A cycle that holds a Qt object must not be taken apart on a worker: Qt deletes
the object there and the program dies without a word. So automatic collection rests while there are workers, and a timer of the
window's thread does it instead, by Python's own thresholds.
"""

from __future__ import annotations

import gc
from typing import ClassVar

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 500


class Collector(QObject):
    """Between ``begin`` and ``end`` nothing is collected elsewhere; several may be at it, the last to end leaves Python as it was."""

    _at_work: ClassVar[int] = 0
    _found_on: ClassVar[bool] = True

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._begun = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def begin(self) -> None:
        """Take collecting over."""
        if not self._begun:
            self._begun = True
            if Collector._at_work == 0:
                Collector._found_on = gc.isenabled()
            Collector._at_work += 1
            gc.disable()
            self._timer.start()

    def end(self) -> None:
        """Give it back."""
        if self._begun:
            self._begun = False
            self._timer.stop()
            Collector._at_work -= 1
            if Collector._at_work == 0 and Collector._found_on:
                gc.enable()

    @Slot()
    def collect(self) -> int:
        """Collect the oldest generation that is due; returns it, −1 when none is."""
        counts, limits = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if 0 < limits[generation] < counts[generation]:
                gc.collect(generation)
                return generation
        return -1
