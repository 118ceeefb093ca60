"""台账: choose the month, see every sheet as it will be written, then write them all into one workbook for the county.

Nothing is counted here: the figures come from the register with their own proof, and a figure that does not come out is said instead of
being exported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from db.errors import Refused
from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.services import ledger, ledger_export
from db.services.ledger_export import Choice, Exported, SheetPreview
from desktop.app.office import Office
from desktop.app.paths import clerks_folder
from desktop.app.work import Ticket
from desktop.pages.ledgers.pane import Pane
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.page import Page
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Align, Column
from desktop.widgets.side import Line, SideCard

SHEETS = (Column("name", "台账", 170), Column("rows", "行", 70, "right"), Column("counted", "户 / 人", 120, "right"))
_MONTHS_BACK = 12
_PRIVATE = re.compile(r"\d{17}[\dX]|1[3-9]\d{9}|\d{15,19}")
_WIDE = {
    "姓名": 84,
    "户主": 84,
    "证件号码": 96,
    "户编号": 130,
    "序号": 56,
    "村": 84,
    "行政村": 84,
    "主要致贫原因": 116,
}


class WritingPane(Pane):
    """Signal ``month_shown(text)``: the month that is shown now, as a title."""

    month_shown = Signal(str)

    def __init__(self, office: Office, by: Page, parent: QWidget | None = None) -> None:
        super().__init__(office, by, parent)
        self._ledger: MonthLedger | None = None
        self._previews: tuple[SheetPreview, ...] = ()
        self._months: Sequence[date] = ()
        self.folder = clerks_folder()
        self.month: QComboBox = Box(self)
        self.month.setAccessibleName("月份")
        self.month.setMinimumWidth(140)
        self.freeze = QCheckBox("冻结表头", self)
        self.freeze.setChecked(True)
        self.export_button = button("导出台账", "primary", self)
        self.sheets = ListTable(SHEETS, name="ledger-sheets")
        self.checks = SideCard("导出前检查")
        self.heading = label("", "heading", self)
        self.table_card = Card(margin=0)
        self.table: ListTable | None = None
        self.empty = Empty("这个月还没有在册的贫困户", "县审定并建档立卡后，台账里才有户")
        self._lay_out()
        self.month.activated.connect(self._on_month)
        self.export_button.clicked.connect(self._on_export)
        self.sheets.current_changed.connect(self._on_sheet)

    def refresh(self) -> None:
        chosen = self._months[self.month.currentIndex()] if self._months else None
        self._months = _months(self.office.record.clock.now().date())
        self.month.clear()
        self.month.addItems([f"{first.year} 年 {first.month} 月" for first in self._months])
        self._choose(chosen or self._months[0])

    def choose_month(self, first: date) -> None:
        """Show the month that begins on that day."""
        self._choose(first)

    def export_to(self, path: Path) -> None:
        """Write the month's workbook to ``path``, with progress and cancel."""
        if self._ledger is None:
            return
        op = partial(self._export, self._ledger, path, self.freeze.isChecked())
        self.office.long(f"正在写 {path.name}", op, self._exported, changes=frozenset({"ledger"}), by=self.by)

    def file_name(self) -> str:
        """The name the county expects for the month shown."""
        return ledger_export.file_name(self._ledger, Choice()) if self._ledger else ""

    def _export(self, found: MonthLedger, path: Path, freeze: bool, ticket: Ticket) -> Exported:
        return ledger_export.export(self.office.record, found, path, ticket, Choice(freeze=freeze))

    def _read(self, first: date) -> None:
        self.office.read("读取台账", ledger.month, first.year, first.month, done=self._show, failed=self._refused)

    def _show(self, found: MonthLedger) -> None:
        self._ledger = found
        self._previews = ledger_export.preview(found)
        total = found.total
        counted = total.closing
        self.month_shown.emit(f"{found.year} 年 {found.month} 月台账")
        self.sheets.set_items([Item((p.name, f"{p.rows:,}", _pair(p)), thing=n) for n, p in enumerate(self._previews)])
        self.sheets.table.selectRow(0)
        self.export_button.setEnabled(counted.households > 0)
        self.export_button.setText(f"导出全部（{len(self._previews)} 张表）")
        self.checks.show_lines(_checks(found))
        self.table_card.setVisible(counted.households > 0)
        self.empty.setVisible(counted.households == 0)
        self._show_sheet(0)

    def _refused(self, error: Exception) -> None:
        self._ledger = None
        self.export_button.setEnabled(False)
        if isinstance(error, Refused):
            self.checks.show_lines([Line(p.text, "bad") for p in error.problems])
        self.office.work.tell(error)

    def _on_month(self, place: int) -> None:
        self._read(self._months[place])

    def _choose(self, first: date) -> None:
        place = self._months.index(first) if first in self._months else 0
        self.month.setCurrentIndex(place)
        self._read(self._months[place])

    def _on_sheet(self, thing: object) -> None:
        if isinstance(thing, int):
            self._show_sheet(thing)

    def _show_sheet(self, number: int) -> None:
        shown = self._previews[number]
        more = f"，这里显示前 {len(shown.first):,} 行" if shown.rows > len(shown.first) else ""
        self.heading.setText(f"{shown.name}　共 {_pair(shown)}{more}")
        table = ListTable(_columns(shown), name=f"ledger-{shown.name}")
        table.set_items([Item(tuple(_hidden(text) for text in line)) for line in shown.first])
        table.table.selection_said.connect(self.by.selection_said)
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self.table = table
        self.table_card.body.addWidget(table, 1)

    def _on_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "导出台账", str(self.folder / self.file_name()), "工作簿 (*.xlsx)")
        if path:
            self.folder = Path(path).parent
            self.export_to(Path(path) if path.endswith(".xlsx") else Path(f"{path}.xlsx"))

    def _exported(self, done: Exported) -> None:
        counted = done.counted
        text = f"已写出 {done.path.name}：{counted.households:,} 户 {counted.persons:,} 人，已回读核对。位置：{done.path.parent}"
        self.by.said.emit(text, "pine")

    def _lay_out(self) -> None:
        bar: QHBoxLayout = row(gap=10)
        bar.addWidget(self.month)
        bar.addWidget(self.freeze)
        bar.addStretch(1)
        left, right, split = QVBoxLayout(), QVBoxLayout(), row(gap=14)
        left.setSpacing(14)
        names = Card(margin=0)
        names.setFixedWidth(380)
        self.checks.setFixedWidth(380)
        names.body.addWidget(self.sheets)
        left.addLayout(bar)
        left.addWidget(names, 1)
        left.addWidget(self.checks)
        right.setSpacing(8)
        right.addWidget(self.heading)
        right.addWidget(self.table_card, 1)
        right.addWidget(self.empty, 1)
        self.empty.hide()
        split.addLayout(left)
        split.addLayout(right, 1)
        column(self).addLayout(split)


