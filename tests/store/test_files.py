"""Either the old file or the new one, whatever fails on the way."""

from __future__ import annotations

import errno
import os
import re
import time
from pathlib import Path

import pytest

from db.errors import Known
from db.store.files import ABANDONED, atomic_write, explained, reason, require_space, there, write_bytes


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "台账 2016-07.xlsx"
    path.write_bytes(b"old")
    return path


def untouched(target: Path) -> bool:
    return target.read_bytes() == b"old" and [p.name for p in target.parent.iterdir()] == [target.name]


def fails_at(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, code: int) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(owner, name, fail)


def test_the_new_file_takes_the_place_of_the_old(target: Path) -> None:
    seen: list[bytes] = []

    def produce(fresh: Path) -> None:
        fresh.write_bytes(b"new")

    atomic_write(target, produce, lambda fresh: seen.append(fresh.read_bytes()))
    assert target.read_bytes() == b"new"
    assert seen == [b"new"]
    assert len(list(target.parent.iterdir())) == 1


def test_the_producer_works_under_a_name_of_its_own(target: Path) -> None:
    def produce(fresh: Path) -> None:
        assert fresh.parent == target.parent
        assert target.read_bytes() == b"old"
        fresh.write_bytes(b"new")

    atomic_write(target, produce)


@pytest.mark.parametrize(
    ("code", "said"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EACCES, "没有权限"), (errno.EROFS, "没有权限"), (errno.EIO, "磁盘出错")],
)
@pytest.mark.parametrize(("owner", "name"), [(Path, "write_bytes"), (os, "fsync"), (Path, "replace")])
def test_every_failing_call_leaves_the_old_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, code: int, said: str
) -> None:
    with monkeypatch.context() as patch:
        fails_at(patch, owner, name, code)
        with pytest.raises(Known, match=said) as error:
            write_bytes(target, b"new")
    assert error.value.remedy
    assert untouched(target)


@pytest.mark.parametrize("stage", ["produce", "verify"])
def test_a_bug_in_the_producer_or_a_failed_check_leaves_the_old_file(target: Path, stage: str) -> None:
    def produce(fresh: Path) -> None:
        fresh.write_bytes(b"new")
        assert stage != "produce"

    def verify(_: Path) -> None:
        raise AssertionError

    with pytest.raises(AssertionError):
        atomic_write(target, produce, verify)
    assert untouched(target)


@pytest.mark.parametrize("mark", ["~$台账 2016-07.xlsx", ".~lock.台账 2016-07.xlsx#"])
def test_a_workbook_open_elsewhere_is_left_alone(target: Path, mark: str) -> None:
    target.with_name(mark).touch()
    with pytest.raises(Known, match="正被 Excel 或 WPS 打开"):
        write_bytes(target, b"new")
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize(("code", "tries"), [(32, 7), (33, 7), (5, 7), (87, 1)])
def test_windows_is_asked_again_only_while_somebody_holds_the_file(
    target: Path, monkeypatch: pytest.MonkeyPatch, code: int, tries: int
) -> None:
    asked: list[float] = []

    def held(*_: object) -> None:
        asked.append(0)
        error = PermissionError(errno.EACCES, "held")
        error.winerror = code  # type: ignore[attr-defined]
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", held)
        patch.setattr("db.store.files.time.sleep", lambda _: None)
        with pytest.raises(Known):
            write_bytes(target, b"new")
    assert len(asked) == tries
    assert untouched(target)


@pytest.mark.parametrize("held", [(Path, "replace"), (Path, "open")])
def test_a_virus_scanner_that_lets_go_again_is_waited_for(
    target: Path, monkeypatch: pytest.MonkeyPatch, held: tuple[type[Path], str]
) -> None:
    owner, name = held
    real, times, waited = getattr(owner, name), [0], list[float]()

    def scanned(path: Path, *given: object, **named: object) -> object:
        if ".tmp" in path.name:
            times[0] += 1
            if times[0] <= 4:
                error = PermissionError(errno.EACCES, "held")
                error.winerror = 5 if times[0] % 2 else 32  # type: ignore[attr-defined]
                raise error
        return real(path, *given, **named)

    def produced(fresh: Path) -> None:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT)
        os.write(handle, b"new")
        os.close(handle)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, scanned)
        patch.setattr("db.store.files.time.sleep", waited.append)
        atomic_write(target, produced)
    assert target.read_bytes() == b"new"
    assert 0.5 < sum(waited) < 1


def test_what_the_system_says_is_said_in_chinese() -> None:
    for code in (errno.EACCES, errno.EIO, errno.EBUSY, 9999):
        assert not re.search("[a-z]{2}", reason(OSError(code, "Some english")))


def test_a_folder_that_is_gone_is_named(tmp_path: Path) -> None:
    with pytest.raises(Known, match="不存在"):
        write_bytes(tmp_path / "gone" / "x.pdf", b"new")


def test_a_medium_that_takes_nothing_at_all_is_said(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in ((Path, "write_bytes"), (Path, "unlink")):
        fails_at(monkeypatch, owner, name, errno.EROFS)
    with pytest.raises(Known, match="没有权限"):
        write_bytes(target, b"new")
    assert untouched(target)


def test_a_name_that_is_too_long_is_said(target: Path) -> None:
    with pytest.raises(Known, match="文件名太长"):
        write_bytes(target.with_name("长" * 100 + ".xlsx"), b"new")
    assert untouched(target)


def test_a_file_in_use_by_another_program_is_told_from_missing_rights(tmp_path: Path) -> None:
    error = PermissionError(errno.EACCES, "held")
    assert "没有权限" in explained(error, tmp_path / "x.xlsx").text
    error.winerror = 32  # type: ignore[attr-defined]
    assert "Excel" in explained(error, tmp_path / "x.xlsx").text


def test_too_little_space_is_said_before_anything_is_written(tmp_path: Path) -> None:
    require_space(tmp_path, 1)
    with pytest.raises(Known, match="至少需要"):
        require_space(tmp_path, 1 << 60)


def test_what_a_killed_program_left_unfinished_is_cleared_away(target: Path) -> None:
    folder = target.parent
    old, fresh, other = (folder / name for name in (".户卡.pdf.0123abcd.tmp", ".户册.pdf.4567cdef.tmp", ".profile.tmp"))
    pictures = folder / ".一户一档-附件.89abcdef.tmp"
    pictures.mkdir()
    (pictures / "001-身份证.pdf").write_bytes(b"%PDF")
    for path in (old, fresh, other):
        path.write_bytes(b"half")
    long_ago = time.time() - ABANDONED - 60
    for path in (old, other, pictures):
        os.utime(path, (long_ago, long_ago))
    write_bytes(target, b"new")
    assert sorted(p.name for p in folder.iterdir()) == sorted([fresh.name, other.name, target.name])


def test_a_name_no_disk_takes_is_nowhere(tmp_path: Path) -> None:
    assert there(tmp_path)
    assert not there(tmp_path / "gone")
    assert not there(tmp_path / ("长" * 2000))
    assert not there(tmp_path / "a\0b")


def test_a_folder_nobody_may_look_into_is_said(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(self: Path, **_: object) -> None:
        raise PermissionError(errno.EACCES, "shut", str(self))

    monkeypatch.setattr(Path, "stat", shut)
    assert "没有权限写入" in explained(PermissionError(errno.EACCES, "shut"), target).text
