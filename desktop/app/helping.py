"""F1 wherever the keyboard is: it finds what is asked about and opens the help there; a second F1 or Ctrl+/ shows the map of keys.

A dialog that blocks the window has its own help window, else it could not be read. Keys are watched at the windows, as they come in:
a watch on the whole application would see every event of every widget.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from db.errors import Known
from db.fields.base import Field
from db.store.clock import SystemClock
from desktop.app.paths import clerks_folder

if TYPE_CHECKING:
    from desktop.help.handbook import Making
    from desktop.help.window import HelpWindow
    from desktop.widgets.banner import BannerTone
    from desktop.window.shell import Shell

_FIRST, _LOGIN = "first.md", "login.md"


class HelpDesk(QObject):
    """``shell`` gives the window's inside, None before anybody is logged in. Call ``stop`` at the end."""

    def __init__(self, window: QWidget, shell: Callable[[], Shell | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._shell = shell
        self._making: dict[Making, HelpWindow] = {}
        app = QGuiApplication.instance()
        self._app = app if isinstance(app, QGuiApplication) else None
        if self._app is not None:
            self._app.focusWindowChanged.connect(self._on_window)

    def ask(self) -> None:
        """Open the help for where the keyboard is."""
        self.explain(QApplication.focusWidget())

    def explain(self, widget: QWidget | None) -> HelpWindow:
        """Open the help for one part of the window."""
        from desktop.help.asking import asked_by
        from desktop.help.texts import place_of

        found = asked_by(widget)
        shown = self._help_of(_window_of(widget) or self._window)
        if isinstance(found, Field):
            shown.show_field(found)
        else:
            shown.show_place(found or place_of(self._topic(widget)))
        if not shown.isVisible():
            if shown not in self._making.values():
                shown.banner.close_now()
            if widget is not None:
                shown.stand_beside(widget)
        shown.show()
        shown.raise_()
        shown.activateWindow()
        return shown

    def show_keys(self) -> QDialog:
        """Lay the map of keys over the window that has the keyboard."""
        from desktop.help.keymap import KeyMap

        made = KeyMap(QApplication.activeWindow() or self._window)
        made.open()
        return made

    def stop(self) -> None:
        """Watch no longer, and let a manual that is being made come to its end."""
        for made in self._making:
            made.wait()
        if self._app is not None:
            self._app.focusWindowChanged.disconnect(self._on_window)
            self._app = None

    def hand_out(self, shown: HelpWindow) -> None:
        """Ask where the printed manual is to lie, put it there beside the window's thread, and open it."""
        from desktop.help.handbook import NAME, Making, target_of

        offered = str(clerks_folder() / NAME)
        chosen, _ = QFileDialog.getSaveFileName(shown, "经办人手册存到哪里", offered, "PDF 文件 (*.pdf)")
        if not chosen:
            return
        target = target_of(chosen)
        shown.search.setFocus()  # else the keyboard would go on to the next button, and Enter print a chapter
        shown.handbook.setEnabled(False)
        shown.banner.say("正在做经办人手册，约需几秒钟，可以接着看帮助。", "ochre")
        made = Making(target, SystemClock().now().date(), self)
        self._making[made] = shown
        made.finished.connect(self._on_made)
        made.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == Qt.Key.Key_F1 and plain == Qt.KeyboardModifier.NoModifier and not self._reading():
            self.ask()
            return True
        if event.key() == Qt.Key.Key_Slash and plain == Qt.KeyboardModifier.ControlModifier:
            self.show_keys()
            return True
        return False

    def _reading(self) -> bool:
        """Whether the keyboard is in the help itself, which knows what F1 means there."""
        from desktop.help.window import HelpWindow

        return isinstance(QApplication.activeWindow(), HelpWindow)

    def _topic(self, widget: QWidget | None) -> str:
        """The chapter of the page a part belongs to."""
        shell = self._shell()
        if shell is None or widget is None or not shell.isVisible():
            return _FIRST if shell is None else f"{shell.sidebar.current()}.md"
        if shell.covered():
            return _LOGIN
        around: QWidget | None = widget
        pages = {id(page): key for key, page in shell.built().items()}
        while around is not None:
            if id(around) in pages:
                return f"{pages[id(around)]}.md"
            around = around.parentWidget()
        return f"{shell.sidebar.current()}.md"

    def _help_of(self, window: QWidget) -> HelpWindow:
        """The help window of a window, made when first asked for and gone with it."""
        from desktop.help.window import HelpWindow

        if isinstance(window, HelpWindow):
            return window
        made = window.findChild(HelpWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if made is None:
            made = HelpWindow(window)
            made.keys_asked.connect(self.show_keys)
            made.handbook_asked.connect(self._on_handbook)
        return made

    def _on_handbook(self) -> None:
        from desktop.help.window import HelpWindow

        shown = self.sender()
        if isinstance(shown, HelpWindow):
            self.hand_out(shown)

    def _on_made(self) -> None:
        from desktop.help.handbook import Making

        made = self.sender()
        if not isinstance(made, Making):
            return
        shown = self._making.pop(made)
        made.deleteLater()
        if made.error is not None and not isinstance(made.error, Known):
            sys.excepthook(type(made.error), made.error, made.error.__traceback__)
        if isValid(shown):
            shown.handbook.setEnabled(True)
            shown.banner.say(*_told(made))

    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


def _window_of(widget: QWidget | None) -> QWidget | None:
    """The window a part stands in; the open list of a drop-down is none."""
    window = widget.window() if widget is not None else None
    while window is not None and window.windowType() == Qt.WindowType.Popup:
        above = window.parentWidget()
        window = above.window() if above is not None else None
    return window


def _told(made: Making) -> tuple[str, BannerTone]:
    """What became of the manual, and where it lies."""
    from desktop.about.outside import show_folder

    if isinstance(made.error, Known):
        return f"{made.error.text}{made.error.remedy}", "red"
    if made.error is not None:
        return "经办人手册没有做成，差错已经记下；帮助窗口里有同样的内容，可以一章一章打印。", "red"
    plain = "" if made.pictured else "（只有文字，图在安装版的手册里）"
    if show_folder(made.target):
        return (
            f"经办人手册{plain}存在 {made.target}，已交给看 PDF 的程序打开，在那里打印；没有打开的，请到这个位置双击它。",
            "ochre",
        )
    return f"经办人手册{plain}存在 {made.target}。这台电脑没有找到看 PDF 的程序，请拷到别的电脑上看、打印。", "ochre"
