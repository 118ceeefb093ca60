"""The households behind a number: a list below the sheet, from which each is opened or all are written as a sheet of their own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.rules.ledger import MonthLedger
from db.services.ledger import behind as ledger_behind
from db.services.ledger.behind import Behind
from db.services.ledger.export import Exported
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.work import Ticket
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.page import Page
from desktop.widgets.sheet import Column
from desktop.widgets.wrap import WrapRow

_COLUMNS = (
    Column("village", "村", 90),
    Column("group", "组", 90),
    Column("number", "户编号", 140),
    Column("head", "户主", 90),
    Column("size", "现有人口", 84, "right", summed=True),
    Column("state", "现在情形", 110),
)
_UNFIT = str.maketrans("", "", '\\/:*?"<>|')


class BehindCard(Card):
    """Signal ``closed()``: the clerk has seen enough."""

    closed = Signal()

    def __init__(self, office: Office, by: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, margin=0)
        self._office, self._by = office, by
        self._ledger: MonthLedger | None = None
        self._masked = False
        self.found: Behind | None = None
        self.said = label("", "strong", self)
        self.open_button = button("打开农户档案", "plain", self)
        self.export_button = button("导出这些户", "plain", self)
        self.close_button = button("收起", "link", self)
        self.table = ListTable(_COLUMNS, name="ledger-behind")
        head, inner = row(), WrapRow(gap=8)
        head.setContentsMargins(10, 6, 10, 0)
        for one in (self.said, self.open_button, self.export_button, self.close_button):
            inner.addWidget(one)
        head.addLayout(inner, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.table, 1)
        self.table.opened.connect(self._open)
        self.open_button.clicked.connect(self._on_open)
        self.export_button.clicked.connect(self._on_export)
        self.close_button.clicked.connect(self.closed)

    def show_behind(self, found: Behind, ledger: MonthLedger, *, masked: bool = False) -> None:
        """List the households behind a figure of this ledger; ``masked`` is how their sheet will be written."""
        self.found, self._ledger, self._masked = found, ledger, masked
        self.said.setText(f"{found.title}：涉及 {len(found.lines):,} 户")
        self.table.set_items([
            Item((line.village, line.group, line.number, line.head_name, str(line.size), line.state), thing=line.household_id)
            for line in found.lines
        ])  # fmt: skip
        self.export_button.setText(f"导出这些户（{len(found.lines):,} 户）")
        for one in (self.open_button, self.export_button):
            one.setEnabled(bool(found.lines))
        if found.lines:
            self.table.table.selectRow(0)
        self.setVisible(True)

    def export_to(self, path: Path) -> None:
        """Write the households shown as a sheet of their own."""
        if self.found is not None and self._ledger is not None:
            op = partial(self._export, self._ledger, self.found, path, self._masked)
            changes = frozenset({"ledger"})
            self._office.long(f"正在写 {path.name}", op, self._exported, changes=changes, by=self._by)

    def file_name(self) -> str:
        """What the sheet of these households is called."""
        copy = "〔脱敏〕" if self._masked else ""
        return f"农户名单-{self.found.title.translate(_UNFIT)}{copy}.xlsx" if self.found else ""

    def _export(self, ledger: MonthLedger, found: Behind, path: Path, masked: bool, ticket: Ticket) -> Exported:
        return ledger_behind.export(self._office.record, ledger, found, path, ticket, masked=masked)

    def _exported(self, done: Exported) -> None:
        self._by.said.emit(f"已写出 {done.path.name}：{done.counted.households:,} 户。位置：{done.path.parent}", "pine")

    def _on_open(self) -> None:
        self._open(self.table.current_thing())

    def _open(self, thing: object) -> None:
        if isinstance(thing, int):
            self._by.go_asked.emit("households", thing)

    def _on_export(self) -> None:
        start = offered(clerks_folder(), self.file_name())
        path, _ = QFileDialog.getSaveFileName(self, "导出这些户", start, "工作簿 (*.xlsx)")
        if path:
            self.export_to(workbook_path(path))
