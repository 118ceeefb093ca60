"""How long to wait after wrong passwords: five are free of delay, then 1, 5, 15 and 30 minutes.

The count lies in the keys file, so a restart does not help; setting the clock back starts the wait anew instead of ending it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

FREE = 5
WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(minutes=30))
NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong passwords for one name since the last right one, and the time of the newest."""

    count: int
    since: datetime

    @property
    def wait(self) -> timedelta:
        """The whole delay this number of failures costs."""
        return NONE if self.count < FREE else WAITS[min(self.count - FREE, len(WAITS) - 1)]


def remaining(failures: Failures | None, now: datetime) -> timedelta:
    """What is left of the delay at ``now``; the whole of it when the clock stands before the failure."""
    if failures is None:
        return NONE
    if now < failures.since:
        return failures.wait
    return max(NONE, failures.since + failures.wait - now)


def settled(failures: Failures | None, now: datetime) -> Failures | None:
    """The same failures with their time moved to ``now`` when the clock was set back behind it."""
    return replace(failures, since=now) if failures is not None and now < failures.since else failures


def one_more(failures: Failures | None, now: datetime) -> Failures:
    """The failures after another wrong password."""
    return Failures(1 if failures is None else failures.count + 1, now)


def spoken(span: timedelta) -> str:
    """A delay in words, rounded up: 45秒, 3分钟."""
    seconds = -(-span // timedelta(seconds=1))
    return f"{seconds}秒" if seconds < 60 else f"{-(-seconds // 60)}分钟"
