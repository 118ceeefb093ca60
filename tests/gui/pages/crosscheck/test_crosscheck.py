"""A list of another department is dropped, looked at and taken in; its hits are explained with proofs, written out and printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from db.rules.codes import Attribute, CrossKind, CrossOutcome, Sex
from db.rules.values import Household
from db.services import applications, attachments, crosscheck
from db.services.crosscheck import HitView
from desktop.app.office import Office
from desktop.pages.crosscheck.lists import Narrow
from desktop.pages.crosscheck.page import CrosscheckPage
from desktop.printing.window import PaperWindow
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import PAGE, press, stand

HOMES = (town.household(1), town.household(2), town.household(3, village="小拔村", group="第一组"))
STRANGER = ("陌某生", town.id_number(date(1950, 1, 1), 1, Sex.MALE), "粤M99999")
HEADER = ("姓名", "身份证号", "号牌号码")


def book(path: Path, *rows: Sequence[object]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    made.save(path)
    return path


def cars(path: Path, *homes: Household, plate: str = "粤M0000") -> Path:
    rows = [(home.head_name, home.head_id, f"{plate}{n}") for n, home in enumerate(homes)]
    return book(path, ("五华县公安局交警大队机动车名单（2016年5月20日）",), HEADER, *rows, STRANGER)


def file(office: Office, *homes: Household) -> list[int]:
    return [office.act(applications.file, home).household_id for home in homes]


def settled(office: Office) -> None:
    """Reading, comparing and showing follow each other through the window's thread."""
    for _ in range(4):
        office.work.drain()


def read(page: CrosscheckPage, office: Office, path: Path) -> CrosscheckPage:
    page.read_list(path)
    settled(office)
    return page


def taken(page: CrosscheckPage, office: Office, path: Path) -> CrosscheckPage:
    read(page, office, path)
    page.taking.go.click()
    settled(office)
    return page


def explain(page: CrosscheckPage, office: Office, outcome: CrossOutcome, text: str) -> None:
    """As the clerk does: choose the outcome, type, save by Ctrl+S."""
    box = page.looking.detail.answering
    box.outcome.set_raw(outcome.label)
    box.text.core.setPlainText(text)  # type: ignore[attr-defined]
    page.save()
    settled(office)


def drop(widget: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    widget.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none))


def photo(path: Path) -> Path:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(0x447799)
    picture.save(str(path))
    return path


def hits(office: Office) -> tuple[HitView, ...]:
    return office.see(crosscheck.hits)


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> CrosscheckPage:
    """The page over three households; only the first two are of 华南村."""
    file(office, *HOMES)
    return stand(CrosscheckPage(office), office, qtbot)


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


