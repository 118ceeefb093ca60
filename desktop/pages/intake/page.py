"""申请与名册: what waits, the form of one application, the taking in of a roster, and sheets sent to the villages; views of one page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QPushButton, QWidget

from db.errors import Refused
from db.rules.values import Household
from db.services.register.households import Saved
from db.services.sheets.imports import PreviewRow
from db.services.town import drafts
from db.services.town.drafts import Kept
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.intake.entry import PREFIX, Entry
from desktop.pages.intake.papers import IntakePapers
from desktop.pages.intake.roster import RosterView
from desktop.pages.intake.sending import SendingView
from desktop.pages.intake.waiting import WaitingList
from desktop.widgets.choosing import choose_files
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack

TITLE = "申请与名册"
NEW, ROSTER, SENDING = "new", "roster", "sending"


class IntakePage(Page):
    """``open_thing`` understands a household's id (its form), ``"new"`` (a blank form), ``"roster"`` (choose a file), ``"sending"``
    (sheets for the villages), a path (read that file) and a `Filter` (the list)."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "town"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(TITLE, "", parent, inline=True)
        self._office = office
        self._drafts: list[Kept] = []
        self._row: PreviewRow | None = None
        self._on_to_next = False
        self.waiting = WaitingList(office, self)
        self.entry = Entry(office, self, self)
        self.roster = RosterView(office, self, self)
        self.sending = SendingView(office, self, self)
        self.views = Stack(self)
        for view in (self.waiting, self.entry, self.roster, self.sending):
            self.views.addWidget(view)
        self.body.addWidget(self.views, 1)
        self.setAcceptDrops(True)
        self._make_buttons()
        self._connect()
        self._go(self.waiting)

    def refresh(self) -> None:
        self.waiting.refresh()
        self._offer_draft()

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, int):
            self.change(thing)
        elif isinstance(thing, Path):
            self.read_roster(thing)
        elif isinstance(thing, Filter):
            self._leave()
            self.waiting.choose(thing)
        elif thing == NEW:
            self.type_new()
        elif thing == ROSTER:
            self.ask_roster()
        elif thing == SENDING:
            self.send_sheets()

    def save(self) -> None:
        if self.views.currentWidget() is self.entry:
            self._on_to_next = False
            self.entry.save()

    def next_record(self) -> None:
        """F3: save what was typed and go on with the next; on the list, open the next row."""
        if self.views.currentWidget() is self.entry:
            self._on_to_next = True
            if self.entry.form.is_dirty():
                self.entry.save()
            else:
                self._go_on()
        elif self.views.currentWidget() is self.waiting:
            self.waiting.table.go_next()

    def take_focus(self) -> None:
        if self.views.currentWidget() is self.roster and self.roster.preview is None:
            self.roster.start.button.setFocus()
        else:
            super().take_focus()

    def may_leave(self) -> bool:
        """Always: what is typed lies in the drafts and is offered again."""
        if self.views.currentWidget() is self.entry:
            self.entry.keep_now()
        return True

    def type_new(self) -> None:
        """A blank form."""
        self._row = None
        self.entry.begin_new()
        self._go(self.entry)

    def change(self, household_id: int) -> None:
        """The form of a household in the record; what is being typed for it stays."""
        if self.entry.keep_now() and self.entry.household_id == household_id:
            self._go(self.entry)
            return
        try:
            self.entry.open(household_id)
        except Refused as refused:
            self.said.emit("；".join(p.text for p in refused.problems), "red")
            return
        self._row = None
        self._go(self.entry)

    def ask_roster(self) -> None:
        """Choose a roster."""
        self.entry.keep_now()
        self._row = None
        self.roster.clear()
        self._go(self.roster)

    def read_roster(self, path: Path) -> None:
        """Read this roster, or a sheet that comes back from a village."""
        self.read_files([path])

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read these files one after another."""
        self.ask_roster()
        self.roster.pile.begin(paths)

    def send_sheets(self) -> None:
        """Choose what the villages are to fill in."""
        self._leave()
        self.sending.begin()
        self._go(self.sending)

    def collect(self) -> None:
        """Choose the sheets that came back."""
        paths = choose_files(self, "选择村里交回的填报表")
        if paths:
            self.read_files(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event)
        if paths:
            event.acceptProposedAction()
            self.read_files(paths)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.entry.keep_now()

    def _make_buttons(self) -> None:
        self.back = self.add_button("返回列表")
        self.papers = IntakePapers(self._office, self.waiting, self)
        self.actions_row.addWidget(self.papers)
        self.sheets = self.add_button("发给村里填…")
        self.import_it = self.add_button("导入名册")
        self.type_it = self.add_button("录入申请", "primary")
        self.give_up = self.add_button("放弃")
        self.save_it = self.add_button("保存")
        self.save_next = self.add_button("保存并下一户 F3", "primary")
        self.other_file = self.add_button("选择名册文件…")
        self.take_in = self.add_button("录入", "primary")
        self.collect_it = self.add_button("收回填好的表…")
        self.send_it = self.add_button("写出填报表…", "primary")
        self._buttons: dict[QWidget, tuple[QPushButton, ...]] = {
            self.waiting: (self.papers, self.sheets, self.import_it, self.type_it),
            self.entry: (self.back, self.give_up, self.save_it, self.save_next),
            self.roster: (self.back, self.other_file, self.take_in),
            self.sending: (self.back, self.collect_it, self.send_it),
        }

    def _connect(self) -> None:
        self.back.clicked.connect(self._on_back)
        self.import_it.clicked.connect(self.ask_roster)
        self.sheets.clicked.connect(self.send_sheets)
        self.collect_it.clicked.connect(self.collect)
        self.send_it.clicked.connect(self.sending.choose)
        self.sending.ready.connect(self._on_sending)
        self.type_it.clicked.connect(self.type_new)
        self.give_up.clicked.connect(self.entry.give_up)
        self.save_it.clicked.connect(self.save)
        self.save_next.clicked.connect(self.next_record)
        self.other_file.clicked.connect(self.roster.choose)
        self.take_in.clicked.connect(self.roster.write)
        self.waiting.opened.connect(self.change)
        self.waiting.visit_asked.connect(self._on_visit_asked)
        self.waiting.counted.connect(self._on_counted)
        self.waiting.table.selection_said.connect(self.selection_said)
        self.waiting.continued.connect(self._on_continued)
        self.waiting.given_up.connect(self._on_given_up)
        self.waiting.roster_asked.connect(self.ask_roster)
        self.entry.form.save_asked.connect(self.save)
        self.entry.form.change_asked.connect(self._on_change_asked)
        self.entry.form.ended.connect(self.save_next.setFocus)
        self.entry.saved.connect(self._on_saved)
        self.entry.closed.connect(self._on_back)
        self.entry.kept.connect(self._offer_draft)
        self.entry.said.connect(self.said)
        self.roster.ready.connect(self._on_ready)
        self.roster.typing_asked.connect(self._on_typing_asked)
        self.roster.taken.connect(self.waiting.refresh)

    def _go(self, view: QWidget) -> None:
        self.views.setCurrentWidget(view)
        shown = self._buttons[view]
        for buttons in self._buttons.values():
            for one in buttons:
                one.setVisible(one in shown and one.isEnabled())
        self._say_title()
        self.selection_said.emit("")
        if view is self.entry:
            self.entry.form.go_to_start()
        else:
            self.take_focus()

    def _say_title(self) -> None:
        view = self.views.currentWidget()
        if view is self.waiting:
            self.set_title(TITLE)
            self.set_subtitle(self._waiting_text)
        elif view is self.roster:
            self.set_title("导入名册")
            self.set_subtitle("")
        elif view is self.sending:
            self.set_title("发给村里填")
            self.set_subtitle("一个村一份表，已有的内容都填好；交回来只录入村里改过的格")
        else:
            self.set_title("录入申请" if self.entry.household_id is None else "修改申请")
            self.set_subtitle(self._place())

    _waiting_text = ""

    def _place(self) -> str:
        """Where the household stands in the queue."""
        if self._row is not None:
            return f"名册第 {self._row.row} 行，有错没有录入，按纸质申请改正"
        ids, here = list(self.waiting.ids()), self.entry.household_id
        place = f" · 第 {ids.index(here) + 1} 户，共 {len(ids)} 户" if here in ids else ""
        return f"{self.entry.form.title()}{place}" if here is not None else "带 * 的必须填；回车到下一格"

    def _leave(self) -> None:
        if self.entry.keep_now() and self.views.currentWidget() is self.entry:
            self.entry.form.set_clean()
        self._go(self.waiting if self._row is None else self.roster)
        self._row = None

    def _go_on(self) -> None:
        """The next of the queue, or the next of a pile of papers."""
        ids, here = list(self.waiting.ids()), self.entry.household_id
        if self._row is not None:
            self._leave()
        elif here is None:
            self.entry.begin_new(self.entry.form.household())
            self._go(self.entry)
        elif here in ids[:-1]:
            self.change(ids[ids.index(here) + 1])
        else:
            self.said.emit("已经是最后一户。", "pine")
            self._leave()

    def _offer_draft(self) -> None:
        found = drafts.load(self._office.record, PREFIX)
        self._drafts = found
        if not found:
            self.waiting.draft.say("")
            return
        more = f"，另有 {len(found) - 1} 份" if len(found) > 1 else ""
        title = json.loads(found[0].content)["title"]
        self.waiting.draft.say(f"有一份未保存的申请：{title}（{found[0].saved_at:%m-%d %H:%M} 录到一半）{more}。")

    def _on_continued(self) -> None:
        self._row = None
        try:
            self.entry.go_on(self._drafts[0])
        except Refused:
            self.said.emit("这份草稿所改的农户已不在档案里，不能接着改，请放弃这份草稿。", "red")
            return
        self._go(self.entry)

    def _on_given_up(self) -> None:
        kept = self._drafts[0]
        text = f"{json.loads(kept.content)['title']}录到一半的内容放弃后找不回来。"
        answers = (Answer("放弃这份草稿", "drop", "danger"), Answer("留着", "", "primary"))
        if ask(self, "放弃草稿", text, answers) == "drop":
            op = partial(drafts.drop, self._office.record, kept.key)
            self._office.work.write("清除草稿", op, self._on_dropped)

    def _on_dropped(self, _: None) -> None:
        self._offer_draft()

    def _on_saved(self, household: Household, done: Saved) -> None:
        what = f"已保存 {household.village} {household.head_name}户（{household.size} 人）。"
        doubts = "；".join(p.text for p in done.warnings)
        self.said.emit(f"{what}注意：{doubts}。" if doubts else what, "ochre" if doubts else "pine")
        self.waiting.refresh()
        if self._row is not None:
            self.roster.mark_typed(self._row)
        if self._on_to_next:
            self._go_on_from(household, done)
        else:
            self._leave()
            self.waiting.table.go_to(done.household_id)

    def _go_on_from(self, household: Household, done: Saved) -> None:
        if household.id is None and self._row is None:
            self.entry.begin_new(household)
            self._go(self.entry)
        else:
            self._go_on()

    def _on_back(self) -> None:
        self._leave()

    def _on_visit_asked(self, household_id: int) -> None:
        self.go_asked.emit("verification", household_id)

    def _on_change_asked(self) -> None:
        self.go_asked.emit("households", self.entry.household_id)

    def _on_counted(self, text: str) -> None:
        self._waiting_text = text
        self._say_title()

    def _on_ready(self, count: int, persons: int) -> None:
        self.take_in.setText(f"录入 {count:,} 户 {persons:,} 人")
        self.take_in.setEnabled(bool(count))
        self.take_in.setVisible(bool(count) and self.views.currentWidget() is self.roster)

    def _on_sending(self, villages: int, households: int, columns: int) -> None:
        self.send_it.setEnabled(bool(villages))
        what = f"写出 {villages} 个村 {households:,} 户的填报表（{columns} 栏）…"
        self.send_it.setText(what if villages else "写出填报表…")
        self.send_it.setVisible(self.views.currentWidget() is self.sending)

    def _on_typing_asked(self, found: PreviewRow) -> None:
        self._row = found
        self.entry.type_row(found)
        self._go(self.entry)


def _dropped(event: QDropEvent) -> list[Path]:
    """The files that are dragged over the page."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
