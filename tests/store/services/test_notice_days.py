"""The days of a notice stay what they were once its households have gone on: it is neither lengthened backwards nor hung anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.errors import Refused
from db.rules.case import Finding
from db.services.notices import notices, objections
from db.services.notices.notices import NoticeView
from db.services.notices.objections import Investigation, Objection
from tests.helpers import steps
from tests.store.services.conftest import Desk


def _notice(desk: Desk) -> NoticeView:
    (found,) = desk.see(notices.views)
    assert isinstance(found, NoticeView)
    return found


def test_a_notice_nobody_waits_for_any_more_keeps_its_days(desk: Desk) -> None:
    steps.opined(desk, desk.clock, 1, 2)
    before = _notice(desk)
    assert before.last is not None
    with pytest.raises(Refused, match="都已办到下一步"):
        desk.do(notices.extend, before.id, before.last + timedelta(days=9), "下雨")
    with pytest.raises(Refused, match="都已办到下一步"):
        desk.do(notices.post, before.id, {"村委会": (steps.READY, "")})
    assert _notice(desk) == before


def test_an_open_objection_still_waits_for_the_notice(desk: Desk) -> None:
    one, _ = steps.hung(desk, 1, 2)
    desk.do(objections.register, Objection(one, desk.clock.now().date(), "何某", "来访", "有小汽车"))
    before = _notice(desk)
    assert before.last is not None
    longer = before.last + timedelta(days=2)
    assert desk.do(notices.extend, before.id, longer, "下雨").last == longer


def test_a_notice_is_not_lengthened_to_a_day_that_is_past(desk: Desk) -> None:
    steps.hung(desk, 1)
    steps.wait(desk, desk.clock, 12)
    before = _notice(desk)
    assert before.last is not None
    with pytest.raises(Refused, match="已经过去"):
        desk.do(notices.extend, before.id, before.last + timedelta(days=1), "下雨")
    today = desk.clock.now().date()
    assert desk.do(notices.extend, before.id, today, "下雨").last == today


def test_a_list_whose_households_are_all_posted_anew_is_not_hung_again(desk: Desk) -> None:
    (case_id,) = steps.hung(desk, 1)
    today = desk.clock.now().date()
    raised = desk.do(objections.register, Objection(case_id, today, "何某", "来访", "人口不对"))
    found = Investigation(raised, today, ("古某海", "邓某华"), Finding.CORRECT, "少登一人")
    desk.do(objections.investigate, found)
    with pytest.raises(Refused, match="都已办到下一步"):
        desk.do(notices.post, _notice(desk).id, {"村委会": (today, "")})
