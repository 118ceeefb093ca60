"""The computer's date set back, set forward, and time that really passed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db.errors import Known, Refused
from db.store.clock import CST, FixedClock, SystemClock
from db.store.clockguard import ClockState
from db.store.record import Record
from tests.helpers.record import CLERK, REVIEWER, START, MakeRecord, reopen, vouch


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def record(make_record: MakeRecord, tmp_path: Path, clock: FixedClock) -> Record:
    return make_record(tmp_path, clock=clock)


def act(record: Record) -> None:
    with record.write() as unit:
        unit.trail("act")


def gate(record: Record) -> None:
    with record.write() as unit:
        unit.require_trusted_day()


def closed(record: Record) -> Path:
    record.close()
    return record.path


def restarted(record: Record, by: timedelta) -> Record:
    record.close()
    return reopen(record.path, clock=FixedClock(START + by))


def test_time_that_really_passes_is_believed(record: Record, clock: FixedClock) -> None:
    for _ in range(10):
        clock.pass_time(timedelta(days=30))
        gate(record)
    assert record.clock_state is ClockState.TRUSTED


@pytest.mark.parametrize(
    ("by", "state"),
    [
        (timedelta(0), ClockState.TRUSTED),
        (timedelta(minutes=-10), ClockState.TRUSTED),
        (timedelta(minutes=-10, seconds=-1), ClockState.BEHIND),
        (timedelta(days=-365), ClockState.BEHIND),
        (timedelta(days=2), ClockState.TRUSTED),
        (timedelta(days=2, seconds=1), ClockState.AHEAD),
        (timedelta(days=365), ClockState.AHEAD),
    ],
)
def test_the_date_at_opening(record: Record, by: timedelta, state: ClockState) -> None:
    with restarted(record, by) as again:
        assert again.clock_state is state


@pytest.mark.parametrize(
    ("by", "state"),
    [
        (timedelta(hours=-1), ClockState.BEHIND),
        (timedelta(minutes=-5), ClockState.TRUSTED),
        (timedelta(days=1), ClockState.TRUSTED),
        (timedelta(days=8), ClockState.AHEAD),
    ],
)
def test_the_date_set_while_the_program_runs(
    record: Record, clock: FixedClock, by: timedelta, state: ClockState
) -> None:
    clock.pass_time(timedelta(hours=3))
    clock.set_wall(clock.now() + by)
    assert record.clock_state is state
    clock.set_wall(START + timedelta(hours=3))
    assert record.clock_state is ClockState.TRUSTED


def test_small_steps_forward_add_up(record: Record, clock: FixedClock) -> None:
    for _ in range(3):
        clock.set_wall(clock.now() + timedelta(days=1))
        act(record)
    with pytest.raises(Known, match="跳后了两天以上"):
        gate(record)


def test_starting_the_program_anew_does_not_hide_small_steps_while_the_machine_runs(
    make_record: MakeRecord, tmp_path: Path
) -> None:
    clock = FixedClock(START, boot="run-1")
    path = closed(make_record(tmp_path, clock=clock))
    for _ in range(2):
        clock.set_wall(clock.now() + timedelta(days=1))
        with reopen(path, clock=clock) as again:
            gate(again)
            again.switch(REVIEWER.name, REVIEWER.password)
    clock.set_wall(clock.now() + timedelta(hours=1))
    with reopen(path, clock=clock) as again, pytest.raises(Known, match="跳后了两天以上"):
        gate(again)


def test_a_machine_that_slept_needs_nobody_to_answer(make_record: MakeRecord, tmp_path: Path) -> None:
    clock = FixedClock(START, boot="run-1")
    path = closed(make_record(tmp_path, clock=clock))
    clock.pass_time(timedelta(days=9))
    with reopen(path, clock=clock) as again:
        gate(again)


def test_a_confirmed_date_holds_at_the_next_start_in_the_same_run(make_record: MakeRecord, tmp_path: Path) -> None:
    clock = FixedClock(START, boot="run-1")
    path = closed(make_record(tmp_path, clock=clock))
    clock.set_wall(START + timedelta(days=30))
    with reopen(path, clock=clock) as again:
        assert again.clock_state is ClockState.AHEAD
        again.confirm_clock(vouch(again), "主板电池换过")
    with reopen(path, clock=clock) as again:
        gate(again)


def off(path: Path, day: float) -> ClockState:
    """Switch the machine off and on again on a later ``day``, log in, and say what is thought of the date."""
    with reopen(path, clock=FixedClock(START + timedelta(days=day), boot=f"run of {day}")) as again:
        return again.clock_state


def test_days_the_machine_was_off_add_up_until_somebody_answers(record: Record) -> None:
    record.close()
    assert off(record.path, 1.5) is ClockState.TRUSTED
    assert off(record.path, 3) is ClockState.AHEAD
    later = FixedClock(START + timedelta(days=3, hours=1), boot="run of 3")
    with reopen(record.path, clock=later) as again:
        assert again.clock_state is ClockState.AHEAD
        again.confirm_clock(vouch(again), "隔天开机")
    assert off(record.path, 4.5) is ClockState.TRUSTED


def test_nights_and_days_off_in_other_weeks_do_not_add_up(record: Record) -> None:
    record.close()
    for day in (0.8, 1.6, 2.4, 3.2, 4, 5.8, 6.6, 7.4, 8.2, 9, 9.8, 10.6, 11.4, 12.2, 13, 14.8):
        assert off(record.path, day) is ClockState.TRUSTED


def test_behind_nothing_is_written_until_the_reviewer_answers(record: Record) -> None:
    with restarted(record, timedelta(days=-30)) as again:
        before = again.head()
        with pytest.raises(Known, match="还早，暂时不能保存"):
            act(again)
        assert again.head() == before
        me = again.authenticate(CLERK.name, CLERK.password)
        with pytest.raises(Refused, match="审核人确认"):
            again.confirm_clock(me, "主板电池没电")
        with pytest.raises(Refused, match="写明理由"):
            again.confirm_clock(vouch(again), " ")
        again.confirm_clock(vouch(again), "主板电池没电，日期已核对")
        gate(again)
        assert again.verify_chain() == []


def test_ahead_ordinary_work_goes_on_but_not_what_hangs_on_the_day(record: Record) -> None:
    with restarted(record, timedelta(days=8)) as again:
        act(again)
        with pytest.raises(Known, match="跳后了两天以上"):
            gate(again)
        me = again.authenticate(CLERK.name, CLERK.password)
        with pytest.raises(Refused, match="另一人"):
            again.confirm_clock(me, "放假")
        again.confirm_clock(vouch(again), "放假八天")
        gate(again)


def test_lines_written_in_doubt_do_not_become_the_mark(record: Record) -> None:
    with restarted(record, timedelta(days=8)) as again:
        act(again)
        with again.read() as unit:
            assert unit.session.scalar(text("SELECT mono_ok FROM trail ORDER BY seq DESC LIMIT 1")) == 0
    with reopen(record.path, clock=FixedClock(START + timedelta(days=8, minutes=1))) as later:
        assert later.clock_state is ClockState.AHEAD
    with reopen(record.path, clock=FixedClock(START + timedelta(minutes=5))) as put_right:
        assert put_right.clock_state is ClockState.TRUSTED


def test_a_confirmation_counts_after_a_restart(record: Record) -> None:
    with restarted(record, timedelta(days=-30)) as again:
        again.confirm_clock(vouch(again), "日期原来错设")
    with reopen(record.path, clock=FixedClock(START - timedelta(days=29, hours=23))) as later:
        assert later.clock_state is ClockState.TRUSTED


def test_a_confirmation_needs_the_password_given(record: Record) -> None:
    with restarted(record, timedelta(days=-30)) as again:
        reviewer = vouch(again)
        again.switch(REVIEWER.name, REVIEWER.password)
        with pytest.raises(Refused, match="输入密码"):
            again.confirm_clock(reviewer, "理由")
        again.confirm_clock(vouch(again), "理由")
        act(again)


def test_the_reviewer_logged_in_may_answer_for_an_early_date_himself(record: Record) -> None:
    record.close()
    with reopen(record.path, REVIEWER, FixedClock(START - timedelta(days=3))) as again:
        again.confirm_clock(vouch(again), "日期已核对")
        with again.read() as unit:
            row = unit.session.execute(text("SELECT action, payload FROM trail ORDER BY seq DESC LIMIT 1")).one()
        assert tuple(row) == ("clock.confirm", '{"second":2,"state":"behind"}')


def test_the_date_put_right_needs_no_confirmation(record: Record) -> None:
    record.close()
    clock = FixedClock(START - timedelta(days=3))
    with reopen(record.path, clock=clock) as again:
        clock.set_wall(START + timedelta(hours=1))
        act(again)


def test_the_system_clock_speaks_chinese_time() -> None:
    clock = SystemClock()
    assert clock.now().utcoffset() == timedelta(hours=8)
    assert abs(clock.now() - datetime.now(CST)) < timedelta(seconds=5)
    assert clock.monotonic() <= clock.monotonic()


def test_passing_time_is_not_for_going_back(clock: FixedClock) -> None:
    with pytest.raises(ValueError, match="backwards"):
        clock.pass_to(START - timedelta(seconds=1))


def test_a_confirmation_that_was_not_kept_confirms_nothing(record: Record) -> None:
    with restarted(record, timedelta(days=-30)) as again:
        with pytest.raises(Refused, match="身份证号"):
            again.confirm_clock(vouch(again), "问过13800138000")
        assert again.clock_state is ClockState.BEHIND
