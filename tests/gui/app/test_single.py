"""One program for each clerk: who is first, what a later start hands over, and what a killed one leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.app import paths
from desktop.app.single import Single, _understood

ROOT = Path(__file__).parents[3]
HOLDER = """
import sys, time
from pathlib import Path
from desktop.app.single import Single
from PySide6.QtCore import QCoreApplication
app = QCoreApplication([])
single = Single(Path(sys.argv[1]))
assert single.first()
single.listen()
print("first", flush=True)
time.sleep(60)
"""
LATER = """
import sys
from pathlib import Path
from desktop.app.single import Single
single = Single(Path(sys.argv[1]))
assert not single.first()
print(single.hand_over(Path(sys.argv[2]) if len(sys.argv) > 2 else None))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Short, for a socket has to be named in it."""
    made = Path("/tmp") if sys.platform != "win32" else tmp_path
    found = made / f"huyouka-test-{os.getpid()}"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


@pytest.fixture
def first(qapp: QApplication, folder: Path) -> Iterator[Single]:
    """The one that is open; what is left of it is cleared away."""
    made = Single(folder)
    assert made.first()
    yield made
    made.end()
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()


class Later:
    """A later start, in a process of its own as always: while it waits for an answer, nothing else runs in it."""

    def __init__(self, folder: Path, record: Path | None) -> None:
        command = [sys.executable, "-c", LATER, str(folder), *([] if record is None else [str(record)])]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)

    def waits(self) -> bool:
        """Whether it was told nothing yet."""
        return self._process.poll() is None

    def heard(self) -> str:
        """True when it was heard, while the first goes on handling events."""
        for _ in range(1000):
            if not self.waits():
                break
            QTest.qWait(10)
        told, _ = self._process.communicate(timeout=5)
        QTest.qWait(20)
        return told.strip()


def test_a_later_start_hands_over_its_record_and_how_to_come_forward(
    first: Single, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[object, str]] = []
    first.called.connect(lambda record, token: called.append((record, token)))
    first.listen()
    assert not Single(folder).first()
    assert Later(folder, None).heard() == "True"
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "gnome-shell/1")
    record = Path("/tmp/档 案/𠮷.huk")
    assert Later(folder, record).heard() == "True"
    assert called == [(None, ""), (record, "gnome-shell/1")]


def test_a_start_while_the_first_is_still_starting_waits_for_it(first: Single, folder: Path) -> None:
    called: list[object] = []
    first.called.connect(lambda record, _: called.append(record))
    later = Later(folder, Path("/x.huk"))
    QTest.qWait(600)
    assert later.waits()
    first.listen()
    assert later.heard() == "True"
    assert called == [Path("/x.huk")]


def test_a_start_while_the_first_is_ending_becomes_the_first(first: Single, folder: Path) -> None:
    first.listen()
    first.close_door()
    later = Single(folder)
    assert not later.first()
    first.end()
    assert not later.hand_over(None)
    assert later.first()
    later.end()


def test_one_that_never_opens_its_door_is_given_up(first: Single, folder: Path) -> None:
    later = Single(folder)
    assert not later.hand_over(None, starting=0.1)
    assert not later.first()


def test_a_killed_program_leaves_nothing_in_the_way(qapp: QApplication, folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"first\n"
        assert not Single(folder).first()
        child.kill()
        child.wait()
    again = Single(folder)
    assert again.first()
    called: list[object] = []
    again.called.connect(lambda record, _: called.append(record))
    again.listen()
    assert Later(folder, Path("/y.huk")).heard() == "True"
    assert called == [Path("/y.huk")]
    again.end()
    for left in folder.iterdir():
        left.unlink()
    folder.rmdir()


@pytest.mark.parametrize("other", ["HUYOUKA_HOME", "DISPLAY"])
def test_another_home_and_another_screen_are_nobody_elses_business(
    first: Single, folder: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv(other, ":77")
    second = Single(folder)
    assert second.first()
    second.end()


def test_a_line_that_is_no_call_is_not_taken_for_one(first: Single, folder: Path) -> None:
    from PySide6.QtNetwork import QLocalSocket

    called: list[object] = []
    first.called.connect(lambda record, _: called.append(record))
    first.listen()
    socket = QLocalSocket()
    socket.connectToServer(first._address())
    socket.write(b"[1]\n{}\n")
    QTest.qWait(50)
    assert called == []
    socket.abort()


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 60_000,
        b'{"record": "a\\u0000b.huk", "token": ""}',
        b'{"record": null, "token": "a\\u0000b"}',
        b'{"record": "\\ud800.huk", "token": ""}',
        b'{"record": ["a.huk"], "token": ""}',
        b'{"record": {"a": 1}}',
        b"\xff\xfe",
        b"null",
    ],
)
def test_what_no_start_of_this_program_says_is_no_call(line: bytes) -> None:
    assert _understood(line) is None


def test_a_name_that_is_not_utf8_is_handed_over_as_it_is() -> None:
    name = os.fsdecode(b"/tmp/\xff.huk")
    assert _understood(json.dumps({"record": name, "token": ""}).encode()) == (Path(name), "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows gives every user a folder of his own")
def test_a_folder_somebody_else_could_look_into_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    tmp_path.chmod(0o755)
    assert paths.private_folder() != tmp_path
    tmp_path.chmod(0o700)
    monkeypatch.setattr(paths, "_LONGEST", 500)
    assert paths.private_folder() == tmp_path


def test_without_any_place_for_a_lock_the_program_starts_all_the_same(tmp_path: Path) -> None:
    single = Single(tmp_path / "gone")
    assert single.first()
    single.listen()
    assert single._server is None
