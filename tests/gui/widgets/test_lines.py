"""Typed text: committed edits only, tidied on leaving, faults kept with what was typed."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.fields.kinds import Date, IdNumber, Kind, Money, Name, Text
from desktop.widgets.editors import LineEditor, LinesEditor
from tests.helpers.qt import commit, compose, focus, press, shown, typed


class Desk(QWidget):
    """An editor, and a second line to leave to."""

    def __init__(self, kind: Kind, lines: bool = False) -> None:
        super().__init__()
        self.editor = LinesEditor(kind, self) if lines else LineEditor(kind, self)
        self.other = QLineEdit(self)
        self.changes = 0
        self.returns = 0
        self.editor.changed.connect(self.on_changed)
        layout = QVBoxLayout(self)
        layout.addWidget(self.editor)
        layout.addWidget(self.other)

    def on_changed(self) -> None:
        self.changes += 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.returns += event.key() == Qt.Key.Key_Return


@pytest.mark.parametrize(
    ("kind", "text", "left", "value"),
    [
        (Date(), "20160630", "2016-06-30", date(2016, 6, 30)),
        (Date(), "2016.6.30", "2016-06-30", date(2016, 6, 30)),
        (Date(), "2016-6-30", "2016-06-30", date(2016, 6, 30)),
        (Money(), "12,345.5元", "12,345.50", Decimal("12345.50")),
        (Money(), "１２３４", "1,234.00", Decimal(1234)),
        (IdNumber(), "44140119680312003x", "44140119680312003X", "44140119680312003X"),
        (Name(), "廖 某", "廖某", "廖某"),
        (Text(), "３间，土木ＡＢ", "3间，土木AB", "3间，土木AB"),
    ],
)
def test_typed_text_is_tidied_on_leaving(qtbot: QtBot, kind: Kind, text: str, left: str, value: object) -> None:
    desk = shown(qtbot, Desk(kind))
    focus(desk.editor)
    commit(text)
    focus(desk.other)
    assert desk.editor.raw() == left
    assert desk.editor.value() == value
    assert not desk.editor.problem()


def test_what_is_no_value_stays_and_is_faulted(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(Date()))
    focus(desk.editor)
    commit("去年夏天")
    focus(desk.other)
    assert desk.editor.raw() == "去年夏天"
    assert desk.editor.value() is None
    assert "不是日期" in desk.editor.problem()
    assert desk.editor.core.property("fault") is True
    desk.editor.set_value(date(2016, 1, 2))
    assert desk.editor.problem() == ""
    assert desk.editor.core.property("fault") is False


def test_only_the_clerk_changes(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(Name()))
    desk.editor.set_value("李某")
    assert desk.changes == 0
    focus(desk.editor)
    typed("a")
    assert desk.changes == 1


def test_return_belongs_to_the_input_method_while_it_composes(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(Name()))
    focus(desk.editor)
    compose("liao'mou")
    assert desk.changes == 0
    press(Qt.Key.Key_Return)
    assert desk.returns == 0
    commit("廖某")
    assert (desk.changes, desk.editor.raw()) == (1, "廖某")
    press(Qt.Key.Key_Return)
    assert desk.returns == 1


def test_setting_a_value_drops_a_composition(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(Name()))
    focus(desk.editor)
    compose("wei")
    desk.editor.set_value("重置")
    commit("")
    assert desk.editor.raw() == "重置"


def test_money_is_edited_without_separators(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(Money()))
    focus(desk.other)
    desk.editor.set_value(Decimal("3212"))
    assert desk.editor.raw() == "3,212.00"
    focus(desk.editor)
    assert desk.editor.raw() == "3212.00"
    focus(desk.other)
    assert desk.editor.raw() == "3,212.00"
    assert desk.changes == 0


def test_f2_selects_all_and_then_edits(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(Name()))
    desk.editor.set_value("廖某")
    line = focus(desk.editor)
    assert isinstance(line, QLineEdit)
    line.deselect()
    press(Qt.Key.Key_F2)
    assert line.selectedText() == "廖某"
    press(Qt.Key.Key_F2)
    assert (line.selectedText(), line.cursorPosition()) == ("", 2)


def test_a_locked_line_takes_no_keys(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(Name()))
    desk.editor.set_read_only(True)
    focus(desk.editor)
    typed("abc")
    assert desk.editor.is_blank()


def test_several_lines_go_on_with_enter_and_break_with_ctrl_enter(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(Text(), lines=True))
    focus(desk.editor)
    commit("户主患病")
    press(Qt.Key.Key_Return)
    assert desk.returns == 1
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    commit("妻子照料")
    assert desk.editor.value() == "户主患病\n妻子照料"
    assert desk.changes == 3
    compose("er'zi")
    press(Qt.Key.Key_Return)
    assert desk.returns == 1
