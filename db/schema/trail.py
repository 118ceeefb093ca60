"""The trail: who did what, when, one line after the other, each sealed with the hash of the line before.

A line is never changed or removed; triggers refuse it and the chain of hashes shows it. The payload holds field names, counts and
hashes of files, never a person's number or illness.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import Role
from db.schema.base import Base, CodeOf, Moment, Trigger, append_only

NEXT_LINK = Trigger(
    "trail_next_link",
    "CREATE TRIGGER trail_next_link BEFORE INSERT ON trail "
    "WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM trail) "
    "OR NEW.prev <> (SELECT coalesce((SELECT hash FROM trail ORDER BY seq DESC LIMIT 1), NEW.prev)) "
    "BEGIN SELECT RAISE(ABORT, 'trail: not the next link'); END",
)


class Trail(Base):
    """One act. ``mono_ok`` is false when the computer's date was in doubt; ``prev`` and ``hash`` are SHA-256 in hex."""

    __tablename__ = "trail"
    __table_args__ = (append_only(NEXT_LINK),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    mono_ok: Mapped[bool] = mapped_column(Boolean)
    actor_id: Mapped[int]
    actor_name: Mapped[str]
    role: Mapped[Role] = mapped_column(CodeOf(Role))
    pc: Mapped[str]
    app_version: Mapped[str]
    action: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)
    prev: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
