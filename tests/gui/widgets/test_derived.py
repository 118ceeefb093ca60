"""Cells that follow from elsewhere, doubts said while the clerk is at work, and one line that counts for several forms."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.errors import Problem
from db.fields.household import HEAD_NAME, PHONE
from db.fields.member import NAME, RELATION, SEX
from desktop.widgets.form import Form, Section
from desktop.widgets.grid import Grid
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import agree_to_pastes, clip, focus, press, shown, typed

SHIFT = Qt.KeyboardModifier.ShiftModifier


def _head(row: int, texts: Mapping[str, str]) -> Mapping[str, str]:
    return {"name": "廖某明", "relation": "户主"} if row == 0 else {}


def _grid(qtbot: QtBot) -> Grid:
    grid = Grid((NAME, RELATION, SEX), "成员", derive=_head, anchored=1)
    grid.set_rows([])
    return shown(qtbot, grid)


def test_the_anchored_row_is_there_with_what_follows_from_elsewhere(qtbot: QtBot) -> None:
    grid = _grid(qtbot)
    assert [(row["name"], row["relation"].label) for row in grid.rows()] == [("廖某明", "户主")]
    assert grid.texts() == [{}]
    grid.view.selectRow(0)
    grid.drop_rows()
    assert grid.model.rowCount() == 1


def test_enter_passes_over_derived_cells_and_shift_enter_leaves_before_the_first(qtbot: QtBot) -> None:
    grid = _grid(qtbot)
    grid.go_to_first()
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (0, 2)
    with qtbot.waitSignal(grid.began):
        press(Qt.Key.Key_Return, SHIFT)
    press(Qt.Key.Key_Return)
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (1, 0)


def test_pasting_does_not_write_over_derived_cells(qtbot: QtBot, dialogs: Dialogs) -> None:
    grid = _grid(qtbot)
    agree_to_pastes(dialogs)
    clip("某某\t配偶\t男\n林某芳\t配偶\t女")
    grid.view.setFocus()
    grid.view.setCurrentIndex(grid.model.index(0, 0))
    grid.view.paste()
    assert grid.texts() == [
        {"name": "", "relation": "", "sex": "男"},
        {"name": "林某芳", "relation": "配偶", "sex": "女"},
    ]
    assert [row["name"] for row in grid.rows()] == ["廖某明", "林某芳"]
    assert grid.model.filled() == [0, 1]


def test_hints_mark_cells_beside_unreadable_ones_and_leave_the_keyboard(qtbot: QtBot) -> None:
    grid = _grid(qtbot)
    grid.set_texts([{"sex": "难"}, {"name": "林某芳"}])
    grid.view.setCurrentIndex(grid.model.index(0, 2))
    grid.hint([(1, Problem("请核对姓名", "name"))])
    assert [(row, key) for row, key, _ in grid.model.faults()] == [(0, "sex"), (1, "name")]
    assert grid.view.currentIndex().row() == 0
    grid.hint([])
    assert [key for _, key, _ in grid.model.faults()] == ["sex"]


def test_a_doubt_stands_under_its_field_and_goes_at_the_next_edit(qtbot: QtBot) -> None:
    form = shown(qtbot, Form((Section("", ((HEAD_NAME, PHONE),)),), scroll=False))
    form.set_values({"phone": "1371234220"})
    form.go_to("head_name")
    form.hint((), [Problem("手机号是 10 位，应为 11 位，请核对", "phone")])
    cell = form.cell("phone")
    assert (cell.fault.text()[:3], cell.fault.property("role")) == ("手机号", "warn")
    assert not form.faulty()
    assert not form.faults.isVisibleTo(form)
    focus(form.editor("phone"))
    typed("1")
    assert cell.fault.isHidden()


def test_a_field_being_typed_in_is_not_judged(qtbot: QtBot) -> None:
    form = shown(qtbot, Form((Section("", ((HEAD_NAME, PHONE),)),), scroll=False))
    focus(form.editor("phone"))
    form.hint([Problem("请核对", "phone")])
    assert not form.faulty()


def test_a_silent_line_tells_and_does_not_show(qtbot: QtBot) -> None:
    form = shown(qtbot, Form((Section("", ((HEAD_NAME, PHONE),)),), scroll=False))
    form.faults.silent = True
    with qtbot.waitSignal(form.faults.told):
        form.show_problems([Problem("户主姓名没有填", "head_name"), Problem("没有家庭成员", "members")])
    assert not form.faults.isVisibleTo(form)
    assert (form.faults.at_fields, form.faults.others) == (1, ("没有家庭成员",))


def test_shift_enter_on_the_first_field_says_so(qtbot: QtBot) -> None:
    form = shown(qtbot, Form((Section("", ((HEAD_NAME, PHONE),)),), scroll=False))
    form.go_to_first()
    with qtbot.waitSignal(form.began):
        press(Qt.Key.Key_Return, SHIFT)
    form.go_to_last()
    assert form.editor("phone").core.hasFocus()


def test_enter_at_the_beginning_of_a_blank_last_row_ends_the_grid(qtbot: QtBot) -> None:
    grid = _grid(qtbot)
    grid.add_row()
    with qtbot.waitSignal(grid.ended):
        press(Qt.Key.Key_Return)
    grid.set_texts([{}, {"name": "林某芳"}])
    grid.view.setCurrentIndex(grid.model.index(1, 0))
    press(Qt.Key.Key_Return)
    assert grid.view.currentIndex().column() == 1
