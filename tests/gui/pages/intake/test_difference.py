"""A roster taken in again: ticks by household and by cell, conflicts decided, faults mended in place, the marked workbook, an import undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from db.services.cases import applications
from db.services.health import audit
from db.services.register import households
from db.services.sheets import runs as import_runs
from db.services.town import search
from db.services.town.search import Filter
from db.store.clock import CST, FixedClock
from desktop.app.office import Office
from desktop.pages.intake.page import IntakePage
from tests.gui.pages.intake.test_roster import pair
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import focus, press
from tests.helpers.workbooks import write_roster

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A roster of three households; a household's changes by its name, the file's name."""

    def made(name: str = "华南村名册.xlsx", **changes: dict[str, Any]) -> Path:
        names = (("陈某文", 11), ("李某华", 13), ("张某福", 15))
        pairs = [pair(one, order, **changes.get(one, {})) for one, order in names]
        return write_roster(tmp_path / name, *map(list, zip(*pairs, strict=True)))

    return made


def read(page: IntakePage, office: Office, path: Path) -> None:
    page.open_thing(path)
    office.work.drain()


def take_in(page: IntakePage, office: Office) -> None:
    page.take_in.click()
    office.work.drain()


@pytest.fixture
def again(page: IntakePage, office: Office, write: Write, clock: FixedClock) -> IntakePage:
    """The three are in the record, the clerk changed the first one's telephone, and the village reports anew."""
    read(page, office, write())
    take_in(page, office)
    clock.pass_to(datetime(2016, 6, 2, 9, 0, tzinfo=CST))
    home = office.see(households.get, 1)
    office.act(applications.change, replace(home, phone="13900000001"))
    changed = {"陈某文": {"备注": "低保户"}, "李某华": {"联系电话": "13900000002", "备注": "漏雨"}}
    read(page, office, write("再报.xlsx", **changed))
    return page


def marks(page: IntakePage) -> list[str]:
    return [page.roster.households.texts(place)[0] for place in range(3)]


def cells(page: IntakePage) -> list[list[str]]:
    items = page.roster.detail.cells.list.items()
    return [[one if isinstance(one, str) else one.text for one in item.cells] for item in items]


def test_each_household_shows_how_much_of_it_is_ticked(again: IntakePage) -> None:
    assert marks(again) == ["◩", "☑", ""]
    assert again.take_in.text() == "录入 2 户 2 人"
    said = "有变动 1 户 1 人 · 有冲突 1 户 1 人 · 相同 1 户 1 人　｜　已勾选：改动 2 户 2 人的 3 格"
    assert again.roster.counts.text() == said
    again.roster.households.chip("有冲突").click()
    assert again.roster.households.count() == 1


def test_both_sides_of_a_conflict_stand_at_the_cell(again: IntakePage) -> None:
    again.roster.households.go_to(0)
    assert cells(again) == [
        ["☐", "联系电话", "13900000001", "13800000011", "R3"],
        ["☑", "备注", "（空）", "低保户", "U3"],
    ]
    assert "2016-06-02 由钟小明改过" in again.roster.detail.standing.text()
    again.roster.detail.cells.list.table.selectRow(0)
    whole = "联系电话（贫困户 R3）　档案：13900000001　名册：13800000011　档案里这一格 2016-06-02 由钟小明改过"
    assert again.roster.detail.in_full.text() == whole


def test_the_space_bar_ticks_households_and_cells(again: IntakePage, office: Office) -> None:
    table = again.roster.households.table
    again.roster.households.go_to(0)
    focus(table)
    press(Qt.Key.Key_Space)
    assert marks(again) == ["☐", "☑", ""]
    assert again.take_in.text() == "录入 1 户 1 人"
    press(Qt.Key.Key_Space)
    assert marks(again) == ["◩", "☑", ""]
    inner = again.roster.detail.cells.list.table
    inner.selectRow(0)
    focus(inner)
    press(Qt.Key.Key_Space)
    assert marks(again) == ["☑", "☑", ""]
    assert cells(again)[0][0] == "☑"
    take_in(again, office)
    assert office.see(households.get, 1).phone == "13800000011"


def test_a_click_on_the_box_ticks(again: IntakePage, qtbot: QtBot) -> None:
    table = again.roster.households.table
    box = table.visualRect(table.model().index(1, 0))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.center()))
    assert marks(again) == ["◩", "☐", ""]
    same = table.visualRect(table.model().index(2, 0))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(same.center()))
    assert marks(again) == ["◩", "☐", ""]


def test_without_any_tick_there_is_nothing_to_press(again: IntakePage) -> None:
    again.roster.households.table.selectAll()
    again.roster.households.toggle()
    assert marks(again) == ["☐", "☐", ""]
    assert again.take_in.isHidden()
    assert again.roster.counts.text().endswith("已勾选：没有")


