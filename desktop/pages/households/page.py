"""农户档案: every household of the town, found by anything, and the file of one with its papers, corrections and withdrawal."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from db.papers.model import Paper
from db.rules.case import Status
from db.rules.procedure import Step
from db.services.deciding import corrections, files, why
from db.services.deciding.files import CaseFile
from db.services.deciding.why import WhatIf
from db.services.health.health import Spot
from db.services.papers import index as paper_list
from db.services.town import search, town
from db.services.town.search import Filter
from desktop.app.listing import Households
from desktop.app.office import Office
from desktop.pages.households.changes.changing import Changing
from desktop.pages.households.correct import CorrectDialog
from desktop.pages.households.dossier import Dossiers
from desktop.pages.households.doubts import Doubts
from desktop.pages.households.file import PAGE_OF, FileView
from desktop.pages.households.filters import FilterBar
from desktop.pages.households.ladders import Ladders
from desktop.pages.households.material import MaterialTab
from desktop.pages.households.source import COLUMNS, cells
from desktop.pages.households.whatif import WhatIfDialog
from desktop.pages.households.why import WhyPanel
from desktop.printing.window import show_paper
from desktop.widgets.empty import Empty
from desktop.widgets.looks import Card, column
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack
from desktop.widgets.table import RecordTable

_SUBTITLE = "双击或回车打开一户；点列名排序，Ctrl+C 复制选中的行到 WPS。"


class HouseholdsPage(Page):
    """``open_thing`` takes a household id, a `Spot` (its file at a field) or a `Filter`. Asks for the page "intake" with a household's id."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "batches", "crosscheck", "town"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("农户档案", _SUBTITLE, parent)
        self._office = office
        self.filters = FilterBar()
        self.table = RecordTable(COLUMNS, "households")
        self.empty = Empty("")
        self.view = FileView(office, self)
        self._on_to_next = False
        self.stack = Stack(self)
        listed = QWidget()
        inner = column(listed, 10)
        inner.addWidget(self.filters)
        sheet = Card(margin=0)
        sheet.body.addWidget(self.table, 1)
        sheet.body.addWidget(self.empty, 1)
        inner.addWidget(sheet, 1)
        self.stack.addWidget(listed)
        self.stack.addWidget(self.view)
        self.body.addWidget(self.stack, 1)
        self.filters.changed.connect(self._show_list)
        self.table.opened.connect(self.open_household)
        self.table.selection_said.connect(self.selection_said)
        self.table.failed.connect(office.work.tell)
        self.empty.acted.connect(self._on_empty)
        self.view.back.connect(self.show_list)
        self.view.asked.connect(self._on_asked)
        self.view.record.saved.connect(self._on_saved)
        self.view.record.said.connect(self.said)
        self.dossiers = Dossiers(office, self, self.view, self.table, self.stack)
        self.ladders = Ladders(office, self, self.view)
        self.doubts = Doubts(office, self, self.view)
        self.changing = Changing(office, self, self.view)
        self.why = WhyPanel()
        self.view.tabs.addTab(self.why, "为什么")
        self.view.tabs.currentChanged.connect(self._show_why)
        self.why.town_asked.connect(self._try_on_town)
        self.material = MaterialTab(office, self)
        self.material.join(self.view.tabs)
        self.material.go_asked.connect(self.go_asked)
        self.material.said.connect(self.said)

    def refresh(self) -> None:
        self.filters.set_villages(self._office.see(town.villages))
        self._show_list(self.filters.wanted())
        if self.stack.currentWidget() is self.view and self.view.file is not None:
            self.open_household(self.view.file.household.id or 0)

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, Filter):
            self.filters.set_villages(self._office.see(town.villages))
            self.filters.set_wanted(thing)
            self.show_list()
        elif isinstance(thing, int):
            self.open_household(thing)
        elif isinstance(thing, Spot):
            self.open_household(thing.household_id)
            self.view.go_to(thing)

    def open_household(self, household_id: int) -> None:
        """Show the file of one household."""
        file = self._office.see(files.open_file, household_id)
        self.view.show_file(file)
        self.view.show_papers(self._office.see(paper_list.offers, file))
        self.doubts.renew()
        self.ladders.show_file(file)
        self.changing.show_file(file)
        if self.stack.currentWidget() is not self.view:
            self.stack.setCurrentWidget(self.view)
            self.view.tabs.setFocus()
        self._show_why()
        self.material.show_household(household_id)
        self.selection_said.emit("")
        self.title_label.hide()
        self.subtitle_label.hide()

    def _show_why(self) -> None:
        """Fill the panel when it is looked at: it is read anew, and most of the time it is not looked at."""
        file = self.view.file
        if file is not None and self.view.tabs.currentWidget() is self.why:
            lines = self._office.see(why.lines_to_try)
            self.why.show_why(file.household, self._office.see(why.why_of_file, file), lines)

    def _try_on_town(self, line: object) -> None:
        self._office.read("试算标准", why.what_if, line, done=self._show_what_if)

    def _show_what_if(self, found: WhatIf) -> None:
        dialog = WhatIfDialog(found, self)
        dialog.opened.connect(self.open_household)
        dialog.open()

    def show_list(self) -> None:
        """Go back to the list, at the household that was open."""
        self.stack.setCurrentIndex(0)
        self.title_label.show()
        self.subtitle_label.show()
        if self.view.file is not None:
            self.table.go_to(self.view.file.household.id or 0)
        self.table.setFocus()

    def save(self) -> None:
        if self.stack.currentWidget() is self.view:
            self._on_to_next = False
            self.view.record.save()

    def may_leave(self) -> bool:
        """Always: what is typed lies in the drafts and is there again when the household is opened."""
        self.view.record.keep_now()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.view.record.keep_now()

    def next_record(self) -> None:
        """F3: save what was typed and go on with the next household of the list."""
        if self.stack.currentWidget() is self.view and self.view.record.is_dirty():
            self._on_to_next = True
            self.view.record.save()
        else:
            self._go_on()

    def _on_saved(self, household_id: int) -> None:
        self._show_list(self.filters.wanted())
        if self._on_to_next:
            self._go_on()
        else:
            self.open_household(household_id)

    def _go_on(self) -> None:
        ids = self.table.ids()
        if self.view.file is None or not len(ids):
            return
        own = self.view.file.household.id or 0
        here = list(ids).index(own) if own in ids else -1
        self.open_household(ids[(here + 1) % len(ids)])

    def preview(self) -> None:
        if self.stack.currentWidget() is self.view and self.view.file is not None:
            registered = self.view.file.state.status is Status.REGISTERED
            self._on_asked("户卡" if registered else "贫困户申请书")

    def _show_list(self, wanted: Filter) -> None:
        self.table.set_source(Households(self._office, wanted, cells))
        households, persons = self._office.see(search.count, wanted)
        self.filters.set_total(households, persons)
        self.dossiers.count()
        self.table.setVisible(households > 0)
        self.empty.setVisible(households == 0)
        if wanted == Filter():
            self.empty.say("还没有农户", "村里交来名册后，从“申请与名册”导入或录入", "去申请与名册")
        else:
            self.empty.say("没有这样的农户", "换个条件试试，或清空上面的查找")

    def _on_empty(self) -> None:
        self.go_asked.emit("intake", None)

    def _on_asked(self, what: str) -> None:
        file = self.view.file
        if file is None or file.household.id is None:
            return
        if what == "edit":
            self.go_asked.emit("intake", file.household.id)
        elif what == "next":
            self._go_next(file)
        elif what in ("correct", "withdraw"):
            self._undo(file, what)
        elif what in paper_list.TITLES:
            self._office.read("准备文书", paper_list.paper, file.household.id, what, done=self._show_paper)

    def _show_paper(self, paper: Paper) -> None:
        show_paper(self, paper)

    def _go_next(self, file: CaseFile) -> None:
        at = file.state.at
        if at is None:
            return
        if at in (Step.VERIFICATION,):
            self.go_asked.emit("verification", file.household.id)
        elif at is Step.NOTICE and file.state.gate_id is not None:
            self.go_asked.emit("notices", file.state.gate_id)
        else:
            self.go_asked.emit(PAGE_OF[at], Filter(step=at, status=file.state.status, ladder=file.ladder.key))

    def _undo(self, file: CaseFile, what: str) -> None:
        dialog = CorrectDialog(file, withdraw=what == "withdraw", parent=self)
        agreed = dialog.exec() == CorrectDialog.DialogCode.Accepted
        step = dialog.step()
        dialog.deleteLater()
        if not agreed:
            return
        back = f"撤回{file.ladder.opening}"
        title = back if what == "withdraw" else f"更正“{step.label if step else back}”"
        answer = self._office.second(
            self, title, f"{file.household.head_name}户：{title}须有另一人在场确认，原记录保留可查。"
        )
        if answer is None:
            return
        second, reason = answer
        today = self._office.record.clock.now().date()
        if what == "withdraw":
            self._office.write(
                title, corrections.withdraw, file.case_id, today, reason, second=second, done=self._undone, by=self
            )
        elif step is None:
            self._office.write(
                title, corrections.reinstate, file.case_id, reason, second=second, done=self._undone, by=self
            )
        else:
            self._office.write(
                title, corrections.correct, [file.case_id], step, reason, second=second, done=self._undone, by=self
            )

    def _undone(self, _: None) -> None:
        self.said.emit("已办，原记录保留在“经过”里", "pine")
        self.refresh()
