"""Households split, merge, move and end, and what a change does to a case that is on its way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.errors import Refused
from db.rules.case import Outcome, Status
from db.rules.changes import Change
from db.rules.codes import ChangeKind, Relation, Sex
from db.rules.procedure import Step
from db.services.cases import cases, verification
from db.services.cases.verification import Visit
from db.services.changes import changelog
from db.services.deciding import corrections, files, reviews
from db.services.health import audit
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter
from tests.helpers import steps, town
from tests.helpers.changes import ON, baby, born, died, family, filed, make, on_register, posted, state, told
from tests.helpers.record import CLERK, REVIEWER, vouch
from tests.store.services.conftest import Desk


def test_the_last_death_dissolves_the_household_and_withdraws_its_application(desk: Desk) -> None:
    alone = town.household(1)
    household_id = filed(desk, replace(alone, size_stated=1, able_stated=1, members=alone.members[:1]))
    seen = told(desk, household_id, died(0))
    assert seen.effect is not None
    assert seen.effect.after is None
    assert "本户没有人了" in seen.effect.told[0]
    make(desk, household_id, died(0))
    assert state(desk, household_id).status is Status.WITHDRAWN
    assert desk.see(search.count, Filter()) == (0, 0)
    assert [line.kind for line in desk.see(changelog.history, household_id)] == [ChangeKind.DISSOLVED, ChangeKind.DIED]
    with pytest.raises(Refused, match="已经销户"):
        make(desk, household_id, Change(ChangeKind.DISSOLVED, ON, reason="再销"))
    gone = desk.see(households.get, household_id)
    with pytest.raises(Refused, match="已经销户"):
        desk.do(households.save, replace(alone, id=household_id, version=gone.version))
    case_id = desk.see(cases.case_of, [household_id])[household_id]
    with pytest.raises(Refused, match="已经销户"):
        desk.do(corrections.reinstate, case_id, "撤错了", second=vouch(desk.record))
    assert desk.see(audit.faults) == ()


def test_a_registered_household_splits_and_the_part_stands_on_the_same_climb(desk: Desk) -> None:
    household_id = on_register(desk, family(), "华南-2016-0001")
    split = Change(
        ChangeKind.SPLIT, ON, "户口簿", parting=(1, 2), parting_head=1, others={2: Relation.DAUGHTER}, group="第二组"
    )
    assert told(desk, household_id, split).second == "分户（拆户）改变在册户数"
    with pytest.raises(Refused, match="须由另一人"):
        make(desk, household_id, split)
    made = make(desk, household_id, split, second=True)
    assert made.number == "华南-2016-0002"
    new = desk.see(files.open_file, made.split_id)
    assert (new.state.status, new.number, new.state.registered_on) == (Status.REGISTERED, "华南-2016-0002", ON)
    assert (new.household.head_name, new.household.group, new.household.size) == ("林某华", "第二组", 2)
    assert {r.state for r in new.rungs} == {"done"}
    assert (new.household.income, new.household.phone) == (None, "")
    old = desk.see(households.get, household_id)
    assert (old.size, old.head_name) == (1, "李某明")
    assert desk.see(search.count, Filter(status=Status.REGISTERED)) == (2, 3)
    assert [line.text for line in desk.see(changelog.history, made.split_id)] == [
        "分户：林某华、陈某苗分出，新户主林某华（3 人 → 1 人）"
    ]
    early = replace(
        born(replace(baby(), id_number=town.id_number(date(2016, 5, 17), 312, Sex.FEMALE))), acted_on=date(2016, 5, 17)
    )
    assert any("早于本户上一次变动" in p.text for p in told(desk, made.split_id, early).errors)
    assert desk.see(audit.faults) == ()


def test_a_household_not_yet_registered_splits_into_an_application_of_its_own(desk: Desk) -> None:
    household_id = filed(desk, family())
    case_id = desk.see(cases.case_of, [household_id])[household_id]
    desk.do(verification.record, [Visit(case_id, town.visit(date(2016, 5, 18)))])
    split = Change(ChangeKind.SPLIT, ON, "户口簿", reason="分家", parting=(2,), parting_head=2)
    seen = told(desk, household_id, split)
    assert seen.effect is not None
    assert any("作为新的申请" in text for text in seen.effect.anew)
    assert seen.undone is Step.VERIFICATION
    made = make(desk, household_id, split, second=True)
    assert made.number == ""
    assert state(desk, made.split_id).at is Step.VERIFICATION
    assert state(desk, household_id).at is Step.VERIFICATION
    assert desk.see(households.get, made.split_id).applied_on == ON


@pytest.mark.parametrize(
    ("parting", "head", "said"),
    [
        ((), None, "请勾选"),
        ((0, 1, 2), 0, "不能全户都分出去"),
        ((2,), 1, "选定新户的户主"),
        ((0,), 0, "请先选定新户主"),
    ],
)
def test_a_split_leaves_people_and_a_head_on_both_sides(
    desk: Desk, parting: tuple[int, ...], head: int | None, said: str
) -> None:
    household_id = filed(desk, family())
    split = Change(ChangeKind.SPLIT, ON, "户口簿", parting=parting, parting_head=head)
    assert any(said in p.text for p in told(desk, household_id, split).errors)


def test_two_households_merge_and_the_card_of_one_ends(desk: Desk) -> None:
    one, two = (
        on_register(desk, town.household(1), "华南-2016-0001"),
        on_register(desk, town.household(2), "华南-2016-0002"),
    )
    merge = Change(ChangeKind.MERGED, ON, reason="兄弟同住", others={0: Relation.OTHER, 1: Relation.OTHER})
    seen = told(desk, one, merge, two)
    assert seen.effect is not None
    assert "户卡 华南-2016-0002（张某明户）收回作废" in seen.effect.reprint
    make(desk, one, merge, two, second=True)
    assert desk.see(households.get, one).size == 4
    assert desk.see(search.count, Filter(status=Status.REGISTERED)) == (1, 4)
    assert not desk.see(households.is_live, two)
    assert [line.text for line in desk.see(changelog.history, one)] == [
        "并户：张某明户（张某明、林某福）并入（2 人 → 4 人）"
    ]
    assert desk.see(changelog.history, two)[0].text == "销户：并入李某明户"
    assert desk.see(audit.faults) == ()


def test_only_two_of_a_kind_in_one_village_merge(desk: Desk) -> None:
    one, two = on_register(desk, town.household(1), "华南-2016-0001"), filed(desk, town.household(2))
    far = filed(desk, town.household(3, village="小拔村"))
    merge = Change(ChangeKind.MERGED, ON, reason="同住", others={0: Relation.OTHER, 1: Relation.OTHER})
    assert [p.text for p in told(desk, one, merge).errors] == ["请选并进来的是哪一户"]
    assert "不能和本户自己合并" in told(desk, one, merge, one).errors[0].text
    assert "不是同一个村" in told(desk, one, merge, far).errors[0].text
    assert "一户在册、一户不在册" in told(desk, one, merge, two).errors[0].text


def test_a_wrong_entry_after_the_list_was_posted_needs_two_and_a_new_list(desk: Desk) -> None:
    household_id = filed(desk, family())
    posted(desk, household_id)
    wrong = Change(ChangeKind.WRONG_REMOVED, date(2016, 5, 25), reason="女儿户口不在本户", person=2)
    seen = told(desk, household_id, wrong)
    assert seen.undone is Step.NOTICE
    assert "公示" in seen.second
    with pytest.raises(Refused, match="须由另一人"):
        make(desk, household_id, wrong)
    make(desk, household_id, wrong, second=True)
    now = state(desk, household_id)
    assert (now.at, now.gate_id) == (Step.NOTICE, None)


def test_a_birth_leaves_a_posted_list_as_it_is(desk: Desk) -> None:
    household_id = filed(desk, town.household(1))
    posted(desk, household_id)
    seen = told(desk, household_id, born())
    assert (seen.undone, seen.second) == (None, "")
    make(desk, household_id, born())
    assert state(desk, household_id).gate_id is not None


def test_a_change_that_crosses_the_line_sends_the_household_back_to_the_visit(desk: Desk) -> None:
    household_id = filed(desk, family(income=3000))
    posted(desk, household_id)
    out = Change(ChangeKind.MOVED_OUT, date(2016, 5, 25), "户口迁出证明", reason="迁广州", person=1)
    seen = told(desk, household_id, out)
    assert seen.effect is not None
    assert seen.effect.crossed is False
    make(desk, household_id, out)
    last = Change(ChangeKind.MOVED_OUT, date(2016, 5, 25), "户口迁出证明", reason="迁广州", person=1)
    crossing = told(desk, household_id, last)
    assert crossing.effect is not None
    assert crossing.effect.crossed
    assert crossing.undone is Step.VERIFICATION
    make(desk, household_id, last, second=True)
    assert state(desk, household_id).at is Step.VERIFICATION


def test_who_marries_out_of_a_household_that_then_lies_over_the_line_sends_it_back_to_the_visit(desk: Desk) -> None:
    into, origin = filed(desk, family(1)), filed(desk, family(2, income=5500))
    posted(desk, origin)
    bride = replace(desk.see(households.get, origin).members[2], relation=Relation.OTHER)
    day = date(2016, 5, 25)
    married = Change(ChangeKind.MARRIED_IN, day, "结婚证", day, "成家", entrant=bride)
    seen = told(desk, into, married)
    assert (seen.undone, seen.undone_beside) == (None, Step.VERIFICATION)
    assert seen.effect is not None
    assert any("张某明户" in text and "须重新核实" in text for text in seen.effect.anew)
    with pytest.raises(Refused, match="另一人输入密码"):
        make(desk, into, married)
    make(desk, into, married, second=True)
    assert state(desk, origin).at is Step.VERIFICATION
    assert desk.see(audit.faults) == ()


def test_a_household_sent_back_may_change_before_it_is_visited_anew(desk: Desk) -> None:
    (case_id,) = steps.opined(desk, desk.clock, 1)
    household_id = desk.see(cases.households_of, [case_id])[case_id]
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.act(reviews.review, [case_id], reviewed_on=steps.READY, outcome=Outcome.RETURNED, reason="人口不清")
    desk.record.switch(CLERK.name, CLERK.password)
    split = Change(ChangeKind.SPLIT, steps.READY, "户口簿", parting=(1,), parting_head=1)
    assert told(desk, household_id, split).undone is None
    make(desk, household_id, split)
    assert state(desk, household_id).at is Step.VERIFICATION
    assert desk.see(audit.faults) == ()


def test_a_household_moves_to_another_group_after_its_list_wasposted(desk: Desk) -> None:
    household_id = on_register(desk, town.household(1), "华南-2016-0001")
    make(desk, household_id, Change(ChangeKind.GROUP, ON, group="第三组"))
    assert desk.see(households.get, household_id).group == "第三组"
    assert desk.see(changelog.history, household_id)[0].text == "调整村民小组：第一组 → 第三组"
    with pytest.raises(Refused, match="没有“第九组”"):
        make(desk, household_id, Change(ChangeKind.GROUP, ON, group="第九组"))
