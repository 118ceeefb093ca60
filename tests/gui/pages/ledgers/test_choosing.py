"""What the clerk chooses of the month's ledger stands in the files and, but for villages and the masked copy, there again the next day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from db.services.cases import applications, cases
from desktop.app.office import Office
from desktop.app.settings import Settings
from desktop.pages.ledgers.page import LedgersPage
from desktop.widgets.dialogs import Ask
from tests.helpers import town
from tests.helpers.dialogs import Dialogs


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def page(office: Office, qtbot: QtBot, settings: Settings) -> LedgersPage:
    """Two households of 华南村 and one of 小拔村, on the register since May."""
    for serial, village in enumerate(("华南村", "华南村", "小拔村"), 1):
        home = office.act(applications.file, town.household(serial, village=village)).household_id
        case_id = office.see(cases.case_of, [home])[home]
        office.act(town.registered, case_id, f"{village[:2]}-2016-{serial:04d}", date(2016, 5, 25))
    return _page(office, qtbot, settings)


def _page(office: Office, qtbot: QtBot, settings: Settings) -> LedgersPage:
    made = LedgersPage(office, settings)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    made.show()
    _settle(office)
    return made


def _settle(office: Office) -> None:
    for _ in range(3):
        office.work.drain()


def _show(page: LedgersPage, office: Office, name: str) -> None:
    sheets = page.writing.sheets
    place = [item.cells[1] for item in sheets.list.items()].index(name)
    sheets.list.table.setFocus()
    sheets.list.table.selectRow(place)
    _settle(office)


def _column(page: LedgersPage, title: str) -> int:
    assert page.writing.view.table is not None
    return [column.title for column in page.writing.view.table.table.columns].index(title)


def _click(page: LedgersPage, office: Office, qtbot: QtBot, row: int, title: str) -> None:
    table = page.writing.view.table
    assert table is not None
    index = table.table.model().index(row, _column(page, title))
    table.table.scrollTo(index)
    spot: QPoint = table.table.visualRect(index).center()
    QTest.mouseClick(table.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    _settle(office)


def _cells(items: Sequence[Any]) -> list[list[str]]:
    return [[getattr(cell, "text", cell) for cell in item.cells] for item in items]


def test_a_number_opens_its_households_and_one_of_them_its_file(
    page: LedgersPage, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    _show(page, office, "月报汇总表")
    _click(page, office, qtbot, 0, "新增 户")
    behind = page.writing.behind
    assert behind.isVisible()
    assert behind.said.text() == "2016年5月 华南村 新增 户：涉及 2 户"
    with qtbot.waitSignal(page.go_asked) as asked:
        QTest.mouseClick(behind.open_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["households", 1]
    behind.export_to(tmp_path / behind.file_name())
    with qtbot.waitSignal(page.said) as said:
        _settle(office)
    assert "2 户" in said.args[0]
    assert (
        load_workbook(tmp_path / "农户名单-2016年5月 华南村 新增 户.xlsx")["农户名单"]["D5"].value == "华南-2016-0002"
    )
    page.writing.choices.copies.setCurrentIndex(1)
    page.writing.choices.copies.activated.emit(1)
    _settle(office)
    assert not behind.isVisible()
    _click(page, office, qtbot, 0, "新增 户")
    assert behind.file_name() == "农户名单-2016年5月 华南村 新增 户〔脱敏〕.xlsx"
    behind.export_to(tmp_path / behind.file_name())
    _settle(office)
    masked = load_workbook(tmp_path / behind.file_name())["农户名单"]
    assert masked["F5"].value == "*" * 14 + town.household(2).head_id[-4:]
    _click(page, office, qtbot, -1 + len(page.writing.view.table.items()), "期末 人")  # type: ignore[union-attr]
    assert behind.said.text() == "2016年5月 合计 期末 人：涉及 3 户"
    QTest.mouseClick(behind.close_button, Qt.MouseButton.LeftButton)
    assert not behind.isVisible()


def test_a_nought_opens_nothing_and_a_row_of_the_roster_opens_its_household(
    page: LedgersPage, office: Office, qtbot: QtBot
) -> None:
    _show(page, office, "月报汇总表")
    _click(page, office, qtbot, 0, "年初 户")
    assert not page.writing.behind.isVisible()
    _show(page, office, "贫困人口花名册")
    assert page.writing.view.table is not None
    page.writing.view.table.table.selectRow(3)
    with qtbot.waitSignal(page.go_asked) as asked:
        QTest.keyClick(page.writing.view.table.table, Qt.Key.Key_Return)
    assert asked.args == ["households", 2]


def test_chosen_villages_and_sheets_are_all_there_is_in_the_file(
    page: LedgersPage, office: Office, tmp_path: Path
) -> None:
    writing = page.writing
    writing.choices.choose_villages(["小拔村"])
    _settle(office)
    assert [cells[2:] for cells in _cells(writing.sheets.list.items())[:3]] == [
        ["1", "+1 −0"], ["2", "+2 −0"], ["1", "—"]
    ]  # fmt: skip
    assert "1 户 2 人" in writing.view.heading.text()
    writing.sheets.tick_none()
    assert not writing.export_button.isEnabled()
    writing.sheets.toggle([2, 7])
    writing.choices.copies.setCurrentIndex(1)
    assert writing.export_button.text() == "导出（2 张表）"
    assert page.file_name() == "2016年05月台账-华阳镇（小拔村）〔脱敏〕.xlsx"
    page.export_to(tmp_path / page.file_name())
    _settle(office)
    book = load_workbook(tmp_path / page.file_name())
    assert book.sheetnames == ["月报汇总表", "收入明细"]
    assert [cell.value for cell in book["收入明细"]["F"]][3:5] == ["小拔村", None]


def test_what_was_chosen_stands_there_again_but_not_who_was_left_out(
    page: LedgersPage, office: Office, qtbot: QtBot, settings: Settings
) -> None:
    choices = page.writing.choices
    for box in (choices.unit, choices.period):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_2)
    QTest.mouseClick(choices.freeze, Qt.MouseButton.LeftButton, pos=QPoint(8, choices.freeze.height() // 2))
    choices.copies.setCurrentIndex(1)
    choices.choose_villages(["小拔村"])
    page.writing.sheets.toggle([0])
    _settle(office)
    again = _page(office, qtbot, settings).writing
    choice = again.choice()
    assert (choice.wan, choice.yearly, choice.freeze) == (True, True, False)
    assert (choice.masked, choice.villages) == (False, ())
    assert "贫困户花名册" not in choice.sheets
    assert len(choice.sheets) == 7


def test_several_files_go_into_a_folder_and_replace_others_only_when_told(
    page: LedgersPage, office: Office, qtbot: QtBot, tmp_path: Path, dialogs: Dialogs
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    page.writing.choices.files.setCurrentIndex(2)
    dialogs.answer_static(QFileDialog, "getExistingDirectory", str(folder))
    QTest.mouseClick(page.writing.export_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.said) as said:
        _settle(office)
    assert said.args[0].startswith("已写出 2 个文件：3 户 6 人")
    names = ["2016年05月台账-华阳镇（华南村）.xlsx", "2016年05月台账-华阳镇（小拔村）.xlsx"]
    assert sorted(file.name for file in folder.iterdir()) == names
    (folder / names[0]).write_bytes(b"old")
    dialogs.answer(Ask, lambda _: 0)
    QTest.mouseClick(page.writing.export_button, Qt.MouseButton.LeftButton)
    _settle(office)
    assert (folder / names[0]).read_bytes() == b"old"