def test_what_is_ticked_is_written_and_the_rest_named(again: IntakePage, office: Office) -> None:
    again.roster.households.go_to(1)
    again.roster.detail.cells.toggle([0])
    take_in(again, office)
    second = office.see(households.get, 2)
    assert (second.phone, second.remark) == ("13800000013", "漏雨")
    assert office.see(households.get, 1).phone == "13900000001"
    said = again.roster.strip.text()
    assert "变动 2 户 2 人" in said
    assert "有冲突、留了档案内容的 1 户 1 人" in said


def test_a_preview_overtaken_is_judged_anew_with_its_ticks(again: IntakePage, office: Office) -> None:
    again.roster.households.go_to(1)
    again.roster.detail.cells.toggle([0])
    office.act(applications.change, replace(office.see(households.get, 3), remark="另记"))
    take_in(again, office)
    assert "请重新预览再录入" in again.roster.strip.text()
    assert marks(again) == ["◩", "◩", ""]
    take_in(again, office)
    assert office.see(households.get, 2).remark == "漏雨"


FAULTY = {"张某福": {"主要致贫原因": "生病"}}


def test_a_fault_is_mended_in_place_and_the_file_stays(page: IntakePage, office: Office, write: Write) -> None:
    path = write(**FAULTY)
    before = path.read_bytes()
    read(page, office, path)
    page.roster.go_to_next_fault()
    mend = page.roster.detail.mend
    assert mend.caption.text() == "K5 主要致贫原因"
    assert "表上写的是“生病”" in mend.said.text()
    assert mend.editor is not None
    mend.editor.set_raw("因病")
    focus(mend.editor)
    press(Qt.Key.Key_Return)
    office.work.drain()
    assert page.roster.preview is not None
    assert page.roster.preview.count("new") == (3, 3)
    assert page.roster.unmend.text() == "已改 1 格，原文件不动；全部还原"
    assert path.read_bytes() == before
    take_in(page, office)
    (run,) = office.see(import_runs.earlier)
    assert (run.mended, run.new) == (1, (3, 3))


def test_a_mend_that_is_wrong_itself_is_said_at_once(page: IntakePage, office: Office, write: Write) -> None:
    read(page, office, write(**FAULTY))
    page.roster.go_to_next_fault()
    mend = page.roster.detail.mend
    assert mend.editor is not None
    mend.editor.set_raw("懒惰")
    mend.do_it.click()
    office.work.drain()
    assert page.roster.preview is not None
    assert page.roster.preview.count("faulty") == (1, 1)
    assert "“懒惰”" in page.roster.detail.mend.said.text()
    page.roster.unmend.click()
    office.work.drain()
    assert page.roster.unmend.isHidden()
    assert "“生病”" in page.roster.detail.mend.said.text()


def test_a_doubt_can_be_mended_too_and_a_sound_household_offers_nothing(
    page: IntakePage, office: Office, write: Write
) -> None:
    read(page, office, write(**{"张某福": {"联系电话": "电话"}}))
    page.roster.households.go_to(2)
    assert page.roster.detail.faults.isHidden()  # the one sentence stands below, whole
    assert page.roster.detail.fault.text().startswith("联系电话 电话 不对")
    assert page.roster.detail.mend.caption.text() == "R5 联系电话"
    page.roster.households.go_to(0)
    assert page.roster.detail.fault.isHidden()
    assert page.roster.detail.mend.isHidden()
    assert page.roster.detail.standing.text() == "档案里没有这一户，勾上就整户录入。"


def test_of_several_faults_one_is_looked_at(page: IntakePage, office: Office, write: Write) -> None:
    read(page, office, write(**{"张某福": {"主要致贫原因": "生病", "申请日期": "2016-4-31"}}))
    page.roster.go_to_next_fault()
    detail = page.roster.detail
    assert [item.cells[0] for item in detail.faults.items()] == ["K5", "T5"]
    assert detail.mend.caption.text() == "K5 主要致贫原因"
    detail.faults.table.selectRow(1)
    assert detail.mend.caption.text() == "T5 申请日期"
    assert "2016-4-31" in detail.fault.text()
    page.roster.tabs.setCurrentIndex(1)
    page.roster.findings.opened.emit(detail.faults.items()[1].thing)
    assert page.roster.detail.mend.caption.text() == "T5 申请日期"


def test_ticks_stay_when_something_else_is_mended(page: IntakePage, office: Office, write: Write) -> None:
    read(page, office, write(**FAULTY))
    page.roster.households.go_to(0)
    page.roster.households.toggle()
    page.roster.go_to_next_fault()
    assert page.roster.detail.mend.editor is not None
    page.roster.detail.mend.editor.set_raw("因病")
    page.roster.detail.mend.do_it.click()
    office.work.drain()
    assert marks(page) == ["☐", "☑", "☑"]
    assert page.take_in.text() == "录入 2 户 2 人"


