"""One household climbs the whole ladder; each shut door is tried on the way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.rules.case import Outcome, Status
from db.rules.procedure import Step
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import cards, county, files, reviews
from db.services.deciding.county import CountyPaper, Ruling
from db.services.deciding.reviews import Opinion
from db.services.notices import notices
from db.services.office import desk as desk_service
from db.services.town import search
from db.services.town import town as town_service
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER
from tests.store.services.conftest import Desk


def _file(desk: Desk, *serials: int) -> list[int]:
    ids = [desk.do(applications.file, town.household(n)).household_id for n in serials]
    of = desk.see(cases.case_of, ids)
    return [of[i] for i in ids]


def _state(desk: Desk, case_id: int) -> tuple[Step | None, Status]:
    state = desk.see(cases.states, [case_id])[case_id]
    return state.at, state.status


def test_a_household_climbs_from_application_to_card(desk: Desk) -> None:
    case_id, other = _file(desk, 1, 2)
    desk.do(verification.record, [Visit(case_id, town.visit()), Visit(other, town.visit())])
    desk.do(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 1), Vote(other, 20, 20, 1)])
    assert _state(desk, case_id) == (Step.NOTICE, Status.RUNNING)
    assert _state(desk, other) == (Step.APPRAISAL, Status.REJECTED)
    village = desk.see(town_service.villages)[0]
    assert desk.see(notices.candidates, village.id) == (case_id,)
    notice = desk.do(notices.create, village.id, [case_id])
    view = desk.do(notices.post, notice, {"村委会": (date(2016, 5, 25), ""), "第一组": (date(2016, 5, 25), "")})
    assert view.decide_from is None
    with pytest.raises(Refused, match="还没有张贴"):
        desk.do(reviews.opine, [case_id], Opinion(date(2016, 5, 25), "罗某军", "陈某新"))
    view = desk.do(notices.post, notice, {"第二组": (date(2016, 5, 25), ""), "第三组": (date(2016, 5, 25), "")})
    assert (view.first, view.last, view.decide_from) == (date(2016, 5, 26), date(2016, 6, 1), date(2016, 6, 2))
    desk.clock.pass_time(timedelta(days=7))
    with pytest.raises(Refused, match="24:00 期满"):
        desk.do(reviews.opine, [case_id], Opinion(date(2016, 6, 1), "罗某军", "陈某新"))
    desk.clock.pass_time(timedelta(days=1))
    desk.record.confirm_clock(desk.record.authenticate(REVIEWER.name, REVIEWER.password), "放假后开机")
    with pytest.raises(Refused, match="公示期内"):
        desk.do(reviews.opine, [case_id], Opinion(date(2016, 6, 1), "罗某军", "陈某新"))
    desk.do(reviews.opine, [case_id], Opinion(date(2016, 6, 2), "罗某军", "陈某新"))
    with pytest.raises(Refused, match="换审核人"):
        desk.do(reviews.review, [case_id], reviewed_on=date(2016, 6, 2), outcome=Outcome.PASSED)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(reviews.review, [case_id], reviewed_on=date(2016, 6, 2), outcome=Outcome.PASSED)
    desk.record.switch(CLERK.name, CLERK.password)
    announced = desk.do(county.announce, [case_id], CountyPaper("华扶公告〔2016〕1号", date(2016, 6, 2)))
    desk.do(notices.post, announced, {"华阳镇": (date(2016, 6, 2), ""), "华南村": (date(2016, 6, 2), "")})
    paper = CountyPaper("华府函〔2016〕9号", date(2016, 6, 10))
    desk.clock.pass_time(timedelta(days=8))
    desk.record.confirm_clock(desk.record.authenticate(REVIEWER.name, REVIEWER.password), "出差回来")
    desk.do(county.recheck, [Ruling(case_id, Outcome.PASSED)], paper)
    desk.do(county.decide, [Ruling(case_id, Outcome.PASSED)], paper)
    assert desk.do(cards.issue, [case_id], date(2016, 6, 10)) == {case_id: "华南-2016-0001"}
    assert _state(desk, case_id) == (None, Status.REGISTERED)
    household = desk.see(cases.households_of, [case_id])[case_id]
    shown = desk.see(files.open_file, household)
    assert [r.state for r in shown.rungs] == ["done"] * 10
    assert desk.see(search.count, search.Filter(status=Status.REGISTERED)) == (1, 2)
    assert [h.household_id for h in desk.see(search.find, "华南-2016-0001")] == [household]
    assert desk.see(desk_service.todos) == ()
    assert not desk.record.verify_chain()
