"""The applications under way: how many wait for the visit, are to be completed or ruled on, by village; and drafts to go on with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPushButton, QWidget

from db.rules.case import Status
from db.rules.procedure import Step
from db.services.town import search, town
from db.services.town.search import Filter, Line
from db.services.town.town import VillageInfo
from desktop.app.listing import TONES, Households
from desktop.app.office import Office
from desktop.widgets.empty import Empty
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.strip import Strip
from desktop.widgets.table import RecordTable
from desktop.widgets.wrap import WrapRow

COLUMNS = (
    Column("village", "村", 90, least=70),
    Column("group", "村民小组", 92, sortable=False, least=76),
    Column("head_name", "户主", 96, least=80),
    Column("size", "人口", 60, "right", summed=True),
    Column("attribute", "贫困户属性", 108, least=96),
    Column("cause", "主要致贫原因", 140, least=108),
    Column("applied_on", "申请日期", 108, least=98),
    Column("status", "状态", 108),
    Column("visit", "", 104, sortable=False),
    Column("why", "说明", 180, sortable=False, least=56),
)
CHIPS: Mapping[str, Filter] = {
    "待入户核实": Filter(step=Step.VERIFICATION, status=Status.RUNNING),
    "待补充": Filter(step=Step.VERIFICATION, status=Status.INCOMPLETE),
    "待认定": Filter(step=Step.VERIFICATION, status=Status.RULING),
    "未通过": Filter(status=Status.REJECTED),
    "已撤回": Filter(status=Status.WITHDRAWN),
    "全部": Filter(),
}
_WAIT_MS = 200


class WaitingList(QWidget):
    """Signals: ``opened(household_id)`` a row to look at or change; ``visit_asked(household_id)``; ``counted(text)`` both figures of
    what waits for the visit; ``continued()``, ``given_up()`` the draft shown; ``roster_asked()`` on an empty list."""

    opened = Signal(object)
    visit_asked = Signal(object)
    counted = Signal(str)
    continued = Signal()
    given_up = Signal()
    roster_asked = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "intake.md#名单上的各组")
        self._office = office
        self._chip = next(iter(CHIPS))
        self.draft = Strip(("继续录入", "放弃"), self)
        self.chips = {name: _chip(name, self) for name in CHIPS}
        self.village = Box(self)
        self.text = QLineEdit(self)
        self.total = label("", "quiet", self)
        self.table = RecordTable(COLUMNS, "intake", None, self)
        self.empty = Empty("", "", "", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._lay_out()
        self._connect()

    def wanted(self) -> Filter:
        """What the list shows now."""
        return replace(CHIPS[self._chip], village_id=self.village.currentData(), text=self.text.text().strip())

    def choose(self, wanted: Filter) -> None:
        """Show what another page asked for, as far as there is a chip for it."""
        found = next((n for n, f in CHIPS.items() if (f.step, f.status) == (wanted.step, wanted.status)), "全部")
        self._set_chip(found)
        self.village.setCurrentIndex(max(0, self.village.findData(wanted.village_id)))
        self.text.setText(wanted.text)
        self._show()

    def refresh(self) -> None:
        """Read villages, list and figures anew."""
        self._offer_villages(self._office.see(town.villages))
        self._show()

    def ids(self) -> Sequence[int]:
        """Households in the order shown, for the next one."""
        return self.table.ids()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _show(self) -> None:
        self._timer.stop()
        self.table.set_source(Households(self._office, self.wanted(), _cells))
        filters = [replace(f, village_id=self.wanted().village_id) for f in CHIPS.values()]
        self._office.read("点数", search.counts, [self.wanted(), *filters], done=self._on_counted)

    def _on_counted(self, found: Sequence[tuple[int, int]]) -> None:
        here, *chips = found
        for (name, chip), (count, _) in zip(self.chips.items(), chips, strict=True):
            chip.setText(f"{name} {count:,}")
        self.total.setText(f"共 {here[0]:,} 户 {here[1]:,} 人")
        self._fit()
        self.counted.emit(f"等待入户核实 {chips[0][0]:,} 户 {chips[0][1]:,} 人")
        self._say_empty(any(count for count, _ in chips))
        self.table.setVisible(bool(here[0]))
        self.empty.setVisible(not here[0])

    def _say_empty(self, elsewhere: bool) -> None:
        if elsewhere:
            self.empty.say(f"没有“{self._chip}”的农户", "换一个条件，或清空右边的查找")
        else:
            self.empty.say("还没有农户申请", "村里交来名册的，先导入名册；只有纸质申请的，逐户录入", "导入名册")

    def _offer_villages(self, villages: Sequence[VillageInfo]) -> None:
        chosen = self.village.currentData()
        self.village.blockSignals(True)
        self.village.clear()
        self.village.addItem("全镇各村", None)
        for village in villages:
            self.village.addItem(village.name, village.id)
        self.village.setCurrentIndex(max(0, self.village.findData(chosen)))
        self.village.blockSignals(False)

    def _set_chip(self, name: str) -> None:
        self._chip = name
        for key, chip in self.chips.items():
            chip.setChecked(key == name)

    def _on_chip(self) -> None:
        self._set_chip(str(self.sender().property("chip")))
        self._show()

    def _on_typed(self) -> None:
        self._timer.start()

    def _on_opened(self, household_id: int) -> None:
        self.opened.emit(household_id)

    def _on_acted(self, household_id: int, _: str) -> None:
        self.visit_asked.emit(household_id)

    def _lay_out(self) -> None:
        self.village.setAccessibleName("村")
        self.village.setMinimumWidth(120)
        self.text.setPlaceholderText("姓名、拼音首字母、身份证或电话末几位")
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(280)
        sheet = Card(parent=self, margin=0)
        sheet.body.addWidget(self.table)
        sheet.body.addWidget(self.empty)
        self.empty.hide()
        whole = column(self)
        whole.addWidget(self.draft)
        whole.addLayout(self._bar())
        whole.addWidget(sheet, 1)
        whole.addSpacing(8)
        self._set_chip(self._chip)

    def _bar(self) -> QBoxLayout:
        """Chips and search in one line, in two where the window is too narrow for both."""
        chips, tools = WrapRow(gap=8), row()
        for chip in self.chips.values():
            chips.addWidget(chip)
        tools.addStretch(1)
        for part in (self.total, self.village, self.text):
            tools.addWidget(part)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.addLayout(chips, 1)
        self._line.addLayout(tools)
        return self._line

    def _fit(self) -> None:
        needed = sum(self._line.itemAt(n).sizeHint().width() for n in range(self._line.count()))
        fits = needed + self._line.spacing() <= self.width()
        self._line.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)

    def _connect(self) -> None:
        for chip in self.chips.values():
            chip.clicked.connect(self._on_chip)
        self.village.currentIndexChanged.connect(self._show)
        self.text.textEdited.connect(self._on_typed)
        self.text.returnPressed.connect(self._show)
        self.text.textChanged.connect(self._on_typed)
        self._timer.timeout.connect(self._show)
        self.table.opened.connect(self._on_opened)
        self.table.acted.connect(self._on_acted)
        self.empty.acted.connect(self.roster_asked)
        goes_on, gives_up = self.draft.buttons
        goes_on.clicked.connect(self.continued)
        gives_up.clicked.connect(self.given_up)


def _cells(line: Line) -> Sequence[str | Cell]:
    at_visit = line.step is Step.VERIFICATION and line.status not in (Status.REJECTED, Status.WITHDRAWN)
    state = line.status.label if line.status is not Status.RUNNING or line.step is None else f"待{line.step.label}"
    return (
        line.village,
        line.group,
        line.head_name,
        str(line.size),
        line.attribute,
        line.cause,
        f"{line.applied_on:%Y-%m-%d}" if line.applied_on else "",
        Cell(state, TONES[line.status], "pill"),
        Cell("录入核实" if at_visit else "", look="button"),
        Cell(line.why if line.why != state else "", "grey", tip=line.why),
    )


def _chip(name: str, parent: QWidget) -> QPushButton:
    made = button(name, "chip", parent)
    made.setCheckable(True)
    made.setProperty("chip", name)
    return made
