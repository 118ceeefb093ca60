"""外部比对: lists of other departments, whom of ours they name, and what was said to each hit."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import CrossKind, CrossMatch, CrossOutcome
from db.schema.base import Base, CodeOf, Day, Moment, append_only


class CrossList(Base):
    """One list taken in: what it lists, of which office, as of which day, how many rows it had; the rows that name nobody of ours are
    not kept."""

    __tablename__ = "cross_list"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CrossKind] = mapped_column(CodeOf(CrossKind))
    office: Mapped[str]
    dated: Mapped[date] = mapped_column(Day)
    file_name: Mapped[str]
    sha256: Mapped[str]
    rows: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class CrossHit(Base):
    """One row of a list that names a person of ours, or one of ours a list should have named: by what it was matched, where it stands in
    the file, and ``facts``, JSON of its other cells as they read."""

    __tablename__ = "cross_hit"
    __table_args__ = (
        Index("ix_cross_hit_household", "household_id"),
        Index("ix_cross_hit_list", "list_id"),
        append_only(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    list_id: Mapped[int] = mapped_column(ForeignKey("cross_list.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    person: Mapped[str]
    name: Mapped[str]
    match: Mapped[CrossMatch] = mapped_column(CodeOf(CrossMatch))
    place: Mapped[str]
    facts: Mapped[str]


class CrossAnswer(Base):
    """What was found out about a hit; the newest counts. ``attachments`` is a JSON list of SHA-256 of kept files."""

    __tablename__ = "cross_answer"
    __table_args__ = (Index("ix_cross_answer_hit", "hit_id", "id"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    hit_id: Mapped[int] = mapped_column(ForeignKey("cross_hit.id"))
    outcome: Mapped[CrossOutcome] = mapped_column(CodeOf(CrossOutcome))
    explanation: Mapped[str]
    attachments: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
