"""Villages and groups renamed and merged: dated acts, households follow with a new version, old papers keep the old name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.errors import Refused
from db.rules.case import Outcome
from db.rules.codes import BatchKind, Recheck, VillageAct
from db.rules.recheck import Outcome as Looked
from db.schema.household import HouseholdVersion
from db.services.cases import applications, batches, cases
from db.services.deciding import rechecks, reviewed, reviews
from db.services.deciding.reviews import Opinion
from db.services.notices import notices
from db.services.notices.notices import NoticeView
from db.services.office import villages
from db.services.office.villages import Dated
from db.services.papers import household as household_papers
from db.services.papers import meetings as meeting_papers
from db.services.papers import village as village_papers
from db.services.register import households, numbering
from db.services.town import placenames, town
from db.services.town.town import VillageInfo
from tests.helpers import steps
from tests.helpers import town as invented
from tests.helpers.record import REVIEWER
from tests.store.services.conftest import Desk

TODAY = date(2016, 5, 25)
WHEN = Dated(TODAY, "华民函〔2016〕3号")


def _ids(desk: Desk) -> dict[str, int]:
    return {v.name: v.id for v in desk.see(town.villages)}


def _group(desk: Desk, village: str, name: str) -> int:
    known: tuple[VillageInfo, ...] = desk.see(town.villages)
    found = next(v for v in known if v.name == village).group(name)
    assert found is not None
    return found.id


def _notice(desk: Desk) -> int:
    found: tuple[NoticeView, ...] = desk.see(notices.views)
    return found[0].id


def _versions(desk: Desk, household_id: int) -> list[tuple[int, date | None]]:
    def read(unit: object) -> list[tuple[int, date | None]]:
        query = select(HouseholdVersion.version, HouseholdVersion.effective_on)
        return [tuple(r) for r in unit.session.execute(query.where(HouseholdVersion.household_id == household_id))]  # type: ignore[attr-defined]

    found: list[tuple[int, date | None]] = desk.see(read)
    return found


def test_a_renamed_village_goes_by_its_new_name_and_its_households_follow(desk: Desk) -> None:
    one = desk.do(applications.file, invented.household(1)).household_id
    other = desk.do(applications.file, invented.household(2, village="小拔村")).household_id
    assert desk.do(villages.rename_village, _ids(desk)["华南村"], "华新村", WHEN) == 1
    assert list(_ids(desk)) == ["华新村", "小拔村"]
    assert desk.see(households.get, one).village == "华新村"
    assert _versions(desk, one) == [(1, None), (2, TODAY)]
    assert _versions(desk, other) == [(1, None)]
    (event,) = desk.see(villages.history)
    assert (event.act, event.old, event.new, event.basis) == (VillageAct.RENAMED, "华南村", "华新村", WHEN.basis)


def test_the_name_of_a_village_is_that_of_the_day(desk: Desk) -> None:
    village = _ids(desk)["华南村"]
    for name, on in (("华新村", TODAY - timedelta(days=9)), ("华兴村", TODAY)):
        desk.do(villages.rename_village, village, name, Dated(on, "批复"))
    days = (TODAY - timedelta(days=10), TODAY - timedelta(days=9), TODAY - timedelta(days=1), TODAY)
    assert [desk.see(placenames.village_then, village, day).name for day in days] == [
        "华南村",
        "华新村",
        "华新村",
        "华兴村",
    ]


def test_a_reprinted_notice_of_a_renamed_village_prints_the_old_name(desk: Desk) -> None:
    steps.hung(desk, 1, 2)
    notice = _notice(desk)
    desk.clock.pass_time(timedelta(days=1))
    first = desk.see(notices.sheet, notice, TODAY).paper.text()
    desk.do(villages.rename_village, _ids(desk)["华南村"], "华新村", Dated(TODAY + timedelta(days=1), "批复"))
    again = desk.see(notices.sheet, notice, TODAY).paper.text()
    assert "华南村" in again
    assert "华新村" not in again
    assert again.split("校验码")[0] == first.split("校验码")[0]
    assert desk.see(notices.view, notice).village == "华南村"


def test_a_name_entered_late_is_not_on_papers_made_before_it_was_known(desk: Desk) -> None:
    steps.hung(desk, 1)
    desk.clock.pass_time(timedelta(days=1))
    desk.do(villages.rename_village, _ids(desk)["华南村"], "华新村", Dated(TODAY - timedelta(days=3), "批复"))
    assert desk.see(notices.view, _notice(desk)).village == "华南村"


def test_a_new_notice_of_a_renamed_village_prints_the_new_name(desk: Desk) -> None:
    desk.do(villages.rename_village, _ids(desk)["小拔村"], "小坝村", WHEN)
    steps.PLACES["小坝村"] = steps.PLACES["小拔村"]
    try:
        steps.hung(desk, 1, village="小坝村")
    finally:
        del steps.PLACES["小坝村"]
    assert "小坝村" in desk.see(notices.sheet, _notice(desk), TODAY).paper.text()


def test_a_village_with_a_running_notice_is_not_merged_until_it_is_closed(desk: Desk) -> None:
    found = steps.hung(desk, 1, 2)
    ids = _ids(desk)
    with pytest.raises(Refused, match="华南村2016年第1次公示还没有办结（2 户在公示或等村初审），办结后才能合并"):
        desk.do(villages.merge_village, ids["华南村"], ids["小拔村"], WHEN)
    with pytest.raises(Refused, match="还没有办结"):
        desk.do(villages.merge_group, _group(desk, "华南村", "第一组"), _group(desk, "华南村", "第二组"), WHEN)
    steps.wait(desk, desk.clock, 8)
    desk.do(reviews.opine, found, Opinion(steps.READY, "罗某军", "陈某新"))
    assert desk.do(villages.merge_village, ids["华南村"], ids["小拔村"], Dated(steps.READY, "批复")) == 2
    again = desk.see(notices.sheet, _notice(desk), TODAY).paper.text()
    assert "华南村" in again
    assert "小拔村" not in again


def test_a_merged_village_is_gone_from_the_lists_and_its_groups_are_told_apart(desk: Desk) -> None:
    one = desk.do(applications.file, invented.household(1, village="小拔村", group="第二组")).household_id
    ids = _ids(desk)
    assert desk.do(villages.merge_village, ids["小拔村"], ids["华南村"], WHEN) == 1
    (left,) = desk.see(town.villages)
    assert [g.name for g in left.groups] == ["第一组", "第二组", "第三组", "小拔第一组", "小拔第二组"]
    home = desk.see(households.get, one)
    assert (home.village, home.group, home.version) == ("华南村", "小拔第二组", 2)
    moved = desk.see(placenames.moves, [one])[one]
    assert placenames.place_on(moved, TODAY - timedelta(days=1)) == placenames.Place("小拔村", "第二组")
    assert placenames.place_on(moved, TODAY) is None
    assert desk.see(placenames.names_on, TODAY) == ["华南村"]
    assert desk.see(placenames.names_on, TODAY - timedelta(days=1)) == ["华南村", "小拔村"]
    with pytest.raises(Refused, match="已经并入"):
        desk.do(villages.rename_village, ids["小拔村"], "小坝村", WHEN)


def test_a_group_is_renamed_and_merged(desk: Desk) -> None:
    homes = [
        desk.do(applications.file, invented.household(n, group=group)).household_id
        for n, group in ((1, "第一组"), (2, "第二组"))
    ]
    first, second = _group(desk, "华南村", "第一组"), _group(desk, "华南村", "第二组")
    assert desk.do(villages.rename_group, first, "新屋组", WHEN) == 1
    assert desk.see(households.get, homes[0]).group == "新屋组"
    assert desk.do(villages.merge_group, second, first, WHEN) == 1
    assert [desk.see(households.get, i).group for i in homes] == ["新屋组", "新屋组"]
    assert [g.name for g in desk.see(town.villages)[0].groups] == ["新屋组", "第三组"]


@pytest.mark.parametrize(
    ("name", "when", "fields"),
    [
        ("", WHEN, ["new_name"]),
        ("华南村", WHEN, ["new_name"]),
        ("小拔村", WHEN, ["new_name"]),
        ("华新村", Dated(date(2016, 6, 1), " "), ["on", "basis"]),
    ],
)
def test_a_name_is_refused_with_every_reason(desk: Desk, name: str, when: Dated, fields: list[str]) -> None:
    with pytest.raises(Refused) as refused:
        desk.do(villages.rename_village, _ids(desk)["华南村"], name, when)
    assert [p.field for p in refused.value.problems] == fields


def test_a_group_takes_no_name_of_its_village(desk: Desk) -> None:
    with pytest.raises(Refused, match="第二组"):
        desk.do(villages.rename_group, _group(desk, "华南村", "第一组"), "2组", WHEN)


def test_nothing_is_merged_into_itself_or_dated_before_the_last_change(desk: Desk) -> None:
    ids = _ids(desk)
    with pytest.raises(Refused, match="并入自己"):
        desk.do(villages.merge_village, ids["华南村"], ids["华南村"], WHEN)
    desk.do(villages.rename_village, ids["华南村"], "华新村", WHEN)
    with pytest.raises(Refused, match="已有一次变更"):
        desk.do(villages.rename_village, ids["华南村"], "华兴村", Dated(TODAY - timedelta(days=1), "批复"))


def test_what_a_change_concerns_is_counted_beforehand(desk: Desk) -> None:
    desk.do(applications.file, invented.household(1))
    assert desk.see(villages.concerned, _ids(desk)["华南村"]) == (1, 2)
    assert desk.see(villages.concerned, _ids(desk)["华南村"], _group(desk, "华南村", "第二组")) == (0, 0)


def test_minutes_and_review_sheet_of_a_merged_village_keep_its_name(desk: Desk) -> None:
    found = steps.opined(desk, desk.clock, 1)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    batch = desk.do(reviews.review, found, reviewed_on=steps.READY, outcome=Outcome.PASSED)
    desk.clock.pass_time(timedelta(days=1))
    ids, of = _ids(desk), desk.see(cases.households_of, found)
    desk.do(villages.merge_village, ids["华南村"], ids["小拔村"], Dated(steps.READY + timedelta(days=1), "批复"))
    assert desk.see(households.get, of[found[0]]).village == "小拔村"
    sheet = desk.see(village_papers.review_sheet, batch, "华南村")
    assert [row.group for row in sheet.rows] == ["第一组"]
    assert [one.village for one in desk.see(reviewed.villages)] == ["华南村"]
    meeting = desk.see(batches.of_kind, BatchKind.APPRAISAL)[0].id
    assert [row.group for row in desk.see(village_papers.minutes, meeting).rows] == ["第一组"]
    call = desk.see(meeting_papers.held, meeting, meeting_papers.CALL).text()
    assert "华南村" in call
    assert "小拔村" not in call


def test_the_papers_of_a_household_keep_the_name_of_their_day(desk: Desk) -> None:
    found = steps.hung(desk, 1)
    (home,) = desk.see(cases.households_of, found).values()
    number = desk.see(numbering.application_numbers, [home])
    desk.clock.pass_time(timedelta(days=1))
    desk.do(villages.rename_village, _ids(desk)["华南村"], "华新村", Dated(TODAY + timedelta(days=1), "批复"))
    assert desk.see(numbering.application_numbers, [home]) == number
    for paper in (household_papers.application, household_papers.visit_sheet):
        assert desk.see(paper, home).village == "华南村"
    assert desk.see(household_papers.card, home).village == "华新村"


def test_a_village_is_merged_after_its_round_of_looking_again_which_stays_readable(desk: Desk) -> None:
    (home,) = desk.do(invented.on_register, 1, village="小拔村")
    ids = _ids(desk)
    made = desk.do(rechecks.begin, ids["小拔村"], TODAY)
    with pytest.raises(Refused, match="还有 1 户 2 人 没有核查"):
        desk.do(villages.merge_village, ids["小拔村"], ids["华南村"], WHEN)
    desk.do(rechecks.record, made, [home], Looked(Recheck.KEPT, TODAY, ("周某坤", "杨某来")))
    desk.do(villages.merge_village, ids["小拔村"], ids["华南村"], WHEN)
    assert [t.line.id for t in desk.see(rechecks.targets, made)] == [home]
    assert [r.outcome for r in desk.see(rechecks.paper, made).rows] == ["保留"]
