"""初审与镇审核: from the end of the notice to the town's word, each tab one step of it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from db.rules.case import Kind, Status
from db.rules.procedure import IDENTIFICATION, Step
from db.services.deciding import queues, reviewed
from db.services.deciding.queues import Queued
from db.services.deciding.reviewed import ReviewedVillage
from db.services.papers.village import OPINED
from db.services.town import search
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.app.topic import Topic
from desktop.pages.reviews.opinion import OpinionTab
from desktop.pages.reviews.review import ReviewTab
from desktop.pages.reviews.roll import RollTab
from desktop.pages.reviews.sheets import SheetsTab
from desktop.widgets.batch import BatchPane, both
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.page import Page
from desktop.widgets.tabs import Tabs

_SUBTITLE = "公示期满、无未办结异议 → 村初审意见 → 造册 → 镇审核；录入的人不能审核自己录入的户。"


class ReviewsPage(Page):
    """``open_thing``: a `Filter` opens the tab of its step and shows its village. Asks for "__switch__" when a reviewer has to log in."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "batches", "town", "people"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("初审与镇审核", _SUBTITLE, parent)
        self._office = office
        self._wanted: Filter | None = None
        self.opinion = OpinionTab(office, self)
        self.roll = RollTab(office, self)
        self.review = ReviewTab(office, self)
        self.sheets = SheetsTab(office, self)
        self.topic = Topic(office, self)
        self.tags.addWidget(self.topic)
        self.topic.chosen.connect(self._on_topic)
        self.tabs = Tabs(self)
        for tab, title in self._titled():
            self.tabs.add(tab, title)
        self.body.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        self.topic.renew()
        ladder = self.topic.ladder()
        self._office.read("读取待初审农户", queues.waiting, Kind.OPINED, ladder=ladder, done=self._show_opinion)
        self._office.read("读取待审核农户", queues.to_review, ladder, done=self._show_review)
        self._office.read("读取已审核农户", reviewed.villages, done=self._show_reviewed)
        counts = self._office.see(search.counts, _on_roll(ladder))
        self.tabs.set_title(self.roll, f"汇总名册（{both(sum(c[0] for c in counts), sum(c[1] for c in counts))}）")
        self.roll.renew(ladder)
        self._follow(self.roll)

    def open_thing(self, thing: object) -> None:
        if not isinstance(thing, Filter):
            return
        self.topic.follow(thing)
        if thing.step is not None:
            of = {Step.NOTICE: self.opinion, Step.OPINION: self.opinion, Step.REVIEW: self.review}
            self.tabs.choose(of.get(thing.step, self.roll))
        self._wanted = thing
        if self.isVisible() and not self.stale:
            self.renew()

    def save(self) -> None:
        pane = self.tabs.current()
        if isinstance(pane, BatchPane):
            pane.press()

    def preview(self) -> None:
        shown = self.tabs.current()
        if isinstance(shown, RollTab | SheetsTab):
            shown.preview.print.setFocus()

    def may_leave(self) -> bool:
        dirty = [pane for pane in (self.opinion, self.review) if pane.form.is_dirty()]
        if not dirty:
            return True
        answers = (Answer("不保存，离开", "drop", "danger"), Answer("接着录", "stay", "primary"))
        named = "、".join(f"“{pane.heading.text()}”" for pane in dirty)
        if ask(self, "还没有办", f"{named}填了一半，还没有写入。", answers) != "drop":
            return False
        for pane in dirty:
            pane.form.set_clean()
        return True

    def _on_topic(self, _: str) -> None:
        self.renew()

    def _titled(self) -> tuple[tuple[QWidget, str], ...]:
        return (
            (self.opinion, "村初审"), (self.roll, "汇总名册"), (self.review, "镇审核"), (self.sheets, "审核表与上报报告"),
        )  # fmt: skip

    def _show_opinion(self, found: tuple[Queued, ...]) -> None:
        self.opinion.show_queue(found)
        self.tabs.set_title(self.opinion, f"村初审（{_ready(found)}）")
        self._follow(self.opinion)

    def _show_review(self, found: tuple[Queued, ...]) -> None:
        self.review.show_queue(found)
        self.tabs.set_title(self.review, f"镇审核（{_ready(found)}）")
        self._follow(self.review)

    def _show_reviewed(self, found: tuple[ReviewedVillage, ...]) -> None:
        self.sheets.show_reviewed(found)

    def _follow(self, pane: OpinionTab | ReviewTab | RollTab) -> None:
        """Show the village another page asked for, once its list is there."""
        if self._wanted is None or self.tabs.current() is not pane:
            return
        if self._wanted.village_id is not None:
            pane.choose_village(self._wanted.village_id)
        self._wanted = None


def _on_roll(ladder: str) -> list[Filter]:
    """Who stands on the rolls; those on the register stand on that of identification."""
    found = [Filter(step=step, status=Status.RUNNING, ladder=ladder) for step in sorted(OPINED, key=str)]
    return [*found, Filter(status=Status.REGISTERED)] if ladder == IDENTIFICATION else found


def _ready(found: tuple[Queued, ...]) -> str:
    sizes = [q.line.size for q in found if not q.why]
    return both(len(sizes), sum(sizes))
