"""Pasting several cells from WPS: seen as a difference first, ticked, taken as one edit; one cell goes in at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from db.fields.appraisal import VOTE
from db.fields.household import HEAD_NAME, REMARK, SIZE
from db.fields.member import ID_NUMBER, NAME, SEX
from db.rules.codes import Sex
from desktop.widgets.grid import Grid
from desktop.widgets.pastebox import PasteBox
from desktop.widgets.pasting import lines_of, plan
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import clip, focus, press, shown

CTRL = Qt.KeyboardModifier.ControlModifier
FIELDS = [NAME, SEX, ID_NUMBER, SIZE, REMARK]
ROWS = [
    {"id": 7, "name": "廖某明", "sex": Sex.MALE, "id_number": "44140119680312003X", "size_stated": 3},
    {"id": 8, "name": "李某", "sex": Sex.FEMALE, "size_stated": 2},
]
Box = Callable[[PasteBox], object]


@pytest.fixture
def grid(qtbot: QtBot) -> Grid:
    made = Grid(FIELDS, "成员")
    made.set_rows(ROWS)
    return shown(qtbot, made)


def paste(grid: Grid, row: int, column: int, text: str) -> None:
    grid.view.setCurrentIndex(grid.model.index(row, column))
    focus(grid.view)
    clip(text)
    press(Qt.Key.Key_V, CTRL)


def meeting(dialogs: Dialogs, look: Box, *, agree: bool = True) -> list[PasteBox]:
    """The clerk looks at the preview and agrees to it or lets it be."""
    met: list[PasteBox] = []

    def reply(box: PasteBox) -> QDialog.DialogCode:
        met.append(box)
        look(box)
        return QDialog.DialogCode.Accepted if agree else QDialog.DialogCode.Rejected

    dialogs.answer(PasteBox, reply)
    return met


def rows_of(box: PasteBox) -> list[tuple[str, ...]]:
    return [tuple(one if isinstance(one, str) else one.text for one in item.cells) for item in box.cells.list.items()]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("甲\t乙\r\n丙\t\r\n", [["甲", "乙"], ["丙", ""]]),
        ('甲\t"两行的\n备注"\r\n乙\t好\r\n', [["甲", "两行的 备注"], ["乙", "好"]]),
        ('"说是\n""大病"""\t3\r\n', [['说是 "大病"', "3"]]),
        ('"华南"\t"小拔"村\n', [['"华南"', '"小拔"村']]),
        ('"没有关上\t3\n乙\t4\n', [['"没有关上', "3"], ["乙", "4"]]),
        ("甲\n\n丙", [["甲"], [""], ["丙"]]),
        ("甲\r乙", [["甲"], ["乙"]]),
        ("\t乙", [["", "乙"]]),
        ("甲\t", [["甲", ""]]),
        ("\r\n", []),
        ("", []),
    ],
)
def test_the_clipboard_of_a_spreadsheet_is_read_cell_by_cell(text: str, cells: list[list[str]]) -> None:
    assert lines_of(text) == cells


def test_one_cell_goes_in_at_once(grid: Grid) -> None:
    paste(grid, 1, 3, "5\r\n")
    assert grid.rows()[1]["size_stated"] == 5
    paste(grid, 1, 3, "五个\r\n")
    assert grid.texts()[1]["size_stated"] == "五个"


def test_the_preview_says_old_and_new_at_every_cell(grid: Grid, dialogs: Dialogs) -> None:
    seen: list[list[tuple[str, ...]]] = []
    said: list[tuple[str, str, str]] = []

    def look(box: PasteBox) -> None:
        seen.append(rows_of(box))
        said.append((box.told.text(), box.edge.text(), box.take.text()))

    meeting(dialogs, look)
    paste(grid, 0, 0, '廖某明\t女\t44140119680312003X\t三个人\t"低保\n户"\r\n李某\t女人\t\t\t\r\n')
    assert [row[:5] for row in seen[0]] == [
        ("☐", "1", "廖某明", "家庭人口", "3"), ("☐", "2", "李某", "性别", "女"), ("☑", "1", "廖某明", "性别", "男"),
        ("☑", "1", "廖某明", "备注", "（空）"), ("☑", "2", "李某", "家庭人口", "2"),
    ]  # fmt: skip
    assert [row[5] for row in seen[0]] == ["三个人", "女人", "女", "低保 户", "（空）"]
    assert seen[0][0][6].startswith("“三个人”")
    assert seen[0][4][6] == "清空这一格"
    told, edge, take = said[0]
    assert told.startswith("要粘贴 2 行 5 列：有变动 5 格，相同 5 格；看不懂的 2 格")
    assert "清空 1 格" in told
    assert (edge, take) == ("", "粘贴 3 格")
    assert [(r["sex"], r["size_stated"], r["remark"]) for r in grid.rows()] == [
        (Sex.FEMALE, 3, "低保 户"), (Sex.FEMALE, None, None),
    ]  # fmt: skip
    assert not grid.model.faults()


def test_what_cannot_be_read_fills_a_blank_cell_and_is_marked_there(grid: Grid, dialogs: Dialogs) -> None:
    meeting(dialogs, lambda _: None)
    paste(grid, 1, 0, "李某\t女\n钟某\t女人\n")
    assert grid.texts()[2]["sex"] == "女人"
    assert [fault[:2] for fault in grid.model.faults()] == [(2, "sex")]


