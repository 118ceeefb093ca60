"""One program at a time on one record: a lock file beside it that says who holds it and since when.

The lock is the operating system's, so it ends with the program that held it; a file left behind by a crash is simply taken over.
"""

from __future__ import annotations

import contextlib
import getpass
import io
import json
import os
import platform
import sys
from pathlib import Path

from db.errors import Known
from db.rules.moments import moment_text
from db.store.clock import Clock

_FAR = 1 << 20
"""Windows locks bytes for readers too; this one lies beyond the text, so that the holder's name stays readable."""


def lock_path(record: Path) -> Path:
    """Where the lock of ``record`` lies."""
    return record.with_name(record.name + ".lock")


class RecordLock:
    """Held from the opening of a record to its closing."""

    def __init__(self, record: Path, clock: Clock) -> None:
        """Take the lock; Known, naming the holder, when another program has the record open."""
        self._path = lock_path(record)
        self._file = _opened(self._path, record)
        if not seize(self._file):
            self._file.close()
            raise _held(self._path, record)
        self._write(clock)

    def release(self) -> None:
        """Give the lock back; calling it twice does no harm."""
        if self._file.closed:
            return
        if sys.platform == "win32":
            self._file.close()
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
            return
        self._path.unlink(missing_ok=True)
        self._file.close()

    def _write(self, clock: Clock) -> None:
        holder = {
            "pc": platform.node(),
            "user": getpass.getuser(),
            "pid": os.getpid(),
            "since": moment_text(clock.now()),
        }
        with contextlib.suppress(OSError):
            self._file.truncate(0)
            self._file.write(json.dumps(holder, ensure_ascii=False).encode())


def _opened(path: Path, record: Path) -> io.FileIO:
    try:
        try:
            return path.open("a+b", buffering=0)
        except PermissionError:
            _clear_of_another_user(path, record)
            return path.open("a+b", buffering=0)
    except OSError as error:
        raise Known(
            f"不能在“{record.parent}”里写文件，档案打不开。", "请检查文件夹是否只读、磁盘是否已满，或换一个文件夹。"
        ) from error


def _clear_of_another_user(path: Path, record: Path) -> None:
    """Two people of one computer may share a folder: Known when the other one is at it, else what his crash left is taken away."""
    with path.open("rb", buffering=0) as file:
        if not seize(file):
            raise _held(path, record)
        path.unlink()


def _held(path: Path, record: Path) -> Known:
    return Known(f"档案“{record.name}”已被打开：{_told(path)}。", "请先在那里关闭，再打开。")


def _told(path: Path) -> str:
    try:
        holder = json.loads(path.read_bytes())
        since = str(holder["since"])[:16].replace("T", " ")
        return f"电脑{holder['pc']}，用户{holder['user']}，自{since}起"
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个窗口"


def seize(file: io.FileIO) -> bool:
    """Lock an open file until it is closed or its program ends; False when another has it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return _same_file(file)


def _same_file(file: io.FileIO) -> bool:
    """False when the file was unlinked by its former holder between our opening and locking it."""
    return os.fstat(file.fileno()).st_nlink > 0
