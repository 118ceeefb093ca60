"""Backups that have been opened and checked, and the way back from one.

A backup is a pair like the record itself, with a checksum beside it; it appears under its name only when it is proven. Restoring
makes a new file first; only then does it change places with the old one, which is kept.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import Known
from db.store.check import check_file, counts
from db.store.clock import CST, Clock
from db.store.engine import GONE, DataKey, connect, number
from db.store.faults import translated
from db.store.files import beside, explained, replace, require_space, sync, write_bytes
from db.store.keyring import KeyRing, Unlock
from db.store.keys import keys_path, load
from db.store.lockfile import RecordLock
from db.store.opening import inspect, require_pair
from db.store.place import require_local
from db.store.practising import refuse_mixing
from db.store.thinning import surplus
from db.store.units import fold
from db.store.wrap import STRONG, Cost

if TYPE_CHECKING:
    from db.store.record import Record

_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})\.huk")
_STAMP = "%Y%m%d-%H%M%S"
_SIDES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on the disk: the record's half of the pair, when it was made, its size in bytes."""

    path: Path
    at: datetime
    size: int


def folder_of(record: Path) -> Path:
    """Where backups of ``record`` go unless told otherwise."""
    return record.parent / "backups"


def backup(record: Record, folder: Path | None = None) -> Backup:
    """Make and prove a backup of an open record, then remove those that are one too many. Known: disk full, copy faulty."""
    place = folder or folder_of(record.path)
    made = backup_files(record.path, record.key, place, record.clock)
    thin(place, record.path.stem, record.uuid, record.clock.now())
    return made


def backup_files(path: Path, key: DataKey, folder: Path, clock: Clock) -> Backup:
    """The same for a record at hand by its key; an earlier backup is never touched."""
    if not path.exists():
        raise Known(GONE.text, GONE.remedy)
    now = clock.now()
    while (target := folder / f"{path.stem}-{now:{_STAMP}}.huk").exists():
        now += timedelta(seconds=1)  # two within a second: the second one takes the next free name
    if folder.exists() and not folder.is_dir():
        raise Known(f"“{folder.name}”是一个文件，备份要放在同名的文件夹里，没有备份。", "请把这个文件移走再试。")
    with _tidied(target) as fresh:
        folder.mkdir(parents=True, exist_ok=True)
        require_space(folder, 3 * path.stat().st_size)
        copy(path, fresh, key)
        prove(fresh, key)
        write_bytes(keys_path(target), keys_path(path).read_bytes())
        sync(fresh)
        sums = f"{_sha256(fresh)}  {target.name}\n{_sha256(keys_path(target))}  {keys_path(target).name}\n"
        write_bytes(_sums_path(target), sums.encode())
        replace(fresh, target)
    return Backup(target, now.replace(microsecond=0), target.stat().st_size)


