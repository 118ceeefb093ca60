"""The households of a preview as a dense table with ticks: only the rows in sight are made, so that twenty thousand move like twenty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from db.services.sheets.imports import FATE_WORDS, FATES, PreviewRow
from desktop.pages.intake import previewing
from desktop.pages.intake.picks import Picks
from desktop.widgets.looks import button, column, row
from desktop.widgets.sheet import Cell
from desktop.widgets.table import RecordTable

EVERY = "全部"
_GROUPS = (EVERY, *(FATE_WORDS[fate] for fate in FATES))


class _Rows:
    """Households of one fate as the table reads them; ids are their places in the preview."""

    def __init__(self, picks: Picks, group: str) -> None:
        self._picks = picks
        self._group = group

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        """Places in the order of a column."""
        rows = self._picks.shown.rows
        found = [n for n, one in enumerate(rows) if self._group in (EVERY, FATE_WORDS[one.fate])]
        if order is not None:
            keys = {n: previewing.sort_key(rows[n], order) for n in found}
            found.sort(key=keys.__getitem__, reverse=descending)
        return found

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        """Cells of some households."""
        return {n: previewing.cells_of(self._picks, n) for n in ids}


class RosterList(QWidget):
    """Signals: ``current_changed(PreviewRow | None)``, ``opened(PreviewRow)``, ``ticked()`` the clerk ticked or unticked."""

    current_changed = Signal(object)
    opened = Signal(object)
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picks: Picks | None = None
        self._group = EVERY
        self._chips: dict[str, QPushButton] = {}
        self.table = RecordTable(previewing.HOUSEHOLD_COLUMNS, "intake-roster", parent=self)
        whole, chips = column(self), row()
        for group in _GROUPS:
            chips.addWidget(self._made_chip(group))
        chips.addStretch(1)
        whole.addLayout(chips)
        whole.addWidget(self.table, 1)
        self.table.installEventFilter(self)
        self.table.clicked.connect(self._on_clicked)
        self.table.opened.connect(self._on_opened)
        self.table.current_changed.connect(self._on_current)

    def show_picks(self, picks: Picks) -> None:
        """Show a preview; the chosen chip stays."""
        self._picks = picks
        counts = {FATE_WORDS[fate]: picks.shown.count(fate) for fate in FATES}
        counts[EVERY] = (len(picks.shown.rows), sum(one.household.size for one in picks.shown.rows))
        for group, chip in self._chips.items():
            chip.setText(f"{group} {counts[group][0]:,}")
            chip.setToolTip(previewing.both(counts[group]))
        self.table.set_source(_Rows(picks, self._group))

    def choose(self, group: str) -> None:
        """Choose a chip."""
        self._group = group
        for name, chip in self._chips.items():
            chip.setChecked(name == group)
        if self._picks is not None:
            self.table.set_source(_Rows(self._picks, group))

    def chip(self, group: str) -> QPushButton:
        """The chip of a fate, by its words."""
        return self._chips[group]

    def count(self) -> int:
        """Rows shown."""
        return self.table.count()

    def texts(self, place: int) -> list[str]:
        """What a household's row says."""
        assert self._picks is not None
        return [one if isinstance(one, str) else one.text for one in previewing.cells_of(self._picks, place)]

    def current_row(self) -> PreviewRow | None:
        """The household the keyboard is on."""
        place = self.table.current_id()
        return (
            self._picks.shown.rows[place]
            if self._picks is not None and 0 <= place < len(self._picks.shown.rows)
            else None
        )

    def go_to(self, place: int) -> None:
        """Put the keyboard on a household; the chip that hides it gives way."""
        if not self.table.go_to(place):
            self.choose(EVERY)
            self.table.go_to(place)

    def toggle(self) -> None:
        """Turn the ticks of the chosen rows."""
        self._toggle(self.table.selected_ids() or [one for one in (self.table.current_id(),) if one >= 0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            watched is self.table
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
        ):
            self.toggle()
            return True
        return super().eventFilter(watched, event)

    def _toggle(self, places: Sequence[int]) -> None:
        if self._picks is not None and places:
            self._picks.toggle(places)
            self.table.refresh()
            self.ticked.emit()

    def _made_chip(self, group: str) -> QPushButton:
        chip = button(f"{group} 0", "chip", self)
        chip.setCheckable(True)
        chip.setChecked(group == EVERY)
        chip.setProperty("group", group)
        chip.clicked.connect(self._on_chip)
        self._chips[group] = chip
        return chip

    def _on_chip(self) -> None:
        self.choose(str(self.sender().property("group")))

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._toggle([self.table.ids()[index.row()]])

    def _on_opened(self, place: int) -> None:
        if self._picks is not None:
            self.opened.emit(self._picks.shown.rows[place])

    def _on_current(self, _: int) -> None:
        self.current_changed.emit(self.current_row())
