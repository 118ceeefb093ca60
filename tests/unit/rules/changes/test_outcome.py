"""What a change makes of a household and of the month's counts, and whom saving a form may not touch."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.rules.case import State, Status
from db.rules.changes import Change, Effect, Figures, counted, effect, outcome, people_problems, step_undone, waits
from db.rules.codes import Attribute, ChangeKind, Labour, Relation, YesNo
from db.rules.counts import Count, Movement
from db.rules.procedure import Step
from db.rules.values import Household
from tests.helpers import town
from tests.helpers.changes import baby, family

DAY = date(2016, 7, 1)


def _made(change: Change, home: Household | None = None, other: Household | None = None) -> Movement:
    home = home or family()
    return counted(change, outcome(home, change, other), home.size)


def test_each_kind_counts_where_the_county_asks_for_it() -> None:
    assert _made(Change(ChangeKind.BORN, DAY, entrant=baby())) == Movement(natural_in=1)
    assert _made(Change(ChangeKind.PRISON, DAY, person=2)) == Movement(natural_out=1)
    assert _made(Change(ChangeKind.HEAD, DAY, head=1)) == Movement()
    assert _made(Change(ChangeKind.GROUP, DAY, group="第二组")) == Movement()
    assert _made(Change(ChangeKind.DISSOLVED, DAY)) == Movement(cancelled=Count(1, 3))
    split = Change(ChangeKind.SPLIT, DAY, parting=(1, 2), parting_head=1)
    assert _made(split) == Movement(split=1, split_persons=2)
    merged = Change(ChangeKind.MERGED, DAY)
    assert _made(merged, other=town.household(2)) == Movement(merged=1, merged_persons=2)


def test_the_last_to_leave_is_counted_with_the_end_of_the_household() -> None:
    alone = replace(town.household(1), members=town.household(1).members[:1])
    made = outcome(alone, Change(ChangeKind.DIED, DAY, person=0))
    assert made.home is None
    assert counted(Change(ChangeKind.DIED, DAY, person=0), made, 1) == Movement()


def test_a_stated_income_a_head_of_another_size_is_dropped_and_the_sheet_kept() -> None:
    home = family()
    assert home.income is not None
    stated = replace(home, income=replace(home.income, per_head_stated=Decimal("2000.00")))
    after = outcome(stated, Change(ChangeKind.DIED, DAY, person=2)).home
    assert after is not None
    assert after.income == home.income
    moved = outcome(stated, Change(ChangeKind.GROUP, DAY, group="第二组")).home
    assert moved is not None
    assert moved.income == stated.income


@pytest.mark.parametrize(("labour", "flag"), [(Labour.NONE, YesNo.NO), (Labour.WEAK, YesNo.YES)])
def test_the_flag_of_work_follows_who_is_left(labour: Labour, flag: YesNo) -> None:
    home = family()
    members = (home.members[0], replace(home.members[1], labour=labour), home.members[2])
    after = outcome(replace(home, members=members), Change(ChangeKind.DIED, DAY, person=0, head=1)).home
    assert after is not None
    assert after.able is flag


def test_the_part_split_off_takes_neither_income_nor_card_nor_telephone_along() -> None:
    off = outcome(family(), Change(ChangeKind.SPLIT, DAY, parting=(1, 2), parting_head=2, group="第三组")).other
    assert off is not None
    assert (off.id, off.income, off.phone, off.bank_card, off.group) == (None, None, "", "", "第三组")
    assert (off.head_name, off.members[0].name, off.remark) == ("陈某苗", "陈某苗", "2016-07-01 由李某明户分出")


def test_what_must_be_looked_at_again_is_named() -> None:
    home = replace(family(), attribute=Attribute.FIVE_GUARANTEES)
    died = Change(ChangeKind.DIED, DAY, person=0, head=1, relations={2: Relation.DAUGHTER})
    told = effect(home, died, outcome(home, died), line=Decimal("2500.00"), number="华南-2016-0001")
    assert told.before == Figures(3, 2, Decimal("2000.00"), over=False)
    assert told.after == Figures(2, 1, Decimal("3000.00"), over=True)
    assert told.crossed
    for words in ("收入核算仍是 2015 年", "联系电话", "民政名单"):
        assert any(words in text for text in told.anew)
    assert [text.split("（")[0] for text in told.reprint] == [
        "户卡 华南-2016-0001",
        "家庭人员变动登记表",
        "户主变更确认表，由户主签名",
    ]


def _state(**more: object) -> State:
    return replace(State((), Step.NOTICE, Status.RUNNING, "", visit_id=3), **more)  # type: ignore[arg-type]


def _effect(*, crossed: bool) -> Effect:
    return Effect(Figures(3, 1, Decimal(1), over=False), Figures(2, 1, Decimal(2), over=crossed))


def test_life_leaves_a_posted_list_alone_a_mistake_does_not() -> None:
    posted = _state(gate_id=7)
    assert step_undone(posted, Change(ChangeKind.DIED), _effect(crossed=False)) is None
    assert step_undone(posted, Change(ChangeKind.WRONG_REMOVED), _effect(crossed=False)) is Step.NOTICE
    assert step_undone(posted, Change(ChangeKind.DIED), _effect(crossed=True)) is Step.VERIFICATION
    on_register = _state(status=Status.REGISTERED, registered_on=DAY)
    assert step_undone(on_register, Change(ChangeKind.WRONG_REMOVED), _effect(crossed=True)) is None


def test_households_are_not_remade_while_the_town_or_a_removal_decides() -> None:
    removal = _state(registered_on=DAY)
    assert "清退" in waits(removal, Change(ChangeKind.SPLIT))
    assert waits(removal, Change(ChangeKind.DIED)) == ""
    assert waits(_state(), Change(ChangeKind.SPLIT)) == ""


def test_a_mended_name_or_number_is_the_same_person() -> None:
    home = family()
    head, wife, daughter = home.members
    assert people_problems(home, replace(home, members=(head, replace(wife, name="林某花"), daughter))) == ()
    assert (
        people_problems(home, replace(home, members=(head, replace(wife, id_number="441401197006020049"), daughter)))
        == ()
    )
    assert people_problems(home, replace(home, members=(daughter, head, wife))) == ()
    other = people_problems(home, replace(home, members=(head, replace(wife, name="林某花", id_number="1"), daughter)))
    assert [(p.field, p.where) for p in other] == [("name", "member:1"), ("members", "")]
