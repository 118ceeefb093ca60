"""The start: what is imported before the first picture, the one sentence when no window can be opened, the language."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import environment, start
from tests.helpers.record import Template, template_record

__all__ = ["template_record"]

HEAVY = ("sqlalchemy", "sqlcipher3", "alembic", "openpyxl", "qtawesome", "pypinyin", "argon2", "cryptography")
ROOT = Path(__file__).parents[3]
PROGRAM = """
import json, sys
from pathlib import Path
from desktop.app import start

app = start.make_application(["huyouka"])
crash = start.watch_for_crashes()
program, calls = start.open_window(Path(sys.argv[1]) if sys.argv[1] else None)

def first_picture():
    loaded = sorted(set(sys.argv[2:]) & set(sys.modules))
    program.prepare()
    program.work.drain()
    program._preloading.join()
    shown = type(program.entry.currentWidget()).__name__
    later = sorted(set(sys.argv[2:]) & set(sys.modules))
    from desktop.app.jobs import JOBS
    pages = sorted(job.key for job in JOBS if f"desktop.pages.{job.key}.page" not in sys.modules)
    signed = not program.window.windowIcon().isNull()
    print(json.dumps({"signed": signed, "pages": pages, "loaded": loaded, "later": later, "shown": shown, "yes": app.translate("QPlatformTheme", "Cancel")}))
    program.window.close()

program.window.painted.connect(first_picture)
app.exec()
program.end()
"""


def run(home: Path, record: Path | None) -> dict[str, object]:
    environ = {**os.environ, "HUYOUKA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", PROGRAM, str(record or ""), *HEAVY]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("first", [True, False])
def test_nothing_slow_is_imported_before_the_first_picture(
    first: bool, template_record: Template, tmp_path: Path
) -> None:
    found = run(tmp_path, None if first else template_record.path)
    assert found["shown"] == ("Guide" if first else "LoginPage")
    assert found["loaded"] == []
    assert {"sqlalchemy", "sqlcipher3", "argon2"} <= set(found["later"])  # type: ignore[call-overload]
    assert found["pages"] == [], "imported at the first click only"
    assert found["yes"] == "取消"
    assert found["signed"], "the window shows the program's sign"


def test_a_computer_without_a_screen_gets_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "current", dict)
    assert start.main([]) == 2
    assert capsys.readouterr().err == "这里没有屏幕（没有图形桌面），窗口打不开。请在图形桌面里启动本程序。\n"


def test_a_missing_library_is_named_with_the_command_that_brings_it() -> None:
    def load(_: str) -> object:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    said = environment.complaint({"DISPLAY": ":0"}, load)
    assert "libxcb-cursor.so.0" in said
    assert "sudo apt-get install libxcb-cursor0" in said


def test_a_screen_that_needs_nothing_is_no_complaint() -> None:
    assert environment.complaint({"QT_QPA_PLATFORM": "offscreen"}, str) == ""
    assert environment.complaint({"DISPLAY": ":0"}, str) == ""


def test_the_record_named_on_the_command_line_is_made_absolute() -> None:
    assert start.parse(["a.huk"]) == Path("a.huk").absolute()
    assert start.parse([]) is None
    assert start.parse([""]) is None, "the folder one happens to be in was not named"


@pytest.mark.parametrize("arguments", [["--strange"], ["a.huk", "b.huk"]])
def test_arguments_it_does_not_know_are_said_in_one_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        start.parse(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err == ("没有打开户有卡：启动时只能写一个档案文件 (.huk)，也可以什么都不写。\n")
