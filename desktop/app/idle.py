"""Notices that nobody has touched the computer's keys or mouse for a while, also after the computer slept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from db.store.clock import SystemClock

MINUTES = 5
LEAST, MOST = 1, 15
_LOOK_MS = 5000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """Watches the whole application. Signal ``away()``: as many minutes passed untouched.

    ``counter`` counts seconds and never goes back.
    """

    away = Signal()

    def __init__(
        self, minutes: int = MINUTES, parent: QObject | None = None, counter: Callable[[], float] | None = None
    ) -> None:
        super().__init__(parent)
        self._counter = counter or SystemClock().monotonic
        self._touched = self._counter()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.set_minutes(minutes)
        self._app = QApplication.instance()
        if self._app is not None:
            self._app.installEventFilter(self)
        self._timer.start()

    def set_minutes(self, minutes: int) -> None:
        """How long nobody may touch it: 1 to 15."""
        self.minutes = min(max(minutes, LEAST), MOST)

    def look(self) -> None:
        """See how long it was; says ``away`` once, until it is touched again."""
        if self._counter() - self._touched >= 60 * self.minutes:
            self._touched = self._counter()
            self.away.emit()

    def stop(self) -> None:
        """Watch no longer."""
        self._timer.stop()
        if self._app is not None:
            self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._counter()
        return False
