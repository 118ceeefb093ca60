"""Where the installed program begins: a reader of one workbook, the tour (``--tour FOLDER``), the record's own command line
(``--record`` first), or the window."""

import os
import sys
import traceback
from io import TextIOWrapper
from pathlib import Path

COMMANDS = (["--tour"], ["--record"])


def speak() -> None:
    """Windows gives a program without a console no output: say what is to be said in the console it was called from, if there is one.
    Into a file or pipe it goes in the language of the computer, which may lack a character of a name."""
    if sys.platform != "win32":
        return
    if sys.stdout is None or sys.stderr is None:
        import ctypes

        target = Path("CONOUT$" if ctypes.windll.kernel32.AttachConsole(-1) else os.devnull)
        sys.stdout = sys.stderr = target.open("w", encoding="utf-8", errors="replace", buffering=1)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> int:
    """The exit code."""
    if sys.argv[1:] and sys.argv[1].startswith("--"):
        from db.sheets import opening

        if opening.serve(sys.argv):
            return 0
    if sys.argv[1:2] in COMMANDS:
        speak()
    if sys.argv[1:2] == ["--tour"]:
        from desktop.tour.command import main as tour

        return tour(sys.argv[2:])
    if sys.argv[1:2] == ["--record"]:
        from db.__main__ import main as command_line

        return command_line(sys.argv[2:])
    from desktop.app.start import main as window

    return window()


def guarded() -> int:
    """What goes wrong before the window can say so itself is said in a sentence; commands leave their traceback with who called them."""
    try:
        return main()
    except Exception as error:
        if sys.argv[1:2] in COMMANDS:
            traceback.print_exc()
        else:
            from desktop.app import environment

            environment.say(
                f"户有卡没有打开起来，档案没有动。请重新安装一次；还是这样，请把这一行告诉维护人员：{type(error).__name__}"
            )
        return 3


if __name__ == "__main__":
    raise SystemExit(guarded())
