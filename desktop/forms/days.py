"""How the days and places of a notice or announcement read in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.rules.notice import Period


def short(day: date, today: date) -> str:
    """06-13, with the year when it is another one."""
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def span(period: Period, today: date, then: str = "可出具初审意见") -> str:
    """06-07 至 06-13，06-14 起可出具初审意见; ``then`` is what may be done afterwards."""
    first, last, free = (short(d, today) for d in (period.first, period.last, period.decide_from))
    return f"{first} 至 {last} 24:00，{free} 起{then}"


def listed(places: Sequence[str]) -> str:
    """村委会、第一组、第二组等 9 处."""
    return "、".join(places[:3]) + (f"等 {len(places)} 处" if len(places) > 3 else "")
