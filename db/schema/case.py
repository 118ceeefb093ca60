"""Cases and their events, and what follows from them for lists.

Events are append-only. ``case_state`` is a copy of the derived state, written in the same transaction as the event, so that lists and
counts are one query; the record's check derives it anew and compares.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.case import OWN_WORK, Kind, Status
from db.rules.codes import Role
from db.rules.procedure import Step
from db.schema.base import Base, CodeOf, Day, Moment, Trigger, append_only

_OWN_WORK = ", ".join(f"'{kind.value}'" for kind in OWN_WORK)
_REVIEWER_ONLY = Trigger(
    "event_reviewer_entered_nothing",
    "CREATE TRIGGER event_reviewer_entered_nothing BEFORE INSERT ON event WHEN NEW.kind = 'reviewed' AND "
    "(EXISTS (SELECT 1 FROM event WHERE case_id = NEW.case_id AND actor_id = NEW.actor_id "
    f"AND kind IN ({_OWN_WORK})) "
    f"OR NOT EXISTS (SELECT 1 FROM account WHERE id = NEW.actor_id AND role = '{Role.REVIEWER.value}')) "
    "BEGIN SELECT RAISE(ABORT, 'reviewer entered a step of this case'); END",
)


class CaseRow(Base):
    """One household climbing one ladder in one year."""

    __tablename__ = "case_file"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"), index=True)
    ladder: Mapped[str]
    year: Mapped[int] = mapped_column(Integer)
    number: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(Moment)


class EventRow(Base):
    """One act on one case; ``facts`` is JSON, ``undoes`` a JSON list of event ids a correction makes void."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_case", "case_id", "id"), append_only(_REVIEWER_ONLY))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    kind: Mapped[Kind] = mapped_column(CodeOf(Kind))
    acted_on: Mapped[date] = mapped_column(Day)
    entered_at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"), index=True)
    bulk: Mapped[bool] = mapped_column(Boolean)
    undoes: Mapped[str]
    facts: Mapped[str]


class StateRow(Base):
    """The derived state of a case: the step it stands at, how, why, and the gate it hangs on.

    ``current`` marks the one case of a household that lists show; the others stay readable behind it.
    """

    __tablename__ = "case_state"
    __table_args__ = (Index("ix_case_state_step", "step", "status"),)

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    step: Mapped[Step | None] = mapped_column(CodeOf(Step))
    status: Mapped[Status] = mapped_column(CodeOf(Status))
    why: Mapped[str]
    gate_id: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    objections: Mapped[int] = mapped_column(Integer)
    since: Mapped[date] = mapped_column(Day)
    registered_on: Mapped[date | None] = mapped_column(Day)
    card_number: Mapped[str] = mapped_column(index=True)
    current: Mapped[bool] = mapped_column(Boolean, default=True, server_default="1")
