"""What is looked at before and just after the key is turned: both halves, that they belong together, and the file's version.

Every way it can fail is one sentence that names the half at fault; nothing is changed and nothing new is made.
"""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2

from db.errors import Known
from db.store.engine import DataKey, Raw, connect, header_of, number, word
from db.store.faults import DAMAGED, translated
from db.store.files import reason, there
from db.store.keys import KeyFile, keys_path, load
from db.store.place import require_local
from db.store.revision import APPLICATION_ID, HEAD

PAGE = 4096
_RESTORE = "请用“恢复备份”取回最近的一份备份。"
_STRANGERS = (  # at least two bytes each: a record begins with bytes of chance
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3\x00",
    b'{"',
    b"{\n",
    b"<?",
    b"<!",
    b"<h",
    b"<H",
    b"\xff\xd8\xff",
    b"\x89PNG",
)


class NeedsUpgrade(Known):
    """The record is of an older program and must be upgraded before it can be opened."""


def require_pair(path: Path) -> KeyFile:
    """Check that both halves are there, readable and of one record; returns the keys file's content."""
    require_local(path)
    keys = keys_path(path) if path.name else path
    if not there(path) and not there(keys):
        raise Known(f"找不到档案“{path}”。", "请确认文件没有被移动或改名。")
    if not path.exists():
        raise Known(
            f"缺少档案文件“{path.name}”，只有它的密码文件在。", f"请把两个文件放在同一文件夹；找不到时{_RESTORE}"
        )
    if path.is_dir():
        raise Known(f"“{path.name}”是文件夹，不是档案。", "请选择扩展名为 .huk 的档案文件。")
    if not keys.exists():
        _require_ours(path)
        raise Known(
            f"缺少密码文件“{keys.name}”，它应与档案“{path.name}”放在同一文件夹。",
            "请把它一起拷过来，或从备份文件夹取回同名的 .keys 文件。",
        )
    found = load(keys)
    _require_header(path, found.record)
    return found


def _require_ours(path: Path) -> None:
    """Say so at once when somebody chose a file of quite another kind: nobody has mislaid its keys."""
    if path.suffix.casefold() != ".huk" or _start(path).startswith(_STRANGERS):
        raise Known(f"“{path.name}”不是户有卡的档案。", "请选择扩展名为 .huk 的档案文件。")


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(PAGE)
    except OSError as error:
        raise Known(f"读不出档案“{path.name}”（{reason(error)}）。", "请检查磁盘和文件夹的权限。") from error


def _require_header(path: Path, record: str) -> None:
    start = _start(path)
    if not start:
        raise Known(f"档案“{path.name}”是空文件（0字节），内容已丢失。", _RESTORE)
    if not start.startswith(header_of(record)):
        if start.startswith(_STRANGERS):
            raise Known(f"“{path.name}”不是户有卡的档案。", "请选择扩展名为 .huk 的档案文件。")
        raise Known(
            f"档案“{path.name}”与旁边的密码文件不是一对，或档案开头已损坏。",
            f"请找回与这份档案一起拷贝的 .keys 文件；仍打不开时{_RESTORE}",
        )
    if len(start) < PAGE or path.stat().st_size % PAGE:
        raise Known(f"档案“{path.name}”不完整，文件被截断。", _RESTORE)


def inspect(path: Path, key: DataKey) -> int:
    """Look into the record with its key; returns its revision. Known: damaged, not a record, newer; older is no fault here."""
    unclean = path.with_name(path.name + "-wal").exists()
    with translated():
        raw = connect(path, key)
        try:
            raw.execute("PRAGMA busy_timeout=5000")
            return _inspected(path, raw, key.uuid, unclean)
        finally:
            raw.close()


def _inspected(path: Path, raw: Raw, record: str, unclean: bool) -> int:
    if number(raw, "PRAGMA application_id") != APPLICATION_ID:
        raise Known(f"“{path.name}”不是户有卡的档案。", "请选择扩展名为 .huk 的档案文件。")
    if unclean:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    if number(raw, "PRAGMA page_count") * PAGE > path.stat().st_size or (
        unclean and word(raw, "PRAGMA quick_check(1)") != "ok"
    ):
        raise Known(DAMAGED.text, DAMAGED.remedy)
    revision = _revision(raw)
    if revision > int(HEAD):
        raise Known(f"档案“{path.name}”由更新版本的程序写成，没有打开。", "请升级程序后再打开；文件没有改动。")
    if word(raw, "SELECT uuid FROM record_info") != record:
        raise Known(f"档案“{path.name}”与旁边的密码文件不是一对。", "请找回与这份档案一起拷贝的 .keys 文件。")
    return revision


def _revision(raw: Raw) -> int:
    """The higher of the two notes of the schema's revision; one that is no number is of a program we don't know."""
    try:
        text = word(raw, "SELECT version_num FROM alembic_version")
    except dbapi2.OperationalError:
        text = "0"
    named = int(text) if text.isdecimal() else int(HEAD) + 1
    return max(named, number(raw, "PRAGMA user_version"))


def require_current(path: Path, revision: int) -> None:
    """NeedsUpgrade when the record is of an older revision than this program's."""
    if revision < int(HEAD):
        raise NeedsUpgrade(f"档案“{path.name}”是旧版本的，需要先升级。", "升级前会自动备份，失败时原档案不变。")
