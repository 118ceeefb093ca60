"""Households, members and incomes as frozen values: what rules judge and services hand to the desktop.

Money is yuan with two places, area is square metres with two places. None means the paper left it blank.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from db.rules.codes import (
    ApplicationKind,
    Attribute,
    Dropout,
    Education,
    Ethnicity,
    Fuel,
    Health,
    HousingGrade,
    IdKind,
    Labour,
    Politics,
    PovertyCause,
    Relation,
    Relocation,
    RelocationTrouble,
    Resettlement,
    ResettlementPlace,
    Road,
    Schooling,
    Sex,
    Standard,
    Structure,
    Work,
    YesNo,
)


@dataclass(frozen=True, slots=True)
class Income:
    """A household's income sheet of one calendar year by the Guangdong layout, yuan.

    ``per_head_stated`` is what the paper says; the deciding figure is always computed from the items. The items of 财产性, 转移性收入
    and 转移性支出 are None where the paper gives the sum only; ``debt`` is 未偿还借（贷）款, which decides nothing.
    """

    year: int
    wages: Decimal | None = None
    business: Decimal | None = None
    property: Decimal | None = None
    transfer: Decimal | None = None
    business_cost: Decimal | None = None
    transfer_cost: Decimal | None = None
    per_head_stated: Decimal | None = None
    dividend: Decimal | None = None
    other_property: Decimal | None = None
    family_planning: Decimal | None = None
    low_income_benefit: Decimal | None = None
    five_guarantees: Decimal | None = None
    pension: Decimal | None = None
    ecology: Decimal | None = None
    medical_paid: Decimal | None = None
    medical_aid: Decimal | None = None
    other_transfer: Decimal | None = None
    tax: Decimal | None = None
    social_security: Decimal | None = None
    support_paid: Decimal | None = None
    other_transfer_cost: Decimal | None = None
    debt: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a household. ``id`` is None until the record has kept it.

    ``health_also`` is a second answer to 健康状况 (several may be given since 2018), ``police_proof`` the number of the proof of a
    person without any document, ``work_months`` the months of 务工 in the year, 0–12.
    """

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
    id_kind: IdKind | None = None
    police_proof: str = ""
    politics: Politics | None = None
    school: str = ""
    dropout: Dropout | None = None
    health_also: Health | None = None
    illness: str = ""
    medicated: YesNo | None = None
    work_status: Work | None = None
    work_place: str = ""
    work_months: int | None = None
    employer: str = ""
    public_post: YesNo | None = None
    soldier: YesNo | None = None
    medical_insured: YesNo | None = None
    serious_insured: YesNo | None = None
    pension_insured: YesNo | None = None
    benefits: YesNo | None = None
    commercial_insured: YesNo | None = None
    accident_insured: YesNo | None = None
    mandarin: YesNo | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Living:
    """生产生活条件, 易地搬迁 and 财产 of one household.

    Land in 亩, distances in km, areas in square metres, savings in yuan, all with two places. ``car`` counts cars as 七不进 means
    them (小汽车), ``public_pay`` names kin paid by the state and where.
    """

    arable: Decimal | None = None
    irrigated: Decimal | None = None
    woodland: Decimal | None = None
    returned_woodland: Decimal | None = None
    orchard: Decimal | None = None
    grassland: Decimal | None = None
    waters: Decimal | None = None
    farm_power: YesNo | None = None
    home_power: YesNo | None = None
    water_scarce: YesNo | None = None
    water_safe: YesNo | None = None
    broadcast: YesNo | None = None
    road_distance: Decimal | None = None
    road: Road | None = None
    toilet: YesNo | None = None
    fuel: Fuel | None = None
    cooperative: YesNo | None = None
    enterprise_led: YesNo | None = None
    leader_led: YesNo | None = None
    new_house: YesNo | None = None
    new_house_area: Decimal | None = None
    subsidised: YesNo | None = None
    town_flat: YesNo | None = None
    car: YesNo | None = None
    machinery: YesNo | None = None
    registered_business: YesNo | None = None
    employs: YesNo | None = None
    public_pay: str = ""
    savings: Decimal | None = None
    relocation: Relocation | None = None
    resettlement: Resettlement | None = None
    resettlement_place: ResettlementPlace | None = None
    relocation_trouble: RelocationTrouble | None = None


@dataclass(frozen=True, slots=True)
class Household:
    """One applying household with its members, head first, the income of the year before its application, and how it lives.

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
    application_kind: ApplicationKind | None = None
    benefit_number: str = ""
    standard: Standard | None = None
    cause_note: str = ""
    only_child: YesNo | None = None
    two_daughters: YesNo | None = None
    martyr_family: YesNo | None = None
    structure: Structure | None = None
    built_year: int | None = None
    dangerous: YesNo | None = None
    income: Income | None = None
    living: Living | None = None
    members: tuple[Member, ...] = field(default=())
    id: int | None = None
    version: int = 0

    @property
    def named(self) -> str:
        """How sentences call the household: 华南村第三组 廖某明户."""
        return f"{self.village}{self.group} {self.head_name}户"

    @property
    def size(self) -> int:
        """家庭人口: the number of live member rows (R09)."""
        return len(self.members)
