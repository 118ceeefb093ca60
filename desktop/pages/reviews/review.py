"""镇审核: the households the villages pass on, passed or returned by a reviewer who entered none of their steps.

Whoever may not do it sees the list and who must log in; a batch goes through whole or not at all.
"""

from __future__ import annotations

from datetime import date

from db.fields.review import DOCUMENT, MATCHING, RETURN_REASON, REVIEWED_ON, SAMPLED
from db.rules.case import Outcome
from db.rules.codes import Role
from db.services.cases import documents, reasons
from db.services.cases.reasons import Open
from db.services.deciding import reviews
from db.services.deciding.queues import Queued
from db.services.town import town
from desktop.app.office import Office
from desktop.widgets.batch import BatchPane, BatchRow, Deed
from desktop.widgets.colours import Tone
from desktop.widgets.form import Section
from desktop.widgets.looks import Card, button, label
from desktop.widgets.offer import Offer
from desktop.widgets.page import Page
from desktop.widgets.reasonbox import DoubtRow, ReasonPanel
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("village", "村", 80),
    Column("group", "村民小组", 84),
    Column("head", "户主", 84),
    Column("size", "人口", 56, "right"),
    Column("attribute", "属性", 98),
    Column("since", "初审意见", 98),
    Column("age", "已等", 66, "right"),
    Column("why", "说明", 140, sortable=False),
)
LAYOUT = (Section("", ((REVIEWED_ON, SAMPLED), (DOCUMENT,), (MATCHING,), (RETURN_REASON,))),)
SWITCH = "__switch__"
"""What the page asks for when another person has to log in."""


class ReviewTab(BatchPane):
    """Tells ``page`` what was done."""

    def __init__(self, office: Office, page: Page) -> None:
        deeds = (Deed("pass", "审核通过"), Deed("return", "退回", "danger"))
        super().__init__("镇审核", COLUMNS, LAYOUT, deeds, looks={"matching": "lines", "reason": "lines"}, parent=page)
        self.setProperty("help", "reviews.md#镇审核")
        self._office, self._page = office, page
        self._villages: dict[str, int] = {}
        self._news = ""
        self.switch = Card(parent=self)
        self.who = label("", "", self.switch, wrap=True)
        self.change = button("换审核人登录", "primary", self.switch)
        self.switch.body.addWidget(self.who)
        self.switch.body.addWidget(self.change)
        self.side.addWidget(self.switch)
        self.offer = Offer(self.form, self)
        self.under.addWidget(self.offer)
        self.empty.say("没有待镇审核的农户", "村里出具初审意见以后，农户就到这里。")
        self.doubts = ReasonPanel("说明理由，审核通过", self)
        self.side.addWidget(self.doubts)
        self.doubts.hide()
        self.doubts.given.connect(self._on_explained)
        self.doubts.left.connect(self._on_not_now)
        self.change.clicked.connect(self._on_change)
        self.asked.connect(self._on_asked)

    def show_queue(self, found: tuple[Queued, ...]) -> None:
        """Show who waits for the town's review."""
        self.doubts.hide()
        self._villages = {v.name: v.id for v in self._office.see(town.villages)}
        today = self._today()
        self.set_rows([_row(q, today) for q in found])
        self._say_who()
        number = self._office.see(documents.propose) if found else ""
        self.offer.make(f"上报文号用下一号 {number}" if number else "", {"document": number})
        if not self.form.is_dirty():
            self.form.set_values({"reviewed_on": today})

    def choose_village(self, village_id: int) -> None:
        """Show one village."""
        names = {i: name for name, i in self._villages.items()}
        self.choose_group(names.get(village_id, ""))

    def _say_who(self) -> None:
        me = self._office.record.actor
        mine = me.role is Role.REVIEWER
        people = self._office.record.people()
        names = "、".join(p.name for p in people if p.active and p.role is Role.REVIEWER)
        self.lock(not mine)
        self.switch.setVisible(not mine)
        self.note.setText(
            "勾选的一批要么全部办成，要么一户也不写入。" if mine else "您可以看名单和打印，不能办理审核。"
        )
        self.who.setText(f"须由审核人 {names} 登录后审核。现在登录的是经办人 {me.name}；录入的人不能审核自己录入的户。")

    def _on_asked(self, deed: str) -> None:
        if not self.form.check(demanded=True):
            return
        if deed == "pass":
            self.wait(True)
            self._office.read("核对疑点", reasons.open_in_cases, self.chosen(), done=self._on_doubts)
        else:
            self._review(Outcome.RETURNED)

    def _on_doubts(self, found: tuple[Open, ...]) -> None:
        """A doubt without a reason is asked for in place, once; a reason answers as many as are ticked."""
        self.wait(False)
        if not found:
            self._review(Outcome.PASSED)
            return
        households = len({one.doubt.household_id for one in found})
        heading = f"{households:,} 户有 {len(found):,} 处疑点还没有理由，说明以后才能审核通过；要改的请先退回。"
        self.doubts.show_doubts(heading, [DoubtRow(one.head_name, one.text, one.doubt) for one in found])
        self._ask(True)

    def _ask(self, asking: bool) -> None:
        """One of the two at a time; both together would not fit the smallest window and make it grow."""
        (self.doing if asking else self.doubts).hide()
        (self.doubts if asking else self.doing).show()

    def _on_explained(self, doubts: object, reason: str) -> None:
        assert isinstance(doubts, list)
        self._office.write(
            "说明理由", reasons.keep, doubts, reason, done=self._on_kept, failed=self._on_not_kept,
            changes=frozenset({"reasons"}), by=self._page,
        )  # fmt: skip

    def _on_kept(self, _: int) -> None:
        self.doubts.box.clear()
        self._ask(False)
        self._on_asked("pass")

    def _on_not_kept(self, error: Exception) -> None:
        self._ask(False)
        self.show_error(error)

    def _on_not_now(self) -> None:
        self._ask(False)

    def _review(self, outcome: Outcome) -> None:
        said = self.form.values()
        self._news = f"{outcome.label} {self.counted()}，审核表、退回单和上报报告在“审核表与上报报告”里打印"
        self.wait(True)
        self._office.write(
            "镇审核", reviews.review, self.chosen(), reviewed_on=said["reviewed_on"], outcome=outcome,
            reason=(said["reason"] or "") if outcome is Outcome.RETURNED else "", document=said["document"] or "",
            sampled=said["sampled"], matching=said["matching"] or "",
            done=self._on_done, failed=self.show_error, by=self._page,
        )  # fmt: skip

    def _on_done(self, result: object) -> None:
        self.form.set_clean()
        self._page.said.emit(self._news, "pine")
        self._page.renew()

    def _on_change(self) -> None:
        self._page.go_asked.emit(SWITCH, None)

    def _today(self) -> date:
        return self._office.record.clock.now().date()


def _row(queued: Queued, today: date) -> BatchRow:
    line, barred = queued.line, bool(queued.why)
    tone: Tone = "grey" if barred else ""
    texts = (
        line.village, line.group, line.head_name, str(line.size), line.attribute, f"{line.since:%Y-%m-%d}",
        f"{(today - line.since).days} 天", queued.why or (f"欠 {queued.lacking} 件材料" if queued.lacking else ""),
    )  # fmt: skip
    cells = tuple(Cell(text, tone, tip=text) for text in texts)
    return BatchRow(line.case_id, line.village, line.named, line.size, cells, barred)
