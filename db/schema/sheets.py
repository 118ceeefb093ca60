"""What is remembered of workbooks: the layouts that were explained, the files taken in, the sheets sent out to be filled.

A remembered layout may be explained anew; what was taken in or sent out is only added, and so is its undoing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.schema.base import Base, Moment, append_only


class SheetMemory(Base):
    """How the columns of one layout were explained. ``purpose`` says what for (roster, a cross-check list, a county's form),
    ``fingerprint`` is a digest of its captions, ``answers`` JSON, ``name`` what the clerk calls it."""

    __tablename__ = "sheet_memory"
    __table_args__ = (UniqueConstraint("purpose", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    fingerprint: Mapped[str]
    name: Mapped[str]
    answers: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ImportRun(Base):
    """One file taken in: what kind of file (roster, returned, pasted), its SHA-256, and ``counts``, JSON of what it came to."""

    __tablename__ = "import_run"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(index=True)
    counts: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ImportRow(Base):
    """One household a file wrote: the version before (0 for a new one) and the one it made."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("run_id", "household_id"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    before: Mapped[int] = mapped_column(Integer)
    after: Mapped[int] = mapped_column(Integer)


class ImportUndo(Base):
    """A file's taking-in undone as one step, with the reason."""

    __tablename__ = "import_undo"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), unique=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class SentSheet(Base):
    """A workbook sent out to be filled: ``token`` stands in the file and names it when it returns, ``columns`` is the JSON list of the
    keys it carries, ``village_id`` NULL means several villages."""

    __tablename__ = "sent_sheet"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    columns: Mapped[str]
    file_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class SentRow(Base):
    """One row of it: ``key`` stands in the row, ``person`` is the member's stable key ("" for the household), ``version`` what the row
    was based on, ``base`` JSON of the values as they were written."""

    __tablename__ = "sent_row"
    __table_args__ = (UniqueConstraint("sent_id", "key"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    sent_id: Mapped[int] = mapped_column(ForeignKey("sent_sheet.id"))
    key: Mapped[str]
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    person: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(Integer)
    base: Mapped[str] = mapped_column(Text)


class SentReturn(Base):
    """A sent workbook that came back: which file, and ``counts``, JSON of the cells taken, unchanged, refused, in conflict."""

    __tablename__ = "sent_return"
    __table_args__ = (Index("ix_sent_return_sent", "sent_id", "id"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    sent_id: Mapped[int] = mapped_column(ForeignKey("sent_sheet.id"))
    file_name: Mapped[str]
    sha256: Mapped[str]
    counts: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
