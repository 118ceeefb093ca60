"""A list of another department is dropped, asked about where it is unclear, looked at and taken in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.rules.codes import Attribute, CrossKind
from db.services.crosscheck import crosscheck
from desktop.app.office import Office
from desktop.pages.crosscheck.page import CrosscheckPage
from tests.helpers import town
from tests.helpers.crosslists import HEADER, HOMES, book, cars, drop, file, hits, read, settled, taken
from tests.helpers.qt import press


def test_the_first_time_the_page_says_what_to_do(page: CrosscheckPage) -> None:
    assert page.stack.currentWidget() is page.empty
    assert "名单拖到这里" in page.empty.text()
    assert not page.export.isVisible()


def test_a_dropped_list_is_looked_at_and_taken_in(page: CrosscheckPage, office: Office, tmp_path: Path) -> None:
    drop(page, cars(tmp_path / "名单.xlsx", HOMES[0], HOMES[2]))
    settled(office)
    taking = page.taking
    assert (taking.chosen_kind(), taking.office.raw(), taking.dated()) == (
        CrossKind.VEHICLE, "五华县公安局交警大队", date(2016, 5, 20)
    )  # fmt: skip
    assert taking.counts.text().startswith("名单 3 行，2 行是本镇建档的人；要说明 2 处（2 户 2 人）。")
    assert not taking.whole.isVisible()
    assert hits(office) == ()
    page.save()
    settled(office)
    assert [hit.head_name for hit in hits(office)] == [HOMES[0].head_name, HOMES[2].head_name]
    assert page.stack.currentWidget() is page.looking
    assert page.looking.lists.current().kind is CrossKind.VEHICLE
    assert page.looking.hits.counted.text() == "2 处，2 户 2 人"


def test_what_the_file_does_not_say_is_asked(page: CrosscheckPage, office: Office, tmp_path: Path) -> None:
    read(page, office, book(tmp_path / "名单.xlsx", ("姓名", "身份证号"), (HOMES[0].head_name, HOMES[0].head_id)))
    taking = page.taking
    assert taking.problem.text() == "请选这是哪种名单；请填名单是哪个单位提供的；请填名单是哪一天的"
    assert not taking.go.isEnabled()
    taking.kind.set_raw(CrossKind.HOUSE.label)
    taking.kind.changed.emit()
    settled(office)
    assert "要说明 1 处" in taking.counts.text()
    taking.office.set_raw("房管局")
    taking.day.set_raw("2016-05-01")
    taking.day.changed.emit()
    taking.go.click()
    settled(office)
    (kept,) = office.see(crosscheck.lists)
    assert (kept.kind, kept.office, kept.dated) == (CrossKind.HOUSE, "房管局", date(2016, 5, 1))


def test_a_day_to_come_is_refused_and_nothing_typed_is_lost(
    page: CrosscheckPage, office: Office, tmp_path: Path
) -> None:
    read(page, office, cars(tmp_path / "名单.xlsx", HOMES[0]))
    page.taking.day.set_raw("2030-01-01")
    page.taking.go.click()
    settled(office)
    assert "晚于今天" in page.taking.problem.text()
    assert page.stack.currentWidget() is page.taking
    assert page.taking.day.raw() == "2030-01-01"
    assert page.taking.go.isEnabled()


def test_a_complete_list_tells_who_is_missing(page: CrosscheckPage, office: Office, tmp_path: Path) -> None:
    poor = replace(town.household(4), attribute=Attribute.LOW_INCOME)
    file(office, poor)
    read(page, office, book(tmp_path / "低保名单20160501.xlsx", HEADER[:2], (HOMES[0].head_name, HOMES[0].head_id)))
    assert "要说明 1 处" in page.taking.counts.text()
    page.taking.whole.click()
    settled(office)
    assert page.taking.shown is not None
    assert len(page.taking.shown.hits) == 2
    page.taking.office.set_raw("民政局")
    page.taking.renew()
    page.save()
    settled(office)
    assert {hit.text for hit in hits(office) if not hit.place} == {
        f"档案登记的属性是低保户，低保名单里没有{poor.head_name}"
    }


def test_rows_that_cannot_be_compared_stand_at_their_cell(page: CrosscheckPage, office: Office, tmp_path: Path) -> None:
    rows = [("张某", "4414011997", "粤M1"), (HOMES[0].head_name, HOMES[0].head_id, "粤M2")]
    read(page, office, book(tmp_path / "车辆.xlsx", HEADER, *rows))
    assert page.taking.tabs.title(page.taking.findings) == "没有比对的行 1"
    (item,) = page.taking.findings.items()
    assert str(item.cells[1]) == "Sheet 第2行 身份证号（B列）"


def test_the_same_file_is_recognised_and_a_list_without_ours_says_so(
    page: CrosscheckPage, office: Office, tmp_path: Path
) -> None:
    path = cars(tmp_path / "名单.xlsx")
    taken(page, office, path)
    assert page.stack.currentWidget() is page.looking
    assert page.looking.hits.empty.isVisible()
    read(page, office, path)
    assert "录入过" in page.taking.seen.text()
    assert page.taking.none.text() == "没有要说明的"
    page.taking.back.click()
    assert len(office.see(crosscheck.lists)) == 1


def test_unknown_columns_are_asked_once(page: CrosscheckPage, office: Office, tmp_path: Path) -> None:
    path = book(tmp_path / "在编.xlsx", ("称呼", "编码", "学校"), (HOMES[0].head_name, HOMES[0].head_id, "中心小学"))
    read(page, office, path)
    assert page.stack.currentWidget() is page.columns
    (table,) = page.columns.tables.values()
    table.set_answers({0: "name", 1: ""})
    table.changed.emit()
    assert "还认不出是谁" in page.columns.problem.text()
    assert not page.columns.go.isEnabled()
    table.set_answers({0: "name", 1: "number"})
    table.changed.emit()
    page.columns.go.click()
    settled(office)
    assert page.stack.currentWidget() is page.taking
    assert "要说明 1 处" in page.taking.counts.text()
    page.taking.columns.click()
    assert page.stack.currentWidget() is page.columns
    page.columns.back.click()
    assert page.stack.currentWidget() is page.taking
    page.taking.back.click()
    read(page, office, path)
    assert page.stack.currentWidget() is page.taking


def test_a_bad_file_is_one_sentence(page: CrosscheckPage, office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    bad = tmp_path / "名单.xlsx"
    bad.write_bytes(b"MZ" + bytes(400))
    with qtbot.waitSignal(office.work.trouble):
        read(page, office, bad)
    assert page.stack.currentWidget() is page.empty


def test_a_list_that_leaves_most_of_ours_out_is_doubted_and_esc_leaves_it(
    page: CrosscheckPage, office: Office, tmp_path: Path
) -> None:
    read(page, office, book(tmp_path / "公安户籍.xlsx", HEADER[:2], (HOMES[0].head_name, HOMES[0].head_id)))
    assert not page.taking.seen.isVisible()
    page.taking.whole.click()
    settled(office)
    assert "档案里有 5 处名单上没有" in page.taking.seen.text()
    press(Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.empty
    assert hits(office) == ()


def test_a_sheet_that_is_no_list_is_left_out(page: CrosscheckPage, office: Office, tmp_path: Path) -> None:
    path = tmp_path / "在编.xlsx"
    made = openpyxl.Workbook()
    for title, rows in (
        ("名单", (("称呼", "编码"), (HOMES[0].head_name, HOMES[0].head_id))),
        ("字典", (("代码", "含义"), ("1", "在岗"))),
    ):
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append([*row])
    del made["Sheet"]
    made.save(path)
    read(page, office, path)
    columns = page.columns
    columns.tables["名单"].set_answers({0: "name", 1: "number"})
    columns.tables["名单"].changed.emit()
    assert columns.problem.text().startswith("“字典”还认不出是谁")
    columns.skips["字典"].click()
    assert columns.problem.text() == ""
    columns.skips["名单"].click()
    assert "一张表都没有选" in columns.problem.text()
    columns.skips["名单"].click()
    columns.go.click()
    settled(office)
    assert "名单 1 行" in page.taking.counts.text()
