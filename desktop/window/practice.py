"""The yellow frame: round every window of the program while the practice record is open, with a strip that says so above the work.

Windows are found as they get the keyboard, and by looking a few times a second where a desktop gives it to none; a watch on all events
of the application would cost too much.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop.widgets.colours import scheme
from desktop.widgets.later import later
from desktop.widgets.looks import button, label, row

TITLE = "练习"
EDGE = 4
"""How wide the frame is, in pixels."""
_LOOK_MS = 150
_WORDS = "练习台账：这里的人都是编的，怎么试都行。两人的密码都是 {password}"
_OPEN = (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Sheet, Qt.WindowType.Drawer)


class PracticeStrip(QWidget):
    """Signals: ``afresh_asked()`` throw it away for a new one, ``stop_asked()`` back to the town's own record."""

    afresh_asked = Signal()
    stop_asked = Signal()

    def __init__(self, password: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("practice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label(_WORDS.format(password=password), "strong", self)
        self.afresh = button("重新开始", "plain", self)
        self.stop = button("退出练习", "plain", self)
        inner = row(self, 12)
        inner.setContentsMargins(16, 3, 12, 3)
        inner.addWidget(self.words, 1)
        for part in (self.afresh, self.stop):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            inner.addWidget(part)
        self.afresh.clicked.connect(self.afresh_asked)
        self.stop.clicked.connect(self.stop_asked)


class Edge(QWidget):
    """The frame of one window: lies over its rim, takes neither mouse nor keyboard, and follows its size."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(window.rect())
        window.installEventFilter(self)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(scheme().colour("drill"), 2 * EDGE))
        painter.drawRect(self.rect())
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.Show):
            self.setGeometry(self._window.rect())
            later(self, self.raise_)
        return False


class PracticeFrame(QObject):
    """Frames the windows of ``window``'s program while it is ``set``."""

    def __init__(self, window: QMainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self.strip: PracticeStrip | None = None
        self._on = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def on(self) -> bool:
        """Whether the windows are framed now."""
        return self._on

    def set(self, on: bool, strip: PracticeStrip | None = None) -> None:
        """Put the frame round all windows, ``strip`` above the first one, or take both away."""
        if on == self._on:
            return
        self._on = on
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        if on:
            app.focusWindowChanged.connect(self._on_window)
            self._hang(strip)
            self._window.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
            self.look()
            self._timer.start()
        else:
            self._timer.stop()
            app.focusWindowChanged.disconnect(self._on_window)
            self._hang(None)
            self._window.setContentsMargins(0, 0, 0, 0)
            for window in QApplication.topLevelWidgets():
                for edge in _edges(window):
                    edge.hide()
                    edge.deleteLater()

    def _hang(self, strip: PracticeStrip | None) -> None:
        old, self.strip = self.strip, strip
        if strip is not None:
            self._window.setMenuWidget(strip)
            strip.show()
        elif old is not None:
            old.hide()
            old.deleteLater()

    def _on_window(self) -> None:
        later(self, self.look)

    def look(self) -> None:
        """Frame what is open and has no frame yet; lists that drop down and tips are no windows."""
        if not self._on:
            return
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window.windowType() in _OPEN and not _edges(window):
                Edge(window)
        if not _edges(self._window):
            Edge(self._window)


def _edges(window: QWidget) -> list[Edge]:
    return window.findChildren(Edge, options=Qt.FindChildOption.FindDirectChildrenOnly)
