"""What SQLite says when the surroundings fail, put into one sentence and a way out.

Only failures we expect are translated; anything else goes on as it is and counts as a bug of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from db.errors import Known
from db.store.engine import GONE

DAMAGED = Known("档案文件已损坏，无法读取。", "请不要删除它，用“恢复备份”取回最近的一份备份。")
FULL = Known("磁盘已满，刚才的操作没有保存，原有数据没有变化。", "请清理磁盘空间后再试一次。")
LOCKED = Known("档案正被另一个程序占用，刚才的操作没有保存。", "请关闭其他打开它的程序，稍后再试。")
READONLY = Known("档案所在的文件夹或文件是只读的，不能保存。", "请取消只读属性，或把两个文件一起移到可写的文件夹。")
UNREADABLE = Known("读写磁盘时出错，刚才的操作没有保存。", "请检查硬盘或U盘是否接好，再试一次；仍出错请先备份。")

_BY_CODE = {
    dbapi2.SQLITE_FULL: FULL,
    dbapi2.SQLITE_BUSY: LOCKED,
    dbapi2.SQLITE_LOCKED: LOCKED,
    dbapi2.SQLITE_READONLY: READONLY,
    dbapi2.SQLITE_PERM: READONLY,
    dbapi2.SQLITE_CANTOPEN: GONE,
    dbapi2.SQLITE_IOERR: UNREADABLE,
    dbapi2.SQLITE_CORRUPT: DAMAGED,
    dbapi2.SQLITE_NOTADB: DAMAGED,
}


def known(error: BaseException) -> Known | None:
    """The sentence for an error of SQLite, or None when it is not one of the world's."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(error, dbapi2.Error) or code is None:
        return None
    found = _BY_CODE.get(code & 0xFF)
    return None if found is None else Known(found.text, found.remedy)


@contextmanager
def translated(*, reading: bool = False) -> Iterator[None]:
    """Turn SQLite's complaints about the surroundings into ``Known``; a write while ``reading`` stays what it is, a bug."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        found = known(error)
        if found is None or (reading and found.text == READONLY.text):
            raise
        raise found from error
