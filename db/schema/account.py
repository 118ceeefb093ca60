"""The people who work with the record: their names and what they may do.

No secret is kept here; passwords only open the key slots beside the record. An account is never removed, because it has signed.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import Role
from db.schema.base import Base, CodeOf, Moment, Trigger, with_triggers

_SAME_PERSON = Trigger(
    "account_same_person",
    "CREATE TRIGGER account_same_person BEFORE UPDATE OF id, name, role, since ON account "
    "BEGIN SELECT RAISE(ABORT, 'an account keeps its person and role'); END",
)


class Account(Base):
    """One person of the office, with the one role this account has; only ``active`` and ``until`` ever change."""

    __tablename__ = "account"
    __table_args__ = (with_triggers(_SAME_PERSON),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[Role] = mapped_column(CodeOf(Role))
    active: Mapped[bool] = mapped_column(Boolean)
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime | None] = mapped_column(Moment)
