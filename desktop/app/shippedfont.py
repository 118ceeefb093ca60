"""The open font that goes with the installed program, so that no window and no page shows boxes on a computer without Chinese fonts.

The office's own fonts stay the first choice (see `desktop.printing.fonts`); this one stands behind them, and its rare characters too.
"""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from desktop.app.paths import resource

NAME = "fonts/NotoSansSC.otf"


def load() -> tuple[str, ...]:
    """Make the font known to Qt; its families, none in a tree that ships no font or where it cannot be read."""
    try:
        path = resource(NAME)
    except FileNotFoundError:
        return ()
    number = QFontDatabase.addApplicationFont(str(path))
    return tuple(QFontDatabase.applicationFontFamilies(number)) if number >= 0 else ()
