"""设置与备份: what keeps the record safe and the town's ways right, one tab a subject."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QTabWidget, QWidget

from desktop.app.keeping import Keeper
from desktop.app.office import Office
from desktop.app.settings import Settings
from desktop.pages.care.backups import BackupPanel
from desktop.pages.care.health import HealthPanel
from desktop.pages.care.lines import LinesPanel
from desktop.pages.care.machine import MachinePanel
from desktop.pages.care.panel import Panel
from desktop.pages.care.people import PeoplePanel
from desktop.pages.care.villages import VillagesPanel
from desktop.pages.care.ways import WaysPanel
from desktop.widgets.page import Page


class CarePage(Page):
    """``open_thing`` takes the name of a tab: backup, people, ways, lines, villages, health, machine."""

    interests: ClassVar[frozenset[str]] = frozenset({"town", "people", "backup"})

    def __init__(self, office: Office, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__("设置与备份", "", parent)
        keeper = Keeper(office)
        self.panels: dict[str, Panel] = {
            "backup": BackupPanel(office, keeper),
            "people": PeoplePanel(office, keeper),
            "ways": WaysPanel(office, keeper),
            "lines": LinesPanel(office, keeper),
            "villages": VillagesPanel(office, keeper),
            "health": HealthPanel(office, keeper),
            "machine": MachinePanel(office, keeper, settings),
        }
        self.tabs = QTabWidget(self)
        for panel in self.panels.values():
            self.tabs.addTab(panel, panel.title)
            panel.setProperty("help", f"care.md#{panel.title}")
            panel.said.connect(self.said)
        self.body.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(self._on_tab)

    def refresh(self) -> None:
        self._current().refresh()

    def save(self) -> None:
        panel = self._current()
        if isinstance(panel, WaysPanel | LinesPanel | VillagesPanel):
            panel.save()

    def may_leave(self) -> bool:
        return all(panel.may_leave() for panel in self.panels.values())

    def open_thing(self, thing: object) -> None:
        panel = self.panels.get(str(thing))
        if panel is not None:
            self.tabs.setCurrentWidget(panel)

    def _current(self) -> Panel:
        panel = self.tabs.currentWidget()
        assert isinstance(panel, Panel)
        return panel

    def _on_tab(self) -> None:
        if self.isVisible():
            self._current().refresh()
