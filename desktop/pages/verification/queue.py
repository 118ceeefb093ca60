"""Which households are gone through: a village, one of three queues with their counts, and a box that jumps to a name in it.

A queue is read once and kept in its order while it is worked through, so that 上一户 leads back to what was just saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from db.rules.case import Status
from db.rules.procedure import Step
from db.services.town.search import Filter
from db.services.town.town import VillageInfo
from desktop.widgets.looks import button, row
from desktop.widgets.picks import Box

QUEUES: Mapping[Status, str] = {Status.RUNNING: "待录入", Status.INCOMPLETE: "待补充", Status.RULING: "待认定"}
_ALL = "全镇"


@dataclass(slots=True)
class Queue:
    """The households of one queue and the place in it."""

    ids: Sequence[int] = ()
    at: int = -1

    @property
    def current(self) -> int | None:
        """The household whose turn it is."""
        return self.ids[self.at] if 0 <= self.at < len(self.ids) else None

    def go_to(self, household_id: int) -> bool:
        """Put the place on a household; False when it is not in the queue."""
        if household_id not in self.ids:
            return False
        self.at = list(self.ids).index(household_id)
        return True

    def step(self, by: int) -> bool:
        """One on or back; False at the ends."""
        if not 0 <= self.at + by < len(self.ids):
            return False
        self.at += by
        return True


class QueueBar(QWidget):
    """Signals: ``chosen()`` another village or queue; ``find_asked(text)`` jump to the next household that a text means;
    ``grid_asked()``, ``import_asked()`` the ways in for a whole village."""

    chosen = Signal()
    find_asked = Signal(str)
    grid_asked = Signal()
    import_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "verification.md#待补充的户")
        self.village: QComboBox = Box(self)
        self.village.setMinimumWidth(120)
        self.village.setAccessibleName("村")
        self.name = QLineEdit(self)
        self.name.setPlaceholderText("找户：姓名、首字母或证号尾")
        self.name.setFixedWidth(230)
        self.name.setClearButtonEnabled(True)
        self.grid = button("表格录入", "plain", self)
        self.load = button("导入核实表", "plain", self)
        self._chips: dict[Status, QPushButton] = {}
        self._status = Status.RUNNING
        inner = row(self, 8)
        inner.addWidget(self.village)
        for status, text in QUEUES.items():
            chip = button(text, "chip", self)
            chip.setCheckable(True)
            chip.setChecked(status is self._status)
            chip.setProperty("status", status.value)
            chip.clicked.connect(self._on_chip)
            self._chips[status] = chip
            inner.addWidget(chip)
        inner.addWidget(self.name)
        inner.addStretch(1)
        inner.addWidget(self.grid)
        inner.addWidget(self.load)
        self.village.activated.connect(self._on_village)
        self.name.returnPressed.connect(self._on_find)
        self.grid.clicked.connect(self.grid_asked)
        self.load.clicked.connect(self.import_asked)

    @property
    def status(self) -> Status:
        """The queue chosen."""
        return self._status

    @property
    def village_id(self) -> int | None:
        """The village chosen, None for the whole town."""
        found: int | None = self.village.currentData()
        return found

    def chip(self, status: Status) -> QPushButton:
        """The chip of a queue."""
        return self._chips[status]

    def wanted(self, status: Status | None = None, text: str = "") -> Filter:
        """What the queue chosen, or another one, shows."""
        return Filter(text, self.village_id, step=Step.VERIFICATION, status=status or self._status)

    def set_villages(self, villages: Sequence[VillageInfo]) -> None:
        """Offer the town's villages; the chosen one stays."""
        kept = self.village_id
        with QSignalBlocker(self.village):
            self.village.clear()
            self.village.addItem(_ALL, None)
            for village in villages:
                self.village.addItem(village.name, village.id)
            self.village.setCurrentIndex(max(self.village.findData(kept), 0) if kept is not None else 0)

    def choose(self, status: Status, village_id: int | None) -> None:
        """Show a queue without telling anybody."""
        with QSignalBlocker(self.village):
            self.village.setCurrentIndex(max(self.village.findData(village_id), 0) if village_id is not None else 0)
        self._status = status if status in self._chips else Status.RUNNING
        self._tick()

    def set_counts(self, counts: Mapping[Status, int]) -> None:
        """How many households wait in each queue."""
        for status, chip in self._chips.items():
            chip.setText(f"{QUEUES[status]} {counts.get(status, 0):,}")
        waiting = counts.get(Status.RUNNING, 0) + counts.get(Status.INCOMPLETE, 0)
        self.grid.setText(f"表格录入（{waiting} 户）" if waiting and self.village_id is not None else "表格录入")

    def _tick(self) -> None:
        for status, chip in self._chips.items():
            chip.setChecked(status is self._status)

    def _on_chip(self) -> None:
        self._status = Status.of(str(self.sender().property("status")))
        self._tick()
        self.chosen.emit()

    def _on_village(self) -> None:
        self.chosen.emit()

    def _on_find(self) -> None:
        if self.name.text().strip():
            self.find_asked.emit(self.name.text().strip())
