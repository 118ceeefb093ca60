"""Forms typed but not yet saved: they survive a crash, encrypted like everything else, and leave no trail."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Moment


class Draft(Base):
    """The content of one person's open form; ``key`` names the form and what it is about."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
