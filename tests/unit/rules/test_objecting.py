"""Who may look into an objection, and what an answer must say; both sides of each line."""

from __future__ import annotations

from datetime import date, timedelta

from db.rules.codes import Bar, Entry
from db.rules.objecting import Answered, Claim, answer_problems, investigator_problems

LOOKED, TODAY = date(2016, 6, 1), date(2016, 6, 3)


def _fields(answered: Answered) -> list[str]:
    return [p.field for p in answer_problems(answered, LOOKED, TODAY)]


def test_two_people_other_than_the_first_surveyors() -> None:
    first = ("周某坤", "杨某来")
    assert investigator_problems(("黄某平", "何某新"), first, "") == ()
    (few,) = investigator_problems(("黄某平", " 黄 某平 "), first, "")
    assert few.field == "investigators"
    (same,) = investigator_problems(("黄某平", "周某坤"), first, " ")
    assert (same.field, "周某坤是原调查人" in same.text) == ("own_reason", True)
    (spaced,) = investigator_problems(("黄某平", "周 某坤"), first, "")
    assert spaced.field == "own_reason"
    assert investigator_problems(("黄某平", "周某坤"), first, "工作队只有三人") == ()


def test_an_answer_has_its_day_after_the_investigation_and_its_way() -> None:
    assert _fields(Answered()) == []
    assert _fields(Answered(LOOKED, "当面答复")) == []
    assert _fields(Answered(TODAY, "", "已当面说明")) == []
    assert _fields(Answered(LOOKED - timedelta(1), "当面答复")) == ["answered_on"]
    assert _fields(Answered(TODAY + timedelta(1), "当面答复")) == ["answered_on"]
    assert _fields(Answered(TODAY)) == ["way"]
    assert _fields(Answered(None, "当面答复")) == ["answered_on"]


def test_every_item_of_both_lists_can_be_claimed() -> None:
    claimed = {claim.value for claim in Claim}
    assert claimed == {item.value for item in (*Bar, *Entry)} | {Claim.OTHER.value}
