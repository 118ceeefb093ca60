"""What the program asks when the computer's date can't be believed: the reviewer when it is behind, another person when it leapt ahead.

Until somebody answers, a banner stands; a date behind the record lets nothing be saved, a leap lets no day be counted.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from db.errors import Known
from db.rules.codes import Role
from db.store.clockguard import ClockState
from db.store.record import Actor
from desktop.app.office import Office
from desktop.widgets.dialogs import ask_second_person
from desktop.window.shell import Shell

_WEEK = "一二三四五六日"
EVERYTHING = frozenset({"cases", "households", "batches", "town", "people", "ledger", "backup"})


class DayGuard(QObject):
    """One per window. Signal ``settled()``: the date is believed again."""

    settled = Signal()

    def __init__(self, office: Office, shell: Shell, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._shell = shell
        self._asking = False
        shell.banner.acted.connect(self.ask)

    def look(self) -> None:
        """See whether the date is believed; says so in the banner and asks at once when it is not."""
        if self._office.record.clock_state is not ClockState.TRUSTED:
            self._shell.banner.say(self._words(), "red", "请人确认日期")
            self.ask()

    def ask(self) -> None:
        """Ask the person who may answer; nothing happens when he doesn't, the banner stays."""
        state = self._office.record.clock_state
        if self._asking or self._office.record.locked or state is ClockState.TRUSTED:
            return
        self._asking = True
        try:
            answer = self._answer(state)
        finally:
            self._asking = False
        if answer is not None:
            op = partial(self._office.record.confirm_clock, *answer)
            self._office.work.write("确认电脑日期", op, self._on_settled)

    def _answer(self, state: ClockState) -> tuple[Actor, str] | None:
        title = "电脑日期倒退了" if state is ClockState.BEHIND else "电脑日期跳后了"
        why = self._words()
        while True:
            given = ask_second_person(self._shell, title, why, self._names(state))
            if given is None:
                return None
            try:
                return self._office.record.authenticate(given.name, given.password), given.reason
            except Known as wrong:
                why = f"{wrong.text}{wrong.remedy}"

    def _names(self, state: ClockState) -> list[str]:
        record = self._office.record
        active = [person for person in record.people() if person.active]
        if state is ClockState.BEHIND:
            return [person.name for person in active if person.role is Role.REVIEWER]
        return [person.name for person in active if person.id != record.actor.id]

    def _words(self) -> str:
        record = self._office.record
        now = record.clock.now()
        today = f"今天是 {now:%Y-%m-%d} 周{_WEEK[now.weekday()]} {now:%H:%M}"
        if record.clock_state is ClockState.BEHIND:
            return f"电脑显示{today}，比档案里最后一次记录还早，暂时不能保存。请先校正电脑日期；日期确实无误的，由审核人写明理由确认。"
        return f"电脑显示{today}，比上次使用跳后了两天以上。日期对吗？不对请先校正；无误的由另一人确认，之后才能判断公示是否期满。"

    def _on_settled(self, _: None) -> None:
        self._shell.banner.close_now()
        self._office.hub.announce(EVERYTHING)
        self.settled.emit()
