"""At the right: for which month and villages, and what the form asks that the record lacks, with the households to open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from db.services.countyforms.lists import gathered
from db.services.countyforms.plan import Plan
from db.sheets.template import FormKind
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Line, SideCard

_LACKS = (
    Column("home", "户", 100, least=70),
    Column("what", "空着的", 104, sortable=False, least=60),
    Column("go", "", 66, sortable=False),
)
_ALL = "全部村"
_LISTED = 6
_ROWS = (FormKind.HOUSEHOLD, FormKind.PERSON)
_MONTHS_BACK = 12


class LackPane(QWidget):
    """Signals: ``changed()`` another month, village or way; ``opened(household_id)``; ``exported()`` the list is to be written."""

    changed = Signal()
    opened = Signal(int)
    exported = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "countyforms.md#填好并另存")
        self.months: Sequence[date] = ()
        self.month: QComboBox = Box(self)
        self.village: QComboBox = Box(self)
        self.once = QCheckBox("户的内容只填户主行", self)
        self.notes = SideCard("表与档案")
        self.lacks = ListTable(_LACKS, name="county-form-lacks")
        self.heading = label("", "heading", self)
        self.export = button("导出待补清单", "plain", self)
        self._lay_out()
        self.month.activated.connect(self.changed)
        self.village.activated.connect(self.changed)
        self.once.toggled.connect(self.changed)
        self.lacks.opened.connect(self._on_opened)
        self.lacks.acted.connect(self._on_acted)
        self.export.clicked.connect(self.exported)

    def set_months(self, today: date) -> None:
        """Offer this month and the year before it; the one chosen stays where it is still offered."""
        kept = self.chosen_month() if self.months else None
        found = [today.replace(day=1)]
        for _ in range(_MONTHS_BACK):
            year, month = divmod(found[-1].year * 12 + found[-1].month - 2, 12)
            found.append(date(year, month + 1, 1))
        self.months = found
        self.month.clear()
        self.month.addItems([f"{first.year} 年 {first.month} 月" for first in found])
        self.month.setCurrentIndex(found.index(kept) if kept in found else 0)

    def set_villages(self, names: Sequence[str]) -> None:
        """Offer these villages; the one chosen stays where it is still offered."""
        kept = self.village.currentText()
        self.village.clear()
        self.village.addItems([_ALL, *names])
        self.village.setCurrentIndex(max(0, self.village.findText(kept)))

    def chosen_month(self) -> date:
        """The first day of the month the form tells of."""
        return self.months[max(0, self.month.currentIndex())]

    def chosen_villages(self) -> tuple[str, ...]:
        """The village chosen; none for all."""
        return () if self.village.currentIndex() <= 0 else (self.village.currentText(),)

    def show_plan(self, plan: Plan, losses: Sequence[str], waiting: int) -> None:
        """Show what is missing on either side."""
        found = gathered(plan.lacks)
        blank = [text for sheet in plan.sheets for text in sheet.unanswered]
        lines = [Line(f"{plan.counted.households:,} 户 {plan.counted.persons:,} 人", "ok")]
        if waiting:
            lines.append(Line(f"{waiting} 列还没有核对，先空着", "mind", "核对后才会填"))
        if len(blank) > waiting:
            more = f" 等 {len(blank)} 列" if len(blank) > _LISTED else ""
            lines.append(
                Line(
                    f"{len(blank)} 列{'（含没核对的）' if waiting else ''}不填或档案里没有",
                    "mind",
                    "、".join(blank[:_LISTED]) + more,
                )
            )
        if not found and any(sheet.fill.sheet.kind in _ROWS and sheet.fill.count for sheet in plan.sheets):
            lines.append(Line("要填的档案里都有，没有空着的户", "ok"))
        lines += [Line(note, "mind") for sheet in plan.sheets for note in sheet.notes[:_LISTED]]
        lines += [Line(text, "mind") for text in losses]
        self.notes.show_lines(lines)
        self.heading.setText(f"档案里空着的 {len(found):,} 处")
        self.lacks.set_items(
            [
                Item(
                    (Cell(f"{one.head_name}{f'·{one.person}' if one.person else ''}", tip=f"{one.village}{one.group}"), Cell(one.what, tip=one.what), Cell("打开", look="button")),
                    thing=one.household_id,
                )
                for one in found
            ]
        )  # fmt: skip
        self.below.setVisible(bool(found))

    def _lay_out(self) -> None:
        choice = Card("填哪个月、哪些村")
        for part, name in ((self.month, "月份"), (self.village, "村")):
            part.setAccessibleName(name)
            choice.body.addWidget(part)
        choice.body.addWidget(self.once)
        self.below = Card(margin=12)
        self.below.body.addWidget(self.heading)
        self.below.body.addWidget(self.lacks, 1)
        self.below.body.addWidget(self.export)
        whole = column(self, 10)
        whole.addWidget(choice)
        whole.addWidget(self.notes)
        whole.addWidget(self.below, 20)
        whole.addStretch(1)

    def _on_opened(self, thing: object) -> None:
        if isinstance(thing, int):
            self.opened.emit(thing)

    def _on_acted(self, thing: object, _: str) -> None:
        self._on_opened(thing)
