"""The closed months as the record keeps them: who closed which month under which receipt, and the ledger each closing froze.

A frozen ledger is only given out when its text still has the hash it was closed with.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from db.errors import Known
from db.rules.counts import Count
from db.rules.monthclose import Frozen, Month
from db.rules.monthfile import text_of, value_of
from db.schema.account import Account
from db.schema.closing import MonthClose, MonthUnlock
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A closing opened again: when, by whom, with whom, and why."""

    at: datetime
    actor: str
    second: str
    reason: str


@dataclass(frozen=True, slots=True)
class Close:
    """One closing: its receipt number, who closed and who confirmed, the hash of what was frozen; ``unlocked`` when it counts no more."""

    id: int
    month: Month
    number: str
    at: datetime
    actor: str
    second: str
    sha256: str
    counted: Count
    unlocked: Unlocked | None = None


def closes(unit: Unit) -> tuple[Close, ...]:
    """Every closing, oldest first, those unlocked since among them; one query, without what they froze."""
    c, u = MonthClose, MonthUnlock
    actor, second, opener, beside = (aliased(Account) for _ in range(4))
    query = (
        select(
            c.id, c.year, c.month, c.number, c.at, actor.name, second.name, c.sha256, c.households, c.persons, u.at, opener.name,
            beside.name, u.reason,
        )
        .join(actor, actor.id == c.actor_id)
        .join(second, second.id == c.second_id)
        .outerjoin(u, u.close_id == c.id)
        .outerjoin(opener, opener.id == u.actor_id)
        .outerjoin(beside, beside.id == u.second_id)
        .order_by(c.id)
    )  # fmt: skip
    return tuple(
        Close(
            row[0], (row[1], row[2]), row[3], row[4], row[5], row[6], row[7], Count(row[8], row[9]),
            Unlocked(row[10], row[11], row[12], row[13]) if row[10] is not None else None,
        )
        for row in unit.session.execute(query)
    )  # fmt: skip


def standing(unit: Unit) -> dict[Month, Close]:
    """The closed months with the closing that counts."""
    return {one.month: one for one in closes(unit) if one.unlocked is None}


def of_month(unit: Unit, month: Month) -> Close | None:
    """The closing of a month that counts; None while it is open."""
    return standing(unit).get(month)


def newest_before(closed: Mapping[Month, Close], month: Month) -> Close | None:
    """The newest of the closed months before a month."""
    return max((one for of, one in closed.items() if of < month), key=lambda one: one.month, default=None)


def frozen(unit: Unit, close: Close) -> Frozen:
    """What a closing froze. Known when the text has not the hash it was closed with, or a newer program wrote it."""
    payload = unit.session.scalar(select(MonthClose.payload).where(MonthClose.id == close.id)) or ""
    try:
        text = zlib.decompress(base64.b64decode(payload, validate=True))
    except (ValueError, zlib.error):
        raise _damaged(close) from None
    if hashlib.sha256(text).hexdigest() != close.sha256:
        raise _damaged(close)
    return value_of(Frozen, text.decode())


@dataclass(frozen=True, slots=True)
class Sealed:
    """A ledger as it will be kept: ``payload`` is its canonical text, compressed and in base64, ``sha256`` the hash of that text."""

    what: Frozen
    sha256: str
    payload: str


def seal(what: Frozen) -> Sealed:
    """Put a frozen ledger into the text that is kept; nothing is written."""
    text = text_of(what).encode()
    payload = base64.b64encode(zlib.compress(text, 6)).decode()
    return Sealed(what, hashlib.sha256(text).hexdigest(), payload)


def keep(unit: Unit, sealed: Sealed, others: Sequence[int]) -> int:
    """Keep a sealed ledger; ``others`` are who acts and who confirms. Returns the closing's id."""
    ledger, counted = sealed.what.ledger, sealed.what.ledger.total.closing
    actor_id, second_id = others
    row = MonthClose(
        year=ledger.year,
        month=ledger.month,
        number=ledger.receipt,
        at=ledger.closed_at,
        actor_id=actor_id,
        second_id=second_id,
        sha256=sealed.sha256,
        households=counted.households,
        persons=counted.persons,
        payload=sealed.payload,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def _damaged(close: Close) -> Known:
    return Known(
        f"{close.number}封存的台账与月结时的校验码不符，没有采用。", "请不要再改动这个档案，用最近一次备份恢复后核对。"
    )
