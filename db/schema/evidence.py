"""Which photo or scan proves what: files of the record hung on a household, a village or a paper.

A file wrongly hung is not taken away but made void with a reason, so that what an inspection saw can be seen again.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, deferred, mapped_column

from db.rules.codes import EvidenceKind
from db.schema.base import Base, CodeOf, Day, Moment, append_only


class EvidenceRow(Base):
    """One file hung up: what it shows, of whom, where (``place`` of a posting) and when it was taken."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_household", "household_id", "kind"),
        Index("ix_evidence_batch", "batch_id"),
        Index("ix_evidence_village", "village_id", "kind"),
        append_only(),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("attachment.sha256"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(CodeOf(EvidenceKind))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    place: Mapped[str] = mapped_column(default="")
    taken_on: Mapped[date | None] = mapped_column(Day)
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class EvidenceVoid(Base):
    """A file hung on the wrong household, with the reason."""

    __tablename__ = "evidence_void"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), unique=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Thumbnail(Base):
    """A small JPEG of a photo, so that lists need not read the whole file."""

    __tablename__ = "thumbnail"

    sha256: Mapped[str] = mapped_column(ForeignKey("attachment.sha256"), primary_key=True)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
