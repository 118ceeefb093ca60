"""The lock: it comes by itself, hides everything, lets only the same person or another one in, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.errors import Known
from db.services.town import town
from desktop.app.idle import Idle
from desktop.app.wiring import Workplace
from desktop.pages.entry.lock import LockPage
from tests.helpers.program import Clerk, clerk, settle, type_in
from tests.helpers.qt import focus
from tests.helpers.record import CLERK, REVIEWER

__all__ = ["clerk"]


@pytest.fixture
def place(clerk: Clerk) -> Workplace:
    """The clerk at his desk."""
    clerk.make_record()
    return clerk.log_in(clerk.start(clerk.path))


def lock_page(place: Workplace) -> LockPage:
    page = place.curtain.page
    assert isinstance(page, LockPage)
    return page


def visible_texts(window: QWidget) -> list[str]:
    return [part.text() for part in window.findChildren(QLabel) if part.isVisible() and part.text()]


def test_five_minutes_untouched_lock_and_a_touch_begins_anew(qapp: QApplication) -> None:
    now = [0.0]
    away: list[float] = []
    idle = Idle(5, counter=lambda: now[0])
    idle.away.connect(lambda: away.append(now[0]))
    window = QLineEdit()
    window.show()
    QTest.qWaitForWindowActive(window)
    focus(window)
    now[0] = 299.0
    idle.look()
    QTest.keyClick(window, Qt.Key.Key_A)
    now[0] = 598.0
    idle.look()
    assert away == []
    now[0] = 599.0
    idle.look()
    idle.look()
    assert away == [599.0]
    idle.stop()
    window.close()
    window.deleteLater()


def test_mouse_and_composed_characters_are_touches_too(qapp: QApplication) -> None:
    now = [0.0]
    away: list[float] = []
    idle = Idle(5, counter=lambda: now[0])
    idle.away.connect(lambda: away.append(now[0]))
    window = QLineEdit()
    window.show()
    QTest.qWaitForWindowActive(window)
    focus(window)
    handle = window.windowHandle()
    assert handle is not None
    touches: tuple[Callable[[], object], ...] = (
        lambda: QTest.mouseMove(handle, QPoint(3, 3)),
        lambda: QTest.mouseClick(handle, Qt.MouseButton.LeftButton),
        lambda: QApplication.sendEvent(window, QInputMethodEvent("ni", [])),
    )
    for touch in touches:
        now[0] += 299
        touch()
        now[0] += 299
        idle.look()
    assert away == []
    idle.stop()
    window.close()
    window.deleteLater()


def test_the_minutes_stay_between_one_and_fifteen(qapp: QApplication) -> None:
    idle = Idle(99)
    assert idle.minutes == 15
    idle.set_minutes(0)
    assert idle.minutes == 1
    idle.stop()


def test_nothing_of_the_work_is_seen(place: Workplace) -> None:
    place.shell.say("廖某明户已保存")
    assert "廖某明户已保存" in visible_texts(place.shell)
    place.lock()
    assert visible_texts(place.shell) == visible_texts(lock_page(place))
    assert place.office.record.locked
    with pytest.raises(Known, match="屏幕已锁定"):
        place.office.see(town.town)


def test_only_the_same_person_unlocks(place: Workplace) -> None:
    place.shell.say("廖某明户已保存")
    place.lock()
    type_in(lock_page(place).password, REVIEWER.password)
    settle(place)
    assert place.curtain.drawn
    assert "不正确" in lock_page(place).password.fault.text()
    type_in(lock_page(place).password, CLERK.password)
    settle(place)
    assert not place.curtain.drawn
    assert not place.office.record.locked
    assert "廖某明户已保存" in visible_texts(place.shell)


def test_the_keyboard_comes_back_to_where_it_was(place: Workplace) -> None:
    field = place.shell.top.search.field
    field.window().activateWindow()
    field.setFocus()
    place.lock()
    type_in(lock_page(place).password, CLERK.password)
    settle(place)
    assert QApplication.focusWidget() is field


def test_another_person_takes_over(place: Workplace, qtbot: QtBot) -> None:
    place.lock()
    page = lock_page(place)
    page.other.click()
    page.box.setCurrentText(REVIEWER.name)
    with qtbot.waitSignal(place.office.hub.changed):
        type_in(page.password, REVIEWER.password)
    settle(place)
    assert place.office.record.actor.name == REVIEWER.name
    assert place.shell.top.person.text() == "审核人：曾阿慧"
    assert place.settings.last_name == REVIEWER.name


def test_the_password_is_typed_right_after_the_name(place: Workplace, qtbot: QtBot) -> None:
    place.switch()
    page = lock_page(place)
    focus(page.box)
    second = page.box.options()[1]
    qtbot.keyClicks(page.box, "2")
    assert page.box.currentText() == second
    assert page.password.line.hasFocus()


def test_handing_over_may_be_given_up(place: Workplace) -> None:
    place.switch()
    page = lock_page(place)
    assert not place.office.record.locked
    page.other.click()
    assert not place.curtain.drawn
    assert place.office.record.actor.name == CLERK.name


def test_ctrl_l_locks(place: Workplace) -> None:
    place.shell.window().activateWindow()
    QTest.keyClick(place.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert place.curtain.drawn
    place.curtain.raise_up()


def test_a_locked_window_does_not_close(place: Workplace, clerk: Clerk) -> None:
    place.lock()
    place.leave()
    assert "请先解锁再退出" in lock_page(place).banner.text()
    assert not place.leaving.under_way


def test_work_under_way_is_finished_before_the_record_is_locked(place: Workplace) -> None:
    seen: list[str] = []

    def slow(_: object) -> str:
        while not place.curtain.drawn:
            pass
        return place.office.see(town.town).name

    place.office.long("慢活", slow, seen.append)
    place.lock()
    assert not place.office.record.locked
    settle(place)
    assert seen == ["华阳镇"]
    assert place.office.record.locked


def open_dialog(place: Workplace) -> tuple[QDialog, QLineEdit]:
    dialog = QDialog(place.shell)
    line = QLineEdit("廖某明", dialog)
    QVBoxLayout(dialog).addWidget(line)
    dialog.open()
    return dialog, line


def test_an_open_dialog_hides_what_it_holds_and_keeps_it(place: Workplace) -> None:
    dialog, line = open_dialog(place)
    place.lock()
    assert not line.isVisible()
    assert dialog.isVisible()
    assert lock_page(place).parent() is dialog
    assert visible_texts(place.shell) == visible_texts(dialog)
    type_in(lock_page(place).password, CLERK.password)
    settle(place)
    assert line.isVisible()
    assert line.text() == "廖某明"
    dialog.close()
    dialog.deleteLater()


def test_closing_the_dialog_does_not_open_the_curtain(place: Workplace, qapp: QApplication) -> None:
    dialog, _ = open_dialog(place)
    place.lock()
    dialog.close()
    place.curtain._cover()
    assert lock_page(place).parent() is place.shell
    assert visible_texts(place.shell) == visible_texts(lock_page(place))
    type_in(lock_page(place).password, CLERK.password)
    settle(place)
    assert not place.curtain.drawn
    dialog.deleteLater()


def test_the_wait_after_wrong_passwords_holds_at_the_lock_too(place: Workplace, clerk: Clerk) -> None:
    place.lock()
    for _ in range(6):
        type_in(lock_page(place).password, "guess")
        settle(place)
    assert "后再试" in lock_page(place).password.fault.text()
    clerk.clock.pass_time(timedelta(minutes=6))
    type_in(lock_page(place).password, CLERK.password)
    settle(place)
    assert not place.curtain.drawn
