"""The form of one visit: answered by keys, judged at every key, saved only with its own day, completed later."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.codes import Bar, Entry, Finding, Priority
from db.rules.eligibility import Verification
from db.rules.procedure import Step
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit, latest_visit, read_visit
from db.services.register import households
from desktop.app.office import Office
from desktop.pages.verification import conclusion
from desktop.pages.verification.page import VerificationPage
from desktop.printing.window import PaperWindow
from desktop.widgets.side import Line
from tests.helpers import town
from tests.helpers.qt import press, shown, typed

ENTER = Qt.Key.Key_Return


def filed(office: Office, *serials: int, income: int = 3000) -> list[int]:
    return [office.act(applications.file, town.household(n, income=income)).household_id for n in serials]


def opened(office: Office, qtbot: QtBot, household_id: int | None = None) -> VerificationPage:
    page = shown(qtbot, VerificationPage(office), 1190, 690)
    office.work.drain()
    if household_id is not None:
        page.open_thing(household_id)
    return page


def status(office: Office, household_id: int) -> tuple[Step | None, Status]:
    case_id = office.see(cases.case_of, [household_id])[household_id]
    state = office.see(cases.states, [case_id])[case_id]
    return state.at, state.status


def kept(office: Office, household_id: int) -> Verification:
    case_id = office.see(cases.case_of, [household_id])[household_id]
    event = latest_visit(office.see(cases.events, [case_id])[case_id])
    assert event is not None
    return read_visit(event)


def type_head(page: VerificationPage, day: str = "20160520") -> None:
    """Day, surveyors, officer and the three kinds of signature, by keys and the input method's commit."""
    head = page.view.sheet.head
    typed(day)
    for editor, text in ((head.surveyors, "周某坤、杨某来"), (head.officer, "叶某伟")):
        press(ENTER)
        assert editor.core.hasFocus()
        editor.set_raw(text)
        editor.changed.emit()
    for _ in range(3):
        press(ENTER)
        typed("1")


def to_looks() -> None:
    """Past house, property and health, by the page key."""
    for _ in range(3):
        press(Qt.Key.Key_PageDown)


def answer(keys: str) -> None:
    """One key an item, Enter between."""
    for key in keys:
        press(ENTER)
        typed(key)


def say(page: VerificationPage) -> list[str]:
    said: list[str] = []
    page.said.connect(lambda text, tone: said.append(f"{tone}: {text}"))
    return said


def test_in_a_small_window_the_sheet_needs_no_scrolling_sideways(office: Office, qtbot: QtBot) -> None:
    filed(office, 1)
    page = opened(office, qtbot)
    page.resize(1040, 640)
    QApplication.processEvents()
    sheet, health = page.view.sheet, page.view.sheet.home.health.view
    assert sheet.area.horizontalScrollBar().maximum() == 0
    assert health.horizontalHeader().length() <= health.viewport().width()


def test_a_visit_is_typed_by_keys_alone_and_the_next_household_comes(office: Office, qtbot: QtBot) -> None:
    one, two = filed(office, 1, 2)
    page = opened(office, qtbot)
    said = say(page)
    assert "第 1 户，共 2 户" in page.subtitle_label.text()
    type_head(page)
    to_looks()
    typed("2")
    answer("222")
    press(ENTER)
    typed("13")
    answer("222222")
    answer("2222222")
    assert page.view.conclusion.verdict.text() == "符合"
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    office.work.drain()
    assert status(office, one) == (Step.APPRAISAL, Status.RUNNING)
    visit = kept(office, one)
    assert (visit.surveyors, visit.signed_surveyors, visit.signed_household) == (("周某坤", "杨某来"), 2, True)
    assert visit.priorities == {Priority.WELFARE, Priority.ILL_OR_DISABLED}
    assert set(visit.bars.values()) == {(Finding.NO, "")}
    assert page.view.form is not None
    assert page.view.form.household.id == two
    assert said == ["pine: 李某明户的核实已保存：符合，转民主评议。"]


