"""What was typed but not saved: kept every few moments, offered after a crash, gone after saving or giving up.

Drafts leave no trail and are kept even while the screen is locked or the date is in doubt, so that nothing typed is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from db.schema.draft import Draft
from db.store.record import Record


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it was last kept; ``content`` is whatever the form wrote."""

    key: str
    content: str
    saved_at: datetime


def save_draft(record: Record, key: str, content: str) -> None:
    """Keep ``content`` for the form called ``key`` of the person logged in, in place of what was kept before."""
    with record.units.write(record.actor, None) as unit:
        unit.session.merge(Draft(key=key, content=content, saved_at=unit.now, actor_id=unit.actor.id))


def load_drafts(record: Record) -> list[Kept]:
    """The drafts of the person logged in, newest first."""
    with record.read() as unit:
        query = select(Draft).where(Draft.actor_id == unit.actor.id).order_by(Draft.saved_at.desc(), Draft.key)
        return [Kept(row.key, row.content, row.saved_at) for row in unit.session.scalars(query)]


def drop_draft(record: Record, key: str) -> None:
    """Forget a draft; no matter when there is none."""
    with record.units.write(record.actor, None) as unit:
        unit.session.execute(delete(Draft).where(Draft.key == key, Draft.actor_id == unit.actor.id))
