"""From the end of the notice to the town's word: what may be done is done in a batch, what may not is said at its row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.procedure import Step
from db.services.cases import cases
from db.services.deciding import reviewed
from db.services.town import town as town_service
from db.services.town.search import Filter
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.reviews.page import ReviewsPage
from desktop.pages.reviews.sheets import BACK, REPORT
from desktop.widgets.batch import BatchPane
from desktop.widgets.dialogs import Ask
from tests.helpers import steps
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import stand
from tests.helpers.record import CLERK, REVIEWER

OpenPage = Callable[[], ReviewsPage]


@pytest.fixture
def open_page(office: Office, qtbot: QtBot) -> OpenPage:
    """The page, shown and filled."""

    def shown() -> ReviewsPage:
        return stand(ReviewsPage(office), office, qtbot)

    return shown


def _at(office: Office, case_id: int) -> tuple[Step | None, Status]:
    found = office.see(cases.states, [case_id])[case_id]
    return found.at, found.status


def _remarks(pane: BatchPane) -> list[str]:
    return [item.cells[-1].text for item in pane.ticks.list.items()]  # type: ignore[union-attr]


def _sign(page: ReviewsPage, **changed: str) -> None:
    texts = {"given_on": "20160602", "signer": "罗某军", "team_leader": "陈某新", "agree": "同意"}
    page.opinion.form.set_texts(texts | changed)


def _press(office: Office, pane: BatchPane, key: str) -> None:
    QTest.mouseClick(pane.buttons[key], Qt.MouseButton.LeftButton)
    office.work.drain()


def test_who_still_waits_stands_there_with_his_day(office: Office, open_page: OpenPage) -> None:
    steps.hung(office, 1, 2)
    page = open_page()
    assert page.tabs.title(page.opinion) == "村初审（0 户 0 人）"
    assert page.opinion.box.currentText() == "华南村（0 户 0 人，另 2 户暂不能办）"
    (first, _) = page.opinion.ticks.list.items()
    assert [cell.text for cell in first.cells[-3:]] == ["2016-06-01", "06-02 起", "公示期未满"]  # type: ignore[union-attr]
    assert not page.opinion.buttons["opine"].isEnabled()


def test_the_opinion_is_given_on_those_ticked(
    office: Office, clock: FixedClock, open_page: OpenPage, qtbot: QtBot
) -> None:
    one, two = steps.hung(office, 1, 2)
    steps.wait(office, clock, 8)
    page = open_page()
    page.opinion.ticks.toggle([1])
    assert page.opinion.buttons["opine"].text() == "出具初审意见（1 户 2 人）"
    _sign(page)
    with qtbot.waitSignal(page.said) as said:
        page.save()
        office.work.drain()
    assert said.args == ["华南村已出具初审意见 1 户 2 人：同意", "pine"]
    assert _at(office, one) == (Step.REVIEW, Status.RUNNING)
    assert _at(office, two) == (Step.NOTICE, Status.RUNNING)
    assert page.tabs.title(page.review) == "镇审核（1 户 2 人）"
    assert page.opinion.form.values()["signer"] == "罗某军"


def test_a_blank_opinion_is_not_given(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    (case_id,) = steps.hung(office, 1)
    steps.wait(office, clock, 8)
    page = open_page()
    _press(office, page.opinion, "opine")
    assert page.opinion.form.faulty() == ["signer", "team_leader", "agree"]
    assert _at(office, case_id) == (Step.NOTICE, Status.RUNNING)


def test_disagreeing_needs_a_reason(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    (case_id,) = steps.hung(office, 1)
    steps.wait(office, clock, 8)
    page = open_page()
    _sign(page, agree="不同意")
    _press(office, page.opinion, "opine")
    assert page.opinion.form.faulty() == ["reason"]
    _sign(page, agree="不同意", reason="家中新建楼房")
    _press(office, page.opinion, "opine")
    assert _at(office, case_id) == (Step.NOTICE, Status.REJECTED)


def test_a_day_inside_the_notice_is_refused_at_every_row(
    office: Office, clock: FixedClock, open_page: OpenPage
) -> None:
    found = steps.hung(office, 1, 2)
    steps.wait(office, clock, 8)
    page = open_page()
    _sign(page, given_on="20160601")
    _press(office, page.opinion, "opine")
    assert ["在公示期内" in text for text in _remarks(page.opinion)] == [True, True]
    assert "2 户不能办" in page.opinion.form.faults.text()
    assert page.opinion.form.texts()["signer"] == "罗某军"
    assert {_at(office, i) for i in found} == {(Step.NOTICE, Status.RUNNING)}


def test_the_roll_prints_with_tails_and_whole_numbers_for_a_purpose(
    office: Office, clock: FixedClock, open_page: OpenPage
) -> None:
    steps.opined(office, clock, 1, 2)
    page = open_page()
    page.tabs.choose(page.roll)
    office.work.drain()
    assert page.tabs.title(page.roll) == "汇总名册（2 户 4 人）"
    paper = page.roll.preview.paper
    assert paper is not None
    assert "441401" not in paper.text()
    page.roll.whole.click()
    QTest.mouseClick(page.roll.show_whole, Qt.MouseButton.LeftButton)
    office.work.drain()
    assert "用途" in page.roll.fault.text()
    page.roll.purpose.set_raw("报县扶贫办")
    QTest.mouseClick(page.roll.show_whole, Qt.MouseButton.LeftButton)
    office.work.drain()
    paper = page.roll.preview.paper
    assert paper is not None
    assert "441401196803120" in paper.text()
    page.roll.whole.click()
    office.work.drain()
    paper = page.roll.preview.paper
    assert paper is not None
    assert "441401" not in paper.text()


def test_a_village_without_opinions_says_what_to_do(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    steps.opined(office, clock, 1)
    page = open_page()
    page.tabs.choose(page.roll)
    page.roll.choose_village(office.see(town_service.villages)[1].id)
    office.work.drain()
    assert page.roll.preview.paper is None
    assert "先出具村初审意见" in page.roll.fault.text()


def test_the_clerk_is_told_who_must_log_in(
    office: Office, clock: FixedClock, open_page: OpenPage, qtbot: QtBot
) -> None:
    (case_id,) = steps.opined(office, clock, 1)
    page = open_page()
    page.tabs.choose(page.review)
    assert not page.review.doing.isVisible()
    assert REVIEWER.name in page.review.who.text()
    page.save()
    office.work.drain()
    assert _at(office, case_id) == (Step.REVIEW, Status.RUNNING)
    with qtbot.waitSignal(page.go_asked) as asked:
        QTest.mouseClick(page.review.change, Qt.MouseButton.LeftButton)
    assert asked.args == ["__switch__", None]
    office.record.switch(REVIEWER.name, REVIEWER.password)
    page.take_change(frozenset({"people"}), None)
    office.work.drain()
    assert page.review.doing.isVisible()
    assert not page.review.switch.isVisible()


def test_the_reviewer_passes_some_and_returns_some(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    one, two = steps.opined(office, clock, 1, 2)
    office.record.switch(REVIEWER.name, REVIEWER.password)
    page = open_page()
    page.tabs.choose(page.review)
    page.review.ticks.toggle([1])
    _press(office, page.review, "return")
    assert page.review.form.faulty() == ["reason"]
    page.review.form.set_texts({"reason": "入户核实表缺签名"})
    _press(office, page.review, "return")
    assert _at(office, one) == (Step.VERIFICATION, Status.RUNNING)
    page.review.ticks.tick_all()
    page.review.form.set_texts({"sampled": "1"})
    _press(office, page.review, "pass")
    assert _at(office, two) == (Step.ANNOUNCEMENT, Status.RUNNING)
    page.tabs.choose(page.sheets)
    assert page.sheets.list.count() == 2
    page.sheets.list.table.go_to(1)
    QTest.mouseClick(page.sheets.which.chip(BACK), Qt.MouseButton.LeftButton)
    paper = page.sheets.preview.paper
    assert paper is not None
    assert "缺签名" in paper.text()
    page.sheets.list.table.go_to(0)
    paper = page.sheets.preview.paper
    assert paper is not None
    assert paper.file_stem == "镇审核表-华南村"
    assert not page.sheets.which.chip(BACK).isEnabled()
    QTest.mouseClick(page.sheets.which.chip(REPORT), Qt.MouseButton.LeftButton)
    paper = page.sheets.preview.paper
    assert paper is not None
    assert paper.file_stem == "上报报告-华阳镇"
    page.sheets.list.table.go_to(1)
    assert not page.sheets.which.chip(REPORT).isEnabled()


def test_who_entered_a_step_cannot_tick_it(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    (theirs,) = steps.opined(office, clock, 1)
    office.record.switch(REVIEWER.name, REVIEWER.password)
    steps.hung(office, 2, village="小拔村")
    steps.wait(office, clock, 8)
    page = open_page()
    _sign(page, given_on="20160610")
    page.save()
    office.work.drain()
    page.tabs.choose(page.review)
    assert page.review.chosen() == [theirs]
    assert "您录入过本户的步骤" in "".join(_remarks(page.review))


def test_another_page_opens_the_tab_and_the_village(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    steps.hung(office, 1)
    steps.hung(office, 2, village="小拔村")
    page = open_page()
    village = office.see(town_service.villages)[1]
    page.open_thing(Filter(village_id=village.id, step=Step.REVIEW))
    assert page.tabs.current() is page.review
    page.open_thing(Filter(village_id=village.id, step=Step.NOTICE, ready=date(2016, 6, 2)))
    office.work.drain()
    assert page.tabs.current() is page.opinion
    assert page.opinion.group() == "小拔村"


def test_leaving_asks_when_something_was_typed(
    office: Office, clock: FixedClock, open_page: OpenPage, dialogs: Dialogs
) -> None:
    steps.hung(office, 1)
    page = open_page()
    assert page.may_leave()
    _sign(page)

    def stay(box: Ask) -> int:
        box.buttons["stay"].click()
        return 1

    dialogs.answer(Ask, stay)
    assert not page.may_leave()

    def drop(box: Ask) -> int:
        box.buttons["drop"].click()
        return 1

    dialogs.answer(Ask, drop)
    assert page.may_leave()
    assert office.record.actor.name == CLERK.name


def test_an_empty_page_says_what_comes_first(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    assert page.opinion.empty.isVisible()
    with qtbot.waitSignal(page.go_asked) as asked:
        QTest.mouseClick(page.opinion.empty.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["notices", None]
    assert office.see(reviewed.villages) == ()
