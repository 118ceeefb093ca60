"""文号登记: the next number stands ready, what is refused stays typed, a wrong line is made void and stays in sight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.codes import Direction
from db.services.cases import documents
from db.services.cases.documents import Draft
from desktop.app.office import Office
from desktop.pages.documents.page import DocumentsPage
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import Ask
from tests.helpers import steps
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import stand

OpenPage = Callable[[], DocumentsPage]
OUT = Draft(Direction.OUT, "华扶办〔2016〕1号", "关于开展入户核实的通知", "各村委会", date(2016, 5, 10))


@pytest.fixture
def open_page(office: Office, qtbot: QtBot) -> OpenPage:
    """The page, shown and filled."""

    def shown() -> DocumentsPage:
        return stand(DocumentsPage(office), office, qtbot)

    return shown


def _texts(page: DocumentsPage, column: int) -> list[str]:
    return [item.cells[column].text for item in page.list.items()]  # type: ignore[union-attr]


def _press(office: Office, button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]
    office.work.drain()


def test_the_empty_register_says_what_to_do_and_the_first_number_stands_ready(open_page: OpenPage) -> None:
    page = open_page()
    assert page.empty.isVisible()
    assert page.side.enter.text() == "登记 华扶办〔2016〕1号"


def test_a_line_is_entered_and_the_next_number_proposed(office: Office, open_page: OpenPage) -> None:
    steps.hung(office, 1)
    page = open_page()
    page.side.form.set_texts({"number": "华扶办[2016]3", "title": "关于公示的通知", "body": "各村委会"})
    page.side.form.editor("used_for").set_raw("华南村2016年第1次公示（2016-05-25）")
    _press(office, page.side.enter)
    assert _texts(page, 1) == ["华扶办〔2016〕3号"]
    assert _texts(page, 5) == ["华南村2016年第1次公示"]
    assert page.side.enter.text() == "登记 华扶办〔2016〕4号"
    assert page.gone.text() == "发文缺号：华扶办〔2016〕1—2号"


def test_a_number_taken_is_said_at_its_field_and_nothing_typed_is_lost(office: Office, open_page: OpenPage) -> None:
    office.act(documents.register, OUT)
    page = open_page()
    page.side.form.set_texts({"number": "华扶办（2016）1号", "title": "另一份", "body": "各村委会"})
    page.save()
    office.work.drain()
    assert "关于开展入户核实的通知" in page.side.form.editor("number").problem()
    assert page.side.form.editor("title").raw() == "另一份"
    assert len(office.see(documents.listed)) == 1


def test_blank_fields_are_marked_and_nothing_is_written(office: Office, open_page: OpenPage) -> None:
    page = open_page()
    page.save()
    assert page.side.form.faulty() == ["title", "body"]


def test_turned_to_incoming_the_proposal_goes_and_comes_back(open_page: OpenPage) -> None:
    page = open_page()
    direction, number = page.side.form.editor("direction"), page.side.form.editor("number")
    for choice, shown in ((Direction.IN, ""), (Direction.OUT, "华扶办〔2016〕1号")):
        direction.set_value(choice)
        direction.changed.emit()
        assert number.raw() == shown


def test_a_wrong_line_is_made_void_with_a_reason(office: Office, open_page: OpenPage) -> None:
    office.act(documents.register, OUT)
    page = open_page()
    page.list.table.go_to(0)
    assert page.side.voiding.isVisible()
    _press(office, page.side.void)
    assert page.side.void_form.faulty() == ["reason"]
    page.side.void_form.set_texts({"reason": "没有发出"})
    _press(office, page.side.void)
    assert _texts(page, 5) == ["作废：没有发出"]
    assert not page.side.voiding.isVisible()


def test_the_register_is_filtered_by_direction_and_text(office: Office, open_page: OpenPage) -> None:
    office.act(documents.register, OUT)
    office.act(documents.register, Draft(Direction.IN, "华府函〔2016〕9号", "批复", "五华县", date(2016, 5, 2)))
    page = open_page()
    assert [page.list.chip(d.label).text() for d in Direction] == ["发文 1", "来文 1"]
    page.list.choose("来文")
    assert page.list.count() == 1
    page.list.choose("全部")
    page.open_thing("华府函[2016]9号")
    assert _texts(page, 1) == ["华府函〔2016〕9号"]
    page.look.setText("没有这样的")
    assert page.list.count() == 0
    assert not page.empty.isVisible()


def test_both_registers_are_printed(office: Office, open_page: OpenPage) -> None:
    office.act(documents.register, OUT)
    page = open_page()
    for button, title in ((page.out, "发文登记簿"), (page.come_in, "收文登记簿")):
        _press(office, button)
        window = next(w for w in page.findChildren(PaperWindow) if title in w.windowTitle())
        window.close()
        QApplication.sendPostedEvents()


def test_what_was_typed_is_not_left_without_a_word(office: Office, open_page: OpenPage, dialogs: Dialogs) -> None:
    page = open_page()
    assert page.may_leave()
    page.side.form.set_texts({"title": "一半"})
    dialogs.answer(Ask, lambda box: box.buttons["stay"].click())
    assert not page.may_leave()
    dialogs.answer(Ask, lambda box: box.buttons["drop"].click())
    assert page.may_leave()
    assert not page.side.is_dirty()


def test_in_a_small_window_every_column_and_the_button_stay_in_sight(office: Office, open_page: OpenPage) -> None:
    office.act(documents.register, OUT)
    page = open_page()
    page.resize(1100, 640)
    page.side.form.set_values({})
    _press(office, page.side.enter)
    assert page.side.form.faulty()
    QApplication.processEvents()
    assert page.list.table.horizontalScrollBar().maximum() == 0
    assert page.side.enter.visibleRegion().boundingRect() == page.side.enter.rect()
