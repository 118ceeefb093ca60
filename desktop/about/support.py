"""The package a clerk may send when something went wrong: versions, the computer, counts of the record, the running log, crash reports.

Everything in it can be read before it is written. It is made of codes and counts; what could name somebody is taken out once more.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.store.figures import Figures
from db.store.files import atomic_write
from desktop.about import facts
from desktop.about.machine import Lines
from desktop.about.scrub import Scrub
from desktop.app import oplog

CRASHES = "crash.log"
_MOST = 300_000
"""Characters of one text that go along: its end, where the latest stands."""
_README = """\
这个压缩包是户有卡打包的日志，给维护人员查问题用。

里面有：程序版本、电脑和屏幕的情况、程序设置的数目、档案里各表的行数、操作记录（办了哪一步、用了多久、成没成）、差错报告。
里面没有：农户的姓名、身份证号、电话、银行卡号、地址，经办人的姓名，密码，电脑名，用户名，档案的文件名和位置。
档案本身不在里面。
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the package: its name in it, what it is, its text."""

    name: str
    told: str
    text: str

    @property
    def size(self) -> int:
        """Bytes before packing."""
        return len(self.text.encode())


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the texts are made of. ``figures`` is None while no record is open, ``fault`` what kept them from being read."""

    screens: Lines
    surroundings: Lines
    settings: Lines
    figures: Figures | None
    fault: str = ""


def parts(gathered: Gathered, logs: Path, scrub: Scrub, now: datetime) -> tuple[Part, ...]:
    """The files of a package, in the order they are shown."""
    told = (
        ("说明.txt", "这个压缩包是什么", _README),
        ("版本.txt", "程序和它所用的组件", _listed([("打包时间", f"{now:%Y-%m-%d %H:%M}"), *facts.versions()])),
        ("电脑.txt", "屏幕、字体、打印机、磁盘", _listed([*gathered.screens, *gathered.surroundings])),
        ("设置.txt", "程序设置的数目", _listed(gathered.settings)),
        ("档案.txt", "档案里的行数和校验结果，没有内容", _record(gathered)),
        (
            "操作记录.log",
            "办了哪一步、用了多久、成没成",
            "".join(_read(path) for path in oplog.files(logs)) or "（还没有）\n",
        ),
        ("差错报告.log", "程序出错的位置", _read(logs / CRASHES) or "（没有出过错）\n"),
    )
    return tuple(Part(name, what, scrub.clean(_end_of(text))) for name, what, text in told)


def write(target: Path, found: Sequence[Part], now: datetime) -> None:
    """Write the package. Known: see ``atomic_write``."""

    def fill(fresh: Path) -> None:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as package:
            for part in found:
                entry = zipfile.ZipInfo(part.name, now.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, part.text.encode())

    atomic_write(target, fill)


def proposed(now: datetime) -> str:
    """What a package is called."""
    return f"户有卡日志-{now:%Y%m%d-%H%M}.zip"


def _record(gathered: Gathered) -> str:
    found = gathered.figures
    if found is None:
        return gathered.fault or "没有登录，只能在登录以后数。\n"
    lines = [
        ("档案格式", f"第 {found.revision} 版"),
        ("大小", f"{found.size / 1e6:.1f} MB，未并入 {found.log / 1e6:.1f} MB"),
        ("在用人员", f"{found.people} 人"),
        ("备份", f"{found.backups} 份，最近 {found.last_backup:%Y-%m-%d %H:%M}" if found.last_backup else "没有"),
        ("全面校验", "没有问题" if not found.faults else f"{found.faults} 处问题（内容请在“数据体检”里看）"),
    ]
    return _listed([*lines, *((table, f"{rows} 行") for table, rows in sorted(found.rows.items()))])


def _listed(lines: Lines | tuple[tuple[str, str], ...]) -> str:
    return "".join(f"{caption}：{text}\n" for caption, text in lines)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def _end_of(text: str) -> str:
    return text if len(text) <= _MOST else text[-_MOST:].partition("\n")[2]
