"""A month against an earlier one: every household with its kind, cause and paper, adding up to both lists, frozen or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.errors import Refused
from db.papers import comparing as paper
from db.rules.case import Kind, Outcome
from db.rules.changes import Change
from db.rules.codes import ChangeKind, Relation, Schooling
from db.rules.comparing import Comparison, Entry, Variation, problems, sentence
from db.rules.counts import Count
from db.rules.procedure import REMOVAL
from db.rules.removal import Proposal, RemovalReason
from db.services.cases import applications, cases
from db.services.cases.cases import Act
from db.services.deciding import removals
from db.services.ledger import closing, comparing, ledger
from db.services.office import villages
from db.services.office.villages import Dated
from db.services.register import households
from tests.helpers import town
from tests.helpers.changes import child, family, make, on_register
from tests.helpers.ledger import Slip
from tests.helpers.record import vouch
from tests.store.services.conftest import Desk

JUNE, JULY, AUGUST = (2016, 6), (2016, 7), (2016, 8)


@pytest.fixture
def autumn(desk: Desk) -> Desk:
    """The clock on 17 September; three families registered in May, one in July."""
    desk.clock.pass_time(timedelta(days=115))
    for serial in (1, 2, 3):
        on_register(desk, family(serial), f"华南-2016-{serial:04d}")
    on_register(desk, family(4), "华南-2016-0004", date(2016, 7, 10))
    return desk


def between(desk: Desk, old: tuple[int, int], new: tuple[int, int]) -> Comparison:
    found = desk.see(comparing.between, old, new)
    assert isinstance(found, Comparison)
    assert problems(found) == ()
    return found


def told(found: Comparison) -> list[tuple[str, int, int]]:
    return [(e.kind.value, e.counts.households, e.counts.persons) for e in found.entries]


def of(found: Comparison, kind: Variation) -> Entry:
    (entry,) = [e for e in found.entries if e.kind is kind]
    return entry


def born(on: date) -> Change:
    baby = replace(child("陈某新", birth=on, serial=301), schooling=Schooling.NONE)
    return Change(ChangeKind.BORN, on, "出生医学证明 P44000001", on, entrant=baby)


def removed(desk: Desk, household_id: int, on: date) -> None:
    """The county's word on a removal, the doors between left aside."""
    proposal = Proposal(on, ("罗某军", "陈某新"), RemovalReason.CAR, "名下有小汽车")
    case_id = desk.do(removals.propose, household_id, proposal)
    facts = {"outcome": Outcome.PASSED.value, "reason": "", "document": "五府办〔2016〕7号"}
    meeting = {"yes": 40, "no": 1, "abstained": 0, "present": 41, "due": 45, "passed": True}
    opinion = {"agree": True, "reason": "", "signer": "罗某军", "team_leader": "陈某新"}
    for kind, said in (
        (Kind.APPRAISED, meeting),
        (Kind.OPINED, opinion),
        (Kind.DECIDED, facts),
    ):
        desk.do(cases.write, kind, [Act(case_id, on, said)])
    assert desk.see(cases.states, [case_id])[case_id].ended
    assert desk.see(cases.ladder_of, [case_id]).key == REMOVAL


def test_each_kind_of_change_with_its_day_cause_and_paper(autumn: Desk) -> None:
    make(autumn, 1, born(date(2016, 7, 5)))
    make(
        autumn, 2, Change(ChangeKind.DIED, date(2016, 7, 8), "注销证明 8 号", date(2016, 7, 9), reason="病故", person=1)
    )
    split = Change(
        ChangeKind.SPLIT,
        date(2016, 7, 20),
        "户口簿",
        reason="分家",
        parting=(1, 3),
        parting_head=1,
        others={3: Relation.DAUGHTER},
    )
    part = make(autumn, 1, split, second=True).split_id
    removed(autumn, 3, date(2016, 7, 28))
    july = between(autumn, JUNE, JULY)
    assert sorted(told(july)) == sorted([
        ("新增", 1, 3), ("终止（清退）", -1, -3), ("拆户", 0, -2), ("拆户", 1, 2), ("自然增加", 0, 1), ("自然减少", 0, -1),
    ])  # fmt: skip
    assert (july.old, july.new) == (Count(3, 9), Count(4, 9))
    ended, died, added = of(july, Variation.ENDED), of(july, Variation.LEFT), of(july, Variation.ADDED)
    assert (ended.paper, ended.on) == ("五府办〔2016〕7号", date(2016, 7, 28))
    assert "名下有小汽车" in ended.cause
    assert (died.paper, died.cause, died.on) == ("注销证明 8 号（2016-07-09）", "病故", date(2016, 7, 8))
    assert (added.paper, added.on, added.what) == ("1号", date(2016, 7, 10), "新识别，建档立卡")
    assert {e.household_id for e in july.entries if e.kind is Variation.SPLIT} == {1, part}
    assert sentence(july) == (
        "2016年7月，华阳镇在册贫困户由3户9人变为4户9人（户数增加1户、人数不变）；"
        "其中新增1户3人，终止（清退）1户3人，拆户增加1户，自然增加1人，自然减少1人。"
    )  # fmt: skip
    merge = Change(ChangeKind.MERGED, date(2016, 8, 2), reason="同住", others={0: Relation.OTHER, 1: Relation.OTHER})
    make(autumn, 2, merge, part, second=True)
    make(autumn, 4, Change(ChangeKind.DISSOLVED, date(2016, 8, 9), reason="全户外迁"), second=True)
    august = between(autumn, JULY, AUGUST)
    assert sorted(told(august)) == sorted([("销户", -1, -3), ("并户", -1, -2), ("并户", 0, 2)])
    assert between(autumn, JUNE, AUGUST).new == august.new
    assert between(autumn, (2016, 4), JUNE).old == Count()


