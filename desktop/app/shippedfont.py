"""The open fonts that go with the installed program, so that no window and no page shows boxes on a computer without Chinese fonts.

The office's own fonts stay the first choice (see `desktop.printing.fonts`); these stand behind them, and their rare characters too.
"""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase

from desktop.app.paths import resource

NAMES = ("fonts/NotoSansSC.otf", "fonts/HanaMinB.ttf", "fonts/HanaMinA.ttf")


def load() -> tuple[str, ...]:
    """Make the fonts known to Qt; their families, without those this tree does not ship or that cannot be read."""
    return tuple(family for name in NAMES for family in _load(name))


def _load(name: str) -> list[str]:
    try:
        path = resource(name)
    except FileNotFoundError:
        return []
    number = QFontDatabase.addApplicationFont(str(path))
    return QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
