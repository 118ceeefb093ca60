"""The wired window: the jobs, the marks, the search, the foot, what opening found, and the way out with its backup."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.errors import Known
from db.rules.codes import Role
from db.services.cases import applications
from db.services.office import standing
from db.services.register import households
from db.store.backup import backups, folder_of
from db.store.clockguard import ClockState
from db.store.keys import keys_path
from desktop.app import leaving as leaving_module
from desktop.app.dayguard import DayGuard
from desktop.app.jobs import JOBS
from desktop.app.news import backup_words
from desktop.app.wiring import Workplace
from desktop.pages.care.health import HealthPanel
from desktop.pages.care.page import CarePage
from desktop.pages.entry.leaving import LeavingPage
from desktop.pages.households.page import HouseholdsPage
from desktop.widgets.dialogs import SecondPersonDialog
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.program import Clerk, clerk, settle, signing
from tests.helpers.qt import commit, focus, press
from tests.helpers.record import CLERK, START

__all__ = ["clerk"]


@pytest.fixture
def place(clerk: Clerk) -> Workplace:
    """The clerk at his desk."""
    clerk.make_record()
    return clerk.log_in(clerk.start(clerk.path))


def add_household(place: Workplace) -> int:
    """One application, as if a page had filed it."""
    saved = place.office.act(applications.file, town.household(1))
    place.office.hub.announce(frozenset({"cases", "households"}))
    return saved.household_id


def counted(place: Workplace) -> None:
    place.news._gather.stop()
    place.news._count()
    settle(place)


def test_every_job_has_its_page(place: Workplace) -> None:
    for job in JOBS:
        assert place.shell.go(job.key) is not None, job.title
    settle(place)
    assert set(place.shell.built()) == {job.key for job in JOBS}


def test_the_frame_says_who_where_and_how_safe(place: Workplace) -> None:
    assert place.shell.top.person.text() == "经办人：钟小明"
    counted(place)
    facts, safety, _ = place.shell.foot.texts()
    assert facts == "华阳镇 · 2 个行政村 · 0 户 0 人 · 数据已加密保存于本机"
    assert safety == "· 还没有备份"


def test_marks_follow_what_waits_and_are_counted_once(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    add_household(place)
    for _ in range(5):
        place.office.hub.announce(frozenset({"cases"}))
    assert place.news._gather.isActive()
    counted(place)
    assert place.shell.sidebar.count("verification") == 1
    assert "1 户 2 人" in place.shell.foot.texts()[0]


def test_the_search_opens_the_household(place: Workplace) -> None:
    household_id = add_household(place)
    head = place.office.see(households.get, household_id).head_name
    place.shell.window().activateWindow()
    focus(place.shell.top.search.field)
    commit(head)
    press(Qt.Key.Key_Return)
    settle(place)
    assert place.shell.top.search.hits.model().rowCount() == 1
    place.shell.top.search.chosen.emit(household_id)
    page = place.shell.current_page()
    assert isinstance(page, HouseholdsPage)
    assert page.view.file is not None
    assert page.view.file.household.head_name == head
    settle(place)


def test_a_new_day_is_noticed(place: Workplace, clerk: Clerk, qtbot: QtBot) -> None:
    clerk.clock.pass_time(timedelta(days=1))
    with qtbot.waitSignal(place.office.hub.changed):
        place.news._look.timeout.emit()
    assert "· 2016-05-26 周四" in [part.text() for part in place.shell.top.findChildren(QLabel)]
    settle(place)


def test_the_last_backup_is_said_in_words() -> None:
    assert backup_words(START, START) == "最近备份 今天 08:30（已校验）"
    assert backup_words(START - timedelta(days=1), START) == "最近备份 昨天 08:30（已校验）"
    assert backup_words(START - timedelta(days=9), START) == "最近备份 05-16 08:30（已校验）"
    assert backup_words(START - timedelta(days=365), START) == "最近备份 2015-05-26 08:30（已校验）"


def test_leaving_makes_a_backup_of_what_changed(place: Workplace, clerk: Clerk) -> None:
    left: list[bool] = []
    place.left.connect(lambda: left.append(True))
    add_household(place)
    place.leave()
    assert place.leaving.under_way
    settle(place)
    assert left == [True]
    assert len(backups(folder_of(clerk.path), "town")) == 1


def test_a_trouble_nobody_took_is_said_where_it_is_read(clerk: Clerk) -> None:
    clerk.make_record()
    program = clerk.start(clerk.path)
    program.tell(Known("磁盘已满。", "请清理磁盘。"))
    assert program.entry.login.banner.text() == "磁盘已满。请清理磁盘。"
    place = clerk.log_in(program)
    program.tell(Known("磁盘已满。", "请清理磁盘。"))
    assert place.shell.banner.text() == "磁盘已满。请清理磁盘。"


def test_closing_the_window_waits_for_the_backup(clerk: Clerk) -> None:
    clerk.make_record()
    program = clerk.start(clerk.path)
    place = clerk.log_in(program)
    assert not program.window.close()
    assert program.window.isVisible()
    settle(place)
    assert not program.window.isVisible()
    assert len(backups(folder_of(clerk.path), "town")) == 1


def test_leaving_without_a_change_makes_none(place: Workplace, clerk: Clerk) -> None:
    add_household(place)
    place.office.backup_before("试")
    clerk.clock.pass_time(timedelta(hours=1))
    left: list[bool] = []
    place.left.connect(lambda: left.append(True))
    place.leave()
    assert left == [True]
    assert len(backups(folder_of(clerk.path), "town")) == 1


def test_what_came_in_the_second_of_the_last_backup_is_backed_up(place: Workplace, clerk: Clerk) -> None:
    """A roster is backed up before and taken in within the same second."""
    place.office.backup_before("名册录入")
    clerk.clock.pass_time(timedelta(milliseconds=400))
    add_household(place)
    clerk.clock.pass_time(timedelta(hours=1))
    place.leave()
    assert place.leaving.under_way
    settle(place)
    assert len(backups(folder_of(clerk.path), "town")) == 2


def test_a_backup_that_fails_is_said_and_holds_nobody(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise Known("磁盘已满。", "请清理磁盘。")

    monkeypatch.setattr(leaving_module, "backup", full)
    left: list[bool] = []
    place.left.connect(lambda: left.append(True))
    place.leave()
    settle(place)
    page = place.shell.findChild(LeavingPage)
    assert isinstance(page, LeavingPage)
    assert "磁盘已满" in page.subtitle.text()
    assert left == []
    page.stay.click()
    assert not place.leaving.under_way
    assert place.shell.sidebar.isEnabled()
    place.leave()
    settle(place)
    found = place.leaving._page
    assert found is not None
    found.leave.click()
    assert left == [True]


def _not_now(_: SecondPersonDialog) -> int:
    return int(SecondPersonDialog.DialogCode.Rejected)


def test_a_date_behind_the_record_is_confirmed_by_the_reviewer(clerk: Clerk, dialogs: Dialogs) -> None:
    dialogs.answer(SecondPersonDialog, _not_now)
    clerk.make_record()
    clerk.clock.set_wall(START - timedelta(days=3))
    place = clerk.log_in(clerk.start(clerk.path))
    assert place.office.record.clock_state is ClockState.BEHIND
    with pytest.raises(Known, match="暂时不能保存"):
        add_household(place)
    offered: list[str] = []

    def sign(dialog: SecondPersonDialog) -> int:
        offered.extend(dialog.name.itemText(n) for n in range(dialog.name.count()))
        return signing("电脑电池没电，日期已校对")(dialog)

    dialogs.answer(SecondPersonDialog, sign)
    place.days.look()
    settle(place)
    assert offered == ["曾阿慧"]
    assert place.office.record.clock_state is ClockState.TRUSTED
    assert place.shell.banner.text() == ""


def test_a_date_far_ahead_is_asked_of_the_other_person(clerk: Clerk, dialogs: Dialogs) -> None:
    dialogs.answer(SecondPersonDialog, _not_now)
    clerk.make_record()
    clerk.clock.set_wall(START + timedelta(days=30))
    place = clerk.log_in(clerk.start(clerk.path))
    given = iter(("wrong", "reviewer's pass-2"))
    said: list[str] = []

    def sign(dialog: SecondPersonDialog) -> int:
        said.append(dialog.windowTitle())
        return signing("放假一个月", password=next(given))(dialog)

    dialogs.answer(SecondPersonDialog, sign)
    place.days.look()
    settle(place)
    assert said == ["电脑日期跳后了"] * 2
    assert place.office.record.clock_state is ClockState.TRUSTED


def test_a_refused_answer_leaves_the_banner(clerk: Clerk, dialogs: Dialogs) -> None:
    dialogs.answer(SecondPersonDialog, _not_now)
    clerk.make_record()
    clerk.clock.set_wall(START + timedelta(days=30))
    place = clerk.log_in(clerk.start(clerk.path))
    place.days.look()
    assert "今天是 2016-06-24 周五" in place.shell.banner.text()
    assert isinstance(place.days, DayGuard)


def test_an_older_copy_in_the_records_place_is_said_until_two_accept_it(
    place: Workplace, clerk: Clerk, dialogs: Dialogs
) -> None:
    old = clerk.folder / "old"
    old.mkdir()
    place.office.backup_before("试")
    made = backups(folder_of(clerk.path), "town")[0].path
    add_household(place)
    place.close()
    for source, target in ((made, clerk.path), (keys_path(made), keys_path(clerk.path))):
        shutil.copyfile(source, target)
    again = clerk.log_in(clerk.start(clerk.path))
    assert "与上次在本机使用时不同" in again.shell.banner.text()
    assert "由两人在" in again.shell.banner.text()
    page = again.shell.go("care", "health")
    assert isinstance(page, CarePage)
    panel = page.panels["health"]
    assert isinstance(panel, HealthPanel)
    dialogs.answer(SecondPersonDialog, signing("恢复了备份"))
    panel.accept.click()
    settle(again)
    assert again.office.record.same_history
    assert panel.accept.isHidden()


def test_a_broken_trail_is_said_after_the_log_in(place: Workplace) -> None:
    place._on_verified(["留痕第3条内容被改。"])
    assert "操作日志核对不上：留痕第3条内容被改。" in place.shell.banner.text()


def test_logging_in_is_no_change_to_back_up(place: Workplace, clerk: Clerk) -> None:
    clerk.clock.pass_time(timedelta(hours=1))
    place.office.record.switch(CLERK.name, CLERK.password)
    assert place.office.see(standing.last_change) == START
    assert place.office.record.actor.role is Role.CLERK


def test_the_record_of_today_is_remembered(place: Workplace, clerk: Clerk) -> None:
    assert clerk.settings.last_record == Path(clerk.path)
    assert clerk.settings.last_name == CLERK.name
    assert clerk.settings.text("last/town") == "华阳镇"
