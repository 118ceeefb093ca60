"""Waiting after wrong passwords: kept across restarts, not shortened by the clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from db.errors import Known
from db.store.clock import FixedClock
from db.store.record import Record, WrongPassword
from tests.helpers.record import CHEAP, CLERK, REVIEWER, START, MakeRecord, Template, copy_pair, reopen, vouch

WRONG = "not the password"


@pytest.fixture
def path(template_record: Template, tmp_path: Path) -> Path:
    return copy_pair(template_record.path, tmp_path / "town.huk")


def guess(path: Path, clock: FixedClock, name: str = CLERK.name) -> str:
    with pytest.raises(WrongPassword) as wrong:
        Record.open(path, name, WRONG, clock=clock, cost=CHEAP)
    return str(wrong.value)


def test_wrong_is_said_to_be_wrong_and_not_damaged(path: Path) -> None:
    assert guess(path, FixedClock(START)).startswith("姓名或密码不正确。")


def test_five_failures_then_one_five_fifteen_and_thirty_minutes(path: Path) -> None:
    clock = FixedClock(START)
    said = [guess(path, clock) for _ in range(5)]
    assert "1分钟" in said[-1]
    assert all("分钟" not in text for text in said[:-1])
    for minutes, following in ((1, 5), (5, 15), (15, 30), (30, 30)):
        clock.pass_time(timedelta(minutes=minutes, seconds=-1))
        assert "请1秒后再试" in guess(path, clock)
        clock.pass_time(timedelta(seconds=1))
        assert f"请{following}分钟后再试" in guess(path, clock)


def test_even_the_right_password_waits(path: Path) -> None:
    clock = FixedClock(START)
    for _ in range(5):
        guess(path, clock)
    with pytest.raises(WrongPassword, match="次数过多"):
        reopen(path, clock=clock)
    clock.pass_time(timedelta(minutes=1))
    reopen(path, clock=clock).close()


def test_the_right_password_ends_the_count(path: Path) -> None:
    clock = FixedClock(START)
    for _ in range(4):
        guess(path, clock)
    reopen(path, clock=clock).close()
    assert "分钟" not in guess(path, clock)


def test_an_unknown_name_hears_and_waits_the_same(path: Path) -> None:
    clock = FixedClock(START)
    known = [guess(path, clock) for _ in range(6)]
    assert [guess(path, clock, "查无此人") for _ in range(6)] == known


def test_one_persons_failures_do_not_stop_another(path: Path) -> None:
    clock = FixedClock(START)
    for _ in range(5):
        guess(path, clock)
    reopen(path, REVIEWER, clock).close()


def test_setting_the_clock_back_starts_the_wait_anew_and_no_longer(path: Path) -> None:
    clock = FixedClock(START)
    for _ in range(5):
        guess(path, clock)
    clock.set_wall(START - timedelta(days=365))
    assert "请1分钟后再试" in guess(path, clock)
    clock.pass_time(timedelta(seconds=59))
    assert "次数过多" in guess(path, clock)
    clock.pass_time(timedelta(seconds=1))
    assert "次数过多" not in guess(path, clock)


def test_the_second_person_is_counted_too(make_record: MakeRecord, tmp_path: Path) -> None:
    record = make_record(tmp_path)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            record.authenticate(REVIEWER.name, WRONG)
    with pytest.raises(WrongPassword, match="次数过多"):
        vouch(record)


def test_a_failure_counts_even_when_the_program_is_ended_before_the_answer(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    clock = FixedClock(START)
    with monkeypatch.context() as patch:
        patch.setattr("db.store.keyring.unwrap_password", killed)
        for _ in range(5):
            with pytest.raises(KeyboardInterrupt):
                Record.open(path, CLERK.name, WRONG, clock=clock, cost=CHEAP)
    with pytest.raises(Known, match="次数过多"):
        reopen(path, clock=clock)


def test_strangers_do_not_fill_the_file(path: Path) -> None:
    clock = FixedClock(START)
    for number in range(40):
        clock.pass_time(timedelta(seconds=1))
        guess(path, clock, f"生人{number}")
    assert path.with_name("town.huk.keys").stat().st_size < 6000
