"""The bench's own towns: records of any number of invented households, their cases written in bulk without climbing the ladder.

Region code 440801 names a city, so no person has such a number; names have 某 in the middle. The same number of households gives
the same town on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from sqlalchemy import Table

from db.rules.case import Status
from db.rules.codes import (
    Attribute,
    Education,
    Ethnicity,
    Health,
    HousingGrade,
    Labour,
    PovertyCause,
    Relation,
    Role,
    Schooling,
    Sex,
    YesNo,
)
from db.rules.identity import check_digit
from db.rules.procedure import Step
from db.rules.values import Household, Income, Member
from db.schema.base import Base
from db.schema.case import CaseRow, StateRow
from db.services.register import households
from db.services.town import town
from db.services.town.town import TownSetup, VillageSetup
from db.store.clock import CST, FixedClock
from db.store.record import NewPerson, Record, Unit
from db.store.wrap import Cost

CLOCK = FixedClock(datetime(2016, 8, 1, 9, tzinfo=CST))
CHEAP = Cost(time=1, memory=8, lanes=1)
CLERK = NewPerson("钟小明", Role.CLERK, "clerk's pass-1")
REVIEWER = NewPerson("曾阿慧", Role.REVIEWER, "reviewer's pass-2")
GROUPS = tuple(f"第{number}组" for number in "一二三四五六七八")
PLACES = tuple(f"{first}{second}村" for first in "东西南北上下" for second in "山河田坪")
SURNAMES = "陈李黄梁林吴杨郑王何周许谢蔡叶冯莫邓罗苏戴殷钟劳彭卢方洪单仇区曾冼覃缪卜翟解"
GIVEN = "明华国强军伟平文志德福贵生旺才来安义忠孝坤庆海运添水木火金新英兰秀芳珍莲花梅凤香菊琴玉霞云芬娥娣妹招"
STANDINGS: tuple[tuple[Step | None, Status], ...] = (
    (Step.VERIFICATION, Status.RUNNING),
    (Step.VERIFICATION, Status.RUNNING),
    (Step.VERIFICATION, Status.INCOMPLETE),
    (Step.APPRAISAL, Status.RUNNING),
    (Step.NOTICE, Status.RUNNING),
    (Step.REVIEW, Status.RUNNING),
    (Step.DECISION, Status.REJECTED),
    (None, Status.REGISTERED),
)
_RELATIONS = (Relation.HEAD, Relation.SPOUSE, *(Relation.SON, Relation.DAUGHTER) * 2)
_ATTRIBUTES, _CAUSES, _GRADES = tuple(Attribute), tuple(PovertyCause), tuple(HousingGrade)
_EDUCATIONS = (Education.PRIMARY, Education.JUNIOR, Education.SENIOR)
_HEALTHS = (Health.HEALTHY, Health.HEALTHY, Health.CHRONIC)
_LABOURS = (Labour.ORDINARY, Labour.ORDINARY, Labour.NONE)
_MOST_OF_A_DAY = 499


def open_record(path: Path) -> Record:
    """Log the clerk in to a record of the bench, at the price of a cheap password."""
    return Record.open(path, CLERK.name, CLERK.password, clock=CLOCK, cost=CHEAP)


def new_record(path: Path, villages: Sequence[str]) -> None:
    """A record of a town with these villages of eight groups each, and nobody in it."""
    setup = TownSetup.of_path(
        "广东省/湛江市/麻章区/太平镇", tuple(VillageSetup(name, GROUPS, "0759-2700000") for name in villages)
    )
    record, _ = Record.create(
        path, people=(CLERK, REVIEWER), setup=lambda unit: town.set_up(unit, setup), clock=CLOCK, cost=CHEAP
    )
    record.close()


def make(path: Path, count: int, *, registered: bool) -> None:
    """A record of ``count`` households: all on the register, or standing at all steps of the procedure.

    The PRAGMA that opens it lies beside it in the clear, for the raw side of the bench.
    """
    villages = PLACES[: max(1, min(len(PLACES), count // 50))]
    keep(path, list(people(count, villages)), villages, registered=registered)


def keep(path: Path, homes: Sequence[Household], villages: Sequence[str], *, registered: bool) -> None:
    """A record of these households."""
    new_record(path, villages)
    with open_record(path) as record, record.write() as unit:
        ids = households.insert_many(unit, homes)
        _stand(unit, ids, homes, registered=registered)
        unit.trail("速度测试", households=len(homes))
        path.with_suffix(".pragma").write_text(record.key.pragma, encoding="ascii")


def people(count: int, villages: Sequence[str]) -> Iterator[Household]:
    """``count`` invented households of one to six persons, three on the average, village by village."""
    random = Random(count)
    serials = _numbers()
    each = -(-count // len(villages))
    for order in range(count):
        size = random.choices((1, 2, 3, 4, 5, 6), (16, 24, 24, 18, 12, 6))[0]
        surname = random.choice(SURNAMES)
        members = tuple(_member(random, surname, place, next(serials)) for place in range(size))
        yield _household(random, order, villages[order // each], members)


def _numbers() -> Iterator[tuple[date, int]]:
    """A birthday and a number of that day for one person after the other; no two are the same."""
    day = date(1950, 1, 1)
    while True:
        yield from ((day, serial) for serial in range(1, _MOST_OF_A_DAY))
        day += timedelta(days=97)


def _member(random: Random, surname: str, place: int, born: tuple[date, int]) -> Member:
    relation = _RELATIONS[place]
    woman = relation in (Relation.SPOUSE, Relation.DAUGHTER)
    body = f"440801{born[0]:%Y%m%d}{born[1] * 2 + (0 if woman else 1):03d}"
    return Member(
        name=f"{surname if place != 1 else random.choice(SURNAMES)}某{random.choice(GIVEN)}",
        relation=relation,
        id_number=body + check_digit(body),
        sex=Sex.FEMALE if woman else Sex.MALE,
        ethnicity=Ethnicity.HAN,
        education=random.choice(_EDUCATIONS),
        schooling=Schooling.NONE,
        health=random.choice(_HEALTHS),
        labour=random.choice(_LABOURS),
    )


def _household(random: Random, order: int, village: str, members: tuple[Member, ...]) -> Household:
    return Household(
        village=village,
        group=GROUPS[order % len(GROUPS)],
        head_name=members[0].name,
        head_id=members[0].id_number,
        head_sex=members[0].sex,
        size_stated=len(members),
        attribute=random.choice(_ATTRIBUTES),
        able=YesNo.YES,
        main_cause=random.choice(_CAUSES),
        other_cause_1=random.choice(_CAUSES),
        housing_area=Decimal("60.00"),
        housing_grade=random.choice(_GRADES),
        phone=f"142{order:08d}",
        bank="农村信用社",
        bank_card=f"6200{order:015d}",
        applied_on=date(2016, 5, 1) + timedelta(days=order % 20),
        income=Income(2015, *_amounts(random, len(members)), Decimal(0), Decimal(0)),
        members=members,
    )


def _amounts(random: Random, size: int) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Wages, business, property and transfers of a family of ``size``."""
    wages, business, property_, transfer = (Decimal(random.randrange(100_000) * size) / 100 for _ in range(4))
    return wages, business, property_, transfer


