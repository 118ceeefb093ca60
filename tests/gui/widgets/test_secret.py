"""A new password typed twice: its weakness is said while it is typed, and nothing weak or unlike is taken."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop.widgets.secret import NewSecret
from tests.helpers.qt import focus, press, shown, typed


def fit(password: str) -> str:
    return "" if len(password) >= 4 else "太短。"


@pytest.fixture
def secret(qtbot: QtBot) -> NewSecret:
    return shown(qtbot, NewSecret(fit))


def test_it_is_never_shown(secret: NewSecret) -> None:
    assert {line.echoMode() for line in secret.findChildren(QLineEdit)} == {QLineEdit.EchoMode.Password}


def test_weakness_is_said_while_typing(secret: NewSecret) -> None:
    focus(secret)
    typed("abc")
    assert secret.first.fault.text() == "太短。"
    typed("d")
    assert secret.first.fault.text() == "✓ 可以使用，请记牢"
    assert secret.first.line.property("fault") is False


def test_enter_goes_on_and_then_says_done(secret: NewSecret, qtbot: QtBot) -> None:
    focus(secret)
    typed("abcd")
    press(Qt.Key.Key_Return)
    assert secret.again.line.hasFocus()
    typed("abcd")
    with qtbot.waitSignal(secret.entered):
        press(Qt.Key.Key_Return)
    assert secret.check()
    assert secret.text() == "abcd"


def test_a_part_of_it_is_no_fault_yet_another_letter_is(secret: NewSecret) -> None:
    focus(secret.first)
    typed("abcd")
    focus(secret.again)
    typed("ab")
    assert secret.again.fault.text() == ""
    typed("x")
    assert "不一样" in secret.again.fault.text()
    assert not secret.check()


def test_blanks_in_it_are_kept(secret: NewSecret) -> None:
    focus(secret.first)
    typed(" ab d ")
    assert secret.text() == " ab d "


def test_forgetting_leaves_nothing(secret: NewSecret) -> None:
    focus(secret.first)
    typed("abcd")
    secret.clear()
    assert secret.text() == ""
    assert not secret.check()
    assert secret.first.fault.text() == "请设一个密码。"
