"""The printed manual in the clerk's hand: the one that came with the program, else one made here of the same texts, without pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, QThread

from db.errors import Known
from db.resources import resource
from db.store.files import write_bytes

NAME = "经办人手册.pdf"


def shipped() -> Path | None:
    """The manual made when the program was built; None when run from source."""
    try:
        return resource("help", NAME)
    except FileNotFoundError:
        return None


def write_to(target: Path, on: date) -> bool:
    """Put the manual at ``target``; True when it is the one with pictures. Known: disk full, folder closed, file held."""
    there = shipped()
    if there is not None:
        write_bytes(target, _bytes_of(there))
        return True
    from desktop.help.manual import build

    write_bytes(target, build(None, on)[0])
    return False


def target_of(chosen: str) -> Path:
    """Where the manual is written that the clerk named: with the ending he may have left out."""
    return Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf")


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Known(
            "程序自带的经办人手册读不出来。", "请重新安装程序；帮助窗口里有同样的内容，可以一章一章打印。"
        ) from error


class Making(QThread):
    """Puts the manual where it is wanted beside the window's thread; when it is ``finished``, ``error`` says why not, else ``pictured``.

    A thread of Qt's own: laying out a text starts timers, which no other kind of thread has.
    """

    def __init__(self, target: Path, on: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.target = target
        self.pictured = False
        self.error: Exception | None = None
        self._on = on

    def run(self) -> None:
        try:
            self.pictured = write_to(self.target, self._on)
        except Exception as error:
            self.error = error
