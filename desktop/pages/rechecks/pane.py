"""The households of a round and what was found of them: tick those of one finding, say it once, put it down."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from db.fields.recheck import ACTED_ON, CHECKERS, CODE, OUTCOME, REASON
from db.rules.codes import Recheck
from db.rules.names import people_in
from db.rules.recheck import Outcome
from db.services.deciding import rechecks
from db.services.deciding.rechecks import Target
from desktop.app.office import Office
from desktop.widgets.batch import BatchPane, BatchRow, Deed
from desktop.widgets.colours import Tone
from desktop.widgets.editors import Look
from desktop.widgets.form import Section
from desktop.widgets.looks import button
from desktop.widgets.page import Page
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("group", "村民小组", 78),
    Column("head", "户主", 76),
    Column("size", "人口", 48, "right"),
    Column("number", "户编号", 124),
    Column("outcome", "结果", 64),
    Column("on", "核查", 60),
    Column("people", "核查人", 108),
    Column("why", "核查发现", 140, sortable=False),
)
LAYOUT = (Section("", ((OUTCOME,), (ACTED_ON,), (CHECKERS,), (CODE,), (REASON,))),)
TONES: dict[Recheck, Tone] = {
    Recheck.KEPT: "pine", Recheck.CORRECTED: "ochre", Recheck.REMOVED: "red", Recheck.ADDED: "pine",
}  # fmt: skip
_NOTE = "勾选结果相同的户，一次录入。更正的录入后到户档改资料；清退的从民主评议办起，县审定后才离开名册。"


class RecheckPane(BatchPane):
    """Tells ``page`` what was done."""

    def __init__(self, office: Office, page: Page) -> None:
        looks: dict[str, Look] = {"outcome": "segments", "reason": "lines"}
        deeds = (Deed("record", "录入核查结果"),)
        super().__init__("核查结果", COLUMNS, LAYOUT, deeds, ticked=False, looks=looks, parent=page)
        self.setProperty("help", "rechecks.md#录入核查结果")
        self._office, self._page = office, page
        self._round = 0
        self._chosen: tuple[Recheck, list[int]] = (Recheck.KEPT, [])
        self.note.setText(_NOTE)
        self.missed = button("发现漏评户，去录入申请", "link", self)
        self.side.addWidget(self.missed, 0, Qt.AlignmentFlag.AlignLeft)
        self.empty.say("本轮没有要核查的户", "")
        self.missed.clicked.connect(self._on_missed)
        self.form.changed.connect(self._on_form)
        self.asked.connect(self._on_asked)
        self.ticks.list.opened.connect(self._on_opened)
        self._on_form()

    def show_round(self, round_id: int, found: tuple[Target, ...]) -> None:
        """Show the households of a round; another one begins with a form that only knows today."""
        another, self._round = round_id != self._round, round_id
        self.set_rows([_row(t) for t in sorted(found, key=_was_looked_at)])
        if another:
            self.form.set_values({"acted_on": self._today()})
            self._on_form()

    def _on_form(self) -> None:
        """The code is asked for a removal only."""
        outcome = self.form.editor("outcome").value()
        self.form.cell("code").setVisible(outcome is Recheck.REMOVED)

    def _on_asked(self, deed: str) -> None:
        if not self.form.check(demanded=True):
            self.form.go_to_first_fault()
            return
        said = self.form.values()
        people = people_in(said["checkers"])
        found = Outcome(said["outcome"], said["acted_on"], people, said["code"], said["reason"] or "")
        self._chosen = (found.outcome, self.chosen())
        self.wait(True)
        self._office.write(
            "录入核查结果", rechecks.record, self._round, self.chosen(), found, done=self._on_done,
            failed=self.show_error, by=self._page,
        )  # fmt: skip

    def _on_done(self, opened: tuple[int, ...]) -> None:
        """The people and the day stay for the next households; the finding does not."""
        outcome, homes = self._chosen
        self.ticks.tick_none()
        for key in ("outcome", "code", "reason"):
            self.form.editor(key).set_value(None)
        self.form.set_clean()
        self._on_form()
        self._page.said.emit(_news(outcome, len(homes)), "pine")
        self._page.renew()
        if outcome is Recheck.CORRECTED and len(homes) == 1:
            self._page.go_asked.emit("households", homes[0])

    def _on_opened(self, thing: object) -> None:
        if isinstance(thing, int):
            self._page.go_asked.emit("households", thing)

    def _on_missed(self) -> None:
        self._page.go_asked.emit("intake", None)

    def _today(self) -> date:
        return self._office.record.clock.now().date()


def _news(outcome: Recheck, count: int) -> str:
    onward = {
        Recheck.CORRECTED: "，请在户档更正资料",
        Recheck.REMOVED: "，接着召开民主评议，再公示 7 天",
    }
    return f"已录入 {count} 户：{outcome.label}{onward.get(outcome, '')}"


def _was_looked_at(target: Target) -> bool:
    """Those nobody looked at yet stand first."""
    return target.looked is not None


def _row(target: Target) -> BatchRow:
    line, looked = target.line, target.looked
    barred = looked is not None and looked.stands
    tone: Tone = "grey" if looked is not None else ""
    texts = (line.group, line.head_name, str(line.size), line.card_number or "未建档")
    if looked is None:
        told = (Cell("未核查" if line.on_register else "新申请", "grey"), Cell(""), Cell(""), Cell(""))
    else:
        said = f"{looked.code.value} {looked.reason}" if looked.code else looked.reason
        told = (
            Cell(looked.outcome.label, TONES[looked.outcome], "pill"), Cell(f"{looked.acted_on:%m-%d}", tone),
            Cell("、".join(looked.checkers), tone, tip="、".join(looked.checkers)), Cell(said, tone, tip=said),
        )  # fmt: skip
    return BatchRow(line.id, line.village, line.named, line.size, (*(Cell(t, tone) for t in texts), *told), barred)
