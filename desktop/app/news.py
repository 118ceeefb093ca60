"""Keeps the marks of the navigation, the line at the foot and the day at the top true, without anybody waiting for it.

What changed is counted beside the window, and only once however many changes come in a row.
"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer

from db.services.office.standing import Standing, standing
from desktop.app.dayguard import EVERYTHING
from desktop.app.jobs import JOBS
from desktop.app.leaving import last_backup
from desktop.app.office import Office
from desktop.window.shell import Shell

_GATHER_MS = 200
_LOOK_MS = 30_000
_OLD_DAYS = 7


class News(QObject):
    """One per window; ``tell`` asks for a fresh count."""

    def __init__(self, office: Office, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._shell = shell
        self._asked = False
        self._again = False
        self._day: date | None = None
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER_MS)
        self._gather.timeout.connect(self._count)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.look)
        office.hub.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Count now, and go on watching the day."""
        self._look.start()
        self.look()
        self._count()

    def stop(self) -> None:
        """Count no more."""
        self._gather.stop()
        self._look.stop()

    def tell(self) -> None:
        """Count soon."""
        self._gather.start()

    def hurry(self) -> None:
        """Count now what is to be counted soon."""
        if self._gather.isActive():
            self._gather.stop()
            self._count()

    def _on_changed(self, kinds: frozenset[str], by: object) -> None:
        self.tell()

    def look(self) -> None:
        """See what day it is; after midnight everything that counts days is another."""
        today = self._office.record.clock.now().date()
        if today != self._day:
            self._shell.top.set_day(today)
            fresh, self._day = self._day is None, today
            if not fresh:
                self._office.hub.announce(EVERYTHING)

    def _count(self) -> None:
        if self._asked or self._office.record.locked:
            self._again = self._asked
            return
        self._asked = True
        self._office.read("清点待办", standing, done=self._on_counted, failed=self._on_failed)

    def _on_counted(self, found: Standing) -> None:
        self._asked = False
        self._shell.sidebar.set_counts({job.key: found.waiting.get(job.key, 0) for job in JOBS})
        self._shell.foot.set_facts(
            f"{found.town} · {found.villages} 个行政村 · {found.households:,} 户 {found.persons:,} 人 · 数据已加密保存于本机"
        )
        self._say_backup()
        if self._again:
            self._again = False
            self._gather.start()

    def _say_backup(self) -> None:
        if self._office.record.practice:
            self._shell.foot.set_safety("练习台账不用备份", False)
            return
        now = self._office.record.clock.now()
        made = last_backup(self._office)
        self._shell.foot.set_safety(backup_words(made, now), _is_old(made, now))

    def _on_failed(self, error: Exception) -> None:
        self._asked = False


def backup_words(made: datetime | None, now: datetime) -> str:
    """最近备份 今天 08:31（已校验）."""
    if made is None:
        return "还没有备份"
    days = (now.date() - made.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, f"{made:%m-%d}" if made.year == now.year else f"{made:%Y-%m-%d}")
    return f"最近备份 {day} {made:%H:%M}（已校验）"


def _is_old(made: datetime | None, now: datetime) -> bool:
    return made is None or (now - made).days >= _OLD_DAYS
