"""First step of the guide: which town, and in which folder its record will lie."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from db.fields.town import CITY, COUNTY, PROVINCE, TOWN
from desktop.app.door import FILE_NAME, Door
from desktop.app.paths import data_folder
from desktop.pages.entry.step import Step
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.secret import TextLine

LAYOUT = (Section("本镇", ((PROVINCE, CITY, COUNTY, TOWN),)),)
_WORDS = "名称会印在公示、表册和户卡上。档案是加密的，只放在本机，不联网。"
_PAIR = (
    f"会建两个文件：{FILE_NAME} 和 {FILE_NAME}.keys，缺一不可，要一起拷贝。不能放在网络盘、共享文件夹或云同步文件夹里。"
)


class PlaceStep(Step):
    """``values`` are the names of the town, ``folder`` where the record goes."""

    name = "本镇与位置"

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__("新建本镇档案", _WORDS, parent)
        self.setProperty("help", "first.md#本镇与位置")
        self._door = door
        self.form = Form(LAYOUT, self, scroll=False)
        self.where = TextLine("档案放在本机的哪个文件夹", self)
        self.where.set_text(str(data_folder()))
        self.choose = button("选文件夹…", "plain", self)
        sheet = Card("存放位置", self)
        line = row()
        line.addWidget(self.where, 1)
        line.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        line.setAlignment(self.choose, Qt.AlignmentFlag.AlignBottom)
        sheet.body.addLayout(line)
        sheet.body.addWidget(label(_PAIR, "quiet", sheet, wrap=True))
        for part in (self.form, sheet):
            self.inner.addWidget(part)
        self.inner.addStretch(1)
        self.choose.clicked.connect(self._on_choose)
        self.form.ended.connect(self.where.setFocus)
        self.where.entered.connect(self.ended)

    def values(self) -> dict[str, str]:
        """Province, city, county and name."""
        return {key: value or "" for key, value in self.form.values().items()}

    def folder(self) -> Path:
        """Where the record will lie."""
        return Path(self.where.text())

    def complete(self) -> bool:
        problem = self._door.place_problem(self.folder()) if self.where.text() else "请选一个文件夹。"
        self.where.set_fault(problem)
        fit = self.form.check(demanded=True)
        if not fit:
            self.form.go_to_first_fault()
        return fit and not problem

    def take_focus(self) -> None:
        self.form.go_to_first()

    def _on_choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "选文件夹", self.where.text())
        if chosen:
            self.where.set_text(chosen)
            self.where.set_fault(self._door.place_problem(Path(chosen)))
