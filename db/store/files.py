"""Writing a file so that it is either the old one or the new one, whatever happens in between.

The new file grows beside the old one, is pushed to the disk, checked, and only then takes the old one's name.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db.errors import Known

WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between tries while Windows says that somebody else (a virus scanner) holds the file."""
HELD = frozenset({5, 32, 33})
ABANDONED = 12 * 3600
"""Seconds after which an unfinished file is nobody's any more: the program that wrote it was ended by force."""
_REASONS = {
    errno.EACCES: "没有权限", errno.EPERM: "没有权限", errno.EROFS: "磁盘是只读的", errno.ENOENT: "文件已不在原处",
    errno.ENOSPC: "磁盘已满", errno.EFBIG: "文件太大，这个盘放不下", errno.EIO: "读写出错", errno.ENXIO: "设备已拔出",
    errno.ENODEV: "设备已拔出", errno.ENOTCONN: "网络断开", errno.ESTALE: "网络断开", errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "名称太长", errno.ENOTDIR: "路径中有一段不是文件夹", errno.EISDIR: "它是文件夹", errno.EBUSY: "正被占用",
}  # fmt: skip
_UNFINISHED = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
_swept: set[Path] = set()


def atomic_write(path: Path, producer: Callable[[Path], None], verify: Callable[[Path], None] | None = None) -> None:
    """Let ``producer`` fill a fresh file beside ``path``, ``verify`` it, and put it in place of ``path``.

    On any failure the old file is untouched and the new one is gone. Known: disk full, folder read-only, target open elsewhere. What a
    program ended by force left unfinished in the folder, with pages of people in it, goes too.
    """
    fresh = beside(path)
    try:
        if path.exists() and office_lock(path) is not None:
            raise _held(path)
        producer(fresh)
        sync(fresh)
        if verify is not None:
            verify(fresh)
        _sweep(path.parent, fresh.stat().st_mtime)
        replace(fresh, path)
    except OSError as error:
        _drop(fresh)
        raise explained(error, path) from error
    except BaseException:
        _drop(fresh)
        raise


def _drop(fresh: Path) -> None:
    """Take away what was begun; where nothing may be written, or under a name no disk takes, nothing was."""
    with suppress(OSError):
        fresh.unlink()


def write_bytes(path: Path, content: bytes) -> None:
    """``atomic_write`` for bytes at hand."""
    atomic_write(path, lambda fresh: _fill(fresh, content))


def beside(path: Path) -> Path:
    """A name nobody uses in the folder of ``path``, hidden from the clerk's eye."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")


def _sweep(folder: Path, now: float) -> None:
    """Clear away what was left unfinished; once a folder, for a village may be printed into it file by file."""
    if folder in _swept:
        return
    _swept.add(folder)
    with suppress(OSError):
        for rest in folder.iterdir():
            if _UNFINISHED.fullmatch(rest.name) and rest.stat().st_mtime < now - ABANDONED:
                shutil.rmtree(rest) if rest.is_dir() else rest.unlink()


def sync(path: Path) -> None:
    """Push a file's bytes to the disk."""
    _patiently(lambda: _pushed(path))


def _pushed(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def replace(fresh: Path, path: Path) -> None:
    """Give ``fresh`` the name ``path``; never deletes first."""
    _patiently(lambda: fresh.replace(path))
    sync_folder(path.parent)


def _patiently(act: Callable[[], object]) -> None:
    """Wait a little for Windows' virus scanners, which look into every new file just when it is to be used."""
    for wait in (*WAITS, None):
        try:
            act()
            return
        except OSError as error:
            if wait is None or getattr(error, "winerror", None) not in HELD:
                raise
            time.sleep(wait)


def sync_folder(folder: Path) -> None:
    """Push a folder's entries to the disk, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def explained(error: OSError, path: Path) -> Known:
    """What an error of the file system means to the clerk."""
    if error.errno == errno.ENAMETOOLONG:
        return Known("文件名太长，没有写成。", "请把文件名改短一些再保存。")
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Known(f"磁盘已满，“{path.name}”没有写成，原来的文件没有变化。", "请清理磁盘空间，或换一个盘保存。")
    if getattr(error, "winerror", None) in {32, 33} or office_lock(path) is not None:
        return _held(path)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Known(
            f"没有权限写入“{path.parent}”，“{path.name}”没有写成。",
            "请确认文件没有被打开、不是只读、没有被杀毒软件拦住，或换一个文件夹。",
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return Known(f"文件夹“{path.parent}”不存在，“{path.name}”没有写成。", "请换一个文件夹。")
    return Known(f"写“{path.name}”时磁盘出错（{reason(error)}），原来的文件没有变化。", "请检查磁盘或U盘后再试。")


def reason(error: OSError) -> str:
    """What the system says, in a few Chinese words; its number where we have none."""
    return _REASONS.get(error.errno or 0) or f"错误代码 {getattr(error, 'winerror', None) or error.errno}"


def unreadable(error: OSError, path: Path) -> Known:
    """Why a file the clerk chose cannot be read, in his words."""
    if path.is_dir():
        return Known(f"读不出“{path.name}”：它是文件夹。", "请打开它，选里面的文件。")
    if error.errno == errno.ENOENT:
        return Known(
            f"读不出“{path.name}”：它已经不在原来的地方。", "请确认手机或U盘还插着、文件没有被移走，再选一次。"
        )
    if error.errno in {errno.EACCES, errno.EPERM} or getattr(error, "winerror", None) in HELD:
        return Known(f"读不出“{path.name}”：它正被别的程序占用，或者不许读取。", "请关闭占用它的程序后再选。")
    return Known(f"读不出“{path.name}”：磁盘、U盘或手机读取出错。", "请拔插一次，或先拷到电脑上再选。")


def office_lock(path: Path) -> Path | None:
    """The mark Excel, WPS or LibreOffice leaves beside a file it holds open, or None."""
    marks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    return next((mark for mark in marks if there(mark)), None)


def _held(path: Path) -> Known:
    mark = office_lock(path)
    if mark is None:
        return Known(
            f"“{path.name}”正被别的程序占用（多半是 Excel、WPS、看图或杀毒软件），没有写成，原来的文件没有变化。",
            "请关闭它，或等一会儿再试，也可以换一个文件名保存。",
        )
    return Known(
        f"“{path.name}”正被 Excel 或 WPS 打开，没有写成，原来的文件没有变化。",
        f"请先关闭它再试（若并未打开，可删去“{mark.name}”），或换一个文件名保存。",
    )


def there(path: Path) -> bool:
    """Whether there is such a file or folder; one whose name no disk takes is not."""
    try:
        path.stat()
    except (OSError, ValueError):
        return False
    return True


def require_space(folder: Path, needed: int) -> None:
    """Known when fewer than ``needed`` bytes are free where ``folder`` lies."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Known(
            f"“{folder}”所在磁盘只剩{free / 1e6:.0f} MB，至少需要{needed / 1e6:.0f} MB。", "请清理磁盘空间或换一个盘。"
        )


def _fill(fresh: Path, content: bytes) -> None:
    fresh.write_bytes(content)
