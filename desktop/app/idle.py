"""Notices that nobody has touched the computer's keys or mouse for a while, also after the computer slept.

It watches the windows, where keys and mouse come in, and what has the keyboard, which is told of composed characters. A watch on the
whole application would see every event of every widget: pages took nearly twice as long to appear.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from shiboken6 import isValid

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
    """Watches every window. Signal ``away()``: as many minutes passed untouched.

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
        self._writing: QObject | None = None
        self._app = QGuiApplication.instance()
        if isinstance(self._app, QGuiApplication):
            self._app.focusWindowChanged.connect(self._on_window)
            self._app.focusObjectChanged.connect(self._on_object)
            for window in self._app.allWindows():
                window.installEventFilter(self)
            self._on_object(self._app.focusObject())
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
        if isinstance(self._app, QGuiApplication):
            self._app.focusWindowChanged.disconnect(self._on_window)
            self._app.focusObjectChanged.disconnect(self._on_object)
            for window in self._app.allWindows():
                window.removeEventFilter(self)
            self._on_object(None)
            self._app = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self._counter()
        return False

    def _on_window(self, window: QObject | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _on_object(self, writing: QObject | None) -> None:
        if self._writing is not None and isValid(self._writing):
            self._writing.removeEventFilter(self)
        self._writing = writing
        if writing is not None:
            writing.installEventFilter(self)
