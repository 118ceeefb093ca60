"""汇总名册: the roll of a village as it prints, by attribute with subtotals.

Whole ID numbers stand on it only for a purpose that is written down; the trail keeps it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from db.fields.review import PURPOSE
from db.papers import roll
from db.papers.roll import RollFacts
from db.rules.procedure import IDENTIFICATION
from db.services.papers import village as village_papers
from db.services.town import town
from desktop.app.office import Office
from desktop.printing.preview import PaperPreview
from desktop.widgets.batch import both
from desktop.widgets.editors import LineEditor
from desktop.widgets.faults import problems_of
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.page import Page
from desktop.widgets.picks import Box


class RollTab(Card):
    """Tells ``page`` what was done."""

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__(parent=page, margin=12)
        self.setProperty("help", "reviews.md#汇总名册")
        self._office, self._page = office, page
        self._ladder = IDENTIFICATION
        self.village = Box(self)
        self.village.setAccessibleName("村")
        self.village.setMinimumWidth(160)
        self.told = label("", "strong", self)
        self.whole = QCheckBox("印完整身份证号（仅限内部和报县）", self)
        self.purpose = LineEditor(PURPOSE.kind, self)
        self.purpose.core.setAccessibleName("用途")
        self.purpose.set_placeholder("用途，如：报县扶贫办")
        self.purpose.setFixedWidth(200)
        self.show_whole = button("按此用途显示", "plain", self)
        self.fault = label("", "fault", self, wrap=True)
        self.preview = PaperPreview(self)
        self._lay_out()
        self.village.activated.connect(self.reload)
        self.whole.toggled.connect(self._on_whole)
        self.show_whole.clicked.connect(self._on_show_whole)

    def renew(self, ladder: str = IDENTIFICATION) -> None:
        """Offer the villages and show the roll of the one chosen, of those to come on the register or of those to leave it."""
        self._ladder = ladder
        here = self.village.currentData()
        self.village.clear()
        for one in self._office.see(town.villages):
            self.village.addItem(one.name, one.id)
        self.village.setCurrentIndex(max(self.village.findData(here), 0))
        self.reload()

    def choose_village(self, village_id: int) -> None:
        """Show the roll of one village."""
        at = self.village.findData(village_id)
        if at >= 0:
            self.village.setCurrentIndex(at)
            self.reload()

    def reload(self) -> None:
        """Show the roll with ID numbers cut to their tail; whole numbers are asked for anew each time."""
        self.whole.setChecked(False)
        self._read()

    def _read(self) -> None:
        if self.village.currentData() is not None:
            self._office.read(
                "读取汇总名册", village_papers.roll, self.village.currentData(), ladder=self._ladder, done=self._show,
                failed=self._refuse,
            )  # fmt: skip

    def _lay_out(self) -> None:
        head = row(gap=10)
        before: tuple[QWidget, ...] = (label("村", "", self), self.village, self.told)
        after: tuple[QWidget, ...] = (self.whole, self.purpose, self.show_whole)
        for part in before:
            head.addWidget(part)
        head.addStretch(1)
        for part in after:
            head.addWidget(part)
        self.body.addLayout(head)
        self.body.addWidget(self.fault)
        self.body.addWidget(self.preview, 1)
        self.fault.hide()
        self._on_whole(False)

    def _show(self, facts: RollFacts) -> None:
        self.fault.hide()
        self.told.setText(both(len(facts.rows), sum(r.size for r in facts.rows)))
        self.preview.show_paper(roll.build(facts))

    def _refuse(self, error: Exception) -> None:
        self.told.setText("")
        self.preview.show_paper(None)
        self._say(error)

    def _say(self, error: Exception) -> None:
        self.fault.setText("\n".join(p.text for p in problems_of(error)))
        self.fault.show()

    def _on_whole(self, on: bool) -> None:
        self.purpose.setVisible(on)
        self.show_whole.setVisible(on)
        if on:
            self.purpose.setFocus()
        elif self.isVisible():
            self._read()

    def _on_show_whole(self) -> None:
        self._office.write(
            "名册印完整身份证号", village_papers.unmasked_roll, self.village.currentData(), self.purpose.raw(), self._ladder,
            done=self._show, failed=self._say, changes=frozenset(), by=self._page,
        )  # fmt: skip
