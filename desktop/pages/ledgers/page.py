"""月度台账: the sheets of a month for the county, each tab one part of the month's work."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from desktop.app.office import Office
from desktop.pages.ledgers.choices import Keeping
from desktop.pages.ledgers.closing import ClosingPane
from desktop.pages.ledgers.comparing import ComparingPane
from desktop.pages.ledgers.pane import Pane
from desktop.pages.ledgers.writing import WritingPane
from desktop.widgets.page import Page
from desktop.widgets.tabs import Tabs

_SUBTITLES = {
    "名单变化": "这个月的名单和以前一个月对照：哪些户来了、走了、变了，为什么，凭什么材料。",
    "月结": "一个月的台账核对无误后封存；以后录入的更正不改封存的内容，列入下月“调整”。",
}
_SUBTITLE = "先看各表，再导出成一个工作簿报县；身份证号等在这里遮住，导出的文件按县的格式写全。"


class LedgersPage(Page):
    """Signals of `Page`; ``open_thing`` takes a date in the month wanted, or the title of a tab. ``keeping`` is where choices are kept between two days."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "town"})

    def __init__(self, office: Office, keeping: Keeping | None = None, parent: QWidget | None = None) -> None:
        super().__init__("月度台账", _SUBTITLE, parent)
        self._month = "月度台账"
        self.writing = WritingPane(office, self, keeping)
        self.comparing = ComparingPane(office, self)
        self.closing = ClosingPane(office, self)
        self.panes: tuple[tuple[Pane, str], ...] = (
            (self.writing, "台账"), (self.comparing, "名单变化"), (self.closing, "月结"),
        )  # fmt: skip
        self.actions_row.addWidget(self.writing.export_button)
        self.tabs = Tabs(self)
        for pane, title in self.panes:
            self.tabs.add(pane, title)
        self.tabs.bar.setVisible(len(self.panes) > 1)
        self.body.addWidget(self.tabs, 1)
        self.writing.month_shown.connect(self._on_month)
        self.tabs.chosen.connect(self._on_tab)

    def refresh(self) -> None:
        for pane, _ in self.panes:
            pane.go_stale()

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, date):
            self.tabs.choose(self.writing)
            self.writing.choose_month(thing.replace(day=1))
        for pane, title in self.panes:
            if thing == title:
                self.tabs.choose(pane)

    def preview(self) -> None:
        pane = self.tabs.current()
        if isinstance(pane, Pane):
            pane.preview()

    def export_to(self, path: Path) -> None:
        """Write the month's workbook to ``path``, with progress and cancel."""
        self.writing.export_to(path)

    def file_name(self) -> str:
        """The name the county expects for the month shown."""
        return self.writing.file_name()

    def _on_month(self, title: str) -> None:
        self._month = title
        if self.tabs.current() is self.writing:
            self.set_title(title)

    def _on_tab(self, pane: object) -> None:
        here = next(title for one, title in self.panes if one is pane)
        self.writing.export_button.setVisible(pane is self.writing)
        self.set_title(self._month if pane is self.writing else here)
        self.set_subtitle(_SUBTITLES.get(here, _SUBTITLE))
