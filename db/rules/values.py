"""Households, members and incomes as frozen values: what rules judge and services hand to the desktop.

Money is yuan with two places, area is square metres with two places. None means the paper left it blank.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

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


@dataclass(frozen=True, slots=True)
class Income:
    """A household's income sheet of one calendar year by the Guangdong layout, yuan.

    ``per_head_stated`` is what the paper says; the deciding figure is always computed from the items.
    """

    year: int
    wages: Decimal | None = None
    business: Decimal | None = None
    property: Decimal | None = None
    transfer: Decimal | None = None
    business_cost: Decimal | None = None
    transfer_cost: Decimal | None = None
    per_head_stated: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a household. ``id`` is None until the record has kept it."""

    name: str
    relation: Relation | None = None
    id_number: str = ""
    sex: Sex | None = None
    ethnicity: Ethnicity | None = None
    education: Education | None = None
    schooling: Schooling | None = None
    health: Health | None = None
    disability_number: str = ""
    labour: Labour | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """One applying household with its members, head first, and the income of the year before its application.

    ``size_stated`` and ``able_stated`` are what the paper says; the record counts the members itself.
    ``village`` and ``group`` are names; ``version`` guards against two windows saving over one another.
    """

    village: str
    group: str
    head_name: str
    head_id: str = ""
    head_sex: Sex | None = None
    size_stated: int | None = None
    able_stated: int | None = None
    attribute: Attribute | None = None
    able: YesNo | None = None
    main_cause: PovertyCause | None = None
    other_cause_1: PovertyCause | None = None
    other_cause_2: PovertyCause | None = None
    housing_area: Decimal | None = None
    housing_grade: HousingGrade | None = None
    phone: str = ""
    bank: str = ""
    bank_card: str = ""
    address: str = ""
    applied_on: date | None = None
    reason: str = ""
    remark: str = ""
    income: Income | None = None
    members: tuple[Member, ...] = field(default=())
    id: int | None = None
    version: int = 0

    @property
    def size(self) -> int:
        """家庭人口: the number of live member rows (R09)."""
        return len(self.members)
