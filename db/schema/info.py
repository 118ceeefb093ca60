"""One row that says which record this is; its uuid also stands in the keys file and in the first bytes of the record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Moment, append_only


class RecordInfo(Base):
    """The record's identity, written once at its creation."""

    __tablename__ = "record_info"
    __table_args__ = (CheckConstraint("id = 1", name="single"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
