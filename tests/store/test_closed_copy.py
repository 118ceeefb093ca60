"""A backup of a record nobody has open: the same bytes, under a name that can be restored; never of a half or of one in use."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from db.errors import Known
from db.store.backup import backups, folder_of, restore
from db.store.clock import FixedClock
from db.store.closedcopy import copy_closed
from db.store.figures import figures
from db.store.keyring import by_password
from db.store.keys import keys_path
from tests.helpers.record import CHEAP, CLERK, START, MakeRecord, Template, copy_pair, reopen


def test_a_closed_record_is_copied_whole_and_restored_with_its_password(
    template_record: Template, tmp_path: Path
) -> None:
    path, clock = copy_pair(template_record.path, tmp_path / "town.huk"), FixedClock(START)
    first, second = copy_closed(path, clock), copy_closed(path, clock)
    assert first.path.read_bytes() == path.read_bytes()
    assert second.at - first.at == timedelta(seconds=1)
    assert [one.path for one in backups(folder_of(path), "town")] == [second.path, first.path]
    target = tmp_path / "恢复" / "town.huk"
    target.parent.mkdir()
    restore(first.path, target, by_password(CLERK.name, CLERK.password), clock=clock, cost=CHEAP)
    reopen(target).close()


def test_a_record_in_use_or_not_closed_in_order_is_not_copied(make_record: MakeRecord, tmp_path: Path) -> None:
    record = make_record(tmp_path)
    with pytest.raises(Known, match="已被打开"):
        copy_closed(record.path, record.clock)
    record.close()
    record.path.with_name("town.huk-wal").write_bytes(b"left behind")
    with pytest.raises(Known, match="上次没有正常退出"):
        copy_closed(record.path, record.clock)
    assert not folder_of(record.path).exists()


def test_half_a_record_is_not_copied(template_record: Template, tmp_path: Path) -> None:
    path = copy_pair(template_record.path, tmp_path / "town.huk")
    keys_path(path).unlink()
    with pytest.raises(Known, match="缺少密码文件"):
        copy_closed(path, FixedClock(START))


def test_where_nothing_can_be_written_nothing_is_left(
    template_record: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copy_pair(template_record.path, tmp_path / "town.huk")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.store.closedcopy.shutil.copyfile", full)
    with pytest.raises(Known, match="磁盘已满"):
        copy_closed(path, FixedClock(START))
    assert list(folder_of(path).iterdir()) == []


def test_figures_of_a_record_are_counts_alone(make_record: MakeRecord, tmp_path: Path) -> None:
    record = make_record(tmp_path)
    copy = figures(record)
    assert copy.faults == 0
    assert copy.people == copy.rows["account"] == 3
    assert copy.rows["household"] == 0
    assert (copy.backups, copy.last_backup) == (0, None)
    assert copy.size > 100_000
