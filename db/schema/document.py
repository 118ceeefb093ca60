"""文号登记: numbered papers going out and coming in. A wrong entry is made void with a reason, never removed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import Direction
from db.schema.base import Base, CodeOf, Day, Moment, append_only


class DocumentRow(Base):
    """One document: its number (华扶办〔2016〕12号), title, the other body, and the paper of the procedure it belongs to."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_number", "direction", "number"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    direction: Mapped[Direction] = mapped_column(CodeOf(Direction))
    number: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    dated: Mapped[date] = mapped_column(Day)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class DocumentVoid(Base):
    """A number entered wrongly or not used, with the reason."""

    __tablename__ = "document_void"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
