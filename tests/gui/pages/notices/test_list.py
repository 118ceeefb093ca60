"""The list of notices, what stands below it, and the real page beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from db.services.deciding import corrections
from db.services.notices import notices, objections
from db.services.notices.objections import Objection
from db.services.office import settings
from db.services.town import town as town_service
from db.services.town.search import Filter
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.notices.page import NoticesPage
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import Ask, SecondPersonDialog
from tests.gui.pages.notices.conftest import PLACES, TODAY, OpenPage, made, pass_days, passed, posted, village_id
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.record import REVIEWER, vouch


def cells(page: NoticesPage, row: int = 0) -> list[str]:
    table = page.table.table
    return [table.cell(row, column).text for column in range(table.model().columnCount())]


def press(page: NoticesPage, qtbot: QtBot, act: str) -> None:
    QTest.mouseClick(page.detail.buttons[act], Qt.MouseButton.LeftButton)


def said(page: NoticesPage) -> str:
    """Everything written below the list."""
    return "\n".join(words.text() for words in page.detail.findChildren(QLabel) if words.isVisible())


def test_an_empty_page_says_what_to_do_first(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    assert page.empty.isVisible()
    assert not page.new.isEnabled()
    with qtbot.waitSignal(page.go_asked) as asked:
        QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["appraisals", None]


def test_the_list_shows_days_and_what_is_missing(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    posted(office, 1, 2)
    pass_days(office, clock, 3)
    made(office, 3)
    page = open_page()
    assert cells(page, 0)[2:5] == ["1 户 2 人", "未张贴", "未起算"]
    assert cells(page, 1) == ["2016年第1次公示", "华南村", "2 户 4 人", "05-25", "06-01", "第 3 天 / 7 天", "无"]
    assert page.detail.buttons["post"].text() == "登记张贴（缺 4 处）"
    assert page.side.preview.print.text() == "打印 4 份"
    assert "还没有起算" in said(page)
    page.table.table.go_to(1)
    office.work.drain()
    assert "公示期：05-26 至 06-01 24:00，06-02 起可出具初审意见" in said(page)
    assert not page.side.planned.isVisible()


def test_the_last_day_and_the_day_after(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    posted(office, 1)
    pass_days(office, clock, 7)
    page = open_page()
    assert cells(page)[4] == "今天 24:00"
    assert not page.detail.buttons["take_down"].isVisible()
    pass_days(office, clock, 1)
    page.refresh()
    office.work.drain()
    assert cells(page)[5] == "第 7 天 / 7 天"
    assert page.detail.buttons["take_down"].isVisible()
    assert not page.detail.buttons["extend"].isVisible()


def test_the_paper_follows_the_planned_day(office: Office, open_page: OpenPage) -> None:
    made(office, 1)
    page = open_page()
    assert page.side.planned_day() == TODAY
    assert "5月26日至6月1日" in page.side.period.text()
    page.side.planned.set_value(date(2016, 5, 28))
    page.side.planned.left.emit()
    office.work.drain()
    paper = page.side.preview.paper
    assert paper is not None
    assert "2016年5月29日至2016年6月4日，共7天" in paper.text()


def test_a_posting_that_differs_from_the_copies_is_said(
    office: Office, open_page: OpenPage, tmp_path: Path, qtbot: QtBot
) -> None:
    notice = made(office, 1)
    page = open_page()
    page.side.planned.set_value(date(2016, 5, 27))
    page.side.planned.left.emit()
    office.work.drain()
    with qtbot.waitSignal(page.said) as word:
        page.side.preview.save_to(tmp_path / "榜.pdf")
        office.work.drain()
    assert word.args == ["已存为“榜.pdf”。", "pine"]
    assert (tmp_path / "榜.pdf").stat().st_size > 1000
    office.act(notices.post, notice, dict.fromkeys(PLACES, (TODAY, "")))
    page.refresh()
    office.work.drain()
    assert "榜上印的公示期是 05-28 至 06-03，按实际张贴是 05-26 至 06-01" in said(page)


def test_a_private_number_keeps_the_page_from_being_shown(office: Office, open_page: OpenPage) -> None:
    made(office, 1)
    phone = town.household(1).phone
    loose = town_service.Options(contact=f"古大海{phone}")
    office.act(settings.change, loose, second=vouch(office.record))
    page = open_page()
    assert page.side.preview.paper is None
    assert not page.side.preview.print.isEnabled()
    assert "不能公开的号码" in page.side.fault.text()
    assert phone not in page.side.fault.text()


def test_missing_phones_are_named(office: Office, open_page: OpenPage) -> None:
    made(office, 1)
    office.act(settings.change, town_service.Options(), second=vouch(office.record))
    page = open_page()
    assert "华阳镇扶贫办的电话、五华县扶贫办的电话、华阳镇扶贫办的联系人" in page.side.fault.text()
    assert page.side.preview.paper is not None


def test_a_wrong_list_comes_down_with_a_second_person(
    office: Office, open_page: OpenPage, qtbot: QtBot, dialogs: Dialogs
) -> None:
    posted(office, 1)
    page = open_page()

    def agree(dialog: SecondPersonDialog) -> int:
        dialog.name.setCurrentText(REVIEWER.name)
        dialog.password.setText(REVIEWER.password)
        dialog.reason.setPlainText("户主姓名写错")
        dialog.agree.click()
        return int(QDialog.DialogCode.Accepted)

    dialogs.answer(SecondPersonDialog, agree)
    press(page, qtbot, "wrong")
    office.work.drain()
    assert cells(page)[4] == "已撤下"
    assert page.new.text() == "新建公示（1 户 2 人已评议）"
    assert "作废" in said(page)
    paper = page.side.preview.paper
    assert paper is not None
    assert paper.watermark == "已作废"
    visible = [act for act, button in page.detail.buttons.items() if button.isVisible()]
    assert visible == []


def test_other_pages_open_a_notice_or_begin_one(office: Office, open_page: OpenPage) -> None:
    first = posted(office, 1)
    made(office, 2)
    passed(office, 3)
    page = open_page()
    page.open_thing(first)
    office.work.drain()
    notice = page.notice()
    assert notice is not None
    assert notice.id == first
    page.open_thing(Filter(village_id=village_id(office)))
    office.work.drain()
    assert page.panel() is page.creating
    assert page.creating.confirm.text() == "新建公示（1 户 2 人）"


def test_a_thing_without_a_notice_here_opens_the_register(office: Office, open_page: OpenPage) -> None:
    notice = posted(office, 1)
    case_id = office.see(notices.view, notice).case_ids[0]
    office.act(objections.register, Objection(case_id, TODAY, "", "来访", "有小汽车"))
    page = open_page()
    page.open_thing(Filter())
    office.work.drain()
    assert page.panel() is page.register
    assert page.register.list.count() == 1
    page.register.print.click()
    office.work.drain()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert "有小汽车" in window.windowTitle() + (window.preview.paper.text() if window.preview.paper else "")
    window.close()
    page.register.confirm.click()
    assert page.panel() is page.investigating


def test_leaving_a_form_half_typed_is_asked(
    office: Office, open_page: OpenPage, qtbot: QtBot, dialogs: Dialogs
) -> None:
    posted(office, 1)
    page = open_page()
    press(page, qtbot, "extend")
    assert page.may_leave()
    QTest.keyClicks(page.extending.form.editor("last").core, "2016-6-5")
    dialogs.answer(Ask, stay)
    QTest.keyClick(page.extending.form.editor("last").core, Qt.Key.Key_Escape)
    assert page.panel() is page.extending
    assert page.extending.form.editor("last").raw() == "2016-6-5"
    dialogs.answer(Ask, drop)
    assert page.may_leave()
    assert page.panel() is None


def stay(dialog: Ask) -> int:
    dialog.chosen = "stay"
    return 1


def drop(dialog: Ask) -> int:
    dialog.chosen = "drop"
    return 1


def test_a_reposted_list_after_a_wrong_one_says_so(office: Office, open_page: OpenPage) -> None:
    wrong = posted(office, 1)
    office.act(corrections.take_down_wrong, wrong, "写错", second=vouch(office.record))
    office.act(notices.create, village_id(office), office.see(notices.view, wrong).case_ids)
    page = open_page()
    paper = page.side.preview.paper
    assert paper is not None
    assert "2016年5月25日张贴的名单作废" in paper.text()


def test_enter_on_a_notice_does_what_it_waits_for(office: Office, open_page: OpenPage) -> None:
    made(office, 1)
    page = open_page()
    page.table.table.setFocus()
    QTest.keyClick(page.table.table, Qt.Key.Key_Return)
    assert page.panel() is page.posting
    QTest.keyClick(page.posting.same.core, Qt.Key.Key_Escape)
    assert page.panel() is None
