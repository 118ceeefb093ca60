"""Where a record may not lie, and who else has it open."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from db.errors import Known
from db.store import anchors
from db.store.chain import Head
from db.store.clock import FixedClock
from db.store.lockfile import RecordLock, lock_path
from db.store.place import filesystem_of, is_network, require_local
from tests.helpers.record import START, create

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//srv/share /mnt/share cifs rw 0 0
/dev/sda2 /media/x ext4 rw 0 0
srv:/x /media/x cifs rw 0 0
srv:/home /mnt/two\\040words nfs4 rw 0 0
"""
HOLDER = """
import sys, time
from pathlib import Path, PureWindowsPath
from db.store.clock import SystemClock
from db.store.lockfile import RecordLock
lock = RecordLock(Path(sys.argv[1]), SystemClock())
print("held", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("folder", ["OneDrive - 华阳镇", "坚果云", "WPS云盘", "BaiduSyncdisk", "Dropbox"])
def test_a_cloud_folder_is_refused(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder / "数据"
    place.mkdir(parents=True)
    with pytest.raises(Known, match="同步盘"):
        create(place / "town.huk")
    assert list(place.iterdir()) == []


def test_a_link_to_a_share_or_a_cloud_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "坚果云").mkdir()
    (tmp_path / "档案").symlink_to(tmp_path / "坚果云")
    with pytest.raises(Known, match="同步盘"):
        require_local(tmp_path / "档案" / "town.huk")
    monkeypatch.setattr("db.store.place.is_network", lambda place: place.is_relative_to(tmp_path / "share"))
    (tmp_path / "share").mkdir()
    (tmp_path / "家").symlink_to(tmp_path / "share")
    with pytest.raises(Known, match="网络盘"):
        require_local(tmp_path / "家" / "town.huk")
    (tmp_path / "圈").symlink_to(tmp_path / "圈")
    require_local(tmp_path / "圈" / "town.huk")


def test_a_drive_of_windows_that_lies_elsewhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Kernel:
        @staticmethod
        def GetDriveTypeW(anchor: str) -> int:
            return 4 if anchor.startswith("Z") else 3

    kernel = type("Windows", (), {"kernel32": Kernel})
    monkeypatch.setattr("db.store.place.sys", type("System", (), {"platform": "win32"}))
    monkeypatch.setattr("db.store.place.ctypes", type("Types", (), {"windll": kernel}))
    assert is_network(PureWindowsPath(r"Z:\档案\town.huk"))  # type: ignore[arg-type]
    assert not is_network(PureWindowsPath(r"D:\档案\town.huk"))  # type: ignore[arg-type]
    assert is_network(PureWindowsPath(r"\\srv\share\town.huk"))  # type: ignore[arg-type]


def test_a_record_may_be_called_what_it_likes(tmp_path: Path) -> None:
    require_local(tmp_path / "onedrive.huk")


@pytest.mark.parametrize("share", ["//srv/share/town.huk", r"\\srv\share\town.huk"])
def test_a_share_is_refused(share: str) -> None:
    assert is_network(Path(share)) or not share.startswith("//")
    if share.startswith("\\"):
        assert is_network(Path("\\\\srv") / "share")


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/data/town.huk", "ext4"),
        ("/mnt/share/town.huk", "cifs"),
        ("/mnt/shared/town.huk", "ext4"),
        ("/media/x/town.huk", "cifs"),
        ("/mnt/two words/a/town.huk", "nfs4"),
    ],
)
def test_the_file_system_under_a_path(place: str, kind: str) -> None:
    assert filesystem_of(Path(place), MOUNTS) == kind


def test_the_lock_names_its_holder_and_ends_with_him(tmp_path: Path) -> None:
    path = tmp_path / "town.huk"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"held\n"
        with pytest.raises(Known, match=r"已被打开：电脑.+用户.+自.+起"):
            RecordLock(path, FixedClock(START))
        assert json.loads(lock_path(path).read_bytes())["pid"] == child.pid
        child.kill()
        child.wait()
    assert lock_path(path).exists()
    lock = RecordLock(path, FixedClock(START))
    assert json.loads(lock_path(path).read_bytes())["pid"] == os.getpid()
    lock.release()
    lock.release()
    assert not lock_path(path).exists()


def test_a_lock_file_that_says_nothing_still_locks(tmp_path: Path) -> None:
    path = tmp_path / "town.huk"
    lock = RecordLock(path, FixedClock(START))
    lock_path(path).write_bytes(b"")
    with pytest.raises(Known, match="另一个窗口"):
        RecordLock(path, FixedClock(START))
    lock.release()


def test_a_lock_of_another_user_names_him_or_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "town.huk"
    real = Path.open

    def only_his(self: Path, mode: str = "r", *given: object, **named: object) -> object:
        if self == lock_path(path) and "a" in mode and self.exists():
            raise PermissionError(13, "not yours")
        return real(self, mode, *given, **named)  # type: ignore[call-overload]

    his = RecordLock(path, FixedClock(START))
    monkeypatch.setattr(Path, "open", only_his)
    with pytest.raises(Known, match=r"已被打开：电脑.+用户"):
        RecordLock(path, FixedClock(START))
    his.release()
    lock_path(path).write_bytes(b"left by a crash")
    mine = RecordLock(path, FixedClock(START))
    assert json.loads(lock_path(path).read_bytes())["pid"] == os.getpid()
    mine.release()


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(Known, match="不能在"):
        RecordLock(tmp_path / "gone" / "town.huk", FixedClock(START))


def test_anchors_are_kept_for_each_record_apart(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "anchors.json"
    anchors.remember(path, "one", Head(3, "x"))
    anchors.remember(path, "two", Head(5, "y"))
    anchors.remember(path, "one", Head(4, "z"))
    assert anchors.recall(path, "one") == Head(4, "z")
    assert anchors.recall(path, "two") == Head(5, "y")
    assert anchors.recall(path, "three") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"one": 3}', b'{"one": ["x", "y", "z"]}'])
def test_damaged_anchors_are_no_anchors(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "anchors.json"
    path.write_bytes(content)
    assert anchors.recall(path, "one") is None
    anchors.remember(path, "one", Head(4, "z"))
    assert anchors.recall(path, "one") == Head(4, "z")


def test_without_a_place_nothing_is_noted() -> None:
    anchors.remember(None, "one", Head(1, "x"))
    assert anchors.recall(None, "one") is None
    assert anchors.default_path().name == "anchors.json"
