"""Who may do what, and what is locked: two persons, corrections, late postings, objections, 七不进."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from db.errors import Refused
from db.rules.case import Finding, Kind, Outcome, Status
from db.rules.codes import Bar
from db.rules.procedure import Step
from db.schema.case import EventRow
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import corrections, reviews
from db.services.deciding.reviews import Opinion
from db.services.health import audit
from db.services.notices import notices, objections
from db.services.notices.objections import Investigation, Objection
from db.services.office import settings
from db.services.register import households
from db.services.town import town as town_service
from db.store.unit import Unit
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER, vouch
from tests.store.services.conftest import Desk

POSTED = date(2016, 5, 25)
PLACES = ("村委会", "第一组", "第二组", "第三组")


def filed(desk: Desk, *serials: int, income: int = 3000) -> list[int]:
    ids = [desk.do(applications.file, town.household(n, income=income)).household_id for n in serials]
    of = desk.see(cases.case_of, ids)
    return [of[i] for i in ids]


def visited(desk: Desk, *serials: int) -> list[int]:
    found = filed(desk, *serials)
    desk.do(verification.record, [Visit(i, town.visit()) for i in found])
    return found


def voted(desk: Desk, *serials: int) -> list[int]:
    found = visited(desk, *serials)
    desk.do(appraisals.record, town.meeting(), [Vote(i, 38, 2, 1) for i in found])
    return found


def posted(desk: Desk, *serials: int, on: date = POSTED) -> tuple[int, list[int]]:
    found = voted(desk, *serials)
    village = desk.see(town_service.villages)[0]
    notice = desk.do(notices.create, village.id, found)
    desk.do(notices.post, notice, dict.fromkeys(PLACES, (on, "")))
    return notice, found


def opined(desk: Desk, *serials: int) -> list[int]:
    _, found = posted(desk, *serials)
    for _ in range(8):
        desk.clock.pass_time(timedelta(days=1))
        desk.do(lambda unit: unit.trail("登录"))
    desk.do(reviews.opine, found, Opinion(date(2016, 6, 2), "罗某军", "陈某新"))
    return found


def state(desk: Desk, case_id: int) -> tuple[Step | None, Status]:
    found = desk.see(cases.states, [case_id])[case_id]
    return found.at, found.status


def test_income_at_the_line_stops_the_case_at_the_visit(desk: Desk) -> None:
    (case_id,) = filed(desk, 1, income=4000)
    desk.do(verification.record, [Visit(case_id, town.visit())])
    assert state(desk, case_id) == (Step.VERIFICATION, Status.REJECTED)
    (below,) = filed(desk, 2, income=3999)
    desk.do(verification.record, [Visit(below, town.visit())])
    assert state(desk, below) == (Step.APPRAISAL, Status.RUNNING)


def test_a_missing_signature_waits_and_a_second_visit_mends_it(desk: Desk) -> None:
    (case_id,) = filed(desk, 1)
    desk.do(verification.record, [Visit(case_id, town.visit(signed_surveyors=1))])
    assert state(desk, case_id) == (Step.VERIFICATION, Status.INCOMPLETE)
    with pytest.raises(Refused, match="待补充"):
        desk.do(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 1)])
    desk.do(verification.record, [Visit(case_id, town.visit())])
    assert state(desk, case_id) == (Step.APPRAISAL, Status.RUNNING)


def test_a_bar_is_decided_by_the_reviewer_and_never_by_who_entered_it(desk: Desk) -> None:
    (case_id,) = filed(desk, 1)
    desk.do(verification.record, [Visit(case_id, town.visit(hit=Bar.CAR))])
    assert state(desk, case_id) == (Step.VERIFICATION, Status.RULING)
    with pytest.raises(Refused, match="审核人"):
        desk.do(verification.rule, case_id, admit=True, reason="三轮摩托")
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    with pytest.raises(Refused, match="理由"):
        desk.do(verification.rule, case_id, admit=True, reason=" ")
    desk.do(verification.rule, case_id, admit=True, reason="三轮摩托，非小汽车")
    assert state(desk, case_id) == (Step.APPRAISAL, Status.RUNNING)


def test_votes_that_do_not_add_up_and_a_meeting_without_quorum_are_refused(desk: Desk) -> None:
    (case_id,) = visited(desk, 1)
    with pytest.raises(Refused, match="与实到 41 人不符"):
        desk.do(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 2)])
    with pytest.raises(Refused, match="三分之二"):
        desk.do(appraisals.record, replace(town.meeting(), present=29), [Vote(case_id, 27, 2, 0)])
    assert state(desk, case_id) == (Step.APPRAISAL, Status.RUNNING)


def test_steps_cannot_be_skipped_or_put_before_their_forerunner(desk: Desk) -> None:
    (case_id,) = filed(desk, 1)
    with pytest.raises(Refused, match="不能跳到“民主评议”"):
        desk.do(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 1)])
    with pytest.raises(Refused, match="次序颠倒"):
        desk.do(verification.record, [Visit(case_id, town.visit(date(2016, 5, 9)))])
    with pytest.raises(Refused, match="晚于今天"):
        desk.do(verification.record, [Visit(case_id, town.visit(date(2016, 5, 26)))])


def test_a_late_posting_counts_from_its_recording_until_the_reviewer_approves_it(desk: Desk) -> None:
    desk.clock.pass_time(timedelta(days=2))
    notice, _ = posted(desk, 1)
    assert desk.see(notices.view, notice).decide_from == date(2016, 6, 2)
    desk.clock.pass_time(timedelta(days=2))
    late, _ = posted(desk, 2)
    view = desk.see(notices.view, late)
    assert view.decide_from == date(2016, 6, 6)
    assert len(view.late) == len(PLACES)
    with pytest.raises(Refused, match="审核人"):
        desk.do(notices.rule_late, view.late, approve=True, reason="照片可证")
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(notices.rule_late, view.late, approve=True, reason="照片可证")
    assert desk.see(notices.view, late).decide_from == date(2016, 6, 2)


def test_a_notice_is_lengthened_and_never_shortened(desk: Desk) -> None:
    notice, _ = posted(desk, 1)
    with pytest.raises(Refused, match="不能缩短"):
        desk.do(notices.extend, notice, date(2016, 5, 31), "赶进度")
    assert desk.do(notices.extend, notice, date(2016, 6, 5), "停电两天").decide_from == date(2016, 6, 6)


def test_an_open_objection_stops_only_its_household(desk: Desk) -> None:
    _, (one, two) = posted(desk, 1, 2)
    opened = desk.do(objections.register, Objection(one, POSTED, "", "来信", "有小汽车"))
    for _ in range(8):
        desk.clock.pass_time(timedelta(days=1))
        desk.do(lambda unit: unit.trail("登录"))
    opinion = Opinion(date(2016, 6, 2), "罗某军", "陈某新")
    with pytest.raises(Refused, match="异议未办结"):
        desk.do(reviews.opine, [one, two], opinion)
    desk.do(reviews.opine, [two], opinion)
    done = Investigation(
        opened, date(2016, 6, 2), ("周某坤", "黄某平"), Finding.UNFOUNDED, "车已过户", date(2016, 6, 2), "电话"
    )
    with pytest.raises(Refused, match="是原调查人"):
        desk.do(objections.investigate, done)
    desk.do(objections.investigate, replace(done, investigators=("黄某平", "何某新")))
    desk.do(reviews.opine, [one], opinion)
    assert state(desk, one) == (Step.REVIEW, Status.RUNNING)


def test_an_objection_that_asks_for_a_correction_needs_a_new_posting(desk: Desk) -> None:
    _, (one,) = posted(desk, 1)
    opened = desk.do(objections.register, Objection(one, POSTED, "何某", "来访", "人口不对"))
    done = Investigation(opened, POSTED, ("黄某平", "何某新"), Finding.CORRECT, "应为三人", POSTED, "当面")
    desk.do(objections.investigate, done)
    village = desk.see(town_service.villages)[0]
    assert desk.see(notices.candidates, village.id) == (one,)


def test_what_a_notice_has_printed_is_locked_until_a_correction(desk: Desk) -> None:
    notice, (one,) = posted(desk, 1)
    home = desk.see(households.get, desk.see(cases.households_of, [one])[one])
    with pytest.raises(Refused, match="张榜公示"):
        desk.do(applications.file, town.named(home, "李某新"))
    assert desk.do(applications.file, replace(home, phone="13900000001")).version == 2
    with pytest.raises(Refused, match="另一人"):
        desk.do(corrections.take_down_wrong, notice, "姓名写错")
    desk.do(corrections.take_down_wrong, notice, "姓名写错", second=vouch(desk.record))
    assert state(desk, one) == (Step.NOTICE, Status.RUNNING)
    assert desk.see(notices.view, notice).down
    desk.do(applications.file, replace(town.named(home, "李某新"), version=2))


def test_wrong_votes_are_corrected_with_a_second_person_and_stay_visible(desk: Desk) -> None:
    notice, (one,) = posted(desk, 1)
    assert [e.kind for e in desk.see(corrections.falls_with, one, Step.APPRAISAL)] == [Kind.APPRAISED, Kind.LISTED]
    desk.do(corrections.correct, [one], Step.APPRAISAL, "票数录错", second=vouch(desk.record))
    assert state(desk, one) == (Step.APPRAISAL, Status.RUNNING)
    assert [e.kind for e in desk.see(cases.events, [one])[one]][2:] == [Kind.APPRAISED, Kind.LISTED, Kind.CORRECTED]
    desk.do(appraisals.record, town.meeting(), [Vote(one, 41, 0, 0)])
    assert desk.see(notices.view, notice).case_ids == (one,)


def test_the_reviewer_of_a_case_has_entered_none_of_its_steps(desk: Desk) -> None:
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    found = opined(desk, 1)
    with pytest.raises(Refused, match="录入过本户的步骤"):
        desk.do(reviews.review, found, reviewed_on=date(2016, 6, 2), outcome=Outcome.PASSED)

    def bypass(unit: Unit) -> None:
        row = {
            "case_id": found[0], "kind": Kind.REVIEWED, "acted_on": unit.today, "entered_at": unit.now, "actor_id": unit.actor.id,
            "approver_id": None, "batch_id": None, "bulk": False, "undoes": "[]", "facts": "{}",
        }  # fmt: skip
        unit.session.add(EventRow(**row))
        unit.session.flush()

    with pytest.raises((DBAPIError, Exception), match="reviewer entered a step"):
        desk.do(bypass)


def test_a_batch_of_reviews_is_all_or_nothing_and_a_return_goes_back_to_the_visit(desk: Desk) -> None:
    found = opined(desk, 1, 2)
    (early,) = visited(desk, 3)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    with pytest.raises(Refused, match="不能跳到“镇审核”"):
        desk.do(reviews.review, [*found, early], reviewed_on=date(2016, 6, 2), outcome=Outcome.PASSED)
    assert state(desk, found[0]) == (Step.REVIEW, Status.RUNNING)
    desk.do(reviews.review, found[:1], reviewed_on=date(2016, 6, 2), outcome=Outcome.RETURNED, reason="照片缺")
    assert state(desk, found[0]) == (Step.VERIFICATION, Status.RUNNING)
    desk.do(reviews.review, found[1:], reviewed_on=date(2016, 6, 2), outcome=Outcome.PASSED)
    desk.record.switch(CLERK.name, CLERK.password)
    with pytest.raises(Refused, match="镇审核已办"):
        desk.do(corrections.correct, found[1:], Step.APPRAISAL, "票数录错", second=vouch(desk.record))
    assert desk.see(audit.faults) == ()


def test_two_windows_cannot_save_over_one_another(desk: Desk) -> None:
    (case_id,) = filed(desk, 1)
    home = desk.see(households.get, desk.see(cases.households_of, [case_id])[case_id])
    desk.do(applications.file, replace(home, remark="先"))
    with pytest.raises(Refused, match="另一个窗口"):
        desk.do(applications.file, replace(home, remark="后"))


def test_a_person_cannot_live_in_two_households(desk: Desk) -> None:
    filed(desk, 1)
    with pytest.raises(Refused, match="不能在两户"):
        desk.do(applications.file, replace(town.household(1), village="小拔村"))


def test_options_of_the_procedure_need_the_reviewer_and_hold_for_later_notices_only(desk: Desk) -> None:
    notice, _ = posted(desk, 1)
    longer = replace(desk.see(town_service.options), notice_days=10)
    with pytest.raises(Refused, match="审核人"):
        desk.do(settings.change, longer)
    with pytest.raises(Refused, match="不得少于 7 天"):
        desk.do(settings.change, replace(longer, notice_days=6), second=vouch(desk.record))
    desk.do(settings.change, longer, second=vouch(desk.record))
    assert desk.see(notices.view, notice).decide_from == date(2016, 6, 2)
    later, _ = posted(desk, 2)
    assert desk.see(notices.view, later).decide_from == date(2016, 6, 5)


def test_what_the_visit_was_judged_by_is_locked_until_the_visit_is_corrected(desk: Desk) -> None:
    (case_id,) = visited(desk, 1)
    home = desk.see(households.get, desk.see(cases.households_of, [case_id])[case_id])
    assert home.income is not None
    richer = replace(home, income=replace(home.income, wages=home.income.wages * 2 if home.income.wages else None))
    with pytest.raises(Refused, match="入户核实的结论"):
        desk.do(applications.file, richer)
    desk.do(corrections.correct, [case_id], Step.VERIFICATION, "收入有误", second=vouch(desk.record))
    assert desk.do(applications.file, richer).version == 2


def test_a_second_open_objection_still_stops_the_household_after_the_first_led_to_a_correction(desk: Desk) -> None:
    _, (one,) = posted(desk, 1)
    first = desk.do(objections.register, Objection(one, POSTED, "何某", "来访", "人口不对"))
    second = desk.do(objections.register, Objection(one, POSTED, "", "来信", "有小汽车"))
    done = Investigation(first, POSTED, ("黄某平", "何某新"), Finding.CORRECT, "应为三人", POSTED, "当面")
    desk.do(objections.investigate, done)
    village = desk.see(town_service.villages)[0]
    assert state(desk, one) == (Step.NOTICE, Status.HELD)
    with pytest.raises(Refused, match="异议未办结"):
        desk.do(notices.create, village.id, [one])
    desk.do(objections.investigate, replace(done, objection_id=second, finding=Finding.UNFOUNDED))
    assert desk.see(notices.candidates, village.id) == (one,)
