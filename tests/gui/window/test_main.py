"""The one window: it remembers its place, says once when it is painted, and does not close while there is work."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.window.main import USUAL, MainWindow


def test_the_first_picture_is_told_once(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    told: list[bool] = []

    def count() -> None:
        told.append(True)

    window.painted.connect(count)
    with qtbot.waitSignal(window.painted):
        window.show()
    window.repaint()
    window.hide()
    window.show()
    qtbot.waitExposed(window)
    assert told == [True]


def test_the_place_is_remembered(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    window.resize(1024, 640)
    again = MainWindow(window.saveGeometry())
    qtbot.addWidget(again)
    assert again.height() == 640
    assert USUAL == (1366, 768)


def test_work_holds_the_window_until_it_may_leave(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    entry = QWidget()
    qtbot.addWidget(entry)
    window.show_part(entry)
    window.show()
    assert window.close()
    window.show_part(QWidget(), "华阳镇", working=True)
    assert window.windowTitle() == "华阳镇 · 户有卡"
    window.show()
    with qtbot.waitSignal(window.close_asked):
        assert not window.close()
    assert window.isVisible()
    window.leave()
    assert not window.isVisible()
