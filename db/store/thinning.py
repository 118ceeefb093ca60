"""Which backups may go: everything of the last day stays, then one a day, one a week, one a month.

The numbers are those long proven in other programs' backups: 12 daily, then 10 weekly, then 9 monthly.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta

GRACE = timedelta(days=1)
DAILY, WEEKLY, MONTHLY = 12, 10, 9
_STAGES: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
    (DAILY, lambda at: at.date()),
    (WEEKLY, lambda at: at.isocalendar()[:2]),
    (MONTHLY, lambda at: (at.year, at.month)),
)


def surplus(backups: Iterable[datetime], now: datetime) -> set[datetime]:
    """The times of the backups that may be removed; of each day, week and month the newest stays."""
    left = sorted({at for at in backups if at <= now - GRACE}, reverse=True)
    gone: set[datetime] = set()
    for most, period in _STAGES:
        newest: dict[Hashable, datetime] = {}
        for at in left:
            if period(at) in newest:
                gone.add(at)
            elif len(newest) < most:
                newest[period(at)] = at
        left = [at for at in left if at not in gone and at not in newest.values()]
    return gone | set(left)
