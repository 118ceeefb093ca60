"""What happens in the practice township day by day until today: groups of households, each brought as far as one step of the ladder.

Every day is counted back from today, so that whenever the record is made a notice hangs since three days, another one is full this
morning, an objection waits. All of it is done by the services a clerk's own acts go through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import count

from db.errors import refuse_any
from db.practice import cast
from db.practice.cast import EAST, GROUPS, SOUTH, WEST
from db.practice.families import household
from db.rules.case import Outcome
from db.rules.codes import Attribute, Role
from db.rules.ledger import last_day
from db.services.cases import applications, appraisals, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import cards, county, reviews
from db.services.deciding.county import CountyPaper, Ruling
from db.services.deciding.reviews import Opinion
from db.services.ledger import closing
from db.services.notices import notices, objections
from db.services.notices.objections import Objection
from db.services.questions import questions
from db.services.questions.asked import Condition, Counts, Question
from db.services.register import households
from db.services.town import town
from db.store.unit import Unit

CARDED = 42
"""How many days ago the first households got their cards; their month is over, whatever day it is."""
_OFFICE, _VILLAGE = "村委会", cast.TOWN.name


@dataclass(slots=True)
class Group:
    """Households of one village that go together: their cases once they are filed, and the lists they are on."""

    village: str
    size: int
    first: int = 0
    cases: list[int] = field(default_factory=list)
    batch: int = 0


@dataclass(frozen=True, slots=True)
class Deed:
    """One act: how many days ago, by whom, and what; ``both`` when the other person stands by it."""

    ago: int
    act: Callable[[Unit], object]
    by: Role = Role.CLERK
    both: bool = False


def deeds(today: date) -> list[Deed]:
    """Everything that happens, the oldest first; what is of one day in the order it is done."""
    numbers = count()
    found: list[Deed] = []
    for group, told in _groups():
        group.first = next(numbers)
        for _ in range(group.size - 1):
            next(numbers)
        found += told(group, today)
    found += [_closed_month(today), Deed(2, _question)]
    return sorted(found, key=lambda deed: -deed.ago)


Told = Callable[[Group, date], Iterable[Deed]]


def _groups() -> Sequence[tuple[Group, Told]]:
    """Who is how far today, in the order of the ladder from its end."""
    return (
        (Group(EAST, 6), partial(_carded, serial=1)),
        (Group(WEST, 4), partial(_carded, serial=2)),
        (Group(EAST, 3), _decided),
        (Group(WEST, 3), _announced),
        (Group(EAST, 2), _reviewed),
        (Group(WEST, 4), _opined),
        (Group(EAST, 5), _full),
        (Group(WEST, 4), partial(_posted, ago=3)),
        (Group(SOUTH, 5), _objected),
        (Group(SOUTH, 4), _voted),
        (Group(EAST, 2), _late_in_the_vote),
        (Group(SOUTH, 4), _visited),
        (Group(WEST, 2), _stopped),
        (Group(SOUTH, 4), _filed),
    )


def _day(today: date, ago: int) -> date:
    return today - timedelta(days=ago)


def _climb(group: Group, today: date, filed: int, visited: int, voted: int, posted: int) -> list[Deed]:
    """From the application to the notice on the wall; a number of days below 0 is not done."""
    steps: list[tuple[int, Callable[[Unit], object]]] = [
        (filed, partial(_file, group, _day(today, filed))),
        (visited, partial(_visit, group, _day(today, visited))),
        (voted, partial(_vote, group, _day(today, voted))),
        (posted, partial(_hang, group, _day(today, posted))),
    ]
    return [Deed(ago, act) for ago, act in steps if ago >= 0]


def _agreed(group: Group, today: date, down: int, opined: int) -> list[Deed]:
    return [
        Deed(down, partial(_take_down, group, _day(today, down))),
        Deed(opined, partial(_opine, group, _day(today, opined))),
    ]


def _passed(group: Group, today: date, ago: int) -> Deed:
    return Deed(ago, partial(_review, group, _day(today, ago)), Role.REVIEWER)


def _carded(group: Group, today: date, *, serial: int) -> list[Deed]:
    number = f"练扶公告〔{_day(today, 56).year}〕{serial}号"
    return [
        *_climb(group, today, 82, 77, 73, 71),
        *_agreed(group, today, 63, 61),
        _passed(group, today, 58),
        *_county(group, today, number, hung=56, down=48, checked=46, decided=44),
        Deed(CARDED, partial(_card, group, _day(today, CARDED))),
    ]


def _county(group: Group, today: date, number: str, *, hung: int, down: int, checked: int, decided: int) -> list[Deed]:
    return [
        Deed(hung, partial(_announce, group, number, _day(today, hung))),
        Deed(down, partial(_take_down, group, _day(today, down))),
        Deed(checked, partial(_rule, group, county.recheck, f"{number[:-1]}-复核号", _day(today, checked))),
        Deed(decided, partial(_rule, group, county.decide, f"{number[:-1]}-审定号", _day(today, decided))),
    ]


def _decided(group: Group, today: date) -> list[Deed]:
    number = f"练扶公告〔{_day(today, 28).year}〕13号"
    return [
        *_climb(group, today, 52, 48, 44, 42),
        *_agreed(group, today, 34, 33),
        _passed(group, today, 30),
        *_county(group, today, number, hung=28, down=20, checked=15, decided=8),
    ]


def _announced(group: Group, today: date) -> list[Deed]:
    number = f"练扶公告〔{_day(today, 4).year}〕24号"
    return [
        *_climb(group, today, 40, 36, 32, 30),
        *_agreed(group, today, 22, 21),
        _passed(group, today, 18),
        Deed(3, partial(_announce, group, number, _day(today, 3))),
    ]


def _reviewed(group: Group, today: date) -> list[Deed]:
    return [*_climb(group, today, 30, 26, 22, 20), *_agreed(group, today, 12, 11), _passed(group, today, 6)]


def _opined(group: Group, today: date) -> list[Deed]:
    return [*_climb(group, today, 24, 20, 16, 14), *_agreed(group, today, 6, 5)]


def _full(group: Group, today: date) -> list[Deed]:
    return _climb(group, today, 19, 16, 10, 8)


def _posted(group: Group, today: date, *, ago: int) -> list[Deed]:
    return _climb(group, today, ago + 12, ago + 7, ago + 2, ago)


def _objected(group: Group, today: date) -> list[Deed]:
    return [*_posted(group, today, ago=5), Deed(1, partial(_object, group, _day(today, 1)))]


def _voted(group: Group, today: date) -> list[Deed]:
    return _climb(group, today, 11, 7, 1, -1)


def _late_in_the_vote(group: Group, today: date) -> list[Deed]:
    """One household that the assembly did not pass, one that was passed."""
    made = _climb(group, today, 15, 11, -1, -1)
    return [*made, Deed(2, partial(_vote, group, _day(today, 2), lost=1))]


def _visited(group: Group, today: date) -> list[Deed]:
    return _climb(group, today, 6, 2, -1, -1)


def _stopped(group: Group, today: date) -> list[Deed]:
    """One household with something of 七不进, for the practising clerk to have decided."""
    made = _climb(group, today, 7, -1, -1, -1)
    return [*made, Deed(3, partial(_visit, group, _day(today, 3), hits=1))]


def _filed(group: Group, today: date) -> list[Deed]:
    return _climb(group, today, 2, -1, -1, -1)


def _file(group: Group, on: date, unit: Unit) -> None:
    numbers = range(group.first, group.first + group.size)
    homes = [household(n, group.village, GROUPS[n % len(GROUPS)], on) for n in numbers]
    refuse_any(households.problems_of_many(unit, homes))
    made = households.insert_many(unit, homes)
    group.cases = list(applications.open_cases(unit, [(i, on) for i in made], bulk=True, reason="练习"))


def _visit(group: Group, on: date, unit: Unit, *, hits: int = 0) -> None:
    found = [Visit(i, cast.visit(on, car=n < hits)) for n, i in enumerate(group.cases)]
    verification.record(unit, found)


def _vote(group: Group, on: date, unit: Unit, *, lost: int = 0) -> None:
    votes = [Vote(i, *((15, 24, 2) if n < lost else (38, 2, 1))) for n, i in enumerate(group.cases)]
    appraisals.record(unit, cast.meeting(group.village, on), votes)


def _hang(group: Group, on: date, unit: Unit) -> None:
    village = next(v for v in town.villages(unit) if v.name == group.village)
    group.batch = notices.create(unit, village.id, group.cases)
    notices.post(unit, group.batch, dict.fromkeys((_OFFICE, *GROUPS), (on, "")))


def _take_down(group: Group, on: date, unit: Unit) -> None:
    notices.take_down(unit, group.batch, on)


def _opine(group: Group, on: date, unit: Unit) -> None:
    reviews.opine(unit, group.cases, Opinion(on, cast.HEADS[group.village], cast.LEADER))


def _review(group: Group, on: date, unit: Unit) -> None:
    reviews.review(unit, group.cases, reviewed_on=on, outcome=Outcome.PASSED)


def _announce(group: Group, number: str, on: date, unit: Unit) -> None:
    group.batch = county.announce(unit, group.cases, CountyPaper(number, on))
    notices.post(unit, group.batch, dict.fromkeys((_VILLAGE, group.village), (on, "")))


def _rule(group: Group, verb: Callable[..., int], number: str, on: date, unit: Unit) -> None:
    verb(unit, [Ruling(i, Outcome.PASSED) for i in group.cases], CountyPaper(number, on))


def _card(group: Group, on: date, unit: Unit) -> None:
    cards.issue(unit, group.cases, on)


def _object(group: Group, on: date, unit: Unit) -> None:
    content = "反映该户在镇上有铺面出租，收入没有报"
    objections.register(unit, Objection(group.cases[0], on, "徐某平", "来访", content))


def _closed_month(today: date) -> Deed:
    """The month of the first cards, closed on the second day of the next one."""
    carded = _day(today, CARDED)
    end = last_day(carded.year, carded.month)

    def close(unit: Unit) -> None:
        closing.close(unit, carded.year, carded.month, "已核对")

    return Deed((today - end).days - 2, close, both=True)


def _question(unit: Unit) -> None:
    where = (Condition("attribute", (Attribute.LOW_INCOME.value, Attribute.FIVE_GUARANTEES.value)),)
    questions.keep(unit, "低保户和五保户有几户", Question(Counts.HOUSEHOLDS, where))
