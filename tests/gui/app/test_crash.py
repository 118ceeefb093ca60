"""A bug makes one report without personal data; what the clerk can mend is told as a sentence."""

import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.errors import Cancelled, Known
from db.fields.kinds import Text
from desktop.app.crash import Crash
from desktop.widgets.listtable import Item
from desktop.window.crashwindow import CrashWindow
from tests.helpers.qt import clip, shown


class Desk:
    """Takes reports and sentences."""

    def __init__(self, log: Path) -> None:
        self.reports: list[str] = []
        self.told: list[Exception] = []
        self.crash = Crash(log, self.reports.append, self.told.append)

    def meet(self, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception:
            kind, error, trace = sys.exc_info()
            assert kind is not None
            assert error is not None
            self.crash.take(kind, error, trace)


@pytest.fixture
def desk(tmp_path: Path, qapp: object) -> Desk:
    return Desk(tmp_path / "crash.log")


class Name:
    def __str__(self) -> str:
        raise ValueError("廖某明 44140119680312003X")


def test_the_report_names_our_places_and_no_person(desk: Desk, tmp_path: Path) -> None:
    desk.meet(lambda: Text().read(Name()))
    (report,) = desk.reports
    assert report.startswith("ValueError\n")
    assert "db/fields/kinds.py:" in report
    assert "廖某明" not in report
    assert "4414" not in report
    assert str(Path(__file__).parents[3]) not in report
    assert report in (tmp_path / "crash.log").read_text(encoding="utf-8")


def test_the_same_bug_is_reported_once_a_minute(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [50.0]
    monkeypatch.setattr("desktop.app.crash.monotonic", lambda: now[0])
    for _ in range(300):
        desk.meet(lambda: Text().read(Name()))
    assert len(desk.reports) == 1
    now[0] += 61
    desk.meet(lambda: Text().read(Name()))
    desk.meet(lambda: Item([])[0])  # type: ignore[index]
    assert len(desk.reports) == 3


def test_known_trouble_is_told_and_a_cancel_is_silent(desk: Desk) -> None:
    known = Known("磁盘已满，")
    for error in (known, Cancelled()):
        desk.crash.take(type(error), error, None)
    assert desk.told == [known]
    assert desk.reports == []


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, qapp: object) -> None:
    desk = Desk(tmp_path / "none" / "crash.log")
    desk.meet(lambda: Text().read(Name()))
    assert len(desk.reports) == 1


@pytest.fixture
def installed(desk: Desk) -> Iterator[Desk]:
    hooks = sys.excepthook, threading.excepthook
    desk.crash.install()
    yield desk
    sys.excepthook, threading.excepthook = hooks


def test_a_bug_on_another_thread_is_reported_at_home(installed: Desk, qtbot: QtBot) -> None:
    where: list[threading.Thread] = []
    installed.crash._show = lambda report: where.append(threading.current_thread())
    thread = threading.Thread(target=Text().read, args=(Name(),))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(where))
    assert where == [threading.main_thread()]
    installed.crash.remove()
    assert sys.excepthook is sys.__excepthook__


def test_the_window_lets_the_report_be_copied(qtbot: QtBot) -> None:
    window = shown(qtbot, CrashWindow("ValueError\n  db/x.py:1 f"), 560, 420)
    window.copy.click()
    assert clip() == "ValueError\n  db/x.py:1 f"
    window.close_button.click()
    assert window.isHidden()
