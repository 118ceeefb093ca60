"""Connections to one encrypted record: the key first, then the settings every connection must have.

The raw 256-bit key is handed to SQLCipher together with the salt; the salt is the record's uuid, so that the first sixteen bytes
of a record and of all its copies say which keys file belongs to it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlcipher3 import dbapi2

from db.errors import Known

GONE = Known(
    "档案文件打不开了，刚才的操作没有保存。",
    "请看U盘是否拔出、档案是否被移走或改名、文件夹是否只读；放回原处后再试一次，已经保存的内容都在档案里。",
)
SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)
Raw: TypeAlias = dbapi2.Connection
WRITING = "IMMEDIATE"
READING = "DEFERRED"


@dataclass(frozen=True, slots=True)
class DataKey:
    """What opens a record: 32 random bytes, and the record's uuid (32 hex digits) as the salt."""

    uuid: str
    secret: bytes = field(repr=False)

    @property
    def pragma(self) -> str:
        return f"PRAGMA key=\"x'{self.secret.hex()}{self.uuid}'\""


def header_of(record: str) -> bytes:
    """The first sixteen bytes of the record with this uuid."""
    return uuid.UUID(hex=record).bytes


def connect(path: Path, key: DataKey, *, new: bool = False) -> Raw:
    """A bare keyed connection in autocommit; the caller closes it. A wrong key shows on the first read.

    Known: the file is not there; unless it is to be ``new``, SQLite must not make an empty one in its place, as it would when a stick was
    pulled out while the record on it is open.
    """
    if not new and not path.exists():
        raise Known(GONE.text, GONE.remedy)
    raw = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        raw.execute("PRAGMA cipher_log_level=NONE")
        raw.execute(key.pragma)
    except BaseException:
        raw.close()
        raise
    return raw


def make_engine(path: Path, key: DataKey, *settings: str) -> Engine:
    """The engine of one record, with further ``settings`` for every connection; errors never show the values of a statement."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=dbapi2,
        creator=lambda: _ready(path, key, (*SETTINGS, *settings)),
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _ready(path: Path, key: DataKey, settings: Iterable[str]) -> Raw:
    raw = connect(path, key)
    try:
        for setting in settings:
            raw.execute(setting)
    except BaseException:
        raw.close()
        raise
    return raw


def _begin(connection: Connection) -> None:
    """Open the transaction ourselves: the driver's own habit commits around DDL and starts writers too late.

    Every page of a list and every search begins here, so the two statements go straight to the driver.
    """
    mode = connection.get_execution_options().get("mode", READING)
    raw: Raw = connection.connection.driver_connection
    raw.execute(f"PRAGMA query_only={'OFF' if mode == WRITING else 'ON'}")
    raw.execute(f"BEGIN {mode}")


def number(raw: Raw, sql: str) -> int:
    """The one whole number ``sql`` asks for."""
    return int(raw.execute(sql).fetchone()[0])


def word(raw: Raw, sql: str) -> str:
    """The one text ``sql`` asks for; "" when there is no row."""
    row = raw.execute(sql).fetchone()
    return "" if row is None else str(row[0])
