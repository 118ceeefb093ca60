"""A question as data: what is counted, of which households, under which conditions, listed with which columns; as JSON and as a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from db.rules.ledger import last_day
from db.services.figures.counted import counted_of
from db.services.questions.aspects import ASPECTS, Aspect, is_value
from db.services.questions.columns import COLUMNS


class Counts(Enum):
    """What is counted."""

    HOUSEHOLDS = "households"
    PERSONS = "persons"


class Scope(Enum):
    """Whose households are looked at: those on the register, or all in the record."""

    REGISTER = "register"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: the aspect's key and the values that meet it."""

    aspect: str
    values: tuple[str, ...]

    @property
    def line(self) -> str:
        """As a line of its own: 贫困户属性 是 低保户、五保户."""
        return ASPECTS[self.aspect].line(self.values)

    @property
    def said(self) -> str:
        """As part of a sentence."""
        return ASPECTS[self.aspect].said(self.values)


HOME_COLUMNS = (
    "home.village",
    "home.group",
    "made.card",
    "home.head_name",
    "home.size_stated",
    "home.attribute",
    "home.phone",
)
PERSON_COLUMNS = (
    "home.village", "home.group", "home.head_name", "member.name", "member.sex", "made.age", "member.relation", "member.id_number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """``month`` is the first day of the month at whose end the register is looked at, None for today; ``columns`` none for the usual ones;
    ``order`` the column the list is sorted by, "" for village and group."""

    counts: Counts = Counts.HOUSEHOLDS
    where: tuple[Condition, ...] = ()
    scope: Scope = Scope.REGISTER
    month: date | None = None
    columns: tuple[str, ...] = ()
    order: str = ""
    descending: bool = False

    @property
    def shown(self) -> tuple[str, ...]:
        """The columns of its list."""
        return self.columns or (HOME_COLUMNS if self.counts is Counts.HOUSEHOLDS else PERSON_COLUMNS)

    @property
    def proofs(self) -> bool:
        """Whether the files' proofs must be read to answer it."""
        asked = any(ASPECTS[one.aspect].proofs for one in self.where)
        return asked or any(COLUMNS[key].proofs for key in self.shown)

    @property
    def same_town(self) -> tuple[Scope, date | None]:
        """What has to be read for it: questions that share this are answered from one reading."""
        return self.scope, self.month

    def aspects(self, of: str) -> tuple[tuple[Condition, Aspect], ...]:
        """The conditions on households ("home") or on people ("person") with what they ask."""
        return tuple((one, ASPECTS[one.aspect]) for one in self.where if ASPECTS[one.aspect].of == of)


def problem(question: Question) -> str:
    """Why a question cannot be asked, as a sentence; "" when it can."""
    if question.month is not None:
        if question.scope is Scope.ALL:
            return "“档案里全部农户”只能数今天的，月末只数在册户"
        old = [ASPECTS[one.aspect].label for one in question.where if ASPECTS[one.aspect].today]
        old += [COLUMNS[key].label for key in question.shown if COLUMNS[key].today]
        if old:
            return f"{'、'.join(dict.fromkeys(old))}只知道今天的，往月末没有，请改为今天或去掉"
    return ""


def sentence(question: Question, today: date) -> str:
    """What is counted, in words (口径), ages and all being of that day."""
    whose = whose_said(question, today)
    homes = "、".join(one.said for one, _ in question.aspects("home"))
    people = "、".join(one.said for one, _ in question.aspects("person"))
    if question.counts is Counts.PERSONS:
        of = f"{whose}中，{homes}的户" if homes else whose
        return f"{of}里，{people}的人" if people else f"{of}的人"
    having = f"家里有{people}的人" if people else ""
    both = "，".join(part for part in (homes, having) if part)
    return f"{whose}中，{both}的户" if both else whose


def whose_said(question: Question, today: date) -> str:
    """Whose households, and of which day: 2016年6月末在册户."""
    if question.month is not None:
        return f"{question.month.year}年{question.month.month}月末在册户"
    day = f"{today.year}年{today.month}月{today.day}日"
    return f"{day}在册户" if question.scope is Scope.REGISTER else f"{day}档案里全部农户"


def day_of(question: Question, today: date) -> date:
    """The day that is looked at; ages are counted on it."""
    return today if question.month is None else min(today, last_day(question.month.year, question.month.month))


def name_for(question: Question) -> str:
    """A name to begin with: its conditions in few words."""
    words = [one.line.replace(" 是 ", "") for one in question.where]
    told = "·".join(words)[:30] if words else "在册户" if question.scope is Scope.REGISTER else "全部农户"
    return f"{told}{'户数' if question.counts is Counts.HOUSEHOLDS else '人数'}"


def from_figure(key: str, month: date | None = None) -> Question | None:
    """A counted figure of a county's form as a question; None for what is no count (sums, fields)."""
    figure = counted_of(key)
    if figure is None or figure.unit == "sum":
        return None
    return Question(Counts(figure.unit), tuple(Condition(c.dimension, c.values) for c in figure.where), month=month)


def as_json(question: Question) -> dict[str, Any]:
    """A question as it is kept."""
    return {
        "counts": question.counts.value,
        "scope": question.scope.value,
        "month": question.month.isoformat() if question.month else "",
        "where": [{"aspect": one.aspect, "values": list(one.values)} for one in question.where],
        "columns": list(question.columns),
        "order": question.order,
        "descending": question.descending,
    }


def from_json(kept: Mapping[str, Any]) -> Question | None:
    """A kept question; None for one that asks what this program does not know (kept by another version)."""
    try:
        where = tuple(Condition(str(one["aspect"]), tuple(map(str, one["values"]))) for one in kept["where"])
        month = date.fromisoformat(kept["month"]) if kept.get("month") else None
        made = Question(
            Counts(kept["counts"]), where, Scope(kept["scope"]), month, tuple(map(str, kept.get("columns", ()))),
            str(kept.get("order", "")), bool(kept.get("descending")),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        return None
    known = all(
        c.aspect in ASPECTS and c.values and all(is_value(ASPECTS[c.aspect], v) for v in c.values) for c in where
    )
    return made if known and set(made.columns) <= COLUMNS.keys() else None


def dumped(kept: Mapping[str, Any]) -> str:
    """JSON as the record keeps it."""
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)
