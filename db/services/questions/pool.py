"""All households a question looks at, read once: what is asked of them is kept, so that the next condition is answered at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from db.rules import income
from db.rules.codes import Relation
from db.rules.ledger import LedgerHousehold
from db.rules.values import Household, Member
from db.services.evidence import shortfall
from db.services.figures.facts import Register, Registered
from db.services.figures.register import register
from db.services.ledger import ledger
from db.services.questions.asked import Scope
from db.services.questions.aspects import ASPECTS, Sight, Subject
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter, Line
from db.store.unit import Unit

_READ_BEFOREHAND = "age"


class Pool:
    """Households with their people, as they stand on ``sight.day``. ``people`` are all members, household after household; those of the
    household at place n stand at ``starts[n]`` up to ``starts[n + 1]``."""

    def __init__(
        self, scope: Scope, month: date | None, sight: Sight, subjects: tuple[Subject, ...], proofs: bool
    ) -> None:
        self.scope, self.month, self.sight, self.subjects, self.proofs = scope, month, sight, subjects, proofs
        self.people: list[tuple[int, Member]] = []
        self.starts = [0]
        for place, subject in enumerate(subjects):
            self.people += [(place, member) for member in subject.one.home.members]
            self.starts.append(len(self.people))
        self._read: dict[str, list[Any]] = {}

    @cached_property
    def heads(self) -> tuple[Member, ...]:
        """The head of each household."""
        return tuple(_head(subject.one.home) for subject in self.subjects)

    def read(self, key: str) -> list[Any]:
        """What stands under an aspect, of every household or of everybody; read at the first asking."""
        found = self._read.get(key)
        if found is None:
            aspect, sight = ASPECTS[key], self.sight
            if aspect.of == "person":
                found = [aspect.read(sight, self.subjects[place], member) for place, member in self.people]
            else:
                pairs = zip(self.subjects, self.heads, strict=True)
                found = [aspect.read(sight, subject, head) for subject, head in pairs]
            self._read[key] = found
        return found

    def places(self) -> Mapping[str, tuple[str, ...]]:
        """The villages looked at with their groups, in the town's order."""
        found: dict[str, dict[str, None]] = {}
        for subject in self.subjects:
            found.setdefault(subject.one.line.village, {})[subject.one.line.group] = None
        return {village: tuple(groups) for village, groups in found.items()}


def pool(unit: Unit, scope: Scope, month: date | None, *, proofs: bool = False) -> Pool:
    """Read the households of a scope, today or at a month's end, with what their files lack when ``proofs`` is asked.

    Refused as `db.services.ledger.ledger.month` is: a month that has not begun, figures of the register that do not come out.
    """
    if month is not None:
        whole = register(unit, month.year, month.month)
        sight = Sight(whole, min(whole.last, unit.today), {})
        made = Pool(scope, month, sight, tuple(Subject(one, True) for one in whole.households), False)
    else:
        whole, subjects = _today(unit, scope)
        lacks = _lacks(unit, subjects) if proofs else {}
        made = Pool(scope, month, Sight(whole, unit.today, lacks), subjects, proofs)
    made.read(_READ_BEFOREHAND)
    return made


def with_proofs(unit: Unit, found: Pool) -> Pool:
    """The same households with what their files lack."""
    sight = replace(found.sight, lacks=_lacks(unit, found.subjects))
    return Pool(found.scope, found.month, sight, found.subjects, True)


def _head(home: Household) -> Member:
    found = next((member for member in home.members if member.relation is Relation.HEAD), None)
    return found or Member(home.head_name, Relation.HEAD, home.head_id, home.head_sex)


def _lacks(unit: Unit, subjects: tuple[Subject, ...]) -> dict[int, str]:
    """The proofs that a household's file lacks, in one line; those that lack none are left out."""
    found = shortfall.missing_of(unit, [subject.household_id for subject in subjects])
    told = {i: "、".join(dict.fromkeys(one.text for one in missing)) for i, missing in found.items()}
    return {i: text for i, text in told.items() if text}


def _today(unit: Unit, scope: Scope) -> tuple[Register, tuple[Subject, ...]]:
    """The register as it stands now, and the households of the scope in the order of villages, groups and numbers."""
    of_month = ledger.recorded(unit, unit.today.year, unit.today.month)
    lines = {one.household_id: one for one in of_month.households}
    ids = list(lines) if scope is Scope.REGISTER else search.ids(unit, Filter())
    homes, stand = households.get_many(unit, ids), search.lines(unit, ids)
    made = tuple(
        Registered(lines.get(i) or _line(homes[i], stand[i]), homes[i]) for i in ids if i in homes and i in stand
    )
    subjects = tuple(_subject(one, one.household_id in lines, stand[one.household_id]) for one in made)
    return Register(of_month, unit.today.replace(day=1), unit.today, made), subjects


def _subject(one: Registered, on_register: bool, line: Line) -> Subject:
    return Subject(one, on_register, line.status, line.step, line.why)


def _line(home: Household, line: Line) -> LedgerHousehold:
    """A household that is not on the register as far as the register's row goes; it has no number and no day there."""
    sums = income.totals(home.income) if home.income is not None and home.size else None
    return LedgerHousehold(
        line.id, home.village, home.group, "", home.head_name, home.head_sex, home.head_id, home.size, home.able_stated or 0,
        home.attribute, home.able, home.main_cause, "", income.to_cents(Fraction(sums.disposable) / home.size) if sums else None,
        income.to_cents(Fraction(sums.net) / home.size) if sums else None, home.housing_grade, home.phone, home.remark, date.max,
        (),
    )  # fmt: skip
