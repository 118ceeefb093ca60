"""Matching columns: what is sure is set, what is not waits for a word, two columns never mean the same."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.forms.matching import MatchingTable, Meaning, Offered
from tests.helpers.qt import focus, press, shown, typed

COLUMNS = (
    Offered(0, "A", ("村名",), ("太平村",), "village", sure=True),
    Offered(1, "B", ("户主", "姓\n名"), ("陈某文", "林某武"), "head_name", sure=True),
    Offered(3, "D", ("人头数",), ("3", "4"), "size"),
    Offered(4, "E", ("其他说明",), ()),
)
CHOICES = (
    Meaning("village", "村（居）", needed=True),
    Meaning("head_name", "姓名", "户主", needed=True),
    Meaning("size", "家庭人口", needed=True),
    Meaning("phone", "联系电话"),
    Meaning("note", "备注", many=True),
)


@pytest.fixture
def table(qtbot: QtBot) -> MatchingTable:
    return shown(qtbot, MatchingTable(COLUMNS, CHOICES), 1000, 400)


def test_proposals_are_set_and_the_unsure_ones_wait(table: MatchingTable) -> None:
    assert table.answers() == {0: "village", 1: "head_name", 3: "size", 4: ""}
    assert table.unsure() == [3, 4]
    assert [table.state(index) for index in (0, 1, 3, 4)] == ["✓ 已对应", "✓ 已对应", "请核对", "请指定"]
    assert [table.box(index).isVisible() for index in (0, 1, 3, 4)] == [False, False, True, True]
    table.show_all(True)
    assert all(table.box(index).isVisible() for index in (0, 1, 3, 4))


def test_a_choice_by_initials_is_the_clerks_word(table: MatchingTable, qtbot: QtBot) -> None:
    with qtbot.waitSignal(table.changed):
        focus(table.box(4))
        typed("lxdh")
    assert table.answers()[4] == "phone"
    assert table.unsure() == [3]
    press(Qt.Key.Key_Delete)
    assert table.box(4).currentText() == "（不用这一列）"
    assert table.answers()[4] == ""


def test_two_columns_for_one_meaning_are_said_at_both(table: MatchingTable) -> None:
    table.set_answers({4: "size"})
    assert table.problems() == ["“家庭人口”对应了 D、E 两列以上，只能留一列"]
    assert [table.state(index) for index in (3, 4)] == ["重复了", "重复了"]
    table.set_answers({3: "note", 4: "note"})
    assert table.problems() == ["还没有一列对应“家庭人口”"]


def test_a_needed_meaning_without_a_column_is_named_with_its_group(table: MatchingTable) -> None:
    table.set_answers({0: "", 1: ""})
    assert table.problems() == ["还没有一列对应“村（居）”“姓名（户主）”"]


def test_proposals_can_be_confirmed_together(table: MatchingTable) -> None:
    table.confirm()
    assert (table.unsure(), table.problems(), table.note.text()) == ([], [], "")


def test_with_nothing_unsure_everything_is_shown(qtbot: QtBot) -> None:
    table = shown(qtbot, MatchingTable(COLUMNS[:2], CHOICES[:2]), 1000, 300)
    assert table.box(0).isVisible()
