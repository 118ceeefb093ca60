"""Who stands before a step and why not yet: the lists say what the services would."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.errors import Refused
from db.papers import announcement, review
from db.rules.case import Kind, Outcome
from db.schema.trail import Trail
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import county, queues, returned, reviewed, reviews
from db.services.deciding.county import CountyPaper
from db.services.deciding.reviewed import Tally
from db.services.deciding.reviews import Opinion
from db.services.notices import notices, objections
from db.services.notices.objections import Objection
from db.services.papers import village as village_papers
from db.services.town import town as town_service
from db.store.unit import Unit
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER
from tests.store.services.conftest import Desk

POSTED = date(2016, 5, 25)
READY = date(2016, 6, 2)
PLACES = {"华南村": ("村委会", "第一组", "第二组", "第三组"), "小拔村": ("村委会", "第一组", "第二组")}


def voted(desk: Desk, *serials: int, village: str = "华南村") -> list[int]:
    """Serials from 100 on repeat the names in the second group."""
    made = [town.household(n, village=village, group="第二组" if n > 100 else "第一组") for n in serials]
    homes = [desk.do(applications.file, home).household_id for home in made]
    of = desk.see(cases.case_of, homes)
    found = [of[i] for i in homes]
    desk.do(verification.record, [Visit(i, town.visit()) for i in found])
    desk.do(appraisals.record, town.meeting(village=village), [Vote(i, 38, 2, 1) for i in found])
    return found


def hung(desk: Desk, *serials: int, village: str = "华南村") -> list[int]:
    found = voted(desk, *serials, village=village)
    village_id = {v.name: v.id for v in desk.see(town_service.villages)}[village]
    notice = desk.do(notices.create, village_id, found)
    desk.do(notices.post, notice, dict.fromkeys(PLACES[village], (desk.clock.now().date(), "")))
    return found


def later(desk: Desk, days: int) -> None:
    for _ in range(days):
        desk.clock.pass_time(timedelta(days=1))
        desk.do(cases.names, [])


def opined(desk: Desk, *serials: int, village: str = "华南村") -> list[int]:
    found = hung(desk, *serials, village=village)
    later(desk, 8)
    desk.do(reviews.opine, found, Opinion(READY, "罗某军", "陈某新"))
    return found


def passed(desk: Desk, *serials: int) -> list[int]:
    found = opined(desk, *serials)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(reviews.review, found, reviewed_on=READY, outcome=Outcome.PASSED)
    desk.record.switch(CLERK.name, CLERK.password)
    return found


def why(desk: Desk, kind: Kind) -> dict[int, str]:
    return {q.line.case_id: q.why for q in desk.see(queues.waiting, kind)}


def test_a_household_waits_for_its_notice_with_the_day_from_which(desk: Desk) -> None:
    (hanging,) = hung(desk, 1)
    (bare,) = voted(desk, 2)
    found = {q.line.case_id: q for q in desk.see(queues.waiting, Kind.OPINED)}
    assert found[hanging].opens == READY
    assert "24:00 期满" in found[hanging].why
    assert (found[bare].opens, found[bare].why) == (None, "还没有公示，先张贴公示满 7 天")


def test_after_the_notice_only_the_objected_one_still_waits(desk: Desk) -> None:
    one, other = hung(desk, 1, 2)
    desk.do(objections.register, Objection(other, POSTED, "", "来访", "名下有商铺"))
    later(desk, 8)
    assert why(desk, Kind.OPINED) == {one: "", other: "有异议未办结，核查答复后才能出具意见"}


def test_a_village_is_asked_for_alone(desk: Desk) -> None:
    hung(desk, 1)
    (small,) = hung(desk, 2, village="小拔村")
    villages = {v.name: v.id for v in desk.see(town_service.villages)}
    assert [q.line.case_id for q in desk.see(queues.waiting, Kind.OPINED, villages["小拔村"])] == [small]


def test_a_reviewer_sees_which_he_entered_himself(desk: Desk) -> None:
    (theirs,) = opined(desk, 1)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    home = desk.do(applications.file, town.household(2)).household_id
    own = desk.see(cases.case_of, [home])[home]
    desk.record.switch(CLERK.name, CLERK.password)
    desk.do(verification.record, [Visit(own, town.visit(date(2016, 6, 2)))])
    desk.do(appraisals.record, town.meeting(date(2016, 6, 2)), [Vote(own, 38, 2, 1)])
    village = desk.see(town_service.villages)[0]
    notice = desk.do(notices.create, village.id, [own])
    desk.do(notices.post, notice, dict.fromkeys(PLACES["华南村"], (READY, "")))
    later(desk, 8)
    desk.do(reviews.opine, [own], Opinion(date(2016, 6, 10), "罗某军", "陈某新"))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    assert why(desk, Kind.REVIEWED) == {theirs: "", own: "您录入过本户的步骤，不能再审核本户，须由另一人审核"}
    with pytest.raises(Refused) as refused:
        desk.do(reviews.review, [theirs, own], reviewed_on=date(2016, 6, 10), outcome=Outcome.PASSED)
    assert [p.where for p in refused.value.problems] == [desk.see(cases.names, [own])[own]]
    assert desk.see(reviewed.villages) == ()


def test_lines_and_refusals_call_a_household_the_same(desk: Desk) -> None:
    (case_id,) = voted(desk, 1)
    (queued,) = desk.see(queues.waiting, Kind.OPINED)
    assert queued.line.named == desk.see(cases.names, [case_id])[case_id]


def test_the_last_signers_of_a_village_are_offered_again(desk: Desk) -> None:
    village, other = desk.see(town_service.villages)
    assert desk.see(reviews.signers, village.id) == ("", "")
    opined(desk, 1)
    assert desk.see(reviews.signers, village.id) == ("罗某军", "陈某新")
    assert desk.see(reviews.signers, other.id) == ("", "")


def test_a_review_says_everything_that_is_wrong_with_it(desk: Desk) -> None:
    found = opined(desk, 1)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    with pytest.raises(Refused) as refused:
        desk.do(reviews.review, found, reviewed_on=READY, outcome=Outcome.RETURNED, sampled=2)
    assert [p.field for p in refused.value.problems] == ["reason", "sampled"]


def test_the_review_is_printed_by_village_with_what_was_noted(desk: Desk) -> None:
    one, two = opined(desk, 1, 2)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    batch = desk.do(
        reviews.review, [one], reviewed_on=READY, outcome=Outcome.PASSED, sampled=1, matching="无车辆、房产"
    )
    back = desk.do(reviews.review, [two], reviewed_on=READY, outcome=Outcome.RETURNED, reason="缺签名")
    first, second = desk.see(reviewed.villages)
    assert (first.batch_id, first.village, first.passed, first.returned) == (back, "华南村", Tally(), Tally(1, 2))
    assert (second.batch_id, second.passed, second.reviewer) == (batch, Tally(1, 2), REVIEWER.name)
    text = review.build(desk.see(village_papers.review_sheet, batch, "华南村")).text()
    assert "1户（100%）" in text
    assert "无车辆、房产" in text
    assert "同意1户2人上报" in text
    assert "缺签名" in review.returned(desk.see(village_papers.review_sheet, back, "华南村")).text()


def test_whole_numbers_stand_on_the_roll_for_a_purpose_only(desk: Desk) -> None:
    opined(desk, 1)
    village = desk.see(town_service.villages)[0]
    with pytest.raises(Refused, match="用途"):
        desk.do(village_papers.unmasked_roll, village.id, " ")
    facts = desk.do(village_papers.unmasked_roll, village.id, "报县扶贫办")
    assert facts.show_ids
    assert not desk.see(village_papers.roll, village.id).show_ids
    assert desk.see(_last_trail) == ("名册印完整身份证号", "报县扶贫办")


def _last_trail(unit: Unit) -> tuple[str, str]:
    row = unit.session.scalars(select(Trail).order_by(Trail.seq.desc())).first()
    assert row is not None
    return row.action, row.reason


def test_the_announcement_prints_for_the_town_and_for_a_village(desk: Desk) -> None:
    found = passed(desk, 1, 2)
    batch = desk.do(county.announce, found, CountyPaper("华扶公告〔2016〕1号", READY))
    (made,) = desk.see(county.announcements)
    assert (made.document, made.view.places) == ("华扶公告〔2016〕1号", ("华阳镇", "华南村"))
    facts = desk.see(village_papers.announcement, batch, date(2016, 6, 3))
    assert (facts.first_day, facts.last_day, facts.days) == (date(2016, 6, 4), date(2016, 6, 10), 7)
    assert {(r.village, r.group) for r in facts.rows} == {("华南村", "第一组")}
    text = desk.see(village_papers.announcement_sheet, batch, None, "华南村").text()
    assert "华阳镇华南村" in text
    assert announcement.build(facts).text() != text
    with pytest.raises(Refused, match="小拔村没有农户"):
        desk.see(village_papers.announcement, batch, None, "小拔村")


def test_an_announcement_is_not_posted_before_it_was_made(desk: Desk) -> None:
    found = passed(desk, 1)
    batch = desk.do(county.announce, found, CountyPaper("1号", READY))
    with pytest.raises(Refused, match="早于县公告的 2016-06-02"):
        desk.do(notices.post, batch, {"华阳镇": (date(2016, 6, 1), "")})


def test_the_county_checks_after_the_announcement(desk: Desk) -> None:
    found = passed(desk, 1)
    batch = desk.do(county.announce, found, CountyPaper("1号", READY))
    desk.do(notices.post, batch, {"华阳镇": (READY, ""), "华南村": (READY, "")})
    (queued,) = desk.see(queues.waiting, Kind.RECHECKED)
    assert queued.opens == date(2016, 6, 10)
    assert "期满" in queued.why
    later(desk, 8)
    assert why(desk, Kind.RECHECKED) == {found[0]: ""}


def _rechecking(desk: Desk, *serials: int) -> list[int]:
    found = passed(desk, *serials)
    batch = desk.do(county.announce, found, CountyPaper("1号", READY))
    desk.do(notices.post, batch, {"华阳镇": (READY, ""), "华南村": (READY, "")})
    later(desk, 8)
    return found


def test_a_returned_list_is_read_and_nothing_of_it_guessed(desk: Desk) -> None:
    li, zhang, twin = _rechecking(desk, 1, 2, 101)
    lines = (
        "户主姓名\t村\t结果\t原因",
        "张某明\t华南村\t退回\t入户核实表缺签名",
        "李某明\t华南村\t通过\t",
        "黄某明\t华南村\t退回\t查无",
        "张某明\t华南村\t通过\t",
        "张某明\t小拔村\t退回\t错村",
    )
    found = desk.see(returned.read, Kind.RECHECKED, "\r\n".join(lines))
    assert [(r.case_id, r.outcome, r.reason) for r in found.rulings] == [(zhang, Outcome.RETURNED, "入户核实表缺签名")]
    assert [q.partition("：")[2] for q in found.questions] == [
        "有 2 户同名，分不清是哪一户，请在左边逐户填",
        "待办的农户里没有这个户主",
        "这一户前面已有一行，只用了前一行",
        "村或组与档案不符，请核对",
    ]
    assert {li, twin} == {
        q.line.case_id for q in desk.see(queues.waiting, Kind.RECHECKED) if q.line.head_name == "李某明"
    }


@pytest.mark.parametrize(
    ("line", "outcome", "reason"),
    [
        ("1\t华南村第一组\t李某明\t2\t不予认定\t名下有小汽车", Outcome.REFUSED, "名下有小汽车"),
        ("李某明\t同意", Outcome.PASSED, ""),
        ("李某明\t年收入高于标准，不符合\t不通过", Outcome.REFUSED, "年收入高于标准，不符合"),
    ],
)
def test_cells_stand_in_any_order(desk: Desk, line: str, outcome: Outcome, reason: str) -> None:
    (case_id,) = _rechecking(desk, 1)
    (ruling,) = desk.see(returned.read, Kind.RECHECKED, line).rulings
    assert (ruling.case_id, ruling.outcome, ruling.reason) == (case_id, outcome, reason)


def test_a_line_without_an_outcome_is_asked(desk: Desk) -> None:
    _rechecking(desk, 1)
    (question,) = desk.see(returned.read, Kind.RECHECKED, "李某明\t华南村\t待定").questions
    assert "没有看出结果" in question
