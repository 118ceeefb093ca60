"""Whether the computer's date can be believed.

The newest line of the trail is a mark the date must not fall behind, and must not leap ahead of unseen. While the machine runs, also
from one start of the program to the next, a counter that cannot be set tells how much time really passed. What passed while the machine
was off nobody can prove; so the days it is said to have been off add up until somebody answers for the date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise

from sqlalchemy import Connection

from db.errors import Known
from db.rules.moments import moment_text
from db.store.clock import Clock

BEHIND = timedelta(minutes=10)
AHEAD = timedelta(days=2)
OVERNIGHT = timedelta(days=1)
"""A machine that was off no longer than this is no sign of anything."""
WEEK = timedelta(days=7)
CONFIRMED = "clock.confirm"
LOGIN = "login"


class ClockState(Enum):
    """What is known of the date: believed, earlier than what is recorded, or further ahead than believed."""

    TRUSTED = "trusted"
    BEHIND = "behind"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the trail knows of the time since the last confirmation.

    ``at`` is the newest time recorded while the date was believed. ``since`` and ``counter`` are a believed time and what the counter of
    the machine's run ``boot`` showed then. ``off`` is how long the machine is said to have been off in the last week, nights apart.
    """

    at: datetime
    boot: str = ""
    since: datetime | None = None
    counter: int = 0
    off: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One log-in: when, in which run of the machine, and the time of the line before it."""

    at: datetime
    boot: str
    before: datetime


def newest_mark(connection: Connection) -> Mark | None:
    """What the trail knows of the time; None in an empty trail."""
    confirmed = connection.exec_driver_sql(
        "SELECT coalesce(max(seq), 0) FROM trail WHERE action = ?", (CONFIRMED,)
    ).scalar_one()
    newest = connection.exec_driver_sql("SELECT max(at) FROM trail WHERE mono_ok AND seq >= ?", (confirmed,)).scalar()
    if newest is None:
        return None
    at = datetime.fromisoformat(newest)
    sql = (
        "SELECT payload ->> 'boot', payload ->> 'since', payload ->> 'counter' FROM trail "
        "WHERE mono_ok AND seq >= ? AND action IN (?, ?) ORDER BY seq DESC LIMIT 1"
    )
    known = connection.exec_driver_sql(sql, (confirmed, LOGIN, CONFIRMED)).first()
    off = _off(_entries(connection, confirmed), at)
    if known is None or not known[0]:
        return Mark(at, off=off)
    return Mark(at, known[0], datetime.fromisoformat(known[1]), int(known[2]), off)


def _entries(connection: Connection, confirmed: int) -> Iterator[_Entry]:
    """The log-ins since the last confirmation, newest first, read as far as they are asked for."""
    sql = (
        "SELECT l.at, l.payload ->> 'boot', p.at FROM trail l JOIN trail p ON p.seq = l.seq - 1 "
        "WHERE l.mono_ok AND l.seq > ? AND l.action = ? ORDER BY l.seq DESC"
    )
    for at, boot, before in connection.exec_driver_sql(sql, (confirmed, LOGIN)):
        yield _Entry(datetime.fromisoformat(at), boot or "", datetime.fromisoformat(before))


def _off(entries: Iterator[_Entry], newest: datetime) -> timedelta:
    total = timedelta(0)
    for entry, earlier in pairwise(entries):
        if entry.at < newest - WEEK:
            break
        if not entry.boot or entry.boot != earlier.boot:
            total += _more_than_a_night(entry.at - entry.before)
    return total


def _more_than_a_night(gap: timedelta) -> timedelta:
    return gap if gap > OVERNIGHT else timedelta(0)


class ClockGuard:
    """Judges the clock at opening against the mark, afterwards against the time that really passed."""

    def __init__(self, clock: Clock, mark: Mark | None) -> None:
        self._clock = clock
        self._mark = mark
        self._boot = hashlib.sha256(clock.boot().encode()).hexdigest()[:12] if clock.boot() else ""
        self._base = (clock.now(), clock.monotonic())
        self._runs_on = mark is not None and bool(self._boot) and mark.boot == self._boot
        if mark is not None and mark.since is not None and self._runs_on:
            self._base = (mark.since, mark.counter)
        self._believed = mark is None
        self.state()

    def state(self) -> ClockState:
        """The state now; a doubt stays until it is confirmed or the date is set right."""
        now = self._clock.now()
        if not self._believed and self._mark is not None:
            found = self._at_opening(now, self._mark)
            if found is not ClockState.TRUSTED:
                return found
            self._believe()
        wall, counter = self._base
        return _judge(now, wall + timedelta(seconds=self._clock.monotonic() - counter))

    def confirm(self) -> None:
        """Somebody answers for the date as it is now."""
        self._runs_on = False
        self._believe()

    def known(self, *, afresh: bool = False) -> dict[str, str | int]:
        """What a log-in (or ``afresh``, a confirmation) notes for the next start; {} where the machine's runs have no name."""
        wall, counter = (self._clock.now(), self._clock.monotonic()) if afresh else self._base
        return {"boot": self._boot, "since": moment_text(wall), "counter": int(counter)} if self._boot else {}

    def _at_opening(self, now: datetime, mark: Mark) -> ClockState:
        """Against what was recorded last; in the same run of the machine the counter knows better than the gap."""
        found = _judge(now, mark.at)
        if self._runs_on:
            return ClockState.BEHIND if found is ClockState.BEHIND else ClockState.TRUSTED
        gap = _more_than_a_night(now - mark.at)
        return ClockState.AHEAD if gap and mark.off + gap > AHEAD else found

    def _believe(self) -> None:
        self._believed = True
        if not self._runs_on:
            self._base = (self._clock.now(), self._clock.monotonic())

    def check_write(self) -> None:
        """Refuse to write while the date is behind what is recorded (Known)."""
        if self.state() is ClockState.BEHIND:
            raise Known(
                f"电脑日期{self._clock.now():%Y-%m-%d %H:%M}比档案里最后一次记录还早，暂时不能保存。",
                "请先校正电脑的日期和时间；日期确实无误的，由审核人输入密码并写明理由后继续。",
            )

    def check_day(self) -> None:
        """Refuse what depends on the day while the date leapt ahead or fell behind (Known)."""
        self.check_write()
        if self.state() is ClockState.AHEAD:
            raise Known(
                f"电脑日期{self._clock.now():%Y-%m-%d}比上次使用时跳后了两天以上，不能据此判断公示是否期满。",
                "请核对日期；无误的，由另一人输入密码确认后再办。",
            )


def _judge(now: datetime, mark: datetime) -> ClockState:
    if now < mark - BEHIND:
        return ClockState.BEHIND
    return ClockState.AHEAD if now > mark + AHEAD else ClockState.TRUSTED
