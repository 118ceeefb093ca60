"""名单变化 on the page: two months, kinds as filters, the sentence to be copied, the list to be printed and written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from db.rules.changes import Change
from db.rules.codes import ChangeKind, Schooling
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.ledgers.comparing import ComparingPane
from desktop.pages.ledgers.page import LedgersPage
from desktop.printing.window import PaperWindow
from tests.helpers.changes import child, family, make, on_register
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import clip, stand

JUNE, JULY = (2016, 6), (2016, 7)


@pytest.fixture
def autumn(office: Office, clock: FixedClock) -> Office:
    """The clock on 17 September; families of two villages, a birth, a death and a new card in July."""
    clock.pass_time(timedelta(days=115))
    for serial in (1, 2, 3):
        on_register(office, family(serial, village="小拔村" if serial == 2 else "华南村"), f"华南-2016-{serial:04d}")
    on_register(office, family(4), "华南-2016-0004", date(2016, 7, 10))
    day = date(2016, 7, 5)
    baby = replace(child("陈某新", birth=day, serial=301), schooling=Schooling.NONE)
    make(office, 1, Change(ChangeKind.BORN, day, "出生医学证明 P44000001", day, entrant=baby))
    make(office, 2, Change(ChangeKind.DIED, date(2016, 7, 8), "注销证明", reason="病故", person=1))
    return office


def _pane(office: Office, qtbot: QtBot) -> ComparingPane:
    page = stand(LedgersPage(office), office, qtbot)
    page.open_thing("名单变化")
    office.work.drain()
    return page.comparing


def _july(office: Office, qtbot: QtBot) -> ComparingPane:
    pane = _pane(office, qtbot)
    pane.choose(JUNE, JULY)
    office.work.drain()
    return pane


def test_without_a_card_there_is_nothing_to_compare(office: Office, qtbot: QtBot) -> None:
    pane = _pane(office, qtbot)
    assert pane.empty.isVisible()


def test_this_month_against_the_last_one_is_shown_first(autumn: Office, qtbot: QtBot) -> None:
    pane = _pane(autumn, qtbot)
    assert (pane.new_month.currentText(), pane.old_month.currentText()) == ("2016 年 9 月", "2016 年 8 月")
    assert "没有变化" in pane.sentence.text()
    assert pane.none.isVisible()
    assert not pane.export_button.isEnabled()


def test_the_kinds_with_their_counts_and_the_sentence(autumn: Office, qtbot: QtBot) -> None:
    pane = _july(autumn, qtbot)
    assert pane.sentence.text() == (
        "2016年7月，华阳镇在册贫困户由3户9人变为4户12人（户数增加1户、人数增加3人）；"
        "其中新增1户3人，自然增加1人，自然减少1人。"
    )  # fmt: skip
    assert [pane.list.chip(k).text() for k in ("全部", "新增", "自然增加", "自然减少")] == [
        "全部 3", "新增 1", "自然增加 1", "自然减少 1"
    ]  # fmt: skip
    assert not pane.list.chip("调整").isVisible()
    pane.copy_button.click()
    assert clip() == pane.sentence.text()


def test_a_kind_and_a_village_narrow_what_is_written(
    autumn: Office, qtbot: QtBot, dialogs: Dialogs, tmp_path: Path
) -> None:
    pane = _july(autumn, qtbot)
    assert pane.export_button.text() == "导出（3 条）"
    pane.villages.table.go_to(2)
    assert [e.head_name for e in pane.shown()] == [family(2).head_name]
    pane.villages.table.go_to(0)
    pane.list.chip("自然增加").click()
    assert pane.export_button.text() == "导出（1 条）"
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(tmp_path / "a"), ""))
    with qtbot.waitSignal(pane.by.said) as said:
        pane.export_button.click()
        autumn.work.drain()
    assert "1 条，已回读核对" in said.args[0]
    book = load_workbook(tmp_path / "a.xlsx")
    cells = [str(c.value) for line in book["名单变化"].iter_rows() for c in line]
    assert "出生：陈某新（3 人 → 4 人）" in cells
    assert "死亡：林某华（3 人 → 2 人）" not in cells


def test_a_line_opens_its_household_and_the_list_prints(autumn: Office, qtbot: QtBot) -> None:
    pane = _july(autumn, qtbot)
    pane.list.table.setFocus()
    with qtbot.waitSignal(pane.by.go_asked) as asked:
        pane.list.opened.emit(pane.list.items()[0].thing)
    assert asked.args == ["households", 4]
    pane.by.preview()
    autumn.work.drain()
    (window,) = pane.findChildren(PaperWindow)
    assert window.preview.paper is not None
    assert "出生医学证明" in window.preview.paper.text()
    window.close()


def test_an_older_month_that_is_not_older_falls_back_to_the_last_one(autumn: Office, qtbot: QtBot) -> None:
    pane = _july(autumn, qtbot)
    pane.new_month.setCurrentIndex(3)
    pane.new_month.activated.emit(3)
    autumn.work.drain()
    assert (pane.new_month.currentText(), pane.old_month.currentText()) == ("2016 年 6 月", "2016 年 5 月")
    pane.old_month.setCurrentIndex(0)
    with qtbot.waitSignal(pane.by.said) as said:
        pane.old_month.activated.emit(0)
    autumn.work.drain()
    assert "要早于 2016年6月" in said.args[0]
    assert pane.old_month.currentText() == "2016 年 5 月"
