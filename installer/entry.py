"""Where the installed program begins: a reader of one workbook, the tour (``--tour FOLDER``), the record's own command line
(``--record`` first), or the window."""

import sys


def main() -> int:
    """The exit code."""
    if sys.argv[1:] and sys.argv[1].startswith("--"):
        from db.sheets import opening

        if opening.serve(sys.argv):
            return 0
    if sys.argv[1:2] == ["--tour"]:
        from desktop.tour.command import main as tour

        return tour(sys.argv[2:])
    if sys.argv[1:2] == ["--record"]:
        from db.__main__ import main as command_line

        return command_line(sys.argv[2:])
    from desktop.app.start import main as window

    return window()


if __name__ == "__main__":
    raise SystemExit(main())
