"""Acting on many rows: what is barred stays out, what was unticked stays so, and a refusal stands at its row."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.errors import Known, Problem, Refused
from db.fields.review import GIVEN_ON, REASON
from desktop.widgets.batch import BatchPane, BatchRow, Deed
from desktop.widgets.form import Section
from desktop.widgets.sheet import Cell, Column
from tests.helpers.qt import focus, press, shown

COLUMNS = (Column("head", "户主"), Column("why", "说明"))
LAYOUT = (Section("", ((GIVEN_ON,), (REASON,))),)


def _row(key: int, group: str = "华南村", barred: bool = False) -> BatchRow:
    return BatchRow(key, group, f"{group}第一组 某{key}户", 3, (f"某{key}", Cell("期未满" if barred else "")), barred)


def _pane(qtbot: QtBot, *rows: BatchRow, whole: bool = True) -> BatchPane:
    deeds = (Deed("pass", "通过"), Deed("return", "退回", "danger"))
    pane = BatchPane("审核", COLUMNS, LAYOUT, deeds, whole=whole)
    shown(qtbot, pane, 1100, 600)
    pane.set_rows(rows)
    return pane


def _remarks(pane: BatchPane) -> list[str]:
    return [item.cells[-1].text if isinstance(item.cells[-1], Cell) else "" for item in pane.ticks.list.items()]


def test_the_button_counts_what_is_ticked_and_can_be_done(qtbot: QtBot) -> None:
    pane = _pane(qtbot, _row(1), _row(2), _row(3, barred=True), _row(4, "小拔村"))
    assert pane.buttons["pass"].text() == "通过（3 户 9 人）"
    assert pane.box.itemText(0) == "全部村（3 户 9 人，另 1 户暂不能办）"
    pane.choose_group("小拔村")
    assert (pane.chosen(), pane.buttons["return"].text()) == ([4], "退回（1 户 3 人）")


def test_space_turns_the_row_the_tab_key_arrived_at(qtbot: QtBot) -> None:
    pane = _pane(qtbot, _row(1), _row(2))
    focus(pane.ticks.list.table)
    press(Qt.Key.Key_Space)
    assert pane.ticks.ticked() == [2]


def test_a_barred_row_cannot_be_ticked(qtbot: QtBot) -> None:
    pane = _pane(qtbot, _row(1), _row(2, barred=True))
    pane.ticks.tick_none()
    assert not pane.buttons["pass"].isEnabled()
    focus(pane.ticks.list.table)
    pane.ticks.list.table.selectAll()
    press(Qt.Key.Key_Space)
    assert pane.chosen() == [1]
    assert pane.selected() == [1]
    assert "1 户现在不能办" in pane.ticks._count.text()


def test_what_was_unticked_stays_so_when_the_list_is_read_anew(qtbot: QtBot) -> None:
    pane = _pane(qtbot, _row(1), _row(2), _row(3, "小拔村"))
    pane.ticks.toggle([1])
    pane.choose_group("小拔村")
    pane.set_rows([_row(1), _row(2), _row(3, "小拔村"), _row(4)])
    assert pane.group() == "小拔村"
    pane.choose_group("")
    pane.choose_group("华南村")
    assert pane.chosen() == [1, 4]


def test_where_groups_are_apart_the_first_that_can_be_done_is_shown(qtbot: QtBot) -> None:
    pane = _pane(qtbot, _row(1, barred=True), _row(2, "小拔村"), whole=False)
    assert (pane.group(), pane.chosen()) == ("小拔村", [2])


def test_a_refusal_stands_at_its_rows_and_nothing_typed_is_lost(qtbot: QtBot) -> None:
    pane = _pane(qtbot, _row(1), _row(2), _row(3))
    pane.form.set_texts({"given_on": "2016-06-02", "reason": "理由"})
    named = "华南村第一组 某2户"
    found = [Problem(f"{named}：次序颠倒", where=named), Problem("理由太短", "reason"), Problem("时钟不准")]
    pane.show_error(Refused(found))
    assert _remarks(pane) == ["", "次序颠倒", ""]
    assert pane.form.faulty() == ["reason"]
    assert "时钟不准" in pane.form.faults.text()
    assert "1 户不能办" in pane.form.faults.text()
    assert pane.form.texts() == {"given_on": "2016-06-02", "reason": "理由"}
    assert pane.chosen() == [1, 2, 3]
    pane.show_error(Known("磁盘已满。", "请清理。"))
    assert _remarks(pane) == ["", "", ""]
    assert "磁盘已满。请清理。" in pane.form.faults.text()


def test_the_keyboard_presses_the_first_button(qtbot: QtBot) -> None:
    pane = _pane(qtbot, _row(1))
    focus(pane.form.editor("given_on"))
    with qtbot.waitSignal(pane.asked) as asked:
        press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == ["pass"]
    pane.lock(True)
    with qtbot.assertNotEmitted(pane.asked):
        pane.press()


def test_without_rows_the_page_says_what_to_do(qtbot: QtBot) -> None:
    pane = _pane(qtbot)
    pane.empty.say("没有", "先公示")
    assert pane.empty.isVisible()
    assert not pane.split.isVisible()
    pane.set_rows([_row(1)])
    assert pane.split.isVisible()


def test_other_rows_are_not_taken_for_the_selected_ones(qtbot: QtBot) -> None:
    pane = _pane(qtbot, _row(1), _row(2))
    pane.ticks.list.table.selectRow(1)
    assert pane.selected() == [2]
    pane.set_rows([_row(3), _row(4)])
    assert pane.selected() == []
