"""Households, their members and their income sheets as the record holds them now, and every earlier version.

The list columns (``size``, ``head_name``, pinyin, tails) repeat what the member rows say, so that lists and search need one table.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Boolean, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.rules.codes import (
    ApplicationKind,
    Attribute,
    ChangeKind,
    Dropout,
    Education,
    Ethnicity,
    Health,
    HousingGrade,
    IdKind,
    Labour,
    Politics,
    PovertyCause,
    Relation,
    Schooling,
    Sex,
    Standard,
    Structure,
    Work,
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
    application_kind: Mapped[ApplicationKind | None] = mapped_column(CodeOf(ApplicationKind))
    benefit_number: Mapped[str] = mapped_column(default="", server_default="")
    standard: Mapped[Standard | None] = mapped_column(CodeOf(Standard))
    cause_note: Mapped[str] = mapped_column(default="", server_default="")
    only_child: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    two_daughters: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    martyr_family: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    structure: Mapped[Structure | None] = mapped_column(CodeOf(Structure))
    built_year: Mapped[int | None] = mapped_column(Integer)
    dangerous: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))


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
    id_kind: Mapped[IdKind | None] = mapped_column(CodeOf(IdKind))
    police_proof: Mapped[str] = mapped_column(default="", server_default="")
    politics: Mapped[Politics | None] = mapped_column(CodeOf(Politics))
    school: Mapped[str] = mapped_column(default="", server_default="")
    dropout: Mapped[Dropout | None] = mapped_column(CodeOf(Dropout))
    health_also: Mapped[Health | None] = mapped_column(CodeOf(Health))
    illness: Mapped[str] = mapped_column(default="", server_default="")
    medicated: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    work_status: Mapped[Work | None] = mapped_column(CodeOf(Work))
    work_place: Mapped[str] = mapped_column(default="", server_default="")
    work_months: Mapped[int | None] = mapped_column(Integer)
    employer: Mapped[str] = mapped_column(default="", server_default="")
    public_post: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    soldier: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    medical_insured: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    serious_insured: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    pension_insured: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    benefits: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    commercial_insured: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    accident_insured: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))
    mandarin: Mapped[YesNo | None] = mapped_column(CodeOf(YesNo))


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
    dividend: Mapped[Decimal | None] = mapped_column(Fen)
    other_property: Mapped[Decimal | None] = mapped_column(Fen)
    family_planning: Mapped[Decimal | None] = mapped_column(Fen)
    low_income_benefit: Mapped[Decimal | None] = mapped_column(Fen)
    five_guarantees: Mapped[Decimal | None] = mapped_column(Fen)
    pension: Mapped[Decimal | None] = mapped_column(Fen)
    ecology: Mapped[Decimal | None] = mapped_column(Fen)
    medical_paid: Mapped[Decimal | None] = mapped_column(Fen)
    medical_aid: Mapped[Decimal | None] = mapped_column(Fen)
    other_transfer: Mapped[Decimal | None] = mapped_column(Fen)
    tax: Mapped[Decimal | None] = mapped_column(Fen)
    social_security: Mapped[Decimal | None] = mapped_column(Fen)
    support_paid: Mapped[Decimal | None] = mapped_column(Fen)
    other_transfer_cost: Mapped[Decimal | None] = mapped_column(Fen)
    debt: Mapped[Decimal | None] = mapped_column(Fen)


class HouseholdVersion(Base):
    """A household as it was saved once, whole, as JSON; never changed.

    ``effective_on`` is the day from which it was so in the village; NULL means the day of entry.
    """

    __tablename__ = "household_version"
    __table_args__ = (UniqueConstraint("household_id", "version"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    version: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    content: Mapped[str]
    effective_on: Mapped[date | None] = mapped_column(Day)


class HouseholdChange(Base):
    """One dated change of people or household: birth, death, marriage, move, split, merge, head, wrong entry.

    ``other_id`` is the household split off, merged into or moved to; ``person`` the name concerned, ``proof`` the paper that shows it,
    ``version`` the household's version after the change, ``facts`` JSON with what the step shows and the ledgers count.
    """

    __tablename__ = "household_change"
    __table_args__ = (Index("ix_household_change_household", "household_id", "id"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    kind: Mapped[ChangeKind] = mapped_column(CodeOf(ChangeKind))
    other_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    acted_on: Mapped[date] = mapped_column(Day)
    entered_at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    approver_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    person: Mapped[str]
    proof: Mapped[str]
    reason: Mapped[str]
    version: Mapped[int] = mapped_column(Integer)
    facts: Mapped[str]
