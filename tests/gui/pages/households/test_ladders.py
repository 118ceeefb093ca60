"""A household with several cases: each can be looked at, a removal is proposed and an application made anew from its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.codes import ApplicationKind
from db.rules.procedure import IDENTIFICATION, REMOVAL, Step
from db.rules.removal import Proposal, RemovalReason
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.deciding import removals
from db.services.town import search
from db.services.town.search import Filter
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.households.page import HouseholdsPage
from desktop.widgets.formdialog import FormDialog
from tests.helpers import town
from tests.helpers.qt import stand

OpenPage = Callable[[int], HouseholdsPage]
TODAY = date(2016, 5, 25)
FOUND = Proposal(TODAY, ("周某坤", "杨某来"), RemovalReason.CAR, "有小汽车一辆")


@pytest.fixture
def open_page(office: Office, qtbot: QtBot) -> OpenPage:
    """The page at the file of a household."""

    def opened(household_id: int) -> HouseholdsPage:
        page = stand(HouseholdsPage(office), office, qtbot)
        page.open_thing(household_id)
        office.work.drain()
        return page

    return opened


def _dialog(page: HouseholdsPage, what: str) -> FormDialog:
    page.view.more.act(what).trigger()
    dialog = page.ladders.dialog
    assert dialog is not None
    return dialog


def test_a_removal_is_proposed_and_both_cases_can_be_looked_at(office: Office, open_page: OpenPage) -> None:
    (home,) = office.act(town.on_register, 1)
    page = open_page(home)
    assert not page.ladders.bar.isVisible()
    assert not page.view.more.act("again").isEnabled()
    dialog = _dialog(page, "remove")
    dialog.form.set_texts(
        {"acted_on": "20160525", "checkers": "周某坤", "code": "拥有小汽车或大型农机具", "reason": "有小汽车"}
    )
    dialog.agree.click()
    office.work.drain()
    assert "两名核查人" in dialog.form.cell("checkers").fault.text()
    dialog.form.set_texts({"checkers": "周某坤、杨某来"})
    dialog.agree.click()
    office.work.drain()
    assert page.ladders.dialog is None
    assert page.ladders.bar.isVisible()
    assert [page.ladders.box.itemText(n) for n in range(2)] == ["识别 2016", "清退 2016"]
    assert next(s.title for s in page.view.ladder.steps()) == "回头看核查"
    assert page.view.button("withdraw").text() == "撤回清退"
    assert not page.view.more.act("remove").isEnabled()
    page.ladders.box.setCurrentIndex(0)
    page.ladders.box.activated.emit(0)
    assert next(s.title for s in page.view.ladder.steps()) == "申请"
    assert not page.view.button("next").isVisible()


def test_the_next_step_of_a_removal_opens_its_own_list(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    (home,) = office.act(town.on_register, 1)
    office.act(removals.propose, home, FOUND)
    page = open_page(home)
    with qtbot.waitSignal(page.go_asked) as asked:
        page.view.button("next").click()
    job, wanted = asked.args
    assert (job, wanted.step, wanted.ladder) == ("appraisals", Step.APPRAISAL, REMOVAL)
    page.show_list()
    (shown,) = office.see(search.lines, [home]).values()
    assert shown.ladder == REMOVAL
    assert page.table.cell(0, 6).text == "清退·民主评议"


def test_who_was_refused_applies_again_in_a_later_year(office: Office, open_page: OpenPage, clock: FixedClock) -> None:
    home = office.act(applications.file, town.household(1, income=9000)).household_id
    first = office.see(cases.case_of, [home])[home]
    office.act(verification.record, [Visit(first, town.visit())])
    page = open_page(home)
    dialog = _dialog(page, "again")
    assert dialog.form.values()["application_kind"] is ApplicationKind.FIRST
    dialog.agree.click()
    office.work.drain()
    assert "下一年度" in dialog.form.cell("applied_on").fault.text()
    clock.pass_time(timedelta(days=280))
    dialog.form.set_texts({"applied_on": "20170301"})
    dialog.agree.click()
    office.work.drain()
    assert page.ladders.dialog is None
    (line,) = office.see(search.lines, [home]).values()
    assert (line.step, line.status, line.ladder) == (Step.VERIFICATION, Status.RUNNING, IDENTIFICATION)
    assert [page.ladders.box.itemText(n) for n in range(2)] == ["识别 2016", "识别 2017"]
    assert office.see(search.count, Filter()) == (1, 2)
