"""From one record to another within one window: the first is left in order, the second asks for its log-in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.widgets.dialogs import Ask
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.program import Clerk, clerk, settle
from tests.helpers.record import CLERK, create

__all__ = ["clerk"]


@pytest.fixture
def other(clerk: Clerk) -> Path:
    """A second record, in a folder of its own."""
    clerk.make_record()
    path = clerk.folder / "别的镇" / "town.huk"
    path.parent.mkdir()
    create(path, town.set_up, clerk.clock)
    return path


def choose(program: object, key: str) -> None:
    program.help.act(key).trigger()  # type: ignore[attr-defined]


def test_another_record_is_opened_from_the_work_and_the_first_is_closed(
    clerk: Clerk, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = clerk.start(clerk.path)
    place = clerk.log_in(program)
    first = place.office.record
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    choose(place.shell.top, "other")
    program.workplace.office.work.drain()  # type: ignore[union-attr]  # the backup on the way out
    assert_turned(program, other)
    assert list((clerk.folder / "backups").glob("town-*")), "left with a backup, as when the window is closed"
    lock = clerk.door.open(first.path, CLERK.name, CLERK.password)
    assert not lock.warnings, "the first let go of its file"
    lock.close()
    again = clerk.log_in(program)
    assert again.office.record.path == other
    assert program.window.centralWidget() is again.shell


def test_another_record_is_opened_before_the_log_in(clerk: Clerk, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = clerk.start(clerk.path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    choose(program.entry, "other")
    program.work.drain()
    assert program.entry.path == other
    assert clerk.log_in(program).office.record.path == other


def test_closing_the_window_after_a_turn_was_given_up_closes_it(clerk: Clerk, other: Path) -> None:
    program = clerk.start(clerk.path)
    place = clerk.log_in(program)
    place.lock()
    program.turn_to(other)
    assert program.workplace is place, "locked: first unlock"
    place.office.work.drain()
    place.curtain.raise_up()
    place.office.record.unlock(CLERK.password)
    settle(place)
    program.window.close()
    place.office.work.drain()
    assert not program.window.isVisible()
    assert program.workplace is place


def test_nothing_is_turned_while_a_record_is_being_opened(clerk: Clerk, other: Path, dialogs: Dialogs) -> None:
    program = clerk.start(clerk.path)
    dialogs.answer(Ask, lambda box: box.reject())
    program.work.read("查看", str)
    program.turn_to(other)
    assert program.entry.path == clerk.path
    assert dialogs.opened == ["请稍候"]
    program.work.drain()


def assert_turned(program: object, path: Path) -> None:
    from PySide6.QtTest import QTest

    for _ in range(100):
        if program.workplace is None:  # type: ignore[attr-defined]
            break
        QTest.qWait(20)
    assert program.entry.path == path  # type: ignore[attr-defined]
    assert program.entry.isVisible()  # type: ignore[attr-defined]
