"""The first-start guide: every step said complete or not in place, back and forth keeps what was typed, the sheet must be locked away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from db.errors import Known
from db.services.town import town
from db.store.record import Record
from desktop.app.program import Program
from desktop.pages.entry.guide import Guide
from desktop.pages.entry.safe import SafeStep
from desktop.pages.entry.ways import WaysStep
from tests.helpers.program import ENTER, Clerk, clerk, type_in
from tests.helpers.record import CHEAP

__all__ = ["clerk"]

TOWN = {"province": "广东省", "city": "梅州市", "county": "五华县", "name": "华阳镇"}
PASSWORDS = ("hua-yang-2016", "shen-he-2016x")


@pytest.fixture
def program(clerk: Clerk) -> Program:
    return clerk.start()


@pytest.fixture
def guide(program: Program, clerk: Clerk) -> Guide:
    found = program.entry.currentWidget()
    assert isinstance(found, Guide)
    found.place.where.set_text(str(clerk.folder / "档案"))
    return found


def fill_to_people(guide: Guide) -> None:
    guide.place.form.set_texts(TOWN)
    guide.go_on()
    guide.villages.names.set_text("华新村，坪南村\n华南村")
    guide.villages.add.click()
    guide.go_on()
    guide.go_on()
    assert guide.at == 3


def fill_people(
    guide: Guide, passwords: tuple[str, str] = PASSWORDS, names: tuple[str, str] = ("陈某明", "罗某军")
) -> None:
    for card, name, password in zip((guide.people.clerk, guide.people.reviewer), names, passwords, strict=True):
        card.person.set_text(name)
        type_in(card.secret.first, password, enter=False)
        type_in(card.secret.again, password, enter=False)


def test_the_town_must_be_named_and_lie_on_this_computer(guide: Guide, clerk: Clerk) -> None:
    guide.place.where.set_text(str(clerk.folder / "OneDrive" / "扶贫"))
    guide.go_on()
    assert guide.at == 0
    assert guide.place.form.faulty() == list(TOWN)
    assert "同步盘" in guide.place.where.fault.text()


def test_a_folder_that_has_a_record_is_refused(guide: Guide, clerk: Clerk) -> None:
    clerk.make_record()
    guide.place.form.set_texts(TOWN)
    guide.place.where.set_text(str(clerk.folder))
    guide.go_on()
    assert guide.at == 0
    assert "已有档案" in guide.place.where.fault.text()


def test_a_column_of_villages_gets_its_groups(guide: Guide) -> None:
    guide.place.form.set_texts(TOWN)
    guide.go_on()
    type_in(guide.villages.each, "3", enter=False)
    guide.villages.names.set_text("华新村 坪南村 华新村")
    QTest.keyClick(guide.villages.names.line, ENTER)
    assert [(v.name, v.groups) for v in guide.villages.villages()] == [
        ("华新村", ("第一组", "第二组", "第三组")),
        ("坪南村", ("第一组", "第二组", "第三组")),
    ]
    assert guide.villages.total.text() == "共 2 个村 6 个小组"


def test_one_group_in_two_spellings_is_shown_at_its_cell(guide: Guide) -> None:
    guide.place.form.set_texts(TOWN)
    guide.go_on()
    guide.villages.grid.model.put(0, 0, [["华新村", "第三组、第三村民小组"], ["坪南村", "8"], ["坪南村", ""]])
    guide.go_on()
    assert guide.at == 1
    assert guide.villages.grid.model.faults() == [
        (0, "groups", "“第三组”和“第三村民小组”是同一个组，请去掉一个。"),
        (1, "village", "“坪南村”有 2 行，请去掉多余的。"),
        (2, "village", "“坪南村”有 2 行，请去掉多余的。"),
    ]


def test_no_village_is_no_town(guide: Guide) -> None:
    guide.place.form.set_texts(TOWN)
    guide.go_on()
    guide.go_on()
    assert guide.at == 1
    assert "至少要有一个村" in guide.villages.grid.faults.text()


def test_seven_days_are_the_least(guide: Guide) -> None:
    fill_to_people(guide)
    guide.back.click()
    ways = guide.steps[2]
    assert isinstance(ways, WaysStep)
    assert ways.lines.count() == 6
    ways.form.set_texts({"notice_days": "5"})
    guide.go_on()
    assert guide.at == 2
    assert "不得少于 7 天" in ways.form.editor("notice_days").problem()


def test_weakness_is_said_while_the_password_is_typed(guide: Guide) -> None:
    fill_to_people(guide)
    secret = guide.people.clerk.secret
    type_in(secret.first, "1234", enter=False)
    assert "至少要有8个字符" in secret.first.fault.text()
    type_in(secret.first, PASSWORDS[0], enter=False)
    assert secret.first.fault.text().startswith("✓")
    type_in(secret.again, "hua-yang-2017", enter=False)
    assert "不一样" in secret.again.fault.text()
    guide.go_on()
    assert guide.at == 3


def test_the_two_are_two(guide: Guide) -> None:
    fill_to_people(guide)
    fill_people(guide, names=("陈某明", "陈某明"))
    guide.go_on()
    assert "要是两个人" in guide.people.reviewer.person.fault.text()
    fill_people(guide, (PASSWORDS[0], PASSWORDS[0]))
    guide.go_on()
    assert "不能一样" in guide.people.reviewer.secret.first.fault.text()
    assert guide.at == 3


def test_back_keeps_everything_typed(guide: Guide) -> None:
    fill_to_people(guide)
    fill_people(guide)
    for _ in range(3):
        guide.back.click()
    assert guide.at == 0
    assert guide.place.values() == TOWN
    for _ in range(3):
        guide.go_on()
    assert [one.name for one in guide.people.people()] == ["陈某明", "罗某军"]
    assert [one.password for one in guide.people.people()] == list(PASSWORDS)


def test_the_record_is_made_its_sheet_locked_away_and_the_clerk_logs_in(
    program: Program, guide: Guide, clerk: Clerk
) -> None:
    fill_to_people(guide)
    fill_people(guide)
    guide.go_on()
    program.work.drain()
    safe = guide.steps[4]
    assert isinstance(safe, SafeStep)
    assert safe.preview.paper is not None
    assert safe.preview.paper.title == "华阳镇扶贫档案恢复密钥"
    guide.go_on()
    assert "请先打印并锁存" in safe.fault.text()
    assert clerk.settings.last_record == clerk.folder / "档案" / "town.huk", (
        "known from now on, if he closes the window"
    )
    safe.tick.click()
    guide.on.click()
    page = program.entry.login
    assert program.entry.currentWidget() is page
    assert page.title.text() == "华阳镇档案"
    assert page.box.currentText() == "陈某明"
    place = clerk.log_in(program, "陈某明", PASSWORDS[0])
    assert place.office.see(town.town).name == "华阳镇"
    assert [v.name for v in place.office.see(town.villages)] == ["华新村", "坪南村", "华南村"]
    assert clerk.settings.last_record == clerk.folder / "档案" / "town.huk"


def test_a_full_disk_loses_nothing_typed(program: Program, guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> Record:
        raise Known("磁盘已满，没有新建。", "请清理磁盘。")

    fill_to_people(guide)
    fill_people(guide)
    monkeypatch.setattr(Record, "create", full)
    guide.go_on()
    program.work.drain()
    assert guide.at == 3
    assert "磁盘已满" in guide.banner.text()
    monkeypatch.undo()
    guide.go_on()
    program.work.drain()
    assert guide.at == 4


def test_a_made_record_opens_with_both_passwords(program: Program, guide: Guide, clerk: Clerk) -> None:
    fill_to_people(guide)
    fill_people(guide)
    guide.go_on()
    program.work.drain()
    path: Path = clerk.folder / "档案" / "town.huk"
    for name, password in zip(("陈某明", "罗某军"), PASSWORDS, strict=True):
        Record.open(path, name, password, clock=clerk.clock, cost=CHEAP).close()
