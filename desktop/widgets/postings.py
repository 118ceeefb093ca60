"""Places and dates: one line per place where a list hangs (village office, each group), with the day it was put up and a photo.

A blank date means not put up yet; a date put into the first line can be taken over for all blank ones by one button.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from db.fields.kinds import Date
from desktop.widgets.editors import LineEditor
from desktop.widgets.looks import GAP, button, column, label, mark, row


@dataclass(frozen=True, slots=True)
class Place:
    """``key`` is handed back; ``day`` and ``photo`` (a word such as 照片) say what is known already."""

    key: str
    label: str
    day: date | None = None
    photo: str = ""


class Postings(QWidget):
    """Signals: ``changed()`` a date was edited; ``photo_asked(key)`` the photo button of a place was pressed."""

    changed = Signal()
    photo_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None, spreadable: bool = True) -> None:
        """``spreadable`` offers to take the first place's date over for the others."""
        super().__init__(parent)
        self._spreadable = spreadable
        self._days: dict[str, LineEditor] = {}
        self._photos: dict[str, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(2 * GAP)
        self._grid.setColumnStretch(3, 1)
        self._same = button("其余各处同第一处", "link", self)
        self._same.clicked.connect(self.spread)
        self._same.setVisible(spreadable)
        self._fault = label("", "fault", self, wrap=True)
        self._fault.hide()
        whole, foot = column(self), row()
        whole.addLayout(self._grid)
        foot.addWidget(self._same)
        foot.addStretch(1)
        whole.addLayout(foot)
        whole.addWidget(self._fault)

    def set_places(self, places: Sequence[Place]) -> None:
        """Show other places."""
        for part in self.findChildren(QWidget):
            if part.property("place") is not None:
                part.hide()
                part.deleteLater()
        self._fault.hide()
        self._days.clear()
        self._photos.clear()
        for line, place in enumerate(places):
            self._add(line, place)

    def days(self) -> dict[str, date | None]:
        """Place key to date, None where blank or unreadable."""
        found = {key: editor.value() for key, editor in self._days.items()}
        return {key: day if isinstance(day, date) else None for key, day in found.items()}

    def check(self) -> bool:
        """Whether every date that was typed is one."""
        faults = [text for editor in self._days.values() if (text := editor.check())]
        self._fault.setText("；".join(faults))
        self._fault.setVisible(bool(faults))
        return not faults

    def editor(self, key: str) -> LineEditor:
        """The date editor of one place."""
        return self._days[key]

    def set_photos(self, photos: Mapping[str, str]) -> None:
        """Say per place what photo there is."""
        for key, text in photos.items():
            self._photos[key].setText(text or "加照片")

    def spread(self) -> None:
        """Put the first place's date into every blank one."""
        editors = list(self._days.values())
        if not editors or not isinstance(editors[0].value(), date):
            return
        for editor in editors[1:]:
            if editor.is_blank():
                editor.set_value(editors[0].value())
        self.changed.emit()

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the dates."""
        for editor in self._days.values():
            editor.set_read_only(locked)
        self._same.setVisible(self._spreadable and not locked)

    def _add(self, line: int, place: Place) -> None:
        editor = LineEditor(Date(), self)
        editor.set_value(place.day)
        editor.setFixedWidth(140)
        editor.core.setAccessibleName(place.label)
        editor.changed.connect(self.changed)
        editor.left.connect(self.check)
        photo = button(place.photo or "加照片", "link", self)
        photo.clicked.connect(self._on_photo)
        caption = label(place.label, "", self)
        for at, part in enumerate((caption, editor, photo)):
            mark(part, "place", place.key)
            self._grid.addWidget(part, line, at)
        self._days[place.key] = editor
        self._photos[place.key] = photo

    def _on_photo(self) -> None:
        self.photo_asked.emit(str(self.sender().property("place")))
