"""民主评议: the assemblies held, the minutes of each as they print, and two ways in: by hand or from the villages' workbook."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.papers.model import Paper
from db.rules.case import Status
from db.rules.procedure import IDENTIFICATION, Step, ladders
from db.services.cases import appraisals
from db.services.cases.appraisals import AppraisalLine, AppraisalResult
from db.services.papers import meetings as meeting_papers
from db.services.papers.meetings import Plan
from db.services.sheets import vote_import
from db.services.sheets.vote_import import VotePlan
from db.services.town import drafts, search, town
from db.services.town.search import Filter, Line
from db.sheets.appraisals import read_appraisals
from desktop.app.office import CASES, Office
from desktop.app.topic import Topic
from desktop.app.work import Ticket
from desktop.forms.keeper import Keeper
from desktop.pages.appraisals.entry import Entry
from desktop.pages.appraisals.plan import PlanView
from desktop.printing.preview import PaperPreview
from desktop.printing.window import show_paper
from desktop.widgets.chips import Chips
from desktop.widgets.choosing import choose_file
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column, row
from desktop.widgets.page import Page
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.stack import Stack

COLUMNS = (
    Column("village", "村", 104),
    Column("held_on", "时间", 100),
    Column("kind", "会议类型", 120),
    Column("people", "应到 / 实到", 100, "right"),
    Column("passed", "通过", 64, "right"),
    Column("failed", "未通过", 70, "right"),
)
DRAFT = "meeting/"
_SHOWN = (meeting_papers.MINUTES, meeting_papers.RESULTS, meeting_papers.SIGN_IN, meeting_papers.CALL)


_RULE = "到会够法定人数、每户三种票数之和等于实到、同意过半，才算通过。"
_REMOVING = "议题是清退：“同意”是同意清退这一户。"


class AppraisalsPage(Page):
    """``open_thing`` takes a batch id or a `Filter` whose village is to be typed."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "batches", "town", "households"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("民主评议", _RULE, parent)
        self._office = office
        self._villages: tuple[town.VillageInfo, ...] = ()
        self._waiting: list[Line] = []
        self._held = self._village = 0
        self._saving = False
        self.keeper = Keeper(office, self._content, self)
        self.load = self.add_button("导入评议结果表")
        self.type = self.add_button("录入评议", "primary")
        self.list = ListTable(COLUMNS, name="appraisals")
        self.empty = Empty("还没有评议记录", "先办完入户核实，再召开村民（代表）大会", "")
        self.which = Chips(_SHOWN)
        self.preview_paper = PaperPreview()
        self.topic = Topic(office, self)
        self.tags.addWidget(self.topic)
        self.entry = Entry()
        self.plan = PlanView()
        self._plan: VotePlan | None = None
        self.stack = Stack(self)
        for part in (self._overview(), self.entry, self.plan):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        self._connect()

    def refresh(self) -> None:
        self._villages = self._office.see(town.villages)
        self.topic.renew()
        self.load.setEnabled(not self.topic.is_removal())
        self.set_subtitle(f"{_RULE}{_REMOVING if self.topic.is_removal() else ''}")
        wanted = Filter(step=Step.APPRAISAL, status=Status.RUNNING, ladder=self.topic.ladder())
        lines = self._office.see(search.lines, self._office.see(search.ids, wanted))
        self._waiting = list(lines.values())
        waiting = len(self._waiting)
        self.type.setText(f"录入评议（{waiting} 户待评议）" if waiting else "录入评议")
        self._office.read("读取评议", appraisals.listed, done=self._show)

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, Filter):
            self.topic.follow(thing)
            self.renew()
            self._start(thing.village_id or 0)
        elif isinstance(thing, int):
            self._show_minutes(thing)

    def save(self) -> None:
        if self.stack.currentWidget() is self.entry:
            self._save()

    def may_leave(self) -> bool:
        if self.stack.currentWidget() is not self.entry or not self.entry.is_dirty():
            return True
        stay = Answer("留下继续录入", "stay", "primary")
        if (
            ask(self, "评议结果还没有保存", "离开会丢掉已录入的票数。", (Answer("丢掉", "drop", "danger"), stay))
            != "drop"
        ):
            return False
        self.keeper.drop()
        self._back()
        return True

    def read_file(self, path: Path) -> None:
        """Read a workbook of assemblies and show what taking it in would do."""
        names = [v.name for v in self._villages or self._office.see(town.villages)]

        def planned(ticket: Ticket) -> VotePlan:
            return self._office.see(vote_import.plan, read_appraisals(path, names, ticket))

        self._office.long(f"正在读取 {path.name}", planned, self._show_plan)

    def _connect(self) -> None:
        self.type.clicked.connect(self._on_type)
        self.load.clicked.connect(self._on_load)
        self.list.current_changed.connect(self._on_current)
        self.topic.chosen.connect(self._on_topic)
        self.which.chosen.connect(self._on_which)
        self.entry.paper_asked.connect(self._on_paper)
        self.entry.typed.connect(self.keeper.touch)
        self.entry.village_chosen.connect(self._on_village)
        self.entry.save_asked.connect(self._save)
        self.entry.cancel_asked.connect(self._on_cancel)
        self.plan.apply_asked.connect(self._apply)
        self.plan.cancel_asked.connect(self._back)
        self.stack.currentChanged.connect(self._on_turned)

    def _overview(self) -> QWidget:
        whole = QWidget()
        split = row(whole, 14)
        sheet = Card(margin=0)
        sheet.body.addWidget(self.list, 1)
        sheet.body.addWidget(self.empty, 1)
        split.addWidget(sheet, 11)
        side = column(gap=8)
        side.addWidget(self.which)
        side.addWidget(self.preview_paper, 1)
        split.addLayout(side, 10)
        return whole

    def _show(self, found: tuple[AppraisalLine, ...]) -> None:
        self.list.set_items([_item(line) for line in found])
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.which.setVisible(bool(found))
        if found and self.preview_paper.paper is None:
            self._show_minutes(found[0].batch_id)

    def _show_minutes(self, batch_id: int) -> None:
        self._held = batch_id
        self.preview_paper.show_paper(self._office.see(meeting_papers.held, batch_id, self.which.text()))

    def _on_which(self, _: str) -> None:
        if self._held:
            self._show_minutes(self._held)

    def _on_paper(self, title: str) -> None:
        plan = Plan.of_values(self.entry.village.currentData() or 0, self.entry.plan(), self.topic.ladder())
        self._office.read("准备会前材料", meeting_papers.planned, plan, title, done=self._show_paper)

    def _show_paper(self, paper: Paper) -> None:
        show_paper(self, paper)

    def _on_current(self, thing: object) -> None:
        if isinstance(thing, int):
            self._show_minutes(thing)

    def _on_topic(self, _: str) -> None:
        self.renew()

    def _on_type(self) -> None:
        of = Counter(line.village for line in self._waiting)
        first = next((v.id for v in self._villages if of[v.name]), 0)
        kept = {k.key for k in drafts.load(self._office.record, DRAFT)}
        self._start(next((v.id for v in self._villages if self._key(v.id) in kept), first))

    def _on_village(self, village_id: int) -> None:
        if self.entry.is_dirty() and not self.may_leave():
            self.entry.show_village(self._village)
            return
        self._start(village_id)

    def _start(self, village_id: int) -> None:
        names = {v.id: v.name for v in self._villages}
        of = Counter(line.village for line in self._waiting)
        chosen = village_id if village_id in names else next(iter(names), 0)
        self.entry.offer(self._villages, {i: of[n] for i, n in names.items()}, chosen)
        self.stack.setCurrentWidget(self.entry)
        self.entry.start(names.get(chosen, ""), [x for x in self._waiting if x.village == names.get(chosen)])
        if self.topic.is_removal():
            self.entry.minutes.set_values({"subject": ladders()[self.topic.ladder()].topic})
        self._village = chosen
        self._take_up()

    def _key(self, village_id: int) -> str:
        return f"{DRAFT}{self.topic.ladder()}/{village_id}"

    def _content(self) -> str:
        return json.dumps(self.entry.texts(), ensure_ascii=False)

    def _take_up(self) -> None:
        """Go on with what was typed for this village when the program ended."""
        key = self._key(self._village)
        self.keeper.begin(key)
        kept = next((k for k in drafts.load(self._office.record, key) if k.key == key), None)
        if kept is not None:
            self.entry.set_texts(json.loads(kept.content))
            self.said.emit(f"已接上 {kept.saved_at:%m-%d %H:%M} 录到一半、没有保存的评议。", "ochre")

    def _save(self) -> None:
        village = next((v.name for v in self._villages if v.id == self.entry.village.currentData()), "")
        found = None if self._saving else self.entry.read(village)
        if found is not None:
            self._saving = True
            self._office.write("录入民主评议", appraisals.record, *found, done=self._saved, failed=self._refused)

    def _saved(self, result: AppraisalResult) -> None:
        self._saving = False
        self.said.emit(f"已保存：{result.passed} 户通过，{result.failed} 户未通过", "pine")
        self.entry.set_clean()
        self.keeper.drop()
        self._back()
        self.renew()
        self._show_minutes(result.batch_id)

    def _refused(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, Refused):
            self.entry.show_problems(error.problems)
        self._office.work.tell(error)

    def _on_cancel(self) -> None:
        if self.may_leave():
            self._back()

    def _back(self) -> None:
        self.entry.set_clean()
        self.stack.setCurrentIndex(0)

    def _on_turned(self, place: int) -> None:
        for made in (self.type, self.load):
            made.setVisible(place == 0)
        self.topic.setEnabled(place == 0)

    def _on_load(self) -> None:
        path = choose_file(self, "选择民主评议结果表")
        if path is not None:
            self.read_file(path)

    def _show_plan(self, plan: VotePlan) -> None:
        self._plan = plan
        self.plan.show_plan(plan)
        self.stack.setCurrentWidget(self.plan)

    def _apply(self) -> None:
        if self._plan is not None:
            op = partial(_take_in, self._office, self._plan, self.plan.answers())
            self._office.long("正在录入评议结果", op, self._applied, changes=CASES, writes=True)

    def _applied(self, results: dict[str, AppraisalResult]) -> None:
        won, lost = sum(r.passed for r in results.values()), sum(r.failed for r in results.values())
        left = len(self._plan.rows) - won - lost if self._plan else 0
        self.said.emit(
            f"已录入 {len(results)} 个村：{won} 户通过，{lost} 户未通过；{left} 行没有录入，原因见预览", "pine"
        )
        self._back()
        self.renew()


def _take_in(
    office: Office, plan: VotePlan, answers: dict[tuple[str, int], int], ticket: Ticket
) -> dict[str, AppraisalResult]:
    ticket.report(0, 2, "正在备份")
    office.backup_before("评议结果录入")
    ticket.check()
    ticket.report(1, 2, "正在录入评议结果")
    return office.act(vote_import.apply, plan, answers)


def _item(line: AppraisalLine) -> Item:
    cells = (
        line.village if line.ladder == IDENTIFICATION else f"{line.village} · {ladders()[line.ladder].name}",
        f"{line.held_on:%Y-%m-%d}",
        line.kind,
        f"{line.due} / {line.present}",
        str(line.passed),
        Cell(str(line.failed), "red" if line.failed else ""),
    )
    return Item(cells, thing=line.batch_id)
