"""The library a record is kept by, for who looks after the program."""

from __future__ import annotations

from sqlcipher3 import dbapi2


def versions() -> tuple[str, str]:
    """Of SQLite, and of SQLCipher which encrypts it."""
    connection = dbapi2.connect(":memory:")
    try:
        row = connection.execute("PRAGMA cipher_version").fetchone()
    finally:
        connection.close()
    return dbapi2.sqlite_version, str(row[0]) if row else ""
