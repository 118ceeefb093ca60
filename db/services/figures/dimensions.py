"""The dimensions a figure can be counted along: what the record holds of a household or a person that has a few values or a band.

Code tables come from the fields; what a county counts without a field of that name (危房户, 劳动力, 在校生, age) is added by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from db.fields.base import Field
from db.fields.household import HEAD_SEX, HOUSEHOLD
from db.fields.income import INCOME, PER_HEAD
from db.fields.kinds import Area, Choice, Measure, Money
from db.fields.living import LIVING
from db.fields.member import MEMBER
from db.rules import income
from db.rules.codes import Health, HousingGrade, Schooling, YesNo
from db.rules.identity import age_on, judge_kind
from db.rules.values import Member
from db.services.figures.facts import Registered

Of = Literal["home", "person"]
Test = Callable[[Any], bool]
_DANGEROUS = (HousingGrade.C, HousingGrade.D)
_COMPULSORY = (Schooling.PRIMARY, Schooling.GRADE_7, Schooling.GRADE_8, Schooling.GRADE_9)
_SENIOR = (
    Schooling.SENIOR_1, Schooling.SENIOR_2, Schooling.SENIOR_3, Schooling.VOCATIONAL_1, Schooling.VOCATIONAL_2, Schooling.VOCATIONAL_3,
)  # fmt: skip
_COLLEGE = (
    Schooling.HIGHER_VOCATIONAL_1, Schooling.HIGHER_VOCATIONAL_2, Schooling.HIGHER_VOCATIONAL_3, Schooling.COLLEGE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dimension:
    """``read`` takes what it looks at (a registered household or a member) and the month's last day.

    ``field`` is the field whose code table the values are of; without one the values are bands (``unit`` behind the numbers) or 1 and 0.
    """

    key: str
    label: str
    of: Of
    read: Callable[[Any, date], Any]
    field: Field | None = None
    unit: str = ""
    yes: str = ""
    no: str = ""

    @property
    def is_band(self) -> bool:
        return bool(self.unit)

    def said(self, values: tuple[str, ...]) -> str:
        """The condition as part of a sentence."""
        if self.is_band:
            return f"{self.label}{'或'.join(_band_said(v, self.unit) for v in values)}"
        if self.field is None:
            return self.yes if values == ("1",) else self.no
        return f"{self.label}为{'或'.join(f'“{self.shown(v)}”' for v in values)}"

    def short(self, values: tuple[str, ...]) -> str:
        """The condition in as few words as still tell it from others."""
        words = "、".join(self.shown(value) for value in values)
        if self.field is None:
            return f"{self.label}{words}" if self.is_band else self.label if values == ("1",) else f"非{self.label}"
        assert isinstance(self.field.kind, Choice)
        if self.field.kind.table is YesNo:
            label = self.label.removeprefix("有无")
            told = {"1": "有", "0": "无"} if label != self.label else {"1": "", "0": "非"}
            return f"{told.get(''.join(values), words)}{label}"
        return words

    def shown(self, value: str) -> str:
        """One value as the clerk reads it."""
        if self.field is None or not isinstance(self.field.kind, Choice):
            return _band_said(value, self.unit) if self.is_band else self.yes if value == "1" else self.no
        row = self.field.kind.table._value2member_map_.get(value)
        return self.field.kind.show(row) if row is not None else value

    def values(self) -> tuple[str, ...]:
        """The values that can be chosen; none for a band."""
        if self.is_band:
            return ()
        if self.field is None:
            return ("1", "0")
        assert isinstance(self.field.kind, Choice)
        return tuple(str(row.value) for row in self.field.kind.table)

    def test(self, values: tuple[str, ...], last: date) -> Test:
        """Whether a thing meets the condition."""
        read = self.read
        if self.is_band:
            bands = [band_ends(value) for value in values]
            return lambda thing: (found := read(thing, last)) is not None and any(a <= found <= b for a, b in bands)
        wanted = frozenset(values)
        return lambda thing: not wanted.isdisjoint(codes_of(read(thing, last)))


def band(least: int | None, most: int | None) -> str:
    """A band as a value: 60.., 16..59, ..5."""
    return f"{'' if least is None else least}..{'' if most is None else most}"


def band_ends(value: str) -> tuple[float, float]:
    """The first and the last number of a band, infinite where it is open."""
    low, _, high = value.partition("..")
    return (float(low) if low else float("-inf")), (float(high) if high else float("inf"))


def _band_said(value: str, unit: str) -> str:
    low, _, high = value.partition("..")
    if low and high:
        return f"{low}{unit}" if low == high else f"{low}至{high}{unit}"
    return f"{low}{unit}及以上" if low else f"{high}{unit}及以下"


def codes_of(found: object) -> tuple[str, ...]:
    """What a thing says, as codes: of a row of a code table, of several, or 1 and 0 for yes and no."""
    if found is None:
        return ()
    if isinstance(found, bool):
        return ("1",) if found else ("0",)
    if isinstance(found, tuple):
        return tuple(str(one.value) for one in found if one is not None)
    return (str(found.value),)  # type: ignore[attr-defined]


def _of_home(key: str) -> Callable[[Registered, date], Any]:
    return lambda one, _: getattr(one.home, key)


def _of_living(key: str) -> Callable[[Registered, date], Any]:
    return lambda one, _: getattr(one.home.living, key) if one.home.living is not None else None


def _of_member(key: str) -> Callable[[Member, date], Any]:
    return lambda person, _: getattr(person, key)


_CALLED = {HEAD_SEX.key: "户主性别"}
"""Labels that another dimension has too."""


def _choices(
    fields: Mapping[str, Field], of: Of, reader: Callable[[str], Callable[[Any, date], Any]]
) -> list[Dimension]:
    return [
        Dimension(f.key, _CALLED.get(f.key, f.label), of, reader(f.key), f)
        for f in fields.values()
        if isinstance(f.kind, Choice)
    ]


def born(person: Member, day: date) -> date | None:
    """The birth date a person's document tells; None where it tells none."""
    return judge_kind(person.id_kind, person.id_number, day).birth


