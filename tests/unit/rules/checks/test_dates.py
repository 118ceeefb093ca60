"""Rules on the days and the papers of a case: each just inside and just outside its line."""

from __future__ import annotations

from datetime import date

import pytest

from db.rules.checks.dates import after_notice, assembly, in_order, unheard, vote
from db.rules.codes import AppraisalKind

TODAY = date(2016, 6, 10)
FILED, VISITED, HELD = (("申请", date(2016, 5, 1)), ("入户核实", date(2016, 5, 9)), ("民主评议", date(2016, 5, 9)))


def test_days_follow_the_steps() -> None:
    assert list(in_order((FILED, VISITED, HELD), TODAY)) == []
    assert list(in_order((), TODAY)) == []
    (said,) = in_order((FILED, VISITED, ("民主评议", date(2016, 5, 8))), TODAY)
    assert said == "民主评议 2016-05-08 早于入户核实 2016-05-09，次序颠倒"


@pytest.mark.parametrize(("day", "hit"), [(date(2016, 6, 10), False), (date(2016, 6, 11), True)])
def test_no_day_lies_after_today(day: date, hit: bool) -> None:
    assert bool(list(in_order((FILED, ("入户核实", day)), TODAY))) is hit


@pytest.mark.parametrize(("day", "hit"), [(date(2016, 6, 2), False), (date(2016, 6, 1), True)])
def test_the_decision_comes_after_the_notice(day: date, hit: bool) -> None:
    places = ("村委会", "第一组")
    assert bool(list(after_notice(("村初审", day), date(2016, 6, 1), places, places))) is hit


def test_a_list_hangs_in_every_place() -> None:
    (said,) = after_notice(("村初审", date(2016, 6, 2)), date(2016, 6, 1), ("村委会", "第一组"), ("村委会",))
    assert said == "第一组没有张贴公示的记录"


@pytest.mark.parametrize(("present", "hit"), [(30, False), (29, True)])
def test_enough_people_came(present: int, hit: bool) -> None:
    assert bool(list(assembly(AppraisalKind.REPRESENTATIVES, 45, present))) is hit


@pytest.mark.parametrize(
    ("votes", "went_on", "hit"),
    [((21, 20, 0), True, False), ((20, 20, 1), True, True), ((20, 20, 1), False, False), ((38, 2, 0), True, True)],
)
def test_the_votes_add_up_and_carry(votes: tuple[int, int, int], went_on: bool, hit: bool) -> None:
    assert bool(list(vote(*votes, 41, went_on=went_on))) is hit


@pytest.mark.parametrize(("answered", "hit"), [([7], False), ([], True)])
def test_no_opinion_before_the_answer(answered: list[int], hit: bool) -> None:
    assert bool(list(unheard([(7, date(2016, 5, 28))], answered, date(2016, 6, 2)))) is hit
