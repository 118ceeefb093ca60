"""The record beside an update: the one that is open, or the one of last time that nobody has opened, and its backup."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from db.errors import Known, Refused
from db.store.backup import Backup, backup
from db.store.clock import Clock
from db.store.closedcopy import copy_closed
from desktop.app.office import Office
from desktop.app.ticket import Ticket
from desktop.app.work import Work

Done = Callable[[Backup | None], None]
Failed = Callable[[Exception], None]


class Backing:
    """What is backed up before a program is replaced. ``record`` is None where there is none or where it is not in its place now;
    ``whole`` says that the backup is opened and checked, which needs somebody logged in."""

    def __init__(self, office: Office | None, record: Path | None, work: Work, clock: Clock) -> None:
        self.office = office
        self.record = office.record.path if office is not None else record if record and record.exists() else None
        self._gone = record if self.record is None else None
        self._work, self._clock = work, clock

    @property
    def whole(self) -> bool:
        """Whether the backup is proven by opening it."""
        return self.office is not None or (self.record is None and self._gone is None)

    @property
    def told(self) -> str:
        """What will be done, in one line."""
        if self._gone is not None:
            return f"档案“{self._gone.name}”现在不在原处（U 盘没有插好？），这次不备份它；新版本第一次打开它、要升级时先备份"
        if self.record is None:
            return "这台电脑上没有档案，不用备份"
        if self.office is not None:
            return f"备份档案“{self.record.name}”，打开校验，通过才继续"
        return f"备份档案“{self.record.name}”：两个文件照原样拷一份并比对（登录以后更新，备份还会打开校验）"

    def make(self, done: Done, failed: Failed) -> None:
        """Make it beside the window. Without a record ``done`` gets None."""
        if self.office is not None:
            self.office.long("更新前备份", self._of_open, done, failed, writes=True)
        elif self.record is not None:
            self._work.write("更新前备份", partial(copy_closed, self.record, self._clock), done, failed)
        else:
            done(None)

    def _of_open(self, _: Ticket) -> Backup:
        assert self.office is not None
        return backup(self.office.record)


def said(error: Exception) -> str:
    """What went wrong, in the clerk's words."""
    if isinstance(error, Known):
        return f"{error.text}{error.remedy}"
    if isinstance(error, Refused):
        return "".join(problem.text for problem in error.problems)
    return "程序出了差错，没有安装；数据没有变化。"