def _stand(unit: Unit, ids: Sequence[int], homes: Sequence[Household], *, registered: bool) -> None:
    """Open a case for each household and let it stand where it should."""
    cases = [
        {
            "id": household_id,
            "household_id": household_id,
            "ladder": "identification",
            "year": 2016,
            "number": f"2016-{household_id:05d}",
            "opened_at": unit.now,
        }
        for household_id in ids
    ]
    states = [
        _state(household_id, home, (None, Status.REGISTERED) if registered else STANDINGS[household_id % 8])
        for household_id, home in zip(ids, homes, strict=True)
    ]
    unit.session.execute(_table(CaseRow).insert(), cases)
    unit.session.execute(_table(StateRow).insert(), states)


def _state(household_id: int, home: Household, standing: tuple[Step | None, Status]) -> dict[str, object]:
    step, status = standing
    carded = status is Status.REGISTERED
    return {
        "case_id": household_id,
        "step": step,
        "status": status,
        "why": "" if step is None else f"已申请，待{step.label}",
        "gate_id": None,
        "objections": 0,
        "since": home.applied_on,
        "registered_on": date(2016, 7, household_id % 31 + 1) if carded else None,
        "card_number": f"{home.village[:-1]}-2016-{household_id:05d}" if carded else "",
    }


def _table(row: type[Base]) -> Table:
    found = row.__table__
    assert isinstance(found, Table)
    return found
