"""县公告: the announcements, where they hang and since when, the real page for the town or a village; and a new one of households
the town has passed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from db.fields.county import DATED, NUMBER
from db.services.deciding import county
from db.services.deciding.county import Announced, CountyPaper
from db.services.deciding.queues import Queued
from db.services.town import town
from desktop.app.office import Office
from desktop.forms.ending import ExtendPanel
from desktop.forms.objecting import AnswerPanel, InvestigatePanel, ObjectPanel
from desktop.forms.panel import NoticePanel, Panel
from desktop.forms.posting import PostingPanel
from desktop.pages.county.acts import Acts
from desktop.pages.county.hanging import Hanging
from desktop.pages.county.incoming import offer_incoming
from desktop.pages.county.rows import ANNOUNCEMENTS, COLUMNS, announcement_item, queue_row
from desktop.pages.county.sheet import SheetSide
from desktop.widgets.batch import BatchPane, Deed, both
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.form import Section
from desktop.widgets.listtable import ListTable
from desktop.widgets.looks import Card, Rule, button, row
from desktop.widgets.offer import Offer
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack

LAYOUT = (Section("", ((NUMBER,), (DATED,))),)
_ROW, _HEAD, _BAR, _MOST = 34, 38, 10, 4
_LEAST = 420


class AnnouncePane(BatchPane):
    """A new announcement. Signals: ``announced(id)``; ``left()`` back to the list."""

    announced = Signal(int)
    left = Signal()

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__("新建县公告", COLUMNS, LAYOUT, (Deed("announce", "录入县公告"),), parent=page)
        self.setProperty("help", "county.md#县公告")
        self._office, self._page = office, page
        self._news = ""
        self.note.setText("县里公告的农户和文号在这里录入，再打印公告，在镇和各村张贴。")
        self.back = button("返回公告列表", "link", self)
        self.side.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.empty.say("没有待县公告的农户", "镇审核通过的农户到这里。")
        self.offer = Offer(self.form, self)
        self.under.addWidget(self.offer)
        self.back.clicked.connect(self.left)
        self.asked.connect(self._on_asked)

    def show_queue(self, found: tuple[Queued, ...]) -> None:
        """Show who was passed by the town."""
        self.set_rows([queue_row(q) for q in found])
        offer_incoming(self._office, self.offer)
        if not self.form.is_dirty():
            self.form.set_values({"dated": self._office.record.clock.now().date()})

    def _on_asked(self, deed: str) -> None:
        if not self.form.check(demanded=True):
            return
        said = self.form.values()
        self._news = f"已录入县公告 {self.counted()}（{said['number']}），打印后在镇和各村张贴"
        self.wait(True)
        self._office.write(
            "录入县公告", county.announce, self.chosen(), CountyPaper(said["number"], said["dated"]), done=self._on_done,
            failed=self.show_error, by=self._page,
        )  # fmt: skip

    def _on_done(self, batch_id: int) -> None:
        self.form.set_clean()
        self._page.said.emit(self._news, "pine")
        self.announced.emit(batch_id)


class AnnounceTab(QWidget):
    """The list with its postings and its paper, or the new announcement in their place."""

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__(page)
        self.setProperty("help", "county.md#县公告")
        self._office, self._page = office, page
        self._found: tuple[Announced, ...] = ()
        self._wanted = 0
        self._waiting = 0
        self.table = ListTable(ANNOUNCEMENTS, name="announcements", parent=self)
        self.hanging = Hanging(office, page, self)
        self.empty = Empty("", parent=self)
        self.new = button("新建县公告", "plain", self)
        self.side = SheetSide(office, self)
        self.acts = Acts(self)
        self.objecting = ObjectPanel(office, page)
        self.investigating = InvestigatePanel(office, page)
        self.answering = AnswerPanel(office, page)
        self.extending = ExtendPanel(office, page)
        self.reposting = PostingPanel(office, page)
        self.pane = AnnouncePane(office, page)
        self.stack = Stack(self)
        self._lay_out()
        self.table.current_changed.connect(self._on_current)
        self.new.clicked.connect(self.begin)
        self.empty.acted.connect(self.begin)
        self.pane.left.connect(self.show_list)
        self.pane.announced.connect(self._on_announced)
        self.hanging.written.connect(self._on_written)
        self.acts.chosen.connect(self._on_act)
        for panel in self._panels():
            panel.done.connect(self._on_done)
            panel.closed.connect(self._on_closed)

    def show_queue(self, found: tuple[Queued, ...]) -> None:
        """Show who waits to be announced."""
        self._waiting = len(found)
        counted = both(len(found), sum(q.line.size for q in found))
        self.new.setText(f"新建县公告（{counted}）")
        self.new.setVisible(bool(found))
        self.pane.show_queue(found)
        if found:
            self.empty.say("还没有县公告", "县里公告以后，在这里录入文号并打印张贴。", f"新建县公告（{counted}）")
        else:
            self.empty.say("还没有县公告", "先由镇审核通过，农户才到这里。")

    def show_announcements(self, found: tuple[Announced, ...]) -> None:
        """Show the announcements, the newest first."""
        here = self._wanted or self.table.current_thing()
        self._found, self._wanted = found, 0
        self.table.set_items([announcement_item(a.view, a.document, self._today()) for a in found])
        self._show_found()
        self.table.setFixedHeight(_HEAD + _BAR + _ROW * min(max(len(found), 1), _MOST))
        ids = [a.view.id for a in found]
        if ids:
            self.table.table.go_to(ids.index(here) if here in ids else 0)
        self._on_current(self.table.current_thing())

    def _show_found(self) -> None:
        """The list, or without one what to do first; a task under way stays."""
        if self.stack.currentWidget() is not self.pane and self.panel() is None:
            self.show_list()

    def choose(self, batch_id: int) -> None:
        """Show one announcement, now or once the list is read."""
        self._wanted = batch_id
        self.show_list()
        if any(a.view.id == batch_id for a in self._found):
            self.show_announcements(self._found)

    def choose_village(self, village_id: int) -> None:
        """Begin a new announcement with one village's households."""
        names = {v.id: v.name for v in self._office.see(town.villages)}
        self.begin()
        self.pane.choose_group(names.get(village_id, ""))

    def begin(self) -> None:
        """Show the new announcement."""
        if self._waiting:
            self.stack.setCurrentWidget(self.pane)

    def show_list(self) -> None:
        """Show the list."""
        self.stack.setCurrentWidget(self.overview if self._found else self.empty)

    def is_dirty(self) -> bool:
        """Whether something entered would be lost."""
        panel = self.panel()
        return self.pane.form.is_dirty() or self.hanging.is_dirty() or (panel is not None and panel.is_dirty())

    def panel(self) -> Panel | None:
        """The task under way."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Panel) else None

    def drop(self) -> None:
        """Give up what was entered."""
        self.pane.form.set_clean()
        self.hanging.drop()
        if self.panel() is not None:
            self.show_list()

    def press(self) -> None:
        """Ctrl+S."""
        panel = self.panel()
        if panel is not None:
            panel.carry_out()
        elif self.stack.currentWidget() is self.pane:
            self.pane.press()
        else:
            self.hanging.press()

    def _lay_out(self) -> None:
        self.overview = QWidget(self)
        split = row(self.overview, gap=14)
        left = Card(parent=self, margin=0)
        left.setMinimumWidth(_LEAST)
        left.body.addWidget(self.table)
        left.body.addWidget(Rule(left))
        left.body.addWidget(self.hanging, 1)
        self.hanging.foot.addWidget(self.acts)
        self.hanging.foot.addStretch(1)
        foot = row()
        foot.setContentsMargins(16, 0, 16, 8)
        foot.addWidget(self.new)
        foot.addStretch(1)
        left.body.addLayout(foot)
        split.addWidget(left, 55)
        split.addWidget(self.side, 45)
        for part in (self.overview, self.pane, self.empty, *self._panels()):
            self.stack.addWidget(part)
        row(self).addWidget(self.stack)

    def _panels(self) -> tuple[Panel, ...]:
        return (self.objecting, self.investigating, self.answering, self.extending, self.reposting)

    def _current(self) -> Announced | None:
        thing = self.table.current_thing()
        return next((a for a in self._found if a.view.id == thing), None)

    def _on_current(self, thing: object) -> None:
        shown = self._current()
        now = shown.view if shown else None
        self.hanging.show_announcement(now)
        self.side.show_announcement(now)
        if shown is not None:
            self.acts.show_announced(shown, self._today())

    def _on_act(self, what: str) -> None:
        """A task takes the place of the list until it is done or given up."""
        shown = self._current()
        if shown is None:
            return
        panel = {"object": self.objecting, "extend": self.extending, "repost": self.reposting}.get(what)
        if isinstance(panel, NoticePanel):
            panel.start(shown.view, self._today())
        elif isinstance(panel, PostingPanel):
            panel.begin(shown.view, what)
        else:
            objection = next(o for o in shown.objections if f"{o.id}" == what)
            panel = self.investigating if objection.is_open else self.answering
            panel.start(objection, self._today())
        self.stack.setCurrentWidget(panel)

    def _on_done(self, text: str, _: int) -> None:
        self.show_list()
        self._on_written(text)

    def _on_closed(self) -> None:
        panel = self.panel()
        answers = (Answer("不保存，离开", "drop", "danger"), Answer("接着录", "stay", "primary"))
        if panel is not None and panel.is_dirty():
            text = f"“{panel.heading.text()}”录了一半，还没有保存。"
            if ask(self, "还没有保存", text, answers) != "drop":
                return
        self.show_list()

    def _on_announced(self, batch_id: int) -> None:
        self._wanted = batch_id
        self.show_list()
        self._page.renew()

    def _on_written(self, text: str) -> None:
        self._page.said.emit(text, "pine")
        self._page.renew()

    def _today(self) -> date:
        return self._office.record.clock.now().date()
