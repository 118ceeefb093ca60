"""Removals are worked on apart from identification: in the reviews and at the county."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.rules.case import Outcome, Status
from db.rules.procedure import REMOVAL, Step
from db.rules.removal import Proposal, RemovalReason
from db.services.cases import appraisals
from db.services.cases.appraisals import Vote
from db.services.deciding import removals, reviews
from db.services.deciding.reviews import Opinion
from db.services.notices import notices
from db.services.town import search
from db.services.town import town as town_service
from db.services.town.search import Filter
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.county.page import CountyPage
from desktop.pages.reviews.page import ReviewsPage
from tests.helpers import steps, town
from tests.helpers.qt import stand
from tests.helpers.record import CLERK, REVIEWER

TODAY = date(2016, 5, 25)
P = TypeVar("P", bound=QWidget)
Open = Callable[[type[P]], P]


@pytest.fixture
def opened(office: Office, qtbot: QtBot) -> Open[QWidget]:
    """Open a page and wait until it stands."""

    def shown(kind: type[QWidget]) -> QWidget:
        return stand(kind(office), office, qtbot)  # type: ignore[arg-type]

    return shown


def noticed(office: Office, clock: FixedClock) -> tuple[int, int]:
    """A household whose removal hangs full, one of identification beside it; the removal and its household."""
    steps.hung(office, 5)
    (home,) = office.act(town.on_register, 1)
    removal = office.act(removals.propose, home, Proposal(TODAY, ("周某坤", "杨某来"), RemovalReason.CAR, "有小汽车"))
    office.act(appraisals.record, town.meeting(TODAY), [Vote(removal, 38, 2, 1)])
    notice = office.act(notices.create, office.see(town_service.villages)[0].id, [removal])
    office.act(notices.post, notice, dict.fromkeys(steps.PLACES["华南村"], (TODAY, "")))
    steps.wait(office, clock, 8)
    return removal, home


def test_the_reviews_show_one_ladder_at_a_time(office: Office, clock: FixedClock, opened: Open[ReviewsPage]) -> None:
    removal, _ = noticed(office, clock)
    page = opened(ReviewsPage)
    assert page.topic.isVisible()
    assert removal not in page.opinion.chosen()
    page.topic.chip("清退").click()
    office.work.drain()
    assert page.opinion.chosen() == [removal]
    office.act(reviews.opine, [removal], Opinion(steps.READY, "罗某军", "陈某新"))
    page.renew()
    office.work.drain()
    paper = page.roll.preview.paper
    assert paper is not None
    assert "相对贫困户拟清退名册" in paper.text()
    assert page.tabs.title(page.roll) == "汇总名册（1 户 2 人）"


def test_the_county_page_ends_a_removal_with_the_decision(
    office: Office, clock: FixedClock, opened: Open[CountyPage]
) -> None:
    removal, home = noticed(office, clock)
    office.act(reviews.opine, [removal], Opinion(steps.READY, "罗某军", "陈某新"))
    office.record.switch(REVIEWER.name, REVIEWER.password)
    office.act(reviews.review, [removal], reviewed_on=steps.READY, outcome=Outcome.PASSED)
    office.record.switch(CLERK.name, CLERK.password)
    page = opened(CountyPage)
    assert page.tabs.is_shown(page.cards)
    page.open_thing(Filter(step=Step.DECISION, ladder=REMOVAL))
    office.work.drain()
    assert page.tabs.current() is page.decide
    assert not any(page.tabs.is_shown(tab) for tab in (page.announce, page.recheck, page.issue, page.cards))
    assert page.decide.chosen() == [removal]
    page.decide.form.set_texts({"number": "华府函〔2016〕21号", "dated": "20160602"})
    page.decide.press()
    office.work.drain()
    assert office.see(search.lines, [home])[home].status is Status.REMOVED
    assert not page.topic.isVisible()
    assert page.tabs.is_shown(page.cards)


def test_without_a_removal_there_is_no_choice(office: Office, clock: FixedClock, opened: Open[ReviewsPage]) -> None:
    steps.hung(office, 5)
    page = opened(ReviewsPage)
    assert not page.topic.isVisible()
    assert page.topic.ladder() == "identification"
