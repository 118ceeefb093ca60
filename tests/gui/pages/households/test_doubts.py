"""Doubts of a household are asked for beside its findings; a reason is kept with name and day and lapses when the values change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.codes import CrossKind, CrossOutcome
from db.rules.crosscheck import ListRow
from db.services.cases import applications, reasons
from db.services.crosscheck import crosscheck
from db.services.register import households
from db.sheets.crosslist import CrossFile
from desktop.app.office import Office
from desktop.pages.households.doubts import DoubtsDialog
from desktop.pages.households.page import HouseholdsPage
from tests.helpers import town
from tests.helpers.qt import stand


def _page(office: Office, qtbot: QtBot) -> tuple[HouseholdsPage, int]:
    home = replace(town.household(1), bank="", bank_card="62123", phone="138")
    household_id = office.act(applications.file, home).household_id
    page = stand(HouseholdsPage(office), office, qtbot)
    page.open_household(household_id)
    return page, household_id


def _dialog() -> DoubtsDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, DoubtsDialog) and w.isVisible())


def test_a_reason_for_some_doubts_leaves_the_others_open(office: Office, qtbot: QtBot) -> None:
    page, household_id = _page(office, qtbot)
    standing = office.see(reasons.open_doubts, [household_id])
    assert len(standing) >= 2
    assert page.doubts.explain.text() == f"说明理由（{len(standing)} 处）"
    page.doubts.explain.click()
    dialog = _dialog()
    dialog.panel.given.emit([standing[0].doubt], "已向村委会核实")
    office.work.drain()
    assert len(office.see(reasons.open_doubts, [household_id])) == len(standing) - 1
    assert dialog.isVisible()
    assert f"已说明：{standing[0].text}——已向村委会核实（" in page.doubts.told.text()
    dialog.panel.given.emit([one.doubt for one in standing[1:]], "户口簿如此")
    office.work.drain()
    assert not page.doubts.explain.isVisible()
    assert page.view.found.isVisible()


def test_the_reason_lapses_when_the_values_change(office: Office, qtbot: QtBot) -> None:
    page, household_id = _page(office, qtbot)
    standing = office.see(reasons.open_doubts, [household_id])
    office.act(reasons.keep, [one.doubt for one in standing], "已对照原件，无误")
    page.open_household(household_id)
    assert not page.doubts.explain.isVisible()
    home = office.see(households.get, household_id)
    office.act(applications.file, replace(home, phone="139"))
    page.refresh()
    assert page.doubts.explain.text() == "说明理由（1 处）"


def test_the_card_goes_with_the_household_it_speaks_of(office: Office, qtbot: QtBot) -> None:
    page, household_id = _page(office, qtbot)
    standing = office.see(reasons.open_doubts, [household_id])
    office.act(reasons.keep, [one.doubt for one in standing], "户口簿如此")
    other = office.act(applications.file, town.household(2)).household_id
    page.open_household(household_id)
    assert page.doubts.told.isVisible()
    page.open_household(other)
    assert not page.view.found.isVisible()


def test_what_other_departments_say_is_one_key_away_until_it_is_explained(office: Office, qtbot: QtBot) -> None:
    page, household_id = _page(office, qtbot)
    assert not page.doubts.crossed.isVisible()
    (head, *_rest) = office.see(crosscheck.people)
    row = ListRow("车辆 第2行", head.name, head.number, head.village, (("车牌", "粤M00001"),))
    shown = office.see(crosscheck.preview, CrossKind.VEHICLE, CrossFile("名单.xlsx", "0" * 64, (row,), ()))
    office.act(crosscheck.take_in, shown, "车管所", date(2016, 4, 20))
    page.refresh()
    assert page.doubts.crossed.text() == "外部比对有 1 条待说明"
    with qtbot.waitSignal(page.go_asked) as asked:
        page.doubts.crossed.click()
    assert asked.args == ["crosscheck", household_id]
    office.act(crosscheck.answer, [office.see(crosscheck.hits)[0].id], CrossOutcome.ALLOWED, "三轮摩托车")
    page.refresh()
    assert not page.doubts.crossed.isVisible()
