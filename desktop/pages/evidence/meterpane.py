"""欠件: village by village, household by household, what is still missing, each thing with the way to mend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.rules.evidence import Missing
from db.services.evidence.shortfall import HouseholdMeter, Meter, PaperMeter, VillageMeter
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, Rule, button, column, label, row, scrolled
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column

TOWN = -1
_WHOLE = 0
_VILLAGES = (
    Column("village", "村", 118),
    Column("households", "欠户 / 户", 104, "right"),
    Column("lacking", "欠件", 82, "right"),
)
_HOMES = (Column("owner", "户主或文件", 196), Column("group", "小组", 62), Column("lacking", "欠", 46, "right"))
LACKING, PAPERS, FULL = "欠件户", "文件", "已齐"
Thing = HouseholdMeter | PaperMeter


class MeterPane(QWidget):
    """Signals: ``mend_asked(thing, missing)`` this very thing is to be added; ``step_asked(thing, missing)`` open the page where the step
    is done; ``file_asked(household_id)``; ``village_changed(village_id)`` 0 is the whole town, −1 the town's own papers."""

    mend_asked = Signal(object, object)
    step_asked = Signal(object, object)
    file_asked = Signal(int)
    village_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "evidence.md#欠件清单")
        self._meter = Meter((), {}, {})
        self.village = Box(self)
        self.village.setAccessibleName("村")
        self.villages = ListTable(_VILLAGES, name="evidence-villages", parent=self)
        self.homes = ListTable(_HOMES, (LACKING, PAPERS, FULL), name="evidence-homes", parent=self)
        self.empty = Empty("", parent=self)
        self.heading = label("", "strong", self, wrap=True)
        self.open_file = button("打开户档", "link", self)
        self.lines = QWidget()
        self._missing: tuple[Missing, ...] = ()
        self.detail = QWidget(self)
        self._lay_out()
        self.village.activated.connect(self._on_village)
        self.villages.opened.connect(self._on_village_opened)
        self.homes.current_changed.connect(self._on_current)
        self.homes.opened.connect(self._on_opened)
        self.open_file.clicked.connect(self._on_open_file)

    def show_meter(self, meter: Meter) -> None:
        """Show anew; the village and the row stay."""
        self._meter = meter
        here = self.village_id()
        self.village.clear()
        whole = sum(v.lacking for v in meter.villages)
        self.village.addItem(f"全镇　欠 {whole:,} 件", _WHOLE)
        for one in meter.villages:
            self.village.addItem(f"{one.name}　欠 {one.lacking:,} 件" if one.lacking else f"{one.name}　已齐", one.id)
        own = sum(len(p.tally.missing) for p in meter.papers_of(0))
        self.village.addItem(f"镇里的文件　欠 {own:,} 件" if own else "镇里的文件　已齐", TOWN)
        self.village.setCurrentIndex(max(0, self.village.findData(here)))
        self._show()

    def village_id(self) -> int:
        """The village chosen."""
        return int(self.village.currentData() or _WHOLE)

    def choose_village(self, village_id: int) -> None:
        """Show one village."""
        self.village.setCurrentIndex(max(0, self.village.findData(village_id)))
        self._show()
        self.village_changed.emit(self.village_id())

    def choose_household(self, household_id: int) -> None:
        """Show one household and what it lacks; nothing happens when the record has none of that number."""
        home = self._meter.homes.get(household_id)
        if home is None:
            return
        self.choose_village(home.village_id)
        self.homes.choose("全部")
        self._go_to(home.id)

    def current(self) -> Thing | None:
        """The household or paper the keyboard is on."""
        thing = self.homes.current_thing()
        return thing if isinstance(thing, HouseholdMeter | PaperMeter) else None

    def _lay_out(self) -> None:
        whole = column(self)
        sheet = Card(parent=self, margin=0)
        top = row()
        top.setContentsMargins(10, 8, 10, 0)
        top.addWidget(self.village, 1)
        sheet.body.addLayout(top)
        inner = column(gap=0)
        inner.setContentsMargins(8, 0, 8, 0)
        inner.addWidget(self.homes)
        sheet.body.addWidget(self.villages, 1)
        sheet.body.addLayout(inner, 1)
        sheet.body.addWidget(self.empty, 1)
        sheet.body.addWidget(self.detail)
        below, head = column(self.detail, 4), row()
        below.setContentsMargins(12, 0, 8, 4)
        head.addWidget(self.heading, 1)
        head.addWidget(self.open_file)
        below.addWidget(Rule(self.detail))
        below.addLayout(head)
        self._area = scrolled(self.lines)
        self._area.setFixedHeight(196)
        column(self.lines)
        below.addWidget(self._area)
        whole.addWidget(sheet, 1)

    def _show(self) -> None:
        village = self.village_id()
        whole = village == _WHOLE
        some = bool(self._meter.homes)
        self.empty.setVisible(not some)
        self.villages.setVisible(whole and some)
        self.homes.setVisible(not whole and some)
        self.detail.setVisible(not whole and some)
        if not some:
            self.empty.say("还没有农户", "录入申请后，这里列出每户还欠哪些照片和材料。")
        elif whole:
            self.villages.set_items([_village_item(v) for v in self._meter.villages if v.households])
        else:
            self._show_homes(village)

    def _show_homes(self, village: int) -> None:
        before = self.current()
        papers = self._meter.papers_of(0 if village == TOWN else village)
        items = [_paper_item(paper) for paper in papers if paper.tally.due]
        items += [_home_item(home) for home in self._meter.homes_of(village)]
        self.homes.set_items(items)
        if not self._go_to(before.id if before is not None else -1) and items:
            self.homes.table.go_to(0)
        self._on_current(self.homes.current_thing())

    def _go_to(self, thing_id: int) -> bool:
        here = [n for n, item in enumerate(self.homes.items()) if getattr(item.thing, "id", None) == thing_id]
        return bool(here) and self.homes.table.go_to(here[0])

    def _on_village(self) -> None:
        self._show()
        self.village_changed.emit(self.village_id())

    def _on_village_opened(self, thing: object) -> None:
        if isinstance(thing, VillageMeter):
            self.choose_village(thing.id)

    def _on_current(self, thing: object) -> None:
        home = thing if isinstance(thing, HouseholdMeter) else None
        self.open_file.setVisible(home is not None)
        if isinstance(thing, PaperMeter):
            self.heading.setText(thing.label)
            self._show_lines(thing.tally.missing)
        elif home is not None:
            self.heading.setText(f"{home.group} {home.head_name}　{_count(len(home.own.missing), home.own.due)}")
            self._show_lines(self._meter.missing_of(home.id))
        else:
            self.heading.setText("")
            self._show_lines(())

    def _show_lines(self, missing: Sequence[Missing]) -> None:
        """One line for each missing thing; the old lines go with the widget that held them."""
        held = QWidget()
        inner = column(held, 2)
        for n, one in enumerate(missing):
            inner.addLayout(self._line(n, one, held))
        if not missing:
            inner.addWidget(label("✓ 已经办到的各步，材料都齐了。", "pine", held))
        inner.addStretch(1)
        self._missing = tuple(missing)
        self._area.setWidget(held)
        self.lines = held

    def _line(self, n: int, one: Missing, held: QWidget) -> QHBoxLayout:
        line = row(gap=6)
        words = label(f"✕ {one.text}", "", held)
        words.setToolTip(f"{one.step.label}：{one.remedy}\n依据：{one.demand.basis}")
        mend, step = button("补这件", "link", held), button(f"去{one.step.label}", "link", held)
        for made, act in ((mend, self._on_mend), (step, self._on_step)):
            made.setProperty("missing", n)
            made.clicked.connect(act)
        line.addWidget(words, 1)
        line.addWidget(mend)
        line.addWidget(step)
        return line

    def _owner_of(self, one: Missing) -> Thing | None:
        return self._meter.papers.get(one.batch_id) if one.batch_id else self.current()

    def _on_mend(self) -> None:
        one = self._missing[int(self.sender().property("missing"))]
        self.mend_asked.emit(self._owner_of(one), one)

    def _on_step(self) -> None:
        one = self._missing[int(self.sender().property("missing"))]
        self.step_asked.emit(self._owner_of(one), one)

    def _on_opened(self, thing: object) -> None:
        """Enter or a double click begins with the first thing that is missing."""
        if self._missing:
            self.mend_asked.emit(self._owner_of(self._missing[0]), self._missing[0])
        elif isinstance(thing, HouseholdMeter):
            self.file_asked.emit(thing.id)

    def _on_open_file(self) -> None:
        home = self.current()
        if isinstance(home, HouseholdMeter):
            self.file_asked.emit(home.id)


def _count(missing: int, due: int) -> str:
    return f"欠 {missing} 件（应有 {due} 件）" if missing else f"{due} 件已齐"


def _village_item(one: VillageMeter) -> Item:
    lacking = Cell(f"{one.lacking:,}", "red" if one.lacking else "pine")
    return Item((one.name, f"{one.lacking_households:,} / {one.households:,}", lacking), thing=one)


def _home_item(home: HouseholdMeter) -> Item:
    cell = Cell(str(home.lacking), "red") if home.lacking else Cell("齐", "pine")
    return Item((home.head_name, home.group, cell), LACKING if home.lacking else FULL, home)


def _paper_item(paper: PaperMeter) -> Item:
    missing = len(paper.tally.missing)
    cell = Cell(str(missing), "red") if missing else Cell("齐", "pine")
    return Item((Cell(paper.short, tip=paper.label), "—", cell), PAPERS, paper)
