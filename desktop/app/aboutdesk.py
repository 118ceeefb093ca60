"""关于, 打包日志 and 更新程序 wherever they are asked for, before the log-in as after it; and the installer, once the program is gone.

Each dialog is imported when it is first opened. It works on the program's own thread, so that it outlives the record it was opened over.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.app.door import Door
from desktop.app.settings import Settings
from desktop.app.work import Work

if TYPE_CHECKING:
    from desktop.about.launching import Launch
    from desktop.about.record import Backing
    from desktop.about.updating import Here
    from desktop.app.office import Office


class AboutDesk(QObject):
    """``office`` gives the open record's office, None before the log-in; ``record`` the record that is open or would be.

    Signals: ``leave_asked()`` leave in order, then call ``hand_over``; ``turn_asked(Path)`` back to the log-in of a record.
    """

    leave_asked = Signal()
    turn_asked = Signal(Path)

    def __init__(
        self, window: QWidget, work: Work, door: Door, settings: Settings,
        office: Callable[[], Office | None], record: Callable[[], Path | None], parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._window, self._work, self._door, self._settings = window, work, door, settings
        self._office, self._record = office, record
        self._launch: Launch | None = None
        self._here: Here | None = None

    def open(self, what: str) -> QDialog:
        """Open one of about, support, update, back."""
        made: QDialog = getattr(self, f"_{what}")()
        made.open()
        return made

    @property
    def ready(self) -> bool:
        """Whether an installer waits for the program to end."""
        return self._launch is not None

    def forget(self) -> None:
        """The clerk stayed after all, or closes the window for another reason: nothing is installed."""
        self._launch = None

    def hand_over(self) -> bool:
        """The record is closed and the window gone: begin the installer that was made ready. False when it could not be begun."""
        from desktop.about.outside import start

        launch, self._launch = self._launch, None
        return launch is None or start(launch.command)

    def at(self, here: Here) -> None:
        """Be another copy of the program: for tests, which have keys of their own."""
        self._here = here

    def _about(self) -> QDialog:
        from desktop.about.aboutdialog import AboutDialog

        return AboutDialog(self._work, self._record(), self._window)

    def _support(self) -> QDialog:
        from desktop.about.supportdialog import SupportDialog

        return SupportDialog(
            self._work, self._settings, self._door.clock, self._office(), self._record(), self._window
        )  # fmt: skip

    def _update(self) -> QDialog:
        from desktop.about.updatedialog import UpdateDialog

        made = UpdateDialog(self._copy(), self._work, self._backing(), self._window)
        made.leave_asked.connect(self._on_leave)
        made.back_asked.connect(self._on_back)
        return made

    def _back(self) -> QDialog:
        from desktop.about.backdialog import BackDialog

        made = BackDialog(self._copy(), self._work, self._door, self._backing(), self._window)
        made.leave_asked.connect(self._on_leave)
        made.log_out_asked.connect(self.turn_asked)
        return made

    def _copy(self) -> Here:
        from desktop.about import trust
        from desktop.about.kept import Shelf
        from desktop.about.updating import Here

        return self._here or Here(trust.shipped(), Shelf(), self._door.clock)

    def _backing(self) -> Backing:
        from desktop.about.record import Backing

        return Backing(self._office(), self._record(), self._work, self._door.clock)

    def _on_leave(self, launch: Launch) -> None:
        self._launch = launch
        self.leave_asked.emit()

    def _on_back(self) -> None:
        self.open("back")
