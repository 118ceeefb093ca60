"""异议 from the registration to the answer: what is kept, who may look into it, and the new seven days of one household."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.rules.case import Finding, Status
from db.rules.codes import Attribute
from db.rules.objecting import Answered, Claim
from db.rules.procedure import Step
from db.services.cases import applications, cases
from db.services.health import audit
from db.services.notices import board as noticeboard
from db.services.notices import notices, objections
from db.services.notices.objections import Investigation, Objection, ObjectionView
from db.services.papers import answers as answer_papers
from db.services.register import households
from db.services.town import town as town_service
from tests.helpers import steps
from tests.store.services.conftest import Desk

TODAY = date(2016, 5, 25)
OTHERS = ("黄某平", "何某新")


def raised(desk: Desk, case_id: int, **changed: str) -> int:
    """An objection against a case, by a person or without a name."""
    said = Objection(
        case_id, TODAY, changed.get("objector", "罗某军"), "来访", "家里有小汽车", Claim.CAR, changed.get("contact", "13900000001"),
    )  # fmt: skip
    number: int = desk.do(objections.register, said)
    return number


def view(desk: Desk) -> ObjectionView:
    (found,) = desk.see(objections.register_view)
    assert isinstance(found, ObjectionView)
    return found


def state(desk: Desk, case_id: int) -> tuple[Step | None, Status]:
    found = desk.see(cases.states, [case_id])[case_id]
    return found.at, found.status


def test_what_was_raised_is_kept_whole_and_the_contact_is_not_printed(desk: Desk) -> None:
    one, other = steps.hung(desk, 1, 2)
    raised(desk, one)
    shown = view(desk)
    assert (shown.claim, shown.contact, shown.first) == (Claim.CAR, "13900000001", ("周某坤", "杨某来"))
    assert (state(desk, one)[1], state(desk, other)[1]) == (Status.HELD, Status.RUNNING)
    (row,) = desk.see(noticeboard.register_paper).rows
    assert row.claim == "七不进③有小汽车或大型农机具"
    assert "13900000001" not in repr(row)


def test_a_first_surveyor_looks_again_only_with_a_reason_that_is_kept(desk: Desk) -> None:
    (one,) = steps.hung(desk, 1)
    number = raised(desk, one)
    mixed = Investigation(number, TODAY, ("周某坤", "何某新"), Finding.UNFOUNDED, "车在兄弟名下")
    with pytest.raises(Refused, match="周某坤是原调查人"):
        desk.do(objections.investigate, mixed)
    desk.do(
        objections.investigate,
        Investigation(number, TODAY, mixed.investigators, mixed.finding, mixed.result, own_reason="工作队只有三人"),
    )
    looked = view(desk).investigation
    assert looked is not None
    assert looked.facts["own_reason"] == "工作队只有三人"
    assert state(desk, one)[1] is Status.RUNNING


def test_the_answer_may_come_later_and_is_told_once_more(desk: Desk) -> None:
    (one,) = steps.hung(desk, 1)
    number = raised(desk, one)
    with pytest.raises(Refused, match="还没有核查"):
        desk.do(objections.answer, number, Answered(TODAY, "当面答复"))
    desk.do(objections.investigate, Investigation(number, TODAY, OTHERS, Finding.UNFOUNDED, "车在兄弟名下"))
    assert view(desk).is_unanswered
    desk.clock.pass_time(timedelta(days=1))
    for wrong in (Answered(), Answered(TODAY - timedelta(1), "当面答复"), Answered(TODAY + timedelta(9), "当面答复")):
        with pytest.raises(Refused):
            desk.do(objections.answer, number, wrong)
    desk.do(objections.answer, number, Answered(TODAY + timedelta(1), "当面答复", "本人没有意见"))
    shown = view(desk)
    assert shown.answered == Answered(TODAY + timedelta(1), "当面答复", "本人没有意见")
    assert not shown.is_unanswered
    assert desk.see(noticeboard.register_paper).rows[0].answer == "当面答复：本人没有意见"
    desk.do(objections.answer, number, Answered(TODAY + timedelta(1), "书面答复"))
    assert view(desk).answered.way == "书面答复"
    assert "2016年5月26日" in desk.see(answer_papers.answer, number).text()
    assert state(desk, one) == (Step.NOTICE, Status.RUNNING)
    assert desk.see(audit.faults) == ()


def test_an_answer_is_told_also_when_the_household_went_on_meanwhile(desk: Desk) -> None:
    """The answer lies before the village's opinion, which was entered first."""
    (one,) = steps.hung(desk, 1)
    number = raised(desk, one)
    desk.do(objections.investigate, Investigation(number, TODAY, OTHERS, Finding.UPHELD, "车在其名下"))
    assert state(desk, one)[1] is Status.REJECTED
    desk.do(objections.answer, number, Answered(TODAY, "电话答复"))
    assert view(desk).answered.on == TODAY


def test_what_is_corrected_hangs_seven_new_days_for_that_household_only(desk: Desk) -> None:
    one, other = steps.hung(desk, 1, 2)
    number = raised(desk, one)
    desk.do(objections.investigate, Investigation(number, TODAY, OTHERS, Finding.CORRECT, "属性应为低保户"))
    home = desk.see(cases.households_of, [one])[one]
    desk.do(applications.change, replace(desk.see(households.get, home), attribute=Attribute.LOW_INCOME))
    village = desk.see(town_service.villages)[0].id
    assert desk.see(notices.candidates, village) == (one,)
    steps.wait(desk, desk.clock, 2)
    again = desk.do(notices.create, village, [one])
    desk.do(notices.post, again, dict.fromkeys(steps.PLACES["华南村"], (TODAY + timedelta(2), "")))
    assert view(desk).relisted == again
    gates = desk.see(cases.gates, [desk.see(cases.states, [i])[i].gate_id for i in (one, other)])
    ends = sorted(g.last for g in gates.values() if g.last)
    assert ends == [date(2016, 6, 1), date(2016, 6, 3)]
