"""Where the older program begins that check-deb builds to prove an upgrade: its time had no installer and so no entry of its own."""

import sys


def main() -> int:
    """The tour (``--tour FOLDER``), the record's command line (``--record`` first), or the window; the exit code."""
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
