"""The month is shown sheet by sheet and written into one workbook; a target that cannot be written leaves the old file whole."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import openpyxl
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.services.cases import applications, cases
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.ledgers.page import LedgersPage
from tests.helpers import town


def _registered(office: Office, count: int) -> None:
    for serial in range(1, count + 1):
        household = office.act(applications.file, town.household(serial)).household_id
        case_id = office.see(cases.case_of, [household])[household]
        office.act(town.registered, case_id, f"华南-2016-{serial:04d}", date(2016, 5, 25))


def _shown(office: Office, qtbot: QtBot) -> LedgersPage:
    page = LedgersPage(office)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    office.work.drain()
    return page


def test_an_empty_month_is_said_and_nothing_can_be_exported(office: Office, qtbot: QtBot) -> None:
    page = _shown(office, qtbot)
    assert page.writing.empty.isVisible()
    assert not page.writing.export_button.isEnabled()


def test_the_sheets_are_shown_with_masked_numbers_and_written_whole(
    office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    _registered(office, 3)
    page = _shown(office, qtbot)
    since = [getattr(i.cells[3], "text", i.cells[3]) for i in page.writing.sheets.list.items()]
    assert since == ["+3 −0", "+6 −0", "—", "—", "—", "—", "—", "+3 −0"]
    assert page.writing.view.table is not None
    shown = " ".join(str(c) for item in page.writing.view.table.items() for c in item.cells)
    assert town.household(1).head_id not in shown
    assert page.file_name() == "2016年05月台账-华阳镇.xlsx"
    page.export_to(tmp_path / page.file_name())
    with qtbot.waitSignal(page.said) as said:
        office.work.drain()
    assert "3 户 6 人" in said.args[0]
    book = openpyxl.load_workbook(tmp_path / page.file_name())
    cells = [c.value for line in book["贫困户花名册"].iter_rows() for c in line]
    assert town.household(1).head_id in cells


def test_last_month_shows_the_register_of_its_last_day(office: Office, qtbot: QtBot, clock: FixedClock) -> None:
    _registered(office, 2)
    clock.pass_time(timedelta(days=10))
    page = _shown(office, qtbot)
    assert page.writing.choices.month.currentText() == "2016 年 6 月"
    assert "期初 2 户 4 人 + 新增 0 户 0 人 = 期末 2 户 4 人" in _told(page)
    page.open_thing(date(2016, 4, 3))
    office.work.drain()
    assert page.writing.empty.isVisible()


def test_a_target_that_cannot_be_written_is_said_and_the_old_file_stays(
    office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    _registered(office, 1)
    page = _shown(office, qtbot)
    target = tmp_path / "none" / "a.xlsx"
    with qtbot.waitSignal(office.work.trouble) as trouble:
        page.export_to(target)
        office.work.drain()
    assert trouble.args[0].text
    assert not target.exists()


def _told(page: LedgersPage) -> str:
    return "".join(w.text() for w in page.writing.checks.findChildren(QLabel))
