"""The township itself: its names, villages, groups, options and yearly thresholds.

Options and thresholds are only added; the newest row of a key or year counts, older ones stay for what was decided with them.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import VillageAct
from db.schema.base import Base, CodeOf, Day, Fen, Moment, append_only


class Town(Base):
    """The one row that names the township."""

    __tablename__ = "town"

    id: Mapped[int] = mapped_column(primary_key=True)
    province: Mapped[str]
    city: Mapped[str]
    county: Mapped[str]
    name: Mapped[str]


class Village(Base):
    """An administrative village in the order of the town's lists; ``phone`` is its office, printed on notices.

    ``until`` is the day it was merged into another; NULL while it stands.
    """

    __tablename__ = "village"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(Integer)
    phone: Mapped[str] = mapped_column(default="")
    until: Mapped[date | None] = mapped_column(Day)


class Group(Base):
    """A villager group; ``key`` is the normalised name, so that 第三组 and 3组 are one."""

    __tablename__ = "village_group"
    __table_args__ = (UniqueConstraint("village_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    name: Mapped[str]
    key: Mapped[str]
    position: Mapped[int] = mapped_column(Integer)
    until: Mapped[date | None] = mapped_column(Day)


class VillageEvent(Base):
    """A village or group renamed or merged into another on a day; ``group_id`` is NULL when it concerns the whole village."""

    __tablename__ = "village_event"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("village_group.id"))
    act: Mapped[VillageAct] = mapped_column(CodeOf(VillageAct))
    acted_on: Mapped[date] = mapped_column(Day)
    old_name: Mapped[str]
    new_name: Mapped[str]
    other_id: Mapped[int | None] = mapped_column(Integer)
    basis: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class Option(Base):
    """One setting of the town as JSON text; valid for what begins after it was set."""

    __tablename__ = "town_option"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    value: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))


class ThresholdRow(Base):
    """A yearly line with its source document; ``index_ppm`` is the price index in millionths."""

    __tablename__ = "threshold"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str]
    amount: Mapped[Decimal] = mapped_column(Fen)
    index_ppm: Mapped[int] = mapped_column(Integer)
    source: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
