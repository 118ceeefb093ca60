"""Photos and scans, kept inside the encrypted record and named by the SHA-256 of their bytes.

A file is never replaced: a better photo is another row, and the events point to the one they used.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, deferred, mapped_column

from db.schema.base import Base, Moment, append_only


class Attachment(Base):
    """One file: its type by content (image/jpeg, image/png, application/pdf), its size in bytes, who added it."""

    __tablename__ = "attachment"
    __table_args__ = (CheckConstraint("length(content) = size", name="size"), append_only())

    sha256: Mapped[str] = mapped_column(primary_key=True)
    mime: Mapped[str]
    size: Mapped[int]
    name: Mapped[str]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[int] = mapped_column(ForeignKey("account.id"))
