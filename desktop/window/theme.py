"""Dresses the application as the register book: font, colours and style sheet, light, dark or high contrast as the system is.

Called once before the first window, and again by itself whenever the system changes its scheme.
"""

from __future__ import annotations

import os
import sys
from string import Template

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from desktop.app.paths import resource
from desktop.widgets.colours import CONTRAST, DARK, LIGHT, Scheme, scheme, use

FAMILIES = (
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "文泉驿微米黑",
    "SimSun",
    "SimSun-ExtB",
    "HanaMinB",
    "HanaMinA",
)
"""The last three are asked for single rare characters; HanaMin goes with the installed program."""
BASE_PX = 14


def high_contrast() -> bool:
    """Whether the system asks for high contrast; Qt 6.8 does not say, so Windows and GTK are asked themselves."""
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Control Panel\Accessibility\HighContrast") as key:
                return bool(int(winreg.QueryValueEx(key, "Flags")[0]) & 1)
        except OSError:  # a fresh user, or a trimmed Windows, has no such key
            return False
    return "contrast" in os.environ.get("GTK_THEME", "").lower()


def chosen_scheme(app: QApplication) -> Scheme:
    """The scheme the system asks for."""
    if high_contrast():
        return CONTRAST
    return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def palette(colours: Scheme) -> QPalette:
    """What the style sheet does not reach: selections, tool tips, disabled text, placeholders."""
    made = QPalette(colours.colour("sheet"), colours.colour("ground"))
    role = QPalette.ColorRole
    for target, token in (
        (role.WindowText, "ink"), (role.Text, "ink"), (role.ButtonText, "ink"), (role.ToolTipText, "ink"),
        (role.Base, "sheet"), (role.AlternateBase, "shade"), (role.ToolTipBase, "sheet"), (role.PlaceholderText, "quiet"),
        (role.Highlight, "pine"), (role.HighlightedText, "on_pine"), (role.Link, "pine"), (role.Mid, "line"),
    ):  # fmt: skip
        made.setColor(target, colours.colour(token))
    for target in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, target, colours.colour("quiet"))
    return made


def base_font() -> QFont:
    """14 px of the first family this computer has, with figures of one width."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(BASE_PX)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def style_sheet(colours: Scheme) -> str:
    """The style sheet with the scheme's colours put in."""
    return Template(resource("style/huyouka.qss").read_text(encoding="utf-8")).substitute(colours.mapping())


class Theme(QObject):
    """Keeps ``app`` dressed; a child of it, one per process."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.setStyle("Fusion")
        app.setFont(base_font())
        self.dress(chosen_scheme(app))
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def dress(self, colours: Scheme) -> None:
        """Put on one scheme."""
        use(colours)
        self._app.setPalette(palette(colours))
        self._app.setStyleSheet(style_sheet(colours))

    @Slot()
    def _follow(self) -> None:
        wanted = chosen_scheme(self._app)
        if wanted is not scheme():
            self.dress(wanted)
