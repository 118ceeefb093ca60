"""The register a form draws on is the month's own: its households and persons, whatever happened to them since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.rules.changes import Change
from db.rules.codes import ChangeKind, Relation, Schooling
from db.rules.counts import Count
from db.rules.values import Income
from db.services.figures.counted import Counted, counted_of, totals
from db.services.figures.facts import Register
from db.services.figures.register import register
from db.services.register import households
from tests.helpers.changes import child, family, make, on_register
from tests.store.services.conftest import Desk


@pytest.fixture
def autumn(desk: Desk) -> Desk:
    """The clock in September; three families registered in May, one in July."""
    desk.clock.pass_time(timedelta(days=115))
    for serial in (1, 2, 3):
        on_register(desk, family(serial), f"华南-2016-{serial:04d}")
    on_register(desk, family(4), "华南-2016-0004", date(2016, 7, 10))
    return desk


def _month(desk: Desk, month: int) -> Register:
    found = desk.see(register, 2016, month)
    assert isinstance(found, Register)
    return found


def _counted(found: Register, *keys: str) -> list[int]:
    figures = [figure for key in keys if (figure := counted_of(key)) is not None]
    assert len(figures) == len(keys)
    by_village = totals(figures, found.households, found.last)
    return [int(sum(sums[n] for sums in by_village.values())) for n in range(len(figures))]


def test_every_month_counts_what_its_ledger_closes_with(autumn: Desk) -> None:
    newborn = replace(child("陈某新", birth=date(2016, 7, 5), serial=301), schooling=Schooling.NONE)
    make(autumn, 1, Change(ChangeKind.BORN, date(2016, 7, 5), "出生证", date(2016, 7, 6), entrant=newborn))
    make(autumn, 2, Change(ChangeKind.DIED, date(2016, 7, 8), "注销证明", person=1))
    split = Change(
        ChangeKind.SPLIT, date(2016, 7, 20), "户口簿", parting=(1, 3), parting_head=1, others={3: Relation.DAUGHTER}
    )
    make(autumn, 1, split, second=True)
    make(autumn, 3, Change(ChangeKind.DISSOLVED, date(2016, 8, 9), reason="全户外迁"), second=True)
    households_, persons = Counted("households").key, Counted("persons").key
    for month, expected in ((5, Count(3, 9)), (6, Count(3, 9)), (7, Count(5, 12)), (8, Count(4, 9))):
        found = _month(autumn, month)
        assert found.ledger.total.closing == expected
        assert Count(*_counted(found, households_, persons)) == expected


def test_ages_and_new_households_are_those_of_the_month(autumn: Desk) -> None:
    ten = "count:persons?age=10..10"
    assert _counted(_month(autumn, 6), "count:households?since_month=1", "count:households?since_year=1", ten) == [
        0,
        3,
        3,
    ]
    assert _counted(_month(autumn, 7), "count:households?since_month=1", "count:persons?since_month=1", ten) == [
        1,
        3,
        4,
    ]


def test_the_income_is_the_newest_up_to_the_year(autumn: Desk) -> None:
    home = autumn.see(households.get, 1)
    later = Income(2017, Decimal(99000), Decimal(0), Decimal(0), Decimal(0), Decimal(0), Decimal(0))
    autumn.act(households.save, replace(home, income=later))
    (first, *_) = _month(autumn, 6).households
    assert first.home.income is not None
    assert (first.home.income.year, first.line.disposable_per_head) == (2015, Decimal("2000.00"))
