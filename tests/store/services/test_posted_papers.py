"""What hangs on a wall: built from households with a mark in every box that is nobody's business, none of which may be read there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from db.papers import proof
from db.papers.model import Paper
from db.rules.case import Finding
from db.rules.codes import Bar, BatchKind, Entry, Health, Labour, PovertyCause, Relation, Schooling, Sex, YesNo
from db.rules.codes import Finding as Found
from db.rules.values import Household
from db.services.cases import applications, appraisals, batches, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.evidence import shortlists
from db.services.notices import notices, objections
from db.services.notices import paper as noticepaper
from db.services.notices import proof as noticeproof
from db.services.notices.objections import Investigation, Objection
from db.services.papers import answers as answer_papers
from db.services.papers import meetings as meeting_papers
from db.services.papers import village_book
from tests.helpers import town
from tests.store.services.climb import PLACES, POSTED, village
from tests.store.services.conftest import Desk

CHILD, BOY = "陈某苗", "孤某童"
MARK = "暗记"


def _marked(serial: int = 1) -> Household:
    """A household with a mark in every text no wall may show, and an illness for its cause."""
    home = town.household(serial)
    head, wife = home.members
    ill = replace(
        head, health=Health.SERIOUS, illness=f"尿毒症{MARK}", work_place=f"东莞{MARK}", employer=f"厂{MARK}", police_proof=MARK,
    )  # fmt: skip
    number = town.id_number(date(2006, 1, 1), serial + 80, Sex.FEMALE)
    child = replace(
        wife, name=CHILD, relation=Relation.DAUGHTER, id_number=number, education=None, schooling=Schooling.PRIMARY, labour=Labour.NONE,
        school=f"小学{MARK}",
    )  # fmt: skip
    return replace(
        home, members=(ill, wife, child), size_stated=3, address=f"门牌{MARK}", bank=f"银行{MARK}", reason=f"理由{MARK}",
        remark=f"备注{MARK}", cause_note=f"说明{MARK}", benefit_number=f"4414{MARK}", main_cause=PovertyCause.ILLNESS,
    )  # fmt: skip


def _boy() -> Household:
    """A household whose head is under age."""
    home = town.household(2, income=1500)
    number = town.id_number(date(2001, 1, 1), 90, Sex.MALE)
    head = replace(
        home.members[0], name=BOY, id_number=number, education=None, schooling=Schooling.PRIMARY, labour=Labour.NONE
    )
    return replace(home, head_name=BOY, head_id=number, members=(head,), size_stated=1, able=YesNo.NO)


def _climb(desk: Desk, homes: list[Household]) -> list[int]:
    ids = [desk.do(applications.file, home).household_id for home in homes]
    of = desk.see(cases.case_of, ids)
    found = [of[i] for i in ids]
    visit = town.visit()
    seen = replace(
        visit, remark=f"意见{MARK}", entries={e: (Found.YES if e is Entry.BREADWINNER_ILL else Found.NO, MARK) for e in Entry},
        bars=dict.fromkeys(Bar, (Found.NO, MARK)),
    )  # fmt: skip
    desk.do(verification.record, [Visit(i, seen) for i in found])
    said = replace(
        town.meeting(), speeches=f"发言{MARK}", withdrew=f"回避{MARK}", course=f"程序{MARK}", guests=f"列席{MARK}"
    )
    desk.do(appraisals.record, said, [Vote(i, 38, 2, 1) for i in found])
    return found


def _on_walls(desk: Desk, found: list[int]) -> Iterator[Paper]:
    """Every paper that is posted, of a village from the assembly to the board."""
    (meeting,) = desk.see(batches.of_kind, BatchKind.APPRAISAL)
    notice = int(desk.do(notices.create, village(desk), found))
    desk.do(notices.post, notice, dict.fromkeys(PLACES, (POSTED, "")))
    raised = [desk.do(objections.register, Objection(i, POSTED, "", "来信", f"所说{MARK}")) for i in found]
    desk.clock.pass_time(timedelta(days=2))
    day = date(2016, 5, 26)
    for one, finding in zip(raised, (Finding.CORRECT, Finding.UNFOUNDED), strict=True):
        desk.do(objections.investigate, Investigation(one, day, ("韦某", "邓某"), finding, f"查明{MARK}", day, "张贴"))
    again = int(desk.do(notices.create, village(desk), found[:1]))
    desk.do(notices.post, again, dict.fromkeys(PLACES, (date(2016, 5, 27), "")))
    yield desk.see(meeting_papers.held, meeting.id, meeting_papers.RESULTS)
    for one in (notice, again):
        yield desk.see(lambda unit, n=one: noticepaper.checked(unit, noticepaper.facts_of(unit, n, unit.today)))
        yield proof.build(desk.see(noticeproof.proof, one))
    for one in raised:
        yield desk.see(answer_papers.answer, one)
    for n, i in enumerate(found, 1):
        desk.do(town.registered, i, f"华南-2016-000{n}", date(2016, 5, 27))
    yield desk.see(village_book.signboard_sheet, village(desk))


def test_nothing_private_hangs_on_a_wall(desk: Desk) -> None:
    homes = [_marked(), _boy()]
    papers = list(_on_walls(desk, _climb(desk, homes)))
    assert len(papers) == 8
    numbers = [n for h in homes for n in (h.head_id, h.phone, h.bank_card, *(m.id_number for m in h.members))]
    reasons = [item.label[:8] for item in (*Entry, *Bar)]
    for paper in papers:
        text = paper.text()
        for secret in (
            MARK,
            CHILD,
            BOY,
            "尿毒症",
            "因病",
            *numbers,
            *(n[6:14] for n in numbers if len(n) == 18),
            *reasons,
        ):
            assert secret not in text, (paper.title, secret)


def test_two_heads_of_one_name_are_two_rows_of_the_list_of_what_is_missing(desk: Desk) -> None:
    one, two = town.household(1), town.named(town.household(2), town.household(1).head_name)
    three = replace(two, members=(*two.members, replace(_marked(9).members[2])), size_stated=3)
    for home in (one, three):
        desk.do(applications.file, home)
    facts = desk.see(shortlists.facts, village(desk))
    assert {row.owner for row in facts.own} == {f"{one.head_name}（2人）", f"{one.head_name}（3人）"}
    assert facts.households == 2
