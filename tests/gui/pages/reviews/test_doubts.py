"""A doubt without a reason is asked for in place before a household is passed, once for all of a batch."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.codes import PovertyCause
from db.rules.procedure import Step
from db.services.cases import cases, reasons
from db.services.register import households
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.reviews.page import ReviewsPage
from tests.helpers import steps
from tests.helpers.qt import stand
from tests.helpers.record import REVIEWER


def _doubted(office: Office, clock: FixedClock, *serials: int) -> list[int]:
    """Cases that wait for the review, ill without anybody who is."""
    found = steps.opined(office, clock, *serials)
    for household_id in office.see(cases.households_of, found).values():
        home = office.see(households.get, household_id)
        office.act(households.save, replace(home, main_cause=PovertyCause.ILLNESS))
    office.record.switch(REVIEWER.name, REVIEWER.password)
    return found


def _opened(office: Office, qtbot: QtBot) -> ReviewsPage:
    page = stand(ReviewsPage(office), office, qtbot)
    page.tabs.choose(page.review)
    page.review.form.set_texts({"reviewed_on": "20160602"})
    QTest.mouseClick(page.review.buttons["pass"], Qt.MouseButton.LeftButton)
    office.work.drain()
    return page


def _standing(office: Office, found: list[int]) -> set[tuple[Step | None, Status]]:
    return {(s.at, s.status) for s in office.see(cases.states, found).values()}


def test_one_reason_lets_the_whole_batch_pass(office: Office, clock: FixedClock, qtbot: QtBot) -> None:
    found = _doubted(office, clock, 1, 2)
    page = _opened(office, qtbot)
    panel = page.review.doubts
    assert panel.isVisible()
    assert not page.review.doing.isVisible()
    assert page.height() == 690  # it fits the smallest window
    assert panel.heading.text().startswith("2 户有 2 处疑点还没有理由")
    assert _standing(office, found) == {(Step.REVIEW, Status.RUNNING)}
    panel.box.line.setText("病人已去世，有死亡证明")
    QTest.mouseClick(panel.box.give, Qt.MouseButton.LeftButton)
    office.work.drain()
    assert not panel.isVisible()
    assert _standing(office, found) == {(Step.ANNOUNCEMENT, Status.RUNNING)}
    assert {kept.actor for kept in office.see(reasons.kept).values()} == {REVIEWER.name}


def test_what_is_left_unexplained_is_asked_again(office: Office, clock: FixedClock, qtbot: QtBot) -> None:
    found = _doubted(office, clock, 1, 2)
    page = _opened(office, qtbot)
    panel = page.review.doubts
    panel.ticks.toggle([0])
    panel.box.line.setText("病人已去世")
    QTest.mouseClick(panel.box.give, Qt.MouseButton.LeftButton)
    office.work.drain()
    assert panel.isVisible()
    assert panel.heading.text().startswith("1 户有 1 处")
    QTest.mouseClick(panel.back, Qt.MouseButton.LeftButton)
    assert page.review.doing.isVisible()
    assert _standing(office, found) == {(Step.REVIEW, Status.RUNNING)}
