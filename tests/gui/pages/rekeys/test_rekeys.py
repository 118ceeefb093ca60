"""复录核对: drawn, keyed blind by another person, only the differences shown, settled by the way of every correction."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from db.rules.codes import RekeySubject
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.register import households
from db.services.rekeying import rekeys
from db.services.town import drafts
from desktop.app.office import Office
from desktop.pages.rekeys.page import RekeysPage
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import Ask, SecondPersonDialog
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import stand
from tests.helpers.record import CLERK, REVIEWER, SECOND_CLERK

OpenPage = Callable[[], RekeysPage]
SHEET = {"wages": "5800", "business": "0", "property": "0", "transfer": "0", "business_cost": "0", "transfer_cost": "0"}
"""The sheet of an invented household, with a slip in the wages: they are 6000."""


@pytest.fixture
def open_page(office: Office, qtbot: QtBot) -> OpenPage:
    """The page, shown and filled."""

    def shown() -> RekeysPage:
        return stand(RekeysPage(office), office, qtbot)

    return shown


def _file(office: Office, *serials: int, visited: bool = False) -> list[int]:
    homes = [office.act(applications.file, town.household(n)).household_id for n in serials]
    if visited:
        of = office.see(cases.case_of, homes)
        office.act(verification.record, [Visit(of[i], town.visit()) for i in homes])
    return homes


def _drawn(office: Office, subject: RekeySubject = RekeySubject.INCOME, count: int = 9) -> None:
    office.act(rekeys.draw, subject, None, count)
    office.record.switch(SECOND_CLERK.name, SECOND_CLERK.password)


def _click(office: Office, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    office.work.drain()


def _type(page: RekeysPage, texts: dict[str, str]) -> None:
    for key, text in texts.items():
        core = page.keying.income.editors[key].core
        core.setFocus()
        QTest.keyClicks(core, text)


def _words(page: RekeysPage) -> str:
    labels = [w.text() for w in page.findChildren(QLabel) if w.isVisible()]
    lines = [w.text() for w in page.findChildren(QLineEdit) if w.isVisible()]
    return "\n".join((*labels, *lines))


def _states(page: RekeysPage) -> list[str]:
    return [item.cells[3].text for item in page.list.items()]  # type: ignore[union-attr]


def test_a_sample_is_drawn_and_the_one_who_entered_it_is_told_who_may_key(office: Office, open_page: OpenPage) -> None:
    _file(office, 1, 2, 3)
    page = open_page()
    assert page.hint.text() == "还没有抽取复录样本"
    _click(office, page.hint.button)
    assert "可以抽的共 3 户" in page.drawing.found.text()
    page.drawing.form.editor("count").set_raw("2")
    page.drawing.form.changed.emit()
    assert page.drawing.draw.text() == "抽取 2 户"
    _click(office, page.drawing.draw)
    assert _states(page) == ["须另一人录"] * 2
    assert "须换另一人登录复录" in _words(page)


def test_nothing_of_the_first_entry_is_on_the_page_before_it_is_keyed(office: Office, open_page: OpenPage) -> None:
    _file(office, 1)
    _drawn(office)
    page = open_page()
    assert page.stack.currentWidget() is page.keying
    assert all(editor.is_blank() for editor in page.keying.income.editors.values())
    assert "6,000" not in _words(page)
    assert "6000" not in _words(page)
    assert "3,000" not in _words(page)


def test_what_was_keyed_is_there_again_after_the_program_was_killed(office: Office, open_page: OpenPage) -> None:
    _file(office, 1)
    _drawn(office)
    page = open_page()
    assert not page.keying.keeper.due()
    _type(page, {"wages": "5800", "business": "1x"})
    page.keying.keeper.flush()
    office.work.drain()
    again = open_page()
    assert {key: again.keying.income.texts()[key] for key in ("wages", "business")} == {
        "wages": page.keying.income.texts()["wages"],
        "business": "1x",
    }
    assert again.keying.is_dirty()
    again.keying.income.set_texts(SHEET)
    again.save()
    again.save()
    office.work.drain()
    assert again.keying.fault.text() == ""
    assert drafts.load(office.record, "rekey/") == []


def test_only_the_difference_is_shown_and_the_right_one_is_corrected(
    office: Office, open_page: OpenPage, dialogs: Dialogs
) -> None:
    (home,) = _file(office, 1, visited=True)
    _drawn(office)
    page = open_page()
    _type(page, SHEET)
    page.save()
    office.work.drain()
    assert page.stack.currentWidget() is page.settling
    (line,) = page.settling.list.items()
    assert [cell.text for cell in line.cells] == [  # type: ignore[union-attr]
        "工资性收入", "6,000.00", "5,800.00", "以原录为准", "以复录为准（更正）",
    ]  # fmt: skip
    assert not page.settling.write.isEnabled()
    page.settling.list.acted.emit("wages", "second")

    def agree(box: SecondPersonDialog) -> int:
        box.name.setCurrentText(REVIEWER.name)
        box.password.setText(REVIEWER.password)
        box.reason.setPlainText("原录看错一位")
        box.agree.click()
        return box.result()

    dialogs.answer(SecondPersonDialog, agree)
    _click(office, page.settling.write)
    assert page.settling.fault.text() == ""
    assert _states(page) == ["已核对"]
    sheet = office.see(households.get, home).income
    assert sheet is not None
    assert sheet.wages == Decimal(5800)


def test_the_first_entry_is_upheld_without_a_second_person(office: Office, open_page: OpenPage) -> None:
    (home,) = _file(office, 1)
    _drawn(office)
    page = open_page()
    _type(page, SHEET)
    _click(office, page.keying.store)
    page.settling.list.table.setFocus()
    for chosen in ("以原录为准", "以复录为准（更正）", "以原录为准"):
        QTest.keyClick(page.settling.list.table, Qt.Key.Key_Return)
        (line,) = page.settling.list.items()
        assert f"✓ {chosen}" in [cell.text for cell in line.cells]  # type: ignore[union-attr]
    _click(office, page.settling.write)
    assert _states(page) == ["已核对"]
    assert office.see(households.get, home).version == 1


def test_a_sheet_half_keyed_is_not_stored_and_not_lost(office: Office, open_page: OpenPage, dialogs: Dialogs) -> None:
    _file(office, 1, 2)
    _drawn(office)
    page = open_page()
    _type(page, {"wages": "5800"})
    page.save()
    assert "没有的填 0" in page.keying.income.editors["business"].problem()
    dialogs.answer(Ask, lambda box: box.buttons["stay"].click())
    assert not page.may_leave()
    dialogs.answer(Ask, lambda box: box.buttons["stay"].click())
    page.list.table.go_to(1)
    assert page.keying.income.editors["wages"].raw().startswith("5")
    assert office.see(rekeys.items, 1)[0].differing is None


def test_a_visit_is_keyed_on_its_own_form(office: Office, open_page: OpenPage) -> None:
    _file(office, 1, visited=True)
    _drawn(office, RekeySubject.VISIT)
    page = open_page()
    assert page.keying.stack.currentWidget() is page.keying.visit
    form = page.keying.visit
    assert not any(form.texts().values())
    form.set_texts({"visited_on": "20160520", "surveyors": "周某坤 杨某来", "officer": "叶某伟"})
    _click(office, page.keying.store)
    labels = [item.cells[0].text for item in page.settling.list.items()]  # type: ignore[union-attr]
    assert "核实日期" not in labels
    assert "调查人" not in labels
    assert "一看房" in labels


def test_the_result_is_printed(office: Office, open_page: OpenPage) -> None:
    _file(office, 1)
    _drawn(office)
    page = open_page()
    _click(office, page.print)
    (window,) = page.findChildren(PaperWindow)
    assert "复录核对结果" in window.windowTitle()
    window.close()
    assert office.record.actor.name != CLERK.name


def test_before_the_first_round_there_is_none_to_choose(office: Office, open_page: OpenPage) -> None:
    page = open_page()
    assert not page.round.isVisible()
    _file(office, 1)
    office.act(rekeys.draw, RekeySubject.INCOME, None, 1)
    page.renew()
    assert page.round.isVisible()
