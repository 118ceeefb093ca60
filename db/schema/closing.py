"""月结: months whose ledgers are frozen, and their unlocking. A month closed anew is another row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Moment, append_only


class MonthClose(Base):
    """One closing: the month, its receipt number, who closed and who confirmed. ``payload`` is the frozen ledger as canonical text,
    compressed and in base64; ``sha256`` is of that text."""

    __tablename__ = "month_close"
    __table_args__ = (Index("ix_month_close_month", "year", "month"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(Integer)
    month: Mapped[int] = mapped_column(Integer)
    number: Mapped[str] = mapped_column(unique=True)
    households: Mapped[int] = mapped_column(Integer)
    persons: Mapped[int] = mapped_column(Integer)
    sha256: Mapped[str]
    payload: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class MonthUnlock(Base):
    """A closing opened again, with the reason."""

    __tablename__ = "month_unlock"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    close_id: Mapped[int] = mapped_column(ForeignKey("month_close.id"), unique=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
