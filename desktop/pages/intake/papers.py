"""What is printed at intake: the register of applications, receipts for those selected, and the blank forms that go to the villages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from db.papers.model import Paper
from db.services.papers import blanks as blank_papers
from db.services.papers import intake as intake_papers
from desktop.app.office import Office
from desktop.pages.intake.waiting import WaitingList
from desktop.printing.window import show_paper
from desktop.widgets.menus import MenuButton

REGISTER, THIS_YEAR, THIS_MONTH, RECEIPTS, BLANK = "register", "year", "month", "receipts", "blank:"


class IntakePapers(MenuButton):
    """The register and the receipts are of the village and the rows chosen in ``waiting``."""

    def __init__(self, office: Office, waiting: WaitingList, parent: QWidget) -> None:
        super().__init__("打印", parent)
        self._office, self._waiting = office, waiting
        self.add(REGISTER, "申请受理登记簿（全部）")
        self.add(THIS_YEAR, "申请受理登记簿（今年）")
        self.add(THIS_MONTH, "申请受理登记簿（本月）")
        self.add(RECEIPTS, "受理回执（选中的农户）")
        self.add_line()
        for title in blank_papers.TITLES:
            self.add(f"{BLANK}{title}", f"空白{title}")
        self.chosen.connect(self._on_chosen)

    def _on_chosen(self, what: str) -> None:
        village = self._waiting.wanted().village_id
        if what.startswith(BLANK):
            self._read(blank_papers.blank, what.removeprefix(BLANK), village)
        elif what == RECEIPTS:
            chosen = self._waiting.table.selected_ids() or [self._waiting.table.current_id()]
            self._read(intake_papers.receipts, [i for i in chosen if i >= 0])
        else:
            self._read(intake_papers.register, village, *self._period(what))

    def _period(self, what: str) -> tuple[date | None, date | None]:
        """From the first day of this year or month up to today; no bounds for everything."""
        today = self._office.record.clock.now().date()
        firsts = {THIS_YEAR: date(today.year, 1, 1), THIS_MONTH: date(today.year, today.month, 1)}
        return (firsts[what], today) if what in firsts else (None, None)

    def _read(self, verb: Callable[..., Paper], *args: object) -> None:
        self._office.read("准备文书", verb, *args, done=self._show)

    def _show(self, paper: Paper) -> None:
        show_paper(self, paper)
