"""The whole program on a record of its own, for tests of the way in and of the wired window; and a second person for dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from db.store.clock import FixedClock
from desktop.app.door import Door
from desktop.app.program import Program
from desktop.app.settings import Settings
from desktop.app.wiring import Workplace
from desktop.widgets.dialogs import SecondPersonDialog
from tests.helpers import town
from tests.helpers.record import CHEAP, CLERK, REVIEWER, START, create

ENTER = Qt.Key.Key_Return


class Clerk:
    """The program in front of somebody who types, with its record and clock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "town.huk"
        self.clock = FixedClock(START)
        self.door = Door(self.clock, CHEAP, folder / "anchors.json", folder / "练习" / "练习台账.huk")
        self.settings = Settings(folder / "settings.ini")
        self.code = ""
        self._programs: list[Program] = []

    def make_record(self) -> None:
        """The invented town at ``path``."""
        self.code = create(self.path, town.set_up, self.clock)

    def start(self, record: Path | None = None, door: Door | None = None) -> Program:
        """Start the program; ended after the test."""
        made = Program(door or self.door, self.settings)
        made.begin(record or self.settings.last_record)
        self._programs.append(made)
        return made

    def log_in(self, program: Program, name: str = CLERK.name, password: str = CLERK.password) -> Workplace:
        """Type the password and press Enter; returns the workplace."""
        page = program.entry.login
        page.box.setCurrentText(name)
        type_in(page.password, password)
        program.work.drain()
        assert program.workplace is not None
        settle(program.workplace)
        return program.workplace

    def end(self) -> None:
        """Close whatever is still open."""
        for program in self._programs:
            program.window.leave()
            program.end()
            program.window.deleteLater()
            program.deleteLater()
        self._programs.clear()


@pytest.fixture
def clerk(qapp: QApplication, tmp_path: Path) -> Iterator[Clerk]:
    """A clerk with an empty folder; ``make_record`` puts the invented town into it."""
    made = Clerk(tmp_path)
    yield made
    made.end()


def settle(place: Workplace) -> None:
    """Wait until everything asked for has come home."""
    place.office.work.drain()


def type_in(line: QWidget, text: str, enter: bool = True) -> None:
    """Type into a line (or what stands for it) in place of what is there, and press Enter."""
    taker = line.focusProxy() or line
    QTest.keyClick(taker, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(taker, text)
    if enter:
        QTest.keyClick(taker, ENTER)


def signing(
    reason: str = "已核对", name: str = REVIEWER.name, password: str = REVIEWER.password
) -> Callable[[SecondPersonDialog], int]:
    """Stands by a decision as the reviewer, for ``dialogs.answer(SecondPersonDialog, signing())``."""

    def fill(dialog: SecondPersonDialog) -> int:
        dialog.name.setCurrentText(name)
        dialog.password.setText(password)
        dialog.reason.setPlainText(reason)
        return int(SecondPersonDialog.DialogCode.Accepted)

    return fill
