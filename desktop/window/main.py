"""The one window: first the way in, then the work. It remembers its place and asks before it closes."""

from __future__ import annotations

import os

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop.widgets.later import later

TITLE = "户有卡"
LEAST = (900, 450)
"""The smallest screen of an office, 1366 × 768, drawn at 150 % and less the bar of the system."""
USUAL = (1366, 768)


class MainWindow(QMainWindow):
    """Signals: ``painted()`` once, after the first picture stands on the screen; ``close_asked()`` the clerk wants to leave: whoever
    listens calls ``leave`` when all is safe. Without a page of work it closes at once."""

    painted = Signal()
    close_asked = Signal()

    def __init__(self, geometry: QByteArray | None = None) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        self.setMinimumSize(QSize(*LEAST).boundedTo(QGuiApplication.primaryScreen().availableSize()))
        self.working = False
        self._leaving = False
        self._painted = False
        self.place(geometry if geometry is not None else QByteArray())

    def place(self, geometry: QByteArray) -> None:
        """Where it was last time; else the usual size, or the whole of a small screen."""
        if self.restoreGeometry(geometry):
            return
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(USUAL[0], screen.width()), min(USUAL[1], screen.height()))
        if screen.width() <= USUAL[0]:
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def show_part(self, part: QWidget, title: str = "", working: bool = False) -> None:
        """Fill the window with another part; the former one is handed back to its owner, not deleted."""
        if self.centralWidget() is not None:
            self.takeCentralWidget().hide()
        self.working = working
        self.setCentralWidget(part)
        part.show()
        self.setWindowTitle(f"{title} · {TITLE}" if title else TITLE)

    def come_forward(self, token: str = "") -> None:
        """Before all other windows, with the dialog that waits for an answer, if any. ``token`` is what a Wayland desktop gave somebody
        to let us come forward; where the system lets nobody come forward by himself, the task bar flashes."""
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        for window in (self, QApplication.activeModalWidget()):
            if window is not None:
                window.raise_()
                window.activateWindow()
        later(self, self._ask_for_notice, 500)

    def _ask_for_notice(self) -> None:
        if QApplication.activeWindow() is None:
            QApplication.alert(self)

    def leave(self) -> None:
        """Close without asking again."""
        self._leaving = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.working and not self._leaving:
            event.ignore()
            self.close_asked.emit()
            return
        super().closeEvent(event)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            later(self, self.painted.emit)
        return done
