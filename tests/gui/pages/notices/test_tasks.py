"""What is done to a notice: making it, posting it, late entries, objections, lengthening, taking down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.services.cases import cases
from db.services.notices import notices, objections
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.forms.panel import FormPanel
from desktop.pages.notices.page import NoticesPage
from desktop.pages.notices.photo import PhotoView
from tests.gui.pages.notices.conftest import PLACES, TODAY, OpenPage, made, pass_days, passed, posted
from tests.helpers import qt
from tests.helpers.dialogs import Dialogs
from tests.helpers.record import REVIEWER


def press(page: NoticesPage, qtbot: QtBot, act: str) -> None:
    QTest.mouseClick(page.detail.buttons[act], Qt.MouseButton.LeftButton)


def confirm(page: NoticesPage, qtbot: QtBot, office: Office) -> None:
    panel = page.panel()
    assert panel is not None
    QTest.mouseClick(panel.confirm, Qt.MouseButton.LeftButton)
    office.work.drain()


def fill(panel: FormPanel, **texts: str) -> None:
    panel.form.set_texts(texts)


def photo(folder: Path, name: str = "村委会.png") -> Path:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    picture.save(str(folder / name))
    return folder / name


def test_a_notice_is_made_of_the_ticked_households(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    case_ids = passed(office, 1, 2, 3)
    page = open_page()
    assert page.new.text() == "新建公示（3 户 6 人已评议）"
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    office.work.drain()
    paper = page.side.preview.paper
    assert paper is not None
    assert paper.watermark == "样稿"
    assert "拟将下列3户6人" in paper.text()
    table = page.creating.households.list.table
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Space)
    office.work.drain()
    assert page.creating.confirm.text() == "新建公示（2 户 4 人）"
    paper = page.side.preview.paper
    assert paper is not None
    assert "拟将下列2户4人" in paper.text()
    confirm(page, qtbot, office)
    notice = page.notice()
    assert notice is not None
    assert notice.case_ids == (case_ids[0], case_ids[2])
    assert page.panel() is None
    assert page.new.text() == "新建公示（1 户 2 人已评议）"
    paper = page.side.preview.paper
    assert paper is not None
    assert not paper.watermark


def test_nothing_ticked_makes_nothing(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    passed(office, 1)
    page = open_page()
    QTest.mouseClick(page.new, Qt.MouseButton.LeftButton)
    office.work.drain()
    QTest.mouseClick(page.creating.households.none, Qt.MouseButton.LeftButton)
    office.work.drain()
    assert not page.creating.confirm.isEnabled()
    assert page.side.fault.text() == "没有选中任何一户"
    page.save()
    office.work.drain()
    assert office.see(notices.views) == ()


def test_one_day_for_all_places_and_another_for_one(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    notice = made(office, 1)
    page = open_page()
    press(page, qtbot, "post")
    posting = page.posting
    assert not posting.confirm.isEnabled()
    QTest.keyClicks(posting.same.core, "2016.5.24")
    posting.places.editor("第三组").setFocus()
    posting.same.left.emit()
    assert set(posting.places.days().values()) == {date(2016, 5, 24)}
    posting.places.editor("第三组").set_value(None)
    QTest.keyClicks(posting.places.editor("第三组").core, "20160525")
    assert posting.confirm.text() == "登记张贴（4 处）"
    assert "公示期 05-26 至 06-01 24:00" in posting.outlook.text()
    confirm(page, qtbot, office)
    view = office.see(notices.view, notice)
    assert (view.first, view.decide_from) == (date(2016, 5, 26), date(2016, 6, 2))
    assert {w.place: w.posted_on for w in view.walls}["第一组"] == date(2016, 5, 24)
    assert page.panel() is None
    assert not page.detail.buttons["post"].isVisible()


def test_a_day_that_cannot_be_is_refused_and_stays(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    notice = made(office, 1)
    page = open_page()
    press(page, qtbot, "post")
    page.posting.places.editor("村委会").set_value(date(2016, 5, 26))
    page.posting.places.changed.emit()
    assert "晚于今天" in page.posting.outlook.text()
    page.posting.places.editor("第一组").set_value(date(2016, 5, 20))
    page.posting.places.changed.emit()
    confirm(page, qtbot, office)
    assert "村委会：张贴日期 2016-05-26 晚于今天" in page.posting.faults.text()
    assert "第一组：张贴日期 2016-05-20 早于民主评议的 2016-05-24" in page.posting.faults.text()
    assert page.posting.places.days()["第一组"] == date(2016, 5, 20)
    assert not office.see(notices.view, notice).postings


def test_photos_are_judged_by_content(
    office: Office, open_page: OpenPage, qtbot: QtBot, dialogs: Dialogs, tmp_path: Path
) -> None:
    notice = posted(office, 1)
    page = open_page()
    assert page.detail.buttons["photos"].text() == "补张贴照片（缺 4 处）"
    press(page, qtbot, "photos")
    wrong = tmp_path / "假.jpg"
    wrong.write_bytes(b"MZ\x90 not a photo")
    dialogs.answer_static(QFileDialog, "getOpenFileName", (str(wrong), ""))
    page.posting.places.photo_asked.emit("村委会")
    assert "不是照片" in page.posting.faults.text()
    assert not page.posting.confirm.isEnabled()
    dialogs.answer_static(QFileDialog, "getOpenFileName", (str(photo(tmp_path)), ""))
    page.posting.places.photo_asked.emit("村委会")
    assert page.posting.faults.text() == ""
    confirm(page, qtbot, office)
    view = office.see(notices.view, notice)
    assert view.unpictured == PLACES[1:]
    seen: list[bool] = []

    def look(dialog: PhotoView) -> int:
        seen.append(not dialog.picture.pixmap().isNull())
        return int(QDialog.DialogCode.Accepted)

    dialogs.answer(PhotoView, look)
    page.detail.walls.photo_asked.emit(view.walls[0].photo)
    assert seen == [True]


def test_a_late_entry_waits_for_the_reviewer(
    office: Office, clock: FixedClock, open_page: OpenPage, qtbot: QtBot
) -> None:
    notice = made(office, 1)
    pass_days(office, clock, 5)
    page = open_page()
    press(page, qtbot, "post")
    page.posting.same.set_value(TODAY)
    page.posting.same.left.emit()
    assert "已超过张贴 3 天：从今天起算；审核人认定补录后，才从张贴之日起算" in page.posting.outlook.text()
    assert "公示期 05-31 至 06-06" in page.posting.outlook.text()
    confirm(page, qtbot, office)
    late = page.detail.buttons["late"]
    assert late.text() == "认定补录（4 处）（须审核人）"
    assert not late.isEnabled()
    office.record.switch(REVIEWER.name, REVIEWER.password)
    page.refresh()
    office.work.drain()
    press(page, qtbot, "late")
    confirm(page, qtbot, office)
    assert page.late.form.cell("reason").fault.text() == "理由未填，请补录"
    fill(page.late, reason="有张贴当天照片")
    confirm(page, qtbot, office)
    view = office.see(notices.view, notice)
    assert (view.first, view.late) == (date(2016, 5, 26), ())
    assert not late.isVisible()


def test_an_objection_stops_its_household_until_it_is_investigated(
    office: Office, open_page: OpenPage, qtbot: QtBot
) -> None:
    notice = posted(office, 1, 2)
    case_id, other = office.see(notices.view, notice).case_ids
    page = open_page()
    press(page, qtbot, "object")
    confirm(page, qtbot, office)
    assert page.objecting.form.faulty() == ["household", "channel", "content"]
    chosen = page.objecting.form.editor("household").options()[0]  # type: ignore[attr-defined]
    said = {"contact": "13900000001", "claim": "七不进③有小汽车或大型农机具"}
    fill(page.objecting, household=chosen, channel="来访", content="户主有小汽车", **said)
    confirm(page, qtbot, office)
    assert page.table.table.cell(0, 6).text == "1 件未结"
    states = office.see(cases.states, [case_id, other])
    assert (states[case_id].status, states[other].status) == (Status.HELD, Status.RUNNING)
    press(page, qtbot, "investigate")
    assert "匿名来访反映：户主有小汽车（七不进③有小汽车或大型农机具）" in page.investigating.note.text()
    assert "原调查人：周某坤、杨某来" in page.investigating.note.text()
    fill(page.investigating, investigators="周某坤、黄某强", finding="不成立", result="查无此车")
    confirm(page, qtbot, office)
    assert "周某坤是原调查人" in page.investigating.form.cell("own_reason").fault.text()
    fill(page.investigating, investigators="刘某平 黄某强")
    confirm(page, qtbot, office)
    assert page.table.table.cell(0, 6).text == "1 件已结"
    page.register_button.click()
    assert page.register.confirm.text() == "登记答复"
    page.register.confirm.click()
    assert page.answering.form.values()["way"] == "张贴答复"
    fill(page.answering, answer="村委会公告栏")
    confirm(page, qtbot, office)
    (objection,) = office.see(objections.register_view)
    assert (objection.contact, objection.answered.way, objection.answered.on) == (
        "13900000001", "张贴答复", date(2016, 5, 25),
    )  # fmt: skip
    assert office.see(cases.states, [case_id])[case_id].status is Status.RUNNING


def test_a_notice_is_lengthened_never_shortened(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    notice = posted(office, 1)
    page = open_page()
    press(page, qtbot, "extend")
    fill(page.extending, reason="台风停电两天")
    QTest.keyClicks(page.extending.form.editor("last").core, "2016-5-30")
    confirm(page, qtbot, office)
    assert "不能缩短" in page.extending.form.cell("last").fault.text()
    page.extending.form.editor("last").set_raw("")
    QTest.keyClicks(page.extending.form.editor("last").core, "2016-6-3")
    assert page.extending.confirm.text() == "延长到 2016-06-03（加 2 天）"
    confirm(page, qtbot, office)
    assert office.see(notices.view, notice).decide_from == date(2016, 6, 4)


def test_a_full_notice_is_taken_down(office: Office, clock: FixedClock, open_page: OpenPage, qtbot: QtBot) -> None:
    notice = posted(office, 1)
    pass_days(office, clock, 8)
    page = open_page()
    press(page, qtbot, "take_down")
    fill(page.taking_down, taken_on="2016-6-1")
    confirm(page, qtbot, office)
    assert "期满前撤下请用“更正”" in page.taking_down.form.cell("taken_on").fault.text()
    fill(page.taking_down, taken_on="2016-6-2")
    confirm(page, qtbot, office)
    assert office.see(notices.view, notice).taken_on == date(2016, 6, 2)
    assert not page.detail.buttons["wrong"].isVisible()


def test_one_place_posted_again_moves_the_period(
    office: Office, clock: FixedClock, open_page: OpenPage, qtbot: QtBot
) -> None:
    notice = posted(office, 1)
    pass_days(office, clock, 2)
    page = open_page()
    press(page, qtbot, "repost")
    page.posting.places.editor("第二组").set_value(date(2016, 5, 27))
    page.posting.places.changed.emit()
    confirm(page, qtbot, office)
    assert office.see(notices.view, notice).last == date(2016, 6, 3)


def test_a_lengthening_by_the_keyboard_alone(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    notice = posted(office, 1)
    page = open_page()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    press(page, qtbot, "extend")
    qt.typed("20160604")
    qt.press(Qt.Key.Key_Return)
    qt.commit("台风停电")
    qt.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.extending.confirm
    qt.press(Qt.Key.Key_Return)
    office.work.drain()
    assert office.see(notices.view, notice).last == date(2016, 6, 4)


def test_enter_walks_through_the_places(office: Office, open_page: OpenPage, qtbot: QtBot) -> None:
    notice = made(office, 1)
    page = open_page()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    press(page, qtbot, "post")
    qt.typed("20160525")
    qt.press(Qt.Key.Key_Return)
    assert set(page.posting.places.days().values()) == {TODAY}
    qt.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    office.work.drain()
    assert office.see(notices.view, notice).decide_from == date(2016, 6, 2)
