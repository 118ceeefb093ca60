"""A practice record is told from a township's by itself, whatever the files are called, and the two never take each other's place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from db.errors import Known
from db.practice import cast, making
from db.services.register import households
from db.store import practising
from db.store.backup import backup, backups, restore, swap_in
from db.store.clock import FixedClock
from db.store.keyring import by_password
from db.store.keys import keys_path
from db.store.record import Record
from tests.helpers.practice import played
from tests.helpers.record import CHEAP, CLERK, START, MakeRecord, Template, copy_pair, reopen

Opening = Callable[[], Record]


def test_an_ordinary_record_is_none(make_record: MakeRecord, tmp_path: Path) -> None:
    record = make_record(tmp_path)
    assert not record.practice
    assert not practising.on()
    assert practising.named("台账.xlsx") == "台账.xlsx"


def test_the_sign_does_not_hang_on_the_name(practice_template: Path, tmp_path: Path) -> None:
    path = copy_pair(practice_template, tmp_path / "town.huk")
    assert practising.practice_file(path)
    with making.enter(path, FixedClock(START)) as record:
        assert record.practice


def test_the_sign_cannot_be_edited_away(practice_template: Path, tmp_path: Path) -> None:
    """The identity stands in the file's first bytes and seals every way in: another one opens nothing."""
    path = played(practice_template, tmp_path)
    own = practising_uuid(path)
    plain = f"{own[:12]}4{own[13:]}"
    with path.open("r+b") as file:
        file.write(bytes.fromhex(plain))
    from db.store import keys

    found = keys.load(keys_path(path))
    keys.save(keys_path(path), type(found)(plain, found.recovery, found.slots))
    assert not practising.practice_file(path)
    with pytest.raises(Known):
        making.enter(path, FixedClock(START))


def practising_uuid(path: Path) -> str:
    from db.store.keys import load

    return load(keys_path(path)).record


def test_while_it_is_open_everything_is_marked(practice: Opening) -> None:
    record = practice()
    assert practising.on()
    assert practising.named("台账.xlsx") == "演练_台账.xlsx"
    assert practising.named("演练_台账.xlsx") == "演练_台账.xlsx"
    record.close()
    record.close()
    assert not practising.on()


def test_a_practice_backup_takes_no_towns_place(practice: Opening, make_record: MakeRecord, tmp_path: Path) -> None:
    made = backup(practice())
    town = make_record(tmp_path)
    town.close()
    before = town.path.read_bytes()
    back = restored(made.path, tmp_path / "恢复.huk", cast.CLERK.name, practising.PASSWORD)
    with pytest.raises(Known, match="练习台账的备份"):
        swap_in(back, town.path, FixedClock(START))
    assert town.path.read_bytes() == before


def test_a_towns_backup_takes_no_practice_records_place(
    practice: Opening, make_record: MakeRecord, tmp_path: Path
) -> None:
    record = practice()
    record.close()
    town = make_record(tmp_path)
    made = backup(town)
    town.close()
    back = restored(made.path, tmp_path / "恢复.huk", CLERK.name, CLERK.password)
    with pytest.raises(Known, match="本镇档案的备份"):
        swap_in(back, record.path, FixedClock(START))


def test_their_backups_keep_apart_in_one_folder(practice: Opening, make_record: MakeRecord, tmp_path: Path) -> None:
    """Thinning goes by the record's name: that of the practice record is no town's."""
    stick = tmp_path / "stick"
    town, record = make_record(tmp_path), practice()
    own, drilled = backup(town, stick), backup(record, stick)
    assert [one.path for one in backups(stick, town.path.stem)] == [own.path]
    assert [one.path for one in backups(stick, record.path.stem)] == [drilled.path]


def test_an_ordinary_backup_is_restored_as_ever(template_record: Template, tmp_path: Path) -> None:
    path = copy_pair(template_record.path, tmp_path / "town.huk")
    with reopen(path) as record:
        made = backup(record)
    back = restored(made.path, tmp_path / "恢复.huk", CLERK.name, CLERK.password)
    assert swap_in(back, path, FixedClock(START)).exists()
    reopen(path).close()


def restored(source: Path, target: Path, name: str, password: str) -> Path:
    restore(source, target, by_password(name, password), clock=FixedClock(START), cost=CHEAP)
    return target


def test_nobody_of_practice_is_taken_into_a_towns_record(
    practice: Opening, make_record: MakeRecord, tmp_path: Path
) -> None:
    """Neither typed nor pasted: the number is known, though it is sound."""
    record = practice()
    with record.read() as unit:
        home = households.get(unit, 1)
        assert households.problems_of_many(unit, [home]) == []
    record.close()
    town = make_record(tmp_path)
    with town.read() as unit:
        said = [problem.text for problem in households.problems(unit, home)[0]]
        many = [problem.text for problem in households.problems_of_many(unit, [home])]
    assert sum("练习台账里编的身份证号" in text for text in said) == len(home.members)
    assert sum("练习台账里编的身份证号" in text for text in many) == len(home.members)


def test_a_practice_record_that_is_called_as_the_towns_removes_none_of_its_backups(
    practice_template: Path, make_record: MakeRecord, tmp_path: Path
) -> None:
    """Both on one stick: each thins its own."""
    stick, clock = tmp_path / "U盘", FixedClock(START)
    (tmp_path / "练").mkdir()
    town = make_record(tmp_path, clock=clock)
    own = []
    for _ in range(3):
        clock.pass_time(timedelta(hours=1))
        own.append(backup(town, stick).path)
    clock.pass_time(timedelta(days=3))
    with making.enter(copy_pair(practice_template, tmp_path / "练" / town.path.name), clock) as record:
        drilled = backup(record, stick)
    assert all(path.exists() for path in own)
    kept = backup(town, stick).path
    assert [path for path in (*own, drilled.path, kept) if path.exists()] == [own[-1], drilled.path, kept]
