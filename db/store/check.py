"""Whether a record is sound: its pages, its references, its trail, its files. Every fault is one Chinese sentence."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from db.store import chain
from db.store.engine import READING, DataKey, make_engine
from db.store.faults import translated
from db.store.revision import HEAD

if TYPE_CHECKING:
    from db.store.record import Record

_MOST = 20
"""Faults of one kind that are told one by one."""


def check(record: Record) -> list[str]:
    """Look at everything in an open record; [] when it is sound. Takes seconds on a large one."""
    with record.units.look() as connection:
        return [*_of_pages(connection), *_of_files(connection), *record.verify_chain()]


def check_file(path: Path, key: DataKey) -> list[str]:
    """The same for a copy that is not in use (a backup, an upgraded copy); Known when it can't be read at all."""
    engine = make_engine(path, key)
    try:
        with translated(), engine.execution_options(mode=READING).connect() as connection:
            return [*_of_pages(connection), *_of_files(connection), *_of_trail(connection, key.uuid)]
    finally:
        engine.dispose()


def counts(path: Path, key: DataKey) -> dict[str, int]:
    """Rows in every table of a copy that is not in use."""
    engine = make_engine(path, key)
    try:
        with translated(), engine.execution_options(mode=READING).connect() as connection:
            return row_counts(connection)
    finally:
        engine.dispose()


def row_counts(connection: Connection) -> dict[str, int]:
    """Rows in every table."""
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    names = connection.exec_driver_sql(sql).scalars().all()
    return {name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one() for name in names}


def _of_pages(connection: Connection) -> list[str]:
    pages = connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalars().all()
    found = [f"数据页校验不符：{text}。" for text in pages[:_MOST]]
    rows = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})").scalars().all()
    found += [f"数据结构损坏：{text}。" for text in rows if text != "ok"]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return found + [f"{row[0]} 表第{row[1]}行指向不存在的 {row[2]}。" for row in broken[:_MOST]]


def _of_files(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("SELECT sha256, name, CAST(content AS BLOB) FROM attachment").yield_per(10)
    return [
        f"附件“{name}”内容被改。" for sha256, name, content in rows if hashlib.sha256(content).hexdigest() != sha256
    ]


def _of_trail(connection: Connection, record: str) -> list[str]:
    """An older copy has the triggers of its own time, so only its links are looked at."""
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return chain.verify(connection, record) if revision == HEAD else chain.verify_links(connection, record)
