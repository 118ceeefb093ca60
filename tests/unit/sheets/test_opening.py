"""Reading in a process of its own: the same book, one sentence for every end, and nothing left behind."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Timer
from time import monotonic

import pytest

from db.errors import Cancelled, Known
from db.sheets import opening
from db.sheets.opening import HOOK, read_book, serve
from db.sheets.workbook import open_workbook
from desktop.app.ticket import Ticket
from tests.helpers.biff import Formula, OldSheet, Wrong, stream, wrapped
from tests.helpers.oddbooks import plain
from tests.helpers.oddtexts import ods, text


class Child:
    """Stands in for the worker: runs a few lines of Python instead."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
        self.pids: list[int] = []
        start = subprocess.Popen

        def started(_command: object, **options: object) -> subprocess.Popen[bytes]:
            child = start([sys.executable, "-c", code], **options)  # type: ignore[call-overload]
            self.pids.append(child.pid)
            return child  # type: ignore[no-any-return]

        monkeypatch.setattr(subprocess, "Popen", started)

    def is_gone(self) -> bool:
        """Ended and fetched: no such process, not even a dead one."""
        try:
            os.kill(self.pids[0], 0)
        except ProcessLookupError:
            return True
        return False


def test_the_book_is_the_same_as_read_here(tmp_path: Path) -> None:
    rows = [["姓名", Wrong(), Formula()], ["陈某文", date(2016, 5, 3), True], ["李某", 1.5, "x"]]
    many = "".join(f"{number},陈某文\r\n" for number in range(4500))
    for name, data in (
        ("a.xlsx", plain()),
        (
            "b.xls",
            wrapped(stream([OldSheet(rows, hidden_rows=[1], merges=[(0, 0, 1, 0)]), OldSheet([["旧"]], "旧", 1)])),
        ),
        ("c.ods", ods()),
        ("d.csv", many.encode("gb18030")),
        ("e.csv", text().replace("陈某文", '"陈某文').encode()),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert read_book(path) == open_workbook(path)


def test_a_sentence_comes_home(tmp_path: Path) -> None:
    path = tmp_path / "名 册.xlsx"
    with pytest.raises(Known, match=r"找不到“名 册.xlsx”。请核对"):
        read_book(path)
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(Known, match="PDF"):
        read_book(path)


def test_progress_is_reported_by_sheet_and_row(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes("".join(f"{number},陈某文\r\n" for number in range(4500)).encode())
    said: list[tuple[int, int, str]] = []

    class Slip(Ticket):
        def report(self, done: int, total: int, text: str = "") -> None:
            said.append((done, total, text))

    read_book(path, Slip("读取"))
    assert said == [(rows, 4500, "正在读取“名册”") for rows in (0, 2000, 4000, 4500)]


def test_cancel_ends_the_child_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child(monkeypatch, "import time; time.sleep(60)")
    ticket = Ticket("读取")
    Timer(0.2, ticket.cancel).start()
    begun = monotonic()
    with pytest.raises(Cancelled):
        read_book(tmp_path / "a.xlsx", ticket)
    assert monotonic() - begun < 1
    assert child.is_gone()


def test_a_reading_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(Known, match="还没有读完"):
        read_book(tmp_path / "a.xlsx", seconds=0.3)
    assert child.is_gone()


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import os; os.abort()", "没有读完就断了"),
        ("print('not a message')", "没有读完就断了"),
        ("import pickle, sys, os; pickle.dump(os.getcwd, sys.stdout.buffer)", "没有读完就断了"),
        ("import pickle, sys; pickle.dump(('memory',), sys.stdout.buffer)", "内存超过了限度"),
        ("import pickle, sys; pickle.dump(('bug', 'KeyError'), sys.stdout.buffer)", "记号 KeyError"),
    ],
)
def test_every_other_end_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, says: str) -> None:
    child = Child(monkeypatch, code)
    with pytest.raises(Known, match=says) as caught:
        read_book(tmp_path / "a.xlsx")
    assert "没有读入任何内容" in caught.value.text
    assert child.is_gone()


@pytest.mark.skipif(sys.platform == "win32", reason="there the parent sets the limit")
def test_memory_is_limited(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("".join(f"{number},陈某文\r\n" for number in range(200_000)).encode())
    with pytest.raises(Known, match="内存"):
        read_book(path, memory=80 * 2**20)


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes of this kind")
def test_the_child_ends_when_nobody_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    os.mkfifo(path)  # opening it waits for a writer that never comes
    child = opening._start()
    assert child.stdin is not None
    asked = {"path": str(path), "seconds": 60, "memory": 2**30}
    child.stdin.write(json.dumps(asked).encode() + b"\n")
    child.stdin.flush()
    child.stdin.close()
    assert child.wait(10) == 1
    assert child.stdout is not None
    child.stdout.close()


def test_a_packed_program_is_its_own_child(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "huyouka.exe")
    monkeypatch.setattr(subprocess, "Popen", lambda command, **_: started.append(command))
    opening._start()
    monkeypatch.undo()
    assert started == [["huyouka.exe", HOOK]]
    assert not serve(["huyouka.exe", "town.huk"])


def test_the_hook_makes_a_process_the_child() -> None:
    code = "from db.sheets.opening import serve\nassert serve(['x', '--read-book'])"
    root = str(Path(opening.__file__).parents[2])
    asked = json.dumps({"path": "/no/such/file.xlsx", "seconds": 9, "memory": 2**30}).encode()
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(asked + b"\n")
        child.stdin.flush()
        assert pickle.load(child.stdout)[0] == "known"
