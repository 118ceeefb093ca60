"""The curtain before the work while the screen is locked: every window shows nothing but the lock page, or nothing at all.

What the windows hold is hidden, not closed: after unlocking all of it stands there as before, the keyboard where it was. When a dialog
is open, nothing else can be reached, so the lock page is laid into it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from desktop.widgets.later import later
from desktop.window.shell import Shell

ROOM = QSize(460, 420)
"""What the lock page needs inside a dialog."""


class Curtain(QObject):
    """``make`` builds a fresh lock page; it is asked again when the dialog the page lay in was closed."""

    def __init__(self, shell: Shell, make: Callable[[], QWidget], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._make = make
        self._hidden: list[QWidget] = []
        self._focus: QWidget | None = None
        self._host: QWidget | None = None
        self._size: QSize | None = None
        self.page: QWidget | None = None

    @property
    def drawn(self) -> bool:
        """Whether it is before the work."""
        return self.page is not None

    def draw(self) -> None:
        """Hide the work and show the lock page."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        self._focus = QApplication.focusWidget()
        self._cover()
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def raise_up(self) -> None:
        """Take it away; everything is as it was."""
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        host, page, self.page, self._host = self._host, self.page, None, None
        if page is not None and host is not self._shell and isValid(page):
            page.hide()
            page.deleteLater()
        if host is not None and host is not self._shell and isValid(host) and self._size is not None:
            host.resize(self._size)
        self._shell.set_overlay(None)
        for part in self._hidden:
            if isValid(part):
                part.show()
        self._hidden.clear()
        if self._focus is not None and isValid(self._focus) and self._focus.isVisible():
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.page is not None:
            self.page.setGeometry(self._host.rect())
        elif (watched is self._host and event.type() == QEvent.Type.Hide and isinstance(watched, QDialog)) or (
            event.type() == QEvent.Type.Show and isinstance(watched, QDialog) and watched is not self._host
        ):
            later(self, self._cover)
        return False

    def _cover(self) -> None:
        """Lay the page where the keyboard can reach it."""
        host = QApplication.activeModalWidget() or self._shell
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and isinstance(w, QDialog)]
        for window in windows:
            self._hide_in(window)
        self._hide_in(self._shell)
        if host is self._host:
            return
        self._host = host
        self.page = self._make()
        if host is self._shell:
            self._shell.set_overlay(self.page)
            return
        self._shell.set_overlay(QWidget())
        self._size = host.size()
        host.resize(self._size.expandedTo(ROOM))
        self.page.setParent(host)
        self.page.setGeometry(host.rect())
        self.page.show()
        self.page.raise_()
        self.page.setFocus()

    def _hide_in(self, window: QWidget) -> None:
        for part in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if part is not self.page and not part.isWindow() and not part.isHidden():
                part.hide()
                self._hidden.append(part)
