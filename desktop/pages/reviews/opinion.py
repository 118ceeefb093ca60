"""村初审: the households of a village whose notice is over, and the opinion the village gives on those ticked.

Those whose notice still runs or that are held by an objection stand there greyed, each with its reason and its day.
"""

from __future__ import annotations

from datetime import date

from db.fields.review import AGREE, GIVEN_ON, REASON, SIGNER, TEAM_LEADER
from db.rules.case import Status
from db.rules.codes import Agreement
from db.services.deciding import reviews
from db.services.deciding.queues import Queued
from db.services.deciding.reviews import Opinion
from db.services.town import town
from desktop.app.office import Office
from desktop.widgets.batch import BatchPane, BatchRow, Deed
from desktop.widgets.colours import Tone
from desktop.widgets.editors import Look
from desktop.widgets.form import Section
from desktop.widgets.page import Page
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("group", "村民小组", 88),
    Column("head", "户主", 88),
    Column("size", "人口", 56, "right"),
    Column("attribute", "属性", 98),
    Column("last", "公示期满", 96),
    Column("opens", "何时可办", 96),
    Column("why", "说明", 150, sortable=False),
)
LAYOUT = (Section("", ((GIVEN_ON,), (SIGNER, TEAM_LEADER), (AGREE,), (REASON,))),)
_NOTE = "公示满期、没有未办结异议的农户才能出具；意见印在申请表和名册上。"


class OpinionTab(BatchPane):
    """Tells ``page`` what was done."""

    def __init__(self, office: Office, page: Page) -> None:
        looks: dict[str, Look] = {"agree": "segments", "reason": "lines"}
        deeds = (Deed("opine", "出具初审意见"),)
        super().__init__("村初审意见", COLUMNS, LAYOUT, deeds, whole=False, looks=looks, parent=page)
        self.setProperty("help", "reviews.md#村初审")
        self._office, self._page = office, page
        self._villages: dict[str, int] = {}
        self._news = ""
        self.note.setText(_NOTE)
        self.empty.say("没有在公示的农户", "先在“公示”新建公示、登记张贴；期满以后在这里出具初审意见。", "去公示")
        self.empty.acted.connect(self._on_empty)
        self.group_chosen.connect(self._fill)
        self.asked.connect(self._on_asked)

    def show_queue(self, found: tuple[Queued, ...]) -> None:
        """Show who waits for the village's opinion."""
        self._villages = {v.name: v.id for v in self._office.see(town.villages)}
        today = self._today()
        self.set_rows([_row(q, today) for q in found])
        self._fill()

    def choose_village(self, village_id: int) -> None:
        """Show one village."""
        names = {i: name for name, i in self._villages.items()}
        self.choose_group(names.get(village_id, ""))
        self._fill()

    def _fill(self) -> None:
        """A fresh form knows today and who signed the village's last opinion."""
        village_id = self._villages.get(self.group())
        if village_id is None or self.form.is_dirty():
            return
        signer, leader = self._office.see(reviews.signers, village_id)
        self.form.set_values({"given_on": self._today(), "signer": signer or None, "team_leader": leader or None})

    def _on_asked(self, deed: str) -> None:
        if not self.form.check(demanded=True):
            return
        said = self.form.values()
        opinion = Opinion(
            said["given_on"],
            said["signer"],
            said["team_leader"],
            said["agree"] is Agreement.AGREED,
            said["reason"] or "",
        )
        self.wait(True)
        self._news = f"{self.group()}已出具初审意见 {self.counted()}：{said['agree'].label}"
        self._office.write(
            "出具初审意见",
            reviews.opine,
            self.chosen(),
            opinion,
            done=self._on_done,
            failed=self.show_error,
            by=self._page,
        )

    def _on_done(self, result: object) -> None:
        self.form.set_clean()
        self._page.said.emit(self._news, "pine")
        self._page.renew()

    def _on_empty(self) -> None:
        self._page.go_asked.emit("notices", None)

    def _today(self) -> date:
        return self._office.record.clock.now().date()


def _row(queued: Queued, today: date) -> BatchRow:
    line, barred = queued.line, bool(queued.why)
    tone: Tone = "grey" if barred else ""
    last = f"{line.gate_last:%Y-%m-%d}" if line.gate_last else "未起算"
    texts = (line.group, line.head_name, str(line.size), line.attribute, last if line.gate_id else "未公示")
    opens = _opens(queued, today)
    said = "公示期未满" if opens.tone == "ochre" else queued.why
    cells = (*(Cell(text, tone) for text in texts), opens, Cell(said, tone, tip=queued.why))
    return BatchRow(line.case_id, line.village, line.named, line.size, cells, barred)


def _opens(queued: Queued, today: date) -> Cell:
    if not queued.why:
        return Cell("可办", "pine", "pill")
    if queued.line.status is Status.HELD:
        return Cell("有异议", "red", "pill")
    if queued.opens is not None and queued.opens > today:
        return Cell(f"{queued.opens:%m-%d} 起", "ochre", "pill")
    return Cell("未起算" if queued.line.gate_id else "未公示", "grey", "pill")
