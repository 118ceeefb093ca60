"""台账: choose month, sheets and what else there is to choose, see every sheet as it will be written, then write them for the county.

Nothing is counted here: the figures come from the register with their own proof, and a figure that does not come out is said instead of
being exported.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from db.errors import Refused
from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.rules.ledgerchoice import narrowed
from db.services.ledger import behind as ledger_behind
from db.services.ledger import export as ledger_export
from db.services.ledger import ledger
from db.services.ledger.behind import Behind
from db.services.ledger.export import Choice, Exported, Files, SheetPreview
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.work import Ticket
from desktop.pages.ledgers.behind import BehindCard
from desktop.pages.ledgers.choices import Choices, Keeping
from desktop.pages.ledgers.closingshown import both
from desktop.pages.ledgers.pane import Pane
from desktop.pages.ledgers.sheetview import SheetView
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.looks import Card, button, column, row
from desktop.widgets.page import Page
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Line, SideCard
from desktop.widgets.ticks import Tickable, Ticks
from desktop.widgets.wrap import keep_whole

SHEETS = (Column("name", "台账", 116), Column("rows", "行", 58, "right"), Column("since", "与上月", 128))
_KEY = "ledger/left out"
_WIDTH = 372


class WritingPane(Pane):
    """Signal ``month_shown(text)``: the month that is shown now, as a title."""

    month_shown = Signal(str)

    def __init__(self, office: Office, by: Page, keeping: Keeping | None = None, parent: QWidget | None = None) -> None:
        super().__init__(office, by, parent)
        self._keeping = keeping
        self._ledger: MonthLedger | None = None
        self._previews: tuple[SheetPreview, ...] = ()
        self._pattern = ""
        self._asked = 0
        self.folder = clerks_folder()
        self.choices = Choices(keeping, self)
        self.export_button = button("导出台账", "primary", self)
        self.sheets = Ticks(SHEETS, "张表")
        self.checks = SideCard("导出前检查")
        self.view = SheetView(self)
        self.behind = BehindCard(office, by, self)
        self.empty = Empty("这个月还没有在册的贫困户", "县审定并建档立卡后，台账里才有户")
        self._lay_out()
        keep_whole(self.checks)
        self.choices.month_chosen.connect(self._read)
        self.choices.changed.connect(self._prepare)
        self.export_button.clicked.connect(self._on_export)
        self.sheets.changed.connect(self._on_ticked)
        self.sheets.list.current_changed.connect(self._on_sheet)
        self.view.figure_asked.connect(self._on_figure)
        self.view.household_asked.connect(self._on_household)
        self.view.selection_said.connect(by.selection_said)
        self.behind.closed.connect(self.behind.hide)

    def refresh(self) -> None:
        self._read(self.choices.show_months(self.office.record.clock.now().date()))

    def choose_month(self, first: date) -> None:
        """Show the month that begins on that day."""
        self._read(self.choices.choose_month(first))

    def choice(self) -> Choice:
        """What is chosen now; all sheets ticked is no choice of sheets."""
        ticked = [self._previews[n].name for n in self.sheets.ticked() if isinstance(n, int)]
        return self.choices.choice(() if len(ticked) == len(self._previews) else ticked)

    def export_to(self, path: Path) -> None:
        """Write the chosen sheets to ``path``, with progress and cancel."""
        if self._ledger is not None:
            op = partial(self._export, self._ledger, path, self.choice())
            self._write(f"正在写 {path.name}", op)

    def export_into(self, folder: Path) -> None:
        """Write the chosen files into ``folder``, with progress and cancel."""
        if self._ledger is not None:
            op = partial(self._export_all, self._ledger, folder, self.choice())
            self._write("正在写台账", op)

    def file_name(self) -> str:
        """The name the county expects for what is chosen."""
        return ledger_export.file_name(self._ledger, self.choice(), self._pattern) if self._ledger else ""

    def _write(self, title: str, op: partial[tuple[Exported, ...]]) -> None:
        self.office.long(title, op, self._exported, changes=frozenset({"ledger"}), by=self.by)

    def _export(self, found: MonthLedger, path: Path, choice: Choice, ticket: Ticket) -> tuple[Exported, ...]:
        return (ledger_export.export(self.office.record, found, path, ticket, choice),)

    def _export_all(self, found: MonthLedger, folder: Path, choice: Choice, ticket: Ticket) -> tuple[Exported, ...]:
        return ledger_export.export_files(self.office.record, found, folder, ticket, choice, self._pattern)

    def _read(self, first: object) -> None:
        assert isinstance(first, date)
        self.behind.hide()
        self._asked += 1
        self.office.read(
            "读取台账",
            ledger.month,
            first.year,
            first.month,
            done=partial(self._take, self._asked),
            failed=self._refused,
        )

    def _take(self, asked: int, found: MonthLedger) -> None:
        if asked != self._asked:
            return
        self._ledger = found
        self._pattern = self.office.see(ledger_export.pattern)
        self.choices.show_villages([row.village for row in found.villages])
        self.month_shown.emit(f"{found.year} 年 {found.month} 月台账")
        self._prepare()

    def _prepare(self) -> None:
        """Make the previews of what is chosen beside the window; of several askings the last one counts."""
        if self._ledger is not None:
            self._asked += 1
            op = partial(ledger_export.preview, self._ledger, self.choices.choice())
            self.office.work.read("准备台账", op, partial(self._show, self._asked))

    def _show(self, asked: int, found: tuple[SheetPreview, ...]) -> None:
        if asked != self._asked or self._ledger is None:
            return
        shown, out = self._current(), self._left_out()
        self._previews = found
        counted = found[0].counted
        self.sheets.set_rows([
            Tickable((p.name, f"{p.rows:,}", _since(p)), n, ticked=p.name not in out) for n, p in enumerate(found)
        ])  # fmt: skip
        place = next((n for n, p in enumerate(found) if p.name == shown), 0)
        self.sheets.list.table.selectRow(place)
        self.checks.show_lines(_checks(narrowed(self._ledger, self.choices.chosen_villages())))
        self.view.setVisible(counted.households > 0)
        self.empty.setVisible(counted.households == 0)
        self._show_sheet(place)
        self._say_button()

    def _current(self) -> str:
        place = self.sheets.list.current_thing()
        return self._previews[place].name if isinstance(place, int) and place < len(self._previews) else ""

    def _left_out(self) -> set[str]:
        """The sheets the clerk does not want."""
        if self._previews:
            ticked = self.sheets.ticked()
            return {p.name for n, p in enumerate(self._previews) if n not in ticked}
        return set((self._keeping.text(_KEY) if self._keeping else "").split("|"))

    def _say_button(self) -> None:
        ticked, counted = len(self.sheets.ticked()), self._previews[0].counted
        every = "全部" if ticked == len(self._previews) else ""
        self.export_button.setText(f"导出{every}（{ticked} 张表）")
        self.export_button.setEnabled(ticked > 0 and counted.households > 0)

    def _refused(self, error: Exception) -> None:
        self._ledger = None
        self.export_button.setEnabled(False)
        if isinstance(error, Refused):
            self.checks.show_lines([Line(p.text, "bad") for p in error.problems])
        self.office.work.tell(error)

    def _on_ticked(self) -> None:
        if self._keeping is not None:
            self._keeping.keep(_KEY, "|".join(sorted(self._left_out())))
        self._say_button()

    def _on_sheet(self, thing: object) -> None:
        if isinstance(thing, int) and self.sheets.list.table.hasFocus():
            self._show_sheet(thing)

    def _show_sheet(self, number: int) -> None:
        assert self._ledger is not None
        self.behind.hide()
        shown = self._previews[number]
        self.view.show_sheet(shown, ledger_behind.opens(self._ledger, shown.name))

    def _on_figure(self, key: str, at: int) -> None:
        if self._ledger is None:
            return
        choice = self.choices.choice()
        mine = narrowed(self._ledger, choice.villages)
        self.office.read(
            "读取农户", ledger_behind.opened, mine, self._current(), key, at, yearly=choice.yearly,
            done=partial(self._show_behind, mine, choice.masked),
        )  # fmt: skip

    def _show_behind(self, mine: MonthLedger, masked: bool, found: Behind) -> None:
        self.behind.show_behind(found, mine, masked=masked)

    def _on_household(self, household_id: int) -> None:
        self.by.go_asked.emit("households", household_id)

    def _on_export(self) -> None:
        choice = self.choice()
        if choice.files is Files.ONE:
            start = offered(self.folder, self.file_name())
            path, _ = QFileDialog.getSaveFileName(self, "导出台账", start, "工作簿 (*.xlsx)")
            if path:
                self.folder = Path(path).parent
                self.export_to(workbook_path(path))
            return
        chosen = QFileDialog.getExistingDirectory(self, "导出到哪个文件夹", str(self.folder))
        if chosen and self._may_replace(Path(chosen), choice):
            self.folder = Path(chosen)
            self.export_into(self.folder)

    def _may_replace(self, folder: Path, choice: Choice) -> bool:
        assert self._ledger is not None
        names = [name for name, _ in ledger_export.files_of(self._ledger, choice, self._pattern)]
        there = [name for name in names if (folder / name).exists()]
        if not there:
            return True
        text = f"这个文件夹里已有 {len(there)} 个同名文件，如“{there[0]}”，要用新的换掉吗？"
        answers = (Answer("不导出", "no"), Answer(f"换掉（{len(there)} 个）", "yes", "primary"))
        return ask(self, "已有同名文件", text, answers) == "yes"

    def _exported(self, done: Sequence[Exported]) -> None:
        counted = done[0].counted
        what = done[0].path.name if len(done) == 1 else f"{len(done)} 个文件"
        if len(done) > 1 and self.choices.choice().files is Files.VILLAGE:
            counted = sum((one.counted for one in done), Count())
        self.by.said.emit(f"已写出 {what}：{both(counted)}，已回读核对。位置：{done[0].path.parent}", "pine")

    def _lay_out(self) -> None:
        left, right, split = QVBoxLayout(), QVBoxLayout(), row(gap=14)
        left.setSpacing(12)
        names = Card(margin=8)
        names.setFixedWidth(_WIDTH)
        self.checks.setFixedWidth(_WIDTH)
        names.body.addWidget(self.sheets)
        left.addWidget(names, 1)
        left.addWidget(self.checks)
        right.setSpacing(8)
        right.addWidget(self.view, 3)
        right.addWidget(self.behind, 2)
        right.addWidget(self.empty, 1)
        self.behind.hide()
        self.empty.hide()
        split.addLayout(left)
        split.addLayout(right, 1)
        whole = column(self, 10)
        whole.addWidget(self.choices)
        whole.addLayout(split, 1)


def _since(shown: SheetPreview) -> str | Cell:
    """What came and went since the month before: +14 −0, with what was adjusted of closed months."""
    if shown.since is None:
        return Cell("—", "grey")
    came, went, adjusted = shown.since
    more = f" 调整{adjusted:+,}".replace("-", "−") if adjusted else ""
    return f"+{came:,} −{went:,}{more}"


def _checks(found: MonthLedger) -> list[Line]:
    moved, closing = found.total.movement, found.total.closing
    ended = f" − 终止 {both(moved.ended)}" if moved.ended.households else ""
    adjusted = f" + 调整 {both(moved.adjusted)}" if moved.adjusted != Count() else ""
    rest = closing - moved.opening - moved.adjusted - moved.added + moved.ended
    other = f" + 其他增减 {both(rest)}" if rest != Count() else ""
    sums = f"期初 {both(moved.opening)}{adjusted} + 新增 {both(moved.added)}{ended}{other} = 期末 {both(closing)}"
    lines = [
        Line(sums, "ok"),
        Line("各村、各表、六进七不进各栏都与名册相符", "ok"),
        Line("帮扶、资金、脱贫等列暂无数据，写“—”，不写 0", "mind"),
    ]
    if found.adjustments:
        lines.insert(1, Line(f"带入上月月结后的调整 {len(found.adjustments)} 件，另附“调整明细”", "mind"))
    if found.receipt:
        lines.insert(0, Line(f"已月结（{found.receipt}），导出的是月结时封存的内容", "ok"))
    return lines
