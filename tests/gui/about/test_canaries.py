"""Nothing of a person leaves with the logs: names, numbers, a telephone, a bank card and a village are planted everywhere the program
takes them, written, read, refused and run into faults; then the package and every log are searched for them in every spelling."""

from __future__ import annotations

import base64
import json
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtWidgets import QFileDialog

from db.errors import Known, Problem, Refused
from db.services.cases import applications
from db.services.town import search
from db.store.files import write_bytes
from db.store.record import Unit
from desktop.about.supportdialog import SupportDialog
from desktop.app import paths
from desktop.app.crash import Crash
from desktop.app.program import Program
from desktop.app.wiring import Workplace
from tests.helpers import town
from tests.helpers.program import Clerk
from tests.helpers.record import CLERK, REVIEWER

VILLAGE, NAME, ID, PHONE = "金丝雀村", "覃金丝雀", "441401196803120018", "13800138123"
CARD, USER, TOWN = "6222021234567890123", "canaryuser", "华阳镇"
PLANTED = (VILLAGE, NAME, "金丝雀", ID, PHONE, CARD, USER, TOWN, CLERK.name, REVIEWER.name, CLERK.password, "华南村")


@pytest.fixture
def clerk(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clerk]:
    """A clerk whose user name and whose folders carry canaries."""
    home = tmp_path / USER / VILLAGE
    (home / "档案").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USER", USER)
    monkeypatch.setenv("LOGNAME", USER)
    monkeypatch.setenv("HUYOUKA_HOME", str(home / "程序"))
    made = Clerk(home / "档案")
    made.make_record()
    yield made
    made.end()


@pytest.fixture
def crash(qapp: object, clerk: Clerk) -> Iterator[Crash]:
    """The crash window's hook, with nobody before it."""
    made = Crash(paths.log_folder() / "crash.log", ignored)
    made.install()
    yield made
    made.remove()


def spellings(word: str) -> set[bytes]:
    """How a word may stand in a file: plain, in an old code, in an address, in JSON, in base64 (its middle, wherever it begins)."""
    raw = word.encode()
    found = {
        raw,
        word.encode("gb18030"),
        word.encode("utf-16-le"),
        quote(word).encode(),
        json.dumps(word)[1:-1].encode(),
    }
    found |= {base64.b64encode(b"\0" * n + raw)[4:-4] for n in range(3)}
    return {one for one in found if len(one) >= 4}


def searched(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [
        (name, word) for name, content in files.items() for word in PLANTED for one in spellings(word) if one in content
    ]


def play(place: Workplace) -> None:
    """A morning with canaries: typed, read, searched for, refused, run into a fault of the disk and into bugs of every kind."""
    office = place.office
    good = replace(town.household(1), phone=PHONE, bank_card=CARD)
    office.write("录入", applications.file, good)
    office.write("录入", applications.file, replace(good, village=VILLAGE, head_name=NAME), failed=ignored)
    office.write("录入", refuse, good, failed=ignored)
    office.write("存", stumble, failed=ignored)
    office.write("存", fail_on_disk, failed=ignored)
    office.read("查找", search.find, NAME, done=ignored)
    office.read("查看", stumble, done=ignored, failed=ignored)
    office.long("导出", stumble, failed=ignored)
    office.work.drain()
    with pytest.raises(LookupError):
        office.see(stumble)
    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()
    try:
        stumble()
    except LookupError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def ignored(_: object) -> None:
    """The clerk read it and went on."""


def refuse(_: Unit, home: object) -> None:
    raise Refused(
        [
            Problem(f"{NAME}（{ID}）住在{VILLAGE}", field=NAME, where=f"{VILLAGE} {home}", rule="R05"),
            Problem("", rule=NAME),
        ]
    )


def stumble(*_: object) -> None:
    secret = {NAME: (ID, PHONE, CARD)}
    raise LookupError(f"{VILLAGE}/{NAME}/{ID}/{PHONE}/{CARD}/{secret!r}")


def fail_on_disk(_: Unit) -> None:
    try:
        write_bytes(Path.home() / NAME / f"{ID}.xlsx", b"")
    except Known as error:
        raise Known(f"{NAME}{error.text}", ID) from error


def packed(program: Program, target: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    dialog = program.about.open("support")
    assert isinstance(dialog, SupportDialog)
    program.work.drain()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog.save.click()
    program.work.drain()
    dialog.close()
    with zipfile.ZipFile(target) as package:
        inside = {name: package.read(name) for name in package.namelist()}
    return {**inside, "the zip itself": target.read_bytes()}


def test_no_canary_leaves_with_the_logs(clerk: Clerk, crash: Crash, monkeypatch: pytest.MonkeyPatch) -> None:
    program = clerk.start(clerk.path)
    place = clerk.log_in(program)
    play(place)
    found = packed(program, clerk.folder / "日志.zip", monkeypatch)
    log, crashes = found["操作记录.log"].decode(), found["差错报告.log"].decode()
    assert "do cases.applications.file" in log
    assert "refused -,R05 x2" in log
    assert "bug LookupError" in log
    assert "known" in log
    assert "LookupError" in crashes
    assert "household：1 行" in found["档案.txt"].decode()
    assert searched(found) == []


def test_no_canary_lies_in_the_log_folder_or_comes_with_a_record_nobody_opened(
    clerk: Clerk, crash: Crash, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = clerk.start(clerk.path)
    place = clerk.log_in(program)
    play(place)
    clerk.end()
    logs = {path.name: path.read_bytes() for path in paths.log_folder().iterdir()}
    assert {"operations.log", "crash.log"} <= logs.keys()
    assert searched(logs) == []
    again = clerk.start(clerk.path)
    assert searched(packed(again, clerk.folder / "日志.zip", monkeypatch)) == []


def test_the_search_itself_finds_a_canary_in_every_spelling() -> None:
    for word in PLANTED:
        for one in spellings(word):
            assert searched({"x": b"..." + one + b"..."})
