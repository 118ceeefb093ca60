"""One chip is always chosen; a barred one says why and is left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.widgets.chips import Chips


def test_a_click_chooses_and_tells(qtbot: QtBot) -> None:
    chips = Chips(("一", "二"))
    qtbot.addWidget(chips)
    assert chips.text() == "一"
    with qtbot.waitSignal(chips.chosen) as told:
        QTest.mouseClick(chips.chip("二"), Qt.MouseButton.LeftButton)
    assert told.args == ["二"]
    assert chips.text() == "二"
    QTest.mouseClick(chips.chip("二"), Qt.MouseButton.LeftButton)
    assert chips.text() == "二"


def test_a_barred_chip_is_left_for_the_first_free(qtbot: QtBot) -> None:
    chips = Chips(("一", "二", "三"))
    qtbot.addWidget(chips)
    chips.choose("二")
    chips.bar({"二": "没有退回"})
    assert chips.text() == "一"
    assert not chips.chip("二").isEnabled()
    assert chips.chip("二").toolTip() == "没有退回"
    chips.bar({})
    assert chips.chip("二").isEnabled()
