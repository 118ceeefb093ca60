"""The places of a notice side by side: name, tick and day of posting, photo or what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from db.services.notices.notices import Wall
from desktop.forms.days import short
from desktop.widgets.looks import button, label, row
from desktop.widgets.side import empty_layout

_ACROSS = 3


class WallGrid(QWidget):
    """Signal ``photo_asked(sha)``: the photo of a place is to be shown."""

    photo_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        for place in range(_ACROSS):
            self._grid.setColumnStretch(place, 1)

    def show_walls(self, walls: Sequence[Wall], today: date) -> None:
        """Show other places."""
        empty_layout(self._grid)
        for n, wall in enumerate(walls):
            self._grid.addLayout(self._cell(wall, today), n // _ACROSS, n % _ACROSS)

    def _cell(self, wall: Wall, today: date) -> QHBoxLayout:
        cell = row(gap=6)
        cell.addWidget(label(wall.place, "", self))
        if wall.posted_on is None:
            cell.addWidget(label("未张贴", "fault", self))
        else:
            cell.addWidget(label(f"✓ {short(wall.posted_on, today)}", "pine", self))
            if wall.late is not None:
                cell.addWidget(label("补录", "warn", self))
            self._add_photo(cell, wall)
        cell.addStretch(1)
        return cell

    def _add_photo(self, cell: QHBoxLayout, wall: Wall) -> None:
        if not wall.photo:
            cell.addWidget(label("缺照片", "fault", self))
            return
        shown = button("照片", "link", self)
        shown.setProperty("sha", wall.photo)
        shown.clicked.connect(self._on_photo)
        cell.addWidget(shown)

    def _on_photo(self) -> None:
        self.photo_asked.emit(str(self.sender().property("sha")))
