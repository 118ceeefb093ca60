"""县审定与户卡: from the town's word to the card, each tab one step of it; the town's options say which there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from db.papers.model import Paper
from db.rules.case import Kind, Status
from db.rules.procedure import Step
from db.services.deciding import county, queues
from db.services.deciding.county import Announced
from db.services.deciding.queues import Queued
from db.services.papers import county as county_papers
from db.services.papers.county import Received
from db.services.town import search, town
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.app.topic import Topic
from desktop.pages.county.announcing import AnnounceTab
from desktop.pages.county.cardlist import CardsTab
from desktop.pages.county.issuing import IssueTab
from desktop.pages.county.ruling import RulingTab
from desktop.printing.window import show_paper
from desktop.widgets.batch import BatchPane, both
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.menus import MenuButton
from desktop.widgets.page import Page
from desktop.widgets.tabs import Tabs


class CountyPage(Page):
    """``open_thing``: a `Filter` opens the tab of its step and shows its village, an id shows that announcement."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "batches", "town", "people"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("县审定与户卡", "", parent)
        self._office = office
        self._wanted: Filter | None = None
        self.announce = AnnounceTab(office, self)
        self.recheck = RulingTab(office, self, Kind.RECHECKED)
        self.decide = RulingTab(office, self, Kind.DECIDED)
        self.issue = IssueTab(office, self)
        self.cards = CardsTab(office, self)
        self.papers = MenuButton("县里的文件", self)
        self.papers.chosen.connect(self._on_paper)
        self.actions_row.addWidget(self.papers)
        self.topic = Topic(office, self)
        self.tags.addWidget(self.topic)
        self.topic.chosen.connect(self._on_topic)
        self.tabs = Tabs(self)
        for tab, title in self._titled():
            self.tabs.add(tab, title)
        self.body.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        options = self._office.see(town.options)
        self.topic.renew()
        steps = options.ladders[self.topic.ladder()].steps
        self._offer_tabs(steps)
        said = [step.label for step in steps[steps.index(Step.REVIEW) :]]
        self.set_subtitle(" → ".join(said) + "；县里的结果逐户录入，一批要么全部写入，要么一户也不写入。")
        self._office.read("读取县里的文件", county_papers.documents, done=self._offer_papers)
        self._office.read("读取待公告农户", queues.waiting, Kind.ANNOUNCED, done=self._show_announce)
        self._office.read("读取县公告", county.announcements, done=self._show_announcements)
        self._office.read("读取待核查农户", queues.waiting, Kind.RECHECKED, done=self._show_recheck)
        self._office.read(
            "读取待审定农户", queues.waiting, Kind.DECIDED, ladder=self.topic.ladder(), done=self._show_decide
        )
        self._office.read("读取待建卡农户", queues.waiting, Kind.CARDED, done=self._show_issue)
        self.tabs.set_title(
            self.cards, f"户卡（{both(*self._office.see(search.count, Filter(status=Status.REGISTERED)))}）"
        )
        self.cards.renew()
        self._follow(self.cards)

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, Filter):
            self.topic.follow(thing)
            self._offer_tabs(self._office.see(town.options).ladders[self.topic.ladder()].steps)
            self.tabs.choose(self._tab_of(thing.step))
            self._wanted = thing
            if self.isVisible() and not self.stale:
                self.renew()
        elif isinstance(thing, int):
            self.tabs.choose(self.announce)
            self.announce.choose(thing)

    def save(self) -> None:
        shown = self.tabs.current()
        if isinstance(shown, BatchPane | AnnounceTab):
            shown.press()

    def preview(self) -> None:
        shown = self.tabs.current()
        if isinstance(shown, CardsTab):
            shown.preview.print.setFocus()
        elif isinstance(shown, AnnounceTab):
            shown.side.preview.print.setFocus()

    def next_record(self) -> None:
        if self.tabs.current() is self.cards:
            self.cards.table.go_next()

    def may_leave(self) -> bool:
        dirty = [self.tabs.title(tab) for tab in (self.announce, self.recheck, self.decide) if tab.is_dirty()]
        if not dirty:
            return True
        answers = (Answer("不保存，离开", "drop", "danger"), Answer("接着录", "stay", "primary"))
        if ask(self, "还没有写入", f"{'、'.join(dirty)}填了一半，还没有写入。", answers) != "drop":
            return False
        self.announce.drop()
        self.recheck.drop()
        self.decide.drop()
        return True

    def _offer_papers(self, found: tuple[Received, ...]) -> None:
        self.papers.clear_acts()
        for one in found:
            self.papers.add(str(one.batch_id), f"{one.kind}　{one.dated:%Y-%m-%d}　{one.document}")
        self.papers.setVisible(bool(found))

    def _on_paper(self, batch_id: str) -> None:
        self._office.read("准备文书", county_papers.sheet, int(batch_id), done=self._show_paper)

    def _show_paper(self, paper: Paper) -> None:
        show_paper(self, paper)

    def _on_topic(self, _: str) -> None:
        self.renew()

    def _offer_tabs(self, steps: Sequence[Step]) -> None:
        """The tabs of the ladder's steps; a removal ends with the county's decision."""
        of = {Step.ANNOUNCEMENT: self.announce, Step.RECHECK: self.recheck, Step.CARD: self.issue}
        for step, tab in of.items():
            self.tabs.set_shown(tab, step in steps)
        self.tabs.set_shown(self.cards, Step.CARD in steps)
        if not self.tabs.is_shown(self.tabs.current()):
            self.tabs.choose(self.decide)

    def _titled(self) -> tuple[tuple[QWidget, str], ...]:
        return (
            (self.announce, "县公告"), (self.recheck, "县核查"), (self.decide, "县审定"), (self.issue, "建档立卡"),
            (self.cards, "户卡"),
        )  # fmt: skip

    def _tab_of(self, step: Step | None) -> QWidget:
        tabs: dict[Step, QWidget] = {
            Step.ANNOUNCEMENT: self.announce, Step.RECHECK: self.recheck, Step.DECISION: self.decide, Step.CARD: self.issue,
        }  # fmt: skip
        return tabs.get(step, self.cards) if step else self.cards

    def _show_announce(self, found: tuple[Queued, ...]) -> None:
        self.announce.show_queue(found)
        self._said(self.announce, "县公告", found)

    def _show_announcements(self, found: tuple[Announced, ...]) -> None:
        self.announce.show_announcements(found)

    def _show_recheck(self, found: tuple[Queued, ...]) -> None:
        self.recheck.show_queue(found)
        self._said(self.recheck, "县核查", found)

    def _show_decide(self, found: tuple[Queued, ...]) -> None:
        self.decide.show_queue(found)
        self._said(self.decide, "县审定", found)

    def _show_issue(self, found: tuple[Queued, ...]) -> None:
        self.issue.show_queue(found)
        self._said(self.issue, "建档立卡", found)

    def _said(self, tab: AnnounceTab | RulingTab | IssueTab, title: str, found: tuple[Queued, ...]) -> None:
        sizes = [q.line.size for q in found if not q.why]
        self.tabs.set_title(tab, f"{title}（{both(len(sizes), sum(sizes))}）")
        self._follow(tab)

    def _follow(self, tab: AnnounceTab | RulingTab | IssueTab | CardsTab) -> None:
        """Show the village another page asked for, once its list is there."""
        if self._wanted is None or self.tabs.current() is not tab:
            return
        if self._wanted.village_id is not None:
            tab.choose_village(self._wanted.village_id)
        self._wanted = None
