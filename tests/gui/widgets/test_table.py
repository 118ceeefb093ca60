"""The record table: ids held, rows read when painted, selection kept by id, what is copied is what is seen."""

from collections.abc import Mapping, Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from desktop.widgets.rowmodel import PAGE
from desktop.widgets.sheet import as_cell
from desktop.widgets.table import Cell, Column, RecordTable
from tests.helpers.qt import clip, focus, press, shown

COLUMNS = [
    Column("village", "村", 90),
    Column("head", "户主", 90),
    Column("size", "人口", 60, "right", summed=True),
    Column("state", "状态", 90, sortable=False),
    Column("go", "", 90, sortable=False),
]


class People:
    """Households 1…n; counts how often it is asked."""

    def __init__(self, count: int) -> None:
        self.things = list(range(1, count + 1))
        self.asked: list[int] = []
        self.broken = False

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        return sorted(self.things, reverse=descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        if self.broken:
            raise OSError("disk")
        self.asked.append(len(ids))
        return {
            thing: [
                "华南村",
                f"户主{thing}",
                f"{thing % 7:,}",
                Cell("公示中", "red", "pill"),
                Cell("打开", look="button"),
            ]
            for thing in ids
            if thing in self.things
        }


class _Gone(People):
    """Still lists household 1, which another hand has taken away."""

    def __init__(self, people: People) -> None:
        super().__init__(0)
        self.things = people.things

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        return [1, *self.things]


class Widths:
    """Remembers in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, int]] = {}

    def layout(self, table: str) -> dict[str, int]:
        return self.kept.get(table, {})

    def keep_layout(self, table: str, widths: dict[str, int]) -> None:
        self.kept[table] = widths


@pytest.fixture
def people() -> People:
    return People(20_000)


@pytest.fixture
def table(qtbot: QtBot, people: People) -> RecordTable:
    made = RecordTable(COLUMNS, "people", Widths())
    made.set_source(people)
    return shown(qtbot, made, 700, 400)


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    table, few = RecordTable(COLUMNS), People(3)
    qtbot.addWidget(table)
    tester = QAbstractItemModelTester(table.model(), QAbstractItemModelTester.FailureReportingMode.Warning)
    table.set_source(few)
    table.sort_by("head", descending=True)
    few.things.remove(2)
    table.refresh()
    table.refresh()
    assert list(table.ids()) == [3, 1]
    tester.deleteLater()


def test_the_first_paint_reads_one_page(table: RecordTable, people: People) -> None:
    table.grab()
    assert people.asked == [PAGE]
    assert table.count() == 20_000


def test_select_all_reads_nothing(table: RecordTable, people: People) -> None:
    table.grab()
    people.asked.clear()
    focus(table)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(table.selected_ids()) == 20_000
    assert people.asked == []
    table.refresh()
    assert len(table.selected_ids()) == 20_000


def test_a_click_on_a_title_sorts_and_keeps_the_selection(table: RecordTable) -> None:
    table.go_to(3)
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(1) + 5, 5)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.ids()[0] == 1
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.ids()[0] == 20_000
    assert table.selected_ids() == [3]
    assert table.current_id() == 3
    state = QPoint(header.sectionViewportPosition(3) + 5, 5)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=state)
    assert table.ids()[0] == 20_000


def test_refresh_keeps_what_is_still_there(table: RecordTable, people: People, qtbot: QtBot) -> None:
    table.go_to(5)
    people.things.remove(2)
    table.refresh()
    assert table.selected_ids() == [5]
    people.things.remove(5)
    with qtbot.waitSignal(table.current_changed):
        table.refresh()
    assert table.selected_ids() == []


def test_enter_and_double_click_open_by_id(table: RecordTable, qtbot: QtBot) -> None:
    focus(table)
    table.go_to(4)
    with qtbot.waitSignal(table.opened, check_params_cb=(4).__eq__):
        press(Qt.Key.Key_Return)
    place = table.visualRect(table.model().index(1, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.opened, check_params_cb=(2).__eq__):
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_button_in_a_row_acts_only_on_the_button(table: RecordTable, qtbot: QtBot) -> None:
    box = table.visualRect(table.model().index(2, 4))
    with qtbot.waitSignal(table.acted) as acted:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 20, box.center().y()))
    assert acted.args == [3, "go"]
    with qtbot.assertNotEmitted(table.acted):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.right() - 2, box.center().y()))


def test_copy_is_what_is_seen(table: RecordTable) -> None:
    table.set_column_shown("village", False)
    table.horizontalHeader().moveSection(table.horizontalHeader().visualIndex(2), 0)
    focus(table)
    table.go_to(2)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clip() == "2\t户主2\t公示中\t打开\r\n3\t户主3\t公示中\t打开"


def test_a_selection_is_counted_and_summed(table: RecordTable, qtbot: QtBot) -> None:
    focus(table)
    table.go_to(2)
    with qtbot.waitSignal(table.selection_said) as said:
        press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert said.args == ["选中 2 行 · 计数 2 · 合计 5 · 平均 2.50"]


def test_widths_order_and_hidden_columns_are_remembered(qtbot: QtBot, people: People) -> None:
    memory = Widths()
    first = RecordTable(COLUMNS, "people", memory)
    qtbot.addWidget(first)
    first.setColumnWidth(1, 222)
    first.horizontalHeader().moveSection(0, 2)
    first.set_column_shown("state", False)
    second = RecordTable(COLUMNS, "people", memory)
    qtbot.addWidget(second)
    assert second.columnWidth(1) == 222
    assert second.horizontalHeader().visualIndex(0) == 2
    assert second.isColumnHidden(3)
    second.set_column_shown("state", True)
    assert second.columnWidth(3) == 90


def test_a_narrow_window_takes_from_the_columns_that_can_give_way_and_is_not_remembered(
    qtbot: QtBot, people: People
) -> None:
    memory = Widths()
    columns = (Column("name", "姓名", 80), Column("why", "问题", 300, least=120), Column("note", "备注", 200, least=40))
    table = RecordTable((*columns, Column("go", "", 84)), "narrow", memory)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    widths = [table.columnWidth(n) for n in range(4)]
    assert widths[0] == 80
    assert 120 <= widths[1] < 300
    assert 40 <= widths[2] < 200
    assert widths[3] >= 84
    assert table.horizontalScrollBar().maximum() == 0
    table.setColumnWidth(0, 90)
    assert memory.layout("narrow")["why"] == 300
    table.resize(900, 300)
    assert [table.columnWidth(n) for n in range(3)] == [90, 300, 200]
    table.resize(200, 300)
    assert [table.columnWidth(n) for n in range(3)] == [90, 120, 40]


def test_the_header_menu_ticks_columns(table: RecordTable) -> None:
    menu = table.column_menu()
    action = next(action for action in menu.actions() if action.data() == "state")
    assert action.isChecked()
    action.trigger()
    assert table.isColumnHidden(3)
    menu.deleteLater()


def test_trouble_is_told_once_and_rows_are_broken_not_fatal(table: RecordTable, people: People, qtbot: QtBot) -> None:
    people.broken = True
    troubles: list[object] = []
    table.failed.connect(troubles.append)
    table.refresh()
    table.grab()
    assert len(troubles) == 1
    assert "读不出来" in table.cell(0, 0).text
    people.broken = False
    table.refresh()
    assert table.cell(0, 0).text == "华南村"


def test_a_row_that_is_gone_is_a_broken_row(table: RecordTable, people: People) -> None:
    people.things.remove(1)
    table.set_source(_Gone(people))
    assert "读不出来" in table.cell(0, 0).text
    assert table.cell(1, 1).text == "户主2"


@pytest.mark.parametrize(("given", "text"), [(3, "3"), (None, ""), ("里光村", "里光村"), (Cell(7), "7")])  # type: ignore[arg-type]
def test_a_cell_of_any_kind_reads_as_text(given: object, text: str) -> None:
    assert as_cell(given).text == text


def test_go_next_walks_to_the_end(qtbot: QtBot) -> None:
    table = RecordTable(COLUMNS)
    qtbot.addWidget(table)
    table.set_source(People(2))
    assert table.go_next()
    assert table.go_next()
    assert table.current_id() == 2
    assert not table.go_next()
    assert not table.go_to(99)
