"""Choosing what the villages are to fill in: columns by group, found by typing, usual choices at one press."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from db.services.sheets import roundtrip
from db.services.sheets.sendouts import PRESETS
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.sheet import Column
from desktop.widgets.ticks import Tickable, Ticks

_COLUMNS = (Column("group", "哪一类", 110), Column("label", "要填的栏", 200, least=120))


class AskedColumns(Card):
    """Signal ``changed()``: other columns are chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("要村里填哪些栏", parent)
        self.setProperty("help", "intake.md#发给村里填")
        self._offers = roundtrip.offers()
        self._chosen: set[str] = set()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("找一栏，如 住房、务工")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("找要填的栏")
        self.presets = {name: button(name, "chip", self) for name in PRESETS}
        self.list = Ticks(_COLUMNS, "栏", self)
        self.told = label("", "quiet", self, wrap=True)
        head = row()
        for name, chip in self.presets.items():
            chip.setCheckable(True)
            chip.setProperty("preset", name)
            chip.clicked.connect(self._on_preset)
            head.addWidget(chip)
        head.addWidget(self.search, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.told)
        self.search.textChanged.connect(self._show)
        self.list.changed.connect(self._on_ticked)
        self._show()

    def chosen(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the forms."""
        return tuple(offer.name for offer in self._offers if offer.name in self._chosen)

    def choose(self, names: Sequence[str]) -> None:
        """Choose just these columns."""
        self._chosen = {offer.name for offer in self._offers} & set(names)
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        """The columns that are looked for; those chosen stay chosen while they are out of sight."""
        wanted = self.search.text().strip()
        found = [o for o in self._offers if wanted in o.label or wanted in o.group]
        self.list.set_rows([Tickable((o.group, o.label), o.name, o.name in self._chosen) for o in found])
        self._tell()

    def _tell(self) -> None:
        for name, chip in self.presets.items():
            chip.setChecked(self._chosen >= set(PRESETS[name]))
        labels = [offer.label for offer in self._offers if offer.name in self._chosen]
        self.told.setText(f"要填 {len(labels)} 栏：{'、'.join(labels)}" if labels else "还没有选要填的栏")

    def _on_ticked(self) -> None:
        shown = {item.thing for item in self.list.list.items()}
        self._chosen = {name for name in self._chosen if name not in shown} | {str(n) for n in self.list.ticked()}
        self._tell()
        self.changed.emit()

    def _on_preset(self) -> None:
        columns = set(PRESETS[str(self.sender().property("preset"))])
        self.choose([*(self._chosen - columns if self._chosen >= columns else self._chosen | columns)])
