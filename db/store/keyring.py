"""The keys file in use: letting people in, counting wrong passwords, giving and taking away slots.

An unknown name costs the same time and gets the same sentence as a wrong password. A failure is noted before the password is
tried, so that ending the program does not save anybody from the count.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from db.errors import Known
from db.store.clock import Clock
from db.store.keys import KeyFile, Slot, purpose, recovery_purpose, save
from db.store.lockout import NONE, one_more, remaining, settled, spoken
from db.store.recovery import understood
from db.store.wrap import Cost, Wrapped, unwrap_code, unwrap_password, wrap_code, wrap_password

WRONG = "姓名或密码不正确。"
WRONG_REMEDY = "请检查大小写和输入法后再输一次。"


class WrongPassword(Known):
    """The name or the password is wrong, or too many were: nothing is damaged."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a right password or recovery code gives: the record's key, and the slot a password opened."""

    secret: bytes = field(repr=False)
    slot: Slot | None = None


Unlock: TypeAlias = Callable[["KeyRing"], Opened]
"""A way to open a keys file: ``by_password`` or ``by_code``."""


def by_password(name: str, password: str) -> Unlock:
    """Open as this person."""
    return lambda ring: ring.open(name, password)


def by_code(code: str) -> Unlock:
    """Open with the recovery code."""
    return lambda ring: ring.open_by_code(code)


class KeyRing:
    """One keys file, read once and rewritten at every change."""

    def __init__(self, path: Path, keys: KeyFile, clock: Clock, cost: Cost) -> None:
        self.path = path
        self.keys = keys
        self.cost = cost
        self._clock = clock
        self._lock = threading.RLock()

    def open(self, name: str, password: str) -> Opened:
        """The slot and the key for a right password; WrongPassword otherwise, with the delay to wait."""
        name = name.strip()
        with self._lock:
            self._refuse_while_waiting(name)
            failures = one_more(self.keys.failures.get(name), self._clock.now())
            self.update(self.keys.failed(name, failures))
            opened = self._try(name, password)
            if opened is None:
                wait = f"已连续输错{failures.count}次，请{spoken(failures.wait)}后再试。" if failures.wait else ""
                raise WrongPassword(WRONG, wait or WRONG_REMEDY)
            self.update(self.keys.failed(name, None))
            return opened

    def open_by_code(self, typed: str) -> Opened:
        """The key for the recovery code; Refused when it is mistyped, Known when it is another record's."""
        secret = unwrap_code(self.keys.recovery, understood(typed), recovery_purpose(self.keys.record))
        if secret is None:
            raise Known("这个恢复码不是这份档案的。", "请核对保险柜里恢复码上的档案名称和日期。")
        return Opened(secret)

    def slot_for(self, account: int, name: str, password: str, secret: bytes, reset: str = "") -> Slot:
        """A new slot; the caller has checked the password's strength."""
        return Slot(account, name, self.cost, self._wrap(account, password, secret), reset)

    def give(self, slot: Slot) -> None:
        """Write ``slot`` into the file; whoever had failures under this name starts afresh."""
        with self._lock:
            self.update(self.keys.with_slot(slot).failed(slot.name, None))

    def take(self, account: int) -> None:
        """Remove a person's slot, if any."""
        with self._lock:
            self.update(self.keys.without(account))

    def seen_reset(self, account: int) -> None:
        """The person has been told who reset his password."""
        with self._lock:
            slots = tuple(replace(slot, reset="") if slot.account == account else slot for slot in self.keys.slots)
            self.update(replace(self.keys, slots=slots))

    def seal_recovery(self, secret: bytes, code: bytes) -> None:
        """Put a new recovery slot in place of the old one."""
        with self._lock:
            self.update(replace(self.keys, recovery=wrap_code(secret, code, recovery_purpose(self.keys.record))))

    def update(self, keys: KeyFile) -> None:
        """Write ``keys`` and go on with them; on failure the file and this ring stay as they were."""
        if keys != self.keys:
            save(self.path, keys)
            self.keys = keys

    def _wrap(self, account: int, password: str, secret: bytes) -> Wrapped:
        return wrap_password(secret, password, purpose(self.keys.record, account), self.cost)

    def _refuse_while_waiting(self, name: str) -> None:
        now = self._clock.now()
        failures = settled(self.keys.failures.get(name), now)
        left = remaining(failures, now)
        if left > NONE and failures is not None:
            self.update(self.keys.failed(name, failures))
            raise WrongPassword("密码输错次数过多，暂时不能登录。", f"请{spoken(left)}后再试。")

    def _try(self, name: str, password: str) -> Opened | None:
        slot = self.keys.slot(name)
        if slot is None:
            stranger = Wrapped(secrets.token_bytes(16), secrets.token_bytes(12), secrets.token_bytes(48))
            unwrap_password(stranger, password, "", self.cost)
            return None
        secret = unwrap_password(slot.wrapped, password, purpose(self.keys.record, slot.account), slot.cost)
        if secret is None:
            return None
        if (self.cost.memory, self.cost.time) > (slot.cost.memory, slot.cost.time):
            # Guesses have become dearer than when the slot was made; it is never made cheaper.
            slot = replace(slot, cost=self.cost, wrapped=self._wrap(slot.account, password, secret))
            self.update(self.keys.with_slot(slot))
        return Opened(secret, slot)
