"""The small list: chips with counts, sorting in memory, things handed back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.widgets.listtable import ALL, Item, ListTable
from desktop.widgets.sheet import Cell, Column
from tests.helpers.qt import focus, press, shown

COLUMNS = [Column("mark", ""), Column("head", "户主"), Column("size", "人口", align="right")]
ITEMS = [
    Item([Cell("新", "pine", "pill"), "李某才", "3"], "新增", "a"),
    Item([Cell("改", "ochre", "pill"), "廖某友", "12"], "修改", "b"),
    Item([Cell("新", "pine", "pill"), "陈某妹", "1"], "新增", "c"),
]


@pytest.fixture
def table(qtbot: QtBot) -> ListTable:
    made = ListTable(COLUMNS, ("新增", "修改", "有错"))
    made.set_items(ITEMS)
    return shown(qtbot, made)


def things(table: ListTable) -> list[object]:
    table.table.selectAll()
    return table.selected_things()


def test_chips_count_and_filter(table: ListTable, qtbot: QtBot) -> None:
    assert [table.chip(group).text() for group in (ALL, "新增", "修改", "有错")] == [
        "全部 3",
        "新增 2",
        "修改 1",
        "有错 0",
    ]
    with qtbot.waitSignal(table.filtered) as filtered:
        QTest.mouseClick(table.chip("新增"), Qt.MouseButton.LeftButton)
    assert filtered.args == ["新增"]
    assert things(table) == ["a", "c"]
    assert [chip for chip in (ALL, "新增", "修改") if table.chip(chip).isChecked()] == ["新增"]
    table.set_items(ITEMS[1:])
    assert things(table) == ["c"]


def test_numbers_sort_by_size(table: ListTable) -> None:
    table.table.sort_by("size")
    assert things(table) == ["c", "a", "b"]
    table.table.sort_by("size", descending=True)
    assert things(table) == ["b", "a", "c"]


def test_enter_hands_back_the_thing(table: ListTable, qtbot: QtBot) -> None:
    table.choose("修改")
    table.table.selectRow(0)
    assert table.current_thing() == "b"
    focus(table.table)
    with qtbot.waitSignal(table.opened, check_params_cb="b".__eq__):
        press(Qt.Key.Key_Return)


def test_without_groups_there_are_no_chips(qtbot: QtBot) -> None:
    table = ListTable(COLUMNS)
    qtbot.addWidget(table)
    with pytest.raises(KeyError):
        table.chip(ALL)
