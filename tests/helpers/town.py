"""An invented town of two villages with well-formed households, for tests of the services and the pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from db.rules.case import Kind, Outcome
from db.rules.codes import (
    AppraisalKind,
    Attribute,
    Bar,
    Education,
    Entry,
    Ethnicity,
    Finding,
    Health,
    HousingGrade,
    Labour,
    Look,
    LookItem,
    PovertyCause,
    Relation,
    Schooling,
    Sex,
    YesNo,
)
from db.rules.eligibility import Verification
from db.rules.identity import check_digit
from db.rules.income import entry_line
from db.rules.values import Household, Income, Member
from db.services.cases import applications, cases
from db.services.cases.appraisals import Meeting
from db.services.cases.cases import Act
from db.services.town import town
from db.services.town.town import Options, TownSetup, VillageSetup
from db.store.clock import CST
from db.store.unit import Unit

VILLAGES = (
    VillageSetup("华南村", ("第一组", "第二组", "第三组"), "0753-4400001"),
    VillageSetup("小拔村", ("第一组", "第二组")),
)
APPLIED = date(2016, 5, 10)
VISITED = date(2016, 5, 20)
HELD = date(2016, 5, 24)
SURNAMES = "陈李张黄何罗曾钟温廖"
GIVEN = "明华福生金水才安平新"


def set_up(unit: Unit, options: Options | None = None) -> None:
    """Make the town in a new record."""
    path = "广东省/梅州市/五华县/华阳镇"
    plain = Options(contact="古大海", office_phone="0753-4400002", county_phone="0753-4400003")
    town.set_up(unit, TownSetup.of_path(path, VILLAGES, options or plain))


def id_number(birth: date, serial: int, sex: Sex) -> str:
    """A number with a right check digit and the city-level region 441401; ``serial`` up to 498."""
    order = serial * 2 + (1 if sex is Sex.MALE else 0)
    body = f"441401{birth:%Y%m%d}{order:03d}"
    return body + check_digit(body)


def household(serial: int, *, village: str = "华南村", group: str = "第一组", income: int = 3000) -> Household:
    """The ``serial``-th invented household: a man of working age and his wife, ``income`` yuan a head."""
    name = SURNAMES[serial % 10] + "某" + GIVEN[serial // 10 % 10]
    man = id_number(date(1968, 3, 12), serial, Sex.MALE)
    head = _person(name, Relation.HEAD, man, Sex.MALE)
    wife = _person(
        "林某" + GIVEN[serial % 10], Relation.SPOUSE, id_number(date(1970, 6, 2), serial, Sex.FEMALE), Sex.FEMALE
    )
    sheet = Income(2015, Decimal(income * 2), Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(0))
    return Household(
        village=village,
        group=group,
        head_name=name,
        head_id=man,
        head_sex=Sex.MALE,
        size_stated=2,
        able_stated=2,
        attribute=Attribute.ORDINARY,
        able=YesNo.YES,
        main_cause=PovertyCause.SKILL,
        housing_area=Decimal("60.00"),
        housing_grade=HousingGrade.B,
        phone=f"138{serial:08d}",
        bank_card=f"621234{serial:013d}",
        applied_on=APPLIED,
        income=sheet,
        members=(head, wife),
    )


def _person(name: str, relation: Relation, number: str, sex: Sex) -> Member:
    return Member(
        name=name,
        relation=relation,
        id_number=number,
        sex=sex,
        ethnicity=Ethnicity.HAN,
        education=Education.PRIMARY,
        schooling=Schooling.NONE,
        health=Health.HEALTHY,
        labour=Labour.ORDINARY,
    )


def visit(visited_on: date = VISITED, *, hit: Bar | None = None, signed_surveyors: int = 2) -> Verification:
    """A complete visit; ``hit`` marks one 七不进 item found."""
    bars = {
        bar: (Finding.YES if bar is hit else Finding.NO, "" if bar is not hit else "三轮摩托，非小汽车") for bar in Bar
    }
    looks = dict.fromkeys(LookItem, (Look.FAIR, "")) | {LookItem.PUPILS: (Look.ABSENT, "")}
    return Verification(
        visited_on=visited_on,
        surveyors=("周某坤", "杨某来"),
        officer="叶某伟",
        looks=looks,
        entries=dict.fromkeys(Entry, (Finding.NO, "")),
        bars=bars,
        signed_household=True,
        signed_officer=True,
        signed_surveyors=signed_surveyors,
    )


def meeting(held_on: date = HELD, village: str = "华南村") -> Meeting:
    """An assembly of representatives with its quorum."""
    return Meeting(village, AppraisalKind.REPRESENTATIVES, held_on, f"{village}村委会", "罗某军", "吴某桂", 45, 41)


def moment(day: date, hour: int = 9) -> datetime:
    """A working moment of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=CST)


def days(count: int) -> timedelta:
    """``count`` days."""
    return timedelta(days=count)


def named(home: Household, name: str) -> Household:
    """The same household under another head's name."""
    return replace(home, head_name=name, members=(replace(home.members[0], name=name), *home.members[1:]))


def registered(unit: Unit, case_id: int, number: str, on: date) -> None:
    """Put down the events of a whole climb on one day, for tests of what comes after the card; the door is not asked."""
    passed: dict[str, object] = {"outcome": Outcome.PASSED.value, "reason": "", "document": "1号"}
    line = str(entry_line(town.thresholds(unit), 2015))
    seen: dict[str, object] = {
        "verdict": "1", "hits": [], "why": "", "year": 2015, "line": line, "per_head": "3000", "surveyors": [], "officer": "", "looks": {},
        "priorities": [], "entries": {}, "bars": {}, "signed": [True, True, 2], "stated": "", "remark": "",
    }  # fmt: skip
    vote: dict[str, object] = {"yes": 40, "no": 1, "abstained": 0, "present": 41, "due": 45, "passed": True}
    agreed: dict[str, object] = {"agree": True, "reason": "", "signer": "罗某军", "team_leader": "陈某新"}
    acts: tuple[tuple[Kind, dict[str, object]], ...] = (
        (Kind.VERIFIED, seen), (Kind.APPRAISED, vote), (Kind.OPINED, agreed), (Kind.ANNOUNCED, dict[str, object]()),
        (Kind.RECHECKED, passed), (Kind.DECIDED, passed), (Kind.CARDED, {"number": number}),
    )  # fmt: skip
    for kind, facts in acts:
        cases.write(unit, kind, [Act(case_id, on, facts)])


def on_register(unit: Unit, *serials: int, on: date = date(2016, 5, 24), village: str = "华南村") -> list[int]:
    """Households of these serials on the register since ``on``, with numbers of their own; returns the household ids."""
    found = [applications.file(unit, household(n, village=village)).household_id for n in serials]
    of = cases.case_of(unit, found)
    for serial, home in zip(serials, found, strict=True):
        registered(unit, of[home], f"{village[:-1]}-2016-{serial:04d}", on)
    return found
