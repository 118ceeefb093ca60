"""备份: those there are, a new one here or on a stick, and the drill that proves one can be brought back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from desktop.app.keeping import Backup, Drill, Keeper
from desktop.app.office import Office
from desktop.pages.care.dialogs import DrillDialog
from desktop.pages.care.panel import Panel
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, row
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Line, SideCard

COLUMNS = (
    Column("at", "备份时间", 170),
    Column("size", "大小", 90, align="right"),
    Column("proof", "校验", 100),
    Column("name", "文件", 330),
)
_KEPT = "一天之内的全留，以后每天、每周、每月各留一份，最长约一年半；多余的自动清理。"
_WHEN = "导入名册前、升级前、有改动后关闭程序时，都会自动备份并校验。"
_AWAY = "请每周把备份拷一份到 U 盘，与电脑分开锁存。备份同样加密，丢了别人也打不开。"


class BackupPanel(Panel):
    """The list at the left, what to know at the right."""

    title = "备份"

    def __init__(self, office: Office, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(office, keeper, parent)
        self.now = button("立即备份", "primary", self)
        self.away = button("备份到 U 盘或别的文件夹…", "plain", self)
        self.drill = button("恢复演练…", "plain", self)
        self.table = ListTable(COLUMNS, name="backups")
        self.empty = Empty("还没有备份", "点“立即备份”，做好后会马上打开校验一遍")
        self.known = SideCard("备份怎么做、怎么用")
        self._lay_out()
        self.now.clicked.connect(self._on_now)
        self.away.clicked.connect(self._on_away)
        self.drill.clicked.connect(self._on_drill)

    def refresh(self) -> None:
        found = self.keeper.backups()
        self.table.set_items(
            [
                Item(
                    (f"{b.at:%Y-%m-%d %H:%M:%S}", _size(b.size), Cell("已校验", "pine", "pill"), b.path.name),
                    thing=b.path,
                )
                for b in found
            ]
        )
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.drill.setEnabled(bool(found))
        if found and self.table.current_thing() is None:
            self.table.table.go_to(0)
        self.known.show_lines(
            (
                Line("自动备份", "ok", _WHEN),
                Line("留多久", "ok", _KEPT),
                Line("另存一份", "mind", _AWAY),
                Line("恢复", "", "关闭程序，在登录页点“恢复备份”：先恢复成新文件校验，再换上，旧档案留着。"),
                Line("备份文件夹", "", str(self.keeper.folder)),
            )
        )

    def _lay_out(self) -> None:
        buttons, split, left = row(), row(gap=14), column(gap=10)
        for part in (self.now, self.away, self.drill):
            buttons.addWidget(part)
        buttons.addStretch(1)
        sheet = Card(margin=0)
        sheet.body.addWidget(self.table, 1)
        sheet.body.addWidget(self.empty, 1)
        left.addLayout(buttons)
        left.addWidget(sheet, 1)
        side = column()
        self.known.setFixedWidth(336)
        side.addWidget(self.known)
        side.addStretch(1)
        split.addLayout(left, 1)
        split.addLayout(side)
        self.whole.addLayout(split, 1)

    def _on_now(self) -> None:
        self._back_up(None)

    def _on_away(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "备份到哪个文件夹")
        if chosen:
            self._back_up(Path(chosen))

    def _back_up(self, folder: Path | None) -> None:
        self._busy(True)
        self.keeper.back_up(folder, self._on_made, self._on_failed)

    def _on_made(self, made: Backup) -> None:
        self._busy(False)
        self.said.emit(f"已备份并校验：{made.path}（{_size(made.size)}）。两个文件要一起保管。", "pine")
        self.refresh()

    def _on_drill(self) -> None:
        source = self.table.current_thing()
        if not isinstance(source, Path):
            return
        dialog = DrillDialog(self.office.record.actor.name, source.name, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._busy(True)
            self.keeper.drill(source, dialog.secret.text(), self._on_drilled, self._on_failed)
        dialog.deleteLater()

    def _on_drilled(self, found: Drill) -> None:
        self._busy(False)
        self.said.emit(
            f"演练通过：“{found.backup.name}”能恢复，有 {found.households:,} 户 {found.persons:,} 人，校验无误。",
            "pine",
        )

    def _on_failed(self, error: Exception) -> None:
        self._busy(False)
        self.failed(error)

    def _busy(self, busy: bool) -> None:
        for part in (self.now, self.away, self.drill):
            part.setEnabled(not busy)


def _size(count: int) -> str:
    return f"{count / 1_048_576:.1f} MB"