def _months(today: date) -> Sequence[date]:
    first = today.replace(day=1)
    found = [first]
    for _ in range(_MONTHS_BACK):
        year, month = divmod(found[-1].year * 12 + found[-1].month - 2, 12)
        found.append(date(year, month + 1, 1))
    return found


def _pair(shown: SheetPreview) -> str:
    return _both(shown.counted)


def _both(counted: Count) -> str:
    return f"{counted.households:,} 户 {counted.persons:,} 人"


def _columns(shown: SheetPreview) -> tuple[Column, ...]:
    aligns: dict[str, Align] = {"left": "left", "right": "right", "center": "center"}
    return tuple(
        Column(f"c{n}", title.replace("\n", ""), _WIDE.get(title, 96), aligns[align], summed=align == "right")
        for n, (title, align) in enumerate(zip(shown.titles, shown.aligns, strict=True))
    )


def _hidden(text: str) -> str:
    return f"***{text[-4:]}" if _PRIVATE.fullmatch(text) else text


def _checks(found: MonthLedger) -> list[Line]:
    moved, closing = found.total.movement, found.total.closing
    ended = f" − 终止 {_both(moved.ended)}" if moved.ended.households else ""
    sums = f"期初 {_both(moved.opening)} + 新增 {_both(moved.added)}{ended} = 期末 {_both(closing)}"
    return [
        Line(sums, "ok"),
        Line("各村之和等于全镇合计，各表合计等于名册户数、人数", "ok"),
        Line("帮扶、资金、脱贫等列暂无数据，写“—”并在表脚说明，不写 0", "mind"),
    ]
