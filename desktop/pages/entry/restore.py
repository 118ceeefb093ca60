"""A backup brought back: which one, whose password of that day, what will happen. The record of today is kept beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.app.door import Door, Restored
from desktop.app.work import Work
from desktop.pages.entry.sheet import EntrySheet, day_words, sentence
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import button, label, row
from desktop.widgets.picks import Box
from desktop.widgets.secret import Captioned, Secret
from desktop.widgets.sheet import Column

COLUMNS = (Column("at", "备份时间", 210), Column("size", "大小", 110, align="right"), Column("name", "文件", 300))
_WORDS = "先把备份恢复成新文件并全面校验，通过后才换上；现在的档案改名留在旁边，不会删除。"


class RestorePage(EntrySheet):
    """Signal ``back_asked()``: to the log-in, whether something was restored or not."""

    back_asked = Signal()

    def __init__(self, door: Door, work: Work, parent: QWidget | None = None) -> None:
        super().__init__("恢复备份", parent, width=760)
        self.setProperty("help", "backup.md#恢复")
        self._door = door
        self._work = work
        self._path = Path()
        self._chosen: Path | None = None
        self.subtitle.setText(_WORDS)
        self.table = ListTable(COLUMNS, name="restore")
        self.table.setFixedHeight(240)
        self.empty = Empty("这个档案旁边没有备份", "备份在别的文件夹或 U 盘上的，请点“选别处的备份”")
        self.empty.setFixedHeight(240)
        self.other = button("选别处的备份…", "plain", self)
        self.told = label("", "", self, wrap=True)
        self.box = Box(self)
        self.person = Captioned("姓名（备份当天在用的人）", self.box, self)
        self.password = Secret("备份当天的密码", self)
        self.enter = button("恢复这一份", "primary", self)
        self.back = self.add_link("返回登录")
        self._fill()

    def show_record(self, path: Path) -> None:
        """Offer the backups of one record."""
        self._path = path
        found = self._door.backups(path)
        self.office.setText(path.name)
        self.table.set_items(
            [_item(one.path, day_words(one.at.date()) + f" {one.at:%H:%M}", one.size) for one in found]
        )
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.password.clear()
        self.say("")
        self._set_busy("")
        self._choose(found[0].path if found else None)
        if found:
            self.table.table.go_to(0)

    def _on_restored(self, done: Restored) -> None:
        self._set_busy("")
        self.password.clear()
        kept = f"原来的档案留作“{done.replaced.name}”。" if done.replaced is not None else ""
        self.banner.say(f"已恢复并校验：{done.households:,} 户 {done.persons:,} 人。{kept}", "pine", "去登录")

    def _on_failed(self, error: Exception) -> None:
        self._set_busy("")
        if self._door.wrong_password(error):
            self.password.set_fault(sentence(error))
            self.password.setFocus()
        else:
            self.say(f"{sentence(error)}现在的档案没有改动。")

    def _set_busy(self, what: str) -> None:
        self.enter.setText(what or "恢复这一份")
        for part in (self.table, self.other, self.box, self.password, self.back):
            part.setEnabled(not what)
        self.enter.setEnabled(not what and self._chosen is not None)

    def _fill(self) -> None:
        body, low = self.card.body, row(gap=16)
        for part in (self.table, self.empty):
            body.addWidget(part)
        first = row()
        first.addWidget(self.told, 1)
        first.addWidget(self.other)
        body.addLayout(first)
        low.addWidget(self.person, 1)
        low.addWidget(self.password, 1)
        body.addLayout(low)
        body.addWidget(self.enter)
        self.enter.setFixedHeight(36)
        self.table.current_changed.connect(self._on_current)
        self.other.clicked.connect(self._on_other)
        self.enter.clicked.connect(self._on_enter)
        self.password.entered.connect(self._on_enter)
        self.back.clicked.connect(self.back_asked)
        self.banner.acted.connect(self.back_asked)

    def _choose(self, backup: Path | None) -> None:
        self._chosen = backup
        self.told.setText(f"要恢复的是：{backup.name}" if backup is not None else "请选一份备份。")
        self.box.clear()
        self.box.addItems(list(self._door.names(backup)) if backup is not None else [])
        self.box.setCurrentIndex(0)
        self.enter.setEnabled(backup is not None)

    def _on_current(self, thing: object) -> None:
        if isinstance(thing, Path):
            self._choose(thing)

    def _on_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "选备份文件", "", "户有卡档案 (*.huk)")
        if chosen:
            self._choose(Path(chosen))

    def _on_enter(self) -> None:
        if self._chosen is None:
            return
        if not self.password.text():
            self.password.set_fault("请输入备份当天的密码。")
            self.password.setFocus()
            return
        self.say("")
        self._set_busy("正在恢复并校验…")
        op = partial(self._door.restore, self._chosen, self._path, self.box.currentText(), self.password.text())
        self._work.write("恢复备份", op, self._on_restored, self._on_failed)


def _item(path: Path, at: str, size: int) -> Item:
    return Item((at, f"{size / 1_048_576:.1f} MB", path.name), thing=path)
