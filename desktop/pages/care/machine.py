"""本机: where the data lies, how soon the screen locks, which version runs."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.app.idle import LEAST, MINUTES, MOST
from desktop.app.keeping import Keeper, program_version
from desktop.app.office import Office
from desktop.app.paths import data_folder, log_folder
from desktop.app.settings import Settings
from desktop.pages.care.panel import Panel
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.picks import Box
from desktop.widgets.secret import Captioned
from desktop.widgets.side import Line, SideCard

SETTINGS = frozenset({"settings"})


class MachinePanel(Panel):
    """Nothing here is written into the record."""

    title = "本机"

    def __init__(self, office: Office, keeper: Keeper, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(office, keeper, parent)
        self._settings = settings
        self.minutes = Box(self)
        self.minutes.setProperty("help", "care.md#本机")
        self.minutes.addItems([f"{n} 分钟" for n in range(LEAST, MOST + 1)])
        self.minutes.setFixedWidth(140)
        self.show_folder = button("打开档案所在文件夹", "plain", self)
        self.places = SideCard("数据在哪里")
        lock = Card("自动锁屏", self)
        lock.body.addWidget(
            label("没有人动鼠标键盘多久就锁住窗口。离开座位请随手按 Ctrl+L。", "quiet", lock, wrap=True)
        )
        lock.body.addWidget(Captioned("多久不动就锁", self.minutes, lock))
        foot = row()
        foot.addWidget(self.show_folder)
        foot.addStretch(1)
        for part in (lock, self.places):
            self.whole.addWidget(part)
        self.whole.addLayout(foot)
        self.whole.addStretch(1)
        self.minutes.activated.connect(self._on_minutes)
        self.show_folder.clicked.connect(self._on_show)

    def refresh(self) -> None:
        text = self._settings.text("idle/minutes")
        self.minutes.setCurrentIndex((int(text) if text.isdigit() else MINUTES) - LEAST)
        record = self.office.record
        self.places.show_lines(
            (
                Line("档案（两个文件缺一不可，都已加密）", "ok", f"{record.path}\n{record.keys_path}"),
                Line("备份", "ok", str(self.keeper.folder)),
                Line("窗口位置、列宽等设置，没有农户资料", "", str(data_folder())),
                Line("差错报告，没有农户资料", "", str(log_folder())),
                Line(f"档案标记 {self.keeper.identity}　程序版本 {program_version()}", "", "与恢复密钥页上的标记一致"),
            )
        )

    def _on_minutes(self, index: int) -> None:
        self._settings.keep("idle/minutes", str(index + LEAST))
        self.office.hub.announce(SETTINGS, self)

    def _on_show(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.office.record.path.parent)))
