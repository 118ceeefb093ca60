"""Quorum by kind of assembly and the majority of those present."""

from __future__ import annotations

import pytest

from db.rules.codes import AppraisalKind
from db.rules.meeting import meeting_problems, passed, quorum, vote_problem

ALL, SOME = AppraisalKind.VILLAGERS, AppraisalKind.REPRESENTATIVES


@pytest.mark.parametrize(
    ("kind", "due", "households", "least"),
    [
        (ALL, 100, False, 51),
        (ALL, 101, False, 51),
        (ALL, 99, True, 66),
        (ALL, 100, True, 67),
        (SOME, 52, False, 35),
        (SOME, 45, False, 30),
    ],
)
def test_quorum_on_both_sides(kind: AppraisalKind, due: int, households: bool, least: int) -> None:
    assert quorum(kind, due, by_households=households) == least
    assert meeting_problems(kind, due, least, by_households=households) == ()
    assert "评议无效" in meeting_problems(kind, due, least - 1, by_households=households)[0]


@pytest.mark.parametrize(("due", "present"), [(52, 38), (55, 49), (62, 50), (35, 33), (45, 37)])
def test_ordinary_assemblies_of_representatives_can_decide(due: int, present: int) -> None:
    assert meeting_problems(SOME, due, present) == ()


@pytest.mark.parametrize(("due", "present", "words"), [(0, 0, "大于 0"), (10, 11, "不符"), (10, -1, "不符")])
def test_impossible_attendance(due: int, present: int, words: str) -> None:
    assert words in meeting_problems(SOME, due, present)[0]


def test_votes_add_up_to_those_present() -> None:
    assert vote_problem(44, 3, 2, 49) == ""
    assert "共 42 票，与实到 40 人不符" in vote_problem(42, 0, 0, 40)
    assert "共 39 票" in vote_problem(39, 0, 0, 40)
    assert "小于 0" in vote_problem(41, -1, 0, 40)


@pytest.mark.parametrize(("yes", "present", "result"), [(20, 40, False), (21, 40, True), (20, 39, True), (0, 0, False)])
def test_more_than_half_of_those_present(yes: int, present: int, result: bool) -> None:
    assert passed(yes, present) is result
