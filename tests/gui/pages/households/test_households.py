"""The list finds by anything; the file of a household shows its ladder, why, its papers and its corrections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.procedure import IDENTIFICATION, Step
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import corrections
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.households.correct import CorrectDialog
from desktop.pages.households.page import HouseholdsPage
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import SecondPersonDialog
from tests.helpers import town
from tests.helpers.qt import focus, press, shown, stand
from tests.helpers.record import REVIEWER, vouch


def _filed(office: Office, *serials: int) -> list[int]:
    return [
        office.act(applications.file, town.household(n, group=f"第{'一二三'[n % 3]}组")).household_id for n in serials
    ]


def _shown(office: Office, qtbot: QtBot) -> HouseholdsPage:
    return stand(HouseholdsPage(office), office, qtbot)


def _voted(office: Office, household_id: int) -> int:
    case_id = office.see(cases.case_of, [household_id])[household_id]
    office.act(verification.record, [Visit(case_id, town.visit())])
    office.act(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 1)])
    return case_id


def test_an_empty_record_is_told_from_a_search_without_hits(office: Office, qtbot: QtBot) -> None:
    page = _shown(office, qtbot)
    assert page.empty.text() == "还没有农户"
    with qtbot.waitSignal(page.go_asked) as asked:
        page.empty.button.click()
    assert asked.args == ["intake", None]
    _filed(office, 1)
    page.refresh()
    page.filters.text.setText("没有这人")
    qtbot.keyClick(page.filters.text, Qt.Key.Key_Return)
    assert page.empty.text() == "没有这样的农户"
    assert page.empty.button.isHidden()


def test_the_list_filters_by_text_step_and_village(office: Office, qtbot: QtBot) -> None:
    one, two, _ = _filed(office, 1, 2, 3)
    _voted(office, one)
    page = _shown(office, qtbot)
    assert page.filters.total.text() == "共 3 户 6 人"
    page.open_thing(Filter(step=Step.NOTICE))
    assert list(page.table.ids()) == [one]
    page.open_thing(Filter())
    qtbot.keyClicks(page.filters.text, "zmm")
    qtbot.keyClick(page.filters.text, Qt.Key.Key_Return)
    assert list(page.table.ids()) == [two]
    page.filters.text.setText("没有这人")
    qtbot.keyClick(page.filters.text, Qt.Key.Key_Return)
    assert page.empty.isVisible()


def test_enter_opens_the_file_with_ladder_why_and_history(office: Office, qtbot: QtBot) -> None:
    one, _ = _filed(office, 1, 2)
    _voted(office, one)
    page = _shown(office, qtbot)
    page.table.go_to(one)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.view.isVisible()
    assert [s.state for s in page.view.ladder.steps()][:4] == ["done", "done", "done", "current"]
    assert page.view.tabs.facts.texts()["head_id"] == town.household(1).head_id
    assert len(page.view.tabs.people.members()) == 2
    with qtbot.waitSignal(page.go_asked) as asked:
        qtbot.mouseClick(page.view.button("next"), Qt.MouseButton.LeftButton)
    assert asked.args == ["notices", Filter(step=Step.NOTICE, status=Status.RUNNING, ladder=IDENTIFICATION)]
    page.next_record()
    assert page.view.file is not None
    assert page.view.file.household.id != one


def test_escape_goes_back_to_the_list_with_the_keyboard(office: Office, qtbot: QtBot) -> None:
    one, two = _filed(office, 1, 2)
    page = shown(qtbot, HouseholdsPage(office))
    page.table.go_to(two)
    focus(page.table)
    press(Qt.Key.Key_Return)
    assert page.view.tabs.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    assert page.table.current_id() == two != one


def test_the_application_form_is_printed_from_the_file(office: Office, qtbot: QtBot) -> None:
    (one,) = _filed(office, 1)
    page = _shown(office, qtbot)
    page.open_thing(one)
    page.preview()
    office.work.drain()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert window.preview.paper is not None
    assert "李某明" in window.preview.paper.text()
    window.close()
    QApplication.sendPostedEvents()


def test_a_step_is_corrected_with_the_second_person_and_stays_in_the_history(
    office: Office, qtbot: QtBot, dialogs: Any
) -> None:
    (one,) = _filed(office, 1)
    _voted(office, one)
    page = _shown(office, qtbot)
    page.open_thing(one)
    dialogs.answer(CorrectDialog, _agree)
    dialogs.answer(SecondPersonDialog, _sign("票数录错"))
    qtbot.mouseClick(page.view.button("correct"), Qt.MouseButton.LeftButton)
    office.work.drain()
    assert page.view.file is not None
    assert page.view.file.state.at is Step.APPRAISAL
    assert [p.void for p in page.view.file.history] == [False, True, False, False]


def test_a_withdrawal_by_mistake_is_corrected_and_the_case_goes_on(office: Office, qtbot: QtBot, dialogs: Any) -> None:
    (one,) = _filed(office, 1)
    case_id = _voted(office, one)
    office.act(corrections.withdraw, case_id, date(2016, 5, 25), "录错了户", second=vouch(office.record))
    page = _shown(office, qtbot)
    page.open_thing(one)
    assert not page.view.button("withdraw").isVisible()
    dialogs.answer(CorrectDialog, _agree_to_go_on)
    dialogs.answer(SecondPersonDialog, _sign("撤错了户"))
    qtbot.mouseClick(page.view.button("correct"), Qt.MouseButton.LeftButton)
    office.work.drain()
    assert page.view.file is not None
    assert (page.view.file.state.at, page.view.file.state.status) == (Step.NOTICE, Status.RUNNING)
    assert page.view.file.history[0].text == "更正：“撤回申请”作废 撤错了户（曾阿慧确认）"


def _agree_to_go_on(dialog: CorrectDialog) -> int:
    assert dialog.told.text().startswith("将作废：撤回申请（05-25）")
    return int(CorrectDialog.DialogCode.Accepted)


def _agree(dialog: CorrectDialog) -> int:
    assert "录入民主评议" in dialog.told.text()
    return int(CorrectDialog.DialogCode.Accepted)


def _sign(reason: str) -> Callable[[SecondPersonDialog], int]:
    def fill(dialog: SecondPersonDialog) -> int:
        dialog.name.setCurrentText(REVIEWER.name)
        dialog.password.setText(REVIEWER.password)
        dialog.reason.setPlainText(reason)
        return int(SecondPersonDialog.DialogCode.Accepted)

    return fill
