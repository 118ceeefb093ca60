"""Papers printed again say what they said: no rename, no change of people and no other option moves them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db.rules.case import Finding
from db.rules.changes.change import Change
from db.rules.codes import BatchKind, ChangeKind
from db.services.cases import batches
from db.services.changes import changes
from db.services.notices import objections
from db.services.notices.objections import Investigation, Objection
from db.services.office import settings, villages
from db.services.office.villages import Dated
from db.services.papers import answers as answer_papers
from db.services.papers import dossier
from db.services.papers import index as paper_list
from db.services.papers import intake as intake_papers
from db.services.papers import reports as report_papers
from db.services.register import households
from db.services.town import town as town_service
from tests.helpers.record import REVIEWER
from tests.store.services.climb import POSTED, file, ready, to_card, to_notice, to_review, village, wait
from tests.store.services.conftest import Desk

OF_TODAY = ("户卡", "登记表", "家庭成员表")


def _printed(desk: Desk, home: int, titles: set[str]) -> dict[str, str]:
    papers = {title: desk.see(paper_list.paper, home, title) for title in titles}
    return {title: paper.text().replace(paper.footer_left, "") for title, paper in papers.items()}


def test_papers_keep_their_words_when_the_village_is_renamed_and_the_options_change(desk: Desk) -> None:
    homes, ids = file(desk, 1, 2)
    to_notice(desk, ids)
    raised = [
        desk.do(objections.register, Objection(ids[0], POSTED, who, "来信", "有小汽车")) for who in ("钟某强", "")
    ]
    desk.clock.pass_time(timedelta(days=2))
    day = date(2016, 5, 26)
    for one in raised:
        done = Investigation(one, day, ("韦某", "邓某"), Finding.UNFOUNDED, "车辆登记在兄弟名下", day, "书面")
        desk.do(objections.investigate, done)
    to_review(desk, ids)
    to_card(desk, ids)
    titles = {title for title in ready(desk, homes[0]) if not title.endswith(OF_TODAY) and "登记表" not in title}
    (review,) = (batch.id for batch in desk.see(batches.of_kind, BatchKind.REVIEW))

    def printed() -> dict[str, str]:
        papers = _printed(desk, homes[0], titles)
        papers["上报报告"] = desk.see(report_papers.report, review).text()
        papers |= {f"答复{one}": desk.see(answer_papers.answer, one).text() for one in raised}
        (file_,) = desk.see(dossier.dossiers, homes[:1])
        shown = [e for e in file_.entries if not any(word in e.title for word in OF_TODAY) or e.title == "异议登记表"]
        papers["档案"] = "".join(p.text().replace(p.footer_left, "") for e in shown for p in e.papers)
        return papers

    before = printed()
    assert "2016年5月26日至2016年6月1日在村委会和各村民小组公示" in before["贫困户申请书"]
    assert "同意38票，不同意2票" in desk.see(paper_list.paper, homes[0], "户卡").text()
    assert "华阳镇扶贫办（盖章）" in desk.see(intake_papers.register).text()
    wait(desk, 20)
    desk.do(villages.rename_village, village(desk), "华新村", Dated(date(2016, 6, 20), "批复"))
    now = desk.see(households.get, homes[0])
    death = Change(ChangeKind.DIED, date(2016, 6, 20), proof="死亡证明 7号", person=0, reason="病故", head=1)
    desk.do(changes.apply, homes[0], now.version, death)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    other = replace(
        desk.see(town_service.options), team="帮扶组", village_body="村民委员会", town_body="镇党委", office="镇扶贫站", contact="古某",
        office_phone="0753-4499999", county_phone="0753-4499998", basis="新文件", announcement=False, show_cause=True,
    )  # fmt: skip
    desk.do(settings.change, other)
    assert printed() == before
