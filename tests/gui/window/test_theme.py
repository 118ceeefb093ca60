"""The dress of the window: complete in every scheme, and light enough at the start."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop.widgets import colours
from desktop.window import icons, theme
from desktop.window.actions import ACTS

SCHEMES = [colours.LIGHT, colours.DARK, colours.CONTRAST]


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio by WCAG 2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_can_be_read_on_its_ground(scheme: colours.Scheme) -> None:
    pairs = [("ink", "sheet"), ("ink", "ground"), ("ink", "select"), ("on_pine", "pine"), ("on_red", "red")]
    pairs += [
        ("pine", "pine_wash"),
        ("red", "red_wash"),
        ("ochre", "ochre_wash"),
        ("red", "sheet"),
        ("on_drill", "drill"),
    ]
    weak = {(a, b): round(contrast(getattr(scheme, a), getattr(scheme, b)), 1) for a, b in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.0} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_style_sheet_takes_all_its_colours(scheme: colours.Scheme) -> None:
    sheet = theme.style_sheet(scheme)
    assert "$" not in sheet
    assert scheme.pine in sheet


@pytest.mark.parametrize(("flags", "high"), [("126", False), ("127", True), (None, False)])
def test_high_contrast_on_windows_is_no_when_nobody_ever_set_it(
    monkeypatch: pytest.MonkeyPatch, flags: str | None, high: bool
) -> None:
    class Registry(ModuleType):
        HKEY_CURRENT_USER = 0

        @staticmethod
        def OpenKey(root: int, name: str) -> AbstractContextManager[str]:
            if flags is None:
                raise FileNotFoundError(2, name)
            return nullcontext(name)

        @staticmethod
        def QueryValueEx(key: str, name: str) -> tuple[str | None, int]:
            return flags, 1

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setitem(sys.modules, "winreg", Registry("winreg"))
    assert theme.high_contrast() is high


@pytest.fixture
def undressed(qapp: QApplication) -> Iterator[QApplication]:
    font, sheet, old = qapp.font(), qapp.styleSheet(), qapp.palette()
    yield qapp
    colours.use(colours.LIGHT)
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(old)


def test_the_system_decides_the_scheme(undressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    dress = theme.Theme(undressed)
    assert colours.scheme() is colours.LIGHT
    assert undressed.font().pixelSize() == 14
    monkeypatch.setenv("GTK_THEME", "HighContrastInverse")
    dress._follow()
    assert colours.scheme() is colours.CONTRAST
    assert undressed.palette().color(QPalette.ColorRole.Text) == QColor("#ffffff")
    dress.deleteLater()


def test_every_drawing_exists(qapp: QApplication) -> None:
    loaded = icons.load(set(icons.NAMES) | {"unknown"})
    assert set(loaded) == set(icons.NAMES)
    assert not any(icon.pixmap(17, 17).isNull() for pair in loaded.values() for icon in pair)


def test_no_two_actions_share_a_key() -> None:
    assert len({act.keys for act in ACTS}) == len(ACTS)
    assert len({act.name for act in ACTS}) == len(ACTS)


def test_nothing_slow_is_loaded_with_the_window() -> None:
    program = (
        "import sys, desktop.window.shell, desktop.window.theme, desktop.widgets.form, desktop.widgets.grid,"
        "desktop.widgets.listtable\n"
        "print([name for name in ('qtawesome', 'pypinyin', 'sqlalchemy', 'openpyxl') if name in sys.modules])"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
