"""The state of a case follows from its events alone, and the door says why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.case import STEP_OF, Event, Finding, Gate, Kind, Outcome, State, Status, derive, standing
from db.rules.codes import Verdict
from db.rules.door import refusals
from db.rules.procedure import Step, identification

LADDER = identification()
DAY = date(2016, 5, 10)
NOW = datetime(2016, 5, 10, 9, tzinfo=timezone(timedelta(hours=8)))
OPEN = Gate(7, "华南村2016年第1次公示", DAY, DAY + timedelta(6), DAY + timedelta(7))
FACTS: Mapping[Kind, Mapping[str, Any]] = {
    Kind.VERIFIED: {"verdict": Verdict.FITS.value, "hits": [], "why": "", "note": ""},
    Kind.RULED: {"admit": True, "reason": "三轮摩托"},
    Kind.APPRAISED: {"yes": 38, "no": 2, "abstained": 1, "present": 41, "passed": True},
    Kind.OPINED: {"agree": True, "reason": ""},
    Kind.REVIEWED: {"outcome": "passed", "reason": ""},
    Kind.RECHECKED: {"outcome": "passed", "reason": ""},
    Kind.DECIDED: {"outcome": "passed", "reason": ""},
    Kind.CARDED: {"number": "华南-2016-0001"},
    Kind.OBJECTED: {"content": "有车"},
    Kind.INVESTIGATED: {"objection": 0, "finding": "unfounded", "result": "无车"},
    Kind.CORRECTED: {"reason": "录错"},
    Kind.WITHDRAWN: {"reason": "外出"},
}
CLIMB = (
    Kind.FILED, Kind.VERIFIED, Kind.APPRAISED, Kind.LISTED, Kind.OPINED, Kind.REVIEWED, Kind.ANNOUNCED, Kind.RECHECKED,
    Kind.DECIDED, Kind.CARDED,
)  # fmt: skip


def _event(number: int, kind: Kind, undoes: tuple[int, ...] = (), **changed: object) -> Event:
    facts = {**FACTS.get(kind, {}), **changed}
    batch = 7 if kind in (Kind.LISTED, Kind.ANNOUNCED) else None
    return Event(number, kind, DAY + timedelta(number), NOW, 1, "钟小明", "", batch, undoes, False, facts)


def _events(*kinds: Kind) -> list[Event]:
    return [_event(n, kind) for n, kind in enumerate(kinds, 1)]


def _state(*kinds: Kind) -> State:
    return derive(_events(*kinds), LADDER)


@pytest.mark.parametrize(
    ("count", "at"),
    [
        (1, Step.VERIFICATION), (2, Step.APPRAISAL), (3, Step.NOTICE), (4, Step.NOTICE), (5, Step.REVIEW), (6, Step.ANNOUNCEMENT),
        (7, Step.RECHECK), (8, Step.DECISION), (9, Step.CARD), (10, None),
    ],
)  # fmt: skip
def test_each_event_leads_to_its_step(count: int, at: Step | None) -> None:
    state = _state(*CLIMB[:count])
    assert state.at is at
    assert state.status is (Status.RUNNING if at else Status.REGISTERED)


def test_a_town_without_announcement_and_recheck_has_a_shorter_ladder() -> None:
    short = identification(announcement=False, recheck=False)
    state = derive(_events(*CLIMB[:6]), short)
    assert state.at is Step.DECISION
    reasons = refusals(state, Kind.ANNOUNCED, short, DAY + timedelta(9), DAY + timedelta(9))
    assert "没有“县公告”这一步" in reasons[0]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"verdict": Verdict.INCOMPLETE.value, "why": "缺签名"}, Status.INCOMPLETE),
        ({"verdict": Verdict.UNFIT.value, "why": "收入"}, Status.REJECTED),
        ({"hits": ["73"], "why": "小汽车"}, Status.RULING),
    ],
)
def test_a_visit_that_is_not_clean_does_not_climb(changed: dict[str, object], status: Status) -> None:
    state = derive([_event(1, Kind.FILED), _event(2, Kind.VERIFIED, **changed)], LADDER)
    assert (state.at, state.status) == (Step.VERIFICATION, status)


def test_a_ruling_lets_the_case_go_on_or_ends_it() -> None:
    hit = [_event(1, Kind.FILED), _event(2, Kind.VERIFIED, hits=["73"], why="小汽车")]
    assert derive([*hit, _event(3, Kind.RULED)], LADDER).at is Step.APPRAISAL
    assert derive([*hit, _event(3, Kind.RULED, admit=False)], LADDER).status is Status.REJECTED


def test_a_failed_vote_an_opinion_against_and_a_county_refusal_end_the_case() -> None:
    failed = _event(3, Kind.APPRAISED, yes=20, no=21, passed=False)
    assert derive([*_events(*CLIMB[:2]), failed], LADDER).status is Status.REJECTED
    against = _event(5, Kind.OPINED, agree=False, reason="重名")
    assert derive([*_events(*CLIMB[:4]), against], LADDER).status is Status.REJECTED
    refused = _event(9, Kind.DECIDED, outcome=Outcome.REFUSED.value, reason="有车")
    assert derive([*_events(*CLIMB[:8]), refused], LADDER).status is Status.REJECTED


def test_a_return_goes_back_to_the_visit_and_says_why() -> None:
    state = derive([*_events(*CLIMB[:5]), _event(6, Kind.REVIEWED, outcome="returned", reason="照片缺")], LADDER)
    assert (state.at, state.status, state.gate_id) == (Step.VERIFICATION, Status.RUNNING, None)
    assert "照片缺" in state.why


@pytest.mark.parametrize(
    ("finding", "status", "gate"),
    [
        (Finding.UNFOUNDED, Status.RUNNING, 7),
        (Finding.UPHELD, Status.REJECTED, 7),
        (Finding.CORRECT, Status.RUNNING, None),
    ],
)
def test_an_objection_holds_the_case_until_it_is_decided(finding: Finding, status: Status, gate: int | None) -> None:
    held = [*_events(*CLIMB[:4]), _event(5, Kind.OBJECTED)]
    assert derive(held, LADDER).status is Status.HELD
    answer = _event(6, Kind.INVESTIGATED, objection=5, finding=finding.value, result="查实")
    state = derive([*held, answer], LADDER)
    assert (state.status, state.gate_id, state.objections) == (status, gate, ())


def test_a_correction_makes_events_void_and_stays_visible() -> None:
    events = [*_events(*CLIMB[:4]), _event(5, Kind.CORRECTED, (3, 4))]
    assert derive(events, LADDER).at is Step.APPRAISAL
    assert [e.id for e in standing(events)] == [1, 2]


def test_the_door_is_shut_for_every_kind_but_the_next_one() -> None:
    today = DAY + timedelta(30)
    for count in range(1, len(CLIMB)):
        state = _state(*CLIMB[:count])
        gate = OPEN if state.gate_id is not None else None
        following = [k for k in CLIMB[1:] if not refusals(state, k, LADDER, today, today, gate)]
        assert following == [CLIMB[count]]


@pytest.mark.parametrize(("days", "open_"), [(6, False), (7, True)])
def test_an_opinion_waits_for_the_full_notice(days: int, open_: bool) -> None:
    state, today = _state(*CLIMB[:4]), DAY + timedelta(days)
    found = refusals(state, Kind.OPINED, LADDER, today, today, OPEN)
    assert (found == ()) is open_
    unposted = Gate(7, "公示", waits="第一组还没有张贴")
    assert "第一组还没有张贴" in refusals(state, Kind.OPINED, LADDER, today, today, unposted)[0]


def test_dates_may_not_run_ahead_or_backwards() -> None:
    state = _state(*CLIMB[:2])
    assert "晚于今天" in refusals(state, Kind.APPRAISED, LADDER, DAY + timedelta(9), DAY + timedelta(8))[0]
    assert "次序颠倒" in refusals(state, Kind.APPRAISED, LADDER, DAY, DAY + timedelta(8))[0]


@given(
    st.lists(st.sampled_from([k for k in Kind if k in STEP_OF or k in (Kind.CORRECTED, Kind.WITHDRAWN)]), max_size=14)
)
def test_whatever_comes_through_the_door_climbs_in_the_order_of_the_ladder(kinds: list[Kind]) -> None:
    events, today = [_event(1, Kind.FILED)], DAY + timedelta(60)
    for number, kind in enumerate(kinds, 2):
        state = derive(events, LADDER)
        gate = OPEN if state.gate_id is not None else None
        if kind is Kind.FILED or refusals(state, kind, LADDER, DAY + timedelta(number), today, gate):
            continue
        undoes = (events[-1].id,) if kind is Kind.CORRECTED and len(events) > 1 else ()
        extra = {"objection": state.objections[0]} if kind is Kind.INVESTIGATED else {}
        events.append(_event(number, kind, undoes, **extra))
    done = [d.step for d in derive(events, LADDER).done]
    assert done == list(LADDER.steps[: len(done)])
