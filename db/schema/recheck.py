"""回头看: rounds of looking again at registered households, and reasons kept for doubts that were looked into."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import Recheck
from db.schema.base import Base, CodeOf, Day, Moment, append_only


class RecheckRound(Base):
    """One round; ``village_id`` NULL covers the town."""

    __tablename__ = "recheck_round"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(Integer)
    label: Mapped[str]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    started_on: Mapped[date] = mapped_column(Day)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class RecheckOutcome(Base):
    """What a round found of one household; the newest row of a household counts. ``checkers`` is a JSON list of names.

    ``reason_code`` is the 七不进 item of a removal (71–77, 70), ``case_id`` the case the outcome opened.
    """

    __tablename__ = "recheck_outcome"
    __table_args__ = (Index("ix_recheck_outcome_round", "round_id", "household_id", "id"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("recheck_round.id"))
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    outcome: Mapped[Recheck] = mapped_column(CodeOf(Recheck))
    acted_on: Mapped[date] = mapped_column(Day)
    checkers: Mapped[str]
    reason_code: Mapped[str]
    reason: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class FindingReason(Base):
    """Why a doubt (W) stands as it is: the rule, whom it concerns, and what the values were when the reason was given.

    ``subject`` names the member or field, ``fingerprint`` the values judged: when they change the reason no longer counts.
    """

    __tablename__ = "finding_reason"
    __table_args__ = (Index("ix_finding_reason_household", "household_id", "rule"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    rule: Mapped[str]
    subject: Mapped[str]
    fingerprint: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
