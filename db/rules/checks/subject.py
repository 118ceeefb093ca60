"""A household as the rules look at it: every ID number judged once, every age known on the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.rules.checks.finding import Finding
from db.rules.codes import Relation, Sex
from db.rules.identity import IdVerdict, age_on, judge
from db.rules.values import Household, Member


@dataclass(frozen=True, slots=True)
class Person:
    """One member with what the ID number says; ``age`` is None when the number cannot be read."""

    index: int
    member: Member
    verdict: IdVerdict
    age: int | None

    @property
    def label(self) -> str:
        return self.member.name or f"第 {self.index + 1} 名成员"

    @property
    def sex(self) -> Sex | None:
        """As written, else as the ID number says."""
        return self.member.sex or self.verdict.sex


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule gets to see. ``head`` is the first member written as 户主."""

    household: Household
    today: date
    line: Decimal | None
    head_verdict: IdVerdict
    persons: tuple[Person, ...]
    head: Person | None


Rule = Callable[[Subject], Iterator[Finding]]


def look_at(household: Household, today: date, line: Decimal | None) -> Subject:
    """Judge all ID numbers of a household on ``today``."""
    head = judge(household.head_id, today)
    persons = tuple(
        _person(i, m, head if m.id_number == household.head_id else judge(m.id_number, today), today)
        for i, m in enumerate(household.members)
    )
    first = next((p for p in persons if p.member.relation is Relation.HEAD), None)
    return Subject(household, today, line, head, persons, first)


def _person(index: int, member: Member, verdict: IdVerdict, today: date) -> Person:
    return Person(index, member, verdict, age_on(verdict.birth, today) if verdict.birth else None)
