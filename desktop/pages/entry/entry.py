"""Everything before the work begins, in one place: which page is shown, and what is asked of the door meanwhile.

Only the log-in page is built at the start; the others come when they are asked for. All work at the door is done beside the window.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from db.errors import Known
from desktop.app.door import Door, Founded
from desktop.app.settings import Settings
from desktop.app.ticket import Ticket
from desktop.app.work import Work
from desktop.pages.entry.login import LoginPage
from desktop.pages.entry.sheet import sentence
from desktop.widgets.banner import BannerTone
from desktop.widgets.later import later
from desktop.widgets.menus import help_button

W = TypeVar("W", bound=QWidget)
_CORNER = 12
_BACK = "恢复备份"
_ANEW = "练习台账没有备份，也不用恢复：点最上面黄条里的“重新开始”，就有一份新的。"
_FORGETFUL = "这台电脑上不能保存程序的设置（上次的档案、列宽等），下次要重新选一次；档案照常使用，不受影响。"


class Entry(QStackedWidget):
    """``help`` stands in the corner of whatever is shown, for the window to hang errands on.

    Signals: ``entered(record)`` somebody is logged in, the record is his to use from now on; ``practising(on)`` what is shown belongs, or
    no longer belongs, to a practice record.
    """

    entered = Signal(object)
    practising = Signal(bool)

    def __init__(self, door: Door, settings: Settings, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._settings = settings
        self._work = work
        self.path = Path()
        self.help = help_button(self)
        self.login = LoginPage(self)
        self.addWidget(self.login)
        self._built: dict[str, QWidget] = {}
        self._making: Ticket | None = None
        self._connect()

    def begin(self, path: Path | None) -> None:
        """The log-in to the record at ``path``, or the guide where there is none."""
        if path is None:
            self.show_guide()
        else:
            self._show_meant(path)

    def turn_to(self, path: Path) -> bool:
        """Ask for the log-in to another record; False, and nothing changes, while something is under way at the door."""
        if self._work.busy():
            return False
        self._show_meant(path)
        self.look()
        return True

    def look(self) -> None:
        """See whether both halves of the record are there and fit; call it once the window stands."""
        if self.currentWidget() is self.login:
            self._work.read("查看档案文件", partial(self._door.fault, self.path), partial(self._on_looked, self.path))

    def show_login(self, path: Path, say: str = "", tone: BannerTone = "pine") -> None:
        """Ask who works with the record at ``path``; ``say`` stands above it."""
        self.path = path
        known = path == self._settings.last_record
        self.login.show_record(
            path,
            self._settings.text("last/town") if known else "",
            self._door.names(path),
            self._settings.last_name if known else "",
            self._door.clock.now().date(),
        )
        self.setCurrentWidget(self.login)
        self.login.take_focus()
        self.practising.emit(self._door.is_practice(path))
        if say:
            self.login.banner.say(say, tone)

    def show_guide(self) -> None:
        """Make a new record."""
        from desktop.pages.entry.guide import Guide

        guide = self._built.get("guide")
        if not isinstance(guide, Guide):
            guide = Guide(self._door, self._work, self)
            guide.founded.connect(self._on_founded)
            guide.made.connect(self._on_made)
            guide.other_asked.connect(self._on_other)
            guide.practice_asked.connect(self._on_practise)
            self._keep("guide", guide)
        self.setCurrentWidget(guide)
        self.practising.emit(False)

    def practise(self, path: Path, fresh: bool = False) -> None:
        """Enter the practice record at ``path`` without a log-in; that of this user is made first when it is missing or asked for ``fresh``."""
        from desktop.pages.entry.practising import PractisingPage

        page = self._built.get("practising")
        if not isinstance(page, PractisingPage):
            page = self._keep("practising", PractisingPage(self))
            page.back_asked.connect(self.stop_making)
        self.path = path
        self.setCurrentWidget(page)
        self.practising.emit(True)
        op = partial(self._door.practise, path, fresh)
        self._making = self._work.long("准备练习台账", op, self._on_practising, self._on_not_practising, True)
        page.follow(self._making)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = self.help.sizeHint()
        self.help.setGeometry(self.width() - size.width() - _CORNER, _CORNER, size.width(), size.height())
        self.help.raise_()

    def _show_meant(self, path: Path) -> None:
        meant = self._door.meant(path, self._settings.last_record)
        if self._door.is_practice(meant.path):
            self.practise(meant.path)
        else:
            self.show_login(meant.path, meant.words, "ochre")

    def _connect(self) -> None:
        page = self.login
        self.currentChanged.connect(self._on_shown)
        page.login_asked.connect(self._on_login)
        page.upgrade_asked.connect(self._on_upgrade)
        page.recover_asked.connect(self._on_recover_page)
        page.restore_asked.connect(self._on_restore_page)
        page.other_asked.connect(self._on_other)
        page.new_asked.connect(self.show_guide)
        page.practice_asked.connect(self._on_practise)

    def _keep(self, name: str, page: W) -> W:
        self._built[name] = page
        self.addWidget(page)
        return page

    def _drop(self, name: str) -> None:
        page = self._built.pop(name, None)
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()

    def _on_shown(self) -> None:
        self.help.raise_()

    def _on_looked(self, path: Path, fault: Known | None) -> None:
        if fault is not None and path == self.path:
            self.login.say_trouble(sentence(fault))
        elif path == self.path and not self._settings.lasting and self.login.banner.isHidden():
            self.login.banner.say(_FORGETFUL, "ochre")

    def _on_login(self, name: str, password: str) -> None:
        self.login.say("")
        self.login.set_busy("正在打开…")
        self._work.write(
            "打开档案", partial(self._door.open, self.path, name, password), self._on_opened, self._on_not_opened
        )

    def _on_opened(self, record: object) -> None:
        self.login.set_busy("")
        self.entered.emit(record)

    def _on_not_opened(self, error: Exception) -> None:
        if self._door.wrong_password(error):
            self.login.say_wrong(sentence(error))
        else:
            self.login.say_trouble(sentence(error), self._door.needs_upgrade(error))

    def _on_upgrade(self, name: str, password: str) -> None:
        self.login.set_busy("正在备份并升级…")
        op = partial(self._door.upgrade, self.path, name, password)
        self._work.write("升级档案", op, partial(self._on_upgraded, name, password), self._on_not_opened)

    def _on_upgraded(self, name: str, password: str, backup: str) -> None:
        self._on_login(name, password)

    def _on_practise(self) -> None:
        if not self._work.busy():
            self.practise(self._door.practice)

    def _on_practising(self, record: Any) -> None:  # noqa: ANN401 - the page knows no record, it only hands it on
        if self._making is None:  # he went back in the moment it was finished
            record.close()
            return
        self._follow_no_more()
        self.entered.emit(record)

    def _on_not_practising(self, error: Exception) -> None:
        self._follow_no_more()
        self.show_login(self.path)
        if self._door.wrong_password(error):
            self.login.say_trouble(
                "这份练习台账的密码改过了，请用改过的密码登录；或点最上面黄条里的“重新开始”，做一份新的。"
            )
        elif isinstance(error, Known) and self.path == self._door.practice and _BACK in error.remedy:
            self.login.say_trouble(f"{error.text}{_ANEW}")
        else:
            self.login.say_trouble(sentence(error), self._door.needs_upgrade(error))

    def stop_making(self) -> bool:
        """No practice after all: back to the town's own record; False, and nothing changes, when none is being made."""
        if self._making is None:
            return False
        self._making.cancel()
        self._follow_no_more()
        self.begin(self._settings.last_record)
        return True

    def _follow_no_more(self) -> None:
        from desktop.pages.entry.practising import PractisingPage

        self._making = None
        page = self._built.get("practising")
        if isinstance(page, PractisingPage):
            page.stop()

    def _on_recover_page(self) -> None:
        from desktop.pages.entry.recover import RecoverPage

        page = self._built.get("recover")
        if not isinstance(page, RecoverPage):
            page = self._keep("recover", RecoverPage(self._door, self._work, self))
            page.entered.connect(self._on_opened)
            page.back_asked.connect(self._on_back)
        page.show_record(self.path, self.login.box.currentText())
        self.setCurrentWidget(page)

    def _on_restore_page(self) -> None:
        from desktop.pages.entry.restore import RestorePage

        page = self._built.get("restore")
        if not isinstance(page, RestorePage):
            page = self._keep("restore", RestorePage(self._door, self._work, self))
            page.back_asked.connect(self._on_back)
        page.show_record(self.path)
        self.setCurrentWidget(page)

    def _on_back(self) -> None:
        self.show_login(self.path)
        later(self, self.look)

    def _on_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "打开档案", str(self.path.parent), "户有卡档案 (*.huk)")
        if chosen:
            self.turn_to(Path(chosen))

    def _on_founded(self, made: Founded) -> None:
        """From now on it is the record of this computer, even if the window is closed before the sheet was printed."""
        self._settings.keep_last(made.path, self._door.names(made.path)[0])
        self._settings.keep("last/town", made.town)

    def _on_made(self, made: Founded) -> None:
        self.show_login(made.path, "档案已建好，请用刚才设的密码登录。")
        self._drop("guide")
