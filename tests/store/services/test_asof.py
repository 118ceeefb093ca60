"""A household as of a past day: its people, its case, and versions written by the first program."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Known, Refused
from db.rules.changes import Change
from db.rules.codes import ChangeKind, IdKind, Road, YesNo
from db.rules.procedure import Step
from db.rules.values import Household, Living
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.changes import asof
from db.services.deciding import corrections
from db.services.office import villages
from db.services.register import households, snapshots, versions
from db.services.town import town as town_service
from tests.helpers import town
from tests.helpers.changes import died, family, filed, make, on_register
from tests.helpers.record import vouch
from tests.store.services.conftest import Desk


def _names(desk: Desk, household_id: int, day: date) -> list[str]:
    return [m.name for m in desk.see(asof.file_on, household_id, day).household.members]


def test_people_are_those_of_the_day(desk: Desk) -> None:
    desk.clock.pass_time(timedelta(days=60))
    household_id = on_register(desk, family(), "华南-2016-0001")
    make(desk, household_id, died(1))
    out = Change(ChangeKind.MOVED_OUT, date(2016, 7, 1), "迁出证明", person=1)
    make(desk, household_id, out)
    desk.do(applications.file, replace(desk.see(households.get, household_id), phone="13900000009"))
    assert _names(desk, household_id, date(2016, 5, 17)) == ["李某明", "林某华", "陈某苗"]
    assert _names(desk, household_id, date(2016, 5, 18)) == ["李某明", "陈某苗"]
    assert _names(desk, household_id, date(2016, 6, 30)) == ["李某明", "陈某苗"]
    assert _names(desk, household_id, date(2016, 7, 1)) == ["李某明"]
    today = desk.see(asof.file_on, household_id, desk.clock.now().date())
    assert today.household == replace(
        desk.see(households.get, household_id),
        members=tuple(replace(m, id=None) for m in desk.see(households.get, household_id).members),
    )
    assert [line.kind for line in desk.see(asof.changes_until, household_id, date(2016, 6, 1))] == [ChangeKind.DIED]


def test_a_village_renamed_since_some_time_does_not_bring_a_later_death_forward(desk: Desk) -> None:
    household_id = filed(desk, family())
    make(desk, household_id, replace(died(1), acted_on=date(2016, 5, 23)))
    village = desk.see(town_service.villages)[0]
    desk.do(villages.rename_village, village.id, "新华村", villages.Dated(date(2016, 5, 16), "县民政局批复 3 号"))
    desk.do(villages.rename_group, village.groups[0].id, "河东组", villages.Dated(date(2016, 5, 20), "村民会议决定"))
    assert len(_names(desk, household_id, date(2016, 5, 23))) == 2
    for day, place in ((15, ("华南村", "第一组")), (16, ("新华村", "第一组")), (22, ("新华村", "河东组"))):
        home = desk.see(asof.file_on, household_id, date(2016, 5, day)).household
        assert (home.size, home.village, home.group) == (3, *place)


def test_the_case_is_what_had_been_done_by_that_day(desk: Desk) -> None:
    household_id = filed(desk, town.household(1))
    case_id = desk.see(cases.case_of, [household_id])[household_id]
    desk.do(verification.record, [Visit(case_id, town.visit(date(2016, 5, 20)))])
    desk.clock.pass_time(timedelta(days=5))
    desk.do(corrections.correct, [case_id], Step.VERIFICATION, "面积录错", second=vouch(desk.record))
    assert desk.see(asof.file_on, household_id, date(2016, 5, 19)).state.at is Step.VERIFICATION
    seen = desk.see(asof.file_on, household_id, date(2016, 5, 25))
    assert seen.state.at is Step.APPRAISAL
    assert not any(p.void for p in seen.history)
    assert desk.see(asof.file_on, household_id, date(2016, 5, 30)).state.at is Step.VERIFICATION


def test_no_day_to_come_and_none_before_the_application(desk: Desk) -> None:
    household_id = filed(desk, town.household(1))
    with pytest.raises(Refused, match="还没有到"):
        desk.see(asof.file_on, household_id, date(2016, 5, 26))
    with pytest.raises(Refused, match="还没有申请"):
        desk.see(asof.file_on, household_id, date(2016, 5, 9))
    assert desk.see(asof.file_on, household_id, date(2016, 5, 10)).household.size == 2


def test_a_dissolved_household_is_still_seen_on_the_days_it_lived(desk: Desk) -> None:
    household_id = filed(desk, family())
    make(desk, household_id, Change(ChangeKind.DISSOLVED, date(2016, 5, 20), reason="全户外迁"))
    assert len(_names(desk, household_id, date(2016, 5, 19))) == 3
    assert _names(desk, household_id, date(2016, 5, 20)) == []


def _first_program(home: Household) -> str:
    """The version as the first program wrote it: every box of that day, null or not, with the record's numbers."""
    said: dict[str, Any] = json.loads(snapshots.snapshot(home))
    boxes = ("remark", "bank", "other_cause_1", "reason")
    said |= {key: said.get(key) for key in boxes} | {"id": 7, "version": 0}
    said["members"] = [{"disability_number": "", "id": 3, "schooling": None} | m for m in said["members"]]
    return json.dumps(said, ensure_ascii=False)


def test_a_version_of_the_first_program_reads_the_same() -> None:
    home = family()
    assert versions.household_of(_first_program(home), 7, 2) == replace(home, id=7, version=2)


@given(st.integers(1, 60), st.sampled_from([None, Living(arable=Decimal("2.50"), road=Road.CEMENT, car=YesNo.NO)]))
def test_what_was_saved_is_read_back(serial: int, living: Living | None) -> None:
    home = family(serial)
    wife = replace(home.members[1], id_kind=IdKind.RESIDENT, work_months=6, illness="胃病")
    full = replace(home, living=living, built_year=1998, members=(home.members[0], wife, home.members[2]))
    assert versions.household_of(snapshots.snapshot(full), 1, 1) == replace(full, id=1, version=1)


def test_what_a_newer_program_wrote_is_not_guessed_at() -> None:
    said = json.loads(snapshots.snapshot(family())) | {"well": "1"}
    with pytest.raises(Known, match="较新的程序"):
        versions.household_of(json.dumps(said), 1, 1)
