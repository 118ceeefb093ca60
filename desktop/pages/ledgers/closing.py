"""月结: the months in order, what closing one would freeze and what stops it, its receipt, its reprint and its unlocking.

Closing and unlocking need the reviewer beside the clerk; nothing typed or entered elsewhere is touched by either.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from db.papers import closing_receipt
from db.rules.codes import Role
from db.rules.monthclose import Month, named
from db.services.ledger import closing
from db.services.ledger import export as ledger_export
from db.services.ledger.closing import Close, Look, Months, MonthState, Ready
from db.services.ledger.export import Choice, Exported
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.ticket import Ticket
from desktop.pages.ledgers.closingshown import (
    ADJUSTED,
    MONTHS,
    VILLAGES,
    adjusted_items,
    both,
    closed_lines,
    figures,
    month_items,
    stop_lines,
    unlocked_lines,
    village_items,
)
from desktop.pages.ledgers.pane import Pane
from desktop.printing.window import show_paper
from desktop.widgets.chips import Chips
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.page import Page
from desktop.widgets.side import SideCard
from desktop.widgets.wrap import keep_whole

_LEFT = 300, 414
"""Between which widths the months give way to what is beside them."""
_PARTS = ("各村户数、人数", "调整明细")
_CHANGES = frozenset({"ledger"})


class ClosingPane(Pane):
    """A tab of 月度台账; acts are done by ``by``, the page."""

    def __init__(self, office: Office, by: Page, parent: QWidget | None = None) -> None:
        super().__init__(office, by, parent)
        self._found = Months((), None)
        self._look: Look | None = None
        self._wanted: Month | None = None
        self._filling = False
        self.folder = clerks_folder()
        self.months = ListTable(MONTHS, name="closing-months", parent=self)
        self.heading = label("", "heading", self)
        self.checks = SideCard("月结前检查")
        self.sums = SideCard("户数、人数")
        self.close_button = button("月结", "primary", self)
        self.receipt_button = button("打印回执", "plain", self)
        self.export_button = button("再导出", "plain", self)
        self.unlock_button = button("解锁", "danger", self)
        self.parts = Chips(_PARTS, self)
        self.villages = ListTable(VILLAGES, name="closing-villages", parent=self)
        self.villages_card = Card(parent=self, margin=0)
        self.adjusted = ListTable(ADJUSTED, name="closing-adjusted", parent=self)
        self.adjusted_card = Card(parent=self, margin=0)
        self.empty = Empty(
            "还没有可以月结的月份", "县审定并建档立卡以后，从第一张户卡的那个月起，一个月一个月月结。", parent=self
        )
        self._lay_out()
        keep_whole(self.checks)
        self.months.current_changed.connect(self._on_month)
        self.parts.chosen.connect(self._on_part)
        self.villages.table.selection_said.connect(by.selection_said)
        self.adjusted.opened.connect(self._on_household)
        self.adjusted.table.selection_said.connect(by.selection_said)
        self.close_button.clicked.connect(self._on_close)
        self.receipt_button.clicked.connect(self._on_receipt)
        self.export_button.clicked.connect(self._on_export)
        self.unlock_button.clicked.connect(self._on_unlock)

    def refresh(self) -> None:
        self._found = self.office.see(closing.months)
        self.empty.setVisible(not self._found.states)
        self.whole.setVisible(bool(self._found.states))
        listed = [state.month for state in self._found.states]
        shown = self._wanted if self._wanted in listed else self._begin()
        self._filling = True  # the row the keyboard falls on meanwhile is nobody's choice
        self.months.set_items(month_items(self._found.states, self._found.turn))
        if shown is not None:
            self.months.table.go_to(listed.index(shown))
        self._filling = False
        if shown is not None:
            self._read(shown)

    def choose(self, month: Month) -> None:
        """Show a month."""
        listed = [state.month for state in self._found.states]
        if month in listed:
            self.months.table.go_to(listed.index(month))

    def preview(self) -> None:
        """Ctrl+P: the receipt of the month shown."""
        if self.receipt_button.isVisible():
            self._on_receipt()

    def export_to(self, path: Path) -> None:
        """Write the closed month's workbook once more, from what was frozen."""
        if self._look is not None and self._look.ledger is not None:
            op = partial(self._export, path)
            self.office.long(f"正在写 {path.name}", op, self._exported, changes=_CHANGES, by=self.by)

    def _begin(self) -> Month | None:
        """The month to begin with: the one to be closed next, else the newest."""
        listed = [state.month for state in self._found.states]
        return self._found.turn if self._found.turn in listed else next(iter(listed), None)

    def _state(self) -> MonthState | None:
        return next((one for one in self._found.states if one.month == self._wanted), None)

    def _closing(self) -> Close | None:
        state = self._state()
        return state.closing if state is not None else None

    def _read(self, month: Month) -> None:
        self._wanted, self._look = month, None
        self._enable()
        self.heading.setText(f"{named(month)}　正在核对…")
        self.office.read("核对月份", closing.look, *month, done=self._show, failed=self._failed)

    def _show(self, look: Look) -> None:
        if look.month != self._wanted:
            return
        self._look = look
        state = self._state()
        earlier = state.earlier if state is not None else ()
        ledger, done = look.ledger, self._closing()
        self.heading.setText(f"{named(look.month)}　{'已月结' if done else '未月结'}")
        self.checks.set_title("月结回执" if done else "不能月结" if look.stops else "可以月结")
        if done is not None:
            self.checks.show_lines(closed_lines(done, earlier))
        else:
            sheets = len(ledger_export.names(ledger)) if ledger is not None else 0
            self.checks.show_lines(
                [
                    *stop_lines(look, sheets, first=not any(s.closing for s in self._found.states)),
                    *unlocked_lines(earlier),
                ]
            )
        self.sums.setVisible(ledger is not None)
        if ledger is not None:
            self.sums.show_figures(figures(ledger.total.movement, ledger.total.closing))
        self._show_parts(look)
        self._enable()

    def _show_parts(self, look: Look) -> None:
        """The figures of every village, and what was adjusted of months closed before."""
        ledger = look.ledger
        adjusted = ledger.adjustments if ledger is not None else ()
        self.villages.set_items(village_items(ledger) if ledger is not None else [])
        self.adjusted.set_items(adjusted_items(adjusted))
        self.parts.bar({} if adjusted else {_PARTS[1]: "这个月没有以前月份的调整"})
        self.parts.setVisible(ledger is not None)
        self._on_part()

    def _on_part(self, _text: str = "") -> None:
        adjusted = self.parts.text() == _PARTS[1]
        self.adjusted_card.setVisible(adjusted)
        self.villages_card.setVisible(not adjusted)

    def _enable(self) -> None:
        """Which buttons are there, and what they say will happen."""
        look, done = self._look, self._closing()
        open_now = look is not None and done is None
        self.close_button.setVisible(done is None)
        self.close_button.setEnabled(open_now and look is not None and not look.stops)
        for shown in (self.receipt_button, self.export_button, self.unlock_button):
            shown.setVisible(done is not None)
            shown.setEnabled(look is not None)
        if look is not None and look.ledger is not None:
            self.close_button.setText(f"月结 {named(look.month)}（{both(look.ledger.total.closing)}）")
        newest = max((s.month for s in self._found.states if s.closing is not None), default=None)
        self.unlock_button.setEnabled(look is not None and newest == self._wanted)
        self.unlock_button.setToolTip("" if newest == self._wanted else "只能解锁最后一个已月结的月份")

    def _failed(self, error: Exception) -> None:
        self.heading.setText(f"{named(self._wanted)}　没有核对成" if self._wanted else "")
        self.office.work.tell(error)

    def _on_month(self, thing: object) -> None:
        if isinstance(thing, tuple) and thing != self._wanted and not self._filling:
            self._read(thing)

    def _on_close(self) -> None:
        look = self._look
        if look is None or look.ledger is None or look.stops:
            return
        why = (
            f"封存 {named(look.month)}的全部台账：期末 {both(look.ledger.total.closing)}。封存后重印、再导出逐字相同，"
            "以后录入的更正列入下月“调整”。"
        )  # fmt: skip
        found = self.office.second(self, f"月结 {named(look.month)}", why, reviewer=self._needs_reviewer())
        if found is not None:
            second, note = found
            keep = partial(self.office.act, closing.close, *look.month, note, second=second)
            op = partial(self._close, look, keep)
            self.office.long(f"月结 {named(look.month)}", op, self._closed, changes=_CHANGES, by=self.by)

    def _close(self, look: Look, keep: Callable[[Ready], Close], ticket: Ticket) -> Close:
        """Made ready beside the window and the writing; the record is only held for the moment of keeping it."""
        return keep(self.office.see(closing.prepare, *look.month, ticket, look))

    def _closed(self, done: Close) -> None:
        self.by.said.emit(f"已月结 {named(done.month)}：{done.number}，{both(done.counted)}", "pine")
        self._wanted = done.month
        self.by.renew()

    def _on_unlock(self) -> None:
        done = self._closing()
        if done is None:
            return
        why = f"{done.number}作废，{named(done.month)}重新变为未结，重新月结时换新的回执号。封存过的内容和解锁的原因都保留。"
        found = self.office.second(self, f"解锁 {named(done.month)}", why, reviewer=self._needs_reviewer())
        if found is not None:
            second, reason = found
            self.office.write(
                "解锁月结", closing.unlock, *done.month, reason, done=self._unlocked, changes=_CHANGES, by=self.by,
                second=second,
            )  # fmt: skip

    def _unlocked(self, _: None) -> None:
        if self._wanted is not None:
            self.by.said.emit(f"已解锁 {named(self._wanted)}，原因已记入经过", "ochre")
        self.by.renew()

    def _needs_reviewer(self) -> bool:
        return self.office.record.actor.role is not Role.REVIEWER

    def _on_receipt(self) -> None:
        done = self._closing()
        if done is not None:
            self.office.read("排月结回执", closing.receipt, done.id, done=self._show_receipt)

    def _show_receipt(self, facts: closing_receipt.ReceiptFacts) -> None:
        show_paper(self, closing_receipt.build(facts))

    def _on_export(self) -> None:
        if self._look is None or self._look.ledger is None:
            return
        name = ledger_export.file_name(self._look.ledger, Choice(), self.office.see(ledger_export.pattern))
        path, _ = QFileDialog.getSaveFileName(self, "再导出", offered(self.folder, name), "工作簿 (*.xlsx)")
        if path:
            self.folder = Path(path).parent
            self.export_to(workbook_path(path))

    def _export(self, path: Path, ticket: Ticket) -> Exported:
        assert self._look is not None
        assert self._look.ledger is not None
        return ledger_export.export(self.office.record, self._look.ledger, path, ticket)

    def _exported(self, done: Exported) -> None:
        text = f"已写出 {done.path.name}：{both(done.counted)}，与月结时封存的逐字相同。位置：{done.path.parent}"
        self.by.said.emit(text, "pine")

    def _on_household(self, thing: object) -> None:
        if isinstance(thing, int):
            self.by.go_asked.emit("households", thing)

    def _lay_out(self) -> None:
        self.whole = QWidget(self)
        split, left, right = row(self.whole, gap=14), Card(parent=self, margin=0), QVBoxLayout()
        left.setMinimumWidth(_LEFT[0])
        left.setMaximumWidth(_LEFT[1])
        left.body.addWidget(self.months)
        right.setSpacing(10)
        right.addWidget(self.heading)
        cards = row(gap=14)
        cards.addWidget(self.checks, 3, Qt.AlignmentFlag.AlignTop)
        cards.addWidget(self.sums, 2, Qt.AlignmentFlag.AlignTop)
        right.addLayout(cards)
        acts = row(gap=10)
        for act in (self.close_button, self.receipt_button, self.export_button):
            acts.addWidget(act)
        acts.addStretch(1)
        acts.addWidget(self.unlock_button)
        right.addLayout(acts)
        right.addWidget(self.parts)
        self.adjusted_card.body.addWidget(self.adjusted)
        self.villages_card.body.addWidget(self.villages)
        right.addWidget(self.adjusted_card, 1)
        right.addWidget(self.villages_card, 1)
        split.addWidget(left, 4)
        split.addLayout(right, 7)
        outer = column(self)
        outer.addWidget(self.whole, 1)
        outer.addWidget(self.empty, 1)
