"""Work off the thread: one writer in order, results and errors at home on the window's thread, nothing after closing."""

import sys
import threading
from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from db.errors import Cancelled, Known, Refused
from desktop.app.work import Ticket, Work


class Clerk(QObject):
    """Takes what comes home and notes on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.threads: set[threading.Thread] = set()

    def done(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(threading.current_thread())

    def failed(self, error: Exception) -> None:
        self.errors.append(error)
        self.threads.add(threading.current_thread())


@pytest.fixture
def work(qapp: object) -> Iterator[Work]:
    made = Work()
    yield made
    made.close()


def fail(error: Exception) -> None:
    raise error


def test_results_come_home_to_the_windows_thread(work: Work) -> None:
    clerk = Clerk()
    work.read("读", threading.current_thread, clerk.done)
    work.write("写", threading.current_thread, clerk.done)
    assert work.busy()
    work.drain()
    assert not work.busy()
    assert clerk.threads == {threading.main_thread()}
    assert threading.main_thread() not in clerk.results


def test_writes_go_one_after_the_other_on_one_thread(work: Work) -> None:
    clerk, order = Clerk(), list(range(30))

    def step(number: int) -> tuple[int, str]:
        return number, threading.current_thread().name

    for number in order:
        work.write("写", partial(step, number), clerk.done)
    work.drain()
    assert clerk.results == [(number, "huyouka-write_0") for number in order]


def test_a_job_given_by_a_result_is_waited_for(work: Work) -> None:
    clerk = Clerk()

    class Chain(QObject):
        def again(self, _: object) -> None:
            work.read("再读", lambda: "second", clerk.done)

    chain = Chain()
    work.read("读", lambda: "first", chain.again)
    work.drain()
    assert clerk.results == ["second"]


def test_a_refusal_goes_to_who_asked_else_to_the_window(work: Work) -> None:
    clerk = Clerk()
    troubles: list[Exception] = []
    work.trouble.connect(troubles.append)
    refused, known = Refused("没有户主"), Known("磁盘已满，", "请清理后重试。")
    work.write("写", partial(fail, refused), clerk.done, clerk.failed)
    work.write("写", partial(fail, known), clerk.done)
    work.drain()
    assert clerk.errors == [refused]
    assert troubles == [known]
    assert clerk.results == []


def test_a_bug_goes_to_the_crash_hook_and_to_who_asked(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = Clerk()
    caught: list[tuple[type, bool]] = []
    troubles: list[Exception] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: caught.append((kind, trace is not None)))
    work.trouble.connect(troubles.append)
    work.read("读", partial(fail, KeyError("x")), failed=clerk.failed)
    work.read("读", partial(fail, KeyError("x")))
    work.drain()
    assert caught == [(KeyError, True)] * 2
    assert [type(error) for error in clerk.errors] == [KeyError]
    work.tell(clerk.errors[0])
    assert troubles == []


def test_a_long_job_is_shown_late_told_and_stopped(work: Work, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.app.work.SHOWN_AFTER", 0.0)
    clerk, begun = Clerk(), Event()

    def write_rows(ticket: Ticket) -> str:
        ticket.report(3, 10, "花名册")
        begun.set()
        while True:
            ticket.check()

    with qtbot.waitSignal(work.progressed, check_params_cb=lambda t: t is not None and t.progress.total == 10) as told:
        ticket = work.long("写台账", write_rows, clerk.done, clerk.failed)
        begun.wait()
    assert told.args == [ticket]
    assert (ticket.progress.done, ticket.progress.text, ticket.stoppable) == (3, "花名册", True)
    with qtbot.waitSignal(work.progressed, check_params_cb=lambda t: t is None):
        ticket.cancel()
    assert [type(error) for error in clerk.errors] == [Cancelled]
    assert clerk.results == []


def test_a_quick_job_is_not_shown(work: Work, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(work.progressed):
        work.read("读", lambda: 1)
        work.drain()


def test_who_is_gone_is_not_called(work: Work) -> None:
    clerk = Clerk()
    work.read("读", lambda: 1, clerk.done)
    delete(clerk)
    work.drain()
    assert clerk.results == []


def test_closing_stops_long_jobs_and_hands_over_the_rest(qapp: object) -> None:
    work, clerk = Work(), Clerk()

    def endless(ticket: Ticket) -> None:
        while True:
            ticket.check()

    work.long("写台账", endless, failed=clerk.failed)
    work.write("写", lambda: "kept", clerk.done)
    work.close()
    assert clerk.results == ["kept"]
    assert [type(error) for error in clerk.errors] == [Cancelled]


def test_drain_gives_up(work: Work) -> None:
    gate = Event()
    work.read("慢", gate.wait)
    with pytest.raises(TimeoutError, match="慢"):
        work.drain(0.1)
    gate.set()
