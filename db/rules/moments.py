"""Times as the record keeps them: aware, in China standard time, as text of one width whose order is the order of time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

CST = timezone(timedelta(hours=8), "CST")
"""China standard time; without summer time since 1991-09-15."""


def moment_text(value: datetime) -> str:
    """``2016-05-25T08:31:00.000000+08:00``; a naive time is a bug (ValueError)."""
    if value.tzinfo is None:
        raise ValueError("a time without zone")
    return value.astimezone(CST).isoformat(timespec="microseconds")
