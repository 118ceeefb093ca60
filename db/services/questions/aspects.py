"""What can be asked of a household or a person: every field of the record and what follows from it, each with how a condition on it is said.

The dimensions of the county's forms keep their keys, so that a figure counted there is asked anew here word for word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from db.fields.kinds import Choice, Date
from db.rules.case import Status
from db.rules.procedure import Step
from db.rules.values import Member
from db.services.figures.dimensions import DIMENSIONS, Dimension, Of, codes_of
from db.services.figures.facts import Register, Registered
from db.services.figures.values import VALUES
from db.services.figures.values import Meaning as ValueOf

BLANK, FILLED = "", "*"
"""Values of a condition that ask whether anything stands there at all."""


class Way(Enum):
    """How a condition is put: some of a list, a band of numbers or days, yes or no, words within a text, places."""

    CHOICE = "choice"
    BAND = "band"
    DAYS = "days"
    YES = "yes"
    TEXT = "text"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Subject:
    """One household that is looked at. ``one`` is it as the forms read it; how its case stands is known for today only."""

    one: Registered
    on_register: bool
    status: Status | None = None
    step: Step | None = None
    why: str = ""

    @property
    def household_id(self) -> int:
        return self.one.household_id


@dataclass(frozen=True, slots=True)
class Sight:
    """What stands beside all households: the register and the day looked at; ``lacks`` the proofs a household's file lacks, by its id."""

    register: Register
    day: date
    lacks: Mapping[int, str]


