"""Where the installed program begins: what goes wrong before there is a window is said in a sentence, and no name stops an output."""

from __future__ import annotations

import ctypes
import sys
from io import BytesIO, TextIOWrapper
from types import SimpleNamespace

import pytest

from desktop.app import environment
from installer import entry


def fail() -> int:
    raise FileNotFoundError("resources/style/huyouka.qss of 梁某芬")


def test_a_damaged_installation_is_said_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "main", fail)
    monkeypatch.setattr(sys, "argv", ["huyouka"])
    assert entry.guarded() == 3
    told = capsys.readouterr().err
    assert "档案没有动" in told
    assert "FileNotFoundError" in told
    assert "Traceback" not in told
    assert "梁某芬" not in told


def test_a_command_leaves_its_traceback_with_the_caller(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "main", fail)
    monkeypatch.setattr(sys, "argv", ["huyouka", "--record", "check", "a.huk"])
    assert entry.guarded() == 3
    assert "Traceback" in capsys.readouterr().err


def test_windows_says_it_in_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[object, ...]] = []
    user32 = SimpleNamespace(MessageBoxW=lambda *told: shown.append(told))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    environment.say("程序没有装完整")
    assert shown == [(None, "程序没有装完整", "户有卡", 0x10)]


def test_a_name_the_computers_language_lacks_stops_no_output(monkeypatch: pytest.MonkeyPatch) -> None:
    written = BytesIO()
    stream = TextIOWrapper(written, encoding="cp936")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdout", stream)
    entry.speak()
    print("李𠮷：已升级", file=stream, flush=True)
    assert written.getvalue().decode("cp936") == "李?：已升级\n"


def test_without_a_console_there_is_still_somewhere_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel32 = SimpleNamespace(AttachConsole=lambda process: 0)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel32), raising=False)
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    entry.speak()
    opened = sys.stdout
    assert opened is sys.stderr
    print("已升级", file=opened)
    opened.close()
