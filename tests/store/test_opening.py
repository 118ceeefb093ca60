"""Halves missing, damaged, foreign or from the future: one sentence each, and not a byte changed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db.errors import Known
from db.store.check import check
from db.store.clock import FixedClock
from db.store.engine import DataKey, connect
from db.store.faults import known
from db.store.keyring import WrongPassword, by_password
from db.store.keys import keys_path
from db.store.opening import NeedsUpgrade
from db.store.record import Record
from db.store.revision import HEAD
from tests.helpers.record import CHEAP, CLERK, START, Template, copy_pair, create, reopen


@pytest.fixture
def path(template_record: Template, tmp_path: Path) -> Path:
    return copy_pair(template_record.path, tmp_path / "town.huk")


def data_key(path: Path) -> DataKey:
    with reopen(path) as record:
        return record.key


def run(path: Path, *statements: str) -> None:
    """Do what somebody with the key and a database program could."""
    key = data_key(path)
    raw = connect(path, key)
    for statement in statements:
        raw.execute(statement)
    raw.close()


def cut(to: int) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2 // 4096 * 4096] if to < 0 else content[:to])

    return damage


def flip(at: int) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[at] ^= 1
        path.write_bytes(content)

    return damage


def lose_both(path: Path) -> None:
    path.unlink()
    keys_path(path).unlink()


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def refused(path: Path) -> str:
    """What opening says; the two halves must not have changed, except for the count of failures it may keep."""
    record = path.read_bytes() if path.is_file() else None
    with pytest.raises(Known) as error:
        reopen(path)
    assert not isinstance(error.value, WrongPassword)
    assert error.value.remedy
    assert (path.read_bytes() if path.is_file() else None) == record
    return error.value.text


@pytest.mark.parametrize("name", ["名册.xlsx", "说明.txt", "假档案.huk"])
def test_a_file_of_another_kind_is_not_asked_for_its_keys(tmp_path: Path, name: str) -> None:
    other = tmp_path / name
    other.write_bytes(b"PK\x03\x04")
    with pytest.raises(Known, match="不是户有卡的档案"):
        reopen(other)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda p: p.unlink(), "缺少档案文件"),
        (lambda p: keys_path(p).unlink(), "缺少密码文件"),
        (lose_both, "找不到档案"),
        (cut(0), "空文件"),
        (cut(10), "不是一对，或档案开头已损坏"),
        (cut(1000), "被截断"),
        (cut(10_000), "被截断"),
        (cut(-1), "已损坏"),
        (flip(3), "不是一对，或档案开头已损坏"),
        (flip(100), "已损坏"),
        (lambda p: p.write_bytes(b"PK\x03\x04" + bytes(9000)), "不是户有卡的档案"),
        (lambda p: p.write_bytes(b"SQLite format 3\x00" + bytes(8000)), "不是户有卡的档案"),
        (become_a_folder, "是文件夹"),
        (lambda p: keys_path(p).write_bytes(b""), "密码文件“town.huk.keys”已损坏"),
        (lambda p: keys_path(p).write_bytes(b"\x00" * 900), "密码文件“town.huk.keys”已损坏"),
        (lambda p: keys_path(p).write_bytes(keys_path(p).read_bytes()[:700]), "密码文件“town.huk.keys”已损坏"),
        (lambda p: keys_path(p).write_bytes(b"[" * 90_000), "密码文件“town.huk.keys”已损坏"),
        (lambda p: keys_path(p).write_bytes(b"{}"), "密码文件“town.huk.keys”已损坏"),
        (lambda p: keys_path(p).write_bytes(bytes(2_000_000)), "密码文件“town.huk.keys”已损坏"),
    ],
)
def test_each_damage_has_its_sentence(path: Path, damage: Callable[[Path], object], said: str) -> None:
    damage(path)
    assert said in refused(path)


def test_one_flipped_bit_anywhere_in_the_keys_is_damage_not_a_wrong_password(path: Path) -> None:
    whole = keys_path(path).read_bytes()
    for at in range(0, len(whole), 97):
        changed = bytearray(whole)
        changed[at] ^= 1
        keys_path(path).write_bytes(changed)
        assert "已损坏" in refused(path) or "更新版本" in refused(path)


def test_a_damaged_page_is_named_when_it_is_read(path: Path) -> None:
    flip(path.stat().st_size - 2000)(path)
    try:
        with reopen(path) as record:
            found = check(record)
    except Known as error:
        found = [error.text]
    assert any("校验不符" in text or "已损坏" in text for text in found)


def test_a_foreign_pair_is_named(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.huk"
    create(other)
    shutil.copyfile(keys_path(other), keys_path(path))
    assert "不是一对" in refused(path)


def test_a_record_that_only_pretends_to_belong_is_found_after_the_key(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.huk"
    create(other)
    path.write_bytes(path.read_bytes()[:16] + other.read_bytes()[16:])
    assert "已损坏" in refused(path)


def test_a_newer_keys_file_is_left_alone(path: Path) -> None:
    found = json.loads(keys_path(path).read_bytes())
    keys_path(path).write_text(json.dumps({**found, "version": 2}))
    assert "更新版本" in refused(path)


@pytest.mark.parametrize(
    "note", [f"PRAGMA user_version={int(HEAD) + 1}", "UPDATE alembic_version SET version_num = 'f00d'"]
)
def test_a_newer_record_is_left_alone(path: Path, note: str) -> None:
    run(path, note)
    assert "更新版本" in refused(path)


def test_an_older_record_asks_to_be_upgraded(path: Path) -> None:
    run(path, "PRAGMA user_version=0", "UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(NeedsUpgrade):
        reopen(path)


def test_another_program_s_database_under_our_key_is_no_record(path: Path) -> None:
    run(path, "PRAGMA application_id=7")
    assert "不是户有卡的档案" in refused(path)


def test_after_a_refusal_the_record_is_not_held(path: Path) -> None:
    with pytest.raises(WrongPassword):
        Record.open(path, CLERK.name, "wrong", clock=FixedClock(START), cost=CHEAP)
    reopen(path).close()


def test_a_log_left_behind_is_played_back(path: Path, tmp_path: Path) -> None:
    with reopen(path) as record:
        with record.write() as unit:
            unit.trail("act")
        crashed = tmp_path / "crashed.huk"
        for end in ("", "-wal", ".keys"):
            shutil.copyfile(tmp_path / f"town.huk{end}", tmp_path / f"crashed.huk{end}")
    with reopen(crashed) as record:
        assert record.head().seq == 5
        assert record.verify_chain() == []


def test_sentences_for_what_sqlite_says(path: Path) -> None:
    raw = connect(path, DataKey("0" * 32, bytes(32)))
    with pytest.raises(dbapi2.DatabaseError) as error:
        raw.execute("SELECT count(*) FROM sqlite_master")
    raw.close()
    found = known(error.value)
    assert found is not None
    assert "已损坏" in found.text
    assert known(ValueError("other")) is None


def test_a_busy_record_is_said_to_be_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store.engine.SETTINGS", ("PRAGMA busy_timeout=50",))
    with reopen(path) as record:
        raw = connect(path, record.key)
        raw.execute("BEGIN IMMEDIATE")
        with pytest.raises(Known, match="另一个程序占用"), record.write():
            pass
        raw.close()


def test_unlocking_by_password_is_what_open_does(path: Path) -> None:
    with reopen(path) as record:
        assert by_password(CLERK.name, CLERK.password)(record.ring).secret == record.key.secret
