"""Who may apply again, and as what; both sides of each line."""

from __future__ import annotations

from datetime import date

import pytest

from db.rules.case import Status
from db.rules.codes import ApplicationKind
from db.rules.reapplying import fitting_kind, reapplying_problems

ENDED = date(2016, 6, 10)
NEXT = date(2017, 3, 1)


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN])
def test_who_was_turned_down_applies_again_in_a_later_year(status: Status) -> None:
    assert reapplying_problems(ApplicationKind.FIRST, status, ENDED, date(2017, 1, 1)) == ()
    (same,) = reapplying_problems(ApplicationKind.FIRST, status, ENDED, date(2016, 12, 31))
    assert "下一年度" in same.text
    assert same.field == "applied_on"


def test_who_was_removed_applies_for_help_to_be_resumed() -> None:
    assert reapplying_problems(ApplicationKind.RESUMED, Status.REMOVED, ENDED, ENDED) == ()
    (wrong,) = reapplying_problems(ApplicationKind.FIRST, Status.REMOVED, ENDED, NEXT)
    assert "恢复帮扶" in wrong.text
    (never,) = reapplying_problems(ApplicationKind.RESUMED, Status.REJECTED, ENDED, NEXT)
    assert "没有建过档" in never.text


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN])
def test_who_was_removed_and_turned_down_since_still_applies_for_help_to_be_resumed(status: Status) -> None:
    assert reapplying_problems(ApplicationKind.RESUMED, status, ENDED, NEXT, removed=True) == ()
    (wrong,) = reapplying_problems(ApplicationKind.FIRST, status, ENDED, NEXT, removed=True)
    assert "恢复帮扶" in wrong.text


@pytest.mark.parametrize("removed", [True, False])
@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN, Status.REMOVED])
def test_the_fitting_kind_is_one_that_is_allowed(status: Status, removed: bool) -> None:
    kind = fitting_kind(status, removed=removed)
    assert kind is (ApplicationKind.RESUMED if removed or status is Status.REMOVED else ApplicationKind.FIRST)
    assert reapplying_problems(kind, status, ENDED, NEXT, removed=removed) == ()


@pytest.mark.parametrize("status", [Status.REJECTED, Status.REMOVED])
def test_nobody_falls_back_who_had_not_left_poverty(status: Status) -> None:
    (problem,) = reapplying_problems(ApplicationKind.RETURN, status, ENDED, NEXT)
    assert "没有脱贫记录" in problem.text


@pytest.mark.parametrize("status", [Status.RUNNING, Status.INCOMPLETE, Status.RULING, Status.HELD, Status.REGISTERED])
def test_nothing_new_begins_while_a_case_runs_or_the_household_is_registered(status: Status) -> None:
    (problem,) = reapplying_problems(ApplicationKind.FIRST, status, ENDED, NEXT)
    assert ("在册" if status is Status.REGISTERED else "办结以后") in problem.text


def test_an_application_does_not_lie_before_the_end_of_the_last_one() -> None:
    (problem,) = reapplying_problems(ApplicationKind.RESUMED, Status.REMOVED, ENDED, date(2016, 6, 9))
    assert "早于上次办结" in problem.text
