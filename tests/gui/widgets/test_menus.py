"""A button with a list of acts: what is chosen is said by its key, what cannot be done says why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.widgets.menus import MenuButton


def test_an_act_is_said_by_its_key(qtbot: QtBot) -> None:
    menu = MenuButton("打印")
    qtbot.addWidget(menu)
    menu.add("card", "户卡")
    menu.add("form", "申请书", "Ctrl+P")
    with qtbot.waitSignal(menu.chosen) as told:
        menu.act("form").trigger()
    assert told.args == ["form"]
    assert menu.act("form").text() == "申请书\tCtrl+P"


def test_what_cannot_be_done_now_says_why(qtbot: QtBot) -> None:
    menu = MenuButton("打印")
    qtbot.addWidget(menu)
    menu.add("card", "户卡")
    menu.allow("card", "建档立卡以后才有户卡")
    assert not menu.act("card").isEnabled()
    assert menu.act("card").toolTip() == "建档立卡以后才有户卡"
    menu.allow("card")
    assert menu.act("card").isEnabled()


def test_the_arrow_is_drawn_within_the_button(qtbot: QtBot) -> None:
    menu = MenuButton("打印")
    qtbot.addWidget(menu)
    menu.add("card", "户卡")
    menu.show()
    drawn = menu.grab().toImage()
    assert drawn.width() >= menu.fontMetrics().horizontalAdvance("打印 ▾")
    qtbot.keyClick(menu, Qt.Key.Key_Tab)
