"""The month ledger as frozen values: the register on the last day of a month, and how each village came to its figures.

Opening + in − out = closing is computed from the households' head-counts and held against the persons the register itself lists, so
that a sheet can never say another number than its rows.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from db.errors import Refused
from db.rules.adjustment import Adjustment
from db.rules.codes import (
    Attribute,
    ChangeKind,
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
from db.rules.counts import Count, Movement, movement_problems, town_total
from db.rules.turn import Turn

_DANGEROUS = (HousingGrade.C, HousingGrade.D)


@dataclass(frozen=True, slots=True)
class LedgerPerson:
    """One row of 贫困人口花名册. ``key`` tells the person apart from all others from month to month: the ID number, without one the name
    within the household."""

    name: str
    id_number: str
    relation: Relation | None
    ethnicity: Ethnicity | None
    education: Education | None
    schooling: Schooling | None
    health: Health | None
    labour: Labour | None

    @property
    def key(self) -> str:
        """The ID number; the name of a person without any."""
        return self.id_number or self.name


@dataclass(frozen=True, slots=True)
class Shift:
    """What one change of a household on the register did to the counts; ``before`` is how many people it had until then.

    ``of_household`` is one that makes or ends a household (拆户, 并户, 销户), ``ends`` one after which this household is no more.
    ``kind`` and ``change_id`` name the change, ``other_id`` the second household it concerns (0: none).
    """

    on: date
    before: int
    counts: Movement
    of_household: bool = False
    ends: bool = False
    kind: ChangeKind | None = None
    change_id: int = 0
    other_id: int = 0


@dataclass(frozen=True, slots=True)
class Earned:
    """A household's income sheet in sums, yuan: 总收入, 总支出 (what is taken off for 可支配收入), 可支配收入."""

    year: int
    gross: Decimal
    spent: Decimal
    disposable: Decimal


@dataclass(frozen=True, slots=True)
class LedgerHousehold:
    """One row of 贫困户花名册; yuan a head, None where the record holds no income sheet. ``persons`` begins with the head.

    ``household_id`` is the record's own and stays the same whatever becomes of the household.

    ``shifts`` are its changes since it came on the register, by their days. A household split off another (``split_off``) is no 新增, and
    ``identified_on`` is the day its household of origin came on.
    """

    household_id: int
    village: str
    group: str
    number: str
    head_name: str
    head_sex: Sex | None
    head_id: str
    size: int
    able_count: int
    attribute: Attribute | None
    able: YesNo | None
    main_cause: PovertyCause | None
    other_causes: str
    disposable_per_head: Decimal | None
    net_per_head: Decimal | None
    housing_grade: HousingGrade | None
    phone: str
    remark: str
    registered_on: date
    persons: tuple[LedgerPerson, ...]
    shifts: tuple[Shift, ...] = ()
    split_off: bool = False
    identified_on: date | None = None
    earned: Earned | None = None

    @property
    def registered_year(self) -> int:
        """识别年度."""
        return (self.identified_on or self.registered_on).year

    @property
    def income_year(self) -> int | None:
        """The year of the income sheet."""
        return self.earned.year if self.earned else None

    @property
    def gross(self) -> Decimal | None:
        """总收入, yuan."""
        return self.earned.gross if self.earned else None

    @property
    def spent(self) -> Decimal | None:
        """总支出, yuan."""
        return self.earned.spent if self.earned else None

    @property
    def disposable(self) -> Decimal | None:
        """可支配收入, yuan."""
        return self.earned.disposable if self.earned else None

    @property
    def able_word(self) -> str:
        """有无劳动能力 as the county writes it."""
        return "" if self.able is None else "有" if self.able is YesNo.YES else "无"

    @property
    def dangerous_home(self) -> YesNo | None:
        """危房户: C 级 or D 级; None when the house was not graded."""
        if self.housing_grade is None:
            return None
        return YesNo.YES if self.housing_grade in _DANGEROUS else YesNo.NO


@dataclass(frozen=True, slots=True)
class Gone:
    """A household that was on the register and left it for good; it stays in the counts of the time before.

    ``ended`` is 终止 by the county's word; what was dissolved or merged says so in its own last shift or in the other household's.
    """

    village: str
    size: int
    registered_on: date
    left_on: date
    shifts: tuple[Shift, ...] = ()
    split_off: bool = False
    ended: bool = True
    household_id: int = 0
    group: str = ""
    number: str = ""
    head_name: str = ""


@dataclass(frozen=True, slots=True)
class VillageMonth:
    """One row of 月报汇总表: the register before 1 January (年初), what the year and the month brought and took, and the closing count."""

    village: str
    year_start: Count
    year_added: Count
    movement: Movement
    closing: Count
    year_ended: Count = field(default_factory=Count)
    year_shifted: Movement = field(default_factory=Movement)
    year_adjusted: Count = field(default_factory=Count)

    @property
    def year_other(self) -> Count:
        """What splits, merges, 销户 and 自然增减 of the year came to, all together."""
        return self.year_shifted.closing


