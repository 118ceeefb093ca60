"""People come, go and take over only by dated acts, seen with their effect first and written all or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from db.errors import Refused
from db.rules.changes import Change
from db.rules.codes import ChangeKind, Labour, Relation, Sex, YesNo
from db.schema.household import HouseholdRow, HouseholdVersion, MemberRow
from db.services.cases import applications
from db.services.changes import changelog, changes
from db.services.health import audit
from db.services.register import households
from db.services.town import search
from tests.helpers import town
from tests.helpers.changes import ON, baby, born, child, died, family, filed, make, on_register, told
from tests.store.services.conftest import Desk


def test_a_birth_is_shown_with_its_effect_and_then_written(desk: Desk) -> None:
    household_id = on_register(desk, town.household(1), "华南-2016-0001")
    seen = told(desk, household_id, born())
    assert seen.errors == ()
    assert seen.effect is not None
    assert (seen.effect.before.size, seen.effect.before.per_head) == (2, Decimal("3000.00"))
    assert seen.effect.after is not None
    assert (seen.effect.after.size, seen.effect.after.per_head) == (3, Decimal("2000.00"))
    assert seen.effect.reprint[0] == "户卡 华南-2016-0001（李某明户，3 人）重新打印，原卡收回"
    assert seen.second == ""
    assert desk.see(households.get, household_id).size == 2  # looking changes nothing
    made = make(desk, household_id, born())
    home = desk.see(households.get, household_id)
    assert [m.name for m in home.members] == ["李某明", "林某华", "陈某新"]
    assert home.size_stated == 3
    (line,) = desk.see(changelog.history, household_id)
    assert (line.id, line.text, line.acted_on, line.proof) == (
        made.change_id, "出生：陈某新（2 人 → 3 人）", ON, "出生医学证明 P44000001",
    )  # fmt: skip
    versions = desk.see(
        lambda unit: unit.session.execute(
            select(HouseholdVersion.version, HouseholdVersion.effective_on).where(
                HouseholdVersion.household_id == household_id
            )
        ).all()
    )
    assert [tuple(v) for v in versions] == [(1, None), (2, ON)]
    assert desk.see(audit.faults) == ()


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        (replace(born(), acted_on=None), "acted_on", "请填发生日期"),
        (replace(born(), acted_on=date(2016, 5, 26)), "acted_on", "晚于今天 2016-05-25"),
        (replace(born(), acted_on=date(2016, 5, 9)), "acted_on", "早于本户申请日期 2016-05-10"),
        (replace(born(), acted_on=date(2016, 5, 19)), "acted_on", "身份证号里是 2016-05-18"),
        (replace(born(), proof=" "), "proof", "请填证明材料"),
        (replace(born(), proof_on=None), "proof_on", "请填证明材料上的日期"),
        (born(replace(baby(), id_number="")), "police_proof", "出生医学证明"),
        (born(replace(baby(), relation=Relation.HEAD)), "relation", "一户只有一个户主"),
        (born(replace(baby(), name="")), "name", "请填新来成员的姓名"),
        (born(replace(baby(), sex=Sex.MALE)), "sex", "第 17 位表示女"),
        (Change(ChangeKind.DIED, ON), "person", "请选是哪一位成员"),
        (Change(ChangeKind.GROUP, ON, group="1组"), "group", "本户已经在第一组"),
        (Change(ChangeKind.DISSOLVED, ON), "reason", "请写明情况"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_box_and_nothing_is_written(
    desk: Desk, change: Change, field: str, said: str
) -> None:
    household_id = filed(desk, town.household(1))
    errors = told(desk, household_id, change).errors
    assert [p.field for p in errors if said in p.text] == [field]
    with pytest.raises(Refused, match=said):
        make(desk, household_id, change)
    assert desk.see(changelog.history, household_id) == ()
    assert desk.see(households.get, household_id).version == 1


def test_a_dead_head_without_successor_is_refused_and_everybody_has_a_relation_to_the_next(desk: Desk) -> None:
    household_id = filed(desk, family())
    assert [p.rule for p in told(desk, household_id, died(0)).errors] == ["R74"]
    half = told(desk, household_id, died(0, head=1)).errors
    assert [(p.where, p.text) for p in half] == [("member:2", "请选陈某苗与新户主的关系")]
    twice = told(desk, household_id, died(0, head=1, relations={2: Relation.HEAD})).errors
    assert [p.rule for p in twice] == ["R07"]
    dead = told(desk, household_id, died(0, head=0, relations={}))
    assert "要离开本户，不能当户主" in dead.errors[0].text
    make(desk, household_id, died(0, head=1, relations={2: Relation.DAUGHTER}))
    home = desk.see(households.get, household_id)
    assert (home.head_name, home.head_id, home.head_sex) == (
        "林某华",
        town.household(1).members[1].id_number,
        Sex.FEMALE,
    )
    assert [(m.name, m.relation) for m in home.members] == [
        ("林某华", Relation.HEAD), ("陈某苗", Relation.DAUGHTER),
    ]  # fmt: skip
    (line,) = desk.see(changelog.history, household_id)
    assert line.text == "死亡：李某明（3 人 → 2 人），户主 李某明 → 林某华"
    assert desk.see(search.find, "李某明") == ()
    assert desk.see(audit.faults) == ()


def test_who_left_stays_known_and_his_number_is_kept_from_walls(desk: Desk) -> None:
    household_id = filed(desk, family())
    make(desk, household_id, died(1))
    wife = town.household(1).members[1]
    known = desk.see(changelog.known_person, wife.id_number)
    assert (known.household_id, known.head_name, known.member.name) == (0, "李某明", wife.name)
    rows = desk.see(lambda unit: unit.session.execute(select(MemberRow.live, MemberRow.id_number)).all())
    assert (False, wife.id_number) in [tuple(row) for row in rows]
    back = Change(ChangeKind.WRONG_ADDED, ON, reason="录错了人", entrant=known.member)
    make(desk, household_id, back)
    assert sorted(m.name for m in desk.see(households.get, household_id).members) == sorted(
        m.name for m in family().members
    )


def test_a_bride_from_a_household_of_the_record_leaves_it_by_the_same_act(desk: Desk) -> None:
    one, two = filed(desk, town.household(1)), filed(desk, family(2))
    bride = replace(desk.see(households.get, two).members[1], relation=Relation.DAUGHTER_IN_LAW)
    comes = Change(ChangeKind.MARRIED_IN, ON, "结婚证 1 号", ON, entrant=bride)
    seen = told(desk, one, comes)
    assert [p.rule for p in seen.warnings] == ["R80"]
    with pytest.raises(Refused, match="请写明理由"):
        make(desk, one, comes)
    make(desk, one, replace(comes, reason="婚后迁入"))
    assert [m.name for m in desk.see(households.get, two).members] == ["张某明", "陈某苗"]
    assert desk.see(changelog.history, one)[0].text == "嫁入（入赘）：林某福（2 人 → 3 人），来自张某明户"
    assert desk.see(changelog.history, two)[0].text == "嫁出：林某福（3 人 → 2 人），去往李某明户"
    assert desk.see(audit.faults) == ()
    head = Change(
        ChangeKind.MOVED_IN, ON, "户口簿", ON, entrant=replace(town.household(2).members[0], relation=Relation.OTHER)
    )
    assert any("请先在该户办" in p.text for p in told(desk, one, head).errors)


def test_nobody_lives_in_two_households(desk: Desk) -> None:
    one = filed(desk, town.household(1))
    filed(desk, family(2))
    double = born(child(birth=date(2006, 1, 1), serial=102))
    assert any(
        p.rule == "R03" for p in told(desk, one, replace(double, kind=ChangeKind.WRONG_ADDED, reason="漏登")).errors
    )


def test_changes_follow_one_another_by_their_days(desk: Desk) -> None:
    household_id = filed(desk, family())
    make(desk, household_id, died(1))
    early = Change(ChangeKind.MOVED_OUT, date(2016, 5, 17), person=1)
    assert [p.text for p in told(desk, household_id, early).errors] == [
        "发生日期 2016-05-17 早于本户上一次变动的 2016-05-18，变动须按先后办，请核对"
    ]


def test_an_early_death_without_paper_wants_a_reason(desk: Desk) -> None:
    household_id = filed(desk, family())
    bare = Change(ChangeKind.DIED, ON, person=1)
    assert [p.rule for p in told(desk, household_id, bare).warnings] == ["R75"]
    with pytest.raises(Refused, match="请写明理由"):
        make(desk, household_id, bare)
    make(desk, household_id, replace(bare, reason="落水，派出所已证明"))


def test_the_head_hands_over(desk: Desk) -> None:
    household_id = on_register(desk, family(), "华南-2016-0001")
    hand = Change(ChangeKind.HEAD, ON, "户主变更申请", head=1, relations={0: Relation.SPOUSE, 2: Relation.DAUGHTER})
    make(desk, household_id, hand)
    home = desk.see(households.get, household_id)
    assert (home.head_name, home.members[0].name, home.members[1].relation) == ("林某华", "林某华", Relation.SPOUSE)
    same = replace(hand, head=0, relations={})
    assert "本来就是户主" in told(desk, household_id, same).errors[0].text


def test_the_flag_of_work_follows_the_people(desk: Desk) -> None:
    home = family()
    frail = replace(home.members[1], labour=Labour.NONE)
    household_id = filed(desk, replace(home, able_stated=1, members=(home.members[0], frail, home.members[2])))
    seen = told(desk, household_id, died(0, head=1, relations={2: Relation.DAUGHTER}))
    assert seen.errors == ()
    assert seen.effect is not None
    assert "有无劳动能力：有 → 无" in seen.effect.told or "有无劳动能力：是 → 否" in seen.effect.told
    make(desk, household_id, died(0, head=1, relations={2: Relation.DAUGHTER}))
    assert desk.see(households.get, household_id).able is YesNo.NO


def test_people_are_not_changed_by_saving_the_form(desk: Desk) -> None:
    household_id = filed(desk, family())
    home = desk.see(households.get, household_id)
    with pytest.raises(Refused, match="人员变动") as more:
        desk.do(applications.file, replace(home, size_stated=4, members=(*home.members, baby())))
    assert [(p.field, p.where) for p in more.value.problems] == [("name", "member:3")]
    with pytest.raises(Refused, match="陈某苗是本户成员，不能从表里去掉"):
        desk.do(applications.file, replace(home, size_stated=2, members=home.members[:2]))
    wife = replace(home.members[1], relation=Relation.HEAD)
    man = replace(home.members[0], relation=Relation.SPOUSE)
    other = replace(
        home, head_name=wife.name, head_id=wife.id_number, head_sex=wife.sex, members=(wife, man, home.members[2])
    )
    with pytest.raises(Refused, match="户主变更"):
        desk.do(applications.file, other)
    mended = replace(home, members=(*home.members[:2], replace(home.members[2], name="陈某苗苗")))
    assert desk.do(applications.file, mended).version == 2


def test_a_change_told_of_an_older_version_is_refused(desk: Desk) -> None:
    household_id = filed(desk, family())
    home = desk.see(households.get, household_id)
    desk.do(applications.file, replace(home, remark="改了"))
    with pytest.raises(Refused, match="另一个窗口改过"):
        desk.do(changes.apply, household_id, 1, died(1))


def test_an_old_fault_does_not_stop_a_death_from_being_entered(desk: Desk) -> None:
    household_id = filed(desk, family())
    desk.do(lambda unit: unit.session.execute(update(HouseholdRow).values(main_cause=None)))
    assert told(desk, household_id, died(1)).errors == ()
    desk.clock.pass_time(timedelta(days=1))
    make(desk, household_id, died(1))
    assert desk.see(households.get, household_id).size == 2
