"""Joining, leaving, changing and forgetting: the record and the keys file stay in step."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db.errors import Known, Refused
from db.rules.codes import Role
from db.store.actor import NewPerson
from db.store.clock import FixedClock
from db.store.keys import load, save
from db.store.record import Record, WrongPassword
from db.store.recovery import new_code
from db.store.wrap import STRONG, Cost
from tests.helpers.record import (
    CHEAP,
    CLERK,
    REVIEWER,
    SECOND_CLERK,
    START,
    MakeRecord,
    Template,
    copy_pair,
    reopen,
    vouch,
)

NEWCOMER = NewPerson("温新来", Role.CLERK, "newcomer's pass-4")
FRESH = "a fresh pass-9"


def opens(path: Path, name: str, password: str) -> bool:
    try:
        Record.open(path, name, password, clock=FixedClock(START), cost=CHEAP).close()
    except WrongPassword:
        return False
    return True


def last_act(record: Record) -> tuple[str, int]:
    with record.read() as unit:
        row = unit.session.execute(text("SELECT action, entity_id FROM trail ORDER BY seq DESC LIMIT 1")).one()
        return row.action, row.entity_id


def test_a_newcomer_gets_in(record: Record) -> None:
    actor = record.add_person(NEWCOMER, vouch(record))
    assert last_act(record) == ("account.add", actor.id)
    record.close()
    assert opens(record.path, NEWCOMER.name, NEWCOMER.password)


def test_two_clerks_cannot_make_a_reviewer(record: Record) -> None:
    with pytest.raises(Refused, match="审核人参加"):
        record.add_person(NewPerson("假审核", Role.REVIEWER, FRESH), vouch(record, SECOND_CLERK))


def test_a_name_is_given_once_and_a_weak_password_not_taken(record: Record) -> None:
    second = vouch(record)
    with pytest.raises(Refused, match="已有叫"):
        record.add_person(NewPerson(f" {CLERK.name} ", Role.CLERK, FRESH), second)
    with pytest.raises(Refused, match="至少要有8个字符"):
        record.add_person(NewPerson("温新来", Role.CLERK, "short"), second)
    assert len(record.people()) == 3


def test_a_failed_joining_leaves_both_halves_as_they_were(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    before = record.keys_path.read_bytes()
    second = vouch(record)
    with monkeypatch.context() as patch:
        patch.setattr("sqlalchemy.orm.Session.commit", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            record.add_person(NEWCOMER, second)
    assert [p.name for p in record.people()] == [CLERK.name, REVIEWER.name, SECOND_CLERK.name]
    assert record.keys_path.read_bytes() == before


def test_a_leaver_no_longer_gets_in_but_stays_in_the_list(record: Record) -> None:
    leaver = record.people()[2]
    record.disable_person(leaver.id, vouch(record))
    found = record.people()[2]
    assert (found.name, found.active, found.has_key) == (SECOND_CLERK.name, False, False)
    record.close()
    assert not opens(record.path, SECOND_CLERK.name, SECOND_CLERK.password)


def test_a_slot_put_back_by_hand_does_not_let_a_leaver_in(record: Record) -> None:
    kept = record.keys_path.read_bytes()
    record.disable_person(record.people()[2].id, vouch(record))
    record.close()
    record.keys_path.write_bytes(kept)
    assert not opens(record.path, SECOND_CLERK.name, SECOND_CLERK.password)


def test_a_leavers_slot_that_could_not_be_taken_goes_at_the_next_log_in(record: Record) -> None:
    kept = record.keys_path.read_bytes()
    record.disable_person(record.people()[2].id, vouch(record))
    record.close()
    record.keys_path.write_bytes(kept)
    reopen(record.path).close()
    assert load(record.keys_path).slot(SECOND_CLERK.name) is None


def test_a_slot_moved_to_another_name_does_not_open(record: Record, tmp_path: Path) -> None:
    record.close()
    keys = record.keys_path
    found = load(keys)
    mine = found.slot(CLERK.name)
    assert mine is not None
    save(keys, found.with_slot(replace(mine, account=2, name=REVIEWER.name)))
    assert not opens(record.path, REVIEWER.name, CLERK.password)


def test_the_last_reviewer_and_oneself_stay(record: Record) -> None:
    second = vouch(record, SECOND_CLERK)
    with pytest.raises(Refused, match="唯一的审核人"):
        record.disable_person(2, second)
    with pytest.raises(Refused, match="不能停用自己"):
        record.disable_person(1, second)


def test_changing_needs_the_old_password(record: Record) -> None:
    with pytest.raises(WrongPassword):
        record.change_password("guess", FRESH)
    with pytest.raises(Refused, match="姓名"):
        record.change_password(CLERK.password, f"{CLERK.name}12345")
    record.change_password(CLERK.password, FRESH)
    assert last_act(record) == ("password.change", 1)
    record.close()
    assert not opens(record.path, CLERK.name, CLERK.password)
    assert opens(record.path, CLERK.name, FRESH)


def test_two_people_reset_a_third_and_he_is_told_once(record: Record) -> None:
    record.reset_password(3, FRESH, vouch(record))
    record.close()
    with Record.open(record.path, SECOND_CLERK.name, FRESH, clock=FixedClock(START), cost=CHEAP) as his:
        assert his.warnings == ["您的密码于2016-05-25 08:30由钟小明和曾阿慧重置，如非您本人同意，请告知审核人。"]
    with Record.open(record.path, SECOND_CLERK.name, FRESH, clock=FixedClock(START), cost=CHEAP) as his:
        assert his.warnings == []


def test_nobody_resets_alone(record: Record) -> None:
    me = record.authenticate(CLERK.name, CLERK.password)
    with pytest.raises(Refused, match="不能是本人"):
        record.reset_password(3, FRESH, me)


def test_a_reset_ends_a_lockout(record: Record) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            record.authenticate(SECOND_CLERK.name, "wrong")
    record.reset_password(3, FRESH, vouch(record))
    assert record.authenticate(SECOND_CLERK.name, FRESH).id == 3


def test_the_recovery_code_opens_when_everybody_forgot(template_record: Template, tmp_path: Path) -> None:
    path = copy_pair(template_record.path, tmp_path / "town.huk")
    clock = FixedClock(START + timedelta(days=1))
    typed = template_record.code.lower().replace("-", " ")
    with Record.recover(path, REVIEWER.name, typed, FRESH, clock=clock, cost=CHEAP) as record:
        assert record.actor.role is Role.REVIEWER
        assert record.verify_chain() == []
    assert opens(path, REVIEWER.name, FRESH)
    assert not opens(path, REVIEWER.name, REVIEWER.password)


def test_the_recovery_code_of_another_record_does_not(template_record: Template, tmp_path: Path) -> None:
    path = copy_pair(template_record.path, tmp_path / "town.huk")
    before = path.with_name("town.huk.keys").read_bytes()
    with pytest.raises(Known, match="不是这份档案"):
        Record.recover(path, REVIEWER.name, new_code(), FRESH, clock=FixedClock(START), cost=CHEAP)
    with pytest.raises(Refused, match="没有叫"):
        Record.recover(path, "查无此人", template_record.code, FRESH, clock=FixedClock(START), cost=CHEAP)
    with pytest.raises(Refused, match="太常见"):
        Record.recover(path, CLERK.name, template_record.code, "12345678", clock=FixedClock(START), cost=CHEAP)
    assert path.with_name("town.huk.keys").read_bytes() == before
    reopen(path).close()


def test_a_renewed_recovery_code_replaces_the_old(
    make_record: MakeRecord, template_record: Template, tmp_path: Path
) -> None:
    record = make_record(tmp_path)
    code = record.renew_recovery(vouch(record))
    record.close()
    clock = FixedClock(START)
    with pytest.raises(Known, match="不是这份档案"):
        Record.recover(record.path, CLERK.name, template_record.code, FRESH, clock=clock, cost=CHEAP)
    Record.recover(record.path, CLERK.name, code, FRESH, clock=clock, cost=CHEAP).close()


def test_guesses_become_dearer_but_never_cheaper(template_record: Template, tmp_path: Path) -> None:
    path = copy_pair(template_record.path, tmp_path / "town.huk")
    for cost in (Cost(1, 64, 1), CHEAP):
        Record.open(path, CLERK.name, CLERK.password, clock=FixedClock(START), cost=cost).close()
    slot = load(path.with_name("town.huk.keys")).slot(CLERK.name)
    assert slot is not None
    assert slot.cost == Cost(1, 64, 1)


def test_the_program_pays_the_full_price_by_default() -> None:
    assert (STRONG.time, STRONG.memory, STRONG.lanes) == (3, 64 * 1024, 4)
    for way in (Record.create, Record.open, Record.recover):
        assert inspect.signature(way).parameters["cost"].default is STRONG
