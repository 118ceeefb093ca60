"""Closing time: every page lets go, a verified backup is made when something changed since the last one, then the window may close.

A backup that fails is said with its reason; the clerk may close all the same, for what he saved lies in the record. Nobody misses a practice record, so it is left without a backup.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from db.errors import Known
from db.services.office import standing
from db.store.backup import Backup, backup, backups, folder_of
from desktop.app.office import Office
from desktop.app.ticket import Ticket
from desktop.pages.entry.leaving import LeavingPage
from desktop.window.shell import Shell


class Leaving(QObject):
    """Signal ``ready()``: nothing holds the window any longer."""

    ready = Signal()

    def __init__(self, office: Office, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._shell = shell
        self._page: LeavingPage | None = None

    @property
    def under_way(self) -> bool:
        """Whether a backup is being made on the way out."""
        return self._page is not None

    def ask(self) -> None:
        """The clerk wants to close."""
        if self.under_way or not self._shell.may_close():
            return
        if self._office.record.practice:
            self.ready.emit()
            return
        try:
            changed = self._office.see(standing.last_change)
        except Known:
            changed = None
        if _outdated(changed, last_backup(self._office)):
            self._page = LeavingPage()
            self._page.stay_asked.connect(self._on_stay)
            self._page.leave_asked.connect(self.ready)
            self._shell.set_overlay(self._page)
            self._office.long("退出前备份", self._backup, self._on_backed_up, self._on_failed, writes=True)
        else:
            self.ready.emit()

    def _backup(self, _: Ticket) -> Backup:
        return backup(self._office.record)

    def _on_backed_up(self, _: Backup) -> None:
        self.ready.emit()

    def _on_failed(self, error: Exception) -> None:
        if self._page is not None:
            self._page.say_failed(f"{error.text}{error.remedy}" if isinstance(error, Known) else "程序出了差错。")

    def _on_stay(self) -> None:
        self._page = None
        self._shell.set_overlay(None)


def last_backup(office: Office) -> datetime | None:
    """When the newest backup beside the record was made."""
    record = office.record
    found = backups(folder_of(record.path), record.path.stem)
    return found[0].at if found else None


def _outdated(changed: datetime | None, made: datetime | None) -> bool:
    """Backups are stamped to the second: what was changed within that second may have come after, so it counts as not backed up."""
    return changed is not None and (made is None or changed > made)
