"""The program between its start and its end: the window, first with the way in, then with the work."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon

from db.store.practising import PASSWORD
from db.store.revision import HEAD, PROGRAM
from desktop.app import oplog
from desktop.app.aboutdesk import AboutDesk
from desktop.app.copying import take_back
from desktop.app.door import Door, preload
from desktop.app.errands import Errands
from desktop.app.helping import HelpDesk
from desktop.app.paths import log_folder, resource
from desktop.app.settings import Settings
from desktop.app.work import Work
from desktop.pages.entry.entry import Entry
from desktop.pages.entry.sheet import sentence
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.later import later
from desktop.window.main import TITLE as NAME
from desktop.window.main import MainWindow
from desktop.window.practice import TITLE, PracticeFrame, PracticeStrip

if TYPE_CHECKING:
    from db.store.record import Record
    from desktop.app.office import Office
    from desktop.app.wiring import Workplace
    from desktop.window.shell import Shell


class Program(QObject):
    """``work`` is what is done before the log-in; ``workplace`` is None until somebody is logged in."""

    def __init__(self, door: Door, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.window = MainWindow(settings.geometry())
        self.workplace: Workplace | None = None
        self.work = Work(self)
        self._preloading: threading.Thread | None = None
        self._ending = threading.Event()
        self._door = door
        self._next: Callable[[], None] | None = None
        self.help = HelpDesk(self.window, self._shell, self)
        self.errands = Errands(self.window, self.help, self)
        self.about = AboutDesk(self.window, self.work, door, settings, self._office, self._record, self)
        self.frame = PracticeFrame(self.window, self)
        self.entry = self._way_in()
        self.errands.practise_asked.connect(self.practise)
        self.errands.stop_asked.connect(self.stop_practising)
        self.errands.turn_asked.connect(self.turn_to)
        self.errands.about_asked.connect(self.about.open)
        self.about.turn_asked.connect(self.turn_to)
        self.about.leave_asked.connect(self._on_leave_asked)
        self.window.close_asked.connect(self._on_close_asked)

    def begin(self, record: Path | None) -> None:
        """Show the way in; put into the window first, else the keyboard it is given would be lost with the move."""
        oplog.begin(log_folder())
        oplog.note("start", PROGRAM, HEAD)
        self.window.show_part(self.entry)
        self.entry.begin(record)
        self.window.show()

    def turn_to(self, record: Path) -> None:
        """Ask for the log-in to another record; the one that is open is left in order first, as when the window is closed."""
        self._go(partial(self._open, record))

    def practise(self, fresh: bool = False) -> None:
        """Enter the practice record without a log-in, made first when it is missing or asked for ``fresh``; the open one is left first."""
        if fresh or self.workplace is None or not self.workplace.office.record.practice:
            self._go(partial(self._practise, fresh))

    def stop_practising(self) -> None:
        """From the practice record, or its making, to the log-in of the town's own, or to the guide where there is none yet."""
        if self.workplace is not None or not self.entry.stop_making():
            self._go(self._home)

    def _go(self, then: Callable[[], None]) -> None:
        if self.workplace is not None:
            self._next = then
            self.workplace.leave()
        elif not self.work.busy():
            then()
        else:
            ask(self.window, "请稍候", "上一步还在办理，等它办完再打开别的档案。", (Answer("知道了", "ok", "primary"),))

    def prepare(self) -> None:
        """The window stands: give it its sign, import the rest beside it, and look at the record's files."""
        self.window.setWindowIcon(QIcon(str(resource("icon/huyouka.svg"))))
        self._preloading = threading.Thread(target=preload, args=(self._ending,), name="huyouka-preload", daemon=True)
        self._preloading.start()
        self.entry.look()

    def tell(self, error: Exception) -> None:
        """Say a refusal or known trouble that nobody took where it is read."""
        if self.workplace is not None:
            self.workplace.shell.tell(error)
        else:
            self.entry.login.say_trouble(sentence(error))

    def end(self) -> None:
        """The window is gone: close the record, remember the window's place."""
        self.settings.keep_geometry(self.window.saveGeometry())
        self.settings.sync()
        self.help.stop()
        self._ending.set()
        if self._preloading is not None:
            self._preloading.join()
        self.work.close()
        if self.workplace is not None:
            self.workplace.close()
        oplog.note("end", "installing" if self.about.ready else "")
        oplog.end()
        self.about.hand_over()

    def _on_entered(self, record: Record) -> None:
        from desktop.app.wiring import Workplace

        try:
            self.workplace = Workplace(record, self.settings, self)
        except BaseException:
            record.close()
            raise
        self.workplace.left.connect(self._on_left)
        self.workplace.shell.help_asked.connect(self.help.ask)
        self.workplace.shell.keys_asked.connect(self.help.show_keys)
        self.errands.hang(self.workplace.shell.top.help, record.practice)
        if not record.practice:
            self.errands.begin_at(record.path.parent)
        self.window.show_part(self.workplace.shell, TITLE if record.practice else "", working=True)
        self._frame(record.practice)
        self.entry.deleteLater()
        self.workplace.begin()

    def _office(self) -> Office | None:
        return self.workplace.office if self.workplace is not None else None

    def _record(self) -> Path | None:
        """The record that is open, or the one whose log-in is shown."""
        if self.workplace is not None:
            return self.workplace.office.record.path
        return self.entry.path if self.entry.path.is_file() else self.settings.last_record

    def _shell(self) -> Shell | None:
        return self.workplace.shell if self.workplace is not None else None

    def _way_in(self) -> Entry:
        made = Entry(self._door, self.settings, self.work)
        made.entered.connect(self._on_entered)
        made.practising.connect(self._frame)
        self.errands.hang(made.help)
        return made

    def _on_leave_asked(self) -> None:
        """Another version is ready: leave as when the window is closed, the installer begins at the very end."""
        self._next = None
        if self.workplace is not None:
            self.workplace.leave()
        else:
            self.window.leave()

    def _on_close_asked(self) -> None:
        self._next = None
        self.about.forget()
        if self.workplace is not None:
            self.workplace.leave()

    def _on_left(self) -> None:
        if self._next is None:
            self.window.leave()
        else:
            later(self, self._return)

    def _return(self) -> None:
        """Back to the way in, and on to what was asked for."""
        then, place = self._next, self.workplace
        self._next = self.workplace = None
        if place is not None:
            if place.office.record.practice:
                take_back()
            place.close()
        self.entry = self._way_in()
        self.window.show_part(self.entry)
        if then is not None:
            then()
        if place is not None:
            place.shell.deleteLater()
            place.deleteLater()

    def _open(self, record: Path) -> None:
        if self.entry.turn_to(record):
            self.errands.begin_at(record.parent)

    def _practise(self, fresh: bool) -> None:
        self.entry.practise(self._door.practice, fresh)

    def _home(self) -> None:
        self.entry.begin(self.settings.last_record)
        self.entry.look()

    def _frame(self, on: bool) -> None:
        """The yellow frame and its strip, while what is shown belongs to a practice record."""
        self.window.setWindowTitle(f"{TITLE} · {NAME}" if on else NAME)
        if not on or self.frame.on:
            self.frame.set(on)
            return
        strip = PracticeStrip(PASSWORD)
        strip.afresh_asked.connect(self.errands.ask_afresh)
        strip.stop_asked.connect(self.stop_practising)
        self.frame.set(True, strip)
