"""Papers that cover many households: an assembly, a notice, a review, an announcement, a county decision.

A batch is made once; what happens to it later (posting, late approval, lengthening, taking down) are its own events, only added.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import BatchAct, BatchKind
from db.schema.base import Base, CodeOf, Day, Moment, append_only


class BatchRow(Base):
    """One paper. ``facts`` is JSON: what the paper says beyond the columns; for a notice its counting rule and its printed list.

    All households of a paper climb the same ``ladder``.
    """

    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_kind", "kind", "village_id"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[BatchKind] = mapped_column(CodeOf(BatchKind))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    year: Mapped[int] = mapped_column(Integer)
    ordinal: Mapped[int] = mapped_column(Integer)
    label: Mapped[str]
    dated: Mapped[date] = mapped_column(Day)
    facts: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    ladder: Mapped[str] = mapped_column(default="identification", server_default="identification")


class BatchEventRow(Base):
    """One thing that happened to a batch. ``place`` is 村委会 or a group's name for postings."""

    __tablename__ = "batch_event"
    __table_args__ = (Index("ix_batch_event_batch", "batch_id", "id"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    act: Mapped[BatchAct] = mapped_column(CodeOf(BatchAct))
    place: Mapped[str]
    acted_on: Mapped[date] = mapped_column(Day)
    entered_at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    photo_sha: Mapped[str] = mapped_column(default="")
    facts: Mapped[str] = mapped_column(default="{}")


class GateRow(Base):
    """The period that follows from a batch's postings, copied for lists; written with every event of the batch."""

    __tablename__ = "gate"

    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    first: Mapped[date | None] = mapped_column(Day)
    last: Mapped[date | None] = mapped_column(Day)
    decide_from: Mapped[date | None] = mapped_column(Day)
    waits: Mapped[str]
    late: Mapped[int] = mapped_column(Integer)
    down: Mapped[bool]
