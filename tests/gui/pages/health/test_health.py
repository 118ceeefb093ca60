"""The record is looked through beside the window; findings lead to their field, take one reason for many, and go out as a list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from db.rules.codes import PovertyCause, Sex
from db.rules.values import Household
from db.schema.household import MemberRow
from db.services.cases import applications, reasons
from db.services.health import health
from db.services.health.health import Hit, Spot
from desktop.app.office import Office
from desktop.pages.health.page import HealthPage
from desktop.pages.households.page import HouseholdsPage
from desktop.printing.window import PaperWindow
from tests.helpers import town
from tests.helpers.qt import press

ROSTER = Path(__file__).parents[3] / "data" / "华阳镇" / "华阳镇2016年相对贫困户申报名册.xlsx"


def _doubtful(serial: int, village: str = "华南村") -> Household:
    return replace(town.household(serial, village=village, group="第一组"), main_cause=PovertyCause.ILLNESS)


def _file(office: Office, *homes: Household) -> list[int]:
    return [office.act(applications.file, home).household_id for home in homes]


def _spoil(office: Office, household_id: int) -> None:
    """The wife is said to be a man, as an older program may have let in."""
    with office.record.write() as unit:
        where = (MemberRow.household_id == household_id) & (MemberRow.position == 1)
        unit.session.execute(update(MemberRow).where(where).values(sex=Sex.MALE))


def _shown(office: Office, qtbot: QtBot) -> HealthPage:
    page = HealthPage(office)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    return page


def _checked(office: Office, qtbot: QtBot) -> HealthPage:
    page = _shown(office, qtbot)
    page.run.click()
    office.work.drain()
    return page


def test_the_first_time_the_page_says_what_to_do(office: Office, qtbot: QtBot) -> None:
    page = _shown(office, qtbot)
    assert page.empty.text() == "还没有体检过"
    assert not page.print_it.isEnabled()
    assert not page.export.isEnabled()
    page.empty.button.click()
    office.work.drain()
    assert page.empty.text() == "没有查出问题"


def test_findings_stand_by_rule_the_gravest_first(office: Office, qtbot: QtBot) -> None:
    first, *_ = _file(office, town.household(1), _doubtful(2), _doubtful(3, "小拔村"))
    _spoil(office, first)
    page = _checked(office, qtbot)
    groups = page.rules.groups()
    assert [(g.kind, g.title, g.households, len(g.hits)) for g in groups[:3]] == [
        ("E", "性别与身份证号不符", 1, 1),
        ("E", "配偶不止一个，或与户主同性", 1, 1),
        ("W", "致贫原因在成员里找不到", 2, 2),
    ]
    assert page.hits.heading.text() == "性别与身份证号不符　1 户 1 处"
    assert "身份证号第 17 位表示女" in page.hits.said.text()
    assert not page.hits.box.isVisible()
    assert "要改 2 处、要说明 2 处" in page.subtitle_label.text()


def test_people_whose_names_cannot_be_printed_here_are_a_group_of_notes(office: Office, qtbot: QtBot) -> None:
    nobody_has = "\U00030123"
    home = town.household(1, village="华南村", group="第一组")
    members = tuple(replace(m, name=f"陈{nobody_has}") if n == 1 else m for n, m in enumerate(home.members))
    filed, _ = _file(office, replace(home, members=members), town.household(2, village="小拔村", group="第一组"))
    page = _checked(office, qtbot)
    page.rules.choose("")
    group = page.rules.current()
    assert group is not None
    assert (group.kind, group.title, group.households) == ("I", "姓名里有这台电脑印不出的字", 1)
    assert page.hits.told.text().startswith("档案没有错，是这台电脑缺字")
    assert "规则" not in page.hits.told.text()
    assert "的第 2 个字（U+30123）" in page.hits.said.text()
    asked: list[object] = []
    page.go_asked.connect(lambda key, thing: asked.append((key, thing)))
    page.hits.shown().acted.emit(group.hits[0], "go")
    assert asked == [("households", Spot(filed, "name", 1))]


def test_a_village_and_a_kind_narrow_the_list(office: Office, qtbot: QtBot) -> None:
    _file(office, _doubtful(1), _doubtful(2, "小拔村"))
    page = _checked(office, qtbot)
    page.rules.choose_village("小拔村")
    assert {hit.village for g in page.rules.groups() for hit in g.hits} == {"小拔村"}
    assert page.print_it.text() == "打印清单（小拔村）"
    page.rules.choose_kind("要改")
    assert page.rules.groups() == []
    assert not page.hits.isVisible()


def test_one_reason_answers_many(office: Office, qtbot: QtBot) -> None:
    _file(office, _doubtful(1), _doubtful(2))
    page = _checked(office, qtbot)
    page.rules.choose("R40")
    assert page.hits.box.isVisible()
    assert not page.hits.box.give.isEnabled()
    page.hits.ticks.tick_all()
    page.hits.box.line.setText("病人已去世")
    assert page.hits.box.give.text() == "说明理由（2 处）"
    page.hits.box.line.setFocus()
    press(Qt.Key.Key_Return)
    office.work.drain()
    assert {kept.reason for kept in office.see(reasons.kept).values()} == {"病人已去世"}
    assert [g.kind for g in page.rules.groups() if g.rule == "R40"] == ["done"]
    assert page.hits.box.reason() == ""


def test_the_usual_words_are_a_press_away(office: Office, qtbot: QtBot) -> None:
    _file(office, _doubtful(1))
    page = _checked(office, qtbot)
    page.rules.choose("R40")
    page.hits.ticks.tick_all()
    usual = next(b for b in page.hits.box.findChildren(type(page.run)) if b.text() == "户口簿如此")
    usual.click()
    assert page.hits.box.reason() == "户口簿如此"
    assert page.hits.box.give.isEnabled()


def test_a_finding_leads_to_its_field(office: Office, qtbot: QtBot) -> None:
    (first,) = _file(office, town.household(1))
    _spoil(office, first)
    page = _checked(office, qtbot)
    page.rules.choose("R05")
    with qtbot.waitSignal(page.go_asked) as asked:
        page.hits.shown().table.opened.emit(0)
    assert asked.args == ["households", Spot(first, "sex", 1)]
    files = HouseholdsPage(office)
    qtbot.addWidget(files)
    files.resize(1190, 690)
    files.show()
    files.open_thing(Spot(first, "sex", 1))
    office.work.drain()
    grid = files.view.tabs.people.grids[0]
    at = grid.view.currentIndex()
    assert files.view.tabs.currentWidget() is files.view.tabs.people
    assert (at.row(), grid.model.fields[at.column()].key) == (1, "sex")
    files.open_thing(Spot(first, "main_cause"))
    assert files.view.tabs.currentIndex() == 0
    files.open_thing(Spot(first, "per_head_stated"))
    assert files.view.tabs.currentIndex() == 2
    files.open_thing(Spot(first, ""))


def test_what_changed_since_is_said(office: Office, qtbot: QtBot) -> None:
    _file(office, _doubtful(1))
    page = _checked(office, qtbot)
    assert not page.old.isVisible()
    page.take_change(frozenset({"households"}), None)
    assert page.old.isVisible()
    page.run.click()
    office.work.drain()
    assert not page.old.isVisible()


def test_the_last_check_is_remembered_by_the_record(office: Office, qtbot: QtBot) -> None:
    _file(office, _doubtful(1))
    _checked(office, qtbot)
    again = _shown(office, qtbot)
    last = office.see(health.last)
    assert last is not None
    assert last.doubts == 1
    assert again.empty.text() == "上次查出的没有留在屏幕上"


def test_a_list_is_printed_and_written(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    _file(office, _doubtful(1), _doubtful(2, "小拔村"))
    page = _checked(office, qtbot)
    page.print_it.click()
    (window,) = page.findChildren(PaperWindow)
    assert window.windowTitle() == "数据体检清单"
    window.close()
    path = tmp_path / "list.xlsx"
    page.export_to(path)
    office.work.drain()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["华南村", "小拔村"]
    assert [cell.value for cell in book["小拔村"][4]][4] == "致贫原因在成员里找不到"


def test_a_check_that_is_stopped_leaves_what_was_there(office: Office, qtbot: QtBot) -> None:
    _file(office, _doubtful(1))
    page = _shown(office, qtbot)
    page.check()
    page.ticket.cancel()
    page.check()  # a second press while it runs does nothing
    office.work.drain()
    assert page.run.isEnabled()
    assert page.empty.isVisible()
    assert office.see(health.last) is None


def test_a_roster_is_looked_through_without_coming_in(office: Office, qtbot: QtBot) -> None:
    page = _shown(office, qtbot)
    page.check_roster(ROSTER)
    office.work.drain()
    titles = {g.title for g in page.rules.groups()}
    assert {
        "证件号码不对", "性别与身份证号不符", "格子里的内容读不出", "人均可支配收入与分项不符", "家庭人口与成员数不符",
        "同一身份证号在两处", "村名、组名不在本镇", "与户主关系和性别矛盾", "残疾证号不对", "7 岁以上还是学龄前儿童",
        "日期晚于填表日，或太早", "联系电话不对，或多户共用", "一卡通账号不对，或几户共用", "15 位旧身份证号", "该填的没有填",
    } <= titles  # fmt: skip
    assert not page.hits.box.isVisible()
    with qtbot.waitSignal(page.go_asked) as asked:
        page.hits.shown().table.opened.emit(0)
    assert asked.args == ["intake", ROSTER]
    assert office.see(health.last) is None


def test_hits_carry_their_whole_sentence(office: Office, qtbot: QtBot) -> None:
    _file(office, _doubtful(1), _doubtful(2))
    page = _checked(office, qtbot)
    page.rules.choose("R40")
    second = page.hits.ticks.list.items()[1].thing
    assert isinstance(second, Hit)
    page.hits.shown().table.go_to(1)
    assert page.hits.said.text() == second.text
