"""名单变化: one month's list against an earlier one, kind by kind and household by household, with cause and paper.

The sentence at the top is for the 简报; what is chosen below is what is written and printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from db.papers import comparing as paper
from db.papers.wording import masked
from db.rules.comparing import Comparison, Entry, Variation, VillageVariations, sentence
from db.rules.counts import Count
from db.rules.monthclose import Month, before, named
from db.services.ledger import closing, comparing
from db.services.ledger.comparing import Exported
from desktop.app.copying import take
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.ticket import Ticket
from desktop.pages.ledgers.closingshown import both, signed
from desktop.pages.ledgers.pane import Pane
from desktop.printing.window import show_paper
from desktop.widgets.chips import Chips
from desktop.widgets.colours import Tone
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import ALL, Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.page import Page
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Figure, SideCard

COLUMNS = (
    Column("kind", "类型", 88),
    Column("village", "村", 72),
    Column("head", "户主", 68),
    Column("households", "户", 40, "right", summed=True),
    Column("persons", "人", 40, "right", summed=True),
    Column("on", "日期", 60),
    Column("what", "变化", 214, least=110),
    Column("cause", "原因", 120, least=64),
    Column("paper", "依据", 130, least=64),
)
VILLAGES = (
    Column("village", "户 / 人", 68),
    Column("old", "原有", 88, "right"),
    Column("net", "增减", 72, "right"),
    Column("new", "现有", 88, "right"),
)
CHIPS: dict[Variation, str] = {kind: "终止" if kind is Variation.ENDED else kind.value for kind in Variation}
_TONES: dict[Variation, Tone] = {
    Variation.ADDED: "pine", Variation.JOINED: "pine", Variation.ENDED: "red", Variation.CANCELLED: "red",
    Variation.LEFT: "red", Variation.ADJUSTED: "ochre", Variation.PARTICULARS: "grey",
}  # fmt: skip
_SIDE = 334
_PARTS = ("各村增减", "各类增减")


class ComparingPane(Pane):
    """A tab of 月度台账; what is said goes through ``by``, the page."""

    def __init__(self, office: Office, by: Page, parent: QWidget | None = None) -> None:
        super().__init__(office, by, parent)
        self.setProperty("help", "ledgers.md#名单变化")
        self._months: Sequence[Month] = ()
        self._found: Comparison | None = None
        self._village = ""
        self.folder = clerks_folder()
        self.new_month: QComboBox = Box(self)
        self.old_month: QComboBox = Box(self)
        for box, name in ((self.new_month, "月份"), (self.old_month, "对照的月份")):
            box.setAccessibleName(name)
            box.setMinimumWidth(172)
        self.print_button = button("打印", "plain", self)
        self.export_button = button("导出", "primary", self)
        self.sentence = label("", "", self, wrap=True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy_button = button("复制这句话", "link", self)
        self.list = ListTable(COLUMNS, tuple(CHIPS.values()), "comparing", parent=self)
        self.none = Empty("两个月的名单没有差别", "换一个月对照，或先录入人员变动、县审定结果。", parent=self)
        self.parts = Chips(_PARTS, self)
        self.sums = SideCard("户数、人数")
        self.villages = ListTable(VILLAGES, name="comparing-villages", parent=self)
        self.empty = Empty("还没有可以对照的名单", "县审定并建档立卡以后，这里逐户列出每个月的变化。", parent=self)
        self._lay_out()
        self.new_month.activated.connect(self._on_new_month)
        self.old_month.activated.connect(self._on_months)
        self.print_button.clicked.connect(self._on_print)
        self.export_button.clicked.connect(self._on_export)
        self.copy_button.clicked.connect(self._on_copy)
        self.list.opened.connect(self._on_household)
        self.list.filtered.connect(self._on_filtered)
        self.list.table.selection_said.connect(by.selection_said)
        self.villages.current_changed.connect(self._on_village)
        self.parts.chosen.connect(self._on_part)
        self._on_part()

    def refresh(self) -> None:
        states = self.office.see(closing.months).states
        self.empty.setVisible(not states)
        self.whole.setVisible(bool(states))
        if not states:
            return
        listed = [state.month for state in states]
        chosen = self._pair() if self._months else None
        self._months = (*listed, before(listed[-1]))
        for box in (self.new_month, self.old_month):
            box.clear()
        closed = {state.month for state in states if state.closing is not None}
        self.new_month.addItems([_title(month, closed) for month in self._months[:-1]])
        self.old_month.addItems([_title(month, closed) for month in self._months[1:]])
        self.choose(*(chosen or (before(listed[0]), listed[0])))

    def choose(self, old: Month, new: Month) -> None:
        """Compare two months; what is not listed falls back to the newest and the one before it."""
        new = new if new in self._months[:-1] else self._months[0]
        old = old if old in self._months[1:] and old < new else before(new)
        self.new_month.setCurrentIndex(self._months.index(new))
        self.old_month.setCurrentIndex(self._months.index(old) - 1)
        self._read()

    def preview(self) -> None:
        """Ctrl+P."""
        self._on_print()

    def export_to(self, path: Path) -> None:
        """Write what is shown to a workbook."""
        if self._found is not None:
            op = partial(self._export, self._found, self.shown(), path)
            self.office.long(f"正在写 {path.name}", op, self._exported, changes=frozenset({"ledger"}), by=self.by)

    def shown(self) -> tuple[Entry, ...]:
        """The entries of the chosen village and kind."""
        if self._found is None:
            return ()
        kind = next((k for k, text in CHIPS.items() if self.list.chip(text).isChecked()), None)
        return tuple(
            e
            for e in self._found.entries
            if self._village in ("", e.village) and (kind is None or e.kind is kind)
        )  # fmt: skip

    def _pair(self) -> tuple[Month, Month]:
        return self._months[self.old_month.currentIndex() + 1], self._months[self.new_month.currentIndex()]

    def _on_new_month(self) -> None:
        """Another month is compared with the one before it."""
        _, new = self._pair()
        self.choose(before(new), new)

    def _on_months(self) -> None:
        old, new = self._pair()
        if old >= new:
            self.by.said.emit(f"对照的月份要早于 {named(new)}，已改为上个月", "ochre")
        self.choose(old, new)

    def _read(self) -> None:
        self._found = None
        for act in (self.print_button, self.export_button, self.copy_button):
            act.setEnabled(False)
        self.sentence.setText("正在对照…")
        self.office.read("对照名单", comparing.between, *self._pair(), done=self._show, failed=self._failed)

    def _show(self, found: Comparison) -> None:
        if (found.old_month, found.new_month) != self._pair():
            return
        self._found, self._village = found, ""
        self.sentence.setText(sentence(found))
        self.copy_button.setEnabled(True)
        self.sums.set_title(f"{named(found.old_month)}底 → {named(found.new_month)}底")
        self.sums.show_figures(_figures(found))
        rows = [row for row in found.villages if row.old != Count() or row.new != Count() or row.kinds]
        self.villages.set_items([_village_item(row) for row in (found.total, *rows)])
        self.villages.table.go_to(0)
        self.list.choose(ALL)
        self._show_list()

    def _show_list(self) -> None:
        found = self._found.entries if self._found is not None else ()
        mine = [e for e in found if self._village in ("", e.village)]
        self.list.set_items([_item(e) for e in mine])
        kinds = {e.kind for e in mine}
        for kind, text in CHIPS.items():
            self.list.chip(text).setVisible(kind in kinds)
        self.list.setVisible(bool(found))
        self.none.setVisible(not found)
        self._tell_acts()

    def _tell_acts(self) -> None:
        count = len(self.shown())
        for act, what in ((self.print_button, "打印"), (self.export_button, "导出")):
            act.setText(f"{what}（{count:,} 条）" if count else what)
            act.setEnabled(count > 0)

    def _failed(self, error: Exception) -> None:
        self.sentence.setText("没有对照成，请看上面的提示。")
        self.office.work.tell(error)

    def _on_village(self, thing: object) -> None:
        if isinstance(thing, str) and thing != self._village:
            self._village = thing
            self._show_list()

    def _on_part(self, _text: str = "") -> None:
        of_kinds = self.parts.text() == _PARTS[1]
        self.sums.setVisible(of_kinds)
        self.villages_card.setVisible(not of_kinds)

    def _on_filtered(self, _group: str) -> None:
        self._tell_acts()

    def _on_copy(self) -> None:
        take(self.sentence.text())
        self.by.said.emit("已复制，可以粘贴到简报里", "pine")

    def _on_print(self) -> None:
        if self._found is not None and self.shown():
            self.office.read("排名单变化表", comparing.paper, self._found, self.shown(), done=self._show_paper)

    def _show_paper(self, facts: paper.ChangesFacts) -> None:
        show_paper(self, paper.build(facts))

    def _on_export(self) -> None:
        if self._found is None:
            return
        start = offered(self.folder, comparing.file_name(self._found))
        path, _ = QFileDialog.getSaveFileName(self, "导出名单变化", start, "工作簿 (*.xlsx)")
        if path:
            self.folder = Path(path).parent
            self.export_to(workbook_path(path))

    def _export(self, found: Comparison, entries: tuple[Entry, ...], path: Path, ticket: Ticket) -> Exported:
        return comparing.export(self.office.record, found, entries, path, ticket)

    def _exported(self, done: Exported) -> None:
        self.by.said.emit(f"已写出 {done.path.name}：{done.lines:,} 条，已回读核对。位置：{done.path.parent}", "pine")

    def _on_household(self, thing: object) -> None:
        if isinstance(thing, int):
            self.by.go_asked.emit("households", thing)

    def _lay_out(self) -> None:
        self.whole = QWidget(self)
        whole, bar = column(self.whole, 10), row(gap=10)
        bar.addWidget(self.new_month)
        bar.addWidget(label("对照", "quiet", self))
        bar.addWidget(self.old_month)
        bar.addStretch(1)
        bar.addWidget(self.print_button)
        bar.addWidget(self.export_button)
        said = Card(parent=self, margin=10)
        line = row(gap=12)
        line.addWidget(self.sentence, 1)
        line.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        said.body.addLayout(line)
        split, left, right = row(gap=14), Card(parent=self, margin=10), QVBoxLayout()
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.none, 1)
        side, self.villages_card = QWidget(self), Card(parent=self, margin=0)
        side.setFixedWidth(_SIDE)
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(10)
        right.addWidget(self.parts)
        right.addWidget(self.sums)
        self.villages_card.body.addWidget(self.villages)
        right.addWidget(self.villages_card, 100)
        right.addStretch(1)
        split.addWidget(left, 1)
        split.addWidget(side)
        whole.addLayout(bar)
        whole.addWidget(said)
        whole.addLayout(split, 1)
        outer = column(self)
        outer.addWidget(self.whole, 1)
        outer.addWidget(self.empty, 1)


def _title(month: Month, closed: set[Month]) -> str:
    return f"{month[0]} 年 {month[1]} 月{'（已月结）' if month in closed else ''}"


def _item(e: Entry) -> Item:
    kind = Cell(e.kind.value, _TONES.get(e.kind, ""), "pill")
    what, cause = masked(e.what), masked(e.cause)
    day = f"{e.on:%m-%d}" if e.on else "—"
    entered = f"{e.entered_on} {e.actor}登记" if e.entered_on else ""
    return Item(
        (
            kind, Cell(e.village, tip=f"{e.village}{e.group}"), Cell(e.head_name, tip=f"{e.number}，{e.size} 人"),
            Cell(signed(e.counts.households)), Cell(signed(e.counts.persons)), Cell(day, tip=f"{e.on or ''}　{entered}".strip()), Cell(what, tip=what),
            Cell(cause or "—", tip=cause), Cell(masked(e.paper) or "—", tip=masked(e.paper)),
        ),
        CHIPS[e.kind],
        e.household_id,
    )  # fmt: skip


def _village_item(one: VillageVariations) -> Item:
    whole = one.village == "合计"
    net = one.new - one.old
    told = f"{signed(net.households)} / {signed(net.persons)}"
    figures = (f"{one.old.households} / {one.old.persons}", told, f"{one.new.households} / {one.new.persons}")
    return Item((Cell("全镇" if whole else one.village), *map(Cell, figures)), thing="" if whole else one.village)


def _figures(found: Comparison) -> list[Figure]:
    lines = [Figure(f"{named(found.old_month)}底", both(found.old))]
    for kind, tally in found.tallies.items():
        if tally.households and kind is not Variation.PARTICULARS:
            told = f"{signed(tally.counts.households)} 户 {signed(tally.counts.persons)} 人"
            lines.append(Figure(kind.value, told))
    lines.append(Figure(f"{named(found.new_month)}底", both(found.new), total=True))
    edited = found.tallies[Variation.PARTICULARS].households
    return [*lines, Figure("信息变更", f"{edited} 户")] if edited else lines
