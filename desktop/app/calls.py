"""What a later start of the program asks of this one: to come forward, and to open the record it was given.

The record that is open is only left when the clerk says so. While something else waits for his answer (a dialog, the lock page, work
under way) the question waits too; a new call takes the place of one that was not asked yet.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from db.errors import Known
from desktop.app.door import Door, Meant
from desktop.app.program import Program
from desktop.pages.entry.lock import LockPage
from desktop.widgets.dialogs import Answer, ask

_EVERY_MS = 300
_LEAVE = "现在开着的是“{here}”。要打开“{there}”，先要离开它：没有保存的会先问你，有改动的会先备份。"
_GUIDE = "正在新建档案。要打开“{there}”，先要离开这一页；填好的都留着，回到登录页点“新建档案”可以接着填。"
_LOCKED = "解锁以后会问你是否打开“{there}”。"


class Calls(QObject):
    """Connect `Single.called` to ``take``; ``end`` before the program ends."""

    def __init__(self, program: Program, door: Door, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._door = door
        self._wanted: Path | None = None
        self._asking: Path | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def end(self) -> None:
        """Forget what was not asked yet."""
        self._wanted = None
        self._timer.stop()

    @Slot(object, str)
    def take(self, record: Path | None, token: str) -> None:
        """Come forward; ``record`` is to be opened, None when the program was only started once more."""
        self._program.window.come_forward(token)
        if record is not None and record != self._asking:
            self._wanted = record
            self._look()

    @Slot()
    def _look(self) -> None:
        wanted = self._wanted
        if wanted is None:
            self._timer.stop()
        elif self._is_free():
            self._timer.stop()
            self._wanted = None
            self._weigh(wanted)
        elif not self._timer.isActive():
            self._say_locked(wanted)
            self._timer.start()

    def _is_free(self) -> bool:
        place = self._program.workplace
        return (
            QApplication.activeModalWidget() is None
            and QApplication.activePopupWidget() is None
            and not self._program.work.busy()
            and (place is None or not (place.curtain.drawn or place.leaving.under_way))
        )

    def _say_locked(self, wanted: Path) -> None:
        place = self._program.workplace
        if place is not None and isinstance(place.curtain.page, LockPage):
            place.curtain.page.say(_LOCKED.format(there=wanted.name))

    def _weigh(self, wanted: Path) -> None:
        meant = self._door.meant(wanted, self._program.settings.last_record)
        place, entry = self._program.workplace, self._program.entry
        here = place.office.record.path if place is not None else entry.path
        if meant.path == here and (place is not None or entry.currentWidget() is entry.login):
            self._say(meant.words)
        elif place is not None:
            self._program.work.read(
                "查看档案文件", partial(self._door.fault, meant.path), partial(self._on_seen, wanted, meant)
            )
        elif entry.currentWidget() is not entry.login and not self._agreed(wanted, _GUIDE.format(there=meant.path)):
            return
        else:
            self._program.turn_to(wanted)

    def _on_seen(self, wanted: Path, meant: Meant, fault: Known | None) -> None:
        """The record that is open is not left for one that cannot be."""
        place = self._program.workplace
        if place is None or fault is not None:
            self._say(f"{fault.text}{fault.remedy}" if fault is not None else "")
        elif not self._is_free():
            self.take(wanted, "")
        elif self._agreed(wanted, _LEAVE.format(here=place.office.record.path, there=meant.path)):
            self._program.turn_to(wanted)

    def _say(self, words: str) -> None:
        if not words:
            return
        place = self._program.workplace
        if place is not None:
            place.shell.say(words, "ochre")
        else:
            self._program.entry.login.banner.say(words, "ochre")

    def _agreed(self, wanted: Path, text: str) -> bool:
        choices = (Answer("离开并打开", "turn", "primary"), Answer("留在这里", "stay", "plain"))
        self._asking = wanted
        try:
            return ask(self._program.window, "打开另一份档案", text, choices) == "turn"
        finally:
            self._asking = None
