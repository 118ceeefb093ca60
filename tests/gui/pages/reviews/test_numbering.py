"""The number of the report: the next one of the register is offered where it is asked, and registered with the review."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.services.cases import documents
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.reviews.page import ReviewsPage
from tests.helpers import steps
from tests.helpers.record import REVIEWER


def test_the_next_number_of_the_register_is_offered_and_registered(
    office: Office, clock: FixedClock, qtbot: QtBot
) -> None:
    steps.opined(office, clock, 1, 2)
    office.record.switch(REVIEWER.name, REVIEWER.password)
    page = ReviewsPage(office)
    qtbot.addWidget(page)
    page.show()
    office.work.drain()
    page.tabs.choose(page.review)
    page.review.ticks.toggle([1])
    QTest.mouseClick(page.review.offer.link, Qt.MouseButton.LeftButton)
    assert page.review.form.editor("document").raw() == "华扶办〔2016〕1号"
    QTest.mouseClick(page.review.buttons["pass"], Qt.MouseButton.LeftButton)
    office.work.drain()
    assert [d.number for d in office.see(documents.listed)] == ["华扶办〔2016〕1号"]
    assert page.review.offer.link.text() == "上报文号用下一号 华扶办〔2016〕2号"
