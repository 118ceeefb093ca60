"""The clock everybody is handed: the wall time in China and a counter that nobody can set back.

Nothing in the program asks the computer for the time except through this; tests and the guided tour hand in a clock they move.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from db.rules.moments import CST

__all__ = ["CST", "Clock", "FixedClock", "SystemClock"]

_LINUX_BOOT = Path("/proc/sys/kernel/random/boot_id")


class Clock(Protocol):
    """``now`` is aware in +08:00; ``monotonic`` counts seconds and never goes back while the machine runs.

    ``boot`` names the run of the machine in which it counts, so that it can be followed from one start of the program to the next; ""
    where the system gives no name.
    """

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...

    def boot(self) -> str: ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(CST)

    def monotonic(self) -> float:
        """Seconds since the machine started, counting sleep where the system offers such a counter."""
        counter = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if counter is None else time.clock_gettime(counter)

    def boot(self) -> str:
        """Linux names every start of the machine; elsewhere there is no name that could be trusted."""
        try:
            return _LINUX_BOOT.read_text(encoding="ascii").strip()
        except OSError:
            return ""


class FixedClock:
    """A clock that stands still until it is moved; ``boot`` names the run of its machine."""

    def __init__(self, now: datetime, boot: str = "") -> None:
        self._now = now.astimezone(CST)
        self._elapsed = 0.0
        self._boot = boot

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._elapsed

    def boot(self) -> str:
        return self._boot

    def pass_time(self, span: timedelta) -> None:
        """Let time really pass: both counters go on by ``span`` (not negative)."""
        if span < timedelta(0):
            raise ValueError("time does not pass backwards; use set_wall")
        self._now += span
        self._elapsed += span.total_seconds()

    def pass_to(self, moment: datetime) -> None:
        """Let time really pass until ``moment``."""
        self.pass_time(moment - self._now)

    def set_wall(self, moment: datetime) -> None:
        """Set the date as somebody at the PC would: the monotonic counter does not follow."""
        self._now = moment.astimezone(CST)
