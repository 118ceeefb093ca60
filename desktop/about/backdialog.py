"""回到以前的版本: which earlier versions are at hand, what becomes of the record, and the way there.

An older program cannot read a record a newer one has changed in form. So where the form changed, the backup made before that update
takes the record's place; the newer record is kept beside it under another name, with all that was typed since.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from db.errors import Known
from db.store.backup import Backup, backups, folder_of
from db.store.clock import CST
from db.store.files import unreadable
from desktop.about import updating
from desktop.about.hukup import ENDING
from desktop.about.kept import Kept
from desktop.about.launching import Launch
from desktop.about.record import Backing, said
from desktop.about.updating import Here, Way
from desktop.app.door import Door, Restored
from desktop.app.paths import clerks_folder
from desktop.app.work import Work
from desktop.widgets.banner import Banner
from desktop.widgets.dialogs import open_at
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.secret import Captioned
from desktop.widgets.sheet import Column
from desktop.widgets.side import Line, SideCard

COLUMNS = (Column("version", "版本", 90), Column("built", "制作日期", 120), Column("record", "档案", 330))


class BackDialog(QDialog):
    """Signals: ``leave_asked(Launch)`` as `UpdateDialog`; ``log_out_asked(Path)`` the record must be closed first."""

    leave_asked = Signal(object)
    log_out_asked = Signal(Path)

    def __init__(self, here: Here, work: Work, door: Door, backing: Backing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("回到以前的版本")
        self.setProperty("help", "program.md#回到以前的版本")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._here, self._work, self._door, self._backing = here, work, door, backing
        self._launch: Launch | None = None
        self._running = False
        self.banner = Banner(self)
        self.table = ListTable(COLUMNS, name="versions")
        self.empty = Empty("本机没有留着以前版本的更新文件", "在 U 盘或别的文件夹里的，请点“选别处的更新文件…”")
        self.other = button("选别处的更新文件…", "plain", self)
        self.pick = button("选那时的备份…", "plain", self)
        self.told = SideCard("退回去会怎样", self)
        self.box = Box(self)
        self.name = Captioned("姓名（那天在用的人）", self.box, self)
        self.secret = QLineEdit(self)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.password = Captioned("那天的密码", self.secret, self)
        self.go = button("退回去", "primary", self)
        self.leave = button("关闭", "plain", self)
        self._lay_out()
        self._connect()
        self._work.read(
            "查看以前的版本", partial(updating.ways_back, here, backing.record), self._on_found, self._on_failed
        )

    def reject(self) -> None:
        if not self._running:
            super().reject()

    def _lay_out(self) -> None:
        whole, persons, foot = column(self, 10, 20), row(gap=12), row()
        whole.addWidget(label("回到以前的版本", "heading", self))
        whole.addWidget(label(f"现在用的是 {self._here.version}。", "quiet", self))
        whole.addWidget(self.banner)
        for part in (self.table, self.empty):
            part.setFixedHeight(140)
            whole.addWidget(part)
        whole.addWidget(self.told)
        for line in (self.name, self.password):
            persons.addWidget(line, 1)
        whole.addLayout(persons)
        whole.addStretch(1)
        foot.addWidget(self.other)
        foot.addWidget(self.pick)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        whole.addLayout(foot)
        self._show(None)
        self.empty.hide()
        open_at(self, 640, 520)

    def _connect(self) -> None:
        self.table.current_changed.connect(self._on_current)
        self.other.clicked.connect(self._on_other)
        self.pick.clicked.connect(self._on_pick)
        self.leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        self.secret.returnPressed.connect(self._on_go)

    def _on_found(self, ways: list[Way]) -> None:
        self._offer(ways)
        self.empty.setVisible(not ways)
        self.table.setVisible(bool(ways))

    def _offer(self, ways: list[Way]) -> None:
        self.table.set_items(
            [Item((w.kept.manifest.version, f"{w.kept.manifest.built:%Y-%m-%d}", _record(w)), thing=w) for w in ways]
        )
        if ways:
            self.table.table.go_to(0)
            self.table.show()
            self.empty.hide()
        self._show(ways[0] if ways else None)

    def _on_current(self, way: object) -> None:
        self._show(way if isinstance(way, Way) else None)

    def _show(self, way: Way | None) -> None:
        self._way = way
        asks = way is not None and way.swaps and not way.problem and self._backing.office is None
        self.told.setVisible(way is not None)
        self.pick.setVisible(way is not None and way.swaps and self._backing.office is None)
        self.name.setVisible(asks)
        self.password.setVisible(asks)
        self.go.setEnabled(way is not None and (not way.problem or self._logs_out(way)))
        if way is None:
            return
        self.told.show_lines(_lines(way))
        self.go.setText("退出档案，到登录页去办" if self._logs_out(way) else f"退回 {way.kept.manifest.version}")
        if asks and way.backup is not None:
            self.box.clear()
            self.box.addItems(list(self._door.names(way.backup.path)))

    def _logs_out(self, way: Way) -> bool:
        return way.swaps and self._backing.office is not None

    def _on_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, "选以前版本的更新文件", str(clerks_folder()), f"户有卡更新文件 (*{ENDING})"
        )
        if chosen:
            self.take(Path(chosen))

    def _on_pick(self) -> None:
        record = self._backing.record
        start = str(folder_of(record)) if record is not None else str(clerks_folder())
        chosen, _ = QFileDialog.getOpenFileName(self, "选那时的备份", start, "户有卡备份 (*.huk)")
        if chosen and self._way is not None:
            try:
                made = _picked(Path(chosen))
            except OSError as error:
                self._on_failed(unreadable(error, Path(chosen)))
                return
            self._offer([Way(self._way.kept, made, swaps=True)])

    def take(self, path: Path) -> None:
        """Check the file of an earlier version that lies elsewhere."""
        self.banner.close_now()
        op = partial(_from_elsewhere, self._here, path, self._backing.record)
        self._work.read("核对更新文件", op, self._on_elsewhere, self._on_failed)

    def _on_elsewhere(self, way: Way) -> None:
        self._offer([way])

    def _on_go(self) -> None:
        way = self._way
        if way is None or self._running:
            return
        if self._logs_out(way):
            record = self._backing.record
            self.accept()
            self.log_out_asked.emit(record)
        elif way.problem:
            return
        elif way.swaps and not self.secret.text():
            self.password.set_fault("请输入那天的密码。")
        else:
            self.password.set_fault("")
            self._run(True)
            self._work.write(
                "准备退回", partial(updating.made_ready, self._here, way.kept), self._on_ready, self._on_failed
            )

    def _on_ready(self, ready: tuple[Kept, Launch]) -> None:
        way, record = self._way, self._backing.record
        self._launch = ready[1]
        if way is not None and way.backup is not None and record is not None:
            name, password = self.box.currentText(), self.secret.text()
            op = partial(_restored, self._door, way, record, name, password)
            self._work.write("恢复那时的备份", op, self._on_restored, self._on_failed)
        else:
            self._note()

    def _on_restored(self, _: Restored) -> None:
        self.secret.clear()
        self._note()

    def _note(self) -> None:
        """The update gone back on must not be taken for one that failed. A list that cannot be written stops nothing: the record may
        have been changed for this already."""
        assert self._way is not None
        said, record = self._way.kept.manifest, self._backing.record
        note = partial(updating.remember, self._here, said.version, record, self._way.backup)
        self._work.write("记下退回", note, self._end, self._end)

    def _end(self, _: object = None) -> None:
        self._run(False)
        launch = self._launch
        if launch is None or not launch.command:
            hand = launch.by_hand if launch is not None else ""
            self.banner.say(f"已准备好。这台电脑上没有找到软件包安装器，请管理员在终端里运行：{hand}", "ochre")
            self.go.setEnabled(False)
            return
        self.accept()
        self.leave_asked.emit(launch)

    def _run(self, running: bool) -> None:
        self._running = running
        for part in (self.go, self.leave, self.other, self.table):
            part.setEnabled(not running)

    def _on_failed(self, error: Exception) -> None:
        self._run(False)
        self.banner.say(said(error), "red")


def _restored(door: Door, way: Way, record: Path, name: str, password: str) -> Restored:
    """Bring the backup back, if the older version can read it."""
    assert way.backup is not None
    said = way.kept.manifest
    if door.form_of(way.backup.path, name, password) > said.revision:
        raise Known(
            f"“{way.backup.path.name}”已是新版本的格式，{said.version} 打不开，没有退回，什么也没有改动。",
            "请选更早的一份备份。",
        )
    return door.restore(way.backup.path, record, name, password)


def _picked(path: Path) -> Backup:
    """A backup that lies anywhere. Its name tells when it was made; the file's own time may be when it was copied to a stick."""
    named = backups(path.parent, path.stem[: -len("-20260101-000000")])
    known = next((one for one in named if one.path == path), None)
    found = path.stat()
    return known or Backup(path, datetime.fromtimestamp(found.st_mtime, CST), found.st_size)


