"""A household's whole file from the record: every paper of the steps done, scans behind their paper, what is missing, few queries."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from db.errors import Refused
from db.papers.dossier import DossierFacts, Missing
from db.papers.model import Format, Pictures
from db.rules.codes import BatchKind, EvidenceKind
from db.rules.procedure import Step
from db.schema.evidence import EvidenceRow
from db.services.cases import applications, appraisals, batches, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import cards
from db.services.notices import notices, objections
from db.services.notices import proof as noticeproof
from db.services.notices.objections import Objection
from db.services.papers import dossier, village_book  # fmt: skip
from db.services.town import town as town_service
from db.store import attachments
from db.store.unit import Unit
from tests.helpers import steps, town
from tests.store.services.conftest import Desk

JPEG = b"\xff\xd8\xff\xe0 photo "
PDF = b"%PDF-1.4 scan"


def carded(desk: Desk, *serials: int) -> list[int]:
    """Households on the register, by id."""
    found = steps.decided(desk, desk.clock, *serials)
    desk.do(cards.issue, found, steps.CHECKED)
    of = desk.see(cases.households_of, found)
    return [of[i] for i in found]


def hang(unit: Unit, kind: EvidenceKind, content: bytes, **where: object) -> str:
    """Keep a file and hang it up."""
    sha = attachments.attach(unit, f"{kind.label}.{'pdf' if content == PDF else 'jpg'}", content)
    unit.session.add(
        EvidenceRow(sha256=sha, kind=kind, at=unit.now, actor_id=unit.actor.id, taken_on=date(2016, 5, 28), **where)
    )
    return sha


def titles(facts: DossierFacts) -> list[str]:
    return [entry.title for entry in facts.entries]


def the_notice(desk: Desk) -> int:
    return int(desk.see(batches.of_kind, BatchKind.NOTICE)[0].id)


def test_the_file_of_a_registered_household_holds_every_step_in_archive_order(desk: Desk) -> None:
    one, _ = carded(desk, 1, 2)
    facts = desk.see(dossier.household_dossier, one)
    wanted = [
        "贫困户申请书",
        "入户核实表",
        "评议会议记录",
        "公示",
        "公示证明单",
        "镇审核表",
        "县公告",
        "县审定",
        "贫困户登记表（信息采集表）",
        "家庭成员表",
        "收入核算表",
        "户卡",
    ]
    assert [title for title in titles(facts) if title in wanted] == wanted
    assert (facts.village, facts.head_name, facts.number) == ("华南村", "李某明", "华南-2016-0001")
    days = {entry.title: entry.on for entry in facts.entries}
    assert days["贫困户申请书"] == town.APPLIED
    assert days["入户核实表"] == town.VISITED
    assert days["评议会议记录"] == town.HELD
    by_name = {"贫困户申请书", "入户核实表", "评议会议记录", "公示", "县公告", "户卡"}
    for entry in facts.entries:
        assert entry.papers
        assert entry.title not in by_name or facts.head_name in entry.papers[0].text()


def test_only_what_was_done_is_in_the_file(desk: Desk) -> None:
    household = desk.do(applications.file, town.household(3)).household_id
    facts = desk.see(dossier.household_dossier, household, {})
    assert "贫困户申请书" in titles(facts)
    assert not {"入户核实表", "评议会议记录", "公示", "户卡"} & set(titles(facts))
    assert facts.number == ""
    assert facts.missing == ()


def test_what_the_meter_misses_is_listed_in_the_order_of_the_steps(desk: Desk) -> None:
    one = carded(desk, 1)[0]
    found = desk.see(dossier.household_dossier, one).missing
    steps_named = list(dict.fromkeys(m.step for m in found))
    assert steps_named == [step.label for step in Step if step.label in steps_named]
    assert {"户口簿", "身份证", "公示张贴照片（第一组）"} <= {m.title for m in found}
    with desk.record.write() as unit:
        hang(unit, EvidenceKind.HOUSEHOLD_BOOK, JPEG, household_id=one)
        hang(unit, EvidenceKind.NOTICE_START, JPEG, batch_id=the_notice(desk), place="第一组")
    left = {m.title for m in desk.see(dossier.household_dossier, one).missing}
    assert {m.title for m in found} - left == {"户口簿", "公示张贴照片（第一组）"}


def test_what_is_missing_may_be_handed_in(desk: Desk) -> None:
    one = carded(desk, 1)[0]
    facts = desk.see(dossier.household_dossier, one, {one: (Missing("户口簿", "申请", "请户主带来复印"),)})
    assert [(m.title, m.step) for m in facts.missing] == [("户口簿", "申请")]


def test_a_visit_without_all_signatures_is_missing_them(desk: Desk) -> None:
    household = desk.do(applications.file, town.household(4)).household_id
    case_id = desk.see(cases.case_of, [household])[household]
    desk.do(verification.record, [Visit(case_id, town.visit(signed_surveyors=1))])
    facts = desk.see(dossier.household_dossier, household, {})
    assert [m.title for m in facts.missing] == ["入户核实表签名：调查人员（两人以上）"]


def test_an_open_objection_is_in_the_file_and_its_answer_missing(desk: Desk) -> None:
    found = steps.hung(desk, 1, 2)
    desk.do(objections.register, Objection(found[0], desk.clock.now().date(), "", "来电", "有小汽车"))
    of = desk.see(cases.households_of, found)
    one, other = desk.see(dossier.dossiers, [of[i] for i in found])
    assert "异议登记表" in titles(one)
    assert "异议核查结果和答复" in [m.title for m in one.missing]
    assert "异议登记表" not in titles(other)


def test_scans_lie_behind_their_paper_and_pdfs_beside_the_file(desk: Desk) -> None:
    one, other = carded(desk, 1, 2)
    with desk.record.write() as unit:
        book = hang(unit, EvidenceKind.HOUSEHOLD_BOOK, JPEG + b"1", household_id=one)
        hang(unit, EvidenceKind.HOUSE_OUTSIDE, JPEG + b"2", household_id=one)
        hang(unit, EvidenceKind.HOUSE_INSIDE, JPEG + b"3", household_id=one)
        batch = batches.of_kind(unit, BatchKind.APPRAISAL)[0].id
        signed = hang(unit, EvidenceKind.SIGN_IN, PDF, batch_id=batch)
    facts, second = desk.see(dossier.dossiers, [one, other])
    found = titles(facts)
    assert found[:4] == ["贫困户申请书", "户口簿", "入户核实表", "房屋外观照片、室内照片"]
    block = facts.entries[1].papers[0].blocks[0]
    assert isinstance(block, Pictures)
    assert [picture.sha for picture in block.pictures] == [book]
    assert [(e.sha, e.name) for e in facts.enclosures] == [(signed, "评议签到表.pdf")]
    assert "户口簿" not in titles(second)
    assert second.enclosures == facts.enclosures
    assert facts.entries[found.index("评议签到表")].papers == ()


def test_households_of_one_notice_share_its_paper(desk: Desk) -> None:
    facts = desk.see(dossier.dossiers, carded(desk, 1, 2))
    papers = [next(e for e in one.entries if e.title == "公示").papers[0] for one in facts]
    assert papers[0] is papers[1]


def test_the_number_of_queries_does_not_grow_with_the_households(desk: Desk) -> None:
    found = carded(desk, *range(1, 9))

    def queries(ids: list[int]) -> int:
        count = 0

        def note(*_: object) -> None:
            nonlocal count
            count += 1

        with desk.record.read() as unit:
            event.listen(unit.connection, "before_cursor_execute", note)
            dossier.dossiers(unit, ids)
            event.remove(unit.connection, "before_cursor_execute", note)
        return count

    assert queries(found) == queries(found[:1])


def test_a_household_that_is_gone_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="没有这一户"):
        desk.see(dossier.household_dossier, 999)


def test_the_proof_has_the_photos_of_each_place_in_the_order_of_their_days(desk: Desk) -> None:
    steps.hung(desk, 1)
    notice = the_notice(desk)
    with desk.record.write() as unit:
        late = hang(unit, EvidenceKind.NOTICE_END, JPEG + b"late", batch_id=notice, place="第一组")
    facts = desk.see(noticeproof.proof, notice)
    assert (facts.households, facts.persons, facts.village) == (1, 2, "华南村")
    assert [one.place for one in facts.places] == list(steps.PLACES["华南村"])
    assert [(p.sha, p.moment.value) for p in facts.places[1].photos] == [(late, "期满撤下时")]
    assert facts.unproved == ("村委会", "第二组", "第三组")


def test_a_notice_that_never_hung_has_no_proof(desk: Desk) -> None:
    steps.hung(desk, 1)
    village_id = desk.see(town_service.villages)[0].id
    case_id = appraised(desk)
    made = desk.do(notices.create, village_id, [case_id])
    with pytest.raises(Refused, match="还没有登记张贴"):
        desk.see(noticeproof.proof, made)


def appraised(desk: Desk) -> int:
    """One more case that passed the assembly and is on no notice."""
    household = desk.do(applications.file, town.household(9)).household_id
    case_id = int(desk.see(cases.case_of, [household])[household])
    desk.do(verification.record, [Visit(case_id, town.visit())])
    desk.do(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 1)])
    return case_id


def test_the_book_and_the_board_list_who_is_on_the_register(desk: Desk) -> None:
    carded(desk, 1, 2)
    village_id = desk.see(town_service.villages)[0].id
    book = desk.see(village_book.book, village_id)
    assert [(row.head_name, row.number, row.size) for row in book.rows] == [
        ("李某明", "华南-2016-0001", 2),
        ("张某明", "华南-2016-0002", 2),
    ]
    assert book.rows[0].registered_on == steps.CHECKED
    paper = desk.see(village_book.signboard_sheet, village_id, Format.A4)
    text = paper.text()
    assert "李某明" in text
    assert "0753-4400002" in text
    home = town.household(1)
    assert home.head_id not in text
    assert home.phone not in text


def test_a_village_without_register_has_neither(desk: Desk) -> None:
    village_id = desk.see(town_service.villages)[1].id
    for verb in (village_book.book, village_book.signboard):
        with pytest.raises(Refused, match="还没有在册的贫困户"):
            desk.see(verb, village_id)
