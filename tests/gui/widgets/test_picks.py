"""Choices: a number, pinyin initials or a click; a wheel meant for the form changes nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.fields import kinds
from db.fields.household import MAIN_CAUSE
from db.fields.kinds import Choice, Kind, Text
from db.rules.codes import Attribute, PovertyCause, YesNo
from desktop.widgets.editors import EDITORS, PickEditor, SegmentEditor, editor_for
from desktop.widgets.form import Form, Section
from desktop.widgets.picks import TypeAhead
from tests.helpers.qt import focus, press, shown, typed, wheel


class Desk(QWidget):
    def __init__(self, editor: PickEditor | SegmentEditor) -> None:
        super().__init__()
        self.changes: list[object] = []
        self.editor = editor
        self.other = QLineEdit(self)
        layout = QVBoxLayout(self)
        layout.addWidget(editor)
        layout.addWidget(self.other)
        editor.changed.connect(self.on_changed)

    def on_changed(self) -> None:
        self.changes.append(self.editor.value())


def test_every_kind_has_an_editor(qtbot: QtBot) -> None:
    declared = {
        kind
        for kind in vars(kinds).values()
        if isinstance(kind, type) and issubclass(kind, Kind) and kind is not Kind and not kind.__name__.startswith("_")
    }
    assert set(EDITORS) == declared
    for kind in declared:
        editor = editor_for(kind() if kind is not Choice else Choice(table=YesNo))
        qtbot.addWidget(editor)
        assert editor.is_blank()
        assert editor.value() is None
        assert not editor.problem()


@pytest.mark.parametrize(
    ("keys", "cause"),
    [
        ("1", PovertyCause.ILLNESS),
        ("12", PovertyCause.MARRIAGE),
        ("3", PovertyCause.SCHOOLING),
        ("qzj", PovertyCause.MONEY),
        ("yb", PovertyCause.ILLNESS),
        ("yc", PovertyCause.DISABILITY),
        ("jt", PovertyCause.TRAFFIC),
    ],
)
def test_number_or_initials_choose(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, keys: str, cause: PovertyCause
) -> None:
    monkeypatch.setattr("desktop.widgets.picks.monotonic", lambda: 100.0)  # a slow machine is no pause of the clerk
    desk = shown(qtbot, Desk(PickEditor(Choice(table=PovertyCause))))
    focus(desk.editor)
    typed(keys)
    assert desk.editor.value() is cause
    assert desk.changes[-1] is cause


def test_a_repeated_letter_walks_through_its_options() -> None:
    ahead, options, at, seen = TypeAhead(), PovertyCause.labels(), -1, []
    for _ in range(4):
        at = ahead.find(options, "y", at)
        seen.append(options[at])
    assert seen == ["因病", "因残", "因学", "因灾"]


def test_keys_far_apart_are_two_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("desktop.widgets.picks.monotonic", lambda: now[0])
    ahead = TypeAhead()
    assert ahead.find(PovertyCause.labels(), "1", -1) == 0
    now[0] += 5
    assert ahead.find(PovertyCause.labels(), "2", 0) == 1


def test_a_wheel_without_the_keyboard_scrolls_the_form(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(PickEditor(Choice(table=Attribute))))
    desk.editor.set_value(Attribute.ORDINARY)
    focus(desk.other)
    assert not wheel(desk.editor.core)
    assert desk.editor.value() is Attribute.ORDINARY
    focus(desk.editor)
    assert wheel(desk.editor.core)
    assert desk.editor.value() is Attribute.LOW_INCOME


def test_delete_clears_and_set_value_says_nothing(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(PickEditor(Choice(table=Attribute))))
    desk.editor.set_value(Attribute.LOW_INCOME)
    assert desk.changes == []
    focus(desk.editor)
    press(Qt.Key.Key_Delete)
    assert desk.editor.is_blank()
    assert desk.changes == [None]


def test_a_word_outside_the_table_is_kept_and_faulted(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(PickEditor(Choice(table=Attribute))))
    desk.editor.set_raw("脱贫户")
    assert desk.editor.raw() == "脱贫户"
    assert "不在代码表内" in desk.editor.check()
    focus(desk.editor)
    typed("2")
    assert desk.editor.value() is Attribute.LOW_INCOME
    assert not desk.editor.problem()


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_f2_opens_the_list_and_typing_in_it_walks(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(PickEditor(Choice(table=PovertyCause))))
    focus(desk.editor)
    press(Qt.Key.Key_F2)
    view = desk.editor.core.view()  # type: ignore[attr-defined]
    qtbot.waitUntil(view.isVisible)
    view.keyboardSearch("q")
    view.keyboardSearch("z")
    assert view.currentIndex().data() == "缺资金"
    desk.editor.core.hidePopup()  # type: ignore[attr-defined]


def test_options_of_the_town_replace_typing(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(PickEditor(Text())))
    desk.editor.set_value("华南村")
    desk.editor.set_options(["华新村", "坪南村"])  # type: ignore[union-attr]
    assert desk.editor.value() == "华南村"
    focus(desk.editor)
    typed("pn")
    assert desk.editor.value() == "坪南村"


def test_joined_buttons_take_numbers(qtbot: QtBot) -> None:
    desk = shown(qtbot, Desk(SegmentEditor(Choice(table=YesNo))))
    focus(desk.editor)
    typed("2")
    assert desk.editor.value() is YesNo.NO
    assert desk.changes == [YesNo.NO]
    desk.editor.set_read_only(True)
    typed("1")
    assert desk.editor.value() is YesNo.NO


def test_ctrl_s_on_a_drop_down_is_the_forms(qtbot: QtBot) -> None:
    form = shown(qtbot, Form((Section("", ((MAIN_CAUSE,),)),), scroll=False))
    form.go_to(MAIN_CAUSE.key)
    with qtbot.waitSignal(form.save_asked):
        press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert form.texts() == {"main_cause": ""}
