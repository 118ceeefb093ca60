"""Widgets drawn by hand: what they say, how they are answered, and that they paint in every scheme."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.widgets import colours
from desktop.widgets.ladder import Ladder, LadderStep
from desktop.widgets.pill import Pill
from desktop.widgets.progress import Days
from desktop.widgets.segmented import Segmented
from tests.helpers.qt import focus, press, shown, typed

STEPS = [
    LadderStep("申请", "10-08", "done"),
    LadderStep("公示 7 天", "11-15 起 · 第 6 天", "current"),
    LadderStep("镇审核"),
    LadderStep("建档立卡", "收入高于标准", "stopped"),
]


def pixels(widget: QWidget, colour: str) -> int:
    """How many pixels of a picture of ``widget`` have a token's colour."""
    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    wanted = colours.scheme().colour(colour).rgb()
    return sum(picture.pixel(x, y) == wanted for x in range(picture.width()) for y in range(picture.height()))


def test_the_ladder_says_all_in_words(qtbot: QtBot) -> None:
    ladder = shown(qtbot, Ladder(), 600, 70)
    ladder.set_steps(STEPS)
    assert ladder.accessibleName() == (
        "申请 已完成 10-08，公示 7 天 当前 11-15 起 · 第 6 天，镇审核 未到，建档立卡 已停止 收入高于标准"
    )
    assert ladder.steps()[1].state == "current"


def test_the_present_step_is_vermilion(qtbot: QtBot) -> None:
    ladder = shown(qtbot, Ladder(), 600, 70)
    ladder.set_steps([LadderStep("申请", "", "done")])
    assert pixels(ladder, "red") == 0
    ladder.set_steps(STEPS)
    assert pixels(ladder, "red") > 100
    assert pixels(ladder, "pine") > 100
    assert pixels(ladder, "ochre") > 100


@pytest.mark.parametrize("scheme", [colours.LIGHT, colours.DARK, colours.CONTRAST])
def test_a_pill_shows_in_every_scheme(qtbot: QtBot, scheme: colours.Scheme) -> None:
    pill = shown(qtbot, Pill("低保户", "pine"), 80, 24)
    colours.use(scheme)
    try:
        assert pixels(pill, "pine_wash") > 200
    finally:
        colours.use(colours.LIGHT)
    pill.set("", "grey")
    assert pill.isHidden()


def test_days_are_squares_and_words(qtbot: QtBot) -> None:
    days = shown(qtbot, Days(3, 7), 120, 20)
    few = pixels(days, "pine")
    days.set(6, 7)
    assert pixels(days, "pine") > 1.8 * few
    assert days.toolTip() == "第 6 天，共 7 天"


def test_segments_are_answered_by_number_arrow_and_click(qtbot: QtBot) -> None:
    answer = shown(qtbot, Segmented(["是", "否", "待核"], alarm=["是"]), 200, 40)
    answers: list[str] = []

    def note() -> None:
        answers.append(answer.text())

    answer.changed.connect(note)
    focus(answer)
    assert answer.chosen() == -1
    typed("2")
    press(Qt.Key.Key_Right)
    QTest.mouseClick(answer, Qt.MouseButton.LeftButton, pos=QPoint(8, 10))
    assert pixels(answer, "red") > 100
    press(Qt.Key.Key_Delete)
    typed("9")
    assert answers == ["否", "待核", "是", ""]


def test_segments_pass_enter_on(qtbot: QtBot) -> None:
    answer = shown(qtbot, Segmented(["是", "否"]), 200, 40)
    focus(answer)
    with qtbot.waitSignal(answer.moved, check_params_cb=(1).__eq__):
        press(Qt.Key.Key_Return)
    with qtbot.waitSignal(answer.moved, check_params_cb=(-1).__eq__):
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)


def test_locked_segments_keep_their_answer(qtbot: QtBot) -> None:
    answer = shown(qtbot, Segmented(["是", "否"]), 200, 40)
    answer.choose_text("否")
    answer.set_read_only(True)
    focus(answer)
    typed("1")
    assert answer.text() == "否"
    answer.choose_text("没有的")
    assert answer.text() == ""
