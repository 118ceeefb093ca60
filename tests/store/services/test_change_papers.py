"""The register of changes and the slips say what the record keeps, again and again the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.papers import card, changes
from db.rules.changes import Change
from db.rules.codes import ChangeKind, Relation
from db.services.changes import papers as change_papers
from db.services.papers import household as household_papers
from tests.helpers import town
from tests.helpers.changes import ON, born, died, family, filed, make, on_register
from tests.store.services.conftest import Desk


def _died_head(desk: Desk, household_id: int) -> int:
    return make(desk, household_id, died(0, head=1, relations={2: Relation.DAUGHTER})).change_id


def test_the_register_of_a_village_lists_its_changes_by_day_with_what_they_came_to(desk: Desk) -> None:
    one, two = filed(desk, family()), filed(desk, town.household(2))
    far = filed(desk, town.household(3, village="小拔村"))
    make(desk, two, born())
    make(desk, one, Change(ChangeKind.MOVED_OUT, date(2016, 5, 12), "迁出证明", person=2))
    make(desk, far, Change(ChangeKind.DISSOLVED, ON, reason="全户外迁"))
    whole = desk.see(change_papers.register, date(2016, 5, 1), date(2016, 5, 31))
    assert [(r.what, r.village) for r in whole.rows] == [
        ("迁出", "华南村"), ("出生", "华南村"), ("销户", "小拔村"),
    ]  # fmt: skip
    assert (whole.gained, whole.lost, whole.households) == (1, 3, -1)
    village = desk.see(change_papers.register, date(2016, 5, 1), date(2016, 5, 17), 1)
    assert [(r.who, r.before, r.after) for r in village.rows] == [("陈某苗", 3, 2)]
    text = changes.build(whole).text()
    assert "2016-05-01至2016-05-31，共3件，增加1人，减少3人，户数-1" in text
    assert town.household(1).head_id not in text
    with pytest.raises(Refused, match="早于起日"):
        desk.see(change_papers.register, date(2016, 5, 2), date(2016, 5, 1))


def test_a_period_without_changes_prints_lines_to_write_on(desk: Desk) -> None:
    empty = changes.build(desk.see(change_papers.register, date(2016, 5, 1), date(2016, 5, 31)))
    assert "没有变动的也要写明" in empty.text()
    assert empty.file_stem.endswith("（空白）")


def test_the_slip_of_a_new_head_names_everybody_before_and_after(desk: Desk) -> None:
    household_id = filed(desk, family())
    change_id = _died_head(desk, household_id)
    facts = desk.see(change_papers.slip, change_id)
    (part,) = facts.parts
    assert (facts.title, facts.old_head, part[0]) == ("户主变更确认表", "李某明", "林某华")
    assert [(m.name, m.was, m.now) for m in part[2]] == [("林某华", "配偶", "户主"), ("陈某苗", "之女", "之女")]
    before = changes.slip(facts).text()
    make(desk, household_id, Change(ChangeKind.MOVED_OUT, ON, "迁出证明", person=1))
    assert changes.slip(desk.see(change_papers.slip, change_id)).text() == before
    with pytest.raises(Refused, match="只有换户主和分户"):
        desk.see(change_papers.slip, change_id + 1)


def test_a_split_has_a_slip_for_both_and_a_card_for_the_new_one(desk: Desk) -> None:
    household_id = on_register(desk, family(), "华南-2016-0001")
    split = Change(ChangeKind.SPLIT, ON, "户口簿", parting=(1, 2), parting_head=1, others={2: Relation.DAUGHTER})
    made = make(desk, household_id, split, second=True)
    text = changes.slip(desk.see(change_papers.slip, made.change_id)).text()
    for words in ("分户确认表", "户主李某明，1 人，档案号 华南-2016-0001", "户主林某华，2 人，档案号 华南-2016-0002"):
        assert words in text
    desk.clock.pass_time(timedelta(days=1))
    new = card.build(desk.see(household_papers.card, made.split_id)).text()
    assert "华南-2016-0002" in new
    assert "林某华" in new
    assert "华南-2016-0001" in new


def test_the_register_of_a_household_begins_with_its_first_change(desk: Desk) -> None:
    household_id = filed(desk, family())
    _died_head(desk, household_id)
    make(desk, household_id, Change(ChangeKind.ABROAD, date(2016, 5, 20), person=1, reason="随亲定居"))
    facts = desk.see(change_papers.of_household, household_id)
    assert facts.scope == "华南村林某华户"
    assert [(r.what, r.relation, r.detail) for r in facts.rows] == [
        ("死亡", "户主", "户主 李某明 → 林某华；因病"), ("出国定居", "之女", "随亲定居"),
    ]  # fmt: skip