def test_the_last_of_a_household_to_die_ends_it(autumn: Desk) -> None:
    on_register(
        autumn, replace(town.household(9), size_stated=1, members=town.household(9).members[:1]), "华南-2016-0009"
    )
    make(autumn, 5, Change(ChangeKind.DIED, date(2016, 7, 8), "注销证明", person=0), second=True)
    july = between(autumn, JUNE, JULY)
    assert ("销户", -1, -1) in told(july)


def test_what_was_entered_after_the_closing_is_adjustment(autumn: Desk) -> None:
    for month in (5, 6):
        autumn.do(closing.close, 2016, month, second=vouch(autumn.record))
    autumn.clock.pass_time(timedelta(minutes=1))
    make(autumn, 1, born(date(2016, 6, 5)))
    make(autumn, 2, Change(ChangeKind.DIED, date(2016, 7, 3), "注销证明", person=1))
    july = between(autumn, JUNE, JULY)
    assert told(july) == [("新增", 1, 3), ("自然减少", 0, -1), ("调整", 0, 1)]
    late = of(july, Variation.ADJUSTED)
    assert (late.paper, late.on, late.actor) == ("出生医学证明 P44000001（2016-06-05）", date(2016, 6, 5), "钟小明")
    assert "调整以前月份（户数不变、人数增加1人）" in sentence(july)
    autumn.do(closing.close, 2016, 7, second=vouch(autumn.record))
    autumn.clock.pass_time(timedelta(minutes=1))
    make(autumn, 3, Change(ChangeKind.DIED, date(2016, 7, 4), "注销证明", person=1))
    assert told(between(autumn, JUNE, JULY)) == told(july)
    assert told(between(autumn, JULY, AUGUST)) == [("调整", 0, -1)]


def test_particulars_changed_between_are_told_old_and_new_also_of_open_months(autumn: Desk) -> None:
    home = autumn.see(households.get, 1)
    autumn.do(applications.change, replace(home, phone="13900000009"))
    assert between(autumn, JULY, AUGUST).entries == ()
    september = between(autumn, AUGUST, (2016, 9))
    (entry,) = september.entries
    assert (entry.kind, entry.what, entry.cause, entry.actor) == (
        Variation.PARTICULARS, "联系电话 13800000001 → 13900000009", "更正资料", "钟小明"
    )  # fmt: skip
    assert "信息变更1户" in sentence(september)


def test_a_correction_that_stands_in_a_frozen_list_is_not_taken_back_by_the_open_month_after_it(autumn: Desk) -> None:
    autumn.do(closing.close, 2016, 5, second=vouch(autumn.record))
    autumn.clock.pass_time(timedelta(minutes=1))
    autumn.do(applications.change, replace(autumn.see(households.get, 1), phone="13900000009"))
    autumn.clock.pass_time(timedelta(minutes=1))
    autumn.do(closing.close, 2016, 6, second=vouch(autumn.record))
    autumn.clock.pass_time(timedelta(minutes=1))
    assert "联系电话 13800000001 → 13900000009" in [e.what for e in between(autumn, (2016, 5), JUNE).entries]
    for old, new in ((JUNE, JULY), (JULY, AUGUST), (AUGUST, (2016, 9))):
        assert Variation.PARTICULARS not in {e.kind for e in between(autumn, old, new).entries}


