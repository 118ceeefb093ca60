"""The window of the help: paragraphs come to the top, links, search, back and forward; the map of keys; what a press of F1 asks about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from db.errors import Known
from db.fields.base import Field
from db.fields.household import MAIN_CAUSE, PHONE
from db.fields.kinds import Text
from db.fields.member import NAME, RELATION
from desktop.help import keys
from desktop.help.asking import TOPIC, asked_by
from desktop.help.keymap import KeyMap
from desktop.help.texts import Place, chapters
from desktop.help.window import HelpWindow
from desktop.printing import printer
from desktop.widgets.form import Form, Section
from desktop.widgets.grid import Grid
from tests.helpers.qt import shown


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[HelpWindow]:
    """The help over an empty window."""
    below = shown(qtbot, QWidget())
    made = HelpWindow(below)
    made.show_place(Place("notices"))
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()


def test_a_paragraph_comes_into_sight_and_is_marked_in_the_contents(window: HelpWindow) -> None:
    window.show_place(Place("notices", "登记张贴"))
    assert window.place() == Place("notices", "登记张贴")
    assert window.tree.currentItem().text(0) == "登记张贴"
    assert window.text.verticalScrollBar().value() > 0
    assert "填到各处" in window.text.toPlainText()
    assert "![" not in window.text.toPlainText()


def test_a_field_shows_its_own_paragraph_also_one_a_page_made_for_itself(window: HelpWindow) -> None:
    window.show_field(MAIN_CAUSE)
    assert window.place() == Place("fields-household", "主要致贫原因")
    window.show_field(Field("seen", "看过", Text(), help="逐户看过才算数"))
    assert window.place().heading == "看过"
    assert "逐户看过才算数" in window.text.toPlainText()


def test_links_back_and_forward(window: HelpWindow) -> None:
    window.text.anchorClicked.emit(QUrl("days.md#登记晚了"))
    assert window.place() == Place("days", "登记晚了")
    assert not window.forward.isEnabled()
    window.back.click()
    assert window.place() == Place("notices")
    assert not window.back.isEnabled()
    window.forward.click()
    assert window.place() == Place("days", "登记晚了")


def test_a_place_that_is_not_there_opens_the_first_chapter(window: HelpWindow) -> None:
    window.show_place(Place("nowhere"))
    assert window.place() == Place("first")


def test_the_search_lists_and_enter_opens_the_first(window: HelpWindow) -> None:
    QTest.keyClicks(window.search, "djzt")
    assert not window.tree.isVisible()
    assert window.found.topLevelItem(0).text(0).startswith("公示 · 登记张贴")
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.place() == Place("notices", "登记张贴")
    window.search.setText("没有这样的话")
    assert window.found.topLevelItem(0).text(0) == "没有找到，换个说法试试"
    window.search.clear()
    assert window.tree.isVisible()


def test_every_chapter_can_be_opened_from_the_contents(window: HelpWindow) -> None:
    for key, chapter in chapters().items():
        window.show_place(Place(key))
        assert window.text.toPlainText().startswith(chapter.title) or chapter.text[2:].startswith(
            window.text.toPlainText().split("\n")[0]
        )


def test_without_a_printer_the_way_to_paper_that_is_there_is_named(
    window: HelpWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise Known("没有可用打印机。", "请先“存为 PDF”。")

    monkeypatch.setattr(printer, "new_printer", none)
    window.print.click()
    assert "没有可用打印机" in window.banner.text()
    assert "经办人手册" in window.banner.text()
    assert "存为 PDF" not in window.banner.text()


def test_f1_in_the_help_asks_for_the_keys(window: HelpWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.keys_asked):
        QTest.keyClick(window, Qt.Key.Key_F1)


def test_the_map_of_keys_shows_all_and_any_key_closes_it(qtbot: QtBot) -> None:
    below = shown(qtbot, QWidget(), 1366, 768)
    made = KeyMap(below)
    made.open()
    room = made.screen().availableSize()
    assert made.width() < room.width()
    assert made.height() < room.height()
    assert made.width() <= below.width()
    assert made.height() <= below.height()
    texts = {part.text() for part in made.findChildren(QWidget) if hasattr(part, "text")}
    assert {row[1] for group in keys.groups() for row in group.rows} <= texts
    QTest.keyClick(made, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: below.findChild(KeyMap) is None)


def test_what_f1_asks_about(qtbot: QtBot) -> None:
    page = QWidget()
    form, grid, line = (
        Form((Section("", ((PHONE,),)),), page, scroll=False),
        Grid((NAME, RELATION), "人", page),
        QLineEdit(page),
    )
    grid.set_rows([{"name": "廖某明"}])
    shown(qtbot, page)
    assert asked_by(form.editor(PHONE.key).core) is PHONE
    grid.view.setCurrentIndex(grid.model.index(0, 1))
    assert asked_by(grid.view) is RELATION
    assert asked_by(line) is None
    page.setProperty(TOPIC, "verification.md#七不进认定")
    assert asked_by(line) == Place("verification", "七不进认定")
    page.close()
