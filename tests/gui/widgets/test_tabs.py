"""Tabs show one part at a time; a part the town does not need is not offered."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.widgets.tabs import Tabs


def test_a_tab_shows_its_part_and_says_so(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    one, two = QLabel("甲"), QLabel("乙")
    tabs.add(one, "公告")
    tabs.add(two, "核查")
    tabs.show()
    with qtbot.waitSignal(tabs.chosen) as chosen:
        QTest.mouseClick(tabs.bar, Qt.MouseButton.LeftButton, pos=tabs.bar.tabRect(1).center())
    assert chosen.args == [two]
    assert tabs.current() is two
    assert not one.isVisible()
    tabs.set_title(two, "核查（2 户）")
    assert tabs.title(two) == "核查（2 户）"


def test_a_hidden_tab_cannot_be_chosen(qtbot: QtBot) -> None:
    tabs = Tabs()
    qtbot.addWidget(tabs)
    one, two = QLabel("甲"), QLabel("乙")
    tabs.add(one, "公告")
    tabs.add(two, "核查")
    tabs.set_shown(one, False)
    assert not tabs.is_shown(one)
    assert tabs.current() is two
    tabs.choose(one)
    assert tabs.current() is two
