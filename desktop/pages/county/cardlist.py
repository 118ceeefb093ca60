"""户卡: the households on the register and their cards, seen one by one, saved all in one PDF or each in its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.papers import card
from db.papers.model import Paper
from db.rules.case import Status
from db.services.papers import household as household_papers
from db.services.papers import index as paper_list
from db.services.town import search, town
from db.services.town.search import Filter, Line
from desktop.app.office import Office
from desktop.app.paths import offered
from desktop.app.ticket import Ticket
from desktop.pages.county.book import VillagePapers
from desktop.printing.many import save_each, save_together
from desktop.printing.preview import PaperPreview
from desktop.widgets.batch import both
from desktop.widgets.chips import Chips
from desktop.widgets.empty import Empty
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.page import Page
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.table import RecordTable

COLUMNS = (
    Column("card_number", "编号", 140),
    Column("village", "村", 80),
    Column("group", "村民小组", 84),
    Column("head_name", "户主", 84),
    Column("size", "人口", 56, "right", summed=True),
    Column("since", "建卡", 96),
)
_SHOWN = ("户卡", "贫困户登记表（信息采集表）", "家庭成员表", "收入核算表")
_AT_ONCE = 50
"""Cards read from the record in one go."""


class CardsTab(QWidget):
    """Tells ``page`` what was done."""

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__(page)
        self.setProperty("help", "county.md#户卡")
        self._office, self._page = office, page
        self.village = Box(self)
        self.village.setAccessibleName("村")
        self.village.setMinimumWidth(150)
        self.told = label("", "strong", self)
        self.table = RecordTable(COLUMNS, "cards", parent=self)
        self.empty = Empty("还没有户卡", "在“建档立卡”里给县审定通过的农户编号建卡。", parent=self)
        self.one_pdf = button("存成一个 PDF", "plain", self)
        self.each_pdf = button("每户一个 PDF", "plain", self)
        self.papers = VillagePapers(office, self.village, self)
        self.which = Chips(_SHOWN, self)
        self.preview = PaperPreview(self)
        self._lay_out()
        self.village.activated.connect(self.reload)
        self.table.current_changed.connect(self._on_current)
        self.table.selection_said.connect(self._on_selection)
        self.table.selection_said.connect(page.selection_said)
        self.table.failed.connect(office.work.tell)
        self.which.chosen.connect(self._on_which)
        self.one_pdf.clicked.connect(self._on_one)
        self.each_pdf.clicked.connect(self._on_each)

    def renew(self) -> None:
        """Offer the villages and show the cards of the one chosen."""
        here = self.village.currentData()
        self.village.clear()
        self.village.addItem("全部村", None)
        for one in self._office.see(town.villages):
            self.village.addItem(one.name, one.id)
        self.village.setCurrentIndex(max(self.village.findData(here), 0))
        self.reload()

    def choose_village(self, village_id: int) -> None:
        """Show the cards of one village."""
        at = self.village.findData(village_id)
        if at >= 0:
            self.village.setCurrentIndex(at)
            self.reload()

    def reload(self) -> None:
        """Read the list anew."""
        wanted = self._filter()
        households, persons = self._office.see(search.count, wanted)
        self.told.setText(both(households, persons))
        self.papers.renew(households)
        self.table.set_source(_Cards(self._office, wanted))
        self.table.setVisible(households > 0)
        self.empty.setVisible(households == 0)
        if households and self.table.current_id() < 0:
            self.table.go_to(self.table.ids()[0])
        self._on_current(self.table.current_id())
        self._on_selection("")

    def wanted(self) -> list[int]:
        """Households whose cards are to be saved: those selected, when more than one is, else all that are listed."""
        chosen = self.table.selected_ids()
        return chosen if len(chosen) > 1 else list(self.table.ids())

    def save_one(self, path: Path) -> Ticket:
        """All wanted cards in one PDF."""
        ids = self.wanted()

        def saved(ticket: Ticket) -> str:
            target = save_together(self._papers(ids), len(ids), "户卡", path, ticket)
            return f"{len(ids):,} 户的户卡已存为“{target.name}”"

        return self._office.long("存户卡", saved, self._on_saved)

    def save_each(self, folder: Path) -> Ticket:
        """Each wanted card in its own PDF."""
        ids = self.wanted()

        def saved(ticket: Ticket) -> str:
            made = save_each(self._papers(ids), len(ids), folder, ticket)
            return f"已在“{folder.name}”存 {made:,} 份户卡"

        return self._office.long("存户卡", saved, self._on_saved)

    def _papers(self, ids: Sequence[int]) -> Iterator[Paper]:
        for start in range(0, len(ids), _AT_ONCE):
            part = ids[start : start + _AT_ONCE]
            yield from map(card.build, self._office.see(household_papers.cards, part, show_ids=True))

    def _filter(self) -> Filter:
        return Filter(status=Status.REGISTERED, village_id=self.village.currentData())

    def _lay_out(self) -> None:
        split, head, foot = row(self, gap=14), row(gap=10), row()
        left, right = Card(parent=self, margin=12), Card(parent=self, margin=10)
        parts: tuple[QWidget, ...] = (label("村", "", self), self.village, self.told)
        for part in parts:
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.papers.menu)
        for made in (self.one_pdf, self.each_pdf):
            foot.addWidget(made)
        foot.addStretch(1)
        left.body.addLayout(head)
        left.body.addWidget(self.table, 1)
        left.body.addWidget(self.empty, 1)
        left.body.addLayout(foot)
        right.body.addWidget(self.which)
        right.body.addWidget(self.preview, 1)
        split.addWidget(left, 52)
        split.addWidget(right, 48)

    def _on_current(self, household_id: int) -> None:
        if household_id < 0 or not self.table.count():
            self.preview.show_paper(None)
            return
        self.preview.show_paper(self._office.see(paper_list.paper, household_id, self.which.text()))

    def _on_which(self, _: str) -> None:
        self._on_current(self.table.current_id())

    def _on_selection(self, _: str) -> None:
        count = len(self.wanted())
        chosen = "选中 " if len(self.table.selected_ids()) > 1 else ""
        self.one_pdf.setText(f"存成一个 PDF（{chosen}{count:,} 户）")
        self.each_pdf.setText(f"每户一个 PDF（{chosen}{count:,} 户）")
        for made in (self.one_pdf, self.each_pdf):
            made.setEnabled(count > 0)

    def _on_one(self) -> None:
        start = offered(self.preview.folder, f"户卡-{self.village.currentText()}.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self, "户卡存成一个 PDF", start, "PDF 文件 (*.pdf)")
        if chosen:
            self.save_one(Path(chosen))

    def _on_each(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "户卡存到哪个文件夹", str(self.preview.folder))
        if chosen:
            self.save_each(Path(chosen))

    def _on_saved(self, told: str) -> None:
        self._page.said.emit(told, "pine")


class _Cards:
    """Households on the register, as the table wants them."""

    def __init__(self, office: Office, wanted: Filter) -> None:
        self._office = office
        self._wanted = wanted

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        """Household ids in the order of a column."""
        return self._office.see(search.ids, self._wanted, order or "village", descending=descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        """The cells of some households, one query."""
        return {key: _cells(line) for key, line in self._office.see(search.lines, ids).items()}


def _cells(line: Line) -> Sequence[str | Cell]:
    return (line.card_number, line.village, line.group, line.head_name, str(line.size), f"{line.since:%Y-%m-%d}")
