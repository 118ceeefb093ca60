"""The button 经办人手册: the manual that came with the program is copied to where the clerk wants it, one is made where none came along,
and a failure is said in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from db.errors import Known
from desktop.about import outside
from desktop.app.helping import HelpDesk
from desktop.help import handbook
from desktop.help.window import HelpWindow
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import shown


class Reader:
    """A program of the computer that shows a file, or none."""

    def __init__(self) -> None:
        self.there = True
        self.opened: list[Path] = []

    def show(self, path: Path) -> bool:
        self.opened += [path] if self.there else []
        return self.there


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(outside, "show_folder", made.show)
    return made


@pytest.fixture
def desk(qtbot: QtBot) -> HelpDesk:
    """The help of a window before anybody is logged in."""
    below = shown(qtbot, QWidget())
    return HelpDesk(below, _nobody, below)


def _nobody() -> None:
    return None


def _ask(desk: HelpDesk, dialogs: Dialogs, qtbot: QtBot, target: Path) -> HelpWindow:
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(target), ""))
    window = desk.explain(None)
    window.handbook.click()
    assert not window.handbook.isEnabled()
    assert not window.print.hasFocus()
    assert "可以接着看" in window.banner.text()
    qtbot.waitUntil(window.handbook.isEnabled, timeout=30_000)
    desk.stop()
    window.close()
    return window


def test_the_shipped_manual_is_copied_and_opened(
    desk: HelpDesk, dialogs: Dialogs, qtbot: QtBot, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "shipped.pdf"
    made.write_bytes(b"%PDF shipped")
    monkeypatch.setattr(handbook, "shipped", lambda: made)
    window = _ask(desk, dialogs, qtbot, tmp_path / "手册")
    target = tmp_path / "手册.pdf"
    assert target.read_bytes() == b"%PDF shipped"
    assert reader.opened == [target]
    assert str(target) in window.banner.text()
    assert "打开" in window.banner.text()


def test_without_a_shipped_one_it_is_made_of_the_texts(
    desk: HelpDesk, dialogs: Dialogs, qtbot: QtBot, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handbook, "shipped", lambda: None)
    reader.there = False
    window = _ask(desk, dialogs, qtbot, tmp_path / "手册.pdf")
    assert (tmp_path / "手册.pdf").read_bytes().startswith(b"%PDF")
    assert "只有文字" in window.banner.text()
    assert "没有找到看 PDF 的程序" in window.banner.text()


def test_a_failure_is_said_in_the_window(
    desk: HelpDesk, dialogs: Dialogs, qtbot: QtBot, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(target: Path, data: bytes) -> None:
        raise Known("磁盘已满。", "请换一个盘。")

    monkeypatch.setattr(handbook, "write_bytes", full)
    window = _ask(desk, dialogs, qtbot, tmp_path / "手册.pdf")
    assert window.banner.text() == "磁盘已满。请换一个盘。"
    assert reader.opened == []


def test_a_shipped_manual_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handbook, "shipped", lambda: tmp_path / "gone.pdf")
    with pytest.raises(Known, match="读不出来"):
        handbook.write_to(tmp_path / "手册.pdf", handbook.date(2016, 7, 1))
