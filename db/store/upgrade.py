"""Bringing an older record to this program's schema: on a copy, with a proven backup, then swapped in.

Whatever fails on the way, the old file has not been touched and the old program still opens it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, select

from db.errors import Known
from db.schema.account import Account
from db.store.actor import Actor
from db.store.backup import Backup, backup_files, copy, folder_of, prove
from db.store.chain import Act, append
from db.store.check import row_counts
from db.store.clock import Clock
from db.store.engine import WRITING, DataKey, make_engine
from db.store.faults import translated
from db.store.files import beside, explained, replace, require_space, sync
from db.store.keyring import WRONG, WRONG_REMEDY, KeyRing, Opened, Unlock, WrongPassword
from db.store.keys import keys_path
from db.store.lockfile import RecordLock
from db.store.migrate import rows_may_change, run_migrations
from db.store.opening import inspect, require_pair
from db.store.revision import HEAD
from db.store.wrap import STRONG, Cost

REBUILDING = ("PRAGMA foreign_keys=OFF", "PRAGMA legacy_alter_table=ON")
"""A table rebuilt under a new name: its rows must not cascade away, and triggers of other tables keep meaning its old name."""


def upgrade(path: Path, unlock: Unlock, *, clock: Clock, cost: Cost = STRONG) -> Backup | None:
    """Upgrade the record at ``path``; returns the backup made first, None when it is of this revision already.

    ``unlock`` must be a person's password, as the trail names who did it. Known: as ``Record.open``, too little space, or the
    upgraded copy failed its checks.
    """
    require_pair(path)
    lock = RecordLock(path, clock)
    try:
        ring = KeyRing(keys_path(path), require_pair(path), clock, cost)
        opened = unlock(ring)
        key = DataKey(ring.keys.record, opened.secret)
        revision = inspect(path, key)
        if revision == int(HEAD):
            return None
        made = backup_files(path, key, folder_of(path), clock)
        _on_a_copy(path, key, opened, revision, clock)
    finally:
        lock.release()
    return made


def _on_a_copy(path: Path, key: DataKey, opened: Opened, revision: int, clock: Clock) -> None:
    fresh = beside(path)
    try:
        require_space(path.parent, 3 * path.stat().st_size)
        copy(path, fresh, key)
        _migrate(fresh, key, opened, revision, clock)
        prove(fresh, key)
        _require_folded(path)
        sync(fresh)
        replace(fresh, path)
    except OSError as error:
        raise explained(error, path) from error
    finally:
        for end in ("", "-wal", "-shm"):
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def _migrate(fresh: Path, key: DataKey, opened: Opened, revision: int, clock: Clock) -> None:
    """All revisions, the line in the trail and the checks in one transaction, foreign keys off so that no row cascades away."""
    engine = make_engine(fresh, key, *REBUILDING)
    try:
        with translated(), engine.execution_options(mode=WRITING).connect() as connection:
            actor = _person(connection, opened)
            before = row_counts(connection)
            free = rows_may_change(connection, f"{revision:04}")
            run_migrations(connection)
            _require_rows(before, row_counts(connection), free)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise Known("升级后的数据有断开的关联，没有采用，原档案没有变化。", "请把档案和备份交给技术人员查看。")
            facts: dict[str, str | int] = {"from": revision, "to": int(HEAD)}
            append(connection, key.uuid, clock.now(), True, actor, Act("record.upgrade", facts=facts))
            connection.commit()
    finally:
        engine.dispose()


def _require_rows(before: dict[str, int], after: dict[str, int], free: set[str]) -> None:
    wrong = [table for table, rows in before.items() if table not in free and after.get(table) != rows]
    if wrong:
        raise Known(f"升级后行数不符（{wrong[0]}），没有采用，原档案没有变化。", "请把档案和备份交给技术人员查看。")


def _require_folded(path: Path) -> None:
    """A log left over from the old file would be played into the new one."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise Known("原档案还有未写完的内容，没有升级。", "请先用原来的程序打开并正常退出一次。")


def _person(connection: Connection, opened: Opened) -> Actor:
    account = -1 if opened.slot is None else opened.slot.account
    columns = (Account.id, Account.name, Account.role)
    row = connection.execute(select(*columns).where(Account.id == account, Account.active)).first()
    if row is None:
        raise WrongPassword(WRONG, WRONG_REMEDY)
    return Actor(row.id, row.name, row.role)
