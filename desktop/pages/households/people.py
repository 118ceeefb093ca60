"""家庭成员: every field of every person as a grid in four strips, name in front, one key from strip to strip.

People come and go by 人员变动 only, so the rows are those of the record; what is known of them is typed or pasted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from db.errors import Problem
from db.fields import member as person
from db.rules.values import Household, Member
from desktop.forms.people import derived, head_first, plain, row_of
from desktop.pages.households.layout import PEOPLE, PEOPLE_WIDTHS
from desktop.widgets.grid import Grid
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.sheet import ROW_HEIGHT

_FIRST = 0


class PeopleTab(QWidget):
    """Signals as of a form: ``changed()``, ``save_asked()``, ``pointed(field)``; ``change_asked()`` somebody came or left."""

    changed = Signal()
    save_asked = Signal()
    pointed = Signal(object)
    change_asked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._head: Mapping[str, str] = {}
        self._people: tuple[Member, ...] = ()
        self.grids = tuple(self._grid(n) for n in range(len(PEOPLE)))
        self.strips = tuple(self._chip(n) for n in range(len(PEOPLE)))
        self.told = label("", "quiet", self)
        self.told.setMinimumWidth(1)
        self.change = button("人员变动…", "plain", self)
        self.stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.show_strip(_FIRST)

    def show_people(self, household: Household) -> None:
        """Show the members of another household; the grids are clean."""
        self._people = tuple(m for m in head_first(household) if m is not None)
        for grid in self.grids:
            grid.set_rows([{**row_of(m), "at": n} for n, m in enumerate(self._people)])
            grid.view.setFixedHeight((max(len(self._people), 3) + 1) * ROW_HEIGHT + 20)
        self.told.setText(f"{household.size} 人。出生、死亡、嫁娶、迁移和录错的人，用“人员变动”办。")

    def set_head(self, texts: Mapping[str, str]) -> None:
        """Name, number and sex of the head as typed in the boxes of the household."""
        self._head = dict(texts)
        for grid in self.grids:
            grid.model.renew()

    def set_year(self, year: int) -> None:
        """The year the paper speaks of."""
        for grid in self.grids:
            grid.set_year(year)

    def members(self) -> tuple[Member, ...]:
        """The people as they stand here."""
        rows = [grid.rows() for grid in self.grids]
        return tuple(self._person(n, [strip[n] for strip in rows]) for n in range(len(self._people)))

    def texts(self) -> list[list[dict[str, str]]]:
        """What stands in each strip, for drafts."""
        return [grid.texts() for grid in self.grids]

    def set_texts(self, strips: Sequence[Sequence[Mapping[str, str]]]) -> None:
        """Put a draft back to the people it was typed for; what was typed for somebody who left meanwhile goes with him."""
        places = self._places(strips[_FIRST] if strips else ())
        for grid, rows in zip(self.grids, strips, strict=False):
            now = grid.texts()
            kept = [rows[at] if at is not None else now[n] for n, at in enumerate(places)]
            grid.set_texts(kept, [{"at": n} for n in range(len(self._people))])

    def is_dirty(self) -> bool:
        """Whether the clerk edited."""
        return any(grid.is_dirty() for grid in self.grids)

    def set_clean(self) -> None:
        """What stands here is saved."""
        for grid in self.grids:
            grid.set_clean()

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the grids."""
        for grid in self.grids:
            grid.set_read_only(locked)
        self.change.setVisible(not locked)

    def unreadable(self) -> list[Problem]:
        """Cells whose text is no value, as problems at their members."""
        found: dict[tuple[int, str], str] = {}
        for grid in self.grids:
            grid.check()
            found |= {(at, key): text for at, key, text in grid.model.faults()}
        return [Problem(text, key, f"member:{at}") for (at, key), text in found.items()]

    def show_problems(self, problems: Sequence[tuple[int, Problem]]) -> None:
        """Mark cells; the strip with the first of them comes to the front."""
        for grid in self.grids:
            keys = {f.key for f in grid.model.fields}
            grid.show_problems([(at, p) for at, p in problems if p.field in keys])
        self.go_to_first_fault(take=False)

    def hint(self, problems: Sequence[tuple[int, Problem]], warnings: Sequence[tuple[int, Problem]]) -> None:
        """Mark cells while the clerk is at work."""
        for grid in self.grids:
            keys = {f.key for f in grid.model.fields}
            wrong, doubtful = ([(at, p) for at, p in some if p.field in keys] for some in (problems, warnings))
            grid.hint(wrong, doubtful)
        self._count()

    def go_to(self, at: int, key: str) -> None:
        """Put the keyboard on one field of one person."""
        for place, grid in enumerate(self.grids):
            keys = [f.key for f in grid.model.fields]
            if key in keys:
                self.show_strip(place)
                grid.view.setCurrentIndex(grid.model.index(at, keys.index(key)))
                grid.view.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def go_to_first_fault(self, *, take: bool = True) -> None:
        """Bring the first cell at fault to the front."""
        for place, grid in enumerate(self.grids):
            if grid.model.faults():
                self.show_strip(place)
                if take:
                    grid.go_to_first_fault()
                return

    def show_strip(self, place: int) -> None:
        """Bring a strip to the front; the keyboard stays in the row of the person it is on."""
        before = self.stack.currentWidget()
        here = before.view.currentIndex() if isinstance(before, Grid) else None
        had = isinstance(before, Grid) and before.view.hasFocus()
        self.stack.setCurrentIndex(place)
        for n, chip in enumerate(self.strips):
            chip.setChecked(n == place)
        if had and here is not None:
            view = self.grids[place].view
            view.setFocus(Qt.FocusReason.TabFocusReason)
            view.setCurrentIndex(view.model().index(max(here.row(), 0), min(1, len(PEOPLE[place][1]))))

    def _places(self, rows: Sequence[Mapping[str, str]]) -> list[int | None]:
        """For each person the row of a draft that is his: by number, by name, else by place while nobody came or left."""
        numbers, names = [r.get("id_number", "") for r in rows], [r.get("name", "") for r in rows]
        found: list[int | None] = []
        for n, m in enumerate(self._people):
            by_number = numbers.index(m.id_number) if m.id_number and m.id_number in numbers else None
            by_name = names.index(m.name) if m.name in names else None
            here = n if len(rows) == len(self._people) else None
            found.append(next((at for at in (by_number, by_name, here) if at is not None), None))
        return found

    def _person(self, number: int, strips: Sequence[Mapping[str, Any]]) -> Member:
        own = self._people[number]
        read = {f.key: strip[f.key] for (_, fields), strip in zip(PEOPLE, strips, strict=True) for f in fields}
        known = {key: plain(value, getattr(own, key)) for key, value in read.items() if hasattr(own, key)}
        return replace(own, **known)

    def _derived(self, number: int, texts: Mapping[str, str]) -> Mapping[str, str]:
        return derived(number, texts, self._head if number == 0 else {}, self._today)

    def _derived_name(self, number: int, _: Mapping[str, str]) -> Mapping[str, str]:
        """In every strip but the first the name only says whose row it is."""
        if number == 0 and self._head:
            return {person.NAME.key: self._head.get("head_name", "")}
        texts = self.grids[_FIRST].texts()
        return {person.NAME.key: texts[number].get(person.NAME.key, "") if number < len(texts) else ""}

    def _grid(self, place: int) -> Grid:
        first = place == _FIRST
        fields = PEOPLE[place][1] if first else (person.NAME, *PEOPLE[place][1])
        made = Grid(fields, "人", growable=False, derive=self._derived if first else self._derived_name)
        for at, field in enumerate(fields):
            if field.key in PEOPLE_WIDTHS:
                made.view.setColumnWidth(at, PEOPLE_WIDTHS[field.key])
        return made

    def _chip(self, place: int) -> QPushButton:
        made = button(f"{place + 1} {PEOPLE[place][0]}", "chip", self)
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip(f"Alt+{place + 1}；填完一段回车到下一段")
        made.setProperty("strip", place)
        made.clicked.connect(self._on_chip)
        key = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.setProperty("strip", place)
        key.activated.connect(self._on_chip)
        return made

    def _lay_out(self) -> None:
        whole, head = column(self, 10), row()
        whole.setContentsMargins(0, 10, 0, 0)
        for chip in self.strips:
            head.addWidget(chip)
        head.addSpacing(12)
        head.addWidget(self.told, 1)
        head.addWidget(self.change)
        whole.addLayout(head)
        for grid in self.grids:
            self.stack.addWidget(grid)
        whole.addWidget(self.stack)
        whole.addStretch(1)

    def _connect(self) -> None:
        self.change.clicked.connect(self.change_asked)
        for grid in self.grids:
            grid.changed.connect(self._on_changed)
            grid.save_asked.connect(self.save_asked)
            grid.pointed.connect(self.pointed)
            grid.ended.connect(self._on_ended)
            grid.began.connect(self._on_began)

    def _on_chip(self) -> None:
        self.show_strip(int(self.sender().property("strip")))

    def _on_ended(self) -> None:
        self._turn(1)

    def _on_began(self) -> None:
        self._turn(-1)

    def _turn(self, by: int) -> None:
        """Enter past the last cell of a strip begins the next strip at the first person."""
        place = self.stack.currentIndex() + by
        if 0 <= place < len(self.grids):
            self.show_strip(place)
            self.grids[place].go_to_first()

    def _on_changed(self) -> None:
        for grid in self.grids[1:]:
            grid.model.renew()
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        """Say on each strip how many cells of it are at fault."""
        for place, (grid, chip) in enumerate(zip(self.grids, self.strips, strict=True)):
            wrong = len(grid.model.faults())
            chip.setText(f"{place + 1} {PEOPLE[place][0]}" + (f"　✕ {wrong}" if wrong else ""))
