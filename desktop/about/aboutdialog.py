"""关于户有卡: which version this is and what it stands on, where things lie on this computer, and every licence in full."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QPlainTextEdit, QWidget

from desktop.about import facts
from desktop.about.licences import LGPL, Licence, licences
from desktop.about.outside import show_folder
from desktop.app.work import Work
from desktop.widgets.banner import Banner
from desktop.widgets.dialogs import open_at
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import button, column, label, row, scrolled
from desktop.widgets.sheet import Column
from desktop.widgets.tabs import Tabs

COLUMNS = (Column("name", "组件", 170), Column("version", "版本", 80), Column("licence", "许可", 150))


class AboutDialog(QDialog):
    """``record`` is the one that is open or would be opened, None where there is none."""

    def __init__(self, work: Work, record: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于户有卡")
        self.setProperty("help", "program.md#关于户有卡")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._versions = facts.versions()
        self._places = facts.places(record)
        self.banner = Banner(self)
        self.tabs = Tabs(self)
        self.copy = button("复制版本", "plain", self)
        self.leave = button("关闭", "primary", self)
        self.opening = [button("打开", "plain", self) for _ in self._places]
        self.copying = [button("复制路径", "plain", self) for _ in self._places]
        self.table = ListTable(COLUMNS, name="licences")
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("许可全文")
        self._lay_out()
        self._connect()
        work.read("查看许可", licences, self._on_licences)

    def written(self) -> str:
        """What 复制 puts on the clipboard: versions only, no folder of this computer."""
        return "\n".join(f"{caption}：{value}" for caption, value in self._versions)

    def _lay_out(self) -> None:
        whole, foot = column(self, 10, 20), row()
        whole.addWidget(label("户有卡", "title", self))
        whole.addWidget(label("镇扶贫办的贫困户档案。数据只存在本机，加密保存，不联网。", "quiet", self))
        whole.addWidget(self.banner)
        self.tabs.add(scrolled(self._of_versions()), "版本和位置")
        self.tabs.add(self._of_licences(), "许可")
        whole.addWidget(self.tabs, 1)
        self.copy.setToolTip("复制版本，发给维护人员")
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        whole.addLayout(foot)
        open_at(self, 860, 620)

    def _of_versions(self) -> QWidget:
        page = QWidget(self)
        whole, lines = column(page, 10), QGridLayout()
        whole.setContentsMargins(0, 12, 0, 0)
        lines.setHorizontalSpacing(16)
        lines.setVerticalSpacing(6)
        for n, (caption, value) in enumerate(self._versions):
            lines.addWidget(label(caption, "caption", page), n, 0)
            lines.addWidget(_selectable(label(value, "", page)), n, 1, 1, 3)
        first = len(self._versions)
        lines.setRowMinimumHeight(first, 8)
        for n, (caption, folder) in enumerate(self._places):
            at = first + 1 + n
            lines.addWidget(label(f"{caption}在", "caption", page), at, 0)
            lines.addWidget(_selectable(label(str(folder), "", page, wrap=True)), at, 1)
            for side, part in ((2, self.opening[n]), (3, self.copying[n])):
                part.setProperty("place", n)
                part.setAccessibleName(f"{part.text()}：{caption}")
                lines.addWidget(part, at, side)
        lines.setColumnStretch(1, 1)
        whole.addLayout(lines)
        whole.addWidget(label("设置和日志里没有农户资料；档案和备份都是加密的。", "quiet", page))
        whole.addStretch(1)
        return page

    def _of_licences(self) -> QWidget:
        page = QWidget(self)
        whole, split = column(page, 10), row(gap=12)
        whole.setContentsMargins(0, 12, 0, 0)
        whole.addWidget(_selectable(label(LGPL, "quiet", page, wrap=True)))
        self.table.setFixedWidth(430)
        split.addWidget(self.table)
        split.addWidget(self.text, 1)
        whole.addLayout(split, 1)
        return page

    def _connect(self) -> None:
        for opener, copier in zip(self.opening, self.copying, strict=True):
            opener.clicked.connect(self._on_open)
            copier.clicked.connect(self._on_copy_place)
        self.copy.clicked.connect(self._on_copy)
        self.leave.clicked.connect(self.accept)
        self.table.current_changed.connect(self._on_current)
        self.leave.setFocus()

    def _on_licences(self, found: tuple[Licence, ...]) -> None:
        self.table.set_items([Item((one.name, one.version, one.licence), thing=one) for one in found])
        self.table.table.go_to(0)

    def _on_current(self, one: object) -> None:
        if isinstance(one, Licence):
            self.text.setPlainText(one.text or f"{one.name} 按 {one.licence} 许可，随附文件里没有全文。")

    def _on_open(self) -> None:
        _, folder = self._place()
        if not folder.is_dir():
            self.banner.say(f"还没有这个文件夹：{folder}。第一次用到时才建。", "ochre")
        elif not show_folder(folder):
            self.banner.say(f"这台电脑上没有找到文件管理器，请自己打开：{folder}", "ochre")

    def _on_copy_place(self) -> None:
        caption, folder = self._place()
        QGuiApplication.clipboard().setText(str(folder))
        self.banner.say(f"已复制{caption}的位置。", "pine")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.written())
        self.banner.say("已复制版本，可以粘贴发给维护人员。", "pine")

    def _place(self) -> tuple[str, Path]:
        return self._places[int(self.sender().property("place"))]


def _selectable(made: QLabel) -> QLabel:
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
