"""A sound household for tests of the rules: as the application states it, and with the whole record filled in. Nobody of them lives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from db.rules.codes import (
    Attribute,
    Education,
    Ethnicity,
    Health,
    HousingGrade,
    Labour,
    Politics,
    PovertyCause,
    Relation,
    Schooling,
    Sex,
    Structure,
    Work,
    YesNo,
)
from db.rules.identity import check_digit
from db.rules.values import Household, Income, Living, Member

TODAY = date(2016, 5, 25)


def number(birth: str, sequence: str) -> str:
    body = f"441401{birth}{sequence}"
    return body + check_digit(body)


HEAD_ID, WIFE_ID, SON_ID = number("19700227", "611"), number("19720301", "222"), number("20050808", "871")
HEAD = Member(
    "魏某华",
    Relation.HEAD,
    HEAD_ID,
    Sex.MALE,
    Ethnicity.HAN,
    Education.PRIMARY,
    Schooling.NONE,
    Health.HEALTHY,
    "",
    Labour.ORDINARY,
)
WIFE = Member(
    "叶某贵",
    Relation.SPOUSE,
    WIFE_ID,
    Sex.FEMALE,
    Ethnicity.HAN,
    Education.JUNIOR,
    Schooling.NONE,
    Health.CHRONIC,
    "",
    Labour.NONE,
)
SON = Member(
    "魏某安", Relation.SON, SON_ID, Sex.MALE, Ethnicity.HAN, None, Schooling.PRIMARY, Health.HEALTHY, "", Labour.NONE
)
SHEET = Income(2015, Decimal(3000), Decimal(2000), Decimal(60), Decimal(4000), Decimal(600), None, Decimal("2820.00"))
SOUND = Household(
    village="华南村",
    group="第七组",
    head_name="魏某华",
    head_id=HEAD_ID,
    head_sex=Sex.MALE,
    size_stated=3,
    able_stated=1,
    attribute=Attribute.LOW_INCOME,
    able=YesNo.YES,
    main_cause=PovertyCause.ILLNESS,
    housing_area=Decimal(60),
    housing_grade=HousingGrade.B,
    phone="13757065278",
    bank_card="6212632455325283478",
    applied_on=date(2016, 4, 6),
    income=SHEET,
    members=(HEAD, WIFE, SON),
)

FULL = replace(
    SOUND,
    benefit_number="441424000123",
    cause_note="叶某贵长期患高血压",
    only_child=YesNo.YES,
    two_daughters=YesNo.NO,
    martyr_family=YesNo.NO,
    structure=Structure.BRICK_WOOD,
    built_year=1986,
    dangerous=YesNo.NO,
    bank="农村信用社",
    income=replace(
        SHEET,
        wages=Decimal(3000),
        dividend=Decimal(60),
        other_property=Decimal(0),
        low_income_benefit=Decimal(3600),
        ecology=Decimal(400),
        transfer_cost=Decimal(180),
        social_security=Decimal(180),
        per_head_stated=Decimal("2760.00"),
    ),
    living=Living(
        arable=Decimal("1.50"),
        irrigated=Decimal("1.50"),
        water_scarce=YesNo.NO,
        water_safe=YesNo.YES,
        new_house=YesNo.NO,
        new_house_area=Decimal(0),
        subsidised=YesNo.NO,
    ),
    members=(
        replace(
            HEAD,
            politics=Politics.MASSES,
            work_status=Work.TOWN,
            work_place="广东省梅州市五华县华阳镇",
            work_months=3,
            soldier=YesNo.NO,
            medical_insured=YesNo.YES,
            pension_insured=YesNo.YES,
            benefits=YesNo.YES,
        ),
        replace(
            WIFE,
            illness="高血压",
            medicated=YesNo.YES,
            medical_insured=YesNo.YES,
            pension_insured=YesNo.YES,
            benefits=YesNo.YES,
        ),
        replace(SON, school="华南小学", medical_insured=YesNo.YES, benefits=YesNo.YES),
    ),
)
"""The same household with the full record asked and in order."""
