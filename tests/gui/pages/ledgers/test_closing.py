"""月结 on the page: what stops it is said, the reviewer stands by, the receipt is shown, a reprint is written, an unlocking needs a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from db.rules.changes import Change
from db.rules.codes import ChangeKind, Schooling
from db.services.ledger import closing
from db.store.clock import FixedClock
from db.store.record import Unit
from desktop.app.office import Office
from desktop.pages.ledgers.closing import ClosingPane
from desktop.pages.ledgers.page import LedgersPage
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import SecondPersonDialog
from tests.helpers.changes import child, family, make, on_register
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import stand
from tests.helpers.record import REVIEWER, vouch


@pytest.fixture
def autumn(office: Office, clock: FixedClock) -> Office:
    """The clock on 17 September; three families registered in May."""
    clock.pass_time(timedelta(days=115))
    for serial in (1, 2, 3):
        on_register(office, family(serial), f"华南-2016-{serial:04d}")
    return office


def _pane(office: Office, qtbot: QtBot) -> ClosingPane:
    page = stand(LedgersPage(office), office, qtbot)
    page.open_thing("月结")
    office.work.drain()
    return page.closing


def _sign(box: SecondPersonDialog) -> int:
    box.name.setCurrentText(REVIEWER.name)
    box.password.setText(REVIEWER.password)
    box.reason.setPlainText("核对无误")
    box.agree.click()
    return box.result()


def _states(pane: ClosingPane) -> list[str]:
    return [str(getattr(item.cells[1], "text", item.cells[1])) for item in pane.months.items()]


def _told(pane: ClosingPane) -> str:
    return "".join(w.text() for w in pane.checks.findChildren(QLabel))


def _press(office: Office, pane: ClosingPane, name: str) -> None:
    getattr(pane, name).click()
    office.work.drain()


def test_without_a_card_the_tab_says_what_comes_first(office: Office, qtbot: QtBot) -> None:
    pane = _pane(office, qtbot)
    assert pane.empty.isVisible()
    assert not pane.whole.isVisible()


def test_a_month_is_closed_with_the_reviewer_and_the_next_one_is_offered(
    autumn: Office, qtbot: QtBot, dialogs: Dialogs
) -> None:
    pane = _pane(autumn, qtbot)
    assert pane.by.title_label.text() == "月结"
    assert _states(pane) == ["未结", "未结", "未结", "未结", "轮到月结"]
    assert pane.heading.text() == "2016年5月　未月结"
    assert pane.close_button.text() == "月结 2016年5月（3 户 9 人）"
    assert "这是第一个月结的月份" in _told(pane)
    dialogs.answer(SecondPersonDialog, _sign)
    with qtbot.waitSignal(pane.by.said) as said:
        _press(autumn, pane, "close_button")
    autumn.work.drain()
    assert said.args[0] == "已月结 2016年5月：月结〔2016〕1号，3 户 9 人"
    assert _states(pane)[-2:] == ["轮到月结", "已月结"]
    assert "经办 钟小明，确认 曾阿慧" in _told(pane)
    assert not pane.close_button.isVisible()
    assert pane.unlock_button.isEnabled()


def test_nobody_signs_and_nothing_is_closed(autumn: Office, qtbot: QtBot, dialogs: Dialogs) -> None:
    pane = _pane(autumn, qtbot)
    dialogs.answer(SecondPersonDialog, lambda _: int(SecondPersonDialog.DialogCode.Rejected))
    _press(autumn, pane, "close_button")
    assert _states(pane)[-1] == "轮到月结"


def test_what_stops_a_closing_is_said_and_the_button_rests(autumn: Office, qtbot: QtBot) -> None:
    pane = _pane(autumn, qtbot)
    pane.choose((2016, 9))
    autumn.work.drain()
    assert pane.heading.text() == "2016年9月　未月结"
    assert "2016年5月还没有月结" in _told(pane)
    assert "9月30日（当月最后一天）起可以月结" in _told(pane)
    assert not pane.close_button.isEnabled()


def _close(office: Office, clock: FixedClock, *months: int) -> None:
    for month in months:
        office.act(closing.close, 2016, month, second=vouch(office.record))
        clock.pass_time(timedelta(minutes=1))


def test_what_was_entered_late_is_listed_and_opens_its_household(
    autumn: Office, qtbot: QtBot, clock: FixedClock
) -> None:
    _close(autumn, clock, 5)
    day = date(2016, 5, 20)
    baby = replace(child("陈某新", birth=day, serial=301), schooling=Schooling.NONE)
    make(autumn, 1, Change(ChangeKind.BORN, day, "出生医学证明 电话13800000001", day, entrant=baby))
    pane = _pane(autumn, qtbot)
    assert pane.heading.text() == "2016年6月　未月结"
    pane.parts.chip("调整明细").click()
    (item,) = pane.adjusted.items()
    assert [str(getattr(c, "text", c)) for c in item.cells][:5] == [
        "华南村",
        "李某明",
        "0",
        "+1",
        "出生：陈某新（3 人 → 4 人）",
    ]
    assert "13800000001" not in " ".join(f"{getattr(c, 'text', c)}{getattr(c, 'tip', '')}" for c in item.cells)
    town = pane.villages.items()[0]
    assert [str(getattr(c, "text", c)) for c in town.cells] == ["全镇", "3 / 9", "0 / +1", "—", "—", "—", "3 / 10"]
    with qtbot.waitSignal(pane.by.go_asked) as asked:
        pane.adjusted.opened.emit(item.thing)
    assert asked.args == ["households", 1]


def test_the_receipt_is_shown_as_it_will_print(autumn: Office, qtbot: QtBot, clock: FixedClock) -> None:
    _close(autumn, clock, 5)
    pane = _pane(autumn, qtbot)
    pane.choose((2016, 5))
    autumn.work.drain()
    pane.by.preview()
    autumn.work.drain()
    (window,) = pane.findChildren(PaperWindow)
    assert window.preview.paper is not None
    assert "月结〔2016〕1号" in window.preview.paper.text()
    window.close()


def test_a_closed_month_is_written_again_from_what_was_frozen(
    autumn: Office, qtbot: QtBot, clock: FixedClock, dialogs: Dialogs, tmp_path: Path
) -> None:
    _close(autumn, clock, 5)
    pane = _pane(autumn, qtbot)
    pane.choose((2016, 5))
    autumn.work.drain()
    written = []
    for name in ("a", "b"):
        dialogs.answer_static(QFileDialog, "getSaveFileName", (str(tmp_path / name), ""))
        with qtbot.waitSignal(pane.by.said) as said:
            _press(autumn, pane, "export_button")
        assert "与月结时封存的逐字相同" in said.args[0]
        written.append((tmp_path / f"{name}.xlsx").read_bytes())
        clock.pass_time(timedelta(hours=1))
    assert written[0] == written[1]


def test_a_month_is_unlocked_with_the_reviewer_and_the_reason_stays_in_sight(
    autumn: Office, qtbot: QtBot, clock: FixedClock, dialogs: Dialogs
) -> None:
    _close(autumn, clock, 5, 6)
    pane = _pane(autumn, qtbot)
    pane.choose((2016, 5))
    autumn.work.drain()
    assert not pane.unlock_button.isEnabled()
    pane.choose((2016, 6))
    autumn.work.drain()
    dialogs.answer(SecondPersonDialog, _sign)
    _press(autumn, pane, "unlock_button")
    autumn.work.drain()
    assert _states(pane) == ["未结", "未结", "未结", "轮到月结", "已月结"]
    assert "月结〔2016〕2号 已解锁：核对无误" in _told(pane)
    assert pane.close_button.isEnabled()


def test_a_month_is_looked_at_once_when_the_tab_opens(
    autumn: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []

    def look(unit: Unit, year: int, month: int) -> closing.Look:
        asked.append((year, month))
        return closing.Look((year, month), None, ())

    monkeypatch.setattr(closing, "look", look)
    _pane(autumn, qtbot)
    assert asked == [(2016, 5)]