def test_why_a_household_came_is_told_also_when_it_was_entered_late(autumn: Desk) -> None:
    for month in (5, 6, 7):
        autumn.do(closing.close, 2016, month, second=vouch(autumn.record))
        autumn.clock.pass_time(timedelta(minutes=1))
    on_register(autumn, family(5, village="小拔村"), "小拔-2016-0001", date(2016, 7, 20))
    assert of(between(autumn, JULY, AUGUST), Variation.ADJUSTED).cause == "60 其他"
    late = [e for e in between(autumn, JUNE, AUGUST).entries if e.kind is Variation.ADDED]
    assert [e.cause for e in late] == ["60 其他"] * 2


def test_a_change_of_the_head_is_told_with_its_reason(autumn: Desk) -> None:
    turn = Change(
        ChangeKind.HEAD,
        date(2016, 7, 8),
        reason="外出务工",
        head=1,
        relations={0: Relation.SPOUSE, 2: Relation.DAUGHTER},
    )
    make(autumn, 1, turn)
    entry = of(between(autumn, JUNE, JULY), Variation.PARTICULARS)
    assert (entry.cause, entry.on) == ("外出务工", date(2016, 7, 8))
    assert entry.what.startswith("户主 李某明 → 林某华")


def test_a_merged_village_takes_its_count_along(autumn: Desk) -> None:
    on_register(autumn, family(5, village="小拔村"), "小拔-2016-0001")
    by = Dated(date(2016, 7, 20), "县民政局批复〔2016〕3号")
    autumn.do(villages.merge_village, 2, 1, by, second=vouch(autumn.record))
    july = between(autumn, JUNE, JULY)
    assert [(v.village, v.old, v.new) for v in july.villages] == [("华南村", Count(4, 12), Count(5, 15))]


def test_the_older_month_must_be_earlier(autumn: Desk) -> None:
    with pytest.raises(Refused, match="早于 2016年7月"):
        autumn.see(comparing.between, JULY, JULY)
    with pytest.raises(Refused, match="还没有到"):
        autumn.see(comparing.between, JULY, (2016, 10))


def test_the_list_as_a_workbook_and_as_a_paper(autumn: Desk, tmp_path: Path) -> None:
    make(autumn, 1, born(date(2016, 7, 5)))
    july = between(autumn, JUNE, JULY)
    assert comparing.file_name(july) == "2016年07月名单变化-华阳镇.xlsx"
    path = tmp_path / comparing.file_name(july)
    done = comparing.export(autumn.record, july, july.entries, path, Slip())
    assert done.lines == 2
    book = load_workbook(path)
    assert book.sheetnames == ["名单变化", "名单变化汇总"]
    cells = [str(c.value) for line in book["名单变化"].iter_rows() for c in line if c.value is not None]
    assert {"自然增加", "出生医学证明 P44000001（2016-07-05）", "华南-2016-0004", "2016年7月与2016年6月对照"} <= set(
        cells
    )
    sums = [[c.value for c in line] for line in book["名单变化汇总"].iter_rows()]
    row = next(line for line in sums if line[1] == "华南村")
    assert (row[2:6], row[-2:]) == ([3, 9, 1, 3], [4, 13])
    said = paper.build(autumn.see(comparing.paper, july, july.entries)).text()
    assert "华阳镇2016年7月贫困户名单变化表" in said
    assert sentence(july) in said
    assert "出生医学证明" in said


def test_a_removal_and_a_wrong_entry_told_after_the_closing_are_adjustments_with_their_papers(autumn: Desk) -> None:
    for month in (5, 6):
        autumn.do(closing.close, 2016, month, second=vouch(autumn.record))
        autumn.clock.pass_time(timedelta(minutes=1))
    removed(autumn, 3, date(2016, 6, 28))
    wrong = Change(ChangeKind.WRONG_REMOVED, date(2016, 6, 20), "户口簿", reason="重复登记", person=2)
    make(autumn, 1, wrong, second=True)
    july = autumn.see(ledger.month, 2016, 7)
    assert july.total.movement.adjusted == Count(-1, -4)
    told = {a.household_id: (a.counts, a.reason, a.paper) for a in july.adjustments}
    assert told[1] == (Count(0, -1), "重复登记", "户口簿")
    counts, reason, paper_of = told[3]
    assert (counts, paper_of) == (Count(-1, -3), "五府办〔2016〕7号")
    assert reason.endswith("名下有小汽车")
    found = between(autumn, JUNE, JULY)
    assert found.tallies[Variation.ADJUSTED].counts == Count(-1, -4)