def test_a_hit_stands_beside_our_record_and_is_explained_with_a_proof(
    page: CrosscheckPage, office: Office, tmp_path: Path
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", HOMES[0], HOMES[1]))
    detail, box = page.looking.detail, page.looking.detail.answering
    assert detail.heading.text() == f"有车　{HOMES[0].head_name}"
    assert "七不进 73" in detail.bears.text()
    assert "摩托车" in detail.advice.text()
    assert "号牌号码 粤M00000" in detail.listed.text()
    page.save()
    assert box.problem.text() == "请先选核实结果"
    explain(page, office, CrossOutcome.ALLOWED, "")
    assert "写明核实的情况" in box.problem.text()
    drop(page.looking, photo(tmp_path / "行驶证.jpg"))
    explain(page, office, CrossOutcome.ALLOWED, "二轮摩托车，自用")
    said = next(hit.answer for hit in hits(office) if hit.answer)
    assert (said.outcome, said.explanation) == (CrossOutcome.ALLOWED, "二轮摩托车，自用")
    assert office.see(attachments.content, said.attachments[0]) == (tmp_path / "行驶证.jpg").read_bytes()
    assert page.looking.hits.counted.text() == "1 处，1 户 1 人"
    assert detail.hit is not None
    assert detail.hit.head_name == HOMES[1].head_name
    assert box.text.raw() == ""


def test_a_file_that_is_no_proof_is_said_in_place(
    page: CrosscheckPage, office: Office, tmp_path: Path, dialogs: Dialogs
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", HOMES[0]))
    attached = page.looking.detail.answering.attached
    good = photo(tmp_path / "a.png")
    dialogs.answer_static(QFileDialog, "getOpenFileNames", ([str(tmp_path / "名单.xlsx"), str(good)], ""))
    attached.add_button.click()
    assert "打印成 PDF" in attached.problem.text()
    assert attached.fresh() == [good]
    attached.add([good])
    assert attached.fresh() == [good]
    dialogs.answer(QDialog, lambda dialog: dialog.accept())
    links = [made for made in attached.findChildren(QWidget) if made.property("place") == 0]
    links[0].click()  # type: ignore[attr-defined]
    assert dialogs.opened[-1] == "a.png"
    links[1].click()  # type: ignore[attr-defined]
    assert attached.files() == ()


def test_many_are_explained_at_once_and_a_later_list_takes_the_word_over(
    page: CrosscheckPage, office: Office, tmp_path: Path
) -> None:
    taken(page, office, cars(tmp_path / "5月.xlsx", HOMES[0], HOMES[1]))
    looking = page.looking
    looking.hits.list.table.selectAll()
    assert looking.detail.answering.save_button.text() == "保存说明（2 处）"
    explain(page, office, CrossOutcome.OTHER, "同号录错，不是本人")
    assert [hit.open for hit in hits(office)] == [False, False]
    read(page, office, cars(tmp_path / "6月.xlsx", *HOMES))
    assert "其中 2 处以前说明过" in page.taking.counts.text()
    page.taking.go.click()
    settled(office)
    assert "同号录错" in looking.detail.before.text()
    looking.hits.list.table.selectAll()
    assert looking.detail.reuse.text() == "沿用上次说明（2 处）"
    looking.detail.reuse.click()
    settled(office)
    assert sum(hit.open for hit in hits(office)) == 1


def test_what_is_typed_stays_with_its_hit_and_overnight(
    page: CrosscheckPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", HOMES[0], HOMES[1]))
    looking = page.looking
    looking.detail.answering.text.core.setPlainText("在查")  # type: ignore[attr-defined]
    page.next_record()
    assert looking.detail.answering.text.raw() == ""
    looking.hits.take_row(0)
    assert looking.detail.answering.text.raw() == "在查"
    assert page.may_leave()
    settled(office)
    again = stand(CrosscheckPage(office), office, qtbot)
    assert again.looking.detail.answering.text.raw() == "在查"
    explain(again, office, CrossOutcome.WAITING, "在查")
    third = stand(CrosscheckPage(office), office, qtbot)
    assert not third.looking.detail.answering.holds()


def test_filters_narrow_by_kind_village_outcome_and_household(
    page: CrosscheckPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", *HOMES))
    taken(
        page,
        office,
        book(tmp_path / "五华县房管局房产20160501.xlsx", HEADER[:2], (HOMES[0].head_name, HOMES[0].head_id)),
    )
    looking = page.looking
    assert looking.hits.counted.text() == "1 处，1 户 1 人"
    looking.lists.choose(Narrow())
    assert looking.hits.counted.text() == "4 处，3 户 3 人"
    looking.hits.village.setCurrentText("小拔村")
    looking.hits.village.activated.emit(0)
    assert [hit.village for hit in looking.hits.shown()] == ["小拔村"]
    explain(page, office, CrossOutcome.REMOVAL, "小汽车属实")
    assert looking.hits.shown() == []
    looking.hits.list.choose("已说明")
    looking.hits.outcome.setCurrentText(CrossOutcome.REMOVAL.label)
    looking.hits.outcome.activated.emit(0)
    assert len(looking.hits.shown()) == 1
    first = hits(office)[0].household_id
    looking.lists.choose(Narrow(CrossKind.HOUSE))
    page.open_thing(first)
    assert page.minimumSizeHint().width() <= PAGE[0]
    assert {hit.household_id for hit in looking.hits.shown()} == {first}
    assert len(looking.hits.shown()) == 2
    with qtbot.waitSignal(page.go_asked) as asked:
        looking.detail.open_button.click()
    assert asked.args == ["households", first]
    looking.hits.leave_home.click()
    assert len(looking.hits.shown()) == 3


def test_hits_are_written_out_and_printed(
    page: CrosscheckPage, office: Office, tmp_path: Path, dialogs: Dialogs, qtbot: QtBot
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", *HOMES))
    explain(page, office, CrossOutcome.ALLOWED, "摩托车")
    page.looking.hits.list.choose("全部")
    assert page.export.text() == "导出（3 处）"
    target = tmp_path / "结果"
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(target), ""))
    page.export.act("village").trigger()
    settled(office)
    written = openpyxl.load_workbook(target.with_suffix(".xlsx"))
    assert written.sheetnames == ["华南村", "小拔村"]
    values = {cell.value for row in written["华南村"].rows for cell in row}
    assert "摩托车" in values
    assert HOMES[0].head_id not in values
    page.looking.hits.list.table.selectAll()
    assert page.paper.text() == "比对情况说明（3 户）"
    page.preview()
    settled(office)
    (window,) = page.findChildren(PaperWindow)
    assert window.windowTitle() == "比对情况说明"
    window.close()


def test_an_export_that_cannot_be_written_is_said(
    page: CrosscheckPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", HOMES[0]))
    with qtbot.waitSignal(office.work.trouble):
        page.looking.export_to(tmp_path / "没有的文件夹" / "a.xlsx")
        settled(office)


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