def test_cells_are_unticked_and_the_rest_is_one_edit(grid: Grid, dialogs: Dialogs) -> None:
    meeting(dialogs, lambda box: box.cells.toggle([0]))
    paste(grid, 0, 0, "廖某华\t女\n李某英\t女\n钟某\t男\n")
    assert [(row["name"], row["sex"]) for row in grid.rows()] == [
        ("廖某明", Sex.FEMALE), ("李某英", Sex.FEMALE), ("钟某", Sex.MALE),
    ]  # fmt: skip
    press(Qt.Key.Key_Z, CTRL)
    assert [(row["name"], row["id"]) for row in grid.rows()] == [("廖某明", 7), ("李某", 8)]


def test_letting_it_be_changes_nothing(grid: Grid, dialogs: Dialogs) -> None:
    meeting(dialogs, lambda _: None, agree=False)
    paste(grid, 0, 0, "廖某华\t女\n")
    assert grid.rows()[0]["name"] == "廖某明"
    assert not grid.is_dirty()
    assert not grid.model.undo()


def test_with_nothing_ticked_the_button_is_dead(grid: Grid, dialogs: Dialogs) -> None:
    dead: list[bool] = []

    def look(box: PasteBox) -> None:
        box.cells.tick_none()
        dead.append(not box.take.isEnabled())

    meeting(dialogs, look)
    paste(grid, 0, 0, "廖某华\t女\n")
    assert dead == [True]
    assert not grid.is_dirty()


def test_what_runs_over_the_edge_is_said_and_stays_out(qtbot: QtBot, dialogs: Dialogs) -> None:
    grid = Grid(FIELDS, "成员", growable=False)
    grid.set_rows(ROWS)
    shown(qtbot, grid)
    edges: list[str] = []
    meeting(dialogs, lambda box: edges.append(box.edge.text()))
    paste(grid, 1, 3, "4\t备注\t多\t\n5\t\t\t余\n\t\t\t\n")
    assert edges == ["右边多出 2 列、下面多出 1 行没有地方放，不会粘贴；请看起点这一格选得对不对。"]
    assert grid.model.rowCount() == 2
    assert (grid.rows()[1]["size_stated"], grid.rows()[1]["remark"]) == (4, "备注")


def test_a_row_is_named_by_what_is_not_typed_in(qtbot: QtBot, dialogs: Dialogs) -> None:
    """So that votes pasted one row too low are seen."""

    def derive(row: int, _: Mapping[str, str]) -> Mapping[str, str]:
        return {"head_name": ("廖某明", "李某")[row]}

    grid = Grid([HEAD_NAME, *(VOTE[key] for key in ("yes", "no"))], "户", growable=False, derive=derive)
    grid.set_rows([{}, {}])
    shown(qtbot, grid)
    met: list[list[tuple[str, ...]]] = []
    meeting(dialogs, lambda box: met.append(rows_of(box)))
    paste(grid, 0, 0, "廖某明\t30\t1\n钟某\t29\t2\n")
    assert [row[:3] for row in met[0]] == [
        ("—", "2", "李某"), ("☑", "1", "廖某明"), ("☑", "1", "廖某明"), ("☑", "2", "李某"), ("☑", "2", "李某"),
    ]  # fmt: skip
    assert met[0][0][6] == "这一格由别处得出，不能粘贴"
    assert [(row["head_name"], row["yes"], row["no"]) for row in grid.rows()] == [("廖某明", 30, 1), ("李某", 29, 2)]


def test_a_paste_begins_at_the_first_of_the_selected_cells(grid: Grid, dialogs: Dialogs) -> None:
    meeting(dialogs, lambda _: None)
    focus(grid.view)
    chosen = QItemSelection(grid.model.index(0, 0), grid.model.index(1, 1))
    grid.view.setCurrentIndex(grid.model.index(1, 1))
    grid.view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    clip("甲某\t女\n乙某\t男\n")
    press(Qt.Key.Key_V, CTRL)
    assert [row["name"] for row in grid.rows()] == ["甲某", "乙某"]


def test_a_block_pasted_while_a_cell_is_typed_in_goes_into_the_grid(grid: Grid, dialogs: Dialogs) -> None:
    meeting(dialogs, lambda _: None)
    grid.view.setCurrentIndex(grid.model.index(0, 0))
    focus(grid.view)
    press(Qt.Key.Key_F2)
    clip("甲某\t女\n乙某\t男\n")
    press(Qt.Key.Key_V, CTRL)
    assert [(row["name"], row["sex"]) for row in grid.rows()] == [("甲某", Sex.FEMALE), ("乙某", Sex.MALE)]


def test_one_cell_pasted_while_typing_goes_into_the_text(grid: Grid) -> None:
    grid.view.setCurrentIndex(grid.model.index(0, 4))
    focus(grid.view)
    press(Qt.Key.Key_F2)
    clip("低保户")
    press(Qt.Key.Key_V, CTRL)
    press(Qt.Key.Key_Return)
    assert grid.rows()[0]["remark"] == "低保户"


def test_a_locked_grid_asks_nothing(grid: Grid) -> None:
    grid.set_read_only(True)
    paste(grid, 0, 0, "甲某\t女\n")
    assert grid.rows()[0]["name"] == "廖某明"


@pytest.mark.parametrize(
    ("key", "result"),
    [(Qt.Key.Key_Return, QDialog.DialogCode.Accepted), (Qt.Key.Key_Escape, QDialog.DialogCode.Rejected)],
)
def test_enter_takes_the_paste_and_escape_lets_it_be(
    grid: Grid, qtbot: QtBot, key: Qt.Key, result: QDialog.DialogCode
) -> None:
    box = PasteBox(plan(grid.model, 0, 0, [["廖某华", "女"]], growable=True), "成员")
    shown(qtbot, box)
    with qtbot.waitSignal(box.finished) as said:
        press(key)
    assert said.args == [int(result)]
