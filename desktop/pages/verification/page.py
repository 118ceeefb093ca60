"""入户核实: household after household from the stack of paper forms, or a village at once from its workbook or a grid.

What is typed and not saved is kept when the clerk goes on to another household, and survives a crash.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.papers import verification as paper
from db.rules.case import Status
from db.rules.procedure import Step
from db.services.cases import verification
from db.services.cases.verification import Recorded, Visit
from db.services.deciding import visit_form
from db.services.deciding.visit_form import VisitForm
from db.services.papers import household as household_papers
from db.services.town import search, town
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.verification.form import FormView
from desktop.pages.verification.held import Held
from desktop.pages.verification.importing import ImportView
from desktop.pages.verification.queue import QUEUES, Queue, QueueBar
from desktop.pages.verification.village import VillageView
from desktop.printing.window import show_paper
from desktop.widgets.choosing import choose_file
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.looks import column
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack

_KEEP_MS = 3000


class VerificationPage(Page):
    """``open_thing`` takes a household id, or a `Filter` whose village and status name the queue."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "town", "people"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("入户核实", "", parent, inline=True)
        self._office = office
        self._queue = Queue()
        self._saving = False
        self._waiting: dict[Status, int] = {}
        self.held = Held(office, self)
        self.previous = self.add_button("上一户")
        self.next = self.add_button("下一户 F3")
        self.print = self.add_button("打印上门用表")
        self.keep = self.add_button("保存并下一户", "primary")
        self.bar = QueueBar()
        self.view = FormView(office)
        self.empty = Empty("没有待录入的农户")
        self.load = ImportView(office)
        self.grid = VillageView(office)
        self.stack = Stack()
        self._single = QWidget()
        inner = column(self._single, 10)
        inner.addWidget(self.bar)
        inner.addWidget(self.view, 1)
        inner.addWidget(self.empty, 1)
        for part in (self._single, self.load, self.grid):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_MS)
        self._connect()

    def refresh(self) -> None:
        self.held.load()
        self.bar.set_villages(self._office.see(town.villages))
        self._count()
        if self.stack.currentWidget() is self.grid:
            self.grid.refresh()
        elif self.stack.currentWidget() is self._single and not self.view.is_dirty():
            self._read_queue(self._queue.current or self._shown())

    def open_thing(self, thing: object) -> None:
        if self.stale:
            self.renew()
        self._show_single()
        if isinstance(thing, Filter):
            self._keep_typed()
            self.bar.choose(thing.status or Status.RUNNING, thing.village_id)
            self._count()
            self._read_queue(None)
        elif isinstance(thing, int):
            self.open_household(thing)

    def open_household(self, household_id: int) -> None:
        """Show one household in the queue it stands in; one that waits for no visit is shown to be read."""
        self._keep_typed()
        form = self._office.see(visit_form.open_form, household_id)
        state = form.file.state
        if state.at is Step.VERIFICATION and state.status in QUEUES:
            village = next(v.id for v in self._office.see(town.villages) if v.name == form.household.village)
            self.bar.choose(state.status, village)
            self._count()
            self._queue = Queue(self._office.see(search.ids, self.bar.wanted()))
            self._queue.go_to(household_id)
        else:
            self._queue.at = -1
        self._show(form)

    def save(self) -> None:
        if self.stack.currentWidget() is self.grid:
            self.grid.save()
        elif self.stack.currentWidget() is self._single:
            self._save_form()

    def preview(self) -> None:
        home = self._shown()
        if home is not None and self.stack.currentWidget() is self._single:
            show_paper(self, paper.build(self._office.see(household_papers.visit_sheet, home)))

    def next_record(self) -> None:
        self._turn(1)

    def may_leave(self) -> bool:
        self._keep_typed()
        return self.grid.may_leave()

    def take_in_file(self, path: Path) -> None:
        """Show what a workbook of visits would bring."""
        self._keep_typed()
        self._show_part(self.load, "整村导入核实表")
        self.load.open_file(path)

    def _connect(self) -> None:
        self.previous.clicked.connect(self._turn_back)
        self.next.clicked.connect(self.next_record)
        self.print.clicked.connect(self.preview)
        self.keep.clicked.connect(self.save)
        self.bar.chosen.connect(self._on_queue_chosen)
        self.bar.find_asked.connect(self._on_find)
        self.bar.import_asked.connect(self._on_import)
        self.bar.grid_asked.connect(self._on_grid)
        self.view.changed.connect(self._on_changed)
        self.view.save_asked.connect(self.save)
        self.view.cancel_asked.connect(self._on_cancel)
        self.view.ruling.ruled.connect(self._on_ruled)
        self._timer.timeout.connect(self._keep_typed)
        for part in (self.load, self.grid):
            part.left.connect(self._on_back)
            part.said.connect(self.said)
            part.recorded.connect(self._count)

    def _shown(self) -> int | None:
        """The household on the sheet."""
        return self.view.form.household.id if self.view.form is not None and not self.view.isHidden() else None

    def _read_queue(self, household_id: int | None) -> None:
        """Read the queue anew and stay on the household if it is still in it."""
        self._queue = Queue(self._office.see(search.ids, self.bar.wanted()), 0)
        if household_id is not None and not self._queue.go_to(household_id) and self._was_loose():
            self._queue.at = -1
            self._show(self._office.see(visit_form.open_form, household_id))
            return
        self._show_current()

    def _was_loose(self) -> bool:
        """Whether the household on the sheet is one that was opened although it waits for nothing."""
        return self.view.form is not None and not self.view.form.open and self._shown() is not None

    def _show_current(self) -> None:
        home = self._queue.current
        self.view.setVisible(home is not None)
        self.empty.setVisible(home is None)
        for made in (self.previous, self.next, self.print, self.keep):
            made.setVisible(home is not None)
        if home is None:
            self._say_empty()
        else:
            self._show(self._office.see(visit_form.open_form, home))

    def _show(self, form: VisitForm) -> None:
        home = form.household
        self.view.show()
        self.empty.hide()
        kept = self.held.get(home.id or 0) if form.open else None
        self.view.show_form(form, self._office.record.clock.now().date(), kept)
        if kept:
            self.said.emit(f"{home.head_name}户有上次没保存的录入，已填回表里；按 Esc 可放弃。", "ochre")
        place = f" · 第 {self._queue.at + 1} 户，共 {len(self._queue.ids)} 户" if self._queue.at >= 0 else ""
        self.set_subtitle(f"{home.village} · {home.group} · {home.head_name}户{place}")
        self.print.show()
        self.keep.setVisible(form.open)
        self.previous.setVisible(True)
        self.next.setVisible(True)
        self.previous.setEnabled(self._queue.at > 0)
        self.next.setEnabled(self._queue.at + 1 < len(self._queue.ids))

    def _say_empty(self) -> None:
        where, what = self.bar.village.currentText(), QUEUES[self.bar.status]
        self.set_subtitle("")
        others = "、".join(f"{QUEUES[s]}的 {n} 户" for s, n in self._waiting.items() if n)
        todo = f"还有{others}，点上面的按钮打开" if others else "换一个村看看；新的农户先在“申请与名册”里录入申请"
        self.empty.say(f"{where}没有{what}的农户", todo)

    def _count(self) -> None:
        self._waiting = {status: self._office.see(search.count, self.bar.wanted(status))[0] for status in QUEUES}
        self.bar.set_counts(self._waiting)

    def _turn(self, by: int) -> None:
        if self.stack.currentWidget() is not self._single:
            return
        self._keep_typed()
        if self._queue.step(by):
            self._show_current()
        elif self._queue.ids:
            self.said.emit("已到这一队列的末户。" if by > 0 else "已是这一队列的第一户。", "pine")

    def _turn_back(self) -> None:
        self._turn(-1)

    def _save_form(self) -> None:
        form = self.view.form
        if form is None or not form.open or self._saving or self.view.isHidden():
            return
        if form.visit is not None and not self.view.is_dirty():
            self.said.emit("本户没有改动，不必再保存。", "pine")
            self._turn(1)
        elif self.view.check():
            self._saving = True
            visit = Visit(form.file.case_id, self.view.visit())
            self._office.write(
                "保存入户核实", verification.record_found, self.view.household(), visit,
                done=self._on_saved, failed=self._on_refused, by=self,
            )  # fmt: skip

    def _on_saved(self, done: Recorded) -> None:
        self._saving = False
        self._timer.stop()
        form = self.view.form
        assert form is not None
        self.view.set_clean()
        self.held.drop(form.household.id or 0)
        self.said.emit(f"{form.household.head_name}户的核实已保存：{_TOLD[done.status]}。", "pine")
        self._count()
        if self._queue.step(1):
            self._show_current()
        else:
            self._show(self._office.see(visit_form.open_form, form.household.id or 0))

    def _on_refused(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, Refused):
            self.view.show_problems(error.problems)
        else:
            self._office.work.tell(error)

    def _on_ruled(self, admit: bool, reason: str) -> None:
        form = self.view.form
        if form is not None:
            self._office.write(
                "七不进认定", verification.rule, form.file.case_id, admit=admit, reason=reason,
                done=self._on_decided, failed=self._on_ruling_refused, by=self,
            )  # fmt: skip

    def _on_decided(self, _: None) -> None:
        self.said.emit("认定已记入经过。", "pine")
        self._count()
        if self._queue.step(1):
            self._show_current()
        elif (home := self._shown()) is not None:
            self._show(self._office.see(visit_form.open_form, home))

    def _on_ruling_refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.view.ruling.say("；".join(p.text for p in error.problems))
        else:
            self._office.work.tell(error)

    def _on_changed(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep_typed(self) -> None:
        """What stands in the form and is not saved goes into the drafts."""
        self._timer.stop()
        home = self._shown()
        if home is not None and self.view.is_dirty():
            self.held.keep(home, self.view.texts())

    def _on_cancel(self) -> None:
        home = self._shown()
        if home is None or not self.view.is_dirty():
            return
        answers = (Answer("放弃录入的内容", "drop", "danger"), Answer("继续录入", "stay", "primary"))
        if ask(self, "放弃本户没保存的录入？", "放弃后，本户恢复到档案里已有的内容。", answers) == "drop":
            self._timer.stop()
            self.view.set_clean()
            self.held.drop(home)
            self._show(self._office.see(visit_form.open_form, home))

    def _on_queue_chosen(self) -> None:
        self._keep_typed()
        self._count()
        self._read_queue(None)

    def _on_find(self, text: str) -> None:
        """Jump to the next household of the queue that the text means."""
        found = set(self._office.see(search.ids, self.bar.wanted(text=text)))
        order = list(range(self._queue.at + 1, len(self._queue.ids))) + list(range(self._queue.at + 1))
        at = next((n for n in order if self._queue.ids[n] in found), None)
        if at is None:
            self.said.emit(f"“{QUEUES[self.bar.status]}”里没有“{text}”，换一个队列或村再找。", "ochre")
            return
        self._keep_typed()
        self._queue.at = at
        self._show_current()

    def _on_import(self) -> None:
        path = choose_file(self, "选择入户核实结果表")
        if path is not None:
            self.take_in_file(path)

    def _on_grid(self) -> None:
        village_id = self.bar.village_id
        if village_id is None:
            self.said.emit("表格录入一次一个村，请先在左边选村。", "ochre")
            self.bar.village.setFocus()
            return
        self.said.emit("", "pine")
        self._keep_typed()
        self._show_part(self.grid, f"表格录入 · {self.bar.village.currentText()}")
        self.grid.open_village(village_id)

    def _show_part(self, part: QWidget, subtitle: str) -> None:
        self.stack.setCurrentWidget(part)
        self.set_subtitle(subtitle)
        for made in (self.previous, self.next, self.print, self.keep):
            made.hide()

    def _on_back(self) -> None:
        self._show_single()
        self._count()
        self._read_queue(self._queue.current)

    def _show_single(self) -> None:
        self.stack.setCurrentWidget(self._single)


_TOLD = {
    Status.RUNNING: "符合，转民主评议",
    Status.INCOMPLETE: "待补充，补齐后可再录入",
    Status.RULING: "查到七不进，待审核人认定",
    Status.REJECTED: "不符合，本户停在这里",
}
