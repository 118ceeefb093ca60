"""The start, step by step, from the command line to the clerk at his desk.

1. See whether a window can be opened here at all; if not, say so in one sentence and end.
2. See whether the program is already open; if so, hand over the record that was named and end.
3. Make the application: name, Chinese dates and buttons, the looks of the register book.
4. Install the crash window, before anything of ours can go wrong.
5. Recall the settings: where the window stood, which record was open, who worked last.
6. Show the window with the way in: the log-in, or the guide where there is no record. Up to here no database is imported.
7. Once the window stands on the screen, import the rest beside it while the clerk types, look whether both halves are there, and take
   calls of later starts.
8. Let him in: the record is opened beside the window; then the desk takes the place of the log-in.
9. When he leaves: back up, close the record, remember the window's place.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from desktop.app import environment, inputmethod

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.app.calls import Calls
    from desktop.app.crash import Crash
    from desktop.app.program import Program
    from desktop.app.single import Single

SILENT = (
    "它的窗口现在没有回应，可能正在办一件费时的事。请等一会儿，再从任务栏点它的窗口。"
    "一直没有回应的，可重新启动电脑；已经保存的内容都在，不会丢失。"
)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; 0 when it was left in order or is already open, 2 when no window can be opened here, 3 when the one that is open
    does not answer."""
    record = parse(sys.argv[1:] if arguments is None else arguments)
    complaint = environment.complaint(environment.current())  # 1
    if complaint:
        environment.say(complaint)
        return 2
    from desktop.app.single import Single

    single = Single()
    if not single.first():
        ended = hand_over(single, record)  # 2
        if ended is not None:
            return ended
    with inputmethod.reached():
        app = make_application(sys.argv[:1])  # 3
    crash = watch_for_crashes()  # 4
    program, calls = open_window(record)  # 5, 6
    crash.tell_to(program.tell)
    single.called.connect(calls.take)
    program.window.painted.connect(program.prepare)  # 7, 8
    program.window.painted.connect(single.listen)
    result = app.exec()
    single.close_door()
    calls.end()
    program.end()  # 9
    crash.remove()
    single.end()
    return result


def hand_over(single: Single, record: Path | None) -> int | None:
    """Let the program that is open bring its window forward; how this start ends, None when it is the first now after all."""
    while not single.hand_over(record):
        if single.first():
            return None
        from desktop.widgets.dialogs import Answer, ask

        make_application(sys.argv[:1])
        choices = (Answer("不等了", "leave", "plain"), Answer("再等一等", "wait", "primary"))
        if ask(None, "户有卡已经打开", SILENT, choices) != "wait":
            return 3
    return 0


def parse(arguments: list[str]) -> Path | None:
    """The record named on the command line, if any."""
    parser = _Parser(prog="huyouka", description="户有卡")
    parser.add_argument("record", nargs="?", default="", help="档案文件 (.huk)，不写则打开上次的档案")
    found: str = parser.parse_args(arguments).record
    return Path(found).absolute() if found else None


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """In the clerk's words, and in a box where the system shows him no other output."""
        environment.say("没有打开户有卡：启动时只能写一个档案文件 (.huk)，也可以什么都不写。")
        raise SystemExit(2)


def make_application(argv: list[str]) -> QApplication:
    """The one application of this process, dressed and speaking Chinese."""
    from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from desktop.app import shippedfont
    from desktop.window.theme import Theme

    made = QApplication.instance()
    if isinstance(made, QApplication):
        return made
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(argv)
    app.setApplicationName("huyouka")
    app.setApplicationDisplayName("户有卡")
    QGuiApplication.setDesktopFileName("cn.huyouka.register")  # the desktop's own entry names its picture
    words = QTranslator(app)
    if words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(words)
    shippedfont.load()
    Theme(app)
    return app


def watch_for_crashes() -> Crash:
    """What escapes everywhere else ends in one window with a report, or in one sentence when it is a known trouble."""
    from desktop.app.crash import Crash
    from desktop.app.paths import log_folder
    from desktop.window.crashwindow import show_crash

    crash = Crash(log_folder() / "crash.log", show_crash)
    crash.install()
    return crash


def open_window(record: Path | None) -> tuple[Program, Calls]:
    """The window with the way in; the record of last time when none was named. And what takes the calls of later starts."""
    from desktop.app.calls import Calls
    from desktop.app.door import FILE_NAME, Door
    from desktop.app.paths import data_folder
    from desktop.app.program import Program
    from desktop.app.settings import Settings

    settings = Settings()
    door = Door()
    program = Program(door, settings)
    proposed = data_folder() / FILE_NAME  # still there when the settings were lost
    program.begin(record or settings.last_record or (proposed if door.exists(proposed) else None))
    return program, Calls(program, door, program)
