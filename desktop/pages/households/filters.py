"""What the list of households shows: village, step, state, and a text; with 共 N 户 M 人 beside it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.rules.case import Status
from db.rules.procedure import Step
from db.services.town.search import Filter
from db.services.town.town import VillageInfo
from desktop.widgets.looks import label, row
from desktop.widgets.picks import Box

_WAIT_MS = 200
_OPENING = (Step.APPLICATION, Step.PROPOSAL)
"""Done as soon as there is a case: none ever waits at one of these."""
_GONE = "已销户"


class FilterBar(QWidget):
    """Signal ``changed(Filter)``: the clerk chose; typing waits a moment."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "households.md#找户和筛选")
        self._wanted = Filter()
        self.village: QComboBox = _box("村", self)
        self.step: QComboBox = _box("步骤", self)
        self.status: QComboBox = _box("状态", self)
        self.text = QLineEdit(self)
        self.text.setPlaceholderText("姓名、拼音首字母、身份证或电话末几位、档案号")
        self.text.setClearButtonEnabled(True)
        self.total = label("", "quiet", self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        for step in (s for s in Step if s not in _OPENING):
            self.step.addItem(step.label, step)
        for status in Status:
            self.status.addItem(status.label, status)
        self.status.addItem(_GONE, _GONE)
        line = row(self, 8)
        for part, wide in ((self.village, 120), (self.step, 120), (self.status, 110)):
            part.setMinimumWidth(wide)
            line.addWidget(part)
        line.addWidget(self.text, 1)
        line.addWidget(self.total)
        self._connect()

    def wanted(self) -> Filter:
        """The filter chosen now."""
        return self._wanted

    def set_villages(self, villages: tuple[VillageInfo, ...]) -> None:
        """Offer the town's villages; the chosen one stays."""
        chosen = self._wanted.village_id
        self.village.blockSignals(True)
        while self.village.count() > 1:
            self.village.removeItem(1)
        for village in villages:
            self.village.addItem(village.name, village.id)
        self.village.setCurrentIndex(max(0, self.village.findData(chosen)))
        self.village.blockSignals(False)

    def set_wanted(self, wanted: Filter) -> None:
        """Show a filter another page asked for."""
        self._wanted = wanted
        status = wanted.status if wanted.live else _GONE
        for box, value in ((self.village, wanted.village_id), (self.step, wanted.step), (self.status, status)):
            box.blockSignals(True)
            box.setCurrentIndex(max(0, box.findData(value)) if value is not None else 0)
            box.blockSignals(False)
        self.text.blockSignals(True)
        self.text.setText(wanted.text)
        self.text.blockSignals(False)
        self.changed.emit(wanted)

    def set_total(self, households: int, persons: int) -> None:
        """Both numbers, always."""
        self.total.setText(f"共 {households:,} 户 {persons:,} 人")

    def _connect(self) -> None:
        for box in (self.village, self.step, self.status):
            box.currentIndexChanged.connect(self._on_chosen)
        self.text.textEdited.connect(self._on_typed)
        self.text.textChanged.connect(self._on_cleared)
        self.text.returnPressed.connect(self._on_chosen)
        self._timer.timeout.connect(self._on_chosen)

    def _gone(self) -> bool:
        """Whether the dissolved households are asked for, which have left all other lists."""
        return bool(self.status.currentData() == _GONE)

    def _on_typed(self) -> None:
        self._timer.start()

    def _on_cleared(self, text: str) -> None:
        if not text:
            self._timer.start()

    def _on_chosen(self) -> None:
        self._timer.stop()
        self._wanted = replace(
            self._wanted,
            village_id=self.village.currentData(),
            step=self.step.currentData(),
            status=None if self._gone() else self.status.currentData(),
            live=not self._gone(),
            text=self.text.text().strip(),
            ungated=False,
            ready=None,
            gate_id=None,
            ladder=None,
            running=False,
        )
        self.changed.emit(self._wanted)


def _box(caption: str, parent: QWidget) -> QComboBox:
    made = Box(parent)
    made.addItem(f"全部{caption}", None)
    made.setAccessibleName(caption)
    return made
