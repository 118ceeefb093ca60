"""A backup of a record nobody has open, made without a password: both files copied and the copies compared with them.

What is in it can only be proven by opening it. So this is for the moment before a program is replaced, when nobody has logged in;
a backup with a password is better and is made wherever there is one.
"""

from __future__ import annotations

import hashlib
import shutil
from datetime import timedelta
from pathlib import Path

from db.errors import Known
from db.store.backup import Backup, folder_of
from db.store.clock import Clock
from db.store.files import beside, explained, replace, require_space, sync, write_bytes
from db.store.keys import keys_path
from db.store.lockfile import RecordLock
from db.store.opening import require_pair

UNFINISHED = Known(
    "上次没有正常退出，档案里还有没理好的内容，这时不能备份。", "请先登录一次，再正常退出，然后重试；数据没有丢失。"
)
CHANGED = Known("复制出来的备份与档案不一致，没有采用。", "请检查磁盘后再试一次。")


def copy_closed(record: Path, clock: Clock) -> Backup:
    """Copy the pair at ``record`` beside its other backups, under such a name that it can be restored like them.

    Known: a half missing, in use, left without being closed, too little space, the copy differs.
    """
    require_pair(record)
    lock = RecordLock(record, clock)
    try:
        log = record.with_name(record.name + "-wal")
        if log.exists() and log.stat().st_size:
            raise Known(UNFINISHED.text, UNFINISHED.remedy)
        return _copied(record, clock)
    finally:
        lock.release()


def _copied(record: Path, clock: Clock) -> Backup:
    folder, now = folder_of(record), clock.now()
    while (target := folder / f"{record.stem}-{now:%Y%m%d-%H%M%S}.huk").exists():
        now += timedelta(seconds=1)
    fresh = beside(target)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        require_space(folder, 2 * record.stat().st_size)
        shutil.copyfile(record, fresh)
        sync(fresh)
        keys = keys_path(record).read_bytes()
        if _sha256(fresh) != _sha256(record):
            raise Known(CHANGED.text, CHANGED.remedy)
        write_bytes(keys_path(target), keys)
        sums = f"{_sha256(fresh)}  {target.name}\n{hashlib.sha256(keys).hexdigest()}  {keys_path(target).name}\n"
        write_bytes(target.with_name(target.name + ".sha256"), sums.encode())
        replace(fresh, target)
    except OSError as error:
        raise explained(error, target) from error
    finally:
        fresh.unlink(missing_ok=True)
    return Backup(target, now.replace(microsecond=0), target.stat().st_size)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
