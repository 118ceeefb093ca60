"""The invented households of a practice record: six kinds of family, their names made of surname, 某 and sign, ids of no county.

No county has the number 440000, so nobody can bear one of these; telephones and accounts are as little anybody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
from db.rules.identity import check_digit
from db.rules.values import Household, Income, Member
from db.store.practising import REGION

LAST_ACCOUNT = 50
"""Households after it state its account too, so that 数据体检 has something to find."""
_SURNAMES = "陈李张黄何罗曾钟温廖古丘赖谢邓叶林徐"
_GIVEN = "明华福生金水才安平新英兰娣梅"
_MARRIED = "刘邹卢饶彭"


@dataclass(frozen=True, slots=True)
class _Part:
    """One person of a kind of family."""

    relation: Relation
    sex: Sex
    age: int
    labour: Labour = Labour.NONE
    health: Health = Health.HEALTHY
    schooling: Schooling = Schooling.NONE


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of family: its people, the head first, and the means it lives on, yuan a year."""

    attribute: Attribute
    cause: PovertyCause
    grade: HousingGrade
    wages: int
    business: int
    transfer: int
    parts: tuple[_Part, ...]


_MAN, _WIFE = (
    _Part(Relation.HEAD, Sex.MALE, 46, Labour.ORDINARY),
    _Part(Relation.SPOUSE, Sex.FEMALE, 43, Labour.ORDINARY),
)
_PUPIL = _Part(Relation.SON, Sex.MALE, 10, schooling=Schooling.PRIMARY)
_GIRL = _Part(Relation.DAUGHTER, Sex.FEMALE, 9, schooling=Schooling.PRIMARY)
_OLD = _Part(Relation.MOTHER, Sex.FEMALE, 74, Labour.LOST, Health.CHRONIC)
_KINDS = (
    _Kind(Attribute.ORDINARY, PovertyCause.SKILL, HousingGrade.B, 6500, 3200, 0, (_MAN, _WIFE, _PUPIL)),
    _Kind(
        Attribute.FIVE_GUARANTEES, PovertyCause.LABOUR, HousingGrade.C, 0, 0, 3600,
        (_Part(Relation.HEAD, Sex.MALE, 72, Labour.LOST),),
    ),
    _Kind(
        Attribute.LOW_INCOME, PovertyCause.ILLNESS, HousingGrade.C, 4800, 0, 2400,
        (
            _Part(Relation.HEAD, Sex.FEMALE, 57, Labour.NONE, Health.CHRONIC),
            _Part(Relation.SON, Sex.MALE, 29, Labour.ORDINARY),
        ),
    ),
    _Kind(Attribute.ORDINARY, PovertyCause.MONEY, HousingGrade.B, 8000, 4200, 0, (_MAN, _WIFE, _GIRL, _OLD)),
    _Kind(Attribute.ORDINARY, PovertyCause.SCHOOLING, HousingGrade.B, 9000, 2600, 0, (_MAN, _WIFE, _PUPIL, _GIRL)),
    _Kind(
        Attribute.LOW_INCOME, PovertyCause.ILLNESS, HousingGrade.C, 0, 2200, 3600,
        (
            _Part(Relation.HEAD, Sex.MALE, 67, Labour.LOST, Health.CHRONIC),
            _Part(Relation.SPOUSE, Sex.FEMALE, 65, Labour.LOST),
        ),
    ),
)  # fmt: skip


def household(serial: int, village: str, group: str, applied_on: date) -> Household:
    """The ``serial``-th invented household (from 0, up to 240) as its application states it."""
    kind = _KINDS[serial % len(_KINDS)]
    members = tuple(_people(serial, kind, applied_on.year))
    able = sum(m.labour is not None and m.labour.able for m in members)
    head = members[0]
    return Household(
        village=village,
        group=group,
        head_name=head.name,
        head_id=head.id_number,
        head_sex=head.sex,
        size_stated=len(members),
        able_stated=able,
        attribute=kind.attribute,
        able=YesNo.YES if able else YesNo.NO,
        main_cause=kind.cause,
        housing_area=Decimal(48 + serial % 5 * 6),
        housing_grade=kind.grade,
        phone=f"1380000{serial:04d}",
        bank_card=f"621234{min(serial, LAST_ACCOUNT):013d}",
        applied_on=applied_on,
        income=_income(kind, serial, applied_on.year - 1),
        members=members,
    )


def _people(serial: int, kind: _Kind, year: int) -> Iterator[Member]:
    family = _SURNAMES[serial % len(_SURNAMES)]
    for n, part in enumerate(kind.parts):
        given = _GIVEN[(serial // len(_SURNAMES) + serial * 3 + n * 5) % len(_GIVEN)]
        own = family if part.relation not in (Relation.SPOUSE, Relation.MOTHER) else _MARRIED[(serial + n) % 5]
        schooled = part.schooling is not Schooling.NONE
        yield Member(
            name=f"{own}某{given}",
            relation=part.relation,
            id_number=_number(date(year - part.age, 1 + serial % 12, 1 + serial % 27), serial * 4 + n, part.sex),
            sex=part.sex,
            ethnicity=Ethnicity.HAN,
            education=None if schooled else Education.PRIMARY,
            schooling=part.schooling,
            health=part.health,
            labour=part.labour,
        )


def _number(birth: date, serial: int, sex: Sex) -> str:
    order = serial % 498 * 2 + (1 if sex is Sex.MALE else 2)
    body = f"{REGION}{birth:%Y%m%d}{order:03d}"
    return body + check_digit(body)


def _income(kind: _Kind, serial: int, year: int) -> Income:
    more = Decimal(serial % 7 * 60)
    wages = Decimal(kind.wages) + (more if kind.wages else 0)
    return Income(
        year, wages, Decimal(kind.business), Decimal(0), Decimal(kind.transfer), Decimal(kind.business // 4), Decimal(0)
    )
