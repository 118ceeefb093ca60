"""One record, opened by one person: reading and writing it, the second person, the screen lock, and its closing.

Writers follow one another; readers never wait for them. Whatever leaves a block without an exception is on the disk, whatever
leaves it with one never happened.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import select

from db.errors import Known, Refused
from db.rules.codes import Role
from db.schema.account import Account
from db.store import anchors, people, practising
from db.store.actor import Actor, NewPerson, Person
from db.store.chain import Act, Head, holds, verify
from db.store.clock import Clock
from db.store.clockguard import CONFIRMED, LOGIN, ClockState
from db.store.creation import make_files
from db.store.engine import DataKey
from db.store.keyring import WRONG, WRONG_REMEDY, KeyRing, Opened, Unlock, WrongPassword, by_code, by_password
from db.store.keys import keys_path
from db.store.lockfile import RecordLock
from db.store.opening import NeedsUpgrade, inspect, require_current, require_pair
from db.store.unit import Unit
from db.store.units import Units
from db.store.wrap import STRONG, Cost

__all__ = ["Actor", "NeedsUpgrade", "NewPerson", "Person", "Record", "Unit", "WrongPassword"]

_ANCHOR_EVERY = 60.0
"""Seconds between two notes of the head outside the data folder; closing always notes it."""


class Record:
    """An open record. ``actor`` is the person logged in, ``warnings`` what opening found worth saying to him."""

    actor: Actor

    def __init__(self, path: Path, key: DataKey, ring: KeyRing, clock: Clock, anchored: Path | None) -> None:
        """Used by ``open``; nobody is logged in yet."""
        self.path = path
        self.keys_path = keys_path(path)
        self.uuid = key.uuid
        self.key = key
        self.ring = ring
        self.clock = clock
        self.warnings: list[str] = []
        self.units = Units(path, key, clock)
        self._file_lock: RecordLock | None = None
        self._anchors = anchored
        self._anchor = anchors.recall(anchored, key.uuid)
        self._anchored_at = clock.monotonic()
        self._vouched: set[int] = set()
        self._locked = False
        self._closed = False
        with self.units.look() as connection:
            self._same_history = self._anchor is None or holds(connection, self._anchor)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        people: Sequence[NewPerson],
        setup: Callable[[Unit], None],
        clock: Clock,
        cost: Cost = STRONG,
        anchors: Path | None = None,
        practice: bool = False,
    ) -> tuple[Record, str]:
        """Make a new record and log its first clerk in; returns it with the recovery code to print.

        ``setup`` writes the town in the same transaction; ``practice`` makes one to practise on, for good. Refused: no clerk or no reviewer, a weak password. Known: the file
        exists, the place is unfit, the disk is full; then no file is left behind.
        """
        code = make_files(path, people, setup, clock, cost, practice)
        first = next(person for person in people if person.role is Role.CLERK)
        return cls.open(path, first.name, first.password, clock=clock, cost=cost, anchors=anchors), code

    @classmethod
    def open(
        cls, path: Path, name: str, password: str, *, clock: Clock, cost: Cost = STRONG, anchors: Path | None = None
    ) -> Record:
        """Open a record and log ``name`` in.

        Known: a half missing, foreign, damaged or of a newer program, open elsewhere, on a network or cloud folder;
        NeedsUpgrade for an older one; WrongPassword, also while locked out.
        """

        def enter(record: Record, opened: Opened) -> None:
            record._enter(opened)

        return cls._opened(path, clock, cost, anchors, by_password(name, password), enter)

    @classmethod
    def recover(
        cls,
        path: Path,
        name: str,
        code: str,
        password: str,
        *,
        clock: Clock,
        cost: Cost = STRONG,
        anchors: Path | None = None,
    ) -> Record:
        """Open with the recovery code, giving ``name`` the new ``password``; said in the trail.

        Refused: the code is mistyped, the name has no account, the password is weak. Known: as ``open``.
        """

        def enter(record: Record, opened: Opened) -> None:
            record._log_in(people.regain(record, name, password))

        return cls._opened(path, clock, cost, anchors, by_code(code), enter)

    @classmethod
    def _opened(
        cls,
        path: Path,
        clock: Clock,
        cost: Cost,
        anchored: Path | None,
        unlock: Unlock,
        enter: Callable[[Record, Opened], None],
    ) -> Record:
        require_pair(path)
        lock = RecordLock(path, clock)
        try:
            ring = KeyRing(keys_path(path), require_pair(path), clock, cost)
            opened = unlock(ring)
            key = DataKey(ring.keys.record, opened.secret)
            require_current(path, inspect(path, key))
            record = cls(path, key, ring, clock, anchored)
        except BaseException:
            lock.release()
            raise
        record._file_lock = lock
        practising.hold(record.uuid)
        try:
            enter(record, opened)
        except BaseException:
            record.close()
            raise
        return record

    @property
    def clock_state(self) -> ClockState:
        """Whether the computer's date is believed."""
        return self.units.guard.state()

    @property
    def practice(self) -> bool:
        """Whether this is a record to practise on: nobody in it lives."""
        return practising.is_practice(self.uuid)

    @property
    def same_history(self) -> bool:
        """Whether the trail is the one last seen on this computer; false after an older copy was put in its place."""
        return self._same_history

    @property
    def locked(self) -> bool:
        """Whether the screen is locked; nothing new is read or written until ``unlock`` or ``switch``."""
        return self._locked

    def authenticate(self, name: str, password: str) -> Actor:
        """Check another person's password, for the acts that need two; wrong ones count as at log-in."""
        actor = self._person_of(self.ring.open(name, password))
        self._vouched.add(actor.id)
        return actor

    def lock(self) -> None:
        """Lock after idleness; work under way is finished."""
        self._locked = True

    def unlock(self, password: str) -> None:
        """The same person comes back; WrongPassword otherwise."""
        self._person_of(self.ring.open(self.actor.name, password))
        self._locked = False

    def switch(self, name: str, password: str) -> Actor:
        """Another person takes over, also when locked; whoever vouched before must do so again."""
        self._enter(self.ring.open(name, password))
        self._vouched.clear()
        self._locked = False
        return self.actor

    def people(self) -> list[Person]:
        """Everybody who has or had an account, in the order they came."""
        return people.everybody(self)

    def add_person(self, person: NewPerson, second: Actor) -> Actor:
        """Give a new person an account; one of the two who do it is a reviewer."""
        return people.add(self, person, second)

    def disable_person(self, account: int, second: Actor) -> None:
        """Take a leaver's way in; his name stays on what he signed. Refused for the last clerk or reviewer."""
        people.disable(self, account, second)

    def change_password(self, old: str, new: str) -> None:
        """The logged-in person's own password; WrongPassword when ``old`` is not his."""
        people.change(self, old, new)

    def reset_password(self, account: int, new: str, second: Actor) -> None:
        """Give somebody who forgot his password a new one; he is told who did it when he next logs in."""
        people.reset(self, account, new, second)

    def renew_recovery(self, second: Actor) -> str:
        """A new recovery code to print; the old one no longer opens this record (only its older backups)."""
        return people.renew_recovery(self, second)

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A unit that only looks; it sees the record as it was when the block began."""
        self._require_usable()
        with self.units.read(self.actor) as unit:
            yield unit

    @contextmanager
    def write(self, second: Actor | None = None) -> Iterator[Unit]:
        """A unit that writes: all of it is kept when the block ends, nothing when it raises.

        ``second`` is what ``authenticate`` returned. Known: the date is behind, the disk is full, the record is busy.
        """
        self._require_usable()
        self.units.guard.check_write()
        self._require_vouched(second)
        with self.units.write(self.actor, second) as unit:
            yield unit
        if self.clock.monotonic() - self._anchored_at > _ANCHOR_EVERY:
            self._note_head()

    def verify_chain(self) -> list[str]:
        """Every fault in the trail and the triggers, as Chinese sentences; [] when sound."""
        with self.units.look() as connection:
            return verify(connection, self.uuid, self._anchor)

    def head(self) -> Head:
        """The last link of the trail, for papers and backups."""
        return self.units.head()

    def confirm_clock(self, second: Actor, reason: str) -> None:
        """Answer for the computer's date: the reviewer when it is behind, another person when it leapt ahead."""
        state = self.clock_state
        if state is ClockState.TRUSTED:
            return
        if state is ClockState.BEHIND and second.role is not Role.REVIEWER:
            raise Refused("电脑日期早于档案记录，要由审核人确认。")
        if state is ClockState.AHEAD and second.id == self.actor.id:
            raise Refused("电脑日期跳后，要由另一人确认。")
        self._require_answer(second, reason)
        with self.units.write(self.actor, second) as unit:
            said = {"state": state.value} | self.units.guard.known(afresh=True)
            unit.link(Act(CONFIRMED, reason=reason, facts=said), trusted=True)
        self.units.guard.confirm()

    def accept_history(self, second: Actor, reason: str) -> None:
        """Go on with a trail that is not the one last seen here (a restored backup); the old head is written into it."""
        self._require_answer(second, reason)
        with self.write(second) as unit:
            lost = self._anchor or Head(0, "")
            unit.link(Act("history.accept", reason=reason, facts={"lost_seq": lost.seq, "lost_hash": lost.hash}))
        self._anchor, self._same_history = None, True
        self._note_head()

    def close(self) -> None:
        """Write everything back into the one file and let go of it; calling it twice does no harm."""
        if self._closed:
            return
        self._closed = True
        practising.release(self.uuid)
        try:
            self._note_head()
        finally:
            try:
                self.units.close()
            finally:
                if self._file_lock is not None:
                    self._file_lock.release()

    def __enter__(self) -> Record:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _enter(self, opened: Opened) -> None:
        self._log_in(self._person_of(opened))
        if opened.slot is not None and opened.slot.reset:
            self.warnings.append(f"您的密码{opened.slot.reset}，如非您本人同意，请告知审核人。")
            self.ring.seen_reset(opened.slot.account)

    def _log_in(self, actor: Actor) -> None:
        self.actor = actor
        self.warnings = []
        if not self._same_history and self._anchor is not None:
            self.warnings.append(
                f"这份档案与上次在本机使用时不同：上次留痕到第{self._anchor.seq}条（{self._anchor.short}），"
                "现在的更旧或不是同一份，请核对是否误用了旧备份。"
            )
        people.prune(self)
        if self.clock_state is not ClockState.BEHIND:
            with self.units.write(actor, None) as unit:
                unit.link(Act(LOGIN, "account", actor.id, facts=self.units.guard.known()))

    def _person_of(self, opened: Opened) -> Actor:
        account = -1 if opened.slot is None else opened.slot.account
        with self.units.look() as connection:
            row = connection.execute(select(Account.__table__).where(Account.id == account)).first()
        if row is None or not row.active or opened.secret != self.key.secret:
            raise WrongPassword(WRONG, WRONG_REMEDY)
        return Actor(row.id, row.name, row.role)

    def _require_answer(self, second: Actor, reason: str) -> None:
        self._require_usable()
        if second.id not in self._vouched:
            raise Refused("请先由确认人输入密码。")
        if not reason.strip():
            raise Refused("请写明理由。")

    def _require_usable(self) -> None:
        if self._closed:
            raise RuntimeError("the record is closed")
        if self._locked:
            raise Known("屏幕已锁定。", "请先输入密码解锁。")

    def _require_vouched(self, second: Actor | None) -> None:
        if second is None:
            return
        if second.id == self.actor.id:
            raise Refused("这一步需要两个人，第二人不能是本人。")
        if second.id not in self._vouched:
            raise Refused("请先由第二人输入密码。")

    def _note_head(self) -> None:
        """The anchor is a help: an act that is on the disk does not fail because the anchor can't be written."""
        if self._same_history and self._anchors is not None:
            with contextlib.suppress(Known, OSError):
                anchors.remember(self._anchors, self.uuid, self.head())
        self._anchored_at = self.clock.monotonic()
