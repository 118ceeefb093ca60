"""What this copy of the program is made of and where it keeps things, as plain lines for the page 关于 and for the log."""

from __future__ import annotations

import platform
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from PySide6.QtCore import qVersion

from db.store.backup import folder_of
from db.store.library import versions as library
from db.store.revision import HEAD, PROGRAM
from desktop.about.kept import Shelf
from desktop.app.paths import data_folder, log_folder, resource

_CST = timezone(timedelta(hours=8))


def built() -> date | None:
    """The day the bundle was made; None where the program runs from its source."""
    try:
        made = resource("licences.json").stat().st_mtime
    except FileNotFoundError:
        return None
    return datetime.fromtimestamp(made, _CST).date()


def versions() -> tuple[tuple[str, str], ...]:
    """Caption and value: the program first, then what it stands on."""
    made = built()
    return (
        ("户有卡", f"{PROGRAM}，{f'{made:%Y-%m-%d} 制作' if made else '从源码运行'}"),
        ("档案格式", f"第 {int(HEAD)} 版"),
        ("Qt（窗口）", f"{qVersion()}"),
        ("Python（语言）", f"{platform.python_version()}"),
        ("SQLite / SQLCipher（档案）", " / ".join(library())),
        ("系统", f"{system()}，{platform.machine()}"),
    )


def system() -> str:
    """The system's own name of itself."""
    if sys.platform.startswith("linux"):
        try:
            return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
        except OSError:
            return f"Linux {platform.release()}"
    return f"{platform.system()} {platform.release()} {platform.version()}"


def places(record: Path | None) -> tuple[tuple[str, Path], ...]:
    """Caption and folder: where the record, its backups, the settings, the logs and kept update files lie."""
    found = [("档案", record.parent), ("备份", folder_of(record))] if record is not None else []
    return (*found, ("设置", data_folder()), ("日志", log_folder()), ("更新文件", Shelf().folder))
