"""文号登记: a number is registered once, wherever it is typed; a wrong entry stays in sight as void."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.errors import Refused
from db.papers import documents as register_paper
from db.papers import roll as roll_paper
from db.rules.case import Outcome
from db.rules.codes import BatchKind, Direction
from db.services.cases import documents
from db.services.cases.documents import Draft, Use
from db.services.deciding import county, reviews
from db.services.deciding.county import CountyPaper
from db.services.notices import notices
from db.services.papers import village as village_papers
from db.services.town import town
from tests.helpers import steps
from tests.helpers.record import REVIEWER
from tests.helpers.steps import READY
from tests.store.services.conftest import Desk

OUT = Draft(Direction.OUT, "华扶办[2016]1号", "关于开展入户核实的通知", "各村委会", date(2016, 5, 10))
IN = Draft(Direction.IN, "华府函〔2016〕9号", "关于贫困户名单的批复", "五华县人民政府", date(2016, 5, 20))


def test_a_number_is_tidied_and_stands_in_the_register(desk: Desk) -> None:
    desk.do(documents.register, OUT)
    (found,) = desk.see(documents.listed)
    assert (found.number, found.direction, found.year, found.actor) == (
        "华扶办〔2016〕1号", Direction.OUT, 2016, "钟小明",
    )  # fmt: skip


def test_a_number_that_stands_is_refused_with_where_it_stands(desk: Desk) -> None:
    desk.do(documents.register, OUT)
    with pytest.raises(Refused) as refused:
        desk.do(documents.register, replace(OUT, number="华扶办（2016）1号", title="另一份"))
    (problem,) = refused.value.problems
    assert problem.field == "number"
    assert "2016-05-10" in problem.text
    assert "关于开展入户核实的通知" in problem.text


def test_the_same_number_may_come_in_and_go_out(desk: Desk) -> None:
    desk.do(documents.register, OUT)
    desk.do(documents.register, replace(IN, number=OUT.number))
    assert len(desk.see(documents.listed)) == 2


def test_every_fault_of_an_entry_is_told(desk: Desk) -> None:
    with pytest.raises(Refused) as refused:
        desk.do(documents.register, Draft(Direction.OUT, "12号", " ", "", date(2016, 6, 30)))
    assert [p.field for p in refused.value.problems] == ["title", "body", "dated", "number"]


def test_an_incoming_number_need_not_have_the_form(desk: Desk) -> None:
    desk.do(documents.register, replace(IN, number="县办便函 3"))
    assert desk.see(documents.listed)[0].number == "县办便函3"


def test_the_next_number_is_proposed_and_gaps_are_shown(desk: Desk) -> None:
    assert desk.see(documents.propose) == "华扶办〔2016〕1号"
    for number in ("华扶办〔2016〕1号", "华扶办〔2016〕5号", "华府报〔2016〕2号"):
        desk.do(documents.register, replace(OUT, number=number))
    assert desk.see(documents.propose) == "华府报〔2016〕3号"
    assert desk.see(documents.missing, 2016) == ("华府报〔2016〕1号", "华扶办〔2016〕2—4号")
    assert desk.see(documents.missing, 2015) == ()


def test_a_void_entry_stays_in_sight_is_no_gap_and_frees_its_number(desk: Desk) -> None:
    one = desk.do(documents.register, OUT)
    desk.do(documents.register, replace(OUT, number="华扶办〔2016〕2号"))
    with pytest.raises(Refused, match="原因"):
        desk.do(documents.void, one, " ")
    desk.do(documents.void, one, "登记错了")
    assert [d.void for d in desk.see(documents.listed)] == ["", "登记错了"]
    assert desk.see(documents.missing) == ()
    desk.do(documents.register, replace(OUT, title="改登的一份"))
    with pytest.raises(Refused, match="已经作废"):
        desk.do(documents.void, one, "再作废一次")


def test_the_register_is_looked_through(desk: Desk) -> None:
    desk.do(documents.register, OUT)
    desk.do(documents.register, IN)
    assert [d.number for d in desk.see(documents.listed, Direction.IN)] == ["华府函〔2016〕9号"]
    assert [d.number for d in desk.see(documents.listed, text="入户")] == ["华扶办〔2016〕1号"]
    assert [d.number for d in desk.see(documents.listed, text="华扶办[2016]1")] == ["华扶办〔2016〕1号"]
    assert desk.see(documents.listed, None, 2015) == ()
    assert desk.see(documents.years) == (2016,)


def test_a_number_is_given_to_a_notice_and_to_a_roll(desk: Desk) -> None:
    steps.hung(desk, 1)
    uses = {use.label: use for use in desk.see(documents.uses)}
    notice = next(use for label, use in uses.items() if "公示" in label)
    desk.do(documents.register, replace(OUT, batch_id=notice.batch_id))
    roll = uses["小拔村汇总名册"]
    desk.do(documents.register, replace(OUT, number="华扶办〔2016〕2号", village_id=roll.village_id))
    assert [d.used_for for d in desk.see(documents.listed)] == ["小拔村汇总名册", "华南村2016年第1次公示"]
    assert desk.see(documents.number_of, notice.batch_id) == "华扶办〔2016〕1号"
    assert desk.see(documents.roll_number, roll.village_id, 2016) == "华扶办〔2016〕2号"
    assert desk.see(documents.roll_number, roll.village_id, 2017) == ""


def test_the_number_is_printed_on_the_notice_and_the_roll_it_was_given_to(desk: Desk) -> None:
    steps.opined(desk, desk.clock, 1)
    notice, village = _notice(desk), desk.see(town.villages)[0].id
    assert "华扶办" not in desk.see(notices.sheet, notice, READY).paper.text()
    desk.do(documents.register, replace(OUT, batch_id=notice))
    desk.do(documents.register, replace(OUT, number="华扶办〔2016〕2号", village_id=village))
    assert "华扶办〔2016〕1号" in desk.see(notices.sheet, notice, READY).paper.text()
    assert "文号：华扶办〔2016〕2号" in roll_paper.build(desk.see(village_papers.roll, village)).text()


def test_the_number_typed_at_the_review_is_registered(desk: Desk) -> None:
    opined = steps.opined(desk, desk.clock, 1, 2)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    for case_id in opined:
        desk.do(
            reviews.review, [case_id], reviewed_on=READY, outcome=Outcome.PASSED, document="华扶办[2016]3号"
        )  # fmt: skip
    (found,) = desk.see(documents.listed)
    assert (found.number, found.body) == ("华扶办〔2016〕3号", "五华县扶贫办")
    assert found.used_for == "2016年第1次镇审核、2016年第2次镇审核"


def test_a_number_taken_by_another_paper_is_refused_at_the_review(desk: Desk) -> None:
    opined = steps.opined(desk, desk.clock, 1)
    desk.do(documents.register, replace(OUT, number="华扶办〔2016〕3号"))
    desk.do(documents.register, replace(OUT, number="华扶办〔2016〕4号", batch_id=_notice(desk)))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    for number, told in (("华扶办〔2016〕4号", "已登记给"), ("4号", "应写成")):
        with pytest.raises(Refused, match=told) as refused:
            desk.do(reviews.review, opined, reviewed_on=READY, outcome=Outcome.PASSED, document=number)
        assert refused.value.problems[0].field == "document"
    desk.do(reviews.review, opined, reviewed_on=READY, outcome=Outcome.PASSED, document="华扶办〔2016〕3号")
    assert [d.used_for for d in desk.see(documents.listed, text="3号")] == ["2016年第1次镇审核"]


def test_the_countys_number_is_registered_as_come_in_and_offered_until_used(desk: Desk) -> None:
    found = steps.passed(desk, desk.clock, 1, 2)
    day = READY
    desk.do(documents.register, replace(IN, dated=day))
    assert [d.number for d in desk.see(documents.unused)] == ["华府函〔2016〕9号"]
    desk.do(documents.register, replace(IN, number="华府函〔2016〕8号"))
    desk.do(county.announce, found[:1], CountyPaper("华府函(2016)9号", day))
    assert [d.number for d in desk.see(documents.unused)] == ["华府函〔2016〕8号"]
    with pytest.raises(Refused, match="已登记给"):
        desk.do(county.announce, found[1:], CountyPaper("华府函〔2016〕8号", day))
    desk.do(county.announce, found[1:], CountyPaper("华府函〔2016〕10号", day))
    assert desk.see(documents.listed)[0].used_for == "2016年第2次县公告"


def test_the_register_is_printed(desk: Desk) -> None:
    desk.do(documents.register, OUT)
    one = desk.do(documents.register, replace(OUT, number="华扶办〔2016〕3号", title="第三份"))
    desk.do(documents.void, one, "没有发出")
    text = register_paper.build(desk.see(documents.paper, Direction.OUT, 2016)).text()
    assert "华阳镇扶贫办发文登记簿（2016年）" in text
    assert "缺号：华扶办〔2016〕2号" in text
    assert "作废：没有发出" in text
    empty = register_paper.build(desk.see(documents.paper, Direction.IN, 2016))
    assert "收文登记簿" in empty.title
    assert "来文机关" in empty.text()


def _notice(desk: Desk) -> int | None:
    found: tuple[Use, ...] = desk.see(documents.uses)
    return next(use.batch_id for use in found if "公示" in use.label)


def test_kinds_that_print_a_number_are_known() -> None:
    assert set(documents._NUMBERED) == {
        BatchKind.REVIEW, BatchKind.ANNOUNCEMENT, BatchKind.RECHECK, BatchKind.DECISION,
    }  # fmt: skip