Read = Callable[[Sight, Subject, Member], Any]


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that can be asked. ``read`` gives codes as a tuple of texts, a number, a day or a text; None or () where nothing stands.

    ``today``: only known as it stands today; ``proofs``: needs the files' proofs to be read.
    """

    key: str
    label: str
    of: Of
    way: Way
    group: str
    read: Read
    options: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    dimension: Dimension | None = None
    today: bool = False
    proofs: bool = False

    def said(self, values: tuple[str, ...]) -> str:
        """The condition as part of a sentence."""
        asked = tuple(value for value in values if value not in (BLANK, FILLED))
        blank = f"没有填{self.label}" if BLANK in values else f"填了{self.label}" if FILLED in values else ""
        if not asked:
            return blank
        told = self._said(asked)
        return f"{told}或{blank}" if blank else told

    def _said(self, values: tuple[str, ...]) -> str:
        if self.dimension is not None:
            return self.dimension.said(values)
        words = [self.shown(value) for value in values]
        if self.way is Way.YES:
            return "或".join(words)
        if self.way is Way.PLACE:
            return f"在{'、'.join(words)}"
        if self.way is Way.TEXT:
            return f"{self.label}里有{'或'.join(f'“{word}”' for word in words)}"
        if self.way is Way.CHOICE:
            return f"{self.label}为{'或'.join(f'“{word}”' for word in words)}"
        return f"{self.label}{'或'.join(words)}"

    def line(self, values: tuple[str, ...]) -> str:
        """The condition as a line of its own: 贫困户属性 是 低保户、五保户."""
        words = "、".join(self.shown(value) for value in values)
        if self.way is Way.YES and self.label in words and BLANK not in values:
            return words
        verb = {Way.CHOICE: " 是 ", Way.PLACE: " 是 ", Way.TEXT: " 含 ", Way.YES: "：", Way.DAYS: " "}.get(
            self.way, " "
        )
        if self.way is Way.TEXT and set(values) <= {BLANK, FILLED}:
            verb = " "
        return f"{self.label}{verb}{words}"

    def shown(self, value: str) -> str:
        """One value as the clerk reads it."""
        if value in (BLANK, FILLED):
            return "没有填" if value == BLANK else "填了"
        if self.way in (Way.BAND, Way.DAYS):
            return _band_shown(value, self.unit)
        return dict(self.options).get(value, value)

    def test(self, values: tuple[str, ...]) -> Callable[[Any], bool]:
        """Whether what was read meets the condition."""
        if self.way in (Way.BAND, Way.DAYS):
            ends = [_ends(value, self.way) for value in values if value not in (BLANK, FILLED)]
            blank, filled = BLANK in values, FILLED in values
            return lambda v: (
                blank if v is None else filled or any((a is None or a <= v) and (b is None or v <= b) for a, b in ends)
            )
        if self.way is Way.TEXT:
            words = tuple(value for value in values if value not in (BLANK, FILLED))
            blank, filled = BLANK in values, FILLED in values
            return lambda v: blank if not v else filled or any(word in v for word in words)
        wanted, blank, filled = frozenset(values), BLANK in values, FILLED in values
        return lambda v: blank if not v else filled or not wanted.isdisjoint(v)


def _band_shown(value: str, unit: str) -> str:
    low, _, high = value.partition("..")
    if low and high:
        return f"{low}{unit}" if low == high else f"{low}至{high}{unit}"
    return (
        f"{low}{unit}及以上" if low and unit else f"{low}起" if low else f"{high}{unit}及以下" if unit else f"到{high}"
    )


def _ends(value: str, way: Way) -> tuple[Any, Any]:
    low, _, high = value.partition("..")
    made: Callable[[str], Any] = date.fromisoformat if way is Way.DAYS else Decimal
    return (made(low) if low else None), (made(high) if high else None)


def is_value(aspect: Aspect, value: str) -> bool:
    """Whether a value can stand in a condition on this aspect; a kept question may come from another version of the program."""
    if value in (BLANK, FILLED) or aspect.way in (Way.TEXT, Way.PLACE):
        return True
    if aspect.way in (Way.BAND, Way.DAYS):
        try:
            low, high = _ends(value, aspect.way)
        except (ValueError, ArithmeticError):
            return False
        return ".." in value and (low is not None or high is not None)
    return value in dict(aspect.options)


_ON_REGISTER_ONLY = frozenset({"identified", "since_month", "since_year", "made.registered_on"})


def _dimension_read(dimension: Dimension) -> Read:
    raw, of_home, band = dimension.read, dimension.of == "home", dimension.is_band
    only = dimension.key in _ON_REGISTER_ONLY

    def read(sight: Sight, subject: Subject, person: Member) -> Any:  # noqa: ANN401
        found = None if only and not subject.on_register else raw(subject.one if of_home else person, sight.day)
        return found if band else codes_of(found)

    return read


_GROUPS = ("村组", "户", "成员", "收入", "生产生活", "办理")
_HOME_KEYS = frozenset(key.removeprefix("living.") for key in VALUES if key.startswith("living."))


def _of_dimension(one: Dimension) -> Aspect:
    way = Way.BAND if one.is_band else Way.CHOICE if one.field is not None else Way.YES
    options = tuple((value, one.shown(value)) for value in one.values())
    group = "成员" if one.of == "person" else "生产生活" if one.key in _HOME_KEYS else "户"
    return Aspect(one.key, one.label, one.of, way, group, _dimension_read(one), options, one.unit, one)


_ASKED_OTHERWISE = frozenset(
    {
        "made.order", "made.province", "made.city", "made.county", "made.town", "made.registered_year", "made.danger", "made.age",
        "made.birth", "made.per_head", "made.other_causes", "home.village", "home.group", "home.size_stated",
    }
)  # fmt: skip
_CALLED = {"home.head_id": "户主身份证号"}


def _value_read(one: ValueOf) -> Read:
    take, only = one.read, one.key in _ON_REGISTER_ONLY

    def read(sight: Sight, subject: Subject, person: Member) -> Any:  # noqa: ANN401
        return None if only and not subject.on_register else take(sight.register, subject.one, person)

    return read


def _way_of(one: ValueOf) -> Way:
    if one.key == "made.registered_on" or (one.field is not None and isinstance(one.field.kind, Date)):
        return Way.DAYS
    number = one.money or one.key == "made.net_per_head" or (one.field is not None and one.field.kind.align == "right")
    return Way.BAND if number else Way.TEXT


def _of_value(one: ValueOf) -> Aspect:
    group = {"算出来的": "收入", "本镇与序号": "户"}.get(one.group, one.group)
    unit = "元" if one.money else str(getattr(one.field.kind, "unit", "")) if one.field is not None else ""
    unit = {"built_year": "年", "able_stated": "人", "work_months": "个月"}.get(one.key.partition(".")[2], unit)
    of: Of = "person" if one.group == "成员" else "home"
    way = _way_of(one)
    label = _CALLED.get(one.key, one.label)
    return Aspect(one.key, label, of, way, group, _value_read(one), unit=unit if way is Way.BAND else "")


def _own() -> tuple[Aspect, ...]:
    sheet = (("1", "有收入核算表"), ("0", "没有收入核算表"))
    card = (("1", "在册（已建档立卡）"), ("0", "没有建档立卡"))
    proof = (("1", "材料不齐"), ("0", "材料齐全"))
    return (
        Aspect("village", "村", "home", Way.PLACE, "村组", lambda _, s, __: (s.one.line.village,)),
        Aspect("group", "村民小组", "home", Way.PLACE, "村组", lambda _, s, __: (s.one.line.village + s.one.line.group,)),
        Aspect("sheet", "收入核算表", "home", Way.YES, "收入", lambda _, s, __: codes_of(s.one.home.income is not None), sheet),
        Aspect("carded", "建档立卡", "home", Way.YES, "办理", lambda _, s, __: codes_of(s.on_register), card),
        Aspect("status", "办理情形", "home", Way.CHOICE, "办理", lambda _, s, __: codes_of(s.status), _labels(Status), today=True),
        Aspect("step", "办到哪一步", "home", Way.CHOICE, "办理", lambda _, s, __: codes_of(s.step), _labels(Step), today=True),
        Aspect("why", "停在这里的原因", "home", Way.TEXT, "办理", lambda _, s, __: s.why, today=True),
        Aspect(
            "proofs", "材料", "home", Way.YES, "办理", lambda at, s, __: codes_of(s.household_id in at.lacks), proof,
            today=True, proofs=True,
        ),
        Aspect(
            "lacking", "欠的材料", "home", Way.TEXT, "办理", lambda at, s, __: at.lacks.get(s.household_id, ""), today=True,
            proofs=True,
        ),
    )  # fmt: skip


def _labels(table: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(row.value), row.label) for row in table)


def _all() -> Mapping[str, Aspect]:
    own = _own()
    dimensions = tuple(_of_dimension(one) for one in DIMENSIONS.values())
    values = tuple(
        _of_value(one)
        for one in VALUES.values()
        if one.key not in _ASKED_OTHERWISE and not (one.field is not None and isinstance(one.field.kind, Choice))
    )
    every = (*own, *dimensions, *values)
    return {one.key: one for one in sorted(every, key=lambda one: _GROUPS.index(one.group))}


ASPECTS = _all()
"""Everything that can be asked, by its key, in the order of the groups a list shows it in."""
