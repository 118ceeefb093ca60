"""A small invented month ledger, and a ticket that can stop a job at a given moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from zlib import crc32

from db.errors import Cancelled
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
from db.rules.ledger import Gone, LedgerHousehold, LedgerPerson, MonthLedger, summarise, total_of
from db.rules.ledgerchoice import Choice
from db.rules.turns import turns_of
from db.sheets.ledger_tables import Sheet, sheets_of

VILLAGES = ("华南村", "小拔村", "太平村")
REGISTER = ("贫困户花名册", "贫困人口花名册", "月报汇总表")
MADE = datetime(2016, 8, 1, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def person(
    name: str = "李某芳", relation: Relation = Relation.SPOUSE, number: str = "441401197006020021"
) -> LedgerPerson:
    """One person, healthy and of working age."""
    return LedgerPerson(
        name, number, relation, Ethnicity.HAN, Education.PRIMARY, Schooling.NONE, Health.HEALTHY, Labour.ORDINARY
    )


def household(
    number: str, registered_on: date, *, village: str = "华南村", size: int = 2, name: str = "陈某明", remark: str = ""
) -> LedgerHousehold:
    """A household of ``size`` persons."""
    head = person(name, Relation.HEAD, "441401196803120018")
    return LedgerHousehold(
        household_id=crc32(number.encode()),
        village=village,
        group="第一组",
        number=number,
        head_name=name,
        head_sex=Sex.MALE,
        head_id="441401196803120018",
        size=size,
        able_count=size,
        attribute=Attribute.LOW_INCOME,
        able=YesNo.YES,
        main_cause=PovertyCause.SKILL,
        other_causes="",
        disposable_per_head=Decimal("3410.50"),
        net_per_head=Decimal("3500.00"),
        housing_grade=HousingGrade.C,
        phone="13800000001",
        remark=remark,
        registered_on=registered_on,
        persons=(head, *[person()] * (size - 1)),
    )


def ledger(
    *homes: LedgerHousehold, year: int = 2016, month: int = 7, town: str = "华阳镇", gone: tuple[Gone, ...] = ()
) -> MonthLedger:
    """The ledger of these households."""
    villages = summarise(VILLAGES, homes, year, month, gone)
    return MonthLedger(
        "广东省", "梅州市", "五华县", town, year, month, homes, villages, total_of(town, villages), gone=gone,
        turns=turns_of(homes, gone, date(year, 1, 1)),
    )  # fmt: skip


def register(month: MonthLedger, choice: Choice | None = None) -> tuple[Sheet, ...]:
    """The two rosters and the summary."""
    return sheets_of(month, replace(choice or Choice(), sheets=REGISTER))


def july() -> MonthLedger:
    """Four households of eight persons: one from last year, one from June, two from July."""
    return ledger(
        household("华南-2015-0001", date(2015, 12, 28), size=1),
        household("华南-2016-0001", date(2016, 6, 30), size=3),
        household("华南-2016-0002", date(2016, 7, 1)),
        household("小拔-2016-0001", date(2016, 7, 31), village="小拔村"),
    )


@dataclass
class Slip:
    """A ticket that notes what it was told and stops at its ``stop_at``-th check (0: never)."""

    stop_at: int = 0
    checks: int = 0
    told: list[tuple[int, int, str]] = field(default_factory=list)

    def report(self, done: int, total: int, text: str) -> None:
        self.told.append((done, total, text))

    def check(self) -> None:
        self.checks += 1
        if self.checks == self.stop_at:
            raise Cancelled