def _age(person: Member, last: date) -> int | None:
    birth = born(person, last)
    return age_on(birth, last) if birth is not None else None


def _danger(one: Registered, _: date) -> bool | None:
    grade, told = one.home.housing_grade, one.home.dangerous
    if grade is None and told is None:
        return None
    return grade in _DANGEROUS or (grade is None and told is YesNo.YES)


def _disabled(person: Member, _: date) -> bool:
    return Health.DISABLED in (person.health, person.health_also) or bool(person.disability_number)


def _in(rows: tuple[Schooling, ...]) -> Callable[[Member, date], bool | None]:
    return lambda person, _: None if person.schooling is None else person.schooling in rows


def _pupil(person: Member, _: date) -> bool | None:
    return None if person.schooling is None else person.schooling is not Schooling.NONE


def _able(person: Member, _: date) -> bool | None:
    return None if person.labour is None else person.labour.able


def _yes_no(key: str, label: str, of: Of, read: Callable[[Any, date], Any], yes: str, no: str) -> Dimension:
    return Dimension(key, label, of, read, yes=yes, no=no)


def _new(one: Registered, since: date) -> bool:
    return one.line.registered_on >= since and not one.line.split_off


_HEALTH = MEMBER["health"]
_MADE = (
    Dimension("health", _HEALTH.label, "person", lambda p, _: (p.health, p.health_also), _HEALTH),
    Dimension("identified", "识别年度", "home", lambda one, _: one.line.registered_year, unit="年"),
    Dimension("size", "家庭人口", "home", lambda one, _: one.home.size, unit="人"),
    Dimension("per_head", "人均可支配收入", "home", lambda one, _: one.line.disposable_per_head, unit="元"),
    Dimension("age", "年龄", "person", _age, unit="周岁"),
    _yes_no("danger", "危房", "home", _danger, "住危房（C、D 级，未定级的看是否危房）", "不住危房"),
    _yes_no(
        "since_month", "本月新建档", "home", lambda o, last: _new(o, last.replace(day=1)), "本月建档", "本月以前建档"
    ),
    _yes_no("since_year", "本年新建档", "home", lambda o, last: _new(o, date(last.year, 1, 1)), "本年建档", "往年建档"),
    _yes_no("worker", "劳动力", "person", _able, "属劳动力（普通、技能、弱劳动力）", "不属劳动力"),
    _yes_no("pupil", "在校生", "person", _pupil, "在校", "不在校"),
    _yes_no("compulsory", "义务教育在校生", "person", _in(_COMPULSORY), "在读小学至九年级", "不在读小学至九年级"),
    _yes_no("senior", "高中阶段在校生", "person", _in(_SENIOR), "在读高中或中职", "不在读高中或中职"),
    _yes_no("college", "大专以上在校生", "person", _in(_COLLEGE), "在读高职、大专及以上", "不在读高职、大专及以上"),
    _yes_no("disabled", "残疾人", "person", _disabled, "残疾（健康状况或有残疾证）", "没有残疾"),
    _yes_no("works", "务工", "person", lambda p, _: p.work_status is not None, "务工（填有务工状况）", "没有务工"),
)

DIMENSIONS: dict[str, Dimension] = {
    one.key: one
    for one in (
        *_choices(HOUSEHOLD, "home", _of_home),
        *_choices(LIVING, "home", _of_living),
        *_choices(MEMBER, "person", _of_member),
        *_MADE,
    )
}

_ADDED = (Money, Area, Measure)


@dataclass(frozen=True, slots=True)
class Sum:
    """A field that can be added up over households."""

    label: str
    read: Callable[[Registered], Decimal | int | None]
    money: bool
    field: Field | None = None


def _sum_of(part: str, key: str) -> Callable[[Registered], Decimal | None]:
    def read(one: Registered) -> Decimal | None:
        holder = one.home if part == "home" else getattr(one.home, part)
        found = getattr(holder, key) if holder is not None else None
        return found if isinstance(found, Decimal) else None

    return read


def _sheet(which: str) -> Callable[[Registered], Decimal | None]:
    return lambda one: getattr(income.totals(one.home.income), which) if one.home.income is not None else None


SUMS: dict[str, Sum] = {
    f.key: Sum(f.label, _sum_of(part, f.key), isinstance(f.kind, Money), f)
    for part, fields in (("home", HOUSEHOLD), ("income", INCOME), ("living", LIVING))
    for f in fields.values()
    if isinstance(f.kind, _ADDED) and f is not PER_HEAD
} | {
    "gross": Sum("家庭总收入", _sheet("gross"), True),
    "disposable": Sum("家庭可支配收入", _sheet("disposable"), True),
}
"""What can be added up, by the key of its field. Per-head figures are no sums."""
