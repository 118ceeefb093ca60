"""What the practice record holds: every step has households now, by the services' own rules, and all of them are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from db.errors import Cancelled, Known
from db.practice import cast, making
from db.rules.values import Household
from db.services.health import health
from db.services.ledger import closing
from db.services.notices import notices, objections
from db.services.office import desk
from db.services.office.desk import StepCount
from db.services.questions import questions
from db.services.register import households
from db.services.town import town
from db.store.clock import CST, FixedClock
from db.store.clockguard import ClockState
from db.store.keys import load
from db.store.practising import REGION
from db.store.record import Record
from tests.helpers.ledger import Slip
from tests.helpers.practice import played
from tests.helpers.record import START

Opening = Callable[[], Record]


def homes(record: Record) -> list[Household]:
    with record.read() as unit:
        return list(households.get_many(unit, range(1, 200)).values())


def test_every_step_has_households_and_the_desk_has_work(practice: Opening) -> None:
    record = practice()
    with record.read() as unit:
        counts: tuple[StepCount, ...] = desk.step_counts(unit)
        told = {todo.text for todo in desk.todos(unit)}
    empty = {one.text for one in counts if not one.households}
    assert empty <= {"村初审", "县审定"}, "both wait in the step before: what is full goes on by the clerk's act"
    assert {
        "入户核实待录", "七不进待审核人认定", "待民主评议", "已评议，待公示", "公示期满，待村初审", "待镇审核", "待县公告", "已审定，待建档立卡",
    } <= told  # fmt: skip
    assert any(text.startswith("异议待核查") for text in told)


def test_notices_hang_since_three_days_and_are_full_today(practice: Opening) -> None:
    record = practice()
    today = START.date()
    with record.read() as unit:
        shown = [view for view in notices.views(unit) if view.taken_on is None]
        raised = objections.register_view(unit)
    first = {(today - view.first).days for view in shown if view.first is not None}
    assert 2 in first, "hangs since three days; the day of posting does not count"
    assert any(view.last is not None and (today - view.last).days == 1 for view in shown), "full, and not closed yet"
    assert [one.is_open for one in raised] == [True]


def test_a_month_is_closed_and_a_question_kept(practice: Opening) -> None:
    record = practice()
    with record.read() as unit:
        closed = [one for one in closing.months(unit).states if one.closing is not None]
        asked = questions.kept(unit)
    assert len(closed) == 1
    assert closed[0].closing is not None
    assert closed[0].closing.counted.households == 10
    assert [one.name for one in asked] == ["低保户和五保户有几户"]


def test_nobody_in_it_lives(practice: Opening) -> None:
    found = homes(practice())
    people = [member for home in found for member in home.members]
    assert 40 <= len(found) <= 60
    assert len({member.id_number for member in people}) == len(people)
    assert all((member.id_number or "").startswith(REGION) for member in people)
    assert all("某" in member.name for member in people)


def test_the_checkup_finds_something(practice: Opening) -> None:
    record = practice()
    with record.read() as unit:
        found = health.check(unit, Slip())
    assert {one.rule for one in found.hits if one.kind == "E"} == set()
    assert {one.rule for one in found.hits if one.kind == "W"} == {"R23"}, "two households state one account"


def test_it_is_sound(practice: Opening) -> None:
    record = practice()
    assert record.practice
    assert record.verify_chain() == []
    assert record.clock_state is ClockState.TRUSTED
    assert record.warnings == []
    assert [(p.name, p.role) for p in record.people()] == [(p.name, p.role) for p in (cast.CLERK, cast.REVIEWER)]


@pytest.mark.parametrize("now", [datetime(2024, 2, 29, 0, 5, tzinfo=CST), datetime(2017, 1, 1, 23, 50, tzinfo=CST)])
def test_it_is_made_on_any_day(tmp_path: Path, now: datetime) -> None:
    path, clock = tmp_path / "练习" / "练习台账.huk", FixedClock(now)
    making.make(path, clock)
    with making.enter(path, clock) as record:
        assert record.clock_state is ClockState.TRUSTED
        with record.read() as unit:
            assert town.town(unit).name == "练习镇"
    assert {one.name for one in path.parent.iterdir()} == {path.name, f"{path.name}.keys"}


def test_a_stopped_making_leaves_the_one_before(practice_template: Path, tmp_path: Path) -> None:
    path = played(practice_template, tmp_path)
    before = path.read_bytes(), load(path.with_name(f"{path.name}.keys"))
    with pytest.raises(Cancelled):
        making.make(path, FixedClock(START), Slip(stop_at=2))
    assert (path.read_bytes(), load(path.with_name(f"{path.name}.keys"))) == before
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("there", ["练习", "练习/新"])
def test_a_disk_that_refuses_is_said_in_a_sentence(there: str, tmp_path: Path) -> None:
    in_the_way = tmp_path / there
    in_the_way.parent.mkdir(exist_ok=True)
    in_the_way.write_text("")
    with pytest.raises(Known, match="“练习台账"):
        making.make(tmp_path / "练习" / "练习台账.huk", FixedClock(START))


def test_a_computer_whose_battery_is_dead_is_told_of_its_date(tmp_path: Path) -> None:
    with pytest.raises(Known, match="这台电脑的日期是 2000-01-01"):
        making.make(tmp_path / "练习" / "练习台账.huk", FixedClock(datetime(2000, 1, 1, 8, tzinfo=CST)))
    assert not (tmp_path / "练习").exists()


def test_a_month_later_the_date_is_answered_for(practice_template: Path, tmp_path: Path) -> None:
    path = played(practice_template, tmp_path)
    later = FixedClock(START.replace(month=7))
    with making.enter(path, later) as record:
        assert record.clock_state is ClockState.TRUSTED
        assert not record.locked
        with record.write() as unit:
            unit.require_trusted_day()