def copy(source: Path, fresh: Path, key: DataKey) -> None:
    """Copy a record that may be in use through SQLite, and see that no row is missing. Known: see ``faults``."""
    with translated():
        old, new = connect(source, key), connect(fresh, key, new=True)
        try:
            old.execute("PRAGMA busy_timeout=5000")
            old.execute("BEGIN")
            tables = [row[0] for row in old.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            expected = {table: number(old, f'SELECT count(*) FROM "{table}"') for table in tables}
            old.backup(new)
            found = {table: number(new, f'SELECT count(*) FROM "{table}"') for table in tables}
            old.execute("ROLLBACK")
        finally:
            old.close()
            new.close()
    if found != expected:
        raise Known("复制出来的档案行数不符，没有采用。", "请检查磁盘后再试一次。")


def prove(path: Path, key: DataKey) -> dict[str, int]:
    """Open a copy and check all of it; returns its row counts. Known, with the first fault, when it is not sound."""
    found = check_file(path, key)
    if found:
        raise Known(f"“{path.name}”校验不通过：{found[0]}", "请改用另一份备份，并把这一份留作证据。")
    result = counts(path, key)
    fold(path, key)
    return result


def backups(folder: Path, stem: str) -> list[Backup]:
    """The backups of the record called ``stem``, newest first; other files are not looked at."""
    found: list[Backup] = []
    for path in folder.glob("*.huk") if folder.is_dir() else ():
        match = _NAME.fullmatch(path.name)
        if match and match["stem"] == stem:
            at = datetime.strptime(match["at"], _STAMP).replace(tzinfo=CST)
            found.append(Backup(path, at, path.stat().st_size))
    return sorted(found, key=lambda one: one.at, reverse=True)


def thin(folder: Path, stem: str, record: str, now: datetime) -> list[Path]:
    """Remove the backups of ``record`` that are one too many; returns their names. One that can't be removed now is left for the next
    time, and so is every one of another record that is called the same: two towns on one stick, a practice record renamed."""
    kept = {one.at: one.path for one in backups(folder, stem) if _is_of(one.path, record)}
    gone = [kept[at] for at in sorted(surplus(kept, now))]
    for path in gone:
        for half in (path, keys_path(path), _sums_path(path)):
            try:
                half.unlink(missing_ok=True)
            except OSError:
                break
    return gone


def _is_of(path: Path, record: str) -> bool:
    """Whether a backup is of the record with this uuid, by its keys file."""
    try:
        return load(keys_path(path)).record == record
    except Known:
        return False


def restore(source: Path, target: Path, unlock: Unlock, *, clock: Clock, cost: Cost = STRONG) -> dict[str, int]:
    """Bring a backup back as a new pair at ``target`` and prove it; returns its row counts.

    Known: ``target`` exists, the backup is incomplete, changed, foreign or of a newer program; WrongPassword. The passwords are
    those of the day of the backup.
    """
    taken = next((half for half in (target, keys_path(target)) if half.exists()), None)
    if taken is not None:
        raise Known(f"“{taken.name}”已存在，恢复只写成新文件。", "请换一个文件名。")
    require_local(target)
    require_pair(source)
    _require_sums(source)
    with _tidied(target) as fresh:
        require_space(target.parent, 2 * source.stat().st_size)
        shutil.copyfile(source, fresh)
        shutil.copyfile(keys_path(source), keys_path(fresh))
        key = DataKey(
            require_pair(fresh).record, unlock(KeyRing(keys_path(fresh), require_pair(fresh), clock, cost)).secret
        )
        inspect(fresh, key)
        found = prove(fresh, key)
        write_bytes(keys_path(target), keys_path(source).read_bytes())
        sync(fresh)
        replace(fresh, target)
    return found


def swap_in(restored: Path, record: Path, clock: Clock) -> Path:
    """Put a restored pair in the place of ``record``, which must not be open; returns where the old one now lies.

    Known when one of the two is a practice record and the other is not.
    """
    require_pair(restored)
    refuse_mixing(restored, record)
    lock = RecordLock(record, clock)
    try:
        old = record.with_name(f"{record.stem}-换下-{clock.now():{_STAMP}}.huk")
        moves = [(part, _moved(part, record, old)) for part in _parts(record)]
        moves += [(keys_path(restored), keys_path(record)), (restored, record)]
        _move_all(moves)
    finally:
        lock.release()
    return old


def _move_all(moves: list[tuple[Path, Path]]) -> None:
    """Rename one after the other; when one fails, take the earlier ones back. Known: what the file system said."""
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            replace(source, target)
            done.append((source, target))
    except OSError as error:
        for source, target in reversed(done):
            replace(target, source)
        raise explained(error, error_path(error, moves)) from error


def error_path(error: OSError, moves: list[tuple[Path, Path]]) -> Path:
    """The file an error is about."""
    return Path(error.filename) if isinstance(error.filename, str) else moves[-1][1]


def _parts(record: Path) -> list[Path]:
    named = [record, keys_path(record), *(record.with_name(record.name + side) for side in _SIDES)]
    return [part for part in named if part.exists()]


def _moved(part: Path, record: Path, old: Path) -> Path:
    return old.with_name(old.name + part.name.removeprefix(record.name))


def _sums_path(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _require_sums(source: Path) -> None:
    """The checksums are a help against silent damage, not a seal; a backup without them is proven by opening."""
    sums = _sums_path(source)
    if not sums.exists():
        return
    expected = sums.read_text(encoding="utf-8").split()[::2]
    if expected != [_sha256(source), _sha256(keys_path(source))]:
        raise Known(f"备份“{source.name}”与它的校验值不符，可能已损坏或被改动。", "请改用另一份备份。")


@contextmanager
def _tidied(target: Path) -> Iterator[Path]:
    """A hidden name to work under; whatever fails, no half of ``target`` and nothing hidden is left."""
    fresh = beside(target)
    try:
        yield fresh
    except BaseException as error:
        if not target.exists():
            for half in (keys_path(target), _sums_path(target)):
                half.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise explained(error, target) from error
        raise
    finally:
        for rest in (fresh, keys_path(fresh), *(fresh.with_name(fresh.name + side) for side in _SIDES)):
            rest.unlink(missing_ok=True)
