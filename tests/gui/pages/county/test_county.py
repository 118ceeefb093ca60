"""What the county announces, checks and decides comes in by batches, and the cards come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.codes import BatchKind, Direction
from db.rules.procedure import Step
from db.services.cases import cases, documents
from db.services.cases.documents import Draft
from db.services.deciding import cards, county
from db.services.deciding.county import CountyPaper
from db.services.notices import notices
from db.services.office import settings
from db.services.town import town as town_service
from db.services.town.search import Filter
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.county.page import CountyPage
from desktop.pages.county.ruling import RulingTab
from desktop.widgets.dialogs import Ask
from tests.helpers import steps
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import stand
from tests.helpers.record import CLERK, REVIEWER, vouch

OpenPage = Callable[[], CountyPage]


@pytest.fixture
def open_page(office: Office, qtbot: QtBot) -> OpenPage:
    """The page, shown and filled."""

    def shown() -> CountyPage:
        return stand(CountyPage(office), office, qtbot)

    return shown


def _at(office: Office, case_id: int) -> tuple[Step | None, Status]:
    found = office.see(cases.states, [case_id])[case_id]
    return found.at, found.status


def _click(office: Office, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    office.work.drain()


def _photo(path: Path) -> Path:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    assert image.save(str(path))
    return path


def test_an_announcement_is_made_printed_and_hung(
    office: Office, clock: FixedClock, open_page: OpenPage, tmp_path: Path
) -> None:
    (case_id,) = steps.passed(office, clock, 1)
    page = open_page()
    tab = page.announce
    assert tab.empty.button.text() == "新建县公告（1 户 2 人）"
    _click(office, tab.empty.button)
    _click(office, tab.pane.buttons["announce"])
    assert tab.pane.form.faulty() == ["number"]
    tab.pane.form.set_texts({"number": "华扶公告〔2016〕1号"})
    page.save()
    office.work.drain()
    assert _at(office, case_id)[0] is Step.RECHECK
    assert tab.stack.currentWidget() is tab.overview
    paper = tab.side.preview.paper
    assert paper is not None
    assert "2016年6月3日至2016年6月9日" in paper.text()
    tab.side.copy_for.setCurrentIndex(1)
    tab.side.reload()
    office.work.drain()
    paper = tab.side.preview.paper
    assert paper is not None
    assert "华阳镇华南村" in paper.title
    tab.hanging.take_photo("华阳镇", _photo(tmp_path / "wall.png"))
    tab.hanging.places.editor("华阳镇").set_value(steps.READY)
    tab.hanging.places.spread()
    assert "06-03 至 06-09 24:00，06-10 起" in tab.hanging.outlook.text()
    assert tab.hanging.post.text() == "登记张贴（2 处）"
    _click(office, tab.hanging.post)
    (view,) = office.see(notices.views, BatchKind.ANNOUNCEMENT)
    assert (view.last, view.unpictured) == (date(2016, 6, 9), ("华南村",))
    assert tab.table.items()[0].cells[2].text == "06-02"  # type: ignore[union-attr]
    assert not tab.hanging.post.isVisible()


def test_a_posting_of_tomorrow_is_refused_in_place(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    found = steps.passed(office, clock, 1)
    office.act(county.announce, found, CountyPaper("1号", steps.READY))
    page = open_page()
    hanging = page.announce.hanging
    hanging.places.editor("华阳镇").set_value(date(2016, 6, 3))
    hanging.places.changed.emit()
    assert "晚于今天" in hanging.outlook.text()
    _click(office, hanging.post)
    assert "晚于今天" in hanging.faults.text()
    assert hanging.places.days()["华阳镇"] == date(2016, 6, 3)
    assert hanging.is_dirty()


def test_a_late_posting_waits_for_the_reviewer(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    found = steps.passed(office, clock, 1)
    batch = office.act(county.announce, found, CountyPaper("1号", steps.READY))
    steps.wait(office, clock, 6)
    office.act(notices.post, batch, {"华阳镇": (steps.READY, ""), "华南村": (steps.READY, "")})
    page = open_page()
    assert "须由审核人登录后认定" in page.announce.hanging.late.text.text()
    assert not page.announce.hanging.late.agree.isVisible()
    office.record.switch(REVIEWER.name, REVIEWER.password)
    page.take_change(frozenset({"people"}), None)
    office.work.drain()
    page.open_thing(batch)
    late = page.announce.hanging.late
    _click(office, late.agree)
    assert "理由" in page.announce.hanging.faults.text()
    late.reason.set_raw("照片时间为 6 月 2 日")
    _click(office, late.agree)
    (view,) = office.see(notices.views, BatchKind.ANNOUNCEMENT)
    assert (view.late, view.last) == ((), date(2016, 6, 9))
    office.record.switch(CLERK.name, CLERK.password)


def test_before_the_announcement_is_over_nothing_can_be_entered(
    office: Office, clock: FixedClock, open_page: OpenPage
) -> None:
    found = steps.passed(office, clock, 1)
    batch = office.act(county.announce, found, CountyPaper("1号", steps.READY))
    office.act(notices.post, batch, {"华阳镇": (steps.READY, ""), "华南村": (steps.READY, "")})
    page = open_page()
    page.tabs.choose(page.recheck)
    assert page.recheck.chosen() == []
    assert not page.recheck.buttons["rule"].isEnabled()
    assert page.recheck.ticks.list.items()[0].cells[6].text == "06-10 起"  # type: ignore[union-attr]


def _rule(tab: RulingTab, row: int, outcome: str, reason: str) -> None:
    tab.ticks.list.table.selectRow(row)
    tab.outcome_of.set_raw(outcome)
    tab.reason.set_raw(reason)
    tab.apply.click()


def test_each_household_has_its_outcome(office: Office, clock: FixedClock, open_page: OpenPage, qtbot: QtBot) -> None:
    one, two, three = steps.announced(office, clock, 1, 2, 3)
    page = open_page()
    tab = page.recheck
    page.tabs.choose(tab)
    _rule(tab, 1, "退回", "")
    assert tab.fault.text() == "退回须写明原因"
    _rule(tab, 1, "退回", "缺签名")
    _rule(tab, 2, "不予认定", "名下有小汽车")
    assert tab.sums.text() == "通过 1 户 2 人，退回 1 户 2 人，不予认定 1 户 2 人"
    _click(office, tab.buttons["rule"])
    assert tab.form.faulty() == ["number"]
    assert tab.sums.text().startswith("通过 1 户")
    tab.form.set_texts({"number": "华扶函〔2016〕3号"})
    with qtbot.waitSignal(page.said) as said:
        page.save()
        office.work.drain()
    assert "退回 1 户 2 人" in said.args[0]
    assert [_at(office, i) for i in (one, two, three)] == [
        (Step.DECISION, Status.RUNNING), (Step.VERIFICATION, Status.RUNNING), (Step.RECHECK, Status.REJECTED),
    ]  # fmt: skip
    assert page.tabs.title(page.decide) == "县审定（1 户 2 人）"


def test_a_copied_list_fills_the_outcomes_and_asks_the_rest(
    office: Office, clock: FixedClock, open_page: OpenPage
) -> None:
    steps.announced(office, clock, 1, 2)
    page = open_page()
    tab = page.recheck
    page.tabs.choose(tab)
    QGuiApplication.clipboard().setText("张某明\t华南村\t不予认定\t名下有小汽车\n无此人\t华南村\t退回\t查无")
    _click(office, tab.paste)
    first = tab.ticks.list.items()[0]
    assert [c.text for c in first.cells[-2:]] == ["不予认定", "名下有小汽车"]  # type: ignore[union-attr]
    assert "无此人" in tab.questions.text()
    assert tab.sums.text() == "通过 1 户 2 人，不予认定 1 户 2 人"
    assert tab.is_dirty()


def test_a_date_before_the_last_step_is_refused_at_every_row(
    office: Office, clock: FixedClock, open_page: OpenPage
) -> None:
    found = steps.announced(office, clock, 1, 2)
    page = open_page()
    tab = page.recheck
    page.tabs.choose(tab)
    tab.form.set_texts({"number": "3号", "dated": "20160601"})
    page.save()
    office.work.drain()
    assert ["次序颠倒" in i.cells[-1].text for i in tab.ticks.list.items()] == [True, True]  # type: ignore[union-attr]
    assert {_at(office, i) for i in found} == {(Step.RECHECK, Status.RUNNING)}


def test_cards_are_numbered_shown_and_saved(
    office: Office, clock: FixedClock, open_page: OpenPage, qtbot: QtBot, tmp_path: Path, dialogs: Dialogs
) -> None:
    found = steps.decided(office, clock, 1, 2)
    page = open_page()
    page.open_thing(Filter(step=Step.CARD))
    office.work.drain()
    assert page.issue.buttons["issue"].text() == "建档立卡（2 户 4 人）"
    page.save()
    office.work.drain()
    assert {_at(office, i) for i in found} == {(None, Status.REGISTERED)}
    page.tabs.choose(page.cards)
    assert page.tabs.title(page.cards) == "户卡（2 户 4 人）"
    paper = page.cards.preview.paper
    assert paper is not None
    assert paper.file_stem == "户卡-华南-2016-0001-李某明"
    page.next_record()
    paper = page.cards.preview.paper
    assert paper is not None
    assert "张某明" in paper.text()
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(tmp_path / "全部.pdf"), ""))
    _click(office, page.cards.one_pdf)
    folder = tmp_path / "卡"
    folder.mkdir()
    dialogs.answer_static(QFileDialog, "getExistingDirectory", str(folder))
    with qtbot.waitSignal(page.said) as said:
        _click(office, page.cards.each_pdf)
    assert said.args[0] == "已在“卡”存 2 份户卡"
    assert (tmp_path / "全部.pdf").stat().st_size > 10_000
    assert sorted(p.name for p in folder.iterdir()) == [
        "户卡-华南-2016-0001-李某明.pdf",
        "户卡-华南-2016-0002-张某明.pdf",
    ]


def test_saving_cards_can_be_stopped(office: Office, clock: FixedClock, open_page: OpenPage, tmp_path: Path) -> None:
    office.act(cards.issue, steps.decided(office, clock, 1, 2), steps.CHECKED)
    page = open_page()
    page.tabs.choose(page.cards)
    page.cards.save_each(tmp_path).cancel()
    office.work.drain()
    assert not list(tmp_path.glob("*.pdf"))


def test_a_town_without_announcement_and_second_check_has_no_such_tabs(office: Office, open_page: OpenPage) -> None:
    options = office.see(town_service.options)
    office.act(settings.change, replace(options, announcement=False, recheck=False), second=vouch(office.record))
    page = open_page()
    assert not page.tabs.is_shown(page.announce)
    assert not page.tabs.is_shown(page.recheck)
    assert page.subtitle_label.text().startswith("镇审核 → 县审定 → 建档立卡")


def test_another_page_opens_the_step_and_its_village(office: Office, clock: FixedClock, open_page: OpenPage) -> None:
    steps.passed(office, clock, 1)
    page = open_page()
    village = office.see(town_service.villages)[0]
    page.open_thing(Filter(village_id=village.id, step=Step.ANNOUNCEMENT))
    office.work.drain()
    assert page.announce.stack.currentWidget() is page.announce.pane
    assert page.announce.pane.group() == "华南村"
    page.open_thing(Filter(step=Step.DECISION))
    assert page.tabs.current() is page.decide


def test_leaving_asks_when_outcomes_were_entered(
    office: Office, clock: FixedClock, open_page: OpenPage, dialogs: Dialogs
) -> None:
    steps.announced(office, clock, 1)
    page = open_page()
    page.tabs.choose(page.recheck)
    _rule(page.recheck, 0, "退回", "缺签名")

    def drop(box: Ask) -> int:
        box.buttons["drop"].click()
        return 1

    dialogs.answer(Ask, drop)
    assert page.may_leave()
    assert dialogs.opened == ["还没有写入"]
    assert page.recheck.sums.text() == "通过 1 户 2 人"


def test_a_paper_registered_when_it_came_in_is_offered_until_it_is_used(
    office: Office, clock: FixedClock, open_page: OpenPage
) -> None:
    steps.passed(office, clock, 1)
    title = "五华县相对贫困户名单公告"
    office.act(documents.register, Draft(Direction.IN, "华扶公告〔2016〕7号", title, "五华县扶贫办", steps.READY))
    page = open_page()
    page.tabs.choose(page.announce)
    page.announce.begin()
    _click(office, page.announce.pane.offer.link)
    assert page.announce.pane.form.values() == {"number": "华扶公告〔2016〕7号", "dated": steps.READY}
    _click(office, page.announce.pane.buttons["announce"])
    (found,) = office.see(documents.listed)
    assert found.used_for == "2016年第1次县公告"
    assert office.see(documents.unused) == ()
