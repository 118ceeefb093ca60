"""审核表与退回单: what the town reviewed, village by village, and the two papers of it as they print."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget

from db.papers import review
from db.services import village_papers
from db.services.reviewed import ReviewedVillage, Tally
from desktop.app.office import Office
from desktop.printing.preview import PaperPreview
from desktop.widgets.batch import both
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, row
from desktop.widgets.page import Page
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("on", "审核日期", 100),
    Column("village", "村", 84),
    Column("passed", "通过", 116, "right"),
    Column("returned", "退回", 100, "right"),
    Column("reviewer", "审核人", 90),
)


class SheetsTab(QWidget):
    """The list at the left, the chosen paper at the right."""

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__(page)
        self._office = office
        self.list = ListTable(COLUMNS, name="reviewed", parent=self)
        self.empty = Empty("还没有审核过的农户", "镇审核以后，审核表和退回单在这里打印。", parent=self)
        self.sheet = self._chip("镇审核表")
        self.back = self._chip("退回单")
        self.preview = PaperPreview(self)
        self._lay_out()
        self.sheet.setChecked(True)
        self.list.current_changed.connect(self._on_current)
        self.sheet.clicked.connect(self._on_sheet)
        self.back.clicked.connect(self._on_back)

    def show_reviewed(self, found: tuple[ReviewedVillage, ...]) -> None:
        """Show the reviews, the newest first."""
        self.list.set_items([_item(one) for one in found])
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found and self.list.current_thing() is None:
            self.list.table.go_to(0)
        self._on_current(self.list.current_thing())

    def _chip(self, text: str) -> QPushButton:
        made = button(text, "chip", self)
        made.setCheckable(True)
        return made

    def _lay_out(self) -> None:
        split, papers = row(self, gap=14), row()
        left, right = Card(parent=self, margin=0), Card(parent=self, margin=10)
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.empty, 1)
        for chip in (self.sheet, self.back):
            papers.addWidget(chip)
        papers.addStretch(1)
        right.body.addLayout(papers)
        right.body.addWidget(self.preview, 1)
        split.addWidget(left, 55)
        split.addWidget(right, 45)

    def _on_current(self, thing: object) -> None:
        returned = isinstance(thing, ReviewedVillage) and bool(thing.returned.households)
        self.back.setVisible(returned)
        if not returned:
            self._choose(self.sheet)
        self._show(thing)

    def _on_sheet(self) -> None:
        self._choose(self.sheet)
        self._show(self.list.current_thing())

    def _on_back(self) -> None:
        self._choose(self.back)
        self._show(self.list.current_thing())

    def _choose(self, chip: QPushButton) -> None:
        for one in (self.sheet, self.back):
            one.setChecked(one is chip)

    def _show(self, thing: object) -> None:
        if not isinstance(thing, ReviewedVillage):
            self.preview.show_paper(None)
            return
        facts = self._office.see(village_papers.review_sheet, thing.batch_id, thing.village)
        build = review.returned if self.back.isChecked() else review.build
        self.preview.show_paper(build(facts))


def _item(one: ReviewedVillage) -> Item:
    cells = (
        f"{one.reviewed_on:%Y-%m-%d}", one.village, _both(one.passed),
        Cell(_both(one.returned), "red" if one.returned.households else "grey"), one.reviewer,
    )  # fmt: skip
    return Item(cells, thing=one)


def _both(tally: Tally) -> str:
    return both(tally.households, tally.persons) if tally.households else "—"
