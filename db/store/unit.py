"""One act on the record: one transaction, one time, the people who answer for it, and its lines in the trail.

Services receive a unit and nothing else; what it holds is valid only inside the ``with`` block that gave it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from db.store.actor import Actor
from db.store.chain import Act, Head, append
from db.store.clockguard import ClockGuard, ClockState
from db.store.seal import Seals


@dataclass(frozen=True, slots=True)
class Unit:
    """``now`` is fixed for the whole act; ``second`` is the other person who gave his password, if any."""

    session: Session
    record: str
    now: datetime
    actor: Actor
    second: Actor | None
    guard: ClockGuard
    seals: Seals | None = None
    """What a writing unit seals its rows with; None in one that only looks."""

    @property
    def connection(self) -> Connection:
        """The connection this transaction runs on."""
        return self.session.connection()

    @property
    def today(self) -> date:
        """The day of the act in China."""
        return self.now.date()

    def trail(
        self, action: str, *, entity: str = "", entity_id: int | None = None, reason: str = "", **facts: str | int
    ) -> int:
        """Add a line to the trail in this transaction and return its number.

        ``facts`` are counts, field names, document numbers and hashes of files. Refused when ``reason`` holds a personal number.
        """
        return self.link(Act(action, entity, entity_id, reason, facts)).seq

    def link(self, act: Act, *, trusted: bool = False) -> Head:
        """As ``trail``, for an act already put together; ``trusted`` when the act itself answers for the date."""
        if self.seals is None:
            raise RuntimeError("a reading unit leaves no trail")
        self.session.flush()
        added: dict[str, str | int] = {**self.seals.take(self.connection)}
        if self.second is not None:
            added["second"] = self.second.id
        act = replace(act, facts={**(act.facts or {}), **added})
        trusted = trusted or self.guard.state() is ClockState.TRUSTED
        return append(self.connection, self.record, self.now, trusted, self.actor, act)

    def require_trusted_day(self) -> None:
        """Refuse (Known) what depends on today's date while the computer's date is in doubt."""
        self.guard.check_day()
