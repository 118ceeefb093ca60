"""How the record stands as a whole, and villages that come later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.errors import Refused
from db.services.cases import applications
from db.services.office import settings, standing, villages
from db.services.town import town as town_service
from db.services.town.town import Options, VillageSetup
from tests.helpers import town
from tests.helpers.record import REVIEWER, START, vouch
from tests.store.services.conftest import Desk


def test_an_empty_town_stands_at_nought(desk: Desk) -> None:
    found = desk.see(standing.standing)
    assert (found.town, found.villages, found.households, found.persons) == ("华阳镇", 2, 0, 0)
    assert found.waiting == {}


def test_households_persons_and_what_waits_are_counted(desk: Desk) -> None:
    for serial in (1, 2):
        desk.do(applications.file, town.household(serial))
    found = desk.see(standing.standing)
    assert (found.households, found.persons) == (2, 4)
    assert found.waiting == {"verification": 1}


def test_the_last_change_forgets_who_logged_in(desk: Desk) -> None:
    assert desk.see(standing.last_change) == START
    desk.clock.pass_time(timedelta(hours=1))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    assert desk.see(standing.last_change) == START
    desk.do(villages.add_village, VillageSetup("坪南村", ("第一组",)))
    assert desk.see(standing.last_change) == START + timedelta(hours=1)


def test_the_trail_is_told_in_words_without_hashes(desk: Desk) -> None:
    options = Options(notice_days=10)
    desk.do(settings.change, options, second=vouch(desk.record))
    newest = desk.see(standing.trail_lines, 1)
    assert [(line.actor, line.action, line.facts) for line in newest] == [
        ("钟小明", "更改设置", "审核人 曾阿慧，第二人 曾阿慧")
    ]
    assert newest[0].reason.startswith("公示天数")
    assert newest[0].trusted


def test_a_village_comes_below_the_others(desk: Desk) -> None:
    desk.do(villages.add_village, VillageSetup("坪南村", ("第一组", "新屋组"), "0753-4400009"))
    found = desk.see(town_service.villages)[-1]
    assert (found.name, [g.name for g in found.groups], found.phone) == ("坪南村", ["第一组", "新屋组"], "0753-4400009")


@pytest.mark.parametrize(
    ("village", "said"),
    [
        (VillageSetup("华南村", ("第一组",)), "已有“华南村”"),
        (VillageSetup("", ("第一组",)), "请填写村名"),
        (VillageSetup("坪南村", ()), "还没有村民小组"),
        (VillageSetup("坪南村", ("第三组", "3组")), "“第三组”和“3组”是同一个组"),
    ],
)
def test_a_faulty_village_is_refused(desk: Desk, village: VillageSetup, said: str) -> None:
    with pytest.raises(Refused, match=said):
        desk.do(villages.add_village, village)
    assert len(desk.see(town_service.villages)) == 2


def test_groups_come_below_and_never_twice(desk: Desk) -> None:
    home = desk.see(town_service.villages)[0]
    desk.do(villages.add_groups, home.id, ["新屋组"])
    assert [g.name for g in desk.see(town_service.villages)[0].groups] == ["第一组", "第二组", "第三组", "新屋组"]
    with pytest.raises(Refused, match="已有“第三组”，和“第三村民小组”是同一个组"):
        desk.do(villages.add_groups, home.id, ["第三村民小组"])
    with pytest.raises(Refused, match="请写出"):
        desk.do(villages.add_groups, home.id, [])


def test_a_phone_is_changed_and_only_then_told(desk: Desk) -> None:
    home = desk.see(town_service.villages)[0]
    before = desk.record.head().seq
    desk.do(villages.set_phone, home.id, home.phone)
    assert desk.record.head().seq == before
    desk.do(villages.set_phone, home.id, "0753-4400010")
    assert desk.see(town_service.villages)[0].phone == "0753-4400010"


def test_options_come_back_from_their_fields_as_they_were() -> None:
    options = Options(notice_days=9, announcement=False, contact="古大海")
    assert Options.of_values(options.values()) == options
    blank = Options.of_values({**options.values(), "contact": None, "announcement_days": None})
    assert (blank.contact, blank.announcement_days) == ("", Options().announcement_days)
