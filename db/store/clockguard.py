"""Whether the computer's date can be believed.

The newest line of the trail is a mark the date must not fall behind, and must not leap ahead of unseen. While the program runs,
the counter that cannot be set tells how much time really passed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import Connection

from db.errors import Known
from db.store.clock import Clock

BEHIND = timedelta(minutes=10)
AHEAD = timedelta(days=2)
CONFIRMED = "clock.confirm"


class ClockState(Enum):
    """What is known of the date: believed, earlier than what is recorded, or further ahead than believed."""

    TRUSTED = "trusted"
    BEHIND = "behind"
    AHEAD = "ahead"


def newest_mark(connection: Connection) -> datetime | None:
    """The newest time recorded while the date was believed, since the last confirmation; None in an empty trail."""
    sql = (
        "SELECT max(at) FROM trail WHERE mono_ok AND seq >= coalesce((SELECT max(seq) FROM trail WHERE action = ?), 0)"
    )
    text = connection.exec_driver_sql(sql, (CONFIRMED,)).scalar()
    return None if text is None else datetime.fromisoformat(text)


class ClockGuard:
    """Judges the clock at opening against the mark, afterwards against the time that really passed."""

    def __init__(self, clock: Clock, mark: datetime | None) -> None:
        self._clock = clock
        self._mark = mark
        self._base = (clock.now(), clock.monotonic())
        self._believed = mark is None or _judge(clock.now(), mark) is ClockState.TRUSTED

    def state(self) -> ClockState:
        """The state now; a doubt stays until it is confirmed or the date is set right."""
        now = self._clock.now()
        if not self._believed and self._mark is not None:
            found = _judge(now, self._mark)
            if found is ClockState.TRUSTED:
                self.confirm()
            return found
        wall, counter = self._base
        return _judge(now, wall + timedelta(seconds=self._clock.monotonic() - counter))

    def confirm(self) -> None:
        """Somebody answers for the date as it is now."""
        self._base = (self._clock.now(), self._clock.monotonic())
        self._believed = True

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
