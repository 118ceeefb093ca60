"""A household as the rules look at it: every ID number judged once, every age known on the day, and which parts are filled in at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from db.rules.checks.finding import Finding
from db.rules.codes import Health, Relation, Sex
from db.rules.identity import IdVerdict, age_on, judge_kind
from db.rules.names import is_plain
from db.rules.values import Household, Member

_OF_REGISTER = (
    "politics", "school", "dropout", "health_also", "illness", "medicated", "work_status", "work_place", "work_months",
    "employer", "public_post", "soldier", "medical_insured", "serious_insured", "pension_insured", "benefits",
)  # fmt: skip
_OF_HOUSE = (
    "benefit_number",
    "cause_note",
    "only_child",
    "two_daughters",
    "structure",
    "built_year",
    "dangerous",
    "living",
)
_OF_SHEET = (
    "dividend", "other_property", "family_planning", "low_income_benefit", "five_guarantees", "pension", "ecology",
    "medical_paid", "medical_aid", "other_transfer", "tax", "social_security", "support_paid", "other_transfer_cost",
)  # fmt: skip
_register, _house, _sheet = attrgetter(*_OF_REGISTER), attrgetter(*_OF_HOUSE), attrgetter(*_OF_SHEET)
_BLANK_REGISTER = _register(Member(""))
_BLANK_HOUSE = _house(Household("", "", ""))
_BLANK_SHEET = (None,) * len(_OF_SHEET)


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

    def is_(self, *healths: Health) -> bool:
        """Whether one of the two answers to 健康状况 is one of these."""
        return self.member.health in healths or self.member.health_also in healths


class Numbered(NamedTuple):
    """A number as written, what it says, its field, and whose it is; ``member`` is None for the household's own line."""

    number: str
    verdict: IdVerdict
    field: str
    member: int | None
    whose: str


class Named(NamedTuple):
    """A name as written and its field."""

    name: str
    field: str
    member: int | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule gets to see. ``head`` is the first member written as 户主.

    ``registered`` are the members of whom more than the short table of the application was asked, ``more`` whether anything beyond the
    application is filled in at all: the rules on the full record are not asked without. ``whole`` asks for notes, too, that only a
    check of the whole record shows. ``strange_numbers`` and ``strange_names`` are those that are not plainly in order, as nearly all are.
    """

    household: Household
    today: date
    line: Decimal | None
    head_verdict: IdVerdict
    persons: tuple[Person, ...]
    head: Person | None
    registered: tuple[Person, ...]
    strange_numbers: tuple[Numbered, ...]
    strange_names: tuple[Named, ...]
    more: bool
    whole: bool


Check = Callable[[Subject], Iterator[Finding]]


def look_at(household: Household, today: date, line: Decimal | None, *, whole: bool = False) -> Subject:
    """Judge all ID numbers of a household on ``today``."""
    persons = tuple([_person(i, m, today) for i, m in enumerate(household.members)])
    head = next((p for p in persons if p.member.relation is Relation.HEAD), None)
    registered = tuple([p for p in persons if _register(p.member) != _BLANK_REGISTER])
    verdict = _head_verdict(household, persons, head, today)
    return Subject(
        household, today, line, verdict, persons, head, registered, _strange_numbers(household, verdict, persons),
        _strange_names(household, persons), bool(registered) or _has_more(household), whole,
    )  # fmt: skip


def _strange_numbers(household: Household, head: IdVerdict, persons: tuple[Person, ...]) -> tuple[Numbered, ...]:
    found = []
    if _is_strange(household.head_id, head):
        found.append(Numbered(household.head_id, head, "head_id", None, ""))
    for p in persons:
        if _is_strange(p.member.id_number, p.verdict):
            found.append(Numbered(p.member.id_number, p.verdict, "id_number", p.index, f"{p.label}："))
    return tuple(found)


def _is_strange(number: str, verdict: IdVerdict) -> bool:
    return verdict.number != number or not number or bool(verdict.notes)


def _strange_names(household: Household, persons: tuple[Person, ...]) -> tuple[Named, ...]:
    found = [] if is_plain(household.head_name) else [Named(household.head_name, "head_name", None)]
    found += [Named(p.member.name, "name", p.index) for p in persons if not is_plain(p.member.name)]
    return tuple(found)


def _person(index: int, member: Member, today: date) -> Person:
    verdict = judge_kind(member.id_kind, member.id_number, today)
    return Person(index, member, verdict, age_on(verdict.birth, today) if verdict.birth else None)


def _head_verdict(household: Household, persons: tuple[Person, ...], head: Person | None, today: date) -> IdVerdict:
    """The number in the household's own line; as a rule it is one of the members'."""
    number = household.head_id
    same = next((p for p in persons if p.member.id_number == number), None)
    return same.verdict if same else judge_kind(head.member.id_kind if head else None, number, today)


def _has_more(household: Household) -> bool:
    if _house(household) != _BLANK_HOUSE:
        return True
    return household.income is not None and _sheet(household.income) != _BLANK_SHEET
