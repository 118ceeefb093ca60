"""What may be found of a household that is looked at again; both sides of each line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.rules.codes import Recheck
from db.rules.counts import Count
from db.rules.recheck import Outcome, Progress, outcome_problems, tally

START, TODAY = date(2017, 3, 1), date(2017, 3, 10)
KEPT = Outcome(Recheck.KEPT, START, ("周某坤", "杨某来"))


def fields(found: Outcome, *, registered: bool = True) -> list[str]:
    return [p.field for p in outcome_problems(found, START, TODAY, registered=registered)]


def test_two_people_on_a_day_within_the_round() -> None:
    assert fields(KEPT) == []
    assert fields(replace(KEPT, checkers=("周某坤", "周某坤"))) == ["checkers"]
    assert fields(replace(KEPT, acted_on=TODAY)) == []
    assert fields(replace(KEPT, acted_on=TODAY + timedelta(1))) == ["acted_on"]
    assert fields(replace(KEPT, acted_on=START - timedelta(1))) == ["acted_on"]


@pytest.mark.parametrize("outcome", [Recheck.KEPT, Recheck.CORRECTED, Recheck.REMOVED])
def test_who_is_registered_is_kept_corrected_or_removed_but_not_added(outcome: Recheck) -> None:
    found = replace(KEPT, outcome=outcome, reason="人口 3 人记成 4 人")
    assert fields(found) == []
    assert fields(found, registered=False) == ["outcome"]
    missed = replace(found, outcome=Recheck.ADDED)
    assert fields(missed, registered=False) == []
    assert fields(missed) == ["outcome"]


@pytest.mark.parametrize("outcome", [Recheck.CORRECTED, Recheck.ADDED])
def test_a_correction_and_a_missed_household_need_words(outcome: Recheck) -> None:
    bare = replace(KEPT, outcome=outcome)
    registered = outcome is Recheck.CORRECTED
    assert fields(bare, registered=registered) == ["reason"]
    assert fields(replace(bare, reason="漏评"), registered=registered) == []


def test_households_and_persons_by_finding() -> None:
    counted = tally([(Recheck.KEPT, 3), (Recheck.KEPT, 2), (Recheck.REMOVED, 4)])
    assert counted == {
        Recheck.KEPT: Count(2, 5), Recheck.CORRECTED: Count(), Recheck.REMOVED: Count(1, 4), Recheck.ADDED: Count(),
    }  # fmt: skip
    assert Progress(Count(5, 12), Count(3, 9)).left == Count(2, 3)
