"""Puts the office together around an open record: the shell with its jobs, the search, the marks, the lock, the way out.

Everything here is wire: it knows all rooms, so that they need not know each other.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from db.errors import Known, Refused
from db.services.town import search, town
from db.store.record import Actor, Record
from desktop.app.curtain import Curtain
from desktop.app.dayguard import EVERYTHING, DayGuard
from desktop.app.idle import MINUTES, Idle
from desktop.app.jobs import JOBS, factories
from desktop.app.leaving import Leaving
from desktop.app.news import News
from desktop.app.office import Office
from desktop.app.settings import Settings
from desktop.pages.entry.lock import LockPage
from desktop.pages.entry.sheet import sentence
from desktop.widgets.later import later
from desktop.widgets.tableview import remember_in
from desktop.window.search import Hit
from desktop.window.shell import Shell


class Workplace(QObject):
    """One open record at work. Signal ``left()``: everything is safe, the window may close.

    ``shell`` is what the window shows; call ``begin`` once it does and ``close`` after the window is gone.
    """

    left = Signal()

    def __init__(self, record: Record, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        remember_in(settings)
        self.office = Office(record, self)
        self.shell = Shell(JOBS, factories(self.office, settings), self.office.work, self.office.hub)
        self.news = News(self.office, self.shell, self)
        self.days = DayGuard(self.office, self.shell, self)
        self.leaving = Leaving(self.office, self.shell, self)
        self.idle = Idle(_minutes(settings), self)
        self.curtain = Curtain(self.shell, self._lock_page, self)
        self._switching = False
        self._town = ""
        self._menu = self._person_menu()
        self._connect()

    def begin(self) -> None:
        """Open the desk, count, check the trail, and say what opening found."""
        name = self.office.see(town.town).name
        if not self.office.record.practice:
            self.settings.keep("last/town", name)
        self._town = name
        self.shell.top.set_town(f"{name}扶贫办")
        self._show_person()
        self.shell.go("desk")
        self.news.begin()
        self.office.work.read("核对操作日志", self.office.record.verify_chain, self._on_verified)
        later(self, self.days.look)

    def close(self) -> None:
        """Let work come home and close the record."""
        self.idle.stop()
        self.news.stop()
        remember_in(None)
        self.office.close()

    def leave(self) -> None:
        """The clerk wants to close the window."""
        if self.curtain.drawn and isinstance(self.curtain.page, LockPage):
            self.curtain.page.say("请先解锁再退出；没有保存的内容还在窗口里。")
        else:
            self.leaving.ask()

    def lock(self) -> None:
        """Draw the curtain; work under way is finished before the record itself is locked."""
        if self.curtain.drawn or self.leaving.under_way:
            return
        self._switching = False
        self.curtain.draw()
        self._lock_record()

    def switch(self) -> None:
        """Hand over to another person: the one who leaves decides first about what he has not saved."""
        if not self.curtain.drawn and self.shell.may_close():
            self._switching = True
            self.curtain.draw()

    def _connect(self) -> None:
        self.shell.lock_asked.connect(self.lock)
        self.idle.away.connect(self.lock)
        self.leaving.ready.connect(self.left)
        self.office.work.idle.connect(self._lock_record)
        self.office.hub.changed.connect(self._on_changed)
        self.shell.top.search.asked.connect(self._on_search)
        self.shell.top.search.chosen.connect(self._on_found)
        self.shell.top.person.clicked.connect(self._on_person)

    def _person_menu(self) -> QMenu:
        menu = QMenu(self.shell)
        for text, slot in (("换人…", self.switch), ("锁定（Ctrl+L）", self.lock), ("改我的密码…", self._on_password)):
            action = QAction(text, menu)
            action.triggered.connect(slot)
            menu.addAction(action)
        return menu

    def _show_person(self) -> None:
        actor = self.office.record.actor
        self.shell.top.set_person(f"{actor.role.label}：{actor.name}")
        if not self.office.record.practice:
            self.settings.keep_last(self.office.record.path, actor.name)
        if self.office.record.warnings:
            self.shell.say("".join((*self.office.record.warnings, self._advice())), "ochre")

    def _lock_page(self) -> LockPage:
        record = self.office.record
        names = [slot.name for slot in record.ring.keys.slots if slot.name != record.actor.name]
        page = LockPage(self._town, record.actor.name, names, self._switching)
        page.unlock_asked.connect(self._on_unlock)
        page.switch_asked.connect(self._on_switch)
        page.stay_asked.connect(self._on_stay)
        return page

    def _lock_record(self) -> None:
        if self.curtain.drawn and not self._switching and not self.office.work.busy():
            self.office.record.lock()

    def _on_unlock(self, password: str) -> None:
        self._busy("正在解锁…")
        self.office.work.read("解锁", partial(self.office.record.unlock, password), self._on_unlocked, self._on_wrong)

    def _on_unlocked(self, _: None) -> None:
        self.curtain.raise_up()
        self.news.tell()

    def _on_switch(self, name: str, password: str) -> None:
        self._busy("正在换人…")
        self.office.work.read(
            "换人", partial(self.office.record.switch, name, password), self._on_switched, self._on_wrong
        )

    def _on_switched(self, _: Actor) -> None:
        self._switching = False
        self.curtain.raise_up()
        self._show_person()
        self.office.hub.announce(EVERYTHING)
        self.days.look()

    def _on_stay(self) -> None:
        self._switching = False
        self.curtain.raise_up()

    def _on_wrong(self, error: Exception) -> None:
        if isinstance(self.curtain.page, LockPage):
            self.curtain.page.say_wrong(sentence(error))

    def _busy(self, what: str) -> None:
        if isinstance(self.curtain.page, LockPage):
            self.curtain.page.set_busy(what)

    def _advice(self) -> str:
        known = self.office.record.same_history
        return "" if known else "如果是刚恢复的备份，请由两人在“设置与备份—数据体检和日志”里认可。"

    def _on_verified(self, found: list[str]) -> None:
        """An older copy was already said at the log-in; here only what is wrong within the trail."""
        known = self.office.record.same_history
        faults = [fault for fault in found if known or "上次使用时" not in fault]
        if faults:
            more = f"……共 {len(faults)} 处" if len(faults) > 3 else ""
            text = f"操作日志核对不上：{''.join(faults[:3])}{more}请先备份，在“设置与备份”里看数据体检，并告知审核人。"
            self.shell.say(text, "red")

    def _on_changed(self, kinds: frozenset[str], by: object) -> None:
        if "settings" in kinds:
            self.idle.set_minutes(_minutes(self.settings))

    def _on_search(self, text: str) -> None:
        self.office.read("查找", search.find, text, done=partial(self._show_hits, text), failed=self._on_not_found)

    def _show_hits(self, text: str, found: tuple[search.Hit, ...]) -> None:
        hits = [Hit(f"{h.head_name} 户", f"{h.place}　{h.by}", h.household_id) for h in found]
        self.shell.top.search.show_hits(text, hits)

    def _on_not_found(self, error: Exception) -> None:
        if isinstance(error, Known | Refused):
            self.shell.tell(error)

    def _on_found(self, household: object) -> None:
        self.shell.go("households", household)

    def _on_person(self) -> None:
        person = self.shell.top.person
        self._menu.popup(person.mapToGlobal(QPoint(0, person.height())))

    def _on_password(self) -> None:
        self.shell.go("care", "people")


def _minutes(settings: Settings) -> int:
    text = settings.text("idle/minutes")
    return int(text) if text.isdigit() else MINUTES
