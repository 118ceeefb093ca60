"""清退: a household leaves the register by its own ladder, and stays where it was when the ladder is not climbed to the top."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from db.rules.case import Event, Finding, Gate, Kind, Outcome, State, Status, derive
from db.rules.correction import correctable, correction_refusals, falling
from db.rules.door import refusals
from db.rules.procedure import REMOVAL, Step, ladders, removal
from db.rules.removal import Proposal, RemovalReason, proposal_problems

LADDER = removal()
CARDED = date(2016, 7, 1)
DAY = date(2017, 3, 6)
NOW = datetime(2017, 3, 6, 9, tzinfo=timezone(timedelta(hours=8)))
OPEN = Gate(7, "华南村2017年第1次清退公示", DAY, DAY + timedelta(6), DAY + timedelta(3))
FACTS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.PROPOSED: {"number": "华南-2016-0001", "registered_on": "2016-07-01", "code": "73", "reason": "有小汽车一辆"},
    Kind.APPRAISED: {"yes": 38, "no": 2, "abstained": 1, "present": 41, "passed": True},
    Kind.OPINED: {"agree": True, "reason": ""},
    Kind.REVIEWED: {"outcome": "passed", "reason": ""},
    Kind.DECIDED: {"outcome": "passed", "reason": "", "document": "华府函〔2017〕9号"},
    Kind.INVESTIGATED: {"objection": 4, "finding": "unfounded", "result": "车在名下"},
    Kind.OBJECTED: {"content": "车是亲戚的"},
    Kind.WITHDRAWN: {"reason": "车辆登记有误"},
}
CLIMB = (Kind.PROPOSED, Kind.APPRAISED, Kind.LISTED, Kind.OPINED, Kind.REVIEWED, Kind.DECIDED)


def _events(*kinds: Kind, last: Mapping[str, object] | None = None) -> list[Event]:
    found = []
    for n, kind in enumerate(kinds, 1):
        facts = {**FACTS.get(kind, {}), **(last or {} if n == len(kinds) else {})}
        batch = 7 if kind is Kind.LISTED else None
        found.append(Event(n, kind, DAY + timedelta(n), NOW, 1, "钟小明", "", batch, (), False, facts))
    return found


def _state(*kinds: Kind, last: Mapping[str, object] | None = None) -> State:
    return derive(_events(*kinds, last=last), LADDER)


@pytest.mark.parametrize(
    ("count", "at"),
    [(1, Step.APPRAISAL), (2, Step.NOTICE), (3, Step.NOTICE), (4, Step.REVIEW), (5, Step.DECISION), (6, None)],
)
def test_each_act_leads_to_its_step_and_the_county_takes_it_off_the_register(count: int, at: Step | None) -> None:
    state = _state(*CLIMB[:count])
    assert state.at is at
    assert state.number == "华南-2016-0001"
    assert state.status is (Status.RUNNING if at else Status.REMOVED)
    assert state.registered_on == (CARDED if at else None)


def test_a_removed_household_keeps_the_code_and_the_fact_it_left_for() -> None:
    assert _state(*CLIMB).why == "已清退（73 有小汽车一辆）"


@pytest.mark.parametrize("kind", [Kind.LISTED, Kind.OPINED, Kind.REVIEWED, Kind.DECIDED])
def test_no_removal_without_assembly_notice_and_county(kind: Kind) -> None:
    """R78: nothing above the assembly is open while it was not held."""
    reasons = refusals(_state(Kind.PROPOSED), kind, LADDER, DAY + timedelta(2), DAY + timedelta(9))
    assert any("民主评议" in text for text in reasons)


def test_the_seven_days_hold_a_removal_up_too() -> None:
    listed = _state(*CLIMB[:3])
    early = replace(OPEN, decide_from=DAY + timedelta(30))
    day = DAY + timedelta(8)
    assert refusals(listed, Kind.OPINED, LADDER, day, day, early)
    assert not refusals(listed, Kind.OPINED, LADDER, day, day, OPEN)


@pytest.mark.parametrize(
    ("kinds", "last"),
    [
        (CLIMB[:2], {"passed": False, "yes": 10}),
        (CLIMB[:4], {"agree": False, "reason": "车已报废"}),
        (CLIMB, {"outcome": Outcome.REFUSED.value, "reason": "证据不足"}),
        ((*CLIMB[:3], Kind.OBJECTED, Kind.INVESTIGATED), {"finding": Finding.UPHELD.value, "result": "车是亲戚的"}),
    ],
)
def test_a_removal_that_fails_ends_and_the_household_stays_registered(
    kinds: tuple[Kind, ...], last: Mapping[str, object]
) -> None:
    state = _state(*kinds, last=last)
    assert state.status is Status.REJECTED
    assert state.registered_on == CARDED


def test_a_returned_removal_goes_back_to_the_assembly() -> None:
    state = _state(*CLIMB[:5], last={"outcome": Outcome.RETURNED.value, "reason": "缺行驶证复印件"})
    assert (state.at, state.status) == (Step.APPRAISAL, Status.RUNNING)
    assert "须重新民主评议" in state.why
    assert [d.step for d in state.done] == [Step.PROPOSAL]


def test_the_words_are_those_of_a_removal() -> None:
    state = _state(Kind.PROPOSED, Kind.WITHDRAWN)
    assert state.why == "清退已撤回：车辆登记有误"
    assert correction_refusals(_events(Kind.PROPOSED), LADDER, Step.PROPOSAL) == (
        "回头看核查不能作废，要退出请用“撤回清退”",
    )


def test_a_wrong_vote_is_corrected_with_all_that_stands_on_it() -> None:
    events = _events(*CLIMB[:4])
    assert correctable(events, LADDER) == (Step.APPRAISAL, Step.NOTICE, Step.OPINION)
    assert [e.kind for e in falling(events, LADDER, Step.APPRAISAL)] == [Kind.APPRAISED, Kind.LISTED, Kind.OPINED]
    assert correctable(_events(*CLIMB[:5]), LADDER) == ()


def test_every_ladder_is_found_by_its_key_whatever_the_options() -> None:
    assert set(ladders()) == {"identification", REMOVAL}
    assert ladders(announcement=False)[REMOVAL] == LADDER
    assert Step.ANNOUNCEMENT not in ladders(announcement=False)["identification"].steps


GOOD = Proposal(DAY, ("周某坤", "杨某来"), RemovalReason.CAR, "有小汽车一辆")


def test_a_proposal_names_two_people_a_code_and_the_facts() -> None:
    assert proposal_problems(GOOD, CARDED, DAY) == ()
    assert [p.field for p in proposal_problems(replace(GOOD, code=None), CARDED, DAY)] == ["code"]
    assert [p.field for p in proposal_problems(replace(GOOD, reason=" "), CARDED, DAY)] == ["reason"]
    for again in (" 周某坤", "周 某坤", "周某坤\u3000"):
        twice = replace(GOOD, checkers=("周某坤", again, ""))
        assert [p.field for p in proposal_problems(twice, CARDED, DAY)] == ["checkers"]


def test_only_who_is_on_the_register_is_removed_and_not_before_he_came() -> None:
    assert "不在册" in proposal_problems(GOOD, None, DAY)[0].text
    assert proposal_problems(replace(GOOD, checked_on=CARDED), CARDED, DAY) == ()
    early = replace(GOOD, checked_on=CARDED - timedelta(1))
    assert "早于建档" in proposal_problems(early, CARDED, DAY)[0].text
    late = replace(GOOD, checked_on=DAY + timedelta(1))
    assert "晚于今天" in proposal_problems(late, CARDED, DAY)[0].text


def test_the_codes_are_the_provinces() -> None:
    assert sorted(code.value for code in RemovalReason) == [str(n) for n in range(70, 78)]


def test_a_step_the_ladder_has_none_of_is_not_corrected() -> None:
    assert correction_refusals([], LADDER, Step.VERIFICATION) == ("“入户核实”不能在这里更正",)
