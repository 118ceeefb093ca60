"""A program ended by force in the middle of writing: the record is as before or as after, never between."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from db.errors import Known
from db.store.attachments import attach
from db.store.backup import backup, backups
from db.store.check import check
from db.store.clock import FixedClock
from db.store.keys import keys_path
from db.store.record import Record
from tests.helpers.record import CHEAP, CLERK, START, Template, copy_pair, create, reopen

ROOT = Path(__file__).parents[2]
ROWS = 200
WRITER = """
import sys
from pathlib import Path
from db.store.drafts import save_draft
from tests.helpers.record import reopen
record = reopen(Path(sys.argv[1]))
for batch in range(10_000):
    with record.write() as unit:
        for row in range({rows}):
            unit.connection.exec_driver_sql(
                "INSERT INTO draft VALUES (?, ?, '', 1)", (f"{{batch}}-{{row}}", "x" * 500))
        unit.trail("batch", entity_id=batch)
    print(batch, flush=True)
"""
STOPPED = """
import os, sys
from pathlib import Path
from db.store import {module} as module
from tests.helpers.record import REVIEWER, reopen, vouch
real, calls = {target}, [0]
def counted(*args, **kwargs):
    calls[0] += 1
    if calls[0] > int(sys.argv[2]):
        os._exit(9)
    return real(*args, **kwargs)
{target} = counted
record = reopen(Path(sys.argv[1]))
{act}
os._exit(0)
"""


@pytest.fixture
def path(template_record: Template, tmp_path: Path) -> Path:
    return copy_pair(template_record.path, tmp_path / "town.huk")


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, arguments)]


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


@pytest.mark.skipif(
    sys.platform == "win32", reason="kill -9 is not known there; the same is shown by the stopped writers"
)
@pytest.mark.parametrize("delay", [0.0, 0.004, 0.011, 0.023])
def test_killed_while_writing_it_holds_whole_batches_only(path: Path, delay: float) -> None:
    code = WRITER.format(rows=ROWS)
    with subprocess.Popen(python(code, path), stdout=subprocess.PIPE, env=environment(), cwd=ROOT) as child:
        assert child.stdout is not None
        acknowledged = [child.stdout.readline() for _ in range(3)][-1]
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        acknowledged = (child.stdout.read().splitlines() or [acknowledged])[-1]
    with reopen(path) as record:
        assert check(record) == []
        with record.read() as unit:
            rows = unit.session.scalar(text("SELECT count(*) FROM draft")) or 0
            batches = unit.session.scalar(text("SELECT count(*) FROM trail WHERE action = 'batch'")) or 0
    assert rows == batches * ROWS
    assert batches > int(acknowledged)


def test_stopped_at_any_point_of_a_change_of_password_one_of_the_two_opens(path: Path) -> None:
    act = f"record.change_password({CLERK.password!r}, 'a fresh pass-9')"
    for point in range(12):
        fresh = copy_pair(path, path.with_name(f"p{point}.huk"))
        code = STOPPED.format(module="files", target="os.fsync", act=act)
        done = subprocess.run(python(code, fresh, point), env=environment(), cwd=ROOT, check=False)
        opened = []
        for password in (CLERK.password, "a fresh pass-9"):
            with (
                contextlib.suppress(Known),
                Record.open(fresh, CLERK.name, password, clock=clock(), cost=CHEAP) as record,
            ):
                opened.append(password)
                assert record.verify_chain() == []
        assert len(opened) == 1
        if done.returncode == 0:
            break
    assert done.returncode == 0
    assert point >= 2


def clock() -> FixedClock:
    return FixedClock(START)


def test_stopped_at_any_point_of_a_backup_no_half_backup_has_a_name(path: Path) -> None:
    act = "from db.store.backup import backup; backup(record)"
    for point in range(20):
        folder = path.parent / str(point)
        folder.mkdir()
        fresh = copy_pair(path, folder / "town.huk")
        code = STOPPED.format(module="files", target="Path.replace", act=act)
        done = subprocess.run(python(code, fresh, point), env=environment(), cwd=ROOT, check=False)
        for made in backups(folder / "backups", "town"):
            reopen(made.path).close()
        reopen(fresh).close()
        if done.returncode == 0:
            break
    assert done.returncode == 0
    assert backups(folder / "backups", "town")


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of one megabyte; making one needs rights not every tester has."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if sys.platform != "linux" or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small tmpfs needs root")
    return disk


@pytest.fixture(autouse=True)
def _unmounted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    yield
    if "small_disk" in request.fixturenames:
        subprocess.run(["umount", "-l", str(tmp_path / "disk")], capture_output=True, check=False)


def fill(disk: Path, leave: int) -> None:
    """Leave about so many bytes free on ``disk``."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(b"x" * 4096)
        file.truncate(max(0, file.tell() - leave))


def test_a_full_disk_is_said_and_nothing_is_lost(template_record: Template, small_disk: Path) -> None:
    path = copy_pair(template_record.path, small_disk / "town.huk")
    record = reopen(path)
    head = record.head()
    with pytest.raises(Known, match="磁盘已满"), record.write() as unit:
        attach(unit, "a.jpg", b"\xff\xd8\xff" + os.urandom(2_000_000))
    assert record.head() == head
    with record.write() as unit:
        unit.trail("small")
    fill(small_disk, 0)
    with pytest.raises(Known, match="磁盘已满"):
        record.change_password(CLERK.password, "a fresh pass-9")
    record.close()
    (small_disk / "ballast").unlink()
    with reopen(path) as again:
        assert again.head().seq >= head.seq + 1
        assert check(again) == []


def test_a_full_disk_at_creation_leaves_no_file(small_disk: Path) -> None:
    fill(small_disk, 40_000)
    with pytest.raises(Known, match="磁盘已满"):
        create(small_disk / "town.huk")
    assert [p.name for p in small_disk.iterdir()] == ["ballast"]


def test_a_full_disk_at_backup_leaves_no_half_backup(template_record: Template, small_disk: Path) -> None:
    path = copy_pair(template_record.path, small_disk / "town.huk")
    with reopen(path) as record:
        fill(small_disk, 60_000)
        with pytest.raises(Known, match="至少需要"):
            backup(record)
        assert not list((small_disk / "backups").glob("*"))
        (small_disk / "ballast").unlink()
    reopen(path).close()
    assert keys_path(path).exists()
