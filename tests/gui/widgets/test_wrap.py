"""A row that goes on in the next line: every part is in sight at any width, and the lines ask for their height."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.wrap import WrapRow, keep_whole
from tests.helpers.qt import shown


def test_what_does_not_fit_stands_in_the_next_line_and_pushes_down_what_follows(qtbot: QtBot) -> None:
    whole, parts = QWidget(), QWidget()
    inner = WrapRow(parts, 6)
    made = [QLabel(parts) for _ in range(3)]
    for part in made:
        part.setFixedSize(100, 20)
        inner.addWidget(part)
    outer, below = QVBoxLayout(whole), QLabel("下一项", whole)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(parts)
    outer.addWidget(below)
    outer.addStretch(1)
    shown(qtbot, whole, 312, 200)
    assert [(part.x(), part.y()) for part in made] == [(0, 0), (106, 0), (212, 0)]
    assert inner.minimumSize().width() == 100
    whole.resize(311, 200)
    assert [(part.x(), part.y()) for part in made] == [(0, 0), (106, 0), (0, 26)]
    assert parts.height() == 46
    assert below.y() > 46
    whole.resize(90, 200)
    assert [part.y() for part in made] == [0, 26, 52]


def test_a_lower_part_stands_in_the_middle_of_its_line(qtbot: QtBot) -> None:
    parts = QWidget()
    inner = WrapRow(parts, 6)
    made = [QLabel(parts) for _ in range(3)]
    for part, height in zip(made, (32, 20, 20), strict=True):
        part.setFixedSize(100, height)
        inner.addWidget(part)
    shown(qtbot, parts, 220, 100)
    assert [part.y() for part in made] == [0, 6, 38]


def test_what_is_kept_whole_is_not_pressed_by_what_stands_beside_it(qtbot: QtBot) -> None:
    whole, parts, below = QWidget(), QWidget(), QLabel("下一项")
    inner = WrapRow(parts, 6)
    for _ in range(3):
        part = QLabel(parts)
        part.setFixedSize(100, 20)
        inner.addWidget(part)
    keep_whole(parts)
    below.setMinimumHeight(50)
    outer = QVBoxLayout(whole)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    outer.addWidget(parts)
    outer.addWidget(below)
    shown(qtbot, whole, 312, 70)
    assert parts.height() == 20
    whole.resize(110, 70)
    qtbot.waitUntil(lambda: whole.minimumSizeHint().height() == 72 + 50)
    assert parts.height() == 72
