"""What stands above a preview: the file, the day it is judged on, how much of what there is, and the workbook back with its faults."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.fields.kinds import Date
from desktop.pages.intake import previewing
from desktop.pages.intake.picks import Picks
from desktop.widgets.lines import LineEditor
from desktop.widgets.looks import button, column, label, row


class RosterBar(QWidget):
    """Two lines of words and buttons; the view connects the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "roster.md#怎样导入")
        self.file_label = label("", "strong", self)
        self.day_label = label("", "quiet", self)
        self.day = LineEditor(Date(), self)
        self.day.setFixedWidth(120)
        self.day.setAccessibleName("按哪一天核对")
        self.again = button("这一天核对", "plain", self)
        self.export = button("导出错误清单（原表）…", "plain", self)
        self.columns = button("表头对应…", "plain", self)
        self.counts = label("", "quiet", self)
        self.unmend = button("", "link", self)
        whole, first, second = column(self), row(), row()
        first.addWidget(self.file_label)
        first.addWidget(self.day_label)
        first.addStretch(1)
        self._other = label("改按", "quiet", self)
        first.addWidget(self._other)
        for part in (self.day, self.again, self.columns, self.export):
            first.addWidget(part)
        second.addWidget(self.counts, 1)
        second.addWidget(self.unmend)
        whole.addLayout(first)
        whole.addLayout(second)

    def begin(self, name: str = "") -> None:
        """No file yet, or one that is only being read; the day typed stays while a file is read anew."""
        self.file_label.setText(name)
        if not name:
            self.day.set_raw("")
            self.day_label.setText("年龄和日期按表上的填报日期核对")
        for part in (self.counts, self.columns, self.export, self.unmend):
            part.hide()
        for shown in (self._other, self.day, self.again):
            shown.show()

    def judged_on(self, as_of: date, came_back: bool = False) -> None:
        """Say the day ages and dates were judged on; of a sheet that ``came_back`` from a village there is nothing to match."""
        returned = "发给村里填、收回的表，只录入村里改过的格"
        self.day_label.setText(returned if came_back else f"按 {as_of} 为准判断年龄和日期")
        for shown in (self._other, self.day, self.again, self.columns):
            shown.setVisible(not came_back)

    def count(self, picks: Picks) -> None:
        """Say what there is and what is ticked, and offer what can be done with faults and mends."""
        mends = len(picks.mends)
        self.unmend.setText(f"已改 {mends} 格，原文件不动；全部还原")
        self.unmend.setVisible(bool(mends))
        self.export.setVisible(any(f.severity != "I" for f in picks.shown.findings))
        wanted = previewing.will_write(picks)
        self.counts.setText(f"{previewing.counts(picks.shown)}　｜　已勾选：{wanted or '没有'}")
        self.counts.show()


def sheet_of(table: QWidget) -> QWidget:
    """A table below the tab that shows it."""
    holder = QWidget()
    inner = column(holder)
    inner.setContentsMargins(0, 8, 0, 0)
    inner.addWidget(table)
    return holder
