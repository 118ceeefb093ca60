"""Transactions on one open record: many readers, one writer at a time, each on its own connection."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.errors import Known
from db.store.actor import Actor
from db.store.chain import Head, head
from db.store.clock import Clock
from db.store.clockguard import ClockGuard, newest_mark
from db.store.engine import READING, WRITING, DataKey, connect, make_engine
from db.store.faults import translated
from db.store.seal import Seals
from db.store.unit import Unit


class Units:
    """Hands out units until it is closed; ``guard`` judges the clock they carry."""

    def __init__(self, path: Path, key: DataKey, clock: Clock) -> None:
        self._path = path
        self._key = key
        self._clock = clock
        self._engine = make_engine(path, key)
        self._reading = self._engine.execution_options(mode=READING)
        self._writing = self._engine.execution_options(mode=WRITING)
        self._lock = threading.Lock()
        self._writer: int | None = None
        try:
            with self.look() as connection:
                self.guard = ClockGuard(clock, newest_mark(connection))
        except BaseException:
            self._engine.dispose()
            raise

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """A reading connection without a person, as log-in needs it."""
        with translated(reading=True), self._reading.connect() as connection:
            yield connection

    @contextmanager
    def read(self, actor: Actor) -> Iterator[Unit]:
        """A unit that sees the record as it was when the block began; writing in it is an error."""
        with translated(reading=True), Session(self._reading) as session:
            session.connection()
            yield Unit(session, self._key.uuid, self._clock.now(), actor, None, self.guard)

    @contextmanager
    def write(self, actor: Actor, second: Actor | None) -> Iterator[Unit]:
        """A unit whose work is kept when the block ends and undone when it raises."""
        if self._writer == threading.get_ident():
            raise RuntimeError("a unit inside a unit")
        with self._lock:
            self._writer = threading.get_ident()
            try:
                with translated(), Session(self._writing, expire_on_commit=False) as session:
                    seals = Seals(session.connection())
                    yield Unit(session, self._key.uuid, self._clock.now(), actor, second, self.guard, seals)
                    session.commit()
            finally:
                self._writer = None

    def head(self) -> Head:
        """The last link of the trail."""
        with self.look() as connection:
            return head(connection, self._key.uuid)

    def close(self) -> None:
        """Wait for the writer, fold the write-ahead log into the one file and let go of it."""
        with self._lock:
            self._engine.dispose()
            # What can't be folded in now (a full disk) is safe in the log and folded in at the next opening.
            with contextlib.suppress(Known), translated():
                fold(self._path, self._key)


def fold(path: Path, key: DataKey) -> None:
    """Bring the write-ahead log back into the record, so that one file holds everything."""
    raw = connect(path, key)
    try:
        raw.execute("PRAGMA busy_timeout=5000")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()
