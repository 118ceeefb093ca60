"""During the county's announcement: an objection pauses its household, is investigated and answered; the period is lengthened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.services.cases import cases
from db.services.deciding import county
from db.services.deciding.county import CountyPaper
from db.services.notices import notices, objections
from db.services.notices.views import Wall
from db.services.office import desk
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.forms.panel import FormPanel
from desktop.pages.county.announcing import AnnounceTab
from desktop.pages.county.page import CountyPage
from desktop.widgets.dialogs import Ask
from tests.helpers import steps
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import stand

POSTED = dict.fromkeys(("华阳镇", "华南村"), (steps.READY, ""))


@pytest.fixture
def announced(office: Office, clock: FixedClock) -> tuple[int, int, int]:
    """An announcement of two households that hangs since today; its id and the cases."""
    one, other = steps.passed(office, clock, 1, 2)
    batch = office.act(county.announce, [one, other], CountyPaper("华扶公告〔2016〕1号", steps.READY))
    office.act(notices.post, batch, POSTED)
    return batch, one, other


@pytest.fixture
def tab(office: Office, qtbot: QtBot, announced: tuple[int, int, int]) -> AnnounceTab:
    """The tab of announcements, shown and filled."""
    page = stand(CountyPage(office), office, qtbot)
    page.announce.choose(announced[0])
    office.work.drain()
    return page.announce


def test_what_can_be_done_stands_in_one_row_right_below_the_places(
    office: Office, clock: FixedClock, tab: AnnounceTab, qtbot: QtBot
) -> None:
    steps.wait(office, clock, 9)
    tab.choose(tab._found[0].view.id)
    page = tab.window()
    assert isinstance(page, CountyPage)
    page.renew()
    office.work.drain()
    hanging = tab.hanging
    assert hanging.down.isVisible()
    qtbot.waitUntil(lambda: _top(tab, tab.acts) == _top(tab, hanging.down))
    below = _top(tab, hanging.places) + hanging.places.height()
    assert 0 <= _top(tab, hanging.down) - below <= 16


def test_many_places_scroll_and_leave_the_buttons_in_sight(tab: AnnounceTab, qtbot: QtBot) -> None:
    hanging = tab.hanging
    hanging.show_announcement(replace(tab._found[0].view, walls=tuple(Wall(f"第{n}村") for n in range(40))))
    qtbot.waitUntil(lambda: hanging.places.height() > tab.height())
    qtbot.waitUntil(lambda: _top(tab, tab.acts) + tab.acts.height() <= tab.height())
    qtbot.waitUntil(lambda: _top(tab, tab.acts) > tab.height() * 2 // 3)


def _top(tab: AnnounceTab, part: QWidget) -> int:
    return part.mapTo(tab, QPoint()).y()


def _do(office: Office, tab: AnnounceTab, what: str, **texts: str) -> None:
    tab.acts.act(what).trigger()
    panel = tab.panel()
    assert isinstance(panel, FormPanel)
    panel.form.set_texts(texts)
    tab.press()
    office.work.drain()


def test_an_objection_during_the_announcement_runs_to_its_answer(
    office: Office, tab: AnnounceTab, announced: tuple[int, int, int]
) -> None:
    _, one, other = announced
    tab.acts.act("object").trigger()
    household = tab.objecting.form.editor("household").options()[0]  # type: ignore[attr-defined]
    tab.show_list()
    _do(
        office,
        tab,
        "object",
        household=household,
        received_on="20160602",
        channel="来电",
        objector="罗某军",
        content="有楼房",
    )
    assert tab.panel() is None
    states = office.see(cases.states, [one, other])
    assert (states[one].status, states[other].status) == (Status.HELD, Status.RUNNING)
    assert tab.acts.text() == "异议（1 件未结）、延长、重贴"
    waiting = [t for t in office.see(desk.todos) if t.where == "异议核查"]
    assert [(t.page, t.batch_id) for t in waiting] == [("county", announced[0])]
    (raised,) = office.see(objections.register_view)
    _do(
        office, tab, str(raised.id), investigated_on="20160602", finding="不成立", investigators="黄某平、何某新",
        result="楼房属其兄",
    )  # fmt: skip
    assert office.see(cases.states, [one])[one].status is Status.RUNNING
    assert tab.acts.act(str(raised.id)).text().startswith("答复：")
    _do(office, tab, str(raised.id), answered_on="20160602", way="书面答复")
    (told,) = office.see(objections.register_view)
    assert (told.answered.way, told.answered.on) == ("书面答复", steps.READY)


def test_an_announcement_is_lengthened_and_a_list_hung_anew(
    office: Office, tab: AnnounceTab, announced: tuple[int, int, int]
) -> None:
    assert tab.acts.act("extend").isEnabled()
    _do(office, tab, "extend", last="20160612", reason="台风")
    assert office.see(notices.view, announced[0]).last == date(2016, 6, 12)
    tab.acts.act("repost").trigger()
    tab.reposting.places.editor("华南村").set_value(steps.READY)
    tab.reposting.places.changed.emit()
    assert "起可办下一步" in tab.reposting.outlook.text()
    tab.press()
    office.work.drain()
    assert tab.panel() is None
    assert len(office.see(notices.view, announced[0]).postings) == 3


def test_what_cannot_be_done_yet_says_why(office: Office, tab: AnnounceTab, clock: FixedClock) -> None:
    steps.wait(office, clock, 9)
    tab.show_announcements(office.see(county.announcements))
    assert not tab.acts.act("extend").isEnabled()
    assert tab.acts.act("extend").toolTip() == "公告期已满"
    assert tab.acts.act("object").isEnabled()


def test_a_half_filled_objection_is_not_dropped_without_a_word(
    office: Office, tab: AnnounceTab, dialogs: Dialogs
) -> None:
    tab.acts.act("object").trigger()
    tab.objecting.form.set_texts({"content": "有楼房"})
    assert tab.is_dirty()
    dialogs.answer(Ask, _stay)
    tab.objecting.closed.emit()
    assert tab.panel() is tab.objecting
    tab.drop()
    assert tab.panel() is None


def _stay(dialog: Ask) -> Ask.DialogCode:
    dialog.chosen = "stay"
    return Ask.DialogCode.Accepted
