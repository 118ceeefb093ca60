"""发给村里填: chosen, written, and taken back with conflicts side by side."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from db.services.cases import applications
from db.services.register import households
from db.services.sheets import sendouts
from db.services.sheets import undo as import_undo
from db.services.sheets.sendouts import PRESETS
from desktop.app.office import Office
from desktop.pages.intake.page import IntakePage
from tests.gui.pages.intake.conftest import Filed
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import focus, press

SOUTH, NORTH = "华南村填报表-20160525.xlsx", "小拔村填报表-20160525.xlsx"


@pytest.fixture
def homes(filed: Filed) -> list[int]:
    return [filed(town.household(n, village="华南村" if n < 4 else "小拔村")) for n in range(1, 6)]


@pytest.fixture
def sending(page: IntakePage, office: Office, homes: list[int]) -> IntakePage:
    page.sheets.click()
    office.work.drain()
    return page


@pytest.fixture
def out(sending: IntakePage, office: Office, tmp_path: Path) -> IntakePage:
    """Both villages have their sheet, asked for 住房."""
    sending.sending.asked.choose(PRESETS["住房"])
    sending.sending.send_into(tmp_path)
    office.work.drain()
    return sending


def fill(path: Path, **cells: Any) -> Path:
    book = openpyxl.load_workbook(path)
    page = book["农户"]
    assert isinstance(page, Worksheet)
    for place, value in cells.items():
        page[place] = value
    book.save(path)
    return path


def sheets(page: IntakePage) -> list[tuple[str, ...]]:
    items = page.sending.sent.items()
    return [tuple(one if isinstance(one, str) else one.text for one in item.cells) for item in items]


def drop(page: IntakePage, office: Office, *paths: Path) -> None:
    load = QMimeData()
    load.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, load, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    office.work.drain()


def test_the_button_says_what_will_be_written(sending: IntakePage) -> None:
    assert sending.send_it.text() == "写出 2 个村 5 户的填报表（6 栏）…"
    sending.sending.asked.presets["住房"].click()
    assert sending.send_it.text() == "写出 2 个村 5 户的填报表（11 栏）…"
    sending.sending.asked.presets["住房"].click()
    sending.sending.villages.list.table.selectRow(1)
    focus(sending.sending.villages.list.table)
    press(Qt.Key.Key_Space)
    assert sending.send_it.text() == "写出 1 个村 3 户的填报表（6 栏）…"
    sending.sending.asked.list.tick_none()
    assert not sending.send_it.isEnabled()


def test_columns_out_of_sight_stay_chosen(sending: IntakePage) -> None:
    asked = sending.sending.asked
    asked.search.setText("务工")
    assert asked.list.count() == 4
    asked.list.tick_all()
    assert len(asked.chosen()) == 10
    asked.search.clear()
    assert len(asked.chosen()) == len(asked.list.ticked()) == 10
    assert asked.presets["务工"].isChecked()


def test_the_folder_is_asked_for_and_the_sheets_that_went_out_are_listed(
    sending: IntakePage, office: Office, dialogs: Dialogs, tmp_path: Path
) -> None:
    dialogs.answer_static(QFileDialog, "getExistingDirectory", "")
    sending.send_it.click()
    dialogs.answer_static(QFileDialog, "getExistingDirectory", str(tmp_path))
    sending.send_it.click()
    office.work.drain()
    assert sending.sending.strip.text() == f"已写出 2 个村 5 户的填报表，在“{tmp_path}”。"
    assert [(row[0], row[1], row[4], row[6]) for row in sheets(sending)] == [
        ("小拔村", "今天发出", "2", NORTH), ("华南村", "今天发出", "3", SOUTH),
    ]  # fmt: skip
    assert {SOUTH, NORTH} <= {path.name for path in tmp_path.iterdir()}


def test_what_cannot_be_written_is_one_sentence(sending: IntakePage, office: Office, tmp_path: Path) -> None:
    sending.sending.send_into(tmp_path / "没有")
    office.work.drain()
    assert "打不开，没有写出任何表" in sending.sending.strip.text()
    assert sending.send_it.isEnabled()
    assert sheets(sending) == []


def test_a_dropped_sheet_shows_only_what_the_village_changed_and_both_sides_of_a_conflict(
    out: IntakePage, office: Office, homes: list[int], tmp_path: Path
) -> None:
    home = office.see(households.get, homes[1])
    office.act(applications.change, replace(home, housing_area=Decimal(70)))
    drop(out, office, fill(tmp_path / SOUTH, E4="72.5", E5="80", F5="C级"))
    assert out.roster.counts.text().startswith("有变动 1 户 2 人 · 有冲突 1 户 2 人 · 相同 1 户 2 人")
    out.roster.households.go_to(1)
    shown = [[getattr(c, "text", c) for c in item.cells] for item in out.roster.detail.cells.list.items()]
    assert shown == [["☐", "住房面积", "70", "80", "E5"], ["☑", "危房等级", "B级", "C级", "F5"]]
    out.take_in.click()
    office.work.drain()
    first, second, _ = (office.see(households.get, i) for i in homes[:3])
    assert (first.housing_area, second.housing_area) == (Decimal("72.5"), Decimal(70))
    assert second.housing_grade is not None
    assert second.housing_grade.label == "C级"
    out.open_thing("sending")
    office.work.drain()
    assert [row[1] for row in sheets(out)] == ["今天发出", "05-25 收回"]


def test_a_taken_sheet_is_undone_like_a_roster(
    out: IntakePage, office: Office, homes: list[int], tmp_path: Path
) -> None:
    drop(out, office, fill(tmp_path / SOUTH, E4="72.5"))
    out.take_in.click()
    office.work.drain()
    ((run, built),) = office.see(import_undo.history)
    assert (run.file_name, built) == (SOUTH, 0)
    office.act(import_undo.undo, run.id, "村里填错了")
    assert office.see(households.get, homes[0]).housing_area == 60


def test_a_cell_is_mended_in_place(out: IntakePage, office: Office, homes: list[int], tmp_path: Path) -> None:
    drop(out, office, fill(tmp_path / SOUTH, E4="很大"))
    assert out.take_in.isHidden()
    out.roster.detail.edit_fault()
    editor = out.roster.detail.mend.editor
    assert editor is not None
    editor.set_raw("88")
    press(Qt.Key.Key_Return)
    office.work.drain()
    assert out.take_in.text() == "录入 1 户 2 人"
    out.take_in.click()
    office.work.drain()
    assert office.see(households.get, homes[0]).housing_area == 88


def test_the_sheet_with_its_faults_marked_comes_back_too(
    out: IntakePage, office: Office, homes: list[int], tmp_path: Path
) -> None:
    drop(out, office, fill(tmp_path / SOUTH, E4="很大"))
    marked = tmp_path / "错误清单.xlsx"
    out.roster.export_to(marked)
    office.work.drain()
    drop(out, office, fill(marked, E4="75"))
    assert out.take_in.text() == "录入 1 户 2 人"


def test_several_sheets_come_one_after_another(
    out: IntakePage, office: Office, homes: list[int], dialogs: Dialogs, tmp_path: Path
) -> None:
    paths = [fill(tmp_path / SOUTH, E4="72.5"), fill(tmp_path / NORTH, E4="73.5")]
    dialogs.answer_static(QFileDialog, "getOpenFileNames", ([str(path) for path in paths], ""))
    out.collect_it.click()
    office.work.drain()
    pile = out.roster.pile
    assert pile.text() == f"一起选了 2 份，这是第 1 份，后面还有“{NORTH}”。"
    out.take_in.click()
    office.work.drain()
    pile.next.click()
    office.work.drain()
    assert out.roster.file_label.text() == NORTH
    assert pile.next.isHidden()
    out.take_in.click()
    office.work.drain()
    assert [office.see(households.get, homes[n]).housing_area for n in (0, 3)] == [72.5, 73.5]


def test_a_sheet_of_another_record_is_refused_in_one_sentence(out: IntakePage, office: Office, tmp_path: Path) -> None:
    drop(out, office, fill(tmp_path / SOUTH, A3="户有卡：" + "0" * 16))
    assert out.roster.strip.text().startswith("这张表不是从本档案发出的")
    assert out.take_in.isHidden()


def test_a_sheet_that_came_back_on_paper_is_noted(out: IntakePage, office: Office) -> None:
    (first, _) = [item.thing for item in out.sending.sent.items()]
    out.sending.sent.acted.emit(first, "close")
    office.work.drain()
    assert [row[1] for row in sheets(out)] == ["05-25 收回", "今天发出"]
    assert office.see(sendouts.last_columns) == PRESETS["住房"]
