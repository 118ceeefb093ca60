"""The start, step by step, from the command line to the clerk at his desk.

1. See whether a window can be opened here at all; if not, say so in one sentence and end.
2. Make the application: name, Chinese dates and buttons, the looks of the register book.
3. Install the crash window, before anything of ours can go wrong.
4. Recall the settings: where the window stood, which record was open, who worked last.
5. Show the window with the way in: the log-in, or the guide where there is no record. Up to here no database is imported.
6. Once the window stands on the screen, import the rest beside it while the clerk types, and look whether both halves are there.
7. Let him in: the record is opened beside the window; then the desk takes the place of the log-in.
8. When he leaves: back up, close the record, remember the window's place.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app import environment, inputmethod

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop.app.crash import Crash
    from desktop.app.program import Program


def main(arguments: list[str] | None = None) -> int:
    """Run the program; 0 when it was left in order, 2 when no window can be opened here."""
    record = parse(sys.argv[1:] if arguments is None else arguments)
    complaint = environment.complaint(environment.current())  # 1
    if complaint:
        environment.say(complaint)
        return 2
    with inputmethod.reached():
        app = make_application(sys.argv[:1])  # 2
    crash = watch_for_crashes()  # 3
    program = open_window(record)  # 4, 5
    crash.tell_to(program.tell)
    program.window.painted.connect(program.prepare)  # 6, 7
    result = app.exec()
    program.end()  # 8
    crash.remove()
    return result


def parse(arguments: list[str]) -> Path | None:
    """The record named on the command line, if any."""
    parser = ArgumentParser(prog="python -m desktop", description="户有卡")
    parser.add_argument("record", nargs="?", type=Path, help="档案文件 (.huk)，不写则打开上次的档案")
    found: Path | None = parser.parse_args(arguments).record
    return found.absolute() if found is not None else None


def make_application(argv: list[str]) -> QApplication:
    """The one application of this process, dressed and speaking Chinese."""
    from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    from desktop.app import shippedfont
    from desktop.window.theme import Theme

    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(argv)
    app.setApplicationName("huyouka")
    app.setApplicationDisplayName("户有卡")
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


def open_window(record: Path | None) -> Program:
    """The window with the way in; the record of last time when none was named."""
    from desktop.app.door import Door
    from desktop.app.program import Program
    from desktop.app.settings import Settings

    settings = Settings()
    program = Program(Door(), settings)
    program.begin(record or settings.last_record)
    return program
