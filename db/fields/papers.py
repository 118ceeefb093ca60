"""On which papers a field is printed: what the clerk types once and where it then stands.

A table of facts about `db.papers`, by the name each paper is called in the office; tests print every paper with marked values and hold
the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from db.fields import household as own
from db.fields import income as money
from db.fields import living as home
from db.fields import member as person
from db.fields.base import Field

APPLICATION = "贫困户申请书"
VISIT = "入户核实表"
SHEET = "收入核算表"
PEOPLE = "家庭成员表"
REGISTER = "贫困户登记表"
CARD = "户卡"

ON_PAPER: Mapping[str, tuple[Field, ...]] = {
    APPLICATION: (
        own.VILLAGE, own.GROUP, own.HEAD_NAME, own.HEAD_SEX, own.HEAD_ID, own.ATTRIBUTE, own.MAIN_CAUSE,
        own.OTHER_CAUSE_1, own.OTHER_CAUSE_2, own.HOUSING_AREA, own.HOUSING_GRADE, own.PHONE, own.ADDRESS, own.APPLIED_ON,
        own.REASON, own.APPLICATION_KIND, own.BENEFIT_NUMBER, own.STRUCTURE, own.BUILT_YEAR, person.NAME, person.SEX,
        person.ID_NUMBER, person.RELATION, person.ETHNICITY, person.SCHOOLING, person.HEALTH, person.LABOUR,
    ),
    VISIT: (
        own.VILLAGE, own.GROUP, own.HEAD_NAME, own.HOUSING_AREA, own.HOUSING_GRADE, own.STRUCTURE, own.BUILT_YEAR,
        person.NAME, person.RELATION, person.HEALTH, person.DISABILITY, person.LABOUR, person.HEALTH_ALSO, person.ILLNESS,
        person.MEDICATED, money.WAGES, money.BUSINESS, money.PROPERTY, money.TRANSFER, money.BUSINESS_COST,
        money.TRANSFER_COST, home.FARM_POWER, home.HOME_POWER, home.WATER_SCARCE, home.WATER_SAFE, home.ROAD_DISTANCE,
        home.ROAD, home.TOILET, home.FUEL, home.NEW_HOUSE, home.NEW_HOUSE_AREA, home.SUBSIDISED, home.TOWN_FLAT, home.CAR,
        home.MACHINERY, home.REGISTERED_BUSINESS, home.EMPLOYS, home.PUBLIC_PAY, home.SAVINGS,
    ),
    SHEET: (
        own.VILLAGE, own.GROUP, own.HEAD_NAME, own.APPLIED_ON, money.WAGES, money.BUSINESS, money.PROPERTY,
        money.TRANSFER, money.BUSINESS_COST, money.TRANSFER_COST, money.DIVIDEND, money.OTHER_PROPERTY,
        money.FAMILY_PLANNING, money.LOW_INCOME_BENEFIT, money.FIVE_GUARANTEES, money.PENSION, money.ECOLOGY,
        money.MEDICAL_PAID, money.MEDICAL_AID, money.OTHER_TRANSFER, money.TAX, money.SOCIAL_SECURITY, money.SUPPORT_PAID,
        money.OTHER_TRANSFER_COST, money.DEBT,
    ),
    PEOPLE: (
        own.VILLAGE, own.GROUP, own.HEAD_NAME, own.APPLIED_ON, person.NAME, person.SEX, person.ID_NUMBER, person.RELATION,
        person.ETHNICITY, person.EDUCATION, person.SCHOOLING, person.HEALTH, person.DISABILITY, person.LABOUR,
        person.ID_KIND, person.POLICE_PROOF, person.POLITICS, person.SCHOOL, person.DROPOUT, person.HEALTH_ALSO,
        person.ILLNESS, person.MEDICATED, person.WORK_STATUS, person.WORK_PLACE, person.WORK_MONTHS, person.EMPLOYER,
        person.PUBLIC_POST, person.SOLDIER, person.MEDICAL, person.SERIOUS, person.PENSION, person.BENEFITS,
        person.COMMERCIAL, person.ACCIDENT, person.MANDARIN,
    ),
    REGISTER: (
        own.VILLAGE, own.GROUP, own.HEAD_NAME, own.ATTRIBUTE, own.ABLE, own.MAIN_CAUSE, own.OTHER_CAUSE_1,
        own.OTHER_CAUSE_2, own.HOUSING_AREA, own.HOUSING_GRADE, own.PHONE, own.BANK, own.BANK_CARD, own.ADDRESS,
        own.APPLIED_ON, own.BENEFIT_NUMBER, own.STANDARD, own.CAUSE_NOTE, own.ONLY_CHILD, own.TWO_DAUGHTERS,
        own.MARTYR_FAMILY, own.STRUCTURE, own.BUILT_YEAR, own.DANGEROUS, person.NAME, person.SEX, person.ID_NUMBER,
        person.RELATION, person.EDUCATION, person.SCHOOLING, person.HEALTH, person.LABOUR, person.POLICE_PROOF,
        person.HEALTH_ALSO, money.WAGES, money.BUSINESS, money.PROPERTY, money.TRANSFER, money.BUSINESS_COST,
        money.DIVIDEND, money.OTHER_PROPERTY, money.FAMILY_PLANNING, money.LOW_INCOME_BENEFIT, money.FIVE_GUARANTEES,
        money.PENSION, money.ECOLOGY, money.OTHER_TRANSFER, home.ARABLE, home.IRRIGATED, home.WOODLAND,
        home.RETURNED_WOODLAND, home.ORCHARD, home.GRASSLAND, home.WATERS, home.FARM_POWER, home.HOME_POWER,
        home.WATER_SCARCE, home.WATER_SAFE, home.BROADCAST, home.ROAD_DISTANCE, home.ROAD, home.TOILET, home.FUEL,
        home.COOPERATIVE, home.ENTERPRISE_LED, home.LEADER_LED, home.RELOCATION, home.RESETTLEMENT,
        home.RESETTLEMENT_PLACE, home.RELOCATION_TROUBLE,
    ),
    CARD: (
        own.VILLAGE, own.GROUP, own.HEAD_NAME, own.ATTRIBUTE, own.ABLE, own.MAIN_CAUSE, own.OTHER_CAUSE_1,
        own.OTHER_CAUSE_2, own.HOUSING_AREA, own.HOUSING_GRADE, own.PHONE, own.ADDRESS, own.STANDARD, person.NAME,
        person.SEX, person.ID_NUMBER, person.RELATION, person.EDUCATION, person.SCHOOLING, person.HEALTH, person.LABOUR,
        money.WAGES, money.BUSINESS, money.PROPERTY, money.TRANSFER, money.BUSINESS_COST, money.TRANSFER_COST,
    ),
}  # fmt: skip
"""The papers of one household in the order of the work; lists of a village name it by head, group and number of people only."""


@cache
def papers_of(field: Field) -> tuple[str, ...]:
    """The papers a field is printed on, in the order of the work; none for what only the record keeps."""
    return tuple(paper for paper, fields in ON_PAPER.items() if field in fields)
