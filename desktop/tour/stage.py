"""The stage of the tour: the window of the program, the hands that press its buttons, the camera, and the clock that lets days pass.

Whatever a clerk can click or type is clicked or typed here; only where the system would open its own file dialog the page is told the
file directly.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from traceback import format_exception
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QPushButton, QWidget

from db.rules import calendar
from db.services.town.holidays import holidays
from db.store.clock import CST, FixedClock
from desktop.app.office import Office
from desktop.app.program import Program
from desktop.app.wiring import Workplace
from desktop.widgets.colours import scheme
from desktop.widgets.editor import Editor
from desktop.widgets.form import Form
from desktop.widgets.menus import MenuButton
from desktop.widgets.page import Page
from desktop.widgets.segmented import Segmented
from desktop.widgets.table import RecordTable
from desktop.widgets.tabs import Tabs
from desktop.widgets.ticks import Ticks
from desktop.window.shell import Shell

SIZE = (1366, 768)
SETTLE_MS = 10
GATHER_MS = 260
"""The marks and the foot of the window are counted a moment after the last act."""
PNG_FAST = 80
"""Written in a moment; a smaller file takes longer than the act it shows."""
LONGEST_S = 300.0
P = TypeVar("P", bound=Page)
Answer = Callable[[QDialog], None]


class StageError(RuntimeError):
    """A window did not do what the tour asked of it; the text says what stood on the screen."""


class Stage:
    """``program`` is the real one with the tour's clock behind its door; ``out`` takes the pictures and papers."""

    def __init__(self, program: Program, clock: FixedClock, out: Path) -> None:
        self.program = program
        self.clock = clock
        self.out = out
        self._pictures = 0
        self._bugs: list[str] = []
        self._answers: list[Answer] = []
        self._behind: QWidget | None = None

    @property
    def place(self) -> Workplace:
        """The open record at work; StageError while nobody is logged in."""
        if self.program.workplace is None:
            raise StageError(f"nobody is logged in: {self.program.entry.login.banner.text()}")
        return self.program.workplace

    @property
    def shell(self) -> Shell:
        """The window's inside."""
        return self.place.shell

    @property
    def office(self) -> Office:
        """The open record."""
        return self.place.office

    @property
    def today(self) -> date:
        """The day on the clock."""
        return self.clock.now().date()

    def say(self, text: str) -> None:
        """One line of progress with the day it is on the clock."""
        sys.stdout.write(f"{self.today} {text}\n")
        sys.stdout.flush()

    def pass_to(self, day: date, hour: int = 9) -> None:
        """Let time really pass until a moment of a day, never backwards."""
        moment = datetime(day.year, day.month, day.day, hour, tzinfo=CST)
        if moment <= self.clock.now():
            return
        self.clock.pass_to(moment)
        if self.program.workplace is not None:
            self.shell.banner.close_now()
            self.place.news.look()
            self.settle()

    def settle(self) -> None:
        """Wait until all work has come home and the window has drawn it; StageError when something went wrong meanwhile."""
        for _ in range(2):
            work = self.program.workplace.office.work if self.program.workplace else self.program.work
            work.drain(LONGEST_S)
            QTest.qWait(SETTLE_MS)
        if self._bugs:
            raise StageError(f"the program has a bug:\n{self._bugs[0]}")
        if self.program.workplace is not None and self.shell.banner.property("tone") == "red" and self.told():
            raise StageError(f"the window says: {self.told()}")

    def note_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What escaped from a slot or a worker; takes the place of `sys.excepthook` during the tour.

        Only its words are kept: a frame kept alive would keep a painter alive after its paint event.
        """
        self._bugs.append("".join(format_exception(kind, error, trace)))

    def page(self, key: str, kind: type[P], thing: object = None) -> P:
        """Press a job at the left (or follow a link to ``thing``) and return its page."""
        self.shell.banner.close_now()
        if thing is None:
            place = self.shell.sidebar.place(key).center()
            QTest.mouseClick(self.shell.sidebar, Qt.MouseButton.LeftButton, pos=place)
        else:
            self.shell.go(key, thing)
        self.settle()
        found = self.shell.current_page()
        if not isinstance(found, kind):
            raise StageError(f"the job {key!r} did not open: {self.told()}")
        return found

    def click(self, button: QAbstractButton) -> None:
        """Press a button that can be seen and pressed, and wait for what it does."""
        self.press(button)
        self.settle()

    def find(self, inside: QWidget, text: str) -> QPushButton:
        """The button inside a part of the page that says so."""
        found = next((b for b in inside.findChildren(QPushButton) if b.text() == text and b.isVisible()), None)
        if found is None:
            raise StageError(f"there is no button “{text}”")
        return found

    def press(self, button: QAbstractButton) -> None:
        """Press a button without waiting."""
        if not button.isVisible() or not button.isEnabled():
            raise StageError(f"“{button.text()}” cannot be pressed: {self.told()}")
        place = QPoint(min(12, button.width() // 2), button.height() // 2)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=place)

    def type(self, target: Editor | QWidget, text: str) -> None:
        """Put the keyboard into a field, type over what stands there, and leave it."""
        core = target.core if isinstance(target, Editor) else target
        if not core.isActiveWindow():
            core.activateWindow()
            QTest.qWait(SETTLE_MS)
        core.setFocus(Qt.FocusReason.TabFocusReason)
        taker = core.focusProxy() or core
        QTest.keyClick(taker, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        if text.isascii():
            QTest.keyClicks(taker, text)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(text)
            QApplication.sendEvent(taker, committed)
        taker.clearFocus()

    def press_and_answer(self, button: QAbstractButton, *answers: Answer, must: bool = True) -> None:
        """Press a button that asks in dialogs; each of ``answers`` acts on one of them, in order, and closes it. What need not be asked
        (not ``must``) is no error when it is not."""
        self._expect(answers)
        self.press(button)
        if not must:
            self.settle()
            self._answers.clear()
        self._asked_all(button.text())

    def _expect(self, answers: Sequence[Answer]) -> None:
        """A dialog that is open already is not the one that will ask."""
        self._behind = QApplication.activeModalWidget()
        self._answers = list(answers)
        QTimer.singleShot(SETTLE_MS, self._answer)

    def _asked_all(self, what: str) -> None:
        self.program.window.activateWindow()
        self.settle()
        if self._answers:
            self.settle()
        if self._answers:
            self._answers.clear()
            raise StageError(f"“{what}” did not ask as expected: {self.told()}")

    def _answer(self) -> None:
        """A dialog nobody expected, or one that was not closed by its answer, is rejected: nobody else is here to do it."""
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or dialog is self._behind:
            if self._answers:
                QTimer.singleShot(SETTLE_MS, self._answer)
            return
        try:
            if not self._answers:
                raise StageError(f"nobody expected “{dialog.windowTitle()}”")
            self._answers.pop(0)(dialog)
        except Exception as error:
            self.note_bug(type(error), error, error.__traceback__)
        QTimer.singleShot(SETTLE_MS, self._answer)
        if dialog.isVisible():
            dialog.reject()

    def answer(self, target: Editor, number: int) -> None:
        """Answer joined buttons with the key of the ``number``-th, counted from 1."""
        QTest.keyClick(target.core, Qt.Key(Qt.Key.Key_0.value + number))

    def pick(self, buttons: Segmented, text: str) -> None:
        """Answer joined buttons by the word, with the number keys."""
        for number in range(1, 10):
            if buttons.text() == text:
                return
            QTest.keyClick(buttons, Qt.Key(Qt.Key.Key_0.value + number))
        raise StageError(f"{text!r} is no answer here")

    def fill(self, editor: Editor, text: str) -> None:
        """Give a field its value in the way it takes one: joined buttons, a drop-down, or typed."""
        if isinstance(editor.core, Segmented):
            self.pick(editor.core, text)
        elif isinstance(editor.core, QComboBox):
            self.choose(editor.core, text)
        else:
            self.type(editor, text)

    def act(self, menu: MenuButton, what: str) -> None:
        """Choose an act of a menu and wait for what it does."""
        act = menu.act(what)
        if not menu.isVisible() or not act.isEnabled():
            raise StageError(f"“{act.text()}” cannot be chosen: {act.toolTip()}")
        act.trigger()
        self.settle()

    def act_and_answer(self, menu: MenuButton, what: str, *answers: Answer) -> None:
        """As ``act`` for one that asks in dialogs."""
        self._expect(answers)
        self.act(menu, what)
        self._asked_all(menu.act(what).text())

    def choose(self, box: QWidget, text: str) -> None:
        """Choose the entry of a drop-down that begins with ``text``."""
        if not isinstance(box, QComboBox):
            raise StageError("this is not a drop-down")
        at = next((n for n in range(box.count()) if box.itemText(n).startswith(text)), -1)
        if at < 0:
            raise StageError(f"{text!r} is not offered")
        if at != box.currentIndex():
            box.setCurrentIndex(at)
            box.activated.emit(at)
        self.settle()

    def tick(self, ticks: Ticks, *things: object) -> None:
        """Tick these rows alone, with the space bar."""
        ticks.tick_none()
        for place, item in enumerate(ticks.list.items()):
            if item.thing in things:
                ticks.list.table.go_to(place)
                QTest.keyClick(ticks.list.table, Qt.Key.Key_Space)
        self.settle()
        if len(ticks.ticked()) != len(things):
            raise StageError(f"{len(ticks.ticked())} rows are ticked, not {len(things)}")

    def point(self, table: RecordTable, row: int, column: int) -> None:
        """Click a cell of a list."""
        self.program.window.activateWindow()
        QTest.qWait(SETTLE_MS)
        table.go_to(table.ids()[row])
        index = table.currentIndex().siblingAtColumn(column)
        table.scrollTo(index)
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
        self.settle()

    def turn(self, tabs: Tabs, to: QWidget) -> None:
        """Turn to a tab."""
        tabs.choose(to)
        self.settle()

    def picture(self, name: str, dialog: QDialog | None = None) -> None:
        """The next numbered picture of the whole window, with a dialog before it if there is one."""
        self._gather()
        self.settle()
        self._pictures += 1
        path = self.out / f"{self._pictures:03d}-{name}.png"
        shown = self.program.window.grab()
        if dialog is not None:
            _lay_before(shown, dialog)
        if not shown.save(str(path), quality=PNG_FAST):
            raise StageError(f"the picture {path.name} could not be written")

    def _gather(self) -> None:
        """Wait for what the window counts a moment after the last act; its foot counts at once, that every picture tells the present."""
        if self.program.workplace is not None:
            self.place.news.hurry()
        for _ in range(0, GATHER_MS, SETTLE_MS):
            QTest.qWait(SETTLE_MS)
            timers = self.program.window.findChildren(QTimer)
            if not any(t.isActive() and t.isSingleShot() and t.interval() < GATHER_MS for t in timers):
                return

    def told(self) -> str:
        """What the window says."""
        return self.program.workplace.shell.banner.text() if self.program.workplace else ""


def refusal(form: Form) -> str:
    """What a form says is wrong, at the top and at its fields."""
    return "；".join(filter(None, (form.faults.text(), *(form.editor(key).problem() for key in form.fields()))))


def _lay_before(shown: QPixmap, dialog: QDialog) -> None:
    """Draw a dialog into the middle of the window's picture with a hairline around."""
    front = dialog.grab()
    place = QRect(QPoint(), front.deviceIndependentSize().toSize())
    place.moveCenter(QRect(QPoint(), shown.deviceIndependentSize().toSize()).center())
    painter = QPainter(shown)
    painter.drawPixmap(place, front)
    painter.setPen(scheme().colour("field_line"))
    painter.drawRect(place.adjusted(-1, -1, 0, 0))
    painter.end()


def workday_from(day: date) -> date:
    """The first working day on or after a day: an office acts when it is open."""
    return calendar.workday_from(day, holidays())
