"""更新程序: an update file is chosen and checked, its changes are shown, the record is backed up, and the installer takes over.

All checking and copying runs beside the window. Nothing is installed before the clerk has read what changes and pressed the button.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from db.store.backup import Backup
from desktop.about import updating
from desktop.about.hukup import ENDING, NO_KEY
from desktop.about.kept import Kept
from desktop.about.launching import Launch
from desktop.about.record import Backing, said
from desktop.about.updating import Here
from desktop.app.paths import clerks_folder
from desktop.app.ticket import Ticket
from desktop.app.work import Work
from desktop.widgets.banner import Banner
from desktop.widgets.dialogs import open_at
from desktop.widgets.empty import Empty
from desktop.widgets.looks import Card, button, column, label, mark, row, scrolled
from desktop.widgets.side import Line, SideCard

_TOLD = "更新文件由维护人员给您，拷在 U 盘上就行，不用联网。程序先核对它是不是本软件发布的，再备份档案，然后才安装；数据都保留。"


class UpdateDialog(QDialog):
    """Signals: ``leave_asked(Launch)`` all is ready: close the program in order and begin the installer; ``back_asked()`` the clerk
    wants an earlier version."""

    leave_asked = Signal(object)
    back_asked = Signal()

    def __init__(self, here: Here, work: Work, backing: Backing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("更新程序")
        self.setProperty("help", "program.md#更新程序")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._here, self._work, self._backing = here, work, backing
        self._chosen: Kept | None = None
        self._told = Launch((), "")
        self._backup: Backup | None = None
        self._ticket: Ticket | None = None
        self.banner = Banner(self)
        self.choose = button("选择更新文件…", "primary", self)
        self.back = button("回到以前的版本…", "plain", self)
        self.install = button("备份并安装", "primary", self)
        self.leave = button("关闭", "plain", self)
        self.busy = label("", "quiet", self)
        self.changes = SideCard("这一版的变化")
        self.steps = SideCard("按下按钮以后")
        self.empty = Empty("还没有选更新文件", "选好以后，这里会写出这一版有哪些变化、按下按钮会做什么")
        self.hand = Card("请管理员运行", self)
        self.command = QLineEdit(self)
        self.copy = button("复制", "plain", self)
        self._lay_out()
        self._connect()
        self._begin()

    def take(self, path: Path) -> None:
        """Check one file."""
        self.banner.close_now()
        self._show(None)
        self._busy(f"正在核对“{path.name}”…")
        op = partial(_checked, self._here, path)
        self._ticket = self._work.long("核对更新文件", op, self._on_checked, self._on_failed)

    def reject(self) -> None:
        """Esc or 关闭; a check under way is let go, an installation being made ready is not."""
        if self.install.property("running"):
            return
        if self._ticket is not None:
            self._ticket.cancel()
        super().reject()

    def _lay_out(self) -> None:
        whole, top, cards, foot = column(self, 12, 20), row(), row(gap=12), row()
        whole.addWidget(label("更新程序", "heading", self))
        whole.addWidget(label(f"现在用的是 {self._here.version}。{_TOLD}", "quiet", self, wrap=True))
        whole.addWidget(self.banner)
        for part in (self.choose, self.back):
            top.addWidget(part)
        top.addWidget(self.busy, 1)
        whole.addLayout(top)
        hand = row()
        self.command.setReadOnly(True)
        self.command.setAccessibleName("给管理员的命令")
        hand.addWidget(self.command, 1)
        hand.addWidget(self.copy)
        self.hand.body.addLayout(hand)
        self._inner = QWidget(self)
        inner = column(self._inner, 12)
        for card in (self.changes, self.steps):
            cards.addWidget(card, 1, Qt.AlignmentFlag.AlignTop)
        inner.addWidget(self.empty, 1)
        inner.addLayout(cards)
        inner.addWidget(self.hand)
        inner.addStretch(1)
        whole.addWidget(scrolled(self._inner), 1)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.install)
        whole.addLayout(foot)
        open_at(self, 720, 520)

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.back.clicked.connect(self._on_back)
        self.leave.clicked.connect(self.reject)
        self.install.clicked.connect(self._on_install)
        self.copy.clicked.connect(self._on_copy)

    def _begin(self) -> None:
        self._show(None)
        self.hand.hide()
        if not self._here.keys:
            self.banner.say(f"{NO_KEY.text}{NO_KEY.remedy}", "ochre")
            self.choose.setEnabled(False)
            self.back.setEnabled(False)
            self.empty.hide()
            return
        self.banner.say(updating.unfinished(self._here, self._here.shelf.updates()), "ochre")
        self.choose.setFocus()

    def _show(self, chosen: Kept | None) -> None:
        self._chosen = chosen
        for part in (self.changes, self.steps, self.install):
            part.setVisible(chosen is not None)
        self.empty.setVisible(chosen is None)
        mark(self.choose, "kind", "primary" if chosen is None else "plain")
        if chosen is None:
            return
        said = chosen.manifest
        self.changes.set_title(f"{self._here.version} → {said.version}（{said.built:%Y-%m-%d} 制作）")
        self.changes.show_lines([Line(f"· {change}") for change in said.changes] or [Line("发布者没有写变化。")])
        same = said.revision == self._here.revision
        record = "档案的格式没有变。" if same else "新版本第一次打开档案时会升级它，升级前再备份一次。"
        self.steps.show_lines(
            (
                Line("核对过了：是本软件发布的，没有被改动", "ok"),
                Line(self._backing.told, "ok" if self._backing.whole else "mind"),
                Line("程序关闭，安装程序打开" if self._told.command else "请管理员来装", "", self._told.told),
                Line(record),
                Line("装好以后还可以退回来", "", "更新文件留在本机，用“回到以前的版本…”。"),
            )
        )
        self.install.setText(f"备份并安装 {said.version}" if self._backing.record else f"安装 {said.version}")

    def _busy(self, text: str, running: bool = False) -> None:
        self.busy.setText(text)
        self.install.setProperty("running", running)
        self.choose.setEnabled(not text)
        self.back.setEnabled(not text)
        self.install.setEnabled(not text)
        self.leave.setEnabled(not running)

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "选择更新文件", str(clerks_folder()), f"户有卡更新文件 (*{ENDING})"
        )
        if chosen:
            self.take(Path(chosen))

    def _on_back(self) -> None:
        self.reject()
        self.back_asked.emit()

    def _on_checked(self, found: tuple[Kept, Launch]) -> None:
        self._busy("")
        self._told = found[1]
        self._show(found[0])
        self.install.setFocus()

    def _on_install(self) -> None:
        if self._chosen is not None:
            self.banner.close_now()
            self._busy("正在备份档案…", running=True)
            self._backing.make(self._on_backed_up, self._on_failed)

    def _on_backed_up(self, made: Backup | None) -> None:
        chosen = self._chosen
        assert chosen is not None
        self._backup = made
        self._busy("正在准备安装程序…", running=True)
        self._work.write("准备更新", partial(updating.made_ready, self._here, chosen), self._on_ready, self._on_failed)

    def _on_ready(self, ready: tuple[Kept, Launch]) -> None:
        kept, launch = ready
        record = self._backing.record
        note = partial(updating.remember, self._here, kept.manifest.version, record, self._backup)
        self._work.write("记下更新", note, partial(self._on_noted, launch), self._on_failed)

    def _on_noted(self, launch: Launch, _: None) -> None:
        self._busy("")
        if launch.command:
            self.accept()
            self.leave_asked.emit(launch)
            return
        self.banner.say(launch.told, "ochre")
        self.command.setText(launch.by_hand)
        self.command.setCursorPosition(0)
        self.hand.show()
        self.install.hide()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())
        self.copy.setText("已复制")

    def _on_failed(self, error: Exception) -> None:
        self._busy("")
        self.banner.say(said(error), "red")


def _checked(here: Here, path: Path, ticket: Ticket) -> tuple[Kept, Launch]:
    """The file, and how its installer will be begun here; looking for that may start a program of the desktop's."""
    found = updating.offered(here, path, ticket.check)
    return found, updating.begun(here, Path(found.manifest.installer))
