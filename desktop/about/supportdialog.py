"""打包日志: what would be sent is shown file by file before it is written where the clerk chooses."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QWidget

from db.errors import Known, Refused
from db.store.clock import Clock
from db.store.figures import figures
from db.store.keys import keys_path, load
from desktop.about import machine, support
from desktop.about.outside import show_folder
from desktop.about.scrub import Scrub
from desktop.about.support import Gathered, Part
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, log_folder
from desktop.app.settings import Settings
from desktop.app.ticket import Ticket
from desktop.app.work import Work
from desktop.widgets.banner import Banner
from desktop.widgets.dialogs import open_at
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.sheet import Column

COLUMNS = (Column("name", "文件", 130), Column("size", "大小", 80, align="right"), Column("told", "是什么", 220))
_TOLD = "出了问题，把这些打成一个压缩包发给维护人员。里面没有农户和经办人的姓名、号码，也没有档案；点左边一行，右边就是要发出去的全文。"


class SupportDialog(QDialog):
    """Everything is gathered beside the window; saving is refused nowhere, and says why where it fails."""

    def __init__(
        self, work: Work, settings: Settings, clock: Clock, office: Office | None, record: Path | None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle("打包日志")
        self.setProperty("help", "program.md#打包日志")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._work, self._settings, self._clock, self._office, self._record = work, settings, clock, office, record
        self._parts: tuple[Part, ...] = ()
        self._saved: Path | None = None
        self._ticket: Ticket | None = None
        self.banner = Banner(self)
        self.table = ListTable(COLUMNS, name="support")
        self.preview = QPlainTextEdit(self)
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName("要发出去的全文")
        self.whole = label("正在收集…", "quiet", self)
        self.save = button("保存压缩包…", "primary", self)
        self.leave = button("关闭", "plain", self)
        self.save.setEnabled(False)
        self._lay_out()
        self.table.current_changed.connect(self._on_current)
        self.save.clicked.connect(self._on_save)
        self.leave.clicked.connect(self.reject)
        self.banner.acted.connect(self._on_show)
        self._gather()

    def done(self, result: int) -> None:
        """However it ends, the counting need not go on."""
        if self._ticket is not None:
            self._ticket.cancel()
        super().done(result)

    def _lay_out(self) -> None:
        whole, split, foot = column(self, 10, 20), row(gap=12), row()
        whole.addWidget(label("打包日志", "heading", self))
        whole.addWidget(label(_TOLD, "quiet", self, wrap=True))
        whole.addWidget(self.banner)
        self.table.setFixedWidth(440)
        split.addWidget(self.table)
        split.addWidget(self.preview, 1)
        whole.addLayout(split, 1)
        foot.addWidget(self.whole, 1)
        foot.addWidget(self.leave)
        foot.addWidget(self.save)
        whole.addLayout(foot)
        open_at(self, 960, 560)

    def _gather(self) -> None:
        op = partial(_gathered, self._office, self._record, self._settings, self._clock, machine.screens())
        self._ticket = self._work.long("收集日志", op, self._on_gathered, self._on_failed)

    def _on_gathered(self, found: tuple[Part, ...]) -> None:
        self._parts = found
        self.table.set_items([Item((part.name, _size(part.size), part.told), thing=part) for part in found])
        self.table.table.go_to(0)
        self.whole.setText(f"{len(found)} 个文件，共 {_size(sum(part.size for part in found))}")
        self.save.setEnabled(True)
        self.table.table.setFocus()

    def _on_current(self, part: object) -> None:
        if isinstance(part, Part):
            self.preview.setPlainText(part.text)

    def _on_save(self) -> None:
        usual = clerks_folder() / support.proposed(self._clock.now())
        chosen, _ = QFileDialog.getSaveFileName(self, "保存压缩包", str(usual), "压缩包 (*.zip)")
        if chosen:
            target = Path(chosen) if chosen.lower().endswith(".zip") else Path(f"{chosen}.zip")
            self.save.setEnabled(False)
            op = partial(support.write, target, self._parts, self._clock.now())
            self._work.write("保存日志", op, partial(self._on_saved, target), self._on_failed)

    def _on_saved(self, target: Path, _: None) -> None:
        self.save.setEnabled(True)
        self._saved = target
        self.banner.say(f"已保存：{target}。把这一个文件发给维护人员就行。", "pine", "打开所在文件夹")

    def _on_show(self) -> None:
        if self._saved is not None:
            show_folder(self._saved.parent)

    def _on_failed(self, error: Exception) -> None:
        self.save.setEnabled(bool(self._parts))
        self.banner.say(
            f"{error.text}{error.remedy}" if isinstance(error, Known) else "日志没有打包成，程序出了差错。", "red"
        )


def _gathered(
    office: Office | None, record: Path | None, settings: Settings, clock: Clock, screens: machine.Lines, ticket: Ticket
) -> tuple[Part, ...]:
    """Beside the window."""
    surroundings = machine.surroundings(office.record.path if office is not None else record)
    found, fault = None, ""
    ticket.check()
    if office is not None:
        try:
            found = figures(office.record)
        except (Known, Refused) as error:
            fault = f"没有数成：{type(error).__name__}\n"
    gathered = Gathered(screens, surroundings, machine.settings(settings), found, fault)
    scrub = Scrub(_names(office, record, settings))
    return support.parts(gathered, log_folder(), scrub, clock.now())


def _names(office: Office | None, record: Path | None, settings: Settings) -> set[str]:
    """Whatever this computer knows that names somebody: people of the record, the town, where the record lies."""
    names = {settings.last_name, settings.text("last/town")}
    paths = {path for path in (record, settings.last_record) if path is not None}
    if office is not None:
        paths.add(office.record.path)
        names |= {person.name for person in office.record.people()}
    for path in paths:
        names |= {str(path), str(path.parent), path.name}
        try:
            names |= {slot.name for slot in load(keys_path(path)).slots}
        except (Known, OSError):
            continue
    return names


def _size(count: int) -> str:
    return f"{count / 1000:.1f} KB"
