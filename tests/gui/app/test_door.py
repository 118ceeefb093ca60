"""What a file stands for that the clerk opens: its record, and never a backup to work in."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import Known
from db.services.town.town import TownSetup
from desktop.app.door import Door


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(anchors=tmp_path / "anchors.json")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A file in the place of a record, with a backup of it."""
    path = tmp_path / "华阳镇 𠮷" / "town.huk"
    (path.parent / "backups").mkdir(parents=True)
    for name in ("town.huk", "town.huk.keys", "backups/town-20160704-173000.huk"):
        (path.parent / name).write_bytes(b"x")
    return path


def test_a_record_its_keys_and_its_folder_are_the_record(door: Door, record: Path) -> None:
    for chosen in (record, record.with_name("town.huk.keys"), record.parent):
        assert door.meant(chosen, None) == (record, "")
    for other in (record.with_name("名册.xlsx"), record.parent.parent):
        assert door.meant(other, None) == (other, "")


def test_nobody_is_let_work_in_a_backup(door: Door, record: Path, tmp_path: Path) -> None:
    backup = record.parent / "backups" / "town-20160704-173000.huk"
    meant = door.meant(backup, None)
    assert meant.path == record
    assert "备份" in meant.words
    alone = tmp_path / "U盘" / backup.name
    alone.parent.mkdir()
    alone.write_bytes(b"x")
    assert door.meant(alone, record) == (alone, ""), "one that was put there under this name by hand"
    alone.with_name(alone.name + ".sha256").write_bytes(b"x")
    meant = door.meant(alone, record)
    assert meant.path == record
    assert "选别处的备份" in meant.words
    assert door.meant(alone, None).path.name == "town.huk"


def test_a_folder_that_cannot_be_made_is_said(door: Door, tmp_path: Path) -> None:
    (tmp_path / "文件").write_bytes(b"x")
    with pytest.raises(Known, match="不存在"):
        door.found(tmp_path / "文件" / "档案", TownSetup("广东省", "梅州市", "梅县区", "华阳镇", ()), ())


def test_a_new_record_does_not_lie_just_anywhere(door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert door.place_problem(tmp_path) == door.place_problem(tmp_path / "新的") == ""
    assert "完整位置" in door.place_problem(Path("华新村"))
    assert "没有这个文件夹" in door.place_problem(tmp_path / "没有" / "新的")
    monkeypatch.setattr("desktop.app.door.os.access", lambda *_: False)
    assert "不能写入" in door.place_problem(tmp_path / "新的")
