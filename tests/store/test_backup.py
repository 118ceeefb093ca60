"""Backups that are proven, the way back, and nothing lost on either."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from db.errors import Known
from db.store.backup import backup, backups, folder_of, restore, swap_in, thin
from db.store.clock import FixedClock
from db.store.engine import connect
from db.store.keyring import WrongPassword, by_code, by_password
from db.store.keys import keys_path
from db.store.record import Record
from tests.helpers.record import CHEAP, CLERK, REVIEWER, START, MakeRecord, Template, reopen, vouch

UNLOCK = by_password(CLERK.name, CLERK.password)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def record(make_record: MakeRecord, tmp_path: Path, clock: FixedClock) -> Record:
    folder = tmp_path / "data"
    folder.mkdir()
    return make_record(folder, clock=clock)


def act(record: Record) -> None:
    with record.write() as unit:
        unit.trail("act")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_a_pair_with_a_checksum_and_opens_by_itself(record: Record) -> None:
    act(record)
    made = backup(record)
    name = "town-20160525-083000.huk"
    assert names(record.path.parent / "backups") == [name, f"{name}.keys", f"{name}.sha256"]
    with reopen(made.path) as copy:
        assert copy.head().seq == record.head().seq + 1
        assert copy.verify_chain() == []


def test_the_record_goes_on_while_and_after_it_is_backed_up(record: Record) -> None:
    with record.read():
        backup(record)
    act(record)
    assert record.verify_chain() == []


def test_a_backup_never_overwrites_another(record: Record) -> None:
    made = backup(record)
    content = made.path.read_bytes()
    second = backup(record)
    assert second.path != made.path
    assert made.path.read_bytes() == content


def test_a_file_in_the_place_of_the_folder_is_said_and_left_alone(record: Record) -> None:
    folder_of(record.path).write_text("not a folder", "utf-8")
    with pytest.raises(Known, match="是一个文件"):
        backup(record)
    assert folder_of(record.path).read_text("utf-8") == "not a folder"


def test_an_unsound_record_gives_no_backup(record: Record) -> None:
    raw = connect(record.path, record.key)
    raw.execute("DROP TRIGGER trail_no_update")
    raw.execute("UPDATE trail SET reason = '改过' WHERE seq = 2")
    raw.close()
    with pytest.raises(Known, match="校验不通过"):
        backup(record)
    assert names(record.path.parent / "backups") == []


def test_too_little_space_leaves_nothing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(record.path.parent)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(Known, match="至少需要"):
        backup(record)
    assert names(record.path.parent / "backups") == []


def test_restoring_makes_a_new_proven_pair(record: Record, clock: FixedClock, tmp_path: Path) -> None:
    act(record)
    made = backup(record)
    act(record)
    target = tmp_path / "back.huk"
    found = restore(made.path, target, UNLOCK, clock=clock, cost=CHEAP)
    assert found["trail"] == 4
    assert names(tmp_path) == ["back.huk", "back.huk.keys", "data"]
    with reopen(target) as again:
        assert again.head().seq == 5


def test_restoring_by_the_recovery_code(
    record: Record, clock: FixedClock, tmp_path: Path, template_record: Template
) -> None:
    made = backup(record)
    restore(made.path, tmp_path / "back.huk", by_code(template_record.code), clock=clock, cost=CHEAP)
    reopen(tmp_path / "back.huk").close()


def test_restoring_never_overwrites(record: Record, clock: FixedClock) -> None:
    made = backup(record)
    before = record.path.read_bytes()
    with pytest.raises(Known, match="只写成新文件"):
        restore(made.path, record.path, UNLOCK, clock=clock, cost=CHEAP)
    assert record.path.read_bytes() == before


@pytest.mark.parametrize("half", ["", ".keys", ".sha256"])
@pytest.mark.parametrize("way", ["flip", "lose"])
def test_a_changed_or_incomplete_backup_is_refused(
    record: Record, clock: FixedClock, tmp_path: Path, half: str, way: str
) -> None:
    made = backup(record)
    part = made.path.with_name(made.path.name + half)
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.unlink()
    if way == "flip":
        part.write_bytes(content)
    target = tmp_path / "back.huk"
    if (half, way) == (".sha256", "lose"):
        restore(made.path, target, UNLOCK, clock=clock, cost=CHEAP)
        return
    with pytest.raises(Known):
        restore(made.path, target, UNLOCK, clock=clock, cost=CHEAP)
    assert names(tmp_path) == ["data"]


def test_damage_is_found_even_without_the_checksum(record: Record, clock: FixedClock, tmp_path: Path) -> None:
    made = backup(record)
    made.path.with_name(made.path.name + ".sha256").unlink()
    content = bytearray(made.path.read_bytes())
    content[-2000] ^= 1
    made.path.write_bytes(content)
    with pytest.raises(Known, match=r"校验不通过|已损坏"):
        restore(made.path, tmp_path / "back.huk", UNLOCK, clock=clock, cost=CHEAP)
    assert names(tmp_path) == ["data"]


def test_a_wrong_password_changes_nothing_in_the_backup(record: Record, clock: FixedClock, tmp_path: Path) -> None:
    made = backup(record)
    before = keys_path(made.path).read_bytes()
    with pytest.raises(WrongPassword):
        restore(made.path, tmp_path / "back.huk", by_password(CLERK.name, "wrong"), clock=clock, cost=CHEAP)
    assert keys_path(made.path).read_bytes() == before
    assert names(tmp_path) == ["data"]


def test_swapping_in_keeps_the_old_pair(record: Record, clock: FixedClock, tmp_path: Path) -> None:
    made = backup(record)
    act(record)
    old_head = record.head()
    with pytest.raises(Known, match="已被打开"):
        swap_in(made.path, record.path, clock)
    restored = tmp_path / "back.huk"
    restore(made.path, restored, UNLOCK, clock=clock, cost=CHEAP)
    record.close()
    old = swap_in(restored, record.path, clock)
    assert old.name == "town-换下-20160525-083000.huk"
    assert names(record.path.parent) == ["backups", "town-换下-20160525-083000.huk", "town-换下-20160525-083000.huk.keys", "town.huk", "town.huk.keys"]  # fmt: skip
    with reopen(old) as kept:
        assert kept.head().seq == old_head.seq + 1
    with reopen(record.path) as now:
        assert now.head().seq == old_head.seq


def test_a_swap_that_fails_half_way_is_taken_back(
    record: Record, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup(record)
    restored = tmp_path / "back.huk"
    restore(made.path, restored, UNLOCK, clock=clock, cost=CHEAP)
    record.close()
    before = {name: (record.path.parent / name).read_bytes() for name in ("town.huk", "town.huk.keys")}
    rename = Path.replace

    def fail_at_last(self: Path, target: Path) -> Path:
        if self == restored:
            raise PermissionError(13, "held")
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail_at_last)
        with pytest.raises(Known, match="没有权限"):
            swap_in(restored, record.path, clock)
    assert {name: (record.path.parent / name).read_bytes() for name in before} == before
    reopen(record.path).close()
    reopen(restored).close()


def test_an_old_copy_put_in_place_is_noticed_until_two_people_accept_it(
    make_record: MakeRecord, clock: FixedClock, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    anchors = tmp_path / "anchors.json"
    record = make_record(folder, clock=clock, anchors=anchors)
    made = backup(record)
    act(record)
    last = record.head()
    record.close()
    for end in ("", ".keys"):
        shutil.copyfile(made.path.with_name(made.path.name + end), folder / f"town.huk{end}")
    with reopen(record.path, anchors=anchors) as again:
        assert last.short in again.warnings[0]
    with reopen(record.path, anchors=anchors) as again:
        assert len(again.warnings) == 1
        again.accept_history(vouch(again), "硬盘损坏，恢复昨日备份")
        assert again.verify_chain() == []
    with reopen(record.path, REVIEWER, anchors=anchors) as later:
        assert later.warnings == []


def test_an_act_does_not_fail_because_its_anchor_cannot_be_noted(
    make_record: MakeRecord, clock: FixedClock, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "in the way").write_bytes(b"")
    record = make_record(folder, clock=clock, anchors=tmp_path / "in the way" / "anchors.json")
    clock.pass_time(timedelta(minutes=5))
    act(record)
    assert record.head().seq == 4


def test_backups_are_listed_newest_first_and_thinned(record: Record, clock: FixedClock) -> None:
    folder = record.path.parent / "backups"
    first = backup(record)
    for _ in range(3):
        clock.pass_time(timedelta(hours=1))
        backup(record)
    (folder / "other-20160525-083000.huk").write_bytes(b"not ours")
    found = backups(folder, "town")
    assert [b.at.hour for b in found] == [11, 10, 9, 8]
    assert found[-1].path == first.path
    gone = thin(folder, "town", record.uuid, START + timedelta(days=3))
    assert [path.name for path in gone] == [f"town-20160525-{hour}3000.huk" for hour in ("08", "09", "10")]
    assert names(folder) == ["other-20160525-083000.huk", "town-20160525-113000.huk", "town-20160525-113000.huk.keys", "town-20160525-113000.huk.sha256"]  # fmt: skip
