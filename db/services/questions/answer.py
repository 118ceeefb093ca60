"""The answer to a question: who meets it, how many households and people that is, and the rows of its list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from db.rules.values import Member
from db.services.questions.asked import Counts, Question, sentence
from db.services.questions.columns import COLUMNS, MET, Value
from db.services.questions.pool import Pool


@dataclass(frozen=True, slots=True)
class Answer:
    """``places`` are places of households or of people in the pool, in the order of the list. ``households`` and ``persons`` are what is
    counted with the other unit beside it; ``met`` how many people meet the conditions on people where households are counted (None: there
    are no such conditions)."""

    question: Question
    pool: Pool
    places: tuple[int, ...]
    households: int
    persons: int
    met: int | None
    fitting: frozenset[int]

    @property
    def said(self) -> str:
        """The counts: 12 户 34 人."""
        if self.question.counts is Counts.PERSONS:
            return f"{self.persons:,} 人，在 {self.households:,} 户里"
        also = f"，其中符合条件的 {self.met:,} 人" if self.met is not None else ""
        return f"{self.households:,} 户 {self.persons:,} 人{also}"

    @property
    def sentence(self) -> str:
        """The whole answer, to be copied: what is counted and how many there are."""
        return f"{sentence(self.question, self.pool.sight.day)}：{self.said}。"

    def household_id(self, place: int) -> int:
        """The household a row of the list belongs to."""
        return self.pool.subjects[self._of(place)].household_id

    def row(self, place: int) -> tuple[Value, ...]:
        """The cells of one row in the order of the question's columns."""
        return tuple(self._cell(place, key) for key in self.question.shown)

    def ordered(self, key: str, *, descending: bool) -> tuple[int, ...]:
        """The places by a column: numbers by size, blanks last."""
        found = [(self._cell(place, key), place) for place in sorted(self.places)]
        blank = [place for value, place in found if value is None]
        told = [(value, place) for value, place in found if value is not None]
        told.sort(key=lambda pair: _rank(pair[0]), reverse=descending)
        return (*(place for _, place in told), *blank)

    def _cell(self, place: int, key: str) -> Any:  # noqa: ANN401
        if key == MET:
            return self._met(place)
        one = COLUMNS[key]
        if one.asked and self.question.counts is Counts.PERSONS:
            return self.pool.read(one.asked)[place]
        return one.read(self.pool.sight, self.pool.subjects[self._of(place)], self._person(place))

    def _of(self, place: int) -> int:
        return self.pool.people[place][0] if self.question.counts is Counts.PERSONS else place

    def _person(self, place: int) -> Member:
        return self.pool.people[place][1] if self.question.counts is Counts.PERSONS else self.pool.heads[place]

    def _met(self, place: int) -> str | None:
        first, last = self.pool.starts[place : place + 2]
        return "、".join(self.pool.people[n][1].name for n in range(first, last) if n in self.fitting) or None


def answer(pool: Pool, question: Question) -> Answer:
    """Answer a question from households that were read for its scope and month."""
    homes = _passing(pool, question, range(len(pool.subjects)))
    tests = [(pool.read(c.aspect), a.test(c.values)) for c, a in question.aspects("person")]
    starts = pool.starts
    people: Iterable[int] = (n for place in homes for n in range(starts[place], starts[place + 1]))
    for values, test in tests:
        people = [n for n in people if test(values[n])]
    found = tuple(people)
    if tests:
        held = {pool.people[n][0] for n in found}
        homes = [place for place in homes if place in held]
    if question.counts is Counts.PERSONS:
        with_people = len({pool.people[n][0] for n in found})
        made = Answer(question, pool, found, with_people, len(found), None, frozenset())
    else:
        persons = sum(starts[place + 1] - starts[place] for place in homes)
        met = len(found) if tests else None
        made = Answer(
            question, pool, tuple(homes), len(homes), persons, met, frozenset(found) if tests else frozenset()
        )
    return _in_order(made)


def _passing(pool: Pool, question: Question, places: Iterable[int]) -> list[int]:
    for condition, aspect in question.aspects("home"):
        values, test = pool.read(condition.aspect), aspect.test(condition.values)
        places = [place for place in places if test(values[place])]
    return list(places)


def _in_order(made: Answer) -> Answer:
    question = made.question
    if not question.order or question.order not in question.shown:
        return made
    places = made.ordered(question.order, descending=question.descending)
    return Answer(question, made.pool, places, made.households, made.persons, made.met, made.fitting)


def _rank(value: object) -> tuple[int, Any, str]:
    if isinstance(value, int | Decimal):
        return 0, value, ""
    return (1, value, "") if isinstance(value, date) else (2, 0, str(value))


def rows(found: Answer, places: Sequence[int] | None = None) -> list[tuple[Value, ...]]:
    """The rows of the list, all of them or some."""
    return [found.row(place) for place in (found.places if places is None else places)]