def test_f8_goes_from_fault_to_fault_and_round(page: IntakePage, office: Office, write: Write) -> None:
    read(page, office, write(**{"陈某文": {"主要致贫原因": "生病"}, **FAULTY}))
    focus(page.roster.households.table)
    press(Qt.Key.Key_F8)
    places = []
    for _ in range(3):
        press(Qt.Key.Key_F8)
        places.append(page.roster.households.table.current_id())
    assert places in ([2, 0, 2], [0, 2, 0])
    read(page, office, write())
    page.roster.go_to_next_fault()
    assert page.roster.strip.text() == "没有有错或有冲突的户了。"


def test_the_marked_workbook_is_written_beside_and_taken_in_again(
    page: IntakePage, office: Office, write: Write, dialogs: Dialogs, tmp_path: Path
) -> None:
    read(page, office, write(**FAULTY))
    dialogs.answer_static(QFileDialog, "getSaveFileName", ("", ""))
    page.roster.export.click()
    take_in(page, office)
    target = tmp_path / "错误清单.xlsx"
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(target), ""))
    page.roster.export.click()
    office.work.drain()
    assert page.roster.strip.text().startswith("已导出“错误清单.xlsx”：标了 1 格、1 行，格式、公式和下拉选项都照原表。")
    book = openpyxl.load_workbook(target)
    book["贫困户"]["K5"] = "缺技术"
    book.save(target)
    read(page, office, target)
    assert page.roster.preview is not None
    assert (page.roster.preview.count("new"), page.roster.preview.count("same")) == ((1, 1), (2, 2))
    assert page.roster.export.isHidden()


def test_a_workbook_that_cannot_be_written_is_one_sentence(page: IntakePage, office: Office, write: Write) -> None:
    path = write(**FAULTY)
    read(page, office, path)
    page.roster.export_to(path)
    office.work.drain()
    assert "错误清单不能写在原表上" in page.roster.strip.text()


def test_a_file_under_another_name_is_known(page: IntakePage, office: Office, write: Write) -> None:
    read(page, office, write())
    take_in(page, office)
    path = write("改了名.xlsx")
    book = openpyxl.load_workbook(path)
    book["贫困户"]["A1"] = "另一个标题"
    book.save(path)
    read(page, office, path)
    said = "内容与 2016-05-25 08:30 由钟小明录入的“华南村名册.xlsx”相同，没有新的内容，不必再录入。"
    assert page.roster.strip.text() == said


def test_an_import_is_undone_from_the_strip(page: IntakePage, office: Office, write: Write) -> None:
    read(page, office, write())
    take_in(page, office)
    page.roster.strip.buttons[0].click()
    office.work.drain()
    box = page.roster.history.box
    assert not box.isHidden()
    assert box.what.text().startswith("将撤下新增的 3 户 3 人")
    box.do_it.click()
    assert box.built.text() == "请写明为什么撤销，会记入经过"
    box.reason.setText("村里报错了文件")
    box.do_it.click()
    office.work.drain()
    assert office.see(search.count, Filter()) == (0, 0)
    assert page.roster.history.strip.text().startswith("已撤销“华南村名册.xlsx”的录入：撤下新增的 3 户 3 人")
    assert box.isHidden()
    (item,) = page.roster.history.table.items()
    assert item.cells[-1].text == "已于 2016-05-25 08:30 由钟小明撤销"  # type: ignore[union-attr]
    assert office.see(audit.faults) == ()


def test_what_was_built_on_an_import_is_named(page: IntakePage, office: Office, write: Write) -> None:
    read(page, office, write())
    take_in(page, office)
    office.act(applications.change, replace(office.see(households.get, 2), phone="13900000002"))
    page.ask_roster()
    office.work.drain()
    (item,) = page.roster.history.table.items()
    assert item.cells[-1].text == "1 户录入以后又办了事，不能撤销"  # type: ignore[union-attr]
    page.roster.history.table.acted.emit(item.thing, "undo")
    office.work.drain()
    box = page.roster.history.box
    assert box.do_it.isHidden()
    assert "李某华户：后来有修改资料" in box.built.text()
    box.leave.click()
    assert box.isHidden()


def test_undoing_overtaken_says_so_and_changes_nothing(page: IntakePage, office: Office, write: Write) -> None:
    read(page, office, write())
    take_in(page, office)
    page.roster.strip.buttons[0].click()
    office.work.drain()
    office.act(applications.change, replace(office.see(households.get, 2), phone="13900000002"))
    page.roster.history.box.reason.setText("错了")
    page.roster.history.box.do_it.click()
    office.work.drain()
    assert "后来有修改资料" in page.roster.history.box.built.text()
    assert office.see(search.count, Filter()) == (3, 3)


def test_before_anything_was_taken_in_there_is_no_list(page: IntakePage, office: Office) -> None:
    page.ask_roster()
    office.work.drain()
    assert page.roster.history.isHidden()
