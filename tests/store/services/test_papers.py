"""The papers of one household and of its village on the way up the ladder, and the same papers printed again a month later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from db.errors import Refused
from db.papers import roll
from db.rules.case import Finding, Kind, latest
from db.rules.changes.change import Change
from db.rules.codes import AppraisalKind, Attribute, BatchKind, ChangeKind
from db.services.cases import applications, batches, cases, verification
from db.services.cases.verification import Visit
from db.services.changes import changes
from db.services.deciding import reviewed
from db.services.notices import board as noticeboard
from db.services.notices import notices, objections
from db.services.notices.objections import Investigation, Objection
from db.services.office import settings
from db.services.papers import answers as answer_papers
from db.services.papers import county as county_papers
from db.services.papers import index as paper_list
from db.services.papers import intake as intake_papers
from db.services.papers import meetings as meeting_papers
from db.services.papers import reports as report_papers
from db.services.papers import village as village_papers
from db.services.papers.meetings import Plan
from db.services.register import households
from db.services.town import town as town_service
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER
from tests.store.services.climb import (
    ALWAYS,
    PLACES,
    POSTED,
    file,
    offered,
    ready,
    to_card,
    to_notice,
    to_review,
    village,
    wait,
)
from tests.store.services.conftest import Desk


def test_papers_come_with_their_steps(desk: Desk) -> None:
    (home,), ids = file(desk, 1)
    assert ready(desk, home) == ALWAYS
    to_notice(desk, ids)
    assert ready(desk, home) == ALWAYS | {"评议会议记录", "评议结果表", "公示"}
    to_review(desk, ids)
    assert ready(desk, home) >= {"汇总名册", "镇审核表"}
    to_card(desk, ids)
    waiting = {offer.title: offer.why for offer in offered(desk, home) if offer.why}
    assert waiting == {"异议答复书": "没有核查过的异议", "退回单": "镇审核没有退回本户"}


def test_a_reprint_says_the_same_days(desk: Desk) -> None:
    (home,), ids = file(desk, 1)
    to_notice(desk, ids)
    to_review(desk, ids)
    to_card(desk, ids)

    def printed() -> dict[str, str]:
        papers = {title: desk.see(paper_list.paper, home, title) for title in ready(desk, home)}
        return {title: paper.text().replace(paper.footer_left, "") for title, paper in papers.items()}

    before = printed()
    wait(desk, 40)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    assert printed() == before


def test_papers_of_many_say_the_same_after_a_death_a_newcomer_and_another_option(desk: Desk) -> None:
    """The report, the roll, the review and the minutes are the papers of their day: what happens later is not theirs."""
    (home, _), ids = file(desk, 1, 2)
    to_notice(desk, ids)
    to_review(desk, ids)
    to_card(desk, ids)
    (review,) = (batch.id for batch in desk.see(batches.of_kind, BatchKind.REVIEW))
    titles = ("评议会议记录", "评议结果表", "公示", "汇总名册", "镇审核表", "县审定")

    def printed() -> dict[str, str]:
        papers = {title: desk.see(paper_list.paper, home, title) for title in titles}
        papers["上报报告"] = desk.see(report_papers.report, review)
        return {title: paper.text().replace(paper.footer_left, "") for title, paper in papers.items()}

    before = printed()
    assert "2户" in before["上报报告"].replace(" ", "")
    wait(desk, 20)
    now = desk.see(households.get, home)
    death = Change(
        ChangeKind.DIED,
        date(2016, 6, 20),
        proof="死亡证明 华殡〔2016〕7号",
        proof_on=date(2016, 6, 21),
        person=1,
        reason="病故",
    )
    desk.do(changes.apply, home, now.version, death)
    assert desk.see(households.get, home).size == now.size - 1
    file(desk, 3)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(settings.change, replace(desk.see(town_service.options), notice_days=10))
    assert printed() == before


def test_a_paper_that_is_not_there_yet_is_refused_with_its_reason(desk: Desk) -> None:
    (home,), _ = file(desk, 1)
    with pytest.raises(Refused, match="户卡：建档立卡后才有"):
        desk.see(paper_list.paper, home, "户卡")


def test_papers_carry_one_application_number(desk: Desk) -> None:
    (home,), _ = file(desk, 1)
    for title in ("贫困户申请书", "受理回执", "入户核实表", "收入核算表", "家庭成员表"):
        assert "华阳-华南-2016-00001" in desk.see(paper_list.paper, home, title).text()


def test_the_income_sheet_names_line_and_source(desk: Desk) -> None:
    (home,), _ = file(desk, 1)
    text = desk.see(paper_list.paper, home, "收入核算表").text()
    assert "4,000.00元 × 价格指数1 " in text.replace("1.000", "1").replace("1.0", "1")
    assert "粤发〔2016〕13号" in text
    assert "☑低于标准" in text


def test_register_of_applications_by_village_and_period(desk: Desk) -> None:
    file(desk, 1, 2)
    paper = desk.see(intake_papers.register, village(desk), date(2016, 5, 1), date(2016, 5, 31))
    assert "合计　2户" in paper.text()
    assert "华阳-华南-2016-00002" in paper.text()
    assert CLERK.name in paper.text()
    with pytest.raises(Refused, match="没有受理过申请"):
        desk.see(intake_papers.register, village(desk), date(2016, 6, 1), date(2016, 6, 30))
    with pytest.raises(Refused, match="小拔村"):
        desk.see(intake_papers.register, desk.see(town_service.villages)[1].id)


def test_the_call_before_and_after_the_assembly(desk: Desk) -> None:
    _, ids = file(desk, 1, 2)
    desk.do(verification.record, [Visit(i, town.visit()) for i in ids])
    values = {
        "kind": AppraisalKind.REPRESENTATIVES,
        "held_on": town.HELD,
        "place": "村委会",
        "called_on": date(2016, 5, 12),
    }
    plan = Plan.of_values(village(desk), values)
    before = desk.see(meeting_papers.planned, plan, meeting_papers.CALL).text()
    assert "2016年5月24日" in before
    assert "共2户4人，名单附后" in before
    blank = desk.see(meeting_papers.planned, plan, meeting_papers.MINUTES)
    assert blank.file_stem == "会议记录-华南村（空白）"
    assert desk.see(meeting_papers.planned, plan, meeting_papers.SIGN_IN).file_stem == "签到表-华南村"


def test_minutes_keep_what_was_typed_for_them(desk: Desk) -> None:
    (home,), ids = file(desk, 1)
    to_notice(desk, ids)
    text = desk.see(paper_list.paper, home, "评议会议记录").text()
    for piece in ("镇驻村干部陈某", "李某（与申请户为兄弟）", "温某", "魏某", "逐户评议，当场计票。", "代表古某提出"):
        assert piece in text
    batch = latest(desk.see(cases.events, ids)[ids[0]], Kind.APPRAISED)
    assert batch is not None
    assert batch.batch_id is not None
    call = desk.see(meeting_papers.held, batch.batch_id, meeting_papers.CALL).text()
    assert "2016年5月12日" in call
    assert "上午9时" in call


def test_an_answer_goes_to_the_objector_or_on_the_board(desk: Desk) -> None:
    homes, ids = file(desk, 1, 2)
    to_notice(desk, ids)
    raised = [
        desk.do(objections.register, Objection(case_id, POSTED, objector, "来信", "名下有小汽车"))
        for case_id, objector in zip(ids, ("钟某强", ""), strict=True)
    ]
    with pytest.raises(Refused, match="还没有核查"):
        desk.see(answer_papers.answer, raised[0])
    desk.clock.pass_time(timedelta(days=2))
    day = date(2016, 5, 26)
    for objection in raised:
        done = Investigation(objection, day, ("韦某", "邓某"), Finding.UNFOUNDED, "车辆登记在兄弟名下", day, "书面")
        desk.do(objections.investigate, done)
    letter, posted = (desk.see(answer_papers.answer, objection) for objection in raised)
    assert "钟某强：" in letter.text()
    assert "韦某、邓某" in letter.text()
    assert "2016年5月26日" in posted.text()
    assert "异议答复书（张贴）" in posted.text()
    assert "韦某" not in posted.text()
    assert "异议答复书" in ready(desk, homes[0])


def test_a_correction_is_posted_for_its_household_only(desk: Desk) -> None:
    homes, ids = file(desk, 1, 2)
    to_notice(desk, ids)
    raised = desk.do(objections.register, Objection(ids[0], POSTED, "", "来电", "属性不对"))
    desk.clock.pass_time(timedelta(days=2))
    day = date(2016, 5, 26)
    desk.do(
        objections.investigate, Investigation(raised, day, ("韦某", "邓某"), Finding.CORRECT, "应为五保户", day, "张贴")
    )
    home = desk.see(households.get, homes[0])
    assert home.attribute is not None
    desk.do(applications.change, replace(home, attribute=Attribute.FIVE_GUARANTEES))
    again = int(desk.do(notices.create, village(desk), [ids[0]]))
    desk.do(notices.post, again, {place: (date(2016, 5, 27), "") for place in PLACES})
    paper = desk.see(paper_list.paper, homes[0], "公示")
    assert paper.file_stem == "更正公示-华南村"
    assert "原在2016年5月25日张贴的名单中" in paper.text()
    assert f"贫困户属性由“{home.attribute.label}”更正为“五保户”" in paper.text()
    assert desk.see(paper_list.paper, homes[1], "公示").file_stem == "公示-华南村"


def test_the_register_of_objections_speaks_of_its_last_day(desk: Desk) -> None:
    _, ids = file(desk, 1)
    to_notice(desk, ids)
    desk.do(objections.register, Objection(ids[0], POSTED, "", "来电", "收入不实"))
    wait(desk, 5)
    assert desk.see(noticeboard.register_paper).as_of == POSTED


def test_the_report_counts_its_reviews_together(desk: Desk) -> None:
    _, ids = file(desk, 1, 2, 3)
    to_notice(desk, ids)
    to_review(desk, ids, back=1)
    batch = desk.see(reviewed.villages)[0].batch_id
    text = desk.see(report_papers.report, batch).text()
    assert "关于上报华阳镇2016年度相对贫困户名单的报告" in text
    assert "五华县扶贫办：" in text
    assert "共受理农户申请3户" in text
    assert "同意上报2户4人；退回村补正1户2人" in text
    assert "华府报〔2016〕3号" in text
    assert "华阳镇人民政府（盖章）\n2016年6月2日" in text
    assert "公示期间没有收到异议" in text


def test_a_returned_household_has_its_slip(desk: Desk) -> None:
    homes, ids = file(desk, 1, 2)
    to_notice(desk, ids)
    to_review(desk, ids, back=1)
    assert "退回单" in ready(desk, homes[1])
    assert "缺户主签名" in desk.see(paper_list.paper, homes[1], "退回单").text()
    assert "退回单" not in ready(desk, homes[0])


def test_county_papers_as_received(desk: Desk) -> None:
    _, ids = file(desk, 1)
    to_notice(desk, ids)
    to_review(desk, ids)
    to_card(desk, ids)
    found = desk.see(county_papers.documents)
    assert [one.kind for one in found] == ["县审定", "县核查", "县公告"]
    decision, _, announcement = (desk.see(county_papers.sheet, one.batch_id).text() for one in found)
    assert "五华县人民政府" in decision
    assert "通过1户2人" in decision
    assert "2016年6月3日至2016年6月9日" in announcement
    assert "列入公告" in announcement


def test_the_roll_bears_the_day_of_the_opinion(desk: Desk) -> None:
    _, ids = file(desk, 1)
    to_notice(desk, ids)
    to_review(desk, ids)
    facts = desk.see(village_papers.roll, village(desk))
    wait(desk, 30)
    assert desk.see(village_papers.roll, village(desk)) == facts
    assert facts.compiled_on == date(2016, 6, 2)
    assert "2016年6月2日" in roll.build(facts).text()
    assert facts.rows[0].income_per_head is not None
    assert facts.rows[0].income_per_head >= Decimal(0)
