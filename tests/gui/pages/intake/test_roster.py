"""A roster taken in: previewed, filtered, written after a copy, what stayed out typed by hand, and files that are no roster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from db.errors import Problem, Refused
from db.services.cases import applications
from db.services.register import households
from db.services.sheets import imports, layouts
from db.services.town import search
from db.services.town.search import Filter
from db.store.backup import backups, folder_of
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.intake.page import IntakePage
from tests.gui.pages.intake.conftest import Filed
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.workbooks import head, id_number, person, write_roster

PLACE = {"村（居）": "华南村"}


def pair(name: str, order: int, **changes: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A household of one and its person; ``changes`` spoil or change the household's row."""
    number = id_number(order=order)
    return (
        head(户主姓名=name, 证件号码=number, 联系电话=f"138000000{order}", 一卡通账号=f"62100000000000{order}", **PLACE)
        | changes,
        person(行政村="华南村", 户主姓名=name, 户主身份证号=number, 姓名=name, 身份证号码=number),
    )


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Two sound households and one whose cause is in no code table."""
    pairs = [pair("陈某文", 11), pair("李某华", 13), pair("张某福", 15, 主要致贫原因="生病")]
    return write_roster(tmp_path / "华南村名册.xlsx", *map(list, zip(*pairs, strict=True)))


def _read(page: IntakePage, office: Office, path: Path) -> None:
    page.open_thing(path)
    office.work.drain()


def _all(office: Office) -> tuple[int, int]:
    return office.see(search.count, Filter())


def test_the_preview_says_what_would_become_of_each(page: IntakePage, office: Office, roster: Path) -> None:
    _read(page, office, roster)
    view = page.roster
    assert view.day_label.text() == "按 2016-05-25 为准判断年龄和日期"
    assert page.take_in.text() == "录入 2 户 2 人"
    assert view.households.chip("新增").text() == "新增 2"
    view.households.chip("有错，不录入").click()
    assert view.households.count() == 1
    assert view.counts.text() == "新增 2 户 2 人 · 有错，不录入 1 户 1 人　｜　已勾选：新增 2 户 2 人"
    assert view.households.chip("有错，不录入").toolTip() == "1 户 1 人"
    assert _all(office) == (0, 0)


def test_findings_stand_at_their_cells_and_lead_to_the_household(
    page: IntakePage, office: Office, roster: Path
) -> None:
    _read(page, office, roster)
    found = page.roster.findings.items()
    assert [item.group for item in found] == ["有错"]
    assert [cell if isinstance(cell, str) else cell.text for cell in found[0].cells][1:4] == [
        "贫困户", "5", "主要致贫原因（K列）",
    ]  # fmt: skip
    page.roster.tabs.setCurrentIndex(1)
    page.roster.findings.opened.emit(found[0].thing)
    assert page.roster.tabs.currentIndex() == 0
    assert page.roster.detail.heading.text() == "华南村 张某福户"


def test_it_is_written_once_after_a_copy_and_says_what_stayed_out(
    page: IntakePage, office: Office, roster: Path
) -> None:
    _read(page, office, roster)
    page.take_in.click()
    office.work.drain()
    assert _all(office) == (2, 2)
    copy = backups(folder_of(office.record.path), "town")
    assert len(copy) == 1
    said = page.roster.strip.text()
    assert "已录入：新增 2 户 2 人。有错没有录入的 1 户 1 人" in said
    assert copy[0].path.name in said
    assert page.take_in.isHidden()
    assert page.roster.households.count() == 1


def test_a_faulty_household_is_typed_in_the_window(page: IntakePage, office: Office, roster: Path) -> None:
    _read(page, office, roster)
    page.take_in.click()
    office.work.drain()
    page.roster.households.table.selectRow(0)
    page.roster.type_it.click()
    form = page.entry.form
    assert form.head.texts()["head_name"] == "张某福"
    assert form.head.editor("main_cause").is_blank()
    assert "名册：主要致贫原因" in "\n".join(label.text() for label in form.findings.findChildren(QLabel))
    form.head.editor("main_cause").set_raw("因病")
    form.head.changed.emit()
    page.save()
    office.work.drain()
    assert _all(office) == (3, 3)
    assert page.views.currentWidget() is page.roster
    assert "已在窗口录入" in page.roster.households.texts(2)
    assert page.roster.type_it.isHidden()


def test_the_same_file_again_is_said_and_has_nothing_to_write(page: IntakePage, office: Office, roster: Path) -> None:
    _read(page, office, roster)
    page.take_in.click()
    office.work.drain()
    _read(page, office, roster)
    assert page.roster.strip.text() == "这份文件已于 2016-05-25 08:30 由钟小明录入过，没有新的内容，不必再录入。"
    assert page.take_in.isHidden()
    assert page.roster.households.chip("相同").text() == "相同 2"


def test_changes_are_shown_old_and_new_and_written(
    page: IntakePage, office: Office, tmp_path: Path, roster: Path, clock: FixedClock
) -> None:
    _read(page, office, roster)
    page.take_in.click()
    office.work.drain()
    one, who = pair("陈某文", 11, 联系电话="13900000001")
    _read(page, office, write_roster(tmp_path / "再报.xlsx", [one], [who]))
    assert page.take_in.text() == "录入 1 户 1 人"
    page.roster.households.table.selectRow(0)
    assert page.roster.households.texts(0)[-1] == "联系电话：13800000011 → 13900000001"
    (cell,) = page.roster.detail.cells.list.items()
    assert [one if isinstance(one, str) else one.text for one in cell.cells] == [
        "☑", "联系电话", "13800000011", "13900000001", "R3",
    ]  # fmt: skip
    clock.pass_time(town.days(1))
    page.take_in.click()
    office.work.drain()
    assert "变动 1 户 1 人" in page.roster.strip.text()
    first = office.see(search.ids, Filter(text="陈某文"))[0]
    assert office.see(households.get, first).phone == "13900000001"


def test_a_record_changed_since_the_preview_is_not_written_over(
    page: IntakePage, office: Office, roster: Path, filed: Filed
) -> None:
    _read(page, office, roster)
    filed(town.household(1))
    page.take_in.click()
    office.work.drain()
    assert "请重新预览再录入" in page.roster.strip.text()
    assert _all(office) == (1, 2)


def test_without_a_copy_nothing_is_written(page: IntakePage, office: Office, roster: Path) -> None:
    _read(page, office, roster)
    (office.record.path.parent / "backups").write_text("no folder", "utf-8")
    page.take_in.click()
    office.work.drain()
    assert "名册录入前的备份没有做成" in page.roster.strip.text()
    assert _all(office) == (0, 0)
    assert page.take_in.isEnabled()


def test_the_day_is_asked_for_where_the_file_states_none(page: IntakePage, office: Office, tmp_path: Path) -> None:
    one, who = pair("陈某文", 11)
    _read(page, office, write_roster(tmp_path / "无日期.xlsx", [one], [who], foot=()))
    asking = page.roster.asking
    assert page.roster.pages.currentWidget() is asking
    assert asking.day is not None
    assert not asking.go.isEnabled()
    asking.day.set_raw("2016.5.20")
    asking.day.changed.emit()
    asking.go.click()
    office.work.drain()
    assert page.roster.day_label.text() == "按 2016-05-20 为准判断年龄和日期"
    page.roster.day.set_raw("去年")
    page.roster.again.click()
    assert "不是日期" in page.roster.strip.text()


def test_a_file_that_is_no_roster_is_one_sentence(
    page: IntakePage, office: Office, tmp_path: Path, roster: Path
) -> None:
    _read(page, office, roster)
    (tmp_path / "通知.xlsx").write_text("关于开展……的通知", encoding="utf-8")
    _read(page, office, tmp_path / "通知.xlsx")
    assert page.roster.strip.text().startswith("“通知.xlsx”不是申报名册")
    assert page.take_in.isHidden()
    assert page.roster.preview is None
    _read(page, office, tmp_path / "没有.xlsx")
    assert "找不到“没有.xlsx”" in page.roster.strip.text()


def test_a_file_is_dropped_on_the_page(page: IntakePage, office: Office, roster: Path) -> None:
    load = QMimeData()
    load.setUrls([QUrl.fromLocalFile(str(roster))])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, load, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    office.work.drain()
    assert event.isAccepted()
    assert page.take_in.text() == "录入 2 户 2 人"


def test_a_file_is_chosen(page: IntakePage, office: Office, roster: Path, dialogs: Dialogs, qtbot: QtBot) -> None:
    page.open_thing("roster")
    dialogs.answer_static(QFileDialog, "getOpenFileName", ("", ""))
    page.other_file.click()
    assert page.roster.preview is None
    dialogs.answer_static(QFileDialog, "getOpenFileName", (str(roster), ""))
    page.roster.start.button.click()
    office.work.drain()
    assert page.roster.file_label.text() == "华南村名册.xlsx"


def test_a_posted_household_cannot_be_renamed_and_nothing_typed_is_lost(
    page: IntakePage, office: Office, filed: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused([Problem("户主姓名已经张榜公示，不能直接改", "head_name")])

    home = filed(town.household(1))
    page.open_thing(home)
    monkeypatch.setattr(applications, "file", refuse)
    page.entry.form.head.editor("head_name").set_raw("别某人")
    page.entry.form.head.changed.emit()
    page.save()
    office.work.drain()
    page.entry.form.judge()
    assert page.entry.form.head.editor("head_name").problem() == "户主姓名已经张榜公示，不能直接改"
    assert page.entry.form.head.texts()["head_name"] == "别某人"


def _stop_all(office: Office) -> None:
    for ticket in [job.ticket for job in office.work._open]:
        ticket.cancel()


def test_stopping_as_the_reading_ends_stops_what_would_follow(
    page: IntakePage, office: Office, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def proposed(*given: Any) -> Any:
        _stop_all(office)
        return propose(*given)

    propose = layouts.propose_roster
    monkeypatch.setattr(layouts, "propose_roster", proposed)
    _read(page, office, roster)
    assert page.roster.strip.text() == "没有读完就停下了，没有读入任何内容。"
    assert page.roster.preview is None


def test_stopping_after_it_was_written_does_not_offer_it_again(
    page: IntakePage, office: Office, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def previewed(*given: Any) -> Any:
        _stop_all(office)
        return preview(*given)

    _read(page, office, roster)
    preview = imports.preview
    monkeypatch.setattr(imports, "preview", previewed)
    page.take_in.click()
    office.work.drain()
    assert _all(office) == (2, 2)
    assert "名册已经录入" in page.roster.strip.text()
    assert page.take_in.isHidden()
    assert page.roster.preview is None
