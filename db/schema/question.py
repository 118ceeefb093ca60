"""要个数: questions that were kept, to be asked again with one key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Moment


class Question(Base):
    """One question: its name and, as JSON, what it asks for and which columns its list shows. ``until`` is when it was put away."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    until: Mapped[datetime | None] = mapped_column(Moment)
