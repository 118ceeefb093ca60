"""The few questions that stop the clerk, answered without a mouse where possible."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets.dialogs import Answer, Ask, SecondPerson, SecondPersonDialog, ask, ask_second_person, open_at
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import shown

ANSWERS = [Answer("留着再改", "stay"), Answer("放弃这次录入", "drop", "danger")]


def test_ask_returns_the_key_of_the_button(dialogs: Dialogs) -> None:
    def drop(dialog: Ask) -> int:
        QTest.mouseClick(dialog.buttons["drop"], Qt.MouseButton.LeftButton)
        return dialog.result()

    dialogs.answer(Ask, drop)
    assert ask(None, "还没有保存", "离开会丢掉这次录入。", ANSWERS) == "drop"
    assert dialogs.opened == ["还没有保存"]


def test_a_question_closed_is_no_answer(dialogs: Dialogs) -> None:
    dialogs.answer(Ask, lambda dialog: dialog.reject())
    assert ask(None, "还没有保存", "离开会丢掉这次录入。", ANSWERS) == ""


@pytest.mark.parametrize("answers", [ANSWERS, ANSWERS[::-1]])
def test_enter_never_gives_up_what_was_typed(dialogs: Dialogs, answers: list[Answer]) -> None:
    def enter(dialog: Ask) -> int:
        dialog.show()
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        return dialog.result()

    dialogs.answer(Ask, enter)
    assert ask(None, "还没有保存", "离开会丢掉这次录入。", answers) == "stay"


def test_the_second_person_must_give_all(qtbot: QtBot) -> None:
    dialog = shown(
        qtbot, SecondPersonDialog(None, "认定七不进", "须由未录入本户的另一人认定", ["李审核", "王审核"]), 440, 420
    )
    said = []
    for password, reason in (("", ""), ("p", ""), ("p", "已卖车")):
        dialog.password.setText(password)
        dialog.reason.setPlainText(reason)
        QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
        said.append(dialog.fault.text())
    assert said == ["请由本人录入密码。", "请写明理由，会记入经过。", ""]
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.result_value() == SecondPerson("李审核", "p", "已卖车")
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password


def test_a_dialog_grows_with_what_it_says(qtbot: QtBot) -> None:
    dialog = SecondPersonDialog(
        None, "撤下错榜（更正）", "各户退回“待公示”，更正后须重新公示，公示期重新计算。", ["李审核"]
    )
    qtbot.addWidget(dialog)
    dialog.show()
    before = dialog.height()
    dialog.password.setText("p")
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.height() > before)
    assert not dialog.fault.geometry().intersects(dialog.reason.geometry())
    assert dialog.focusWidget() is dialog.reason


def test_without_another_person_nobody_can_agree(qtbot: QtBot) -> None:
    dialog = shown(qtbot, SecondPersonDialog(None, "认定", "", []), 440, 420)
    QTest.mouseClick(dialog.agree, Qt.MouseButton.LeftButton)
    assert "没有可以同意的另一人" in dialog.fault.text()


def test_ask_second_person_forgets_the_password(dialogs: Dialogs) -> None:
    seen: list[SecondPersonDialog] = []

    def agree(dialog: SecondPersonDialog) -> int:
        seen.append(dialog)
        dialog.password.setText("secret")
        dialog.reason.setPlainText("核对过原件")
        return QDialog.DialogCode.Accepted

    dialogs.answer(SecondPersonDialog, agree)
    assert ask_second_person(None, "补录", "晚于 3 天", ["李审核"]) == SecondPerson("李审核", "secret", "核对过原件")
    assert seen[0].password.text() == ""


def test_given_up_is_none(dialogs: Dialogs) -> None:
    dialogs.answer(SecondPersonDialog, lambda _: QDialog.DialogCode.Rejected)
    assert ask_second_person(None, "补录", "晚于 3 天", ["李审核"]) is None


def test_a_dialog_is_no_larger_than_the_window_it_belongs_to(qtbot: QtBot) -> None:
    window, alone = QWidget(), QDialog()
    for made in (window, alone):
        qtbot.addWidget(made)
    window.resize(910, 480)
    inside = QDialog(QWidget(window))
    open_at(inside, 1120, 640)
    open_at(alone, 1120, 640)
    assert (inside.width(), inside.height()) == (910, 480)
    assert (alone.width(), alone.height()) == (1120, 640)
