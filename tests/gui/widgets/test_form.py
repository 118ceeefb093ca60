"""A form: keys in the order of the paper, faults at their fields and counted, nothing typed lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionFrame
from pytestqt.qtbot import QtBot

from db.errors import Problem
from db.fields.household import (
    ABLE,
    APPLIED_ON,
    ATTRIBUTE,
    BANK,
    BANK_CARD,
    HEAD_ID,
    HEAD_NAME,
    HOUSEHOLD,
    PHONE,
    REASON,
    SIZE,
    VILLAGE,
)
from db.rules.codes import Attribute, YesNo
from desktop.widgets.form import Form, Section
from tests.helpers.qt import commit, compose, focus, press, shown, typed

LAYOUT = [
    Section("户主与识别", [[HEAD_NAME, ATTRIBUTE, PHONE], [SIZE, ABLE]]),
    Section("申请", [[APPLIED_ON], [REASON]]),
]
KEYS = ["head_name", "attribute", "phone", "size_stated", "able", "applied_on", "reason"]


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    return shown(qtbot, Form(LAYOUT, looks={"able": "segments", "reason": "lines"}))


def here(form: Form) -> str:
    """Key of the field that has the keyboard."""
    return next(key for key in form.fields() if form.editor(key).core is QApplication.focusWidget())


def test_enter_goes_on_and_shift_enter_back(form: Form, qtbot: QtBot) -> None:
    form.go_to_first()
    walked = [here(form)]
    for _ in KEYS[1:]:
        press(Qt.Key.Key_Return)
        walked.append(here(form))
    assert walked == KEYS
    with qtbot.waitSignal(form.ended):
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert here(form) == "applied_on"


def test_return_while_composing_stays(form: Form) -> None:
    form.go_to_first()
    compose("liao")
    press(Qt.Key.Key_Return)
    assert here(form) == "head_name"


def test_values_go_in_and_come_out(form: Form) -> None:
    values = {"head_name": "廖某", "attribute": Attribute.LOW_INCOME, "able": YesNo.NO, "applied_on": date(2016, 10, 8)}
    form.set_values(values)
    assert form.values() == {**dict.fromkeys(KEYS), **values}
    assert not form.is_dirty()
    focus(form.editor("head_name"))
    commit("某")
    assert form.is_dirty()
    form.set_clean()
    assert not form.is_dirty()


def test_a_draft_keeps_what_is_no_value(form: Form) -> None:
    focus(form.editor("applied_on"))
    commit("上个月")
    texts = form.texts()
    form.set_values({})
    form.set_texts(texts)
    assert form.texts()["applied_on"] == "上个月"
    assert form.is_dirty()


def test_a_fault_is_said_under_its_field_on_leaving(form: Form) -> None:
    focus(form.editor("size_stated"))
    commit("四口")
    press(Qt.Key.Key_Return)
    cell = form.cell("size_stated")
    assert "不是整数" in cell.fault.text()
    assert cell.fault.isVisible()
    focus(form.editor("size_stated"))
    commit("4")
    assert not cell.fault.isVisible()


def test_problems_are_counted_and_lead_to_the_first(form: Form) -> None:
    form.go_to_first()
    form.show_problems([
        Problem("手机号应为 11 位，少 1 位", "phone"),
        Problem("须选一项", "attribute"),
        Problem("成员 3 人，家庭人口 4 人", where="廖某户"),
    ])  # fmt: skip
    assert "有 2 处要改" in form.faults.text()
    assert "廖某户：成员 3 人" in form.faults.text()
    assert here(form) == "attribute"
    assert form.faulty() == ["attribute", "phone"]
    form.go_to("reason")
    form.faults.asked.emit()
    assert here(form) == "attribute"
    form.show_problems(())
    assert form.faults.isHidden()
    assert not form.faulty()


def test_an_answered_fault_is_counted_off(form: Form) -> None:
    form.show_problems([Problem("少 1 位", "phone")])
    typed("5")
    press(Qt.Key.Key_Return)
    assert form.faults.isHidden()


def test_check_names_blank_demanded_fields_only_when_asked(form: Form) -> None:
    assert form.check()
    assert not form.check(demanded=True)
    assert form.faulty() == [key for key in KEYS if HOUSEHOLD[key].demanded]
    assert "户主姓名未填" in form.cell("head_name").fault.text()


def test_a_fault_found_by_the_record_stays_until_edited(form: Form) -> None:
    form.show_problems([Problem("查无此号", "phone"), Problem("另有一事")])
    press(Qt.Key.Key_Return)
    assert form.faulty() == ["phone"]
    assert form.cell("phone").fault.text() == "查无此号"
    form.go_to("phone")
    typed("1")
    press(Qt.Key.Key_Return)
    assert form.faulty() == []
    assert form.faults.text() == "✕ 另有一事"


def test_save_and_escape_are_signals(form: Form, qtbot: QtBot) -> None:
    form.go_to_first()
    with qtbot.waitSignal(form.save_asked):
        press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(form.cancel_asked):
        press(Qt.Key.Key_Escape)


def test_locked_fields_take_nothing(form: Form) -> None:
    form.set_read_only(True, ["head_name"])
    focus(form.editor("head_name"))
    typed("abc")
    focus(form.editor("phone"))
    typed("137")
    assert (form.texts()["head_name"], form.texts()["phone"]) == ("", "137")


def test_a_demanded_field_is_marked_and_explained(form: Form) -> None:
    assert form.cell("head_name").caption.text() == "户主姓名 *"
    assert form.cell("phone").caption.text() == "联系电话"
    assert HEAD_NAME.help in form.editor("head_name").toolTip()


def test_the_field_gone_to_is_scrolled_into_sight(qtbot: QtBot) -> None:
    form = shown(qtbot, Form(LAYOUT), 700, 160)
    form.go_to("reason")
    assert form.rect().contains(form.editor("reason").mapTo(form, form.editor("reason").rect().center()))


def test_options_are_offered_only_where_there_is_a_drop_down(qtbot: QtBot) -> None:
    form = shown(qtbot, Form([Section("", [[VILLAGE, PHONE]])], looks={"village": "options"}))
    form.set_options("village", ["华南村", "坪南村"])
    form.go_to("village")
    typed("pn")
    assert form.values()["village"] == "坪南村"
    with pytest.raises(TypeError):
        form.set_options("phone", ["1"])


def test_a_field_cannot_stand_twice(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="twice"):
        Form([Section("", [[PHONE, PHONE]])])


def test_numbers_compared_digit_by_digit_are_in_sight_as_a_whole_however_narrow(qtbot: QtBot) -> None:
    form = shown(qtbot, Form([Section("", [[HEAD_NAME, HEAD_ID, PHONE, BANK_CARD], [BANK]])]), 640, 200)
    for key, text in (("head_id", "441401196803128887"), ("bank_card", "6222021234567890123")):
        line = form.editor(key).core
        assert isinstance(line, QLineEdit)
        line.setText(text)
        frame = QStyleOptionFrame()
        line.initStyleOption(frame)
        room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, frame, line).width()
        assert line.fontMetrics().horizontalAdvance(text) + 4 <= room
