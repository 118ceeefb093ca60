"""Opening, reading, writing and the second person."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from db.errors import Known, Refused
from db.rules.codes import Role
from db.store.backup import backup
from db.store.clock import FixedClock
from db.store.record import NewPerson, Record, Unit, WrongPassword
from tests.helpers.record import (
    CHEAP,
    CLERK,
    PEOPLE,
    REVIEWER,
    START,
    MakeRecord,
    Template,
    copy_pair,
    create,
    nothing,
    reopen,
    vouch,
)


def acts(record: Record) -> list[str]:
    with record.read() as unit:
        return list(unit.session.scalars(text("SELECT action FROM trail ORDER BY seq")))


def write_town(unit: Unit) -> None:
    unit.trail("town")


def fall(record: Record) -> None:
    with record.write() as unit:
        unit.trail("act")
        raise ZeroDivisionError


def test_a_finished_block_is_kept(record: Record, tmp_path: Path) -> None:
    with record.write() as unit:
        assert unit.trail("act", entity="thing", entity_id=7, households=3) == 4
    record.close()
    with reopen(tmp_path / "town.huk") as again:
        assert acts(again)[-2:] == ["act", "login"]
        assert again.verify_chain() == []


def test_a_broken_block_never_happened(record: Record) -> None:
    before = acts(record)
    with pytest.raises(ZeroDivisionError):
        fall(record)
    assert acts(record) == before


def test_a_reading_unit_cannot_write(record: Record) -> None:
    with record.read() as unit, pytest.raises(RuntimeError):
        unit.trail("act")
    with pytest.raises(OperationalError), record.read() as unit:
        unit.connection.exec_driver_sql("DELETE FROM draft")


def test_readers_see_the_state_before_while_a_writer_works(record: Record) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(len(acts(record)))

    with record.write() as unit:
        unit.trail("act")
        reader = threading.Thread(target=look)
        reader.start()
        reader.join()
    assert seen == [3]
    assert len(acts(record)) == 4


def test_writers_follow_one_another(record: Record) -> None:
    def work() -> None:
        for _ in range(10):
            with record.write() as unit:
                unit.trail("act")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert acts(record).count("act") == 40
    assert record.verify_chain() == []


def test_a_unit_inside_a_unit_is_a_bug(record: Record) -> None:
    with record.write(), pytest.raises(RuntimeError), record.write():
        pass


def test_the_unit_carries_the_injected_time(make_record: MakeRecord, tmp_path: Path) -> None:
    clock = FixedClock(START)
    record = make_record(tmp_path, clock=clock)
    clock.pass_time(timedelta(days=3))
    with record.write() as unit:
        assert unit.now == START + timedelta(days=3)
        assert unit.today == START.date() + timedelta(days=3)


def test_the_second_person_gives_his_password_and_is_in_the_trail(record: Record) -> None:
    second = vouch(record)
    assert second.role is Role.REVIEWER
    with record.write(second) as unit:
        unit.trail("act")
    with record.read() as unit:
        payload = unit.session.scalar(text("SELECT payload FROM trail WHERE action = 'act'"))
    assert payload == '{"second":2}'


def test_the_second_person_must_be_another_and_must_have_vouched(make_record: MakeRecord, tmp_path: Path) -> None:
    record = make_record(tmp_path)
    me = record.authenticate(CLERK.name, CLERK.password)
    with pytest.raises(Refused, match="不能是本人"), record.write(me):
        pass
    other = vouch(record)
    record.switch(PEOPLE[2].name, PEOPLE[2].password)
    with pytest.raises(Refused, match="输入密码"), record.write(other):
        pass


def test_locked_nothing_is_shown_until_the_same_person_returns(record: Record) -> None:
    record.lock()
    with pytest.raises(Known, match="锁定"), record.read():
        pass
    with pytest.raises(WrongPassword):
        record.unlock(REVIEWER.password)
    assert record.locked
    record.unlock(CLERK.password)
    assert acts(record)


def test_another_person_may_take_over_a_locked_screen(record: Record) -> None:
    record.lock()
    assert record.switch(REVIEWER.name, REVIEWER.password).name == REVIEWER.name
    with record.write() as unit:
        assert unit.actor.role is Role.REVIEWER


def test_a_record_is_open_once(record: Record, tmp_path: Path) -> None:
    with pytest.raises(Known, match="已被打开：电脑"):
        reopen(tmp_path / "town.huk")
    record.close()
    reopen(tmp_path / "town.huk").close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["town.huk", "town.huk.keys"]


def test_nothing_can_be_read_in_the_files(make_record: MakeRecord, tmp_path: Path) -> None:
    record = make_record(tmp_path)
    with record.write() as unit:
        unit.trail("act", reason="CANARY-华新村")
    for file in tmp_path.iterdir():
        content = file.read_bytes()
        assert b"CANARY" not in content
        assert "华新村".encode() not in content
    assert (tmp_path / "town.huk-wal").stat().st_size > 0


def test_creation_needs_both_roles_and_fit_passwords(tmp_path: Path) -> None:
    people = [NewPerson("钟小明", Role.CLERK, "12345678")]
    with pytest.raises(Refused) as refused:
        Record.create(tmp_path / "town.huk", people=people, setup=nothing, clock=FixedClock(START), cost=CHEAP)
    texts = [p.text for p in refused.value.problems]
    assert texts == ["至少要有一名审核人。", "这个密码太常见，请换一个。"]
    assert list(tmp_path.iterdir()) == []


def test_a_failed_creation_leaves_no_file(tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create(tmp_path / "town.huk", fail)
    assert list(tmp_path.iterdir()) == []


def test_creation_never_overwrites(template_record: Template, tmp_path: Path) -> None:
    (tmp_path / "town.huk.keys").write_bytes(b"precious")
    with pytest.raises(Known, match="已存在"):
        create(tmp_path / "town.huk")
    assert (tmp_path / "town.huk.keys").read_bytes() == b"precious"


def test_set_up_writes_in_the_same_transaction(tmp_path: Path) -> None:
    create(tmp_path / "town.huk", write_town)
    with reopen(tmp_path / "town.huk") as record:
        assert acts(record) == ["record.create", "town", "login", "login"]


def test_a_path_with_every_awkward_sign_works(tmp_path: Path) -> None:
    folder = tmp_path / "华阳镇 100%'#?&𠮷"
    folder.mkdir()
    create(folder / "档 案.huk")
    with reopen(folder / "档 案.huk") as record:
        assert record.actor.name == CLERK.name


def test_opening_does_not_pay_for_migrations() -> None:
    code = "import db.store.record, sys; print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_stick_that_was_pulled_out_is_said_and_no_empty_record_is_made_in_its_place(
    template_record: Template, tmp_path: Path
) -> None:
    stick, away = tmp_path / "U盘", tmp_path / "拔出"
    stick.mkdir()
    path = copy_pair(template_record.path, stick / "town.huk")
    with reopen(path) as record:
        record.units._engine.dispose()  # what is open already goes on reading; a further connection meets the empty place
        stick.rename(away)
        stick.mkdir()  # where it hung in the system, a folder stays
        for act in (lambda: acts(record), record.head, lambda: backup(record)):
            with pytest.raises(Known, match="打不开了"):
                act()
        assert [rest.name for rest in stick.rglob("*") if rest.is_file()] == []
        stick.joinpath("backups").rmdir() if stick.joinpath("backups").exists() else None
        stick.rmdir()
        away.rename(stick)
        with record.write() as unit:
            unit.trail("act")
        assert "act" in acts(record)


def test_closing_without_the_stick_leaves_nothing_in_its_place(template_record: Template, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    record = reopen(copy_pair(template_record.path, stick / "town.huk"))
    stick.rename(tmp_path / "拔出")
    stick.mkdir()
    record.close()
    assert list(stick.iterdir()) == []
