"""Every paper of a household is found in the menu of its file; one that is not there yet says what it waits for."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.services.cases import applications, cases
from db.services.papers import index as paper_list
from desktop.app.office import Office
from desktop.pages.households.page import HouseholdsPage
from desktop.printing.window import PaperWindow
from tests.helpers import town
from tests.helpers.qt import shown


def open_file(office: Office, qtbot: QtBot, household_id: int) -> HouseholdsPage:
    page = shown(qtbot, HouseholdsPage(office))
    office.work.drain()
    page.open_household(household_id)
    return page


def test_papers_that_wait_say_for_what(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, town.household(1)).household_id
    page = open_file(office, qtbot, one)
    assert page.view.papers.act("入户核实表").isEnabled()
    assert not page.view.papers.act("户卡").isEnabled()
    assert page.view.papers.act("户卡").toolTip() == "建档立卡后才有"
    case_id = office.see(cases.case_of, [one])[one]
    office.act(town.registered, case_id, "华南-2016-0001", date(2016, 5, 24))
    page.open_household(one)
    assert page.view.papers.act("户卡").isEnabled()


def test_each_paper_opens_in_a_window(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, town.household(1)).household_id
    page = open_file(office, qtbot, one)
    ready = [title for title in paper_list.TITLES if page.view.papers.act(title).isEnabled()]
    assert len(ready) == 6
    for title in ready:
        page.view.papers.act(title).trigger()
        office.work.drain()
        window = page.findChild(PaperWindow)
        assert window is not None
        assert window.preview.paper is not None
        assert title in window.preview.paper.file_stem
        window.close()
        QApplication.sendPostedEvents()
