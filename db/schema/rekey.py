"""The second pair of eyes: a drawn sample keyed again by another person, blind, and compared afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import RekeySubject
from db.schema.base import Base, CodeOf, Moment, append_only


class RekeyRound(Base):
    """One drawing: what is keyed again, of which village (NULL is the town), how many were to draw from."""

    __tablename__ = "rekey_round"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[RekeySubject] = mapped_column(CodeOf(RekeySubject))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    pool: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class RekeyItem(Base):
    """One household of a drawing; ``event_id`` is the visit to be keyed again."""

    __tablename__ = "rekey_item"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rekey_round.id"), index=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))


class RekeyAnswer(Base):
    """What the second person keyed and how each difference was settled; both JSON."""

    __tablename__ = "rekey_answer"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("rekey_item.id"), index=True)
    content: Mapped[str]
    differences: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
