"""The county's documents are kept as received, and the household's forms are looked at beside its card."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.services.papers import county as county_papers
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.county.page import CountyPage
from desktop.printing.window import PaperWindow
from tests.helpers import steps, town
from tests.helpers.qt import shown


def opened(office: Office, qtbot: QtBot) -> CountyPage:
    page = shown(qtbot, CountyPage(office), 1190, 690)
    office.work.drain()
    return page


def test_a_decision_is_printed_as_received(office: Office, clock: FixedClock, qtbot: QtBot) -> None:
    page = opened(office, qtbot)
    assert not page.papers.isVisible()
    steps.decided(office, clock, 1)
    page.renew()
    office.work.drain()
    decision = office.see(county_papers.documents)[0]
    assert decision.kind == "县审定"
    page.papers.act(str(decision.batch_id)).trigger()
    office.work.drain()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert window.preview.paper is not None
    assert decision.document in window.preview.paper.text()
    assert town.household(1).head_name in window.preview.paper.text()
    window.close()
    QApplication.sendPostedEvents()


def test_forms_are_seen_beside_the_card(office: Office, qtbot: QtBot) -> None:
    office.act(town.on_register, 1, on=date(2016, 5, 24))
    page = opened(office, qtbot)
    page.tabs.choose(page.cards)
    for title in ("贫困户登记表（信息采集表）", "家庭成员表", "收入核算表", "户卡"):
        QTest.mouseClick(page.cards.which.chip(title), Qt.MouseButton.LeftButton)
        assert page.cards.preview.paper is not None
        assert page.cards.preview.paper.file_stem.startswith(title)