def test_nothing_is_answered_beforehand_and_unseen_is_never_no(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    page = opened(office, qtbot, one)
    assert not [item.text() for item in page.view.sheet.items() if item.text()]
    typed("20160520")
    page.save()
    office.work.drain()
    visit = kept(office, one)
    assert (visit.bars, visit.entries, visit.looks) == ({}, {}, {})
    assert status(office, one) == (Step.VERIFICATION, Status.INCOMPLETE)


def test_a_found_bar_leads_to_its_evidence_and_is_said_live(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    page = opened(office, qtbot, one)
    car = page.view.sheet.bars[Bar.CAR]
    car.answer.setFocus()
    typed("1")
    press(ENTER)
    assert car.evidence.core.hasFocus()
    car.evidence.set_raw("三轮摩托，非小汽车")
    car.evidence.changed.emit()
    texts = [line.text for line in brief_lines(page)]
    assert any("七不进第 3 项“是”" in text for text in texts)
    press(ENTER)
    assert page.view.sheet.bars[Bar.PUBLIC_PAY].answer.hasFocus()
    press(ENTER, Qt.KeyboardModifier.ShiftModifier)
    assert car.evidence.core.hasFocus()


def brief_lines(page: VerificationPage) -> list[Line]:
    assert page.view.conclusion._judgement is not None
    return list(conclusion.brief(page.view.conclusion._judgement))


def test_missing_signatures_stand_in_vermilion_until_signed(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    page = opened(office, qtbot, one)
    head = page.view.sheet.head
    assert head.lacking.text() == "缺 4 人"
    type_head(page)
    assert head.lacking.text() == "✓ 齐全"
    head.signers.setFocus()
    typed("2")
    assert (head.lacking.text(), head.signed()) == ("缺 1 人", 1)
    head.surveyors.set_raw("周某坤、杨某来、陈某")
    head.surveyors.changed.emit()
    assert (head.lacking.text(), head.signed()) == ("缺 1 人", 2)


def test_a_visit_without_its_day_is_refused_in_place(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    page = opened(office, qtbot, one)
    page.view.sheet.entries[Entry.DISABLED].answer.setFocus()
    typed("1")
    page.save()
    office.work.drain()
    assert "核实日期没填" in page.view.sheet.head.fault.text()
    assert page.view.sheet.head.day.core.hasFocus()
    assert page.view.sheet.entries[Entry.DISABLED].text() == "是"
    assert status(office, one) == (Step.VERIFICATION, Status.RUNNING)


def test_what_the_record_refuses_is_said_and_nothing_is_lost(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    page = opened(office, qtbot, one)
    typed("20160526")
    press(ENTER)
    page.save()
    office.work.drain()
    assert "晚于今天" in page.view.sheet.head.fault.text()
    page.view.sheet.head.day.set_raw("2016-05-01")
    page.view.sheet.head.day.changed.emit()
    page.save()
    office.work.drain()
    assert "次序颠倒" in page.view.faults.text()
    assert page.view.sheet.head.day.raw() == "2016-05-01"
    assert status(office, one) == (Step.VERIFICATION, Status.RUNNING)


def test_the_income_found_at_the_door_stops_the_case_and_is_saved_with_it(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    page = opened(office, qtbot, one)
    type_head(page)
    wages = page.view.income.editors["wages"]
    wages.set_raw("8000")
    wages.changed.emit()
    assert page.view.income.per_head.text() == "4,000.00"
    assert "粤发〔2016〕13号" in page.view.income.note.text()
    assert page.view.conclusion.verdict.text() == "不符合"
    page.save()
    office.work.drain()
    sheet = office.see(households.get, one).income
    assert sheet is not None
    assert sheet.wages == Decimal(8000)
    assert status(office, one) == (Step.VERIFICATION, Status.REJECTED)
    assert page.view.note.isVisible()


def test_an_unreadable_amount_is_said_beside_the_sheet(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    page = opened(office, qtbot, one)
    typed("20160520")
    page.view.income.editors["business"].set_raw("两千多")
    page.save()
    office.work.drain()
    assert "不是金额" in page.view.income.editors["business"].problem()
    assert status(office, one) == (Step.VERIFICATION, Status.RUNNING)


def test_the_household_before_is_offered_and_taken_over_only_on_demand(office: Office, qtbot: QtBot) -> None:
    one, two = filed(office, 1, 2)
    case_id = office.see(cases.case_of, [one])[one]
    office.act(verification.record, [Visit(case_id, town.visit())])
    page = opened(office, qtbot, two)
    head = page.view.sheet.head
    assert head.day.is_blank()
    assert not page.view.is_dirty()
    QTest.mouseClick(head.copy, Qt.MouseButton.LeftButton)
    assert (head.day.raw(), head.surveyors.raw(), head.officer.raw()) == ("2016-05-20", "周某坤、杨某来", "叶某伟")
    assert head.lacking.text() == "缺 4 人"
    assert page.view.is_dirty()


def test_an_incomplete_visit_comes_back_filled_and_is_completed(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    case_id = office.see(cases.case_of, [one])[one]
    office.act(verification.record, [Visit(case_id, town.visit(signed_surveyors=1))])
    page = opened(office, qtbot, one)
    head = page.view.sheet.head
    assert page.bar.status is Status.INCOMPLETE
    assert (head.day.raw(), head.signers.text()) == ("2016-05-20", "缺 1 人")
    head.signers.setFocus()
    typed("1")
    page.save()
    office.work.drain()
    assert status(office, one) == (Step.APPRAISAL, Status.RUNNING)


def test_what_is_typed_survives_going_on_and_a_crash(office: Office, qtbot: QtBot) -> None:
    one, two = filed(office, 1, 2)
    page = opened(office, qtbot, one)
    typed("20160520")
    page.view.sheet.bars[Bar.IDLE].answer.setFocus()
    typed("2")
    page.next_record()
    assert page.view.form is not None
    assert page.view.form.household.id == two
    page.previous.click()
    assert page.view.sheet.bars[Bar.IDLE].text() == "否"
    office.work.drain()
    again = opened(office, qtbot, one)
    assert again.view.sheet.head.day.raw() == "2016-05-20"
    assert again.view.is_dirty()


def test_a_name_is_found_in_the_queue(office: Office, qtbot: QtBot) -> None:
    filed(office, 1, 2, 3)
    page = opened(office, qtbot)
    said = say(page)
    page.bar.name.setFocus()
    typed("hmm")
    press(ENTER)
    assert "黄某明户" in page.subtitle_label.text()
    page.bar.name.setFocus()
    page.bar.name.setText("没有这人")
    press(ENTER)
    assert "没有“没有这人”" in said[-1]


def test_the_sheet_for_the_door_is_printed(office: Office, qtbot: QtBot) -> None:
    (one,) = filed(office, 1)
    page = opened(office, qtbot, one)
    page.preview()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert window.preview.paper is not None
    assert "入户核实表" in window.preview.paper.text()
    window.close()
    QApplication.sendPostedEvents()


def test_an_empty_queue_says_what_to_do(office: Office, qtbot: QtBot) -> None:
    page = opened(office, qtbot)
    assert page.empty.isVisible()
    assert "没有待录入" in page.empty.text()
    page.save()
    page.next_record()
    page.preview()
