"""The font that goes with the installed program is made known to Qt; a tree without one and a spoilt one do no harm."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase
from pytestqt.qtbot import QtBot

from desktop.app import shippedfont


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    path = tmp_path / "resources" / shippedfont.NAMES[0]
    path.parent.mkdir(parents=True)
    return path


def test_a_shipped_font_is_known_to_qt(shipped: Path, qtbot: QtBot) -> None:
    shipped.symlink_to("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    families = shippedfont.load()
    assert "Noto Sans CJK SC" in families
    assert set(families) <= set(QFontDatabase.families())


def test_a_spoilt_font_is_passed_over(shipped: Path, qtbot: QtBot) -> None:
    shipped.write_bytes(b"no font")
    assert shippedfont.load() == ()


def test_a_tree_that_ships_none_goes_on(shipped: Path, qtbot: QtBot) -> None:
    assert shippedfont.load() == ()
