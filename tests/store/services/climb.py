"""Households climbing the ladder for the tests of papers: filed, on a notice, reviewed, carded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db.rules.case import Outcome
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import cards, county, files, reviews
from db.services.deciding.county import CountyPaper, Ruling
from db.services.deciding.reviews import Opinion
from db.services.notices import notices
from db.services.papers import index as paper_list
from db.services.town import town as town_service
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER
from tests.helpers.replay import once
from tests.store.services.conftest import Desk

POSTED = date(2016, 5, 25)
PLACES = ("村委会", "第一组", "第二组", "第三组")
ALWAYS = {"贫困户申请书", "受理回执", "入户核实表", "收入核算表", "家庭成员表", "贫困户登记表（信息采集表）"}


@once
def file(desk: Desk, *serials: int) -> tuple[list[int], list[int]]:
    homes = [desk.do(applications.file, town.household(n)).household_id for n in serials]
    of = desk.see(cases.case_of, homes)
    return homes, [of[i] for i in homes]


def village(desk: Desk) -> int:
    return int(desk.see(town_service.villages)[0].id)


def to_notice(desk: Desk, case_ids: list[int]) -> int:
    desk.do(verification.record, [Visit(i, town.visit()) for i in case_ids])
    meeting = replace(
        town.meeting(), called_on=date(2016, 5, 12), time="上午9时", guests="镇驻村干部陈某", withdrew="李某（与申请户为兄弟）",
        watcher="温某", teller="魏某", course="逐户评议，当场计票。", speeches="代表古某提出第一组一户收入需再核。",
    )  # fmt: skip
    desk.do(appraisals.record, meeting, [Vote(i, 38, 2, 1) for i in case_ids])
    notice = int(desk.do(notices.create, village(desk), case_ids))
    desk.do(notices.post, notice, dict.fromkeys(PLACES, (POSTED, "")))
    return notice


def wait(desk: Desk, days: int) -> None:
    desk.clock.pass_time(timedelta(days=days))
    desk.record.confirm_clock(desk.record.authenticate(REVIEWER.name, REVIEWER.password), "放假后开机")


def to_review(desk: Desk, case_ids: list[int], *, back: int = 0) -> None:
    """Through the opinion and the town's review; the last ``back`` households are sent back."""
    wait(desk, 8)
    desk.do(reviews.opine, case_ids, Opinion(date(2016, 6, 2), "罗某军", "陈某新"))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    split = len(case_ids) - back
    number = "华府报〔2016〕3号"
    desk.do(reviews.review, case_ids[:split], reviewed_on=date(2016, 6, 2), outcome=Outcome.PASSED, document=number)
    if back:
        desk.do(
            reviews.review, case_ids[split:], reviewed_on=date(2016, 6, 2), outcome=Outcome.RETURNED, reason="缺户主签名",
            document=number,
        )  # fmt: skip
    desk.record.switch(CLERK.name, CLERK.password)


def to_card(desk: Desk, case_ids: list[int]) -> None:
    announced = desk.do(county.announce, case_ids, CountyPaper("华扶公告〔2016〕1号", date(2016, 6, 2)))
    desk.do(notices.post, announced, {"华阳镇": (date(2016, 6, 2), ""), "华南村": (date(2016, 6, 2), "")})
    wait(desk, 8)
    paper = CountyPaper("华府函〔2016〕9号", date(2016, 6, 10))
    for verb in (county.recheck, county.decide):
        desk.do(verb, [Ruling(i, Outcome.PASSED) for i in case_ids], paper)
    desk.do(cards.issue, case_ids, date(2016, 6, 10))


def ready(desk: Desk, home: int) -> set[str]:
    return {offer.title for offer in offered(desk, home) if not offer.why}


def offered(desk: Desk, home: int) -> tuple[paper_list.Offer, ...]:
    return desk.see(paper_list.offers, desk.see(files.open_file, home))
