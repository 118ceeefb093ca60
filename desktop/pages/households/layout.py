"""贫困户登记表 as the window shows it: which fields stand together, in the order of the paper."""

from __future__ import annotations

from db.fields import household as own
from db.fields import living as home
from db.fields import member as person
from db.fields.base import Field
from desktop.forms.people import BORN
from desktop.widgets.editors import Look
from desktop.widgets.form import Section

BASICS = (
    Section(
        "户主",
        (
            (own.HEAD_NAME, own.HEAD_ID, own.HEAD_SEX, own.PHONE),
            (own.ADDRESS, own.BANK, own.BANK_CARD),
        ),
    ),
    Section(
        "识别",
        (
            (own.STANDARD, own.ATTRIBUTE, own.BENEFIT_NUMBER, own.ABLE),
            (own.MAIN_CAUSE, own.OTHER_CAUSE_1, own.OTHER_CAUSE_2, own.CAUSE_NOTE),
            (own.ONLY_CHILD, own.TWO_DAUGHTERS, own.MARTYR_FAMILY),
        ),
    ),
    Section("申请", ((own.APPLIED_ON, own.APPLICATION_KIND), (own.REASON,), (own.REMARK,))),
)
LIVING = (
    Section("土地", (home.LAND[:4], home.LAND[4:])),
    Section(
        "生产生活条件",
        (
            (home.FARM_POWER, home.HOME_POWER, home.WATER_SCARCE, home.WATER_SAFE),
            (home.BROADCAST, home.TOILET, home.ROAD_DISTANCE, home.ROAD),
            (home.FUEL, home.COOPERATIVE, home.ENTERPRISE_LED, home.LEADER_LED),
        ),
    ),
    Section(
        "住房",
        (
            (own.HOUSING_AREA, own.STRUCTURE, own.BUILT_YEAR, own.DANGEROUS),
            (own.HOUSING_GRADE, home.NEW_HOUSE, home.NEW_HOUSE_AREA, home.SUBSIDISED),
        ),
    ),
    Section(
        "财产（入户核实时问到的）",
        (
            (home.TOWN_FLAT, home.CAR, home.MACHINERY, home.REGISTERED_BUSINESS),
            (home.EMPLOYS, home.SAVINGS, home.PUBLIC_PAY),
        ),
    ),
)
MOVING = (Section("易地搬迁", (home.MOVING,)),)
PEOPLE: tuple[tuple[str, tuple[Field, ...]], ...] = (
    ("身份", (
        person.NAME, person.RELATION, person.ID_NUMBER, person.SEX, BORN, person.ETHNICITY, person.POLITICS, person.ID_KIND,
        person.POLICE_PROOF,
    )),
    ("教育与健康", (
        person.EDUCATION, person.SCHOOLING, person.SCHOOL, person.DROPOUT, person.HEALTH, person.HEALTH_ALSO, person.ILLNESS,
        person.MEDICATED, person.DISABILITY,
    )),
    ("劳动与务工", (
        person.LABOUR, person.WORK_STATUS, person.WORK_PLACE, person.WORK_MONTHS, person.EMPLOYER, person.PUBLIC_POST,
        person.SOLDIER,
    )),
    ("参保与待遇", (
        person.MEDICAL, person.SERIOUS, person.PENSION, person.BENEFITS, person.COMMERCIAL, person.ACCIDENT, person.MANDARIN,
    )),
)  # fmt: skip
"""The thirty-one fields of a person in the strips of the paper; each strip fits the window without scrolling sideways."""
PEOPLE_WIDTHS = {
    "name": 84, "relation": 96, "id_number": 170, "sex": 60, "born": 150, "ethnicity": 80, "politics": 110, "id_kind": 150,
    "police_proof": 110, "education": 104, "schooling": 104, "school": 140, "dropout": 110, "health": 100, "health_also": 100,
    "illness": 116, "medicated": 84, "disability_number": 176, "labour": 140, "work_status": 160, "work_place": 210, "work_months": 120, "employer": 190,
    "public_post": 88,
}  # fmt: skip
SEGMENTS: Look = "segments"
SWITCHES: dict[str, Look] = {
    f.key: SEGMENTS
    for f in (
        own.HEAD_SEX, own.ABLE, own.ONLY_CHILD, own.TWO_DAUGHTERS, own.MARTYR_FAMILY, own.DANGEROUS, home.FARM_POWER,
        home.HOME_POWER, home.WATER_SCARCE, home.WATER_SAFE, home.BROADCAST, home.TOILET, home.COOPERATIVE, home.ENTERPRISE_LED,
        home.LEADER_LED, home.NEW_HOUSE, home.SUBSIDISED, home.TOWN_FLAT, home.CAR, home.MACHINERY, home.REGISTERED_BUSINESS,
        home.EMPLOYS,
    )
}  # fmt: skip
"""Answers of two words: joined buttons, the keys 1 and 2."""
