"""Something to be done once the window has caught up, by a timer that dies with its owner.

Not by ``QTimer.singleShot`` with a context: in PySide 6.9 a context that dies first leaves a timer behind which brings the program
down, and what the slot raises is swallowed.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def later(owner: QObject, slot: Callable[[], object], after_ms: int = 0) -> None:
    """Call ``slot``, a bound method of ``owner`` or of something that lives as long, when events were handled."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(slot)
    timer.timeout.connect(timer.deleteLater)
    timer.start(after_ms)
