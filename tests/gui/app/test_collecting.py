"""While there are workers, garbage that holds Qt objects is taken apart on the window's thread and nowhere else."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from desktop.app.collecting import Collector
from desktop.app.work import Work


class Cycle(QObject):
    """Refers to itself and tells where it died."""

    died: list[str] = []  # noqa: RUF012 - the test looks here

    def __init__(self) -> None:
        super().__init__()
        self.me = self

    def __del__(self) -> None:
        Cycle.died.append(threading.current_thread().name)


def _litter() -> int:
    """Allocate enough cycles to make Python want to collect all it has."""
    heap = []
    for _ in range(200_000):
        one: list[object] = []
        one.append(one)
        heap.append(one)
    return len(heap)


def test_a_worker_never_takes_a_qt_object_apart(qtbot: QtBot) -> None:
    work = Work()
    Cycle.died.clear()
    Cycle()
    found: list[int] = []
    work.read("读", _litter, found.append)
    work.drain()
    assert found == [200_000]
    assert Cycle.died == []
    qtbot.waitUntil(lambda: gc.get_count()[0] < gc.get_threshold()[0], timeout=5000)
    gc.collect()
    assert Cycle.died == [threading.main_thread().name]
    work.close()


class Asker(QObject):
    """Asks for something and is dropped as soon as it has the answer; tells where that happened."""

    def ask(self) -> str:
        return "found"

    def take(self, _: str) -> None:
        pass

    def __del__(self) -> None:
        Cycle.died.append(threading.current_thread().name)


def test_a_worker_lets_go_before_the_answer_comes_home(qtbot: QtBot) -> None:
    work = Work()
    work._arrived.connect(_dawdle, Qt.ConnectionType.DirectConnection)
    Cycle.died.clear()
    asker = Asker()
    work.read("读", asker.ask, asker.take)
    del asker
    work.drain()
    work.close()
    assert Cycle.died == [threading.main_thread().name]


def _dawdle() -> None:
    """The worker is slow to leave after it has rung the bell."""
    time.sleep(0.2)


@pytest.fixture
def on() -> Iterator[None]:
    """Python collects by itself, as in the program before its window."""
    gc.enable()
    yield
    gc.disable()


def test_the_last_to_end_gives_collecting_back(on: None) -> None:
    parent = QObject()
    one, two = Collector(parent), Collector(parent)
    one.begin()
    two.begin()
    one.end()
    assert not gc.isenabled()
    two.end()
    two.end()
    assert gc.isenabled()


def test_what_was_off_stays_off() -> None:
    parent = QObject()
    collector = Collector(parent)
    collector.begin()
    collector.end()
    assert not gc.isenabled()


def test_nothing_is_collected_that_is_not_due() -> None:
    parent = QObject()
    collector = Collector(parent)
    collector.begin()
    gc.collect()
    assert collector.collect() == -1
    collector.end()
