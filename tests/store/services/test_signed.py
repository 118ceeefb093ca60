"""Papers signed once: printed again they say what was so on their day; papers of the present name the day of the last change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from db.rules.changes.change import Change
from db.rules.codes import ChangeKind
from db.services.cases import applications, verification
from db.services.cases.verification import Visit
from db.services.changes import changes
from db.services.papers import index as paper_list
from db.services.register import households
from db.services.town import town as town_service
from tests.helpers import town
from tests.store.services.climb import file, ready, to_card, to_notice, to_review, wait
from tests.store.services.conftest import Desk


def _printed(desk: Desk, home: int, titles: set[str]) -> dict[str, str]:
    papers = {title: desk.see(paper_list.paper, home, title) for title in titles}
    return {title: paper.text().replace(paper.footer_left, "") for title, paper in papers.items()}


def test_a_paper_signed_once_says_who_was_there_then(desk: Desk) -> None:
    """The head dies after the card: application, visit and income sheet are of their day, card and registration of today and say so."""
    (home,), ids = file(desk, 1)
    to_notice(desk, ids)
    to_review(desk, ids)
    to_card(desk, ids)
    present = {"户卡", "贫困户登记表（信息采集表）", "家庭成员表"}
    signed = ready(desk, home) - present
    before, was = _printed(desk, home, signed), _printed(desk, home, present)
    wait(desk, 40)
    now = desk.see(households.get, home)
    death = Change(
        ChangeKind.DIED, date(2016, 7, 20), proof="死亡证明 华殡〔2016〕7号", proof_on=date(2016, 7, 20), person=0, reason="病故",
        head=1,
    )  # fmt: skip
    desk.do(changes.apply, home, now.version, death)
    later = desk.see(households.get, home)
    desk.do(applications.change, replace(later, phone="13800009999", remark="换了电话"))
    line = next(x for x in desk.see(town_service.thresholds) if x.year == 2014)
    desk.do(town_service.add_threshold, replace(line, year=2015, amount=line.amount + 100, source="县通知"))
    assert _printed(desk, home, signed) == before
    after = _printed(desk, home, present)
    for title in present:
        assert now.head_name in was[title]
        assert now.head_name not in after[title]
        assert "2016年7月20日" in after[title]
    wait(desk, 40)
    assert _printed(desk, home, present) == after


def test_an_application_lists_its_applicants_after_a_death_before_the_visit(desk: Desk) -> None:
    (home,), ids = file(desk, 1)
    applied = _printed(desk, home, {"贫困户申请书"})
    desk.clock.pass_time(timedelta(hours=1))
    now = desk.see(households.get, home)
    death = Change(ChangeKind.DIED, date(2016, 5, 18), proof="户口注销证明 3号", person=1, reason="病故")
    desk.do(changes.apply, home, now.version, death)
    assert _printed(desk, home, {"贫困户申请书"}) == applied
    assert now.members[1].name not in _printed(desk, home, {"入户核实表"})["入户核实表"]
    desk.clock.pass_time(timedelta(hours=1))
    found = desk.see(households.get, home)
    found = replace(found, housing_area=Decimal("33.00"))
    desk.do(verification.record_found, found, Visit(ids[0], town.visit()))
    text = _printed(desk, home, {"贫困户申请书", "入户核实表"})
    assert "60平方米" in text["贫困户申请书"]
    assert now.members[1].name in text["贫困户申请书"]
    assert "33㎡" in text["入户核实表"]


def test_a_blank_filled_in_later_and_a_wrong_entry_put_right_are_printed(desk: Desk) -> None:
    (home,), ids = file(desk, 1)
    desk.do(verification.record, [Visit(i, town.visit()) for i in ids])
    desk.clock.pass_time(timedelta(hours=1))
    desk.do(applications.change, replace(desk.see(households.get, home), reason="因缺技术，收入低"))
    assert "因缺技术，收入低" in _printed(desk, home, {"贫困户申请书"})["贫困户申请书"]
