"""The grid of a village: each row its own day and signers, 否 never filled down unseen, saved as one bulk act."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.codes import Bar, Finding, Priority
from db.rules.procedure import Step
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit, latest_visit, read_visit
from db.services.town import town as town_service
from desktop.app.office import Office
from desktop.pages.verification import gridfields
from desktop.pages.verification.page import VerificationPage
from desktop.pages.verification.village import UNSEEN, VillageView
from desktop.widgets.dialogs import Ask
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import agree_to_pastes, clip, shown

KEYS = [f.key for f in gridfields.FIELDS]
HEAD = ["2016-05-20", "周某坤、杨某来", "叶某伟", "已签", "已签", "签齐"]
LOOKS = ["好", "足", "强", "无"]


def filed(office: Office, *serials: int) -> list[int]:
    ids = [office.act(applications.file, town.household(n)).household_id for n in serials]
    of = office.see(cases.case_of, ids)
    return [of[i] for i in ids]


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> VerificationPage:
    return shown(qtbot, VerificationPage(office), 1190, 690)


@pytest.fixture(autouse=True)
def edges(dialogs: Dialogs) -> list[str]:
    """The preview of every paste is agreed to; what ran over the edge."""
    return agree_to_pastes(dialogs)


def opened(office: Office, page: VerificationPage) -> VillageView:
    page.renew()
    page.bar.choose(Status.RUNNING, office.see(town_service.villages)[0].id)
    QTest.mouseClick(page.bar.grid, Qt.MouseButton.LeftButton)
    return page.grid


def put(view: VillageView, row: int, key: str, *lines: list[str]) -> None:
    """Paste from WPS with the keyboard on one cell."""
    view.grid.view.setFocus()
    view.grid.view.setCurrentIndex(view.grid.model.index(row, KEYS.index(key)))
    clip("\r\n".join("\t".join(line) for line in lines))
    QTest.keyClick(view.grid.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def seen(view: VillageView) -> list[str]:
    return [str(view.grid.model.index(n, KEYS.index("seen")).data()) for n in range(view.grid.model.rowCount())]


def test_a_pasted_block_of_no_counts_only_after_each_row_was_looked_at(office: Office, page: VerificationPage) -> None:
    ids = filed(office, 1, 2)
    view = opened(office, page)
    put(view, 0, "visited_on", [*HEAD, *LOOKS, "1、3", *["否"] * 13], [*HEAD, *LOOKS, "", *["否"] * 13])
    assert seen(view) == [UNSEEN, UNSEEN]
    view.save()
    office.work.drain()
    assert "2 处" in view.grid.faults.text()
    assert {s.at for s in office.see(cases.states, ids).values()} == {Step.VERIFICATION}
    view.grid.view.setCurrentIndex(view.grid.model.index(0, KEYS.index("bar_71")))
    QTest.keyClick(view.grid.view, Qt.Key.Key_Space)
    assert view.grid.view.currentIndex().row() == 1
    assert [(row, key) for row, key, _ in view.grid.model.faults()] == [(1, "seen")]
    QTest.keyClick(view.grid.view, Qt.Key.Key_Space)
    assert view.unseen() == set()
    assert view.grid.model.faults() == []
    view.save()
    office.work.drain()
    events = office.see(cases.events, ids)
    assert {s.at for s in office.see(cases.states, ids).values()} == {Step.APPRAISAL}
    assert all(events[i][-1].bulk for i in ids)
    visit = latest_visit(events[ids[0]])
    assert visit is not None
    assert read_visit(visit).priorities == {Priority.WELFARE, Priority.ILL_OR_DISABLED}
    assert view.empty.isVisible()


def test_a_row_typed_by_itself_needs_no_second_look(office: Office, page: VerificationPage) -> None:
    filed(office, 1, 2)
    view = opened(office, page)
    put(view, 0, "bar_71", ["否"])
    put(view, 1, "bar_71", ["否"])
    assert view.unseen() == set()


def test_each_row_needs_its_own_day_and_people(office: Office, page: VerificationPage) -> None:
    ids = filed(office, 1, 2)
    view = opened(office, page)
    put(view, 0, "visited_on", [*HEAD, *LOOKS])
    put(view, 1, "look_1", LOOKS)
    assert view.keep.text() == "保存 2 户"
    view.save()
    office.work.drain()
    faults = {(at, key) for at, key, _ in view.grid.model.faults()}
    assert faults == {(1, "visited_on"), (1, "surveyors"), (1, "officer")}
    assert office.see(cases.states, ids)[ids[0]].status is Status.RUNNING


def test_only_rows_with_input_are_saved_and_the_rest_stay_open(office: Office, page: VerificationPage) -> None:
    ids = filed(office, 1, 2, 3)
    view = opened(office, page)
    put(view, 1, "visited_on", [*HEAD, *LOOKS, "", *["否"] * 12, "是", "好吃懒做，村里都知道"])
    view.save()
    office.work.drain()
    states = office.see(cases.states, ids)
    assert [states[i].status for i in ids] == [Status.RUNNING, Status.RULING, Status.RUNNING]
    visit = latest_visit(office.see(cases.events, ids)[ids[1]])
    assert visit is not None
    assert read_visit(visit).bars[Bar.IDLE] == (Finding.YES, "好吃懒做，村里都知道")
    assert view.grid.model.rowCount() == 2


def test_what_the_record_refuses_is_listed_and_kept(office: Office, page: VerificationPage) -> None:
    filed(office, 1)
    view = opened(office, page)
    put(view, 0, "visited_on", ["2016-05-01", *HEAD[1:]])
    view.save()
    office.work.drain()
    assert "次序颠倒" in view.grid.faults.text()
    assert view.changed_rows() == [0]


def test_an_incomplete_visit_keeps_its_evidence(office: Office, page: VerificationPage) -> None:
    (case_id,) = filed(office, 1)
    visit = town.visit(hit=Bar.CAR, signed_surveyors=1)
    office.act(verification.record, [Visit(case_id, visit)])
    view = opened(office, page)
    assert view.changed_rows() == []
    put(view, 0, "signed_surveyors", ["签齐"])
    view.save()
    office.work.drain()
    event = latest_visit(office.see(cases.events, [case_id])[case_id])
    assert event is not None
    assert read_visit(event).bars[Bar.CAR] == visit.bars[Bar.CAR]
    assert office.see(cases.states, [case_id])[case_id].status is Status.RULING


def test_wrong_numbers_and_too_many_rows_are_said(office: Office, page: VerificationPage, edges: list[str]) -> None:
    filed(office, 1)
    view = opened(office, page)
    put(view, 0, "visited_on", [*HEAD, *LOOKS, "7"], HEAD)
    view.save()
    assert "项号 1–5" in "".join(text for _, _, text in view.grid.model.faults())
    assert edges == ["下面多出 1 行没有地方放，不会粘贴；请看起点这一格选得对不对。"]
    assert view.grid.model.rowCount() == 1


def test_leaving_with_input_asks_first(office: Office, page: VerificationPage, dialogs: Dialogs) -> None:
    filed(office, 1)
    view = opened(office, page)
    put(view, 0, "visited_on", HEAD)
    dialogs.answer(Ask, lambda dialog: dialog.buttons["stay"].click())
    QTest.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert (view.isVisible(), view.changed_rows()) == (True, [0])
    dialogs.answer(Ask, lambda dialog: dialog.buttons["drop"].click())
    QTest.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert not view.isVisible()
