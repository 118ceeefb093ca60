"""审核表与上报报告: what the town reviewed, village by village, with the papers of it as they print and the report to the county."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.papers import review
from db.papers.model import Paper
from db.services.deciding.reviewed import ReviewedVillage, Tally
from db.services.papers import reports as report_papers
from db.services.papers import village as village_papers
from desktop.app.office import Office
from desktop.printing.preview import PaperPreview
from desktop.widgets.batch import both
from desktop.widgets.chips import Chips
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, row
from desktop.widgets.page import Page
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("on", "审核日期", 100),
    Column("village", "村", 84),
    Column("passed", "通过", 116, "right"),
    Column("returned", "退回", 100, "right"),
    Column("reviewer", "审核人", 90),
)
SHEET, BACK, REPORT = "镇审核表", "退回单", "上报报告"


class SheetsTab(QWidget):
    """The list at the left, the chosen paper at the right."""

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__(page)
        self._office = office
        self._passing: frozenset[int] = frozenset()
        self.list = ListTable(COLUMNS, name="reviewed", parent=self)
        self.empty = Empty("还没有审核过的农户", "镇审核以后，审核表、退回单和上报报告在这里打印。", parent=self)
        self.which = Chips((SHEET, BACK, REPORT), self)
        self.preview = PaperPreview(self)
        self._lay_out()
        self.list.current_changed.connect(self._on_current)
        self.which.chosen.connect(self._on_which)

    def show_reviewed(self, found: tuple[ReviewedVillage, ...]) -> None:
        """Show the reviews, the newest first."""
        self._passing = frozenset(one.batch_id for one in found if one.passed.households)
        self.list.set_items([_item(one) for one in found])
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found and self.list.current_thing() is None:
            self.list.table.go_to(0)
        self._on_current(self.list.current_thing())

    def _lay_out(self) -> None:
        split = row(self, gap=14)
        left, right = Card(parent=self, margin=0), Card(parent=self, margin=10)
        left.body.addWidget(self.list, 1)
        left.body.addWidget(self.empty, 1)
        right.body.addWidget(self.which)
        right.body.addWidget(self.preview, 1)
        split.addWidget(left, 55)
        split.addWidget(right, 45)

    def _on_current(self, thing: object) -> None:
        barred = {}
        if isinstance(thing, ReviewedVillage):
            barred = {} if thing.returned.households else {BACK: "这次审核没有退回这个村的农户"}
            if thing.batch_id not in self._passing:
                barred[REPORT] = "这次审核没有同意上报的农户"
        self.which.bar(barred)
        self._show(thing)

    def _on_which(self, _: str) -> None:
        self._show(self.list.current_thing())

    def _show(self, thing: object) -> None:
        if not isinstance(thing, ReviewedVillage):
            self.preview.show_paper(None)
            return
        self.preview.show_paper(self._paper(thing))

    def _paper(self, thing: ReviewedVillage) -> Paper:
        if self.which.text() == REPORT:
            return self._office.see(report_papers.report, thing.batch_id)
        facts = self._office.see(village_papers.review_sheet, thing.batch_id, thing.village)
        return review.returned(facts) if self.which.text() == BACK else review.build(facts)


def _item(one: ReviewedVillage) -> Item:
    cells = (
        f"{one.reviewed_on:%Y-%m-%d}", one.village, _both(one.passed),
        Cell(_both(one.returned), "red" if one.returned.households else "grey"), one.reviewer,
    )  # fmt: skip
    return Item(cells, thing=one)


def _both(tally: Tally) -> str:
    return both(tally.households, tally.persons) if tally.households else "—"
