"""建档立卡: the households the county decided get their numbers and are on the register."""

from __future__ import annotations

from datetime import date

from db.fields.county import ISSUED_ON
from db.services.deciding import cards
from db.services.deciding.queues import Queued
from db.services.town import town
from desktop.app.office import Office
from desktop.pages.county.rows import COLUMNS, queue_row
from desktop.widgets.batch import BatchPane, Deed
from desktop.widgets.form import Section
from desktop.widgets.page import Page

LAYOUT = (Section("", ((ISSUED_ON,),)),)


class IssueTab(BatchPane):
    """Tells ``page`` what was done."""

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__("建档立卡", COLUMNS, LAYOUT, (Deed("issue", "建档立卡"),), parent=page)
        self.setProperty("help", "county.md#建档立卡")
        self._office, self._page = office, page
        self._news = ""
        self.empty.say("没有待建档立卡的农户", "县审定通过的农户到这里编号建卡；建好的卡在“户卡”里打印。")
        self.asked.connect(self._on_asked)

    def show_queue(self, found: tuple[Queued, ...]) -> None:
        """Show who was decided and has no card yet."""
        pattern = self._office.see(town.options).card_pattern.replace("{", "").replace("}", "")
        self.note.setText(f"户卡编号按“{pattern}”由程序顺序编出，建卡后农户在册，不能再改号。")
        self.set_rows([queue_row(q) for q in found])
        if not self.form.is_dirty():
            self.form.set_values({"issued_on": self._today()})

    def choose_village(self, village_id: int) -> None:
        """Show one village."""
        self.choose_group({v.id: v.name for v in self._office.see(town.villages)}.get(village_id, ""))

    def _on_asked(self, deed: str) -> None:
        if not self.form.check(demanded=True):
            return
        self._news = f"已建档立卡 {self.counted()}"
        self.wait(True)
        self._office.write(
            "建档立卡", cards.issue, self.chosen(), self.form.values()["issued_on"], done=self._on_done,
            failed=self.show_error, by=self._page,
        )  # fmt: skip

    def _on_done(self, numbers: dict[int, str]) -> None:
        found = list(numbers.values())
        named = f"{found[0]} 至 {found[-1]}" if len(found) > 1 else found[0]
        self.form.set_clean()
        self._page.said.emit(f"{self._news}：{named}；户卡可以打印了", "pine")
        self._page.renew()

    def _today(self) -> date:
        return self._office.record.clock.now().date()
