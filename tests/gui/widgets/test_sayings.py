"""Small widgets that say something in place: banner, empty page, strip, explanation at the right, places and dates, page."""

from datetime import date
from typing import ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.banner import Banner
from desktop.widgets.empty import Empty
from desktop.widgets.page import Page
from desktop.widgets.postings import Place, Postings
from desktop.widgets.progress import ProgressStrip
from desktop.widgets.side import Figure, Line, SideCard
from tests.helpers.qt import commit, focus, shown


def words(widget: QWidget) -> list[str]:
    """All visible labels in order; a layout shows new ones only when its posted events are sent."""
    QCoreApplication.sendPostedEvents()
    return [part.text() for part in widget.findChildren(QLabel) if part.isVisibleTo(widget) and part.text()]


def test_a_fault_stays_and_news_goes_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    banner = shown(qtbot, Banner())
    monkeypatch.setattr(banner, "underMouse", lambda: False)
    banner.say("密码不对，请重新录入。", "red")
    assert words(banner)[:2] == ["✕", "密码不对，请重新录入。"]
    assert not banner._timer.isActive()
    banner.say("已保存。")
    banner._timer.setInterval(1)
    banner._timer.start()
    with qtbot.waitSignal(banner.closed):
        pass
    assert banner.text() == ""


def test_nothing_moves_under_the_mouse(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    banner = shown(qtbot, Banner())
    monkeypatch.setattr(banner, "underMouse", lambda: True)
    banner.say("已保存。")
    banner.drop_news()
    banner._timer.timeout.emit()
    assert banner.text() == "已保存。"
    banner.drop_news()
    assert banner.text() == ""


def test_a_banner_with_an_action_waits_for_it(qtbot: QtBot) -> None:
    banner = shown(qtbot, Banner())
    banner.say("已导出。", "pine", "打开文件夹")
    assert not banner._timer.isActive()
    with qtbot.waitSignal(banner.acted):
        QTest.mouseClick(banner._act, Qt.MouseButton.LeftButton)
    banner.close_now()
    assert banner.isHidden()


def test_an_empty_page_says_what_to_do_first(qtbot: QtBot) -> None:
    empty = shown(qtbot, Empty("还没有公示。", "先录入民主评议。", "去民主评议"))
    assert words(empty) == ["还没有公示。", "先录入民主评议。"]
    with qtbot.waitSignal(empty.acted):
        QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    empty.say("没有符合条件的农户。")
    assert empty.button.isHidden()


def test_the_strip_says_how_far_and_can_be_stopped_once(qtbot: QtBot) -> None:
    strip = shown(qtbot, ProgressStrip())
    strip.hide()
    strip.show_job("写台账", 1020, 1531, "贫困人口花名册")
    assert strip.text() == "正在写台账 贫困人口花名册 … 1,020 / 1,531"
    with qtbot.waitSignal(strip.cancel_asked):
        QTest.mouseClick(strip.cancel, Qt.MouseButton.LeftButton)
    strip.show_job("写台账", 1030, 1531)
    assert not strip.cancel.isEnabled()
    strip.hide()
    strip.show_job("读取名册")
    assert strip.cancel.isEnabled()
    strip.show_job("保存", stoppable=False)
    assert strip.cancel.isHidden()


def test_findings_carry_a_sign_besides_the_colour(qtbot: QtBot) -> None:
    side = shown(qtbot, SideCard("为什么在册"))
    side.show_lines(
        [Line("收入低于标准", "ok", "省实施意见 第 2 条"), Line("粮食一项未填", "mind"), Line("有小汽车", "bad")]
    )
    assert words(side) == [
        "为什么在册",
        "✓",
        "收入低于标准",
        "省实施意见 第 2 条",
        "!",
        "粮食一项未填",
        "✕",
        "有小汽车",
    ]
    side.show_figures([Figure("工资性收入", "4,200.00"), Figure("人均", "3,212.00", total=True)], "低于 4,000 元")
    assert words(side) == ["为什么在册", "4,200.00", "工资性收入", "3,212.00", "人均", "低于 4,000 元"]


def test_places_take_dates_and_spread_the_first(qtbot: QtBot) -> None:
    postings = shown(qtbot, Postings())
    postings.set_places(
        [Place("office", "村委会"), Place("1", "第一组"), Place("2", "第二组", date(2016, 11, 16), "照片")]
    )
    focus(postings.editor("office"))
    commit("20161115")
    postings.spread()
    assert postings.days() == {"office": date(2016, 11, 15), "1": date(2016, 11, 15), "2": date(2016, 11, 16)}
    focus(postings.editor("1"))
    commit("没贴")
    assert not postings.check()
    assert postings.days()["1"] is None
    with qtbot.waitSignal(postings.photo_asked, check_params_cb="2".__eq__):
        QTest.mouseClick(postings._photos["2"], Qt.MouseButton.LeftButton)
    postings.set_places([Place("office", "村委会")])
    assert words(postings) == ["村委会"]
    assert list(postings.days()) == ["office"]


class Notices(Page):
    """A page that counts its refreshes."""

    interests: ClassVar[frozenset[str]] = frozenset({"notice"})

    def __init__(self) -> None:
        super().__init__("公示", "张贴之日的次日起算满 7 天")
        self.refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


def test_a_page_refreshes_when_shown_and_not_when_hidden(qtbot: QtBot) -> None:
    page = Notices()
    qtbot.addWidget(page)
    page.take_change(frozenset({"notice"}), None)
    assert page.refreshed == 0
    page.show()
    assert page.refreshed == 1
    page.take_change(frozenset({"notice"}), None)
    page.take_change(frozenset({"people"}), None)
    page.take_change(frozenset({"notice"}), page)
    assert page.refreshed == 2
    page.hide()
    page.take_change(frozenset({"notice", "people"}), None)
    assert page.refreshed == 2
    page.show()
    page.hide()
    page.show()
    assert page.refreshed == 3


def test_a_page_has_a_head(qtbot: QtBot) -> None:
    page = shown(qtbot, Notices())
    assert words(page) == ["公示", "张贴之日的次日起算满 7 天"]
    assert page.add_button("新建公示（27 户已评议）", "primary").property("kind") == "primary"
    page.set_title("公告")
    page.set_subtitle("")
    assert words(page) == ["公告"]
