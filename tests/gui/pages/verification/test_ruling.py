"""七不进认定: everybody sees what waits, the clerk is told who decides, the reviewer decides with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.codes import Bar
from db.rules.procedure import Step
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.verification.page import VerificationPage
from tests.helpers import town
from tests.helpers.qt import shown
from tests.helpers.record import REVIEWER

WAITING = Filter(step=Step.VERIFICATION, status=Status.RULING)


def hit(office: Office, serial: int) -> int:
    household_id = office.act(applications.file, town.household(serial)).household_id
    case_id = office.see(cases.case_of, [household_id])[household_id]
    office.act(verification.record, [Visit(case_id, town.visit(hit=Bar.CAR))])
    return int(case_id)


def waiting(office: Office, qtbot: QtBot) -> VerificationPage:
    page = shown(qtbot, VerificationPage(office), 1190, 690)
    page.open_thing(WAITING)
    return page


def as_reviewer(office: Office) -> None:
    office.record.switch(REVIEWER.name, REVIEWER.password)


def status(office: Office, case_id: int) -> tuple[Step | None, Status]:
    state = office.see(cases.states, [case_id])[case_id]
    return state.at, state.status


def test_the_clerk_sees_what_waits_and_who_decides(office: Office, qtbot: QtBot) -> None:
    hit(office, 1)
    page = waiting(office, qtbot)
    card = page.view.ruling
    assert page.bar.chip(Status.RULING).text() == "待认定 1"
    assert card.isVisible()
    assert REVIEWER.name in card.who.text()
    assert not card.admit.isVisible()
    assert not page.keep.isVisible()
    assert page.view.conclusion.verdict.text() == "待认定"


def test_the_reviewer_admits_with_a_reason(office: Office, qtbot: QtBot) -> None:
    first, second = hit(office, 1), hit(office, 2)
    as_reviewer(office)
    page = waiting(office, qtbot)
    card = page.view.ruling
    QTest.mouseClick(card.admit, Qt.MouseButton.LeftButton)
    assert "写明理由" in card.fault.text()
    card.reason.set_raw("是三轮摩托，不是小汽车")
    QTest.mouseClick(card.admit, Qt.MouseButton.LeftButton)
    office.work.drain()
    assert status(office, first) == (Step.APPRAISAL, Status.RUNNING)
    assert status(office, second) == (Step.VERIFICATION, Status.RULING)
    assert page.view.form is not None
    assert page.view.form.file.case_id == second


def test_the_reviewer_upholds_and_the_case_ends(office: Office, qtbot: QtBot) -> None:
    case_id = hit(office, 1)
    as_reviewer(office)
    page = waiting(office, qtbot)
    page.view.ruling.reason.set_raw("小汽车登记在户主名下")
    QTest.mouseClick(page.view.ruling.uphold, Qt.MouseButton.LeftButton)
    office.work.drain()
    assert status(office, case_id) == (Step.VERIFICATION, Status.REJECTED)
    assert "只能看" in page.view.note.text()


def test_the_reviewer_who_entered_the_visit_is_told_before(office: Office, qtbot: QtBot) -> None:
    as_reviewer(office)
    hit(office, 1)
    page = waiting(office, qtbot)
    assert "由您录入" in page.view.ruling.who.text()
    assert not page.view.ruling.admit.isVisible()
