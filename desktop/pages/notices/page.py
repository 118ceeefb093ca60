"""公示: all notices with their days, the chosen one's places and objections below, the real page at the right.

What is done to a notice takes the place of the list until it is done; the page at the right stays.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from db.rules.notice import Counting
from db.rules.procedure import IDENTIFICATION
from db.services.deciding import corrections
from db.services.notices import board as noticeboard
from db.services.notices import notices
from db.services.notices.board import Board
from db.services.notices.notices import NoticeView
from db.services.notices.objections import ObjectionView
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.forms.ending import ExtendPanel, LatePanel, TakeDownPanel
from desktop.forms.objecting import AnswerPanel, InvestigatePanel, ObjectPanel
from desktop.forms.panel import NoticePanel, Panel
from desktop.forms.posting import PostingPanel
from desktop.pages.notices.creating import CreatePanel
from desktop.pages.notices.detail import Detail
from desktop.pages.notices.photo import show_photo
from desktop.pages.notices.proof import ProofMenu
from desktop.pages.notices.register import RegisterPanel
from desktop.pages.notices.rows import COLUMNS, item
from desktop.pages.notices.side import SheetSide
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import ListTable
from desktop.widgets.looks import Card, row, scrolled
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack

_WAITS = ("post", "investigate", "photos", "take_down")
_ROW, _HEAD, _DETAIL = 34, 38, 330
_LEAST = (500, 220)
"""How narrow the left side and how low a notice may become before the page is moved instead."""


class NoticesPage(Page):
    """``open_thing``: a notice's id selects it; a `Filter` with a village begins a new notice there; an empty one shows what is open."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "batches", "town"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("公示", "", parent)
        self._office = office
        self._board = Board((), (), (), Counting())
        self._wanted: object = None
        self.proof = ProofMenu(office, self)
        self.register_button = self.add_button("异议登记簿")
        self.new = self.add_button("新建公示", "primary")
        self.table = ListTable(COLUMNS, name="notices", parent=self)
        self.detail = Detail(self)
        self.empty = Empty("", parent=self)
        self.side = SheetSide(office, self)
        self.creating = CreatePanel(office, self)
        self.posting = PostingPanel(office, self)
        self.objecting = ObjectPanel(office, self)
        self.investigating = InvestigatePanel(office, self)
        self.answering = AnswerPanel(office, self)
        self.extending = ExtendPanel(office, self)
        self.taking_down = TakeDownPanel(office, self)
        self.late = LatePanel(office, self)
        self.register = RegisterPanel(office, self)
        self.left = Stack(self)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        self._office.read("读取公示", noticeboard.board, done=self._show)

    def open_thing(self, thing: object) -> None:
        self._wanted = thing
        if self.isVisible() and not self.stale:
            self.refresh()

    def save(self) -> None:
        panel = self.panel()
        if panel is not None:
            panel.carry_out()

    def preview(self) -> None:
        self.side.preview.print.setFocus()

    def next_record(self) -> None:
        if self.panel() is None:
            self.table.table.go_next()

    def may_leave(self) -> bool:
        panel = self.panel()
        return panel is None or not panel.is_dirty() or self.may_leave_panel()

    def _lets_go(self) -> bool:
        panel = self.panel()
        if panel is None or not panel.is_dirty():
            return True
        answers = (Answer("不保存，离开", "drop", "danger"), Answer("接着录", "stay", "primary"))
        return ask(self, "还没有保存", f"“{panel.heading.text()}”录了一半，还没有保存。", answers) == "drop"

    def may_leave_panel(self) -> bool:
        """Close the task under way, after asking when something typed would be lost; False when it goes on."""
        lets_go = self._lets_go()
        if lets_go:
            self.close_panel()
        return lets_go

    def panel(self) -> Panel | None:
        """The task under way."""
        shown = self.left.currentWidget()
        return shown if isinstance(shown, Panel) else None

    def notice(self) -> NoticeView | None:
        """The chosen notice."""
        thing = self.table.current_thing()
        return next((n for n in self._board.notices if n.id == thing), None)

    def close_panel(self) -> None:
        """Back to the list."""
        self._show_list()
        self.side.show()
        self._on_current(self.table.current_thing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        sheet = Card(parent=self, margin=0)
        sheet.body.setSpacing(0)
        self._below = scrolled(self.detail)
        for part in (self.table, self._below, self.empty):
            sheet.body.addWidget(part, 100 if part is self.table else 1)
        self.table.setMinimumHeight(_HEAD + 2 * _ROW)
        self._below.setMinimumHeight(_LEAST[1])
        self.left.setMinimumWidth(_LEAST[0])
        self.left.addWidget(sheet)
        for panel in self._panels():
            self.left.addWidget(panel)
        split = row(gap=14)
        split.addWidget(self.left, 58)
        split.addWidget(self.side, 42)
        self.body.addLayout(split, 1)

    def _panels(self) -> tuple[Panel, ...]:
        return (
            self.creating, self.posting, self.objecting, self.investigating, self.answering, self.extending, self.taking_down, self.late,
            self.register,
        )  # fmt: skip

    def _connect(self) -> None:
        self.new.clicked.connect(self._on_new)
        self.empty.acted.connect(self._on_empty)
        self.register_button.clicked.connect(self._on_register)
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_opened)
        self.detail.asked.connect(self._on_asked)
        self.detail.photo_asked.connect(self._on_photo)
        self.detail.objection_opened.connect(self._on_objection)
        self.register.investigate_asked.connect(self._on_objection)
        self.creating.draft_asked.connect(self._on_draft)
        self.side.printed.connect(self._on_printed)
        for panel in self._panels():
            panel.done.connect(self._on_done)
            panel.closed.connect(self.may_leave_panel)

    def _show(self, board: Board) -> None:
        chosen = self.table.current_thing()
        self._board = board
        self.set_subtitle(_rule(board.counting))
        households, persons = sum(w.households for w in board.waiting), sum(w.persons for w in board.waiting)
        self.new.setText(f"新建公示（{households:,} 户 {persons:,} 人已评议）" if households else "新建公示")
        self.new.setEnabled(bool(households))
        still_open = len(board.open_objections)
        self.register_button.setText(f"异议登记簿（{still_open} 件未结）" if still_open else "异议登记簿")
        self.register_button.setVisible(bool(board.objections))
        self._say_empty(households, persons)
        with QSignalBlocker(self.table):
            self.table.set_items([item(n, self._today()) for n in board.notices])
        self._fit()
        self._choose(chosen)

    def _choose(self, chosen: object) -> None:
        """Follow what another page asked for, else stay where we were, else begin with the newest."""
        wanted, self._wanted = self._wanted, None
        ids = [n.id for n in self._board.notices]
        if wanted in ids and self._lets_go():
            self.left.setCurrentIndex(0)
            self.side.show()
        with QSignalBlocker(self.table):
            aim = wanted if wanted in ids else chosen
            if ids:
                self.table.table.go_to(ids.index(aim) if aim in ids else 0)
        self._on_current(self.table.current_thing())
        if isinstance(wanted, Filter) and wanted.village_id is not None:
            self._begin_new(wanted.village_id, wanted.ladder or IDENTIFICATION)
        elif wanted is not None and wanted not in ids and self._board.open_objections:
            self._on_register()

    def _on_current(self, thing: object) -> None:
        notice = self.notice()
        self.proof.show_notice(notice)
        if self.panel() is not None:
            return
        if notice is not None:
            role = self._office.record.actor.role
            self.detail.show_notice(notice, self._board.objections_on(notice.id), self._today(), role)
            self._fit()
        self.side.show_notice(notice)

    def _say_empty(self, households: int, persons: int) -> None:
        some = bool(self._board.notices)
        self.empty.setVisible(not some)
        self.table.setVisible(some)
        self._below.setVisible(some)
        if households:
            todo = "新建公示后打印榜，在村委会和各村民小组张贴，再回这里登记张贴。"
            self.empty.say("还没有公示", todo, f"新建公示（{households:,} 户 {persons:,} 人已评议）")
        else:
            self.empty.say("还没有公示", "先在“民主评议”录入评议结果，评议通过的农户在这里公示。", "去民主评议")

    def _fit(self) -> None:
        """The list takes the room its rows need, as far as the notice below keeps its own."""
        below = min(self.detail.sizeHint().height(), _DETAIL)
        room = max(3, (self.left.height() - below - _HEAD) // _ROW)
        self.table.setMaximumHeight(_HEAD + _ROW * min(max(self.table.count(), 1), room))

    def _open(self, panel: Panel) -> bool:
        """Begin another task; False when the one under way does not let go."""
        lets_go = self._lets_go()
        if lets_go:
            self.left.setCurrentWidget(panel)
            self.side.setVisible(panel is not self.register)
        return lets_go

    def _on_new(self) -> None:
        self._begin_new(None)

    def _begin_new(self, village_id: int | None, ladder: str = IDENTIFICATION) -> None:
        if self._board.waiting and self._open(self.creating):
            self.creating.begin(self._board.waiting, village_id, ladder)

    def _on_empty(self) -> None:
        if self._board.waiting:
            self._begin_new(None)
        else:
            self.go_asked.emit("appraisals", None)

    def _on_register(self) -> None:
        if self._open(self.register):
            self.register.start(self._board)

    def _on_draft(self, village_id: int, case_ids: tuple[int, ...]) -> None:
        self.side.show_draft(village_id, case_ids)

    def _on_asked(self, act: str) -> None:
        notice = self.notice()
        if notice is None:
            return
        if act == "wrong":
            self._take_down_wrong(notice)
        elif act == "investigate":
            self._investigate(next(o for o in self._board.objections_on(notice.id) if o.is_open))
        elif act == "late":
            if self._open(self.late):
                self.late.start(self._board.notices, notice.id, self._today())
        elif act in ("post", "repost", "photos"):
            if self._open(self.posting):
                self.posting.begin(notice, act)
        else:
            panels: dict[str, NoticePanel] = {
                "object": self.objecting,
                "extend": self.extending,
                "take_down": self.taking_down,
            }
            panel = panels[act]
            if self._open(panel):
                panel.start(notice, self._today())

    def _on_opened(self, thing: object) -> None:
        """Enter or a double click on a notice does what it waits for."""
        waits = next((act for act in _WAITS if self.detail.buttons[act].isVisible()), None)
        if waits is not None:
            self._on_asked(waits)

    def _on_objection(self, objection_id: int) -> None:
        found = next((o for o in self._board.objections if o.id == objection_id), None)
        if found is not None and found.is_open:
            self._investigate(found)
        elif found is not None and self._open(self.answering):
            self.answering.start(found, self._today())

    def _investigate(self, objection: ObjectionView) -> None:
        if self._open(self.investigating):
            self.investigating.start(objection, self._today())

    def _take_down_wrong(self, notice: NoticeView) -> None:
        why = (
            f"{notice.label}（{len(notice.rows):,} 户 {notice.persons:,} 人）作废，各户退回“待公示”，"
            "更正后须重新公示，公示期重新计算。原来的榜留在经过里。"
        )
        agreed = self._office.second(self, "撤下错榜（更正）", why)
        if agreed is not None:
            second, reason = agreed
            self._office.write(
                "撤下错榜", corrections.take_down_wrong, notice.id, reason, done=self._on_withdrawn, by=self, second=second,
            )  # fmt: skip

    def _on_withdrawn(self, result: object) -> None:
        self.said.emit("错榜已撤下作废，各户退回待公示；更正后请新建公示", "pine")
        self.refresh()

    def _on_photo(self, sha: str) -> None:
        show_photo(self._office, self, sha)

    def _on_printed(self, planned: date, copies: int) -> None:
        notice, word = self.notice(), self.side.preview.note.text()
        if notice is not None:
            self._office.write(
                "记下打印", notices.note_printed, notice.id, planned, copies, done=lambda _: self._on_noted(word), by=self,
                changes=frozenset({"batches"}),
            )  # fmt: skip

    def _on_noted(self, word: str) -> None:
        """The page is laid out anew, so what was said below it is said above the list."""
        self.said.emit(word, "pine")
        self.refresh()

    def _show_list(self) -> None:
        """The keyboard goes along, or Qt would hand it to whatever comes next in the window."""
        self.left.setCurrentIndex(0)
        self.table.table.setFocus()

    def _on_done(self, text: str, notice_id: int) -> None:
        self._show_list()
        self.side.show()
        self.said.emit(text, "pine")
        if notice_id:
            self._wanted = notice_id
        self.refresh()

    def _today(self) -> date:
        return self._office.record.clock.now().date()


def _rule(counting: Counting) -> str:
    """How the town counts, in one line."""
    start = "张贴当日起" if counting.count_posting_day else "张贴之日的次日起"
    unit = "个工作日" if counting.workdays else "天"
    rolled = "，末日遇节假日顺延" if counting.roll_to_workday else ""
    return f"{start}算满 {counting.days} {unit}{rolled}；有异议未结，不能出具初审意见。"
