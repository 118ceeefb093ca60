"""Ways round the procedure that must stay shut: corrections after a return, back-dating, lists taken down, options changed on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.errors import Refused
from db.rules.case import Finding, Kind, Outcome, State, Status, standing
from db.rules.codes import Bar
from db.rules.procedure import Step
from db.rules.values import Household
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import cards, corrections, county, files, reviews
from db.services.deciding.county import CountyPaper, Ruling
from db.services.deciding.reviews import Opinion
from db.services.health import audit
from db.services.notices import board as noticeboard
from db.services.notices import notices, objections
from db.services.notices.objections import Investigation, Objection
from db.services.office import settings
from db.services.register import households
from db.services.town import town as town_service
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER, START, vouch
from tests.helpers.steps import CHECKED, PLACES, READY, announced, decided, hung, opined, passed, wait
from tests.store.services.conftest import Desk

TODAY = START.date()
PAPER = CountyPaper("华府函〔2016〕9号", CHECKED)


def state(desk: Desk, case_id: int) -> State:
    found: State = desk.see(cases.states, [case_id])[case_id]
    return found


def stands(desk: Desk, case_id: int) -> tuple[Step | None, Status]:
    return state(desk, case_id).at, state(desk, case_id).status


def correct(desk: Desk, case_ids: list[int], step: Step) -> None:
    desk.do(corrections.correct, case_ids, step, "录错", second=vouch(desk.record))


def returned_by_the_town(desk: Desk, serial: int) -> int:
    (case_id,) = opined(desk, desk.clock, serial)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(reviews.review, [case_id], reviewed_on=READY, outcome=Outcome.RETURNED, reason="照片缺")
    desk.record.switch(CLERK.name, CLERK.password)
    return case_id


def objected(desk: Desk, case_id: int, on: date = TODAY) -> int:
    found: int = desk.do(objections.register, Objection(case_id, on, "何某", "来访", "有小汽车"))
    return found


def answered(desk: Desk, objection: int, finding: Finding, on: date = TODAY) -> None:
    done = Investigation(objection, on, ("黄某平", "何某新"), finding, "查实", on, "当面")
    desk.do(objections.investigate, done)


@pytest.mark.parametrize("step", [Step.VERIFICATION, Step.APPRAISAL, Step.NOTICE, Step.OPINION])
def test_a_return_of_the_town_is_not_undone_by_a_correction(desk: Desk, step: Step) -> None:
    case_id = returned_by_the_town(desk, 1)
    with pytest.raises(Refused, match="还没有办过"):
        correct(desk, [case_id], step)
    assert stands(desk, case_id) == (Step.VERIFICATION, Status.RUNNING)


def test_a_return_of_the_county_is_not_undone_by_a_correction(desk: Desk) -> None:
    (case_id,) = announced(desk, desk.clock, 1)
    desk.do(county.recheck, [Ruling(case_id, Outcome.RETURNED, "收入有疑")], PAPER)
    with pytest.raises(Refused, match="还没有办过"):
        correct(desk, [case_id], Step.NOTICE)
    desk.do(verification.record, [Visit(case_id, town.visit(CHECKED))])
    assert [e.kind for e in desk.see(corrections.falls_with, case_id, Step.VERIFICATION)] == [Kind.VERIFIED]
    correct(desk, [case_id], Step.VERIFICATION)
    assert stands(desk, case_id) == (Step.VERIFICATION, Status.RUNNING)
    assert "县核查退回：收入有疑" in state(desk, case_id).why


def test_what_is_done_anew_is_not_dated_before_the_return(desk: Desk) -> None:
    case_id = returned_by_the_town(desk, 1)
    with pytest.raises(Refused, match="次序颠倒"):
        desk.do(verification.record, [Visit(case_id, town.visit())])
    desk.do(verification.record, [Visit(case_id, town.visit(READY))])


def test_the_second_climb_needs_everything_anew_and_names_only_its_own_assembly(desk: Desk) -> None:
    (case_id,) = announced(desk, desk.clock, 1)
    desk.do(county.recheck, [Ruling(case_id, Outcome.RETURNED, "收入有疑")], PAPER)
    desk.do(verification.record, [Visit(case_id, town.visit(CHECKED))])
    with pytest.raises(Refused, match="不能跳到“村初审”"):
        desk.do(reviews.opine, [case_id], Opinion(CHECKED, "罗某军", "陈某新"))
    desk.do(appraisals.record, town.meeting(CHECKED), [Vote(case_id, 40, 1, 0)])
    village = desk.see(town_service.villages)[0]
    notice = desk.do(notices.create, village.id, [case_id])
    assert desk.see(notices.paper, notice, CHECKED).earlier == ()
    with pytest.raises(Refused, match="早于民主评议"):
        desk.do(notices.post, notice, {"村委会": (TODAY, "")})
    desk.do(notices.post, notice, dict.fromkeys(PLACES["华南村"], (CHECKED, "")))
    wait(desk, desk.clock, 8)
    assert desk.see(notices.view, notice).decide_from == date(2016, 6, 18)
    desk.do(reviews.opine, [case_id], Opinion(date(2016, 6, 18), "罗某军", "陈某新"))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(reviews.review, [case_id], reviewed_on=date(2016, 6, 18), outcome=Outcome.PASSED)
    assert stands(desk, case_id) == (Step.ANNOUNCEMENT, Status.RUNNING)
    assert desk.see(audit.faults) == ()


def test_a_withdrawal_is_once_and_before_the_town_review(desk: Desk) -> None:
    (case_id,) = hung(desk, 1)
    second = vouch(desk.record)
    desk.do(corrections.withdraw, case_id, TODAY, "外出", second=second)
    with pytest.raises(Refused, match="已撤回"):
        desk.do(corrections.withdraw, case_id, TODAY, "外出", second=second)
    (later,) = passed(desk, desk.clock, 2)
    with pytest.raises(Refused, match="材料已报县"):
        desk.do(corrections.withdraw, later, READY, "外出", second=vouch(desk.record))


def test_a_card_is_not_withdrawn(desk: Desk) -> None:
    (case_id,) = decided(desk, desk.clock, 1)
    desk.do(cards.issue, [case_id], CHECKED)
    with pytest.raises(Refused, match="已建档"):
        desk.do(corrections.withdraw, case_id, CHECKED, "外出", second=vouch(desk.record))
    assert stands(desk, case_id) == (None, Status.REGISTERED)


def test_an_open_objection_outlives_the_list_it_was_raised_against(desk: Desk) -> None:
    one, two = hung(desk, 1, 2)
    raised = objected(desk, one)
    notice = state(desk, one).gate_id
    desk.do(corrections.take_down_wrong, notice, "写错", second=vouch(desk.record))
    assert stands(desk, one) == (Step.NOTICE, Status.HELD)
    village = desk.see(town_service.villages)[0]
    assert desk.see(notices.candidates, village.id) == (two,)
    assert [o.id for o in desk.see(noticeboard.board).open_objections] == [raised]
    assert desk.see(notices.view, notice).objections == 1
    correct(desk, [one], Step.APPRAISAL)
    with pytest.raises(Refused, match="异议未办结"):
        desk.do(appraisals.record, town.meeting(), [Vote(one, 41, 0, 0)])
    answered(desk, raised, Finding.UNFOUNDED)
    assert stands(desk, one) == (Step.APPRAISAL, Status.RUNNING)
    assert desk.see(audit.faults) == ()


def test_a_wrong_list_taken_down_brings_nobody_back(desk: Desk) -> None:
    upheld, gone, fine = hung(desk, 1, 2, 3)
    answered(desk, objected(desk, upheld), Finding.UPHELD)
    desk.do(corrections.withdraw, gone, TODAY, "外出", second=vouch(desk.record))
    notice = state(desk, fine).gate_id
    desk.do(corrections.take_down_wrong, notice, "写错", second=vouch(desk.record))
    assert [stands(desk, i)[1] for i in (upheld, gone, fine)] == [Status.REJECTED, Status.WITHDRAWN, Status.RUNNING]


def test_a_finding_entered_wrong_is_corrected_and_the_objection_is_open_again(desk: Desk) -> None:
    (one,) = hung(desk, 1)
    raised = objected(desk, one)
    answered(desk, raised, Finding.UPHELD)
    correct(desk, [one], Step.NOTICE)
    assert stands(desk, one) == (Step.NOTICE, Status.HELD)
    assert [o.is_open for o in desk.see(objections.register_view)] == [True]
    answered(desk, raised, Finding.UNFOUNDED)
    assert stands(desk, one) == (Step.NOTICE, Status.RUNNING)


def test_a_second_objection_is_answered_after_the_case_has_ended(desk: Desk) -> None:
    (one,) = hung(desk, 1)
    first, second = objected(desk, one), objected(desk, one)
    answered(desk, first, Finding.UPHELD)
    assert stands(desk, one) == (Step.NOTICE, Status.REJECTED)
    answered(desk, second, Finding.UNFOUNDED)
    assert stands(desk, one) == (Step.NOTICE, Status.REJECTED)
    assert desk.see(noticeboard.board).open_objections == ()


def test_an_opinion_is_not_dated_before_the_objection_was_settled(desk: Desk) -> None:
    (one,) = hung(desk, 1)
    raised = objected(desk, one)
    wait(desk, desk.clock, 12)
    answered(desk, raised, Finding.UNFOUNDED, date(2016, 6, 5))
    with pytest.raises(Refused, match="异议核查"):
        desk.do(reviews.opine, [one], Opinion(READY, "罗某军", "陈某新"))
    desk.do(reviews.opine, [one], Opinion(date(2016, 6, 5), "罗某军", "陈某新"))


def test_the_county_does_not_check_on_a_day_inside_its_announcement(desk: Desk) -> None:
    found = announced(desk, desk.clock, 1)
    early = replace(PAPER, dated=date(2016, 6, 5))
    with pytest.raises(Refused, match="公告期内"):
        desk.do(county.recheck, [Ruling(found[0], Outcome.PASSED)], early)
    desk.do(county.recheck, [Ruling(found[0], Outcome.PASSED)], PAPER)


def test_an_objection_to_an_announcement_that_asks_for_a_correction_starts_anew(desk: Desk) -> None:
    (one,) = passed(desk, desk.clock, 1)
    batch = desk.do(county.announce, [one], CountyPaper("1号", READY))
    desk.do(notices.post, batch, {"华阳镇": (READY, ""), "华南村": (READY, "")})
    raised = objected(desk, one, READY)
    assert stands(desk, one) == (Step.RECHECK, Status.HELD)
    answered(desk, raised, Finding.CORRECT, READY)
    assert stands(desk, one) == (Step.VERIFICATION, Status.RUNNING)
    with pytest.raises(Refused, match="现在应办“入户核实”"):
        desk.do(county.recheck, [Ruling(one, Outcome.PASSED)], replace(PAPER, dated=READY))


def test_an_unfounded_objection_does_not_shorten_the_announcement(desk: Desk) -> None:
    (one,) = passed(desk, desk.clock, 1)
    batch = desk.do(county.announce, [one], CountyPaper("1号", READY))
    desk.do(notices.post, batch, {"华阳镇": (READY, ""), "华南村": (READY, "")})
    answered(desk, objected(desk, one, READY), Finding.UNFOUNDED, READY)
    with pytest.raises(Refused, match="24:00 期满"):
        desk.do(county.recheck, [Ruling(one, Outcome.PASSED)], replace(PAPER, dated=READY))


def change(desk: Desk, **changed: object) -> None:
    options = replace(desk.see(town_service.options), **changed)
    desk.do(settings.change, options, second=vouch(desk.record))


def test_options_changed_on_the_way_hold_for_the_steps_ahead(desk: Desk) -> None:
    (one,) = passed(desk, desk.clock, 1)
    assert stands(desk, one)[0] is Step.ANNOUNCEMENT
    change(desk, announcement=False)
    assert stands(desk, one)[0] is Step.RECHECK
    assert desk.see(audit.faults) == ()
    change(desk, recheck=False)
    assert stands(desk, one)[0] is Step.DECISION
    change(desk, announcement=True, recheck=True)
    assert stands(desk, one)[0] is Step.ANNOUNCEMENT
    assert desk.see(audit.faults) == ()


def test_an_announcement_that_hangs_runs_to_its_end_though_the_option_is_gone(desk: Desk) -> None:
    (one,) = passed(desk, desk.clock, 1)
    batch = desk.do(county.announce, [one], CountyPaper("1号", READY))
    desk.do(notices.post, batch, {"华阳镇": (READY, ""), "华南村": (READY, "")})
    change(desk, announcement=False)
    with pytest.raises(Refused, match="24:00 期满"):
        desk.do(county.recheck, [Ruling(one, Outcome.PASSED)], replace(PAPER, dated=READY))
    home = desk.see(cases.households_of, [one])[one]
    assert Step.ANNOUNCEMENT in {r.step for r in desk.see(files.open_file, home).rungs if r.state == "done"}


def test_a_step_taken_up_later_is_not_asked_of_who_is_past_it(desk: Desk) -> None:
    change(desk, announcement=False)
    (one,) = passed(desk, desk.clock, 1)
    desk.do(county.recheck, [Ruling(one, Outcome.PASSED)], replace(PAPER, dated=READY))
    change(desk, announcement=True)
    assert stands(desk, one) == (Step.DECISION, Status.RUNNING)
    home = desk.see(cases.households_of, [one])[one]
    assert Step.ANNOUNCEMENT not in {r.step for r in desk.see(files.open_file, home).rungs}
    assert desk.see(audit.faults) == ()


def test_nobody_stands_twice_in_a_batch_and_no_batch_is_empty(desk: Desk) -> None:
    (one,) = passed(desk, desk.clock, 1)
    with pytest.raises(Refused, match="出现了两次"):
        desk.do(county.announce, [one, one], CountyPaper("1号", READY))
    with pytest.raises(Refused, match="没有选中"):
        desk.do(county.announce, [], CountyPaper("1号", READY))
    with pytest.raises(Refused, match="没有选中"):
        desk.do(appraisals.record, town.meeting(), [])
    with pytest.raises(Refused, match="没有选中"):
        desk.do(corrections.correct, [], Step.APPRAISAL, "录错", second=vouch(desk.record))


def home_of(desk: Desk, case_id: int) -> Household:
    found: Household = desk.see(households.get, desk.see(cases.households_of, [case_id])[case_id])
    return found


def test_what_a_ruling_rests_on_is_locked_while_it_is_waited_for(desk: Desk) -> None:
    case_id = _filed(desk, 1)
    desk.do(verification.record, [Visit(case_id, town.visit(hit=Bar.CAR))])
    home = home_of(desk, case_id)
    assert home.income is not None
    richer = replace(home, income=replace(home.income, wages=Decimal(60000)))
    with pytest.raises(Refused, match="入户核实的结论"):
        desk.do(applications.file, richer)


def test_an_application_day_typed_wrong_is_mended_before_the_visit_and_locked_by_it(desk: Desk) -> None:
    case_id = _filed(desk, 1, applied_on=TODAY)
    with pytest.raises(Refused, match="次序颠倒"):
        desk.do(verification.record, [Visit(case_id, town.visit())])
    desk.do(applications.file, replace(home_of(desk, case_id), applied_on=town.APPLIED))
    assert [e.kind for e in standing(desk.see(cases.events, [case_id])[case_id])] == [Kind.FILED]
    desk.do(verification.record, [Visit(case_id, town.visit())])
    assert stands(desk, case_id) == (Step.APPRAISAL, Status.RUNNING)
    with pytest.raises(Refused, match="申请日期已用于"):
        desk.do(applications.file, replace(home_of(desk, case_id), applied_on=date(2016, 5, 11)))
    assert desk.see(audit.faults) == ()


def _filed(desk: Desk, serial: int, **changed: Any) -> int:
    saved = desk.do(applications.file, replace(town.household(serial), **changed))
    found: int = desk.see(cases.case_of, [saved.household_id])[saved.household_id]
    return found


def test_a_household_is_voted_on_and_listed_in_its_own_village(desk: Desk) -> None:
    one = _filed(desk, 1)
    desk.do(verification.record, [Visit(one, town.visit())])
    with pytest.raises(Refused, match="不是本村的农户"):
        desk.do(appraisals.record, town.meeting(village="小拔村"), [Vote(one, 38, 2, 1)])
    desk.do(appraisals.record, town.meeting(), [Vote(one, 38, 2, 1)])
    other = desk.see(town_service.villages)[1]
    with pytest.raises(Refused, match="不是本村的农户"):
        desk.do(notices.create, other.id, [one])


def test_a_household_that_ended_is_not_filed_again_and_the_refusal_says_how_it_ended(desk: Desk) -> None:
    case_id = _filed(desk, 1)
    desk.do(corrections.withdraw, case_id, TODAY, "外出", second=vouch(desk.record))
    with pytest.raises(Refused, match=r"该户申请已撤回，档案仍保留"):
        desk.do(applications.file, town.household(1))


def test_a_withdrawal_by_mistake_is_undone_and_everything_stands_as_before(desk: Desk) -> None:
    (case_id,) = hung(desk, 1)
    raised = objected(desk, case_id)
    before = state(desk, case_id)
    with pytest.raises(Refused, match="不必恢复"):
        desk.do(corrections.reinstate, case_id, "撤错了户", second=vouch(desk.record))
    desk.do(corrections.withdraw, case_id, TODAY, "外出", second=vouch(desk.record))
    with pytest.raises(Refused, match="另一人"):
        desk.do(corrections.reinstate, case_id, "撤错了户")
    desk.do(corrections.reinstate, case_id, "撤错了户", second=vouch(desk.record))
    assert state(desk, case_id) == before
    assert (before.status, before.objections) == (Status.HELD, (raised,))
    assert desk.see(audit.faults) == ()
