"""The window's inside: pages built when visited, news passed on, messages and progress in place."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from db.errors import Known, Problem, Refused
from desktop.app.hub import Hub
from desktop.app.work import Ticket, Work
from desktop.widgets.page import Page
from desktop.window.job import Job
from desktop.window.search import Hit
from desktop.window.shell import Shell
from desktop.window.sidebar import Shelf, Sidebar
from tests.helpers.qt import compose, focus, press, shown, typed

JOBS = [Job("desk", "工作台", "desk"), Job("notices", "公示", "notices", 1), Job("ledgers", "月度台账", "ledgers", 2)]


class Notes(Page):
    """Writes down what it is asked."""

    interests: ClassVar[frozenset[str]] = frozenset({"notice"})
    built: ClassVar[list[str]] = []

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.built.append(name)
        self.asked: list[object] = []
        self.holds = False
        self.line = QLineEdit(self)
        self.body.addWidget(self.line)

    def refresh(self) -> None:
        self.asked.append("refresh")

    def save(self) -> None:
        self.asked.append("save")

    def preview(self) -> None:
        self.asked.append("preview")

    def next_record(self) -> None:
        self.asked.append("next")

    def may_leave(self) -> bool:
        return not self.holds

    def open_thing(self, thing: object) -> None:
        self.asked.append(thing)


class Desk(Notes):
    def __init__(self) -> None:
        super().__init__("desk")


class Notices(Notes):
    def __init__(self) -> None:
        super().__init__("notices")


@pytest.fixture
def work(qapp: object) -> Iterator[Work]:
    made = Work()
    yield made
    made.close()


@pytest.fixture
def hub(qapp: object) -> Hub:
    return Hub()


@pytest.fixture
def shell(qtbot: QtBot, work: Work, hub: Hub) -> Shell:
    Notes.built.clear()
    made = Shell(JOBS, {"desk": Desk, "notices": Notices}, work, hub)
    shown(qtbot, made, 1366, 768)
    made.go("desk")
    return made


def here(shell: Shell) -> Notes:
    page = shell.current_page()
    assert isinstance(page, Notes)
    return page


def test_pages_are_built_when_first_visited(shell: Shell, qtbot: QtBot) -> None:
    assert Notes.built == ["desk"]
    with qtbot.waitSignal(shell.visited, check_params_cb="notices".__eq__):
        QTest.mouseClick(shell.sidebar, Qt.MouseButton.LeftButton, pos=shell.sidebar.place("notices").center())
    shell.go("desk")
    shell.go("notices")
    assert Notes.built == ["desk", "notices"]
    assert shell.sidebar.current() == "notices"
    assert set(shell.built()) == {"desk", "notices"}


def test_a_page_that_holds_on_is_not_left(shell: Shell) -> None:
    here(shell).holds = True
    assert shell.go("notices") is None
    assert shell.sidebar.current() == "desk"
    assert not shell.may_close()
    here(shell).holds = False
    assert shell.go("notices") is not None
    assert shell.may_close()


def test_an_opened_page_takes_the_keyboard(shell: Shell) -> None:
    shell.top.search.take_focus()
    shell.go("notices")
    assert here(shell).hasFocus()


def test_the_keyboard_comes_back_to_where_it_was_left(shell: Shell) -> None:
    left = focus(here(shell).line)
    shell.go("notices")
    shell.go("desk")
    assert QApplication.focusWidget() is left


def test_a_job_that_is_not_built_is_not_opened(shell: Shell) -> None:
    assert shell.go("ledgers") is None
    assert shell.sidebar.current() == "desk"


def test_keys_reach_the_page_that_is_looked_at(shell: Shell) -> None:
    focus(here(shell).line)
    here(shell).asked.clear()
    control = Qt.KeyboardModifier.ControlModifier
    for key, modifiers in (
        (Qt.Key.Key_S, control), (Qt.Key.Key_P, control), (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier),
    ):  # fmt: skip
        press(key, modifiers)
    assert here(shell).asked == ["save", "preview", "next", "refresh"]


def test_news_refreshes_the_page_looked_at_and_stales_the_other(shell: Shell, hub: Hub) -> None:
    desk = here(shell)
    shell.go("notices")
    desk.asked.clear()
    here(shell).asked.clear()
    hub.announce(frozenset({"notice"}))
    assert here(shell).asked == ["refresh"]
    assert (desk.asked, desk.stale) == ([], True)
    hub.announce(frozenset({"people"}))
    assert here(shell).asked == ["refresh"]


def test_what_a_page_says_is_shown(shell: Shell) -> None:
    page = here(shell)
    page.said.emit("已张贴。", "pine")
    page.selection_said.emit("选中 2 行")
    page.counts_said.emit({"notices": 3})
    assert shell.banner.text() == "已张贴。"
    assert shell.foot.texts()[2] == "选中 2 行"
    assert shell.sidebar.count("notices") == 3
    page.go_asked.emit("notices", 17)
    assert here(shell).asked == [17] or here(shell).asked == ["refresh", 17]
    assert shell.foot.texts()[2] == ""


def test_refusals_and_trouble_are_said_in_place(shell: Shell, work: Work) -> None:
    work.trouble.emit(Refused([Problem("没有户主", where="廖某户"), Problem("二"), Problem("三"), Problem("四")]))
    assert shell.banner.text() == "廖某户：没有户主；二；三……共 4 条"
    work.trouble.emit(Known("磁盘已满，没有写入。", "请清理后重试。"))
    assert shell.banner.text() == "磁盘已满，没有写入。请清理后重试。"


def test_a_slow_job_is_shown_and_can_be_stopped(shell: Shell, work: Work) -> None:
    ticket = Ticket("写台账")
    ticket.report(5, 10)
    work.progressed.emit(ticket)
    assert shell.strip.text() == "正在写台账 … 5 / 10"
    QTest.mouseClick(shell.strip.cancel, Qt.MouseButton.LeftButton)
    assert ticket.stopping()
    work.progressed.emit(None)
    assert shell.strip.isHidden()


def test_the_frame_says_where_who_and_when(shell: Shell) -> None:
    shell.top.set_town("华阳镇扶贫办")
    shell.top.set_person("经办人：陈")
    shell.top.set_day(date(2016, 11, 21))
    shell.foot.set_facts("华阳镇 · 566 户 1,531 人")
    shell.foot.set_safety("最近备份 昨天", due=True)
    assert shell.top._day.text() == "· 2016-11-21 周一"
    assert shell.foot.texts() == ("华阳镇 · 566 户 1,531 人", "· 最近备份 昨天", "")


def test_search_asks_after_a_pause_and_hands_back_the_hit(shell: Shell, qtbot: QtBot) -> None:
    search = shell.top.search
    press_into = focus(here(shell).line)
    assert press_into is here(shell).line
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is search.field
    with qtbot.waitSignal(search.asked, check_params_cb="lmm".__eq__):
        typed("lmm")
    search.show_hits("lm", [Hit("旧的", "", 1)])
    assert search.hits.isHidden()
    search.show_hits("lmm", [Hit("廖某明", "华南村", 1), Hit("李某梅", "华新村", 2)])
    assert search.hits.isVisible()
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(search.chosen, check_params_cb=(2).__eq__):
        press(Qt.Key.Key_Return)
    assert search.hits.isHidden()


def test_search_without_hits_says_so_and_folds(shell: Shell, qtbot: QtBot) -> None:
    search = shell.top.search
    search.take_focus()
    typed("zzz")
    search.show_hits("zzz", [])
    assert "没有找到“zzz”" in search.hits.model().index(0, 0).data()
    with qtbot.assertNotEmitted(search.chosen):
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert search.hits.isHidden()


def test_search_leaves_return_to_the_input_method(shell: Shell, qtbot: QtBot) -> None:
    shell.top.search.take_focus()
    compose("liao")
    with qtbot.assertNotEmitted(shell.top.search.asked):
        press(Qt.Key.Key_Return)


def test_a_cover_shuts_everything_off(shell: Shell) -> None:
    cover = QLineEdit()
    shell.set_overlay(cover)
    assert cover.geometry() == shell.rect()
    assert cover.hasFocus()
    here(shell).asked.clear()
    press(Qt.Key.Key_F5)
    assert here(shell).asked == []
    assert not shell.stack.isEnabled()
    shell.resize(1400, 800)
    assert cover.geometry() == shell.rect()
    shell.set_overlay(None)
    focus(here(shell).line)
    press(Qt.Key.Key_F5)
    assert here(shell).asked == ["refresh"]


def test_the_navigation_walks_by_arrow(shell: Shell) -> None:
    focus(shell.sidebar)
    press(Qt.Key.Key_Down)
    assert shell.sidebar.current() == "notices"
    press(Qt.Key.Key_Up)
    assert shell.sidebar.current() == "desk"


def test_icons_come_after_the_first_paint(qtbot: QtBot) -> None:
    sidebar = Sidebar(JOBS)
    sidebar.grab()
    assert not sidebar._icons
    shown(qtbot, sidebar)
    qtbot.waitUntil(lambda: set(sidebar._icons) == {"desk", "notices", "ledgers"})


def test_every_job_stays_in_sight_on_a_low_screen(qtbot: QtBot) -> None:
    sidebar = Sidebar(JOBS)
    qtbot.addWidget(sidebar)
    last, first = JOBS[-1].key, JOBS[0].key
    sidebar.resize(sidebar.width(), 780)
    roomy = sidebar.place(first).height()
    sidebar.resize(sidebar.width(), len(JOBS) * 30 + 70)
    assert sidebar.place(last).bottom() < sidebar.height()
    assert sidebar.place(first).height() < roomy
    boxes = [sidebar.place(job.key) for job in JOBS]
    assert all(above.bottom() < below.top() for above, below in pairwise(boxes))


def test_on_a_screen_too_low_the_navigation_scrolls_to_the_open_job(qtbot: QtBot) -> None:
    jobs = [Job(f"j{n}", f"第{n}项", group=n // 7) for n in range(20)]
    sidebar = Sidebar(jobs)
    shelf = Shelf(sidebar)
    shown(qtbot, shelf)
    shelf.resize(shelf.width(), 360)
    assert not shelf.viewport().rect().contains(sidebar.place("j19"))
    for key in ("j19", "j0"):
        sidebar.set_current(key)
        top = sidebar.mapTo(shelf.viewport(), sidebar.place(key).topLeft())
        assert shelf.viewport().rect().contains(top)
        assert shelf.viewport().rect().contains(sidebar.mapTo(shelf.viewport(), sidebar.place(key).bottomRight()))


def test_on_a_small_screen_drawn_large_the_day_gives_way_to_what_is_pressed(shell: Shell, qtbot: QtBot) -> None:
    shell.top.set_town("华阳镇扶贫办")
    shell.top.set_person("经办人：陈某明")
    shell.top.set_day(date(2016, 5, 25))
    day = next(part for part in shell.top.findChildren(QLabel) if "2016-05-25" in part.text())
    assert day.isVisible()
    shell.resize(683, 384)
    qtbot.waitUntil(day.isHidden)
    search, pressed = shell.top.search, shell.top.help
    qtbot.waitUntil(lambda: search.geometry().right() < pressed.geometry().left())
    shell.resize(1366, 768)
    qtbot.waitUntil(day.isVisible)
