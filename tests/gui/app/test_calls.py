"""What a later start asks of the open program: the record in front of the clerk is only left when he says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from desktop.app.calls import Calls
from desktop.app.program import Program
from desktop.app.wiring import Workplace
from desktop.pages.entry.lock import LockPage
from desktop.widgets.dialogs import Answer, Ask, ask
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


@pytest.fixture
def program(clerk: Clerk, other: Path) -> Program:
    return clerk.start(clerk.path)


@pytest.fixture
def calls(program: Program, clerk: Clerk) -> Iterator[Calls]:
    made = Calls(program, clerk.door)
    yield made
    made.end()


@pytest.fixture
def place(program: Program, clerk: Clerk) -> Workplace:
    return clerk.log_in(program)


def call(calls: Calls, program: Program, record: Path | None) -> None:
    calls.take(record, "")
    program.work.drain()


def test_the_same_record_only_comes_forward(calls: Calls, program: Program, place: Workplace, clerk: Clerk) -> None:
    program.window.showMinimized()
    for record in (None, clerk.path, clerk.path.with_name("town.huk.keys"), clerk.folder):
        call(calls, program, record)
        assert program.workplace is place
    assert not program.window.isMinimized()


def test_another_record_is_opened_when_the_clerk_agrees(
    calls: Calls, program: Program, place: Workplace, other: Path, dialogs: Dialogs
) -> None:
    dialogs.answer(Ask, lambda box: box.buttons["stay"].click())
    call(calls, program, other)
    assert program.workplace is place
    dialogs.answer(Ask, lambda box: box.buttons["turn"].click())
    call(calls, program, other)
    place.office.work.drain()
    for _ in range(100):
        if program.workplace is None:
            break
        QTest.qWait(20)
    assert program.entry.path == other
    assert dialogs.opened == ["打开另一份档案", "打开另一份档案"]


def test_a_file_that_is_no_record_is_said_and_nothing_is_left(
    calls: Calls, program: Program, place: Workplace, clerk: Clerk
) -> None:
    book = clerk.folder / "名册.xlsx"
    book.write_bytes(b"PK\x03\x04")
    for wanted, said in (
        (clerk.folder / "没有.huk", "找不到档案"),
        (Path("/") / ("长" * 2000), "找不到"),
        (Path("/"), "找不到"),
        (book, "不是户有卡的档案"),
    ):
        call(calls, program, wanted)
        assert said in place.shell.banner._text.text()
        assert program.workplace is place


def test_before_the_log_in_the_other_record_is_asked_for_at_once(calls: Calls, program: Program, other: Path) -> None:
    call(calls, program, other)
    assert program.entry.path == other


def test_a_guide_under_way_is_only_left_when_the_clerk_agrees(
    calls: Calls, program: Program, other: Path, dialogs: Dialogs
) -> None:
    program.entry.show_guide()
    guide = program.entry.currentWidget()
    dialogs.answer(Ask, lambda box: box.buttons["stay"].click())
    call(calls, program, other)
    assert program.entry.currentWidget() is guide
    dialogs.answer(Ask, lambda box: box.buttons["turn"].click())
    call(calls, program, other)
    assert program.entry.currentWidget() is program.entry.login
    program.entry.show_guide()
    assert program.entry.currentWidget() is guide, "what was typed is still there"


def test_the_question_waits_until_a_dialog_was_answered(
    calls: Calls, program: Program, place: Workplace, other: Path, dialogs: Dialogs
) -> None:
    def called_meanwhile(box: Ask) -> None:
        box.open()
        call(calls, program, other)
        assert dialogs.opened == ["先答这个"]
        box.reject()

    dialogs.answer(Ask, called_meanwhile)
    ask(program.window, "先答这个", "", (Answer("好", "ok"),))
    dialogs.answer(Ask, lambda box: box.reject())
    for _ in range(100):
        program.work.drain()
        if len(dialogs.opened) > 1:
            break
        QTest.qWait(20)
    assert dialogs.opened == ["先答这个", "打开另一份档案"]
    assert program.workplace is place


def test_the_question_waits_behind_the_lock_page_which_says_so(
    calls: Calls, program: Program, place: Workplace, other: Path, dialogs: Dialogs
) -> None:
    place.lock()
    settle(place)
    call(calls, program, other)
    assert isinstance(place.curtain.page, LockPage)
    assert "解锁以后" in place.curtain.page.banner._text.text()
    dialogs.answer(Ask, lambda box: box.reject())
    place.office.record.unlock(CLERK.password)
    place.curtain.raise_up()
    for _ in range(100):
        program.work.drain()
        if dialogs.opened:
            break
        QTest.qWait(20)
    assert dialogs.opened == ["打开另一份档案"]
    settle(place)


def test_the_record_asked_about_is_not_asked_about_twice(
    calls: Calls, program: Program, place: Workplace, other: Path, dialogs: Dialogs
) -> None:
    def called_again(box: Ask) -> None:
        calls.take(other, "")
        box.reject()

    dialogs.answer(Ask, called_again)
    call(calls, program, other)
    QTest.qWait(400)
    assert dialogs.opened == ["打开另一份档案"]
