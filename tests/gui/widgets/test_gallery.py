"""A wall of pictures: chosen as in a file window, kept chosen when it is drawn anew, its words read aloud."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets.gallery import Gallery, Tile, fitted
from tests.helpers.qt import shown


def wall(qtbot: QtBot, count: int = 5) -> Gallery:
    gallery = shown(qtbot, Gallery(2))
    picture = QImage(240, 180, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    gallery.set_tiles([Tile(n, f"{n}.jpg", (("室内照片", "pine"),), picture if n % 2 else None) for n in range(count)])
    return gallery


def test_the_model_keeps_to_the_rules(qtbot: QtBot) -> None:
    gallery = wall(qtbot)
    QAbstractItemModelTester(gallery.model(), QAbstractItemModelTester.FailureReportingMode.Warning, gallery)
    gallery.set_tiles([Tile(9, "9.jpg")])
    assert len(gallery.tiles()) == 1


def test_several_are_chosen_and_stay_chosen(qtbot: QtBot) -> None:
    gallery = wall(qtbot)
    with qtbot.waitSignal(gallery.chosen) as chosen:
        QTest.keyClick(gallery, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert chosen.args == [[0, 1, 2, 3, 4]]
    gallery.choose([1, 3])
    gallery.set_tiles([Tile(n, f"{n}.jpg", (("户口簿", "ochre"),)) for n in range(5)])
    assert gallery.chosen_keys() == [1, 3]
    gallery.set_tiles([Tile(n, f"{n}.jpg") for n in (3, 4)])
    assert gallery.chosen_keys() == [3]


def test_enter_opens_and_delete_takes_away(qtbot: QtBot) -> None:
    gallery = wall(qtbot)
    gallery.setCurrentIndex(gallery.model().index(2, 0))
    with qtbot.waitSignal(gallery.opened) as opened:
        QTest.keyClick(gallery, Qt.Key.Key_Return)
    assert opened.args == [2]
    with qtbot.waitSignal(gallery.removed) as removed:
        QTest.keyClick(gallery, Qt.Key.Key_Delete)
    assert removed.args == [[2]]


def test_every_word_is_read_aloud_and_every_tile_painted(qtbot: QtBot) -> None:
    gallery = wall(qtbot)
    gallery.set_tiles(
        [Tile("a", "a.jpg", (("是空文件，请重新拍照或扫描后再选。", "red"),), tag="不能收入", tone="red")]
    )
    assert gallery.model().index(0, 0).data() == "不能收入，a.jpg，是空文件，请重新拍照或扫描后再选。"
    assert not gallery.grab().toImage().isNull()


def test_a_long_sentence_ends_in_dots_where_the_room_ends(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    room = QRect(0, 0, 10 * metrics.horizontalAdvance("收"), 3 * metrics.height())
    assert fitted("没有收入。", metrics, room) == "没有收入。"
    shown = fitted("是压缩包，没有收入。请先解开，再选里面的照片。" * 3, metrics, room)
    assert shown.endswith("…")
    assert 20 <= len(shown) <= 31
