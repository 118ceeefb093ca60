"""县核查 and 县审定: the county's paper comes back with an outcome for each household, entered as one batch.

All are 通过 to begin with, as on most lists; the others are chosen and given their outcome and reason, or read from a list copied
out of the county's workbook.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.fields.county import DATED, NUMBER, REASON
from db.fields.kinds import Choice
from db.rules.case import Kind, Outcome
from db.services.deciding import county, returned
from db.services.deciding.county import CountyPaper, Ruling
from db.services.deciding.queues import Queued
from db.services.deciding.returned import Returned
from db.services.town import town
from desktop.app.office import Office
from desktop.pages.county.incoming import offer_incoming
from desktop.pages.county.rows import COLUMNS, queue_row
from desktop.widgets.batch import BatchPane, BatchRow, Deed, both
from desktop.widgets.colours import Tone
from desktop.widgets.editors import LineEditor, SegmentEditor
from desktop.widgets.form import Section
from desktop.widgets.looks import button, label, row
from desktop.widgets.offer import Offer
from desktop.widgets.page import Page
from desktop.widgets.sheet import Cell, Column

LAYOUT = (Section("", ((NUMBER,), (DATED,))),)
_COLUMNS = (*COLUMNS[:-2], Column("outcome", "结果", 88), Column("why", "原因或说明", 160, sortable=False))
_VERBS = {Kind.RECHECKED: county.recheck, Kind.DECIDED: county.decide}
_TONES: dict[Outcome, Tone] = {Outcome.PASSED: "pine", Outcome.RETURNED: "ochre", Outcome.REFUSED: "red"}
_SHOWN = 8


class RulingTab(BatchPane):
    """``kind`` is RECHECKED or DECIDED; tells ``page`` what was done."""

    def __init__(self, office: Office, page: Page, kind: Kind) -> None:
        deeds = (Deed("rule", f"录入{kind.label}结果"),)
        super().__init__(f"{kind.label}文件", _COLUMNS, LAYOUT, deeds, parent=page)
        self.setProperty("help", "county.md#县核查和县审定")
        self._office, self._page, self._kind = office, page, kind
        self._queue: tuple[Queued, ...] = ()
        self._outcomes: dict[int, tuple[Outcome, str]] = {}
        self._named: frozenset[int] = frozenset()
        self._news = ""
        self.outcome_of = SegmentEditor(Choice(table=Outcome), self)
        self.reason = LineEditor(REASON.kind, self)
        self.reason.set_placeholder("退回和不予认定的原因")
        self.apply = button("填入选中的户", "plain", self)
        self.fault = label("", "fault", self, wrap=True)
        self.paste = button("从剪贴板读县里的名单", "plain", self)
        self.paste.setToolTip("在 WPS 里选中名单（户主姓名、村、结果、原因各一列）按 Ctrl+C，再按这里")
        self.questions = label("", "warn", self, wrap=True)
        self.sums = label("", "strong", self, wrap=True)
        self.offer = Offer(self.form, self)
        self.under.addWidget(self.offer)
        self._add_tools()
        self.empty.say(f"没有待{kind.label}的农户", "镇审核（和县公告）办完以后，县里的文件回来在这里录入。")
        self._hear()

    def show_queue(self, found: tuple[Queued, ...]) -> None:
        """Show who waits for the county; outcomes already given stay."""
        self._queue = found
        waiting = {q.line.case_id for q in found}
        self._outcomes = {i: o for i, o in self._outcomes.items() if i in waiting}
        offer_incoming(self._office, self.offer)
        self._renew()

    def choose_village(self, village_id: int) -> None:
        """Show one village."""
        self.choose_group({v.id: v.name for v in self._office.see(town.villages)}.get(village_id, ""))

    def outcome(self, case_id: int) -> tuple[Outcome, str]:
        """What the county says of a household."""
        return self._outcomes.get(case_id, (Outcome.PASSED, ""))

    def is_dirty(self) -> bool:
        """Whether something entered would be lost."""
        return self.form.is_dirty() or bool(self._outcomes)

    def drop(self) -> None:
        """Give up what was entered."""
        self._outcomes.clear()
        self.form.set_values({})
        self._renew()

    def read_list(self, text: str) -> None:
        """Take the outcomes out of a copied list."""
        self._office.read("读取县里的名单", returned.read, self._kind, text, done=self._on_list)

    def _add_tools(self) -> None:
        setter = row()
        parts: tuple[QWidget, ...] = (label("选中的户", "", self), self.outcome_of, self.reason, self.apply)
        for part in parts:
            setter.addWidget(part, 1 if part is self.reason else 0)
        self.outcome_of.core.setAccessibleName("结果")
        self.reason.core.setAccessibleName("原因")
        self.tools.addLayout(setter)
        self.tools.addWidget(self.fault)
        self.fault.hide()
        self.questions.hide()
        self.note.setText("都先按通过。不通过的在左边选中，填结果和原因；也可以从 WPS 里复制县里的名单读进来。")
        for part in (self.paste, self.questions, self.sums):
            self.side.addWidget(part)

    def _hear(self) -> None:
        self.apply.clicked.connect(self._on_apply)
        self.paste.clicked.connect(self._on_paste)
        self.changed.connect(self._say_sums)
        self.group_chosen.connect(self._say_sums)
        self.ticks.list.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.asked.connect(self._on_asked)

    def _renew(self) -> None:
        self.set_rows([self._row(q) for q in sorted(self._queue, key=self._place)])
        if not self.form.is_dirty():
            self.form.set_values({"dated": self._today()})
        self._say_sums()
        self._on_selection()

    def _row(self, queued: Queued) -> BatchRow:
        outcome, reason = self.outcome(queued.line.case_id)
        pill = _later(queued) if queued.why else Cell(outcome.label, _TONES[outcome], "pill")
        return queue_row(queued, pill, reason)

    def _place(self, queued: Queued) -> int:
        """Those a list named come first, to be checked against it."""
        return 0 if queued.line.case_id in self._named else 1

    def _say_sums(self) -> None:
        sizes = {q.line.case_id: q.line.size for q in self._queue}
        said = []
        for outcome in Outcome:
            found = [sizes[i] for i in self.chosen() if self.outcome(i)[0] is outcome]
            if found or outcome is Outcome.PASSED:
                said.append(f"{outcome.label} {both(len(found), sum(found))}")
        self.sums.setText("，".join(said))

    def _on_selection(self) -> None:
        count = len(self.selected())
        self.apply.setText(f"填入选中的 {count} 户" if count else "填入选中的户（先在左边选）")
        self.apply.setEnabled(count > 0)

    def _on_apply(self) -> None:
        chosen, outcome = self.selected(), self.outcome_of.value()
        reason = self.reason.raw().strip()
        fault = "请选结果：通过、退回或不予认定" if not isinstance(outcome, Outcome) else ""
        if isinstance(outcome, Outcome) and outcome is not Outcome.PASSED and not reason:
            fault = f"{outcome.label}须写明原因"
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))
        if fault or not isinstance(outcome, Outcome):
            return
        for case_id in chosen:
            self._outcomes[case_id] = (outcome, "" if outcome is Outcome.PASSED else reason)
        self._renew()

    def _on_paste(self) -> None:
        self.read_list(QGuiApplication.clipboard().text())

    def _on_list(self, found: Returned) -> None:
        for ruling in found.rulings:
            self._outcomes[ruling.case_id] = (ruling.outcome, ruling.reason)
        self._named = frozenset(r.case_id for r in found.rulings if r.outcome is not Outcome.PASSED)
        self._renew()
        more = f"\n……另有 {len(found.questions) - _SHOWN} 行" if len(found.questions) > _SHOWN else ""
        self.questions.setText("\n".join(found.questions[:_SHOWN]) + more)
        self.questions.setVisible(bool(found.questions))
        told = f"读到 {len(found.rulings)} 户的结果，已填在左边，请核对后再录入"
        self._page.said.emit(
            told if found.rulings else "剪贴板里没有读到名单，请先在 WPS 里选中名单按 Ctrl+C",
            "pine" if found.rulings else "ochre",
        )

    def _on_asked(self, deed: str) -> None:
        if not self.form.check(demanded=True):
            return
        said = self.form.values()
        rulings = [Ruling(i, *self.outcome(i)) for i in self.chosen()]
        self._news = f"已录入{self._kind.label}：{self.sums.text()}（{said['number']}）"
        self.wait(True)
        self._office.write(
            f"录入{self._kind.label}", _VERBS[self._kind], rulings, CountyPaper(said["number"], said["dated"]),
            done=self._on_done, failed=self.show_error, by=self._page,
        )  # fmt: skip

    def _on_done(self, result: object) -> None:
        self._outcomes.clear()
        self.form.set_clean()
        self.questions.hide()
        self._page.said.emit(self._news, "pine")
        self._page.renew()

    def _today(self) -> date:
        return self._office.record.clock.now().date()


def _later(queued: Queued) -> Cell:
    return Cell(f"{queued.opens:%m-%d} 起", "ochre", "pill") if queued.opens else Cell("暂不能办", "grey")