@dataclass(frozen=True, slots=True)
class MonthLedger:
    """Everything the workbook of one month says. ``villages`` holds every village of the town, also those without a household.

    ``adjustments`` are the 调整 of months closed before; a closed month carries its ``receipt`` and the moment it was closed. ``gone`` are
    the households that had left by its last day, ``turns`` the events of the register since 1 January, by their days.
    """

    province: str
    city: str
    county: str
    town: str
    year: int
    month: int
    households: tuple[LedgerHousehold, ...]
    villages: tuple[VillageMonth, ...]
    total: VillageMonth
    adjustments: tuple[Adjustment, ...] = ()
    receipt: str = ""
    closed_at: datetime | None = None
    gone: tuple[Gone, ...] = ()
    turns: tuple[Turn, ...] = ()


def last_day(year: int, month: int) -> date:
    """The last day of a month; Refused when there is no such month."""
    if not (1 <= month <= 12 and 2000 <= year <= 2100):
        raise Refused(f"没有 {year} 年 {month} 月，请按 2016-07 的样子写月份")
    return date(year, month, calendar.monthrange(year, month)[1])


def summarise(
    villages: Sequence[str], households: Iterable[LedgerHousehold], year: int, month: int, gone: Iterable[Gone] = ()
) -> tuple[VillageMonth, ...]:
    """The row of each village, in the order given; ``gone`` are those that left the register up to the month's last day."""
    homes: dict[str, list[LedgerHousehold]] = defaultdict(list)
    left: dict[str, list[Gone]] = defaultdict(list)
    for household in households:
        homes[household.village].append(household)
    for one in gone:
        left[one.village].append(one)
    return tuple(_village(village, homes[village], left[village], date(year, month, 1)) for village in villages)


Stay = LedgerHousehold | Gone
"""A household's time on the register, with or without an end."""


def _village(village: str, homes: Sequence[LedgerHousehold], gone: Sequence[Gone], first: date) -> VillageMonth:
    stays: list[Stay] = [*homes, *gone]
    year_start, year_added, year_ended, year_shifted = _period(stays, first.replace(month=1))
    opening, added, ended, shifted = _period(stays, first)
    return VillageMonth(
        village,
        year_start=year_start,
        year_added=year_added,
        movement=Movement(opening=opening, added=added, ended=ended) + shifted,
        closing=Count(len(homes), sum(len(h.persons) for h in homes)),
        year_ended=year_ended,
        year_shifted=year_shifted,
    )


def _period(stays: Sequence[Stay], first: date) -> tuple[Count, Count, Count, Movement]:
    """Since the morning of ``first``: who was there, who came, who ended, and what else happened."""
    eve = first - timedelta(days=1)
    there = [s for s in stays if was_there(s, first)]
    came = [s for s in stays if s.registered_on >= first and not s.split_off]
    ended = [s for s in stays if isinstance(s, Gone) and s.ended and s.left_on >= first]
    return (
        sum((Count(1, size_on(s, eve)) for s in there), Count()),
        sum((Count(1, first_size(s)) for s in came), Count()),
        sum((Count(1, size_on(s, s.left_on)) for s in ended), Count()),
        sum((shift.counts for s in stays for shift in s.shifts if shift.on >= first), Movement()),
    )


def was_there(stay: Stay, first: date) -> bool:
    """Whether a household was on the register on the morning of ``first``."""
    return stay.registered_on < first and not (isinstance(stay, Gone) and stay.left_on < first)


def first_size(stay: Stay) -> int:
    """How many people a household came on the register with."""
    return stay.shifts[0].before if stay.shifts else stay.size


def size_on(stay: Stay, day: date) -> int:
    """How many people a household on the register had at the end of ``day``."""
    return next((shift.before for shift in stay.shifts if shift.on > day), stay.size)


def total_of(town: str, villages: Sequence[VillageMonth]) -> VillageMonth:
    """合计: the sum of the villages."""
    return VillageMonth(
        town,
        sum((v.year_start for v in villages), Count()),
        sum((v.year_added for v in villages), Count()),
        town_total(v.movement for v in villages),
        sum((v.closing for v in villages), Count()),
        sum((v.year_ended for v in villages), Count()),
        sum((v.year_shifted for v in villages), Movement()),
        sum((v.year_adjusted for v in villages), Count()),
    )


def problems(ledger: MonthLedger) -> tuple[str, ...]:
    """Every figure that does not come out, as sentences (R64, R65, R120): each village, the town, from 期初 and from 年初."""
    roster = Count(len(ledger.households), sum(len(h.persons) for h in ledger.households))
    rows = [(row, row.closing) for row in ledger.villages] + [(ledger.total, roster)]
    found: list[str] = []
    for row, counted in rows:
        of_year = row.year_shifted + Movement(
            opening=row.year_start, added=row.year_added, ended=row.year_ended, adjusted=row.year_adjusted
        )
        found += movement_problems(row.village, row.movement, counted)
        found += movement_problems(f"{row.village}（从年初算）", of_year, counted)
    return tuple(found)
