"""The household of a preview the keyboard is on: what was found in it, what differs from the record cell by cell, and what can be done.

A cell is ticked to take the file's side; a fault is mended in place, or the household typed in the window.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.services.sheets import imports
from db.services.sheets.imports import PreviewRow
from db.sheets.findings import SheetFinding
from desktop.app.office import Office
from desktop.pages.intake import previewing
from desktop.pages.intake.mendbox import MendBox, field_of
from desktop.pages.intake.picks import Picks
from desktop.widgets.listtable import ListTable
from desktop.widgets.looks import Card, button, label, mark
from desktop.widgets.ticks import Ticks

Said = Callable[[SheetFinding], str]
"""What the file says at the cell of a finding."""
_ROW, _MOST, _MOST_CELLS = 34, 3, 6
_WIDTH = 456


class HouseholdCard(Card):
    """Signals: ``cells_ticked()``; ``mended(Mend)``; ``typing_asked()`` the household is to be typed in the window."""

    cells_ticked = Signal()
    mended = Signal(object)
    typing_asked = Signal()

    def __init__(self, office: Office, said: Said, parent: QWidget | None = None) -> None:
        super().__init__("这一户", parent)
        self._office = office
        self._said = said
        self._picks: Picks | None = None
        self._row: PreviewRow | None = None
        self.setFixedWidth(_WIDTH)
        self.standing = label("", "quiet", self, wrap=True)
        self.faults = ListTable(previewing.FAULT_COLUMNS, parent=self)
        self.fault = label("", "fault", self, wrap=True)
        self.mend = MendBox(self)
        self.cells = Ticks(previewing.CELL_COLUMNS, "格", self)
        self.in_full = label("", "", self, wrap=True)
        self.type_it = button("在窗口录入这一户", "plain", self)
        for part, stretch in (
            (self.standing, 0),
            (self.faults, 1),
            (self.fault, 0),
            (self.mend, 0),
            (self.cells, 2),
            (self.in_full, 0),
            (self.type_it, 0),
        ):
            self.body.addWidget(part, stretch)
        self.body.addStretch(0)
        self.faults.current_changed.connect(self._on_fault)
        self.faults.opened.connect(self._on_fault_opened)
        self.mend.mended.connect(self.mended)
        self.cells.changed.connect(self._on_cells)
        self.cells.list.current_changed.connect(self._on_cell)
        self.type_it.clicked.connect(self.typing_asked)
        self.show_row(None, None)

    @property
    def row(self) -> PreviewRow | None:
        """The household shown."""
        return self._row

    def show_row(self, picks: Picks | None, row: PreviewRow | None, at: SheetFinding | None = None) -> None:
        """Show a household, the keyboard's place among its faults on ``at``; None clears the card."""
        self._picks, self._row = picks, row
        self.setVisible(row is not None)
        if picks is None or row is None:
            self._show_fault(None)
            return
        self.set_title(previewing.name_of(row))
        found = previewing.fault_items(row)
        self.faults.setVisible(len(found) > 1)
        self.faults.setFixedHeight(_ROW * (min(len(found), _MOST) + 1) + 4)
        self.faults.set_items(found)
        shown = row.fate != "faulty" and bool(row.cells)
        self.cells.setVisible(shown)
        self.in_full.setVisible(False)
        if shown:
            self.cells.set_rows(previewing.tickables(row, picks.cells(picks.place_of(row))))
            self.cells.list.setFixedHeight(_ROW * (min(len(row.cells), _MOST_CELLS) + 1) + 4)
        typed = row.key in picks.typed
        self.type_it.setVisible(row.fate == "faulty" and not typed)
        self._say_standing()
        self._go_to_fault(at)

    def edit_fault(self) -> None:
        """Put the keyboard into the editor of the fault shown, or on the list where no cell can be mended."""
        (self.mend.editor or self.faults.table).setFocus()

    def renew_ticks(self) -> None:
        """The household's tick was turned in the table."""
        if self._picks is not None and self._row is not None and not self.cells.isHidden():
            self.cells.set_rows(previewing.tickables(self._row, self._picks.cells(self._picks.place_of(self._row))))
            self._say_standing()

    def _go_to_fault(self, at: SheetFinding | None) -> None:
        """The fault asked for, else the first that can be mended, else the only one; a household that is in order offers none."""
        row, items = self._row, self.faults.items()
        assert row is not None
        found = [item.thing for item in items if isinstance(item.thing, SheetFinding)]
        wanted = [n for n, one in enumerate(found) if one == at]
        wanted += [n for n, one in enumerate(found) if one.severity == "E" and field_of(row, one)]
        wanted += [0] if len(found) == 1 else []
        if wanted:
            self.faults.table.go_to(wanted[0])
        self._show_fault(found[wanted[0]] if wanted else None)

    def _show_fault(self, thing: object) -> None:
        """One fault whole, and its cell to be mended where it stands at one."""
        finding = thing if isinstance(thing, SheetFinding) else None
        self.fault.setVisible(finding is not None)
        if finding is not None:
            self.fault.setText(finding.text)
            mark(self.fault, "role", {"E": "fault", "W": "warn", "I": "quiet"}[finding.severity])
        cell = finding if finding is not None and finding.severity != "I" else None
        self.mend.show_cell(self._row, cell, self._said(cell) if cell is not None else "")

    def _say_standing(self) -> None:
        if self._picks is not None and self._row is not None:
            cells = self._picks.cells(self._picks.place_of(self._row))
            today = self._office.record.clock.now().date()
            against = imports.obstacles(self._row, cells, today)
            self.standing.setText(previewing.standing_of(self._row, against))

    def _on_fault(self, thing: object) -> None:
        if self._row is not None:
            self._show_fault(thing)

    def _on_fault_opened(self, thing: object) -> None:
        self._show_fault(thing)
        self.edit_fault()

    def _on_cell(self, thing: object) -> None:
        """The cell the keyboard is on, with both sides whole; a list column may cut them."""
        at = thing if isinstance(thing, int) and self._row is not None and thing < len(self._row.cells) else None
        self.in_full.setVisible(at is not None)
        if at is not None and self._row is not None:
            self.in_full.setText(previewing.cell_in_full(self._row, at))

    def _on_cells(self) -> None:
        if self._picks is None or self._row is None:
            return
        place = self._picks.place_of(self._row)
        self._picks.set_cells(place, [n for n in self.cells.ticked() if isinstance(n, int)])
        self.renew_ticks()
        self.cells_ticked.emit()
