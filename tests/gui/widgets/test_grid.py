"""The editable grid: used like a spreadsheet, nothing typed or pasted lost, faults at their cells."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from db.errors import Problem
from db.fields.household import SIZE
from db.fields.member import ID_NUMBER, NAME, RELATION, SEX
from db.rules.codes import Relation, Sex
from desktop.widgets.grid import Grid
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import agree_to_pastes, clip, commit, compose, focus, press, shown, typed

FIELDS = [NAME, SEX, ID_NUMBER, RELATION, SIZE]
ROWS = [
    {"id": 7, "name": "廖某明", "sex": Sex.MALE, "id_number": "44140119680312003X", "relation": Relation.HEAD},
    {"id": 8, "name": "李某", "sex": Sex.FEMALE, "relation": Relation.SPOUSE},
]


@pytest.fixture
def grid(qtbot: QtBot) -> Grid:
    made = Grid(FIELDS, "成员")
    QAbstractItemModelTester(made.model, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.set_rows(ROWS)
    return shown(qtbot, made)


def at(grid: Grid) -> tuple[int, int]:
    index = grid.view.currentIndex()
    return index.row(), index.column()


def go(grid: Grid, row: int, column: int) -> None:
    grid.view.setCurrentIndex(grid.model.index(row, column))
    focus(grid.view)


def test_a_word_composed_in_a_cell_not_yet_open_comes_into_it_whole(grid: Grid) -> None:
    go(grid, 1, 0)
    compose("h")
    compose("hua'nan")
    editor = grid.view.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.isVisible()
    place = grid.view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    own = editor.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert place == own.translated(editor.mapTo(grid.view, QPoint()))
    commit("华南")
    assert editor.text() == "华南"
    assert QApplication.focusWidget() is editor
    press(Qt.Key.Key_Return)
    assert grid.model.index(1, 0).data() == "华南"


def test_a_word_given_up_while_it_is_composed_leaves_the_cell_as_it_was(grid: Grid) -> None:
    go(grid, 1, 0)
    compose("h")
    compose("")
    press(Qt.Key.Key_Escape)
    assert grid.model.index(1, 0).data() == "李某"


def test_rows_come_back_with_what_is_no_column(grid: Grid) -> None:
    first, second = grid.rows()
    assert first == {**ROWS[0], "size_stated": None}
    assert (second["id"], second["id_number"]) == (8, None)
    assert not grid.is_dirty()


def test_typing_opens_the_editor_and_enter_goes_on(grid: Grid) -> None:
    go(grid, 0, 0)
    typed("a")
    assert isinstance(QApplication.focusWidget(), QLineEdit)
    commit("廖某")
    press(Qt.Key.Key_Return)
    assert grid.model.index(0, 0).data() == "a廖某"
    assert at(grid) == (0, 1)
    assert grid.is_dirty()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert at(grid) == (0, 0)


def test_f2_edits_and_escape_gives_up_the_cell(grid: Grid) -> None:
    go(grid, 1, 0)
    press(Qt.Key.Key_F2)
    commit("错")
    press(Qt.Key.Key_Escape)
    assert grid.model.index(1, 0).data() == "李某"
    assert not grid.is_dirty()


def test_return_while_composing_stays_in_the_cell(grid: Grid) -> None:
    go(grid, 1, 0)
    press(Qt.Key.Key_F2)
    compose("liao")
    press(Qt.Key.Key_Return)
    assert at(grid) == (1, 0)
    commit("廖")
    press(Qt.Key.Key_Return)
    assert at(grid) == (1, 1)
    assert "廖" in grid.model.index(1, 0).data()


def test_a_choice_in_a_cell_takes_a_number(grid: Grid) -> None:
    go(grid, 1, 1)
    press(Qt.Key.Key_F2)
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()
    typed("1")
    press(Qt.Key.Key_Return)
    assert grid.rows()[1]["sex"] is Sex.MALE


def test_enter_at_the_end_opens_one_row_and_then_ends(grid: Grid, qtbot: QtBot) -> None:
    go(grid, 1, 4)
    press(Qt.Key.Key_Return)
    assert grid.model.rowCount() == 3
    assert at(grid) == (2, 0)
    go(grid, 2, 4)
    with qtbot.waitSignal(grid.ended):
        press(Qt.Key.Key_Return)
    assert grid.model.rowCount() == 3
    assert len(grid.rows()) == 2


def test_copy_gives_tab_separated_text(grid: Grid) -> None:
    go(grid, 0, 0)
    grid.view.selectionModel().select(
        grid.view.selectionModel().selection().__class__(grid.model.index(0, 0), grid.model.index(1, 1)),
        grid.view.selectionModel().SelectionFlag.ClearAndSelect,
    )
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clip() == "廖某明\t男\r\n李某\t女"


def test_paste_reads_cells_marks_the_bad_and_adds_rows(grid: Grid, dialogs: Dialogs) -> None:
    agree_to_pastes(dialogs)
    clip("王 某\t男\t44140119900101001x\t之子\t３\r\n钟某\t男人\t\t之女\t三\r\n")
    go(grid, 1, 0)
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.model.rowCount() == 3
    pasted, bad = grid.rows()[1:]
    assert (pasted["id"], pasted["name"], pasted["id_number"]) == (8, "王某", "44140119900101001X")
    assert (pasted["relation"], pasted["size_stated"]) == (Relation.SON, 3)
    assert (bad["sex"], bad["size_stated"]) == (None, None)
    assert grid.texts()[2]["sex"] == "男人"
    assert [fault[:2] for fault in grid.model.faults()] == [(2, "sex"), (2, "size_stated")]
    assert "有 2 处要改" in grid.faults.text()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert grid.rows()[1]["name"] == "李某"
    assert not grid.model.faults()


def test_delete_blanks_cells_and_rows_can_be_taken_away(grid: Grid) -> None:
    go(grid, 0, 0)
    press(Qt.Key.Key_Delete)
    assert grid.rows()[0]["name"] is None
    grid.drop_rows()
    assert [row["id"] for row in grid.rows()] == [8]
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [row["id"] for row in grid.rows()] == [7, 8]


def test_check_refuses_blank_demanded_cells_when_asked(grid: Grid) -> None:
    assert grid.check()
    assert not grid.check(demanded=True)
    assert (1, "id_number", "身份证号未填，请补录") in grid.model.faults()


def test_problems_of_the_record_are_put_at_their_cells(grid: Grid) -> None:
    grid.show_problems([(1, Problem("与身份证不符", "sex")), (-1, Problem("没有户主")), (0, Problem("已在别户"))])
    assert at(grid) == (1, 1)
    assert grid.faults.text().splitlines()[1:] == ["✕ 没有户主", "✕ 第 1 行：已在别户"]
    assert grid.model.faults() == [(1, "sex", "与身份证不符")]
    grid.show_problems([])
    assert grid.faults.isHidden()


def test_a_locked_grid_takes_nothing(grid: Grid) -> None:
    grid.set_read_only(True)
    go(grid, 0, 0)
    typed("a")
    clip("甲")
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Delete)
    assert grid.rows()[0]["name"] == "廖某明"


def test_a_draft_goes_in_and_out(grid: Grid) -> None:
    grid.set_texts([{"name": "甲", "sex": "不明"}])
    assert grid.texts()[0]["sex"] == "不明"
    assert grid.model.faults()[0][:2] == (0, "sex")
    assert grid.is_dirty()


def test_ctrl_s_asks_to_save(grid: Grid, qtbot: QtBot) -> None:
    go(grid, 0, 0)
    with qtbot.waitSignal(grid.save_asked):
        press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


def test_cells_repainted_while_one_is_typed_in_leave_the_typing(grid: Grid) -> None:
    go(grid, 0, 0)
    typed("a")
    commit("廖某")
    grid.model.hint({1: {"sex": "请核对"}})
    press(Qt.Key.Key_Return)
    assert grid.model.index(0, 0).data() == "a廖某"


def test_undo_leaves_the_keyboard_where_it_was(grid: Grid) -> None:
    go(grid, 1, 0)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert grid.model.index(1, 0).data() == "李某"
    assert at(grid) == (1, 0)