def _from_elsewhere(here: Here, path: Path, record: Path | None) -> Way:
    return updating.way_back(here, updating.older(here, path), record)


def _record(way: Way) -> str:
    if way.problem:
        return "没有那时的备份"
    if way.unseen:
        return "没有找到档案"
    return f"换回 {way.backup.at:%Y-%m-%d %H:%M} 的备份" if way.backup is not None else "不用换，照用现在的档案"


def _lines(way: Way) -> tuple[Line, ...]:
    if way.problem:
        remedy = "备份在 U 盘或别的文件夹里的，退出档案后在登录页打开这里，点“选那时的备份…”。"
        return (Line(way.problem, "bad", remedy),)
    old = way.kept.manifest.version
    others = f"{old} 打不开新版本打开过的档案"
    if way.unseen:
        remedy = "档案在 U 盘上的，请先插好、在登录页打开它，再来退回，那样可以一起换回更新前的备份。"
        return (
            Line(f"没有找到档案。{others}。", "mind", remedy),
            Line("程序关闭，安装程序打开。"),
        )
    if way.backup is None:
        return (Line("档案的格式没有变，照用现在的档案，什么也不丢。", "ok"), Line("程序关闭，安装程序打开。"))
    at = f"{way.backup.at:%Y-%m-%d %H:%M}"
    return (
        Line(
            f"档案换回 {at} 的备份，校验通过才换。",
            "mind",
            f"{others}；另有别的档案的，退回以后要各自恢复更新前的备份。备份文件：{way.backup.path.name}",
        ),
        Line(
            "那以后录入的内容不在备份里，留在改名为“…-换下-…”的新档案里，不会删除。",
            "mind",
            "以后再更新到新版本，可以打开它查看；两边的内容不会自动合并。",
        ),
        Line("程序关闭，安装程序打开。"),
    )
