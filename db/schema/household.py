"""Households, their members and their income sheets as the record holds them now, and every earlier version.

The list columns (``size``, ``head_name``, pinyin, tails) repeat what the member rows say, so that lists and search need one table.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import (
    Attribute,
    Education,
    Ethnicity,
    Health,
    HousingGrade,
    Labour,
    PovertyCause,
    Relation,
    Schooling,
    Sex,
    YesNo,
)
from db.schema.base import Base, Centi, CodeOf, Day, Fen, Moment, append_only


class HouseholdRow(Base):
    """One household. ``version`` rises with each save; ``live`` is false once the household left the record by a dated act."""

    __tablename__ = "household"
    __table_args__ = (
        Index("ix_household_list", "village_id", "group_id", "id"),
        Index("ix_household_head_py", "head_py"),
        Index("ix_household_head_name", "head_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    live: Mapped[bool] = mapped_column(Boolean)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    group_id: Mapped[int] = mapped_column(ForeignKey("village_group.id"))
    head_name: Mapped[str]
    head_py: Mapped[str]
    head_sex: Mapped[Sex | None] = mapped_column(CodeOf(Sex))
    head_id: Mapped[str]
    size: Mapped[int] = mapped_column(Integer)
    able_count: Mapped[int] = mapped_column(Integer)
    attribute: Mapped[Attribute | None] = mapped_column(CodeOf(Attribute))
    able: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    main_cause: Mapped[PovertyCause | None] = mapped_column(CodeOf(PovertyCause))
    other_cause_1: Mapped[PovertyCause | None] = mapped_column(CodeOf(PovertyCause))
    other_cause_2: Mapped[PovertyCause | None] = mapped_column(CodeOf(PovertyCause))
    housing_area: Mapped[Decimal | None] = mapped_column(Centi)
    housing_grade: Mapped[HousingGrade | None] = mapped_column(CodeOf(HousingGrade))
    phone: Mapped[str]
    phone_tail: Mapped[str] = mapped_column(index=True)
    bank: Mapped[str]
    bank_card: Mapped[str]
    address: Mapped[str]
    applied_on: Mapped[date | None] = mapped_column(Day)
    reason: Mapped[str]
    remark: Mapped[str]
    source_sha: Mapped[str] = mapped_column(default="")


class MemberRow(Base):
    """One person; ``live`` persons have an ID number found in no other live row (R03)."""

    __tablename__ = "member"
    __table_args__ = (
        Index("ix_member_household", "household_id", "position"),
        Index("ix_member_id_number", "id_number"),
        Index("ix_member_id_tail", "id_tail"),
        Index("ix_member_name", "name"),
        Index("ix_member_py", "py"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    position: Mapped[int] = mapped_column(Integer)
    live: Mapped[bool] = mapped_column(Boolean)
    name: Mapped[str]
    py: Mapped[str]
    relation: Mapped[Relation | None] = mapped_column(CodeOf(Relation))
    id_number: Mapped[str]
    id_tail: Mapped[str]
    sex: Mapped[Sex | None] = mapped_column(CodeOf(Sex))
    ethnicity: Mapped[Ethnicity | None] = mapped_column(CodeOf(Ethnicity))
    education: Mapped[Education | None] = mapped_column(CodeOf(Education))
    schooling: Mapped[Schooling | None] = mapped_column(CodeOf(Schooling))
    health: Mapped[Health | None] = mapped_column(CodeOf(Health))
    disability_number: Mapped[str]
    labour: Mapped[Labour | None] = mapped_column(CodeOf(Labour))


class IncomeRow(Base):
    """The income sheet of one household and calendar year, yuan."""

    __tablename__ = "income"
    __table_args__ = (UniqueConstraint("household_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    year: Mapped[int] = mapped_column(Integer)
    wages: Mapped[Decimal | None] = mapped_column(Fen)
    business: Mapped[Decimal | None] = mapped_column(Fen)
    property: Mapped[Decimal | None] = mapped_column(Fen)
    transfer: Mapped[Decimal | None] = mapped_column(Fen)
    business_cost: Mapped[Decimal | None] = mapped_column(Fen)
    transfer_cost: Mapped[Decimal | None] = mapped_column(Fen)
    per_head_stated: Mapped[Decimal | None] = mapped_column(Fen)


class HouseholdVersion(Base):
    """A household as it was saved once, whole, as JSON; never changed."""

    __tablename__ = "household_version"
    __table_args__ = (UniqueConstraint("household_id", "version"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    version: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    content: Mapped[str]
