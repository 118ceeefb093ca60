"""Practice records: how one is told from a township's record, and whether one is open in this process.

A record's uuid says it (RFC 9562: version 8 for practice, version 4 else). The uuid is the salt of the file's first sixteen bytes, stands
in the keys file and seals every way in, so the sign is read before any key is turned, and neither renaming nor editing takes it away.
While a practice record is open, all that is printed or written anywhere in the process carries the mark: nobody has to remember to.
"""

from __future__ import annotations

import uuid
from collections import Counter
from pathlib import Path

from db.errors import Known
from db.store.keys import keys_path, load

MARK = "演练"
WORDS = "练习台账导出，人和事都是编的，不作任何依据"
"""What every paper and workbook says of itself in small print."""
PASSWORD = "lianxi2016"
"""Of both persons, and no secret: it stands in the frame of the window. What keeps people safe is that nobody in the record lives."""
REGION = "440000"
"""A whole province and no county, before the number of everybody in a practice record and of nobody else: it tells them wherever they get to."""
INVENTED = (REGION, "441401", "440801")
"""With it the regions of a city without its county, in which nobody is registered either: the numbers of the demo's people and the samples'."""
TITLED = f"【{MARK}】"
_PREFIX = f"{MARK}_"
_PLACE, _VERSION = 12, "8"
_open: Counter[str] = Counter()


def new_uuid(practice: bool) -> str:
    """A fresh identity, 32 hex digits."""
    made = uuid.uuid4().hex
    return f"{made[:_PLACE]}{_VERSION}{made[_PLACE + 1 :]}" if practice else made


def is_practice(record: str) -> bool:
    """Whether the record with this uuid is one to practise on."""
    return record[_PLACE : _PLACE + 1] == _VERSION


def practice_file(record: Path) -> bool:
    """Whether the record at ``record`` is one, by its keys file; False where that cannot be read."""
    try:
        return is_practice(load(keys_path(record)).record)
    except Known:
        return False


def hold(record: str) -> None:
    """A record is open from now on."""
    if is_practice(record):
        _open[record] += 1


def release(record: str) -> None:
    """It was closed."""
    _open.subtract([record] if _open[record] else [])


def on() -> bool:
    """Whether a practice record is open."""
    return any(_open.values())


def titled(text: str) -> str:
    """A title or sentence that leaves the record that is open: 【演练】 before it while it is a practice record."""
    return f"{TITLED}{text}" if on() else text


def named(name: str) -> str:
    """What a file is called that leaves the record that is open: 演练_ before the name while it is a practice record."""
    return name if not on() or name.startswith(_PREFIX) else f"{_PREFIX}{name}"


def refuse_mixing(source: Path, target: Path) -> None:
    """Known when a backup of the one kind would take the place of a record of the other; nothing is changed."""
    if not keys_path(target).exists():
        return
    practised, there = practice_file(source), practice_file(target)
    if practised and not there:
        raise Known(
            f"“{source.name}”是练习台账的备份，不能换掉本镇的档案“{target.name}”。",
            "请选本镇档案的备份；档案没有改动。",
        )
    if there and not practised:
        raise Known(
            f"“{source.name}”是本镇档案的备份，不能恢复到练习台账里。",
            "请先退出练习，在本镇档案的登录页恢复；练习台账没有改动。",
        )
