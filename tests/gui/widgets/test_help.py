"""The help line follows keyboard and mouse; a code of other years is grey, says its years, and is doubted once chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.fields.base import Field
from db.fields.household import BANK, MAIN_CAUSE, PHONE
from db.fields.member import NAME, RELATION
from desktop.widgets.form import Form, Section
from desktop.widgets.grid import Grid
from desktop.widgets.helpline import HelpLine
from desktop.widgets.looks import column
from desktop.widgets.picks import PickEditor
from tests.helpers.qt import press, shown

LAYOUT = (Section("", ((PHONE, BANK, MAIN_CAUSE),)),)


def _told(field: Field) -> str:
    return f"{field.help}（{field.basis}）" * 12


def _page(qtbot: QtBot) -> tuple[QWidget, Form, Grid, HelpLine]:
    page = QWidget()
    form, grid = Form(LAYOUT, page, scroll=False), Grid((NAME, RELATION), "人", page)
    line = HelpLine(_told, page)
    line.watch(form, grid)
    inner = column(page)
    for part in (form, grid, line):
        inner.addWidget(part)
    grid.set_rows([{"name": "廖某明"}])
    shown(qtbot, page)
    return page, form, grid, line


def test_the_help_line_follows_keyboard_and_mouse(qtbot: QtBot) -> None:
    page, form, grid, line = _page(qtbot)
    form.go_to(PHONE.key)
    assert line.text() == f"联系电话　{_told(PHONE)}"
    press(Qt.Key.Key_Return)
    assert line.text().startswith("开户银行　")
    grid.go_to_first()
    press(Qt.Key.Key_Return)
    assert line.text().startswith("与户主关系　")
    form.cell(MAIN_CAUSE.key).pointed.emit(MAIN_CAUSE)
    assert line.text().startswith("主要致贫原因　")
    page.close()


def test_a_long_help_is_cut_to_the_window(qtbot: QtBot) -> None:
    page, form, _, line = _page(qtbot)
    form.go_to(PHONE.key)
    assert line.height() < 2 * line.fontMetrics().lineSpacing()
    assert line.text() == f"联系电话　{_told(PHONE)}"
    page.close()


def test_a_code_of_other_years_says_so_and_can_be_chosen_all_the_same(qtbot: QtBot) -> None:
    page, form, _, _ = _page(qtbot)
    editor = form.editor(MAIN_CAUSE.key)
    assert isinstance(editor, PickEditor)
    form.set_year(2014)
    assert (editor.note("因婚"), editor.note("因病")) == ("2015 年起", "")
    editor.set_raw("因婚")
    form.cell(MAIN_CAUSE.key).show_problem()
    assert form.cell(MAIN_CAUSE.key).fault.text() == "“因婚”2015 年起才有，请核对"
    assert not editor.problem()
    form.set_year(2016)
    form.cell(MAIN_CAUSE.key).show_problem()
    assert form.cell(MAIN_CAUSE.key).fault.isHidden()
    page.close()
