"""复录核对: blind until it is keyed, never by the one who entered it, corrections only by the way of every correction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.errors import Refused
from db.papers import rekey as rekey_paper
from db.rules.case import Kind
from db.rules.codes import Bar, Finding, RekeySubject, YesNo
from db.rules.procedure import Step
from db.rules.rekey import FIRST, SECOND, Difference
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.register import households
from db.services.rekeying import rekeyed, rekeys
from db.services.rekeying.rekeys import Compared, Item
from db.services.town import town as town_service
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER, SECOND_CLERK, vouch
from tests.store.services.conftest import Desk

SHEET = {
    "wages": Decimal(6000), "business": Decimal(0), "property": Decimal(0), "transfer": Decimal(0),
    "business_cost": Decimal(0), "transfer_cost": Decimal(0),
}  # fmt: skip
"""What the sheets of the invented households say."""


def _file(desk: Desk, *serials: int, village: str = "华南村", visited: bool = False) -> list[int]:
    homes = [desk.do(applications.file, town.household(n, village=village)).household_id for n in serials]
    if visited:
        of = desk.see(cases.case_of, homes)
        desk.do(verification.record, [Visit(of[i], town.visit()) for i in homes])
    return homes


def _items(desk: Desk, subject: RekeySubject, count: int = 9) -> tuple[int, tuple[Item, ...]]:
    made = desk.do(rekeys.draw, subject, None, count)
    return made, desk.see(rekeys.items, made)


def _other(desk: Desk) -> None:
    desk.record.switch(SECOND_CLERK.name, SECOND_CLERK.password)


def _keyed(desk: Desk, subject: RekeySubject, values: Mapping[str, Any]) -> int:
    _, (item, *_) = _items(desk, subject, 1)
    _other(desk)
    desk.do(rekeys.answer, item.id, values)
    return item.id


def test_a_round_is_drawn_from_a_village_or_the_town(desk: Desk) -> None:
    _file(desk, 1, 2, 3)
    _file(desk, 4, village="小拔村")
    ids = {v.name: v.id for v in desk.see(town_service.villages)}
    assert len(desk.see(rekeys.pool, RekeySubject.INCOME)) == 4
    made = desk.do(rekeys.draw, RekeySubject.INCOME, ids["华南村"], 2)
    (found,) = desk.see(rekeys.rounds)
    assert (found.id, found.scope, found.pool, found.drawn, found.keyed) == (made, "华南村", 3, 2, 0)
    assert found.seed == "20160525083000000000"
    assert {i.village for i in desk.see(rekeys.items, made)} == {"华南村"}


def test_nothing_is_drawn_from_nothing(desk: Desk) -> None:
    with pytest.raises(Refused, match="还没有录入过入户核实表"):
        desk.do(rekeys.draw, RekeySubject.VISIT, None, 3)
    _file(desk, 1)
    with pytest.raises(Refused, match="抽几户"):
        desk.do(rekeys.draw, RekeySubject.INCOME, None, 0)


def test_whoever_entered_it_may_not_key_it_again(desk: Desk) -> None:
    _file(desk, 1, visited=True)
    for subject in RekeySubject:
        _, (item,) = _items(desk, subject)
        assert item.own
        for verb, args in ((rekeys.blank, ()), (rekeys.answer, (SHEET,))):
            with pytest.raises(Refused, match="须由另一人复录"):
                desk.do(verb, item.id, *args)


def test_the_one_who_changed_the_sheet_last_is_the_one_who_entered_it(desk: Desk) -> None:
    (home,) = _file(desk, 1)
    _other(desk)
    now = desk.see(households.get, home)
    desk.do(applications.change, replace(now, income=replace(now.income, wages=Decimal(7000))))
    desk.record.switch(CLERK.name, CLERK.password)
    changed = desk.see(households.get, home)
    desk.do(applications.change, replace(changed, phone="13800000099"))
    _, (item,) = _items(desk, RekeySubject.INCOME)
    assert not item.own
    _other(desk)
    assert desk.see(rekeys.items, 1)[0].own


def test_the_blank_sheet_holds_nothing_of_the_first_entry(desk: Desk) -> None:
    _file(desk, 1)
    _, (item,) = _items(desk, RekeySubject.INCOME)
    _other(desk)
    sheet = desk.see(rekeys.blank, item.id)
    assert (sheet.called, sheet.year, sheet.subject) == ("华南村第一组 李某明户", 2015, RekeySubject.INCOME)
    assert "6000" not in repr(sheet) + repr(desk.see(rekeys.items, 1)) + repr(desk.see(rekeys.rounds))
    with pytest.raises(Refused, match="还没有复录"):
        desk.see(rekeys.compared, item.id)
    with pytest.raises(Refused, match="还没有复录"):
        desk.do(rekeys.settle, item.id, {"wages": FIRST})


def test_only_what_differs_is_shown_and_nothing_is_keyed_twice(desk: Desk) -> None:
    _file(desk, 1)
    keyed = SHEET | {"wages": Decimal(600), "debt": Decimal(0)}
    item = _keyed(desk, RekeySubject.INCOME, keyed)
    found: Compared = desk.see(rekeys.compared, item)
    assert found.differences == (Difference("wages", "工资性收入", "6,000.00", "600.00"),)
    assert (found.first_by, found.second_by) == (CLERK.name, SECOND_CLERK.name)
    with pytest.raises(Refused, match="已经复录过"):
        desk.do(rekeys.answer, item, SHEET)


def test_entries_that_agree_need_no_settling(desk: Desk) -> None:
    _file(desk, 1)
    item = _keyed(desk, RekeySubject.INCOME, SHEET)
    assert desk.see(rekeys.compared, item).differences == ()
    (made,) = desk.see(rekeys.rounds)
    assert (made.keyed, made.settled) == (1, 1)


def test_the_first_entry_stands_when_it_is_right(desk: Desk) -> None:
    (home,) = _file(desk, 1)
    item = _keyed(desk, RekeySubject.INCOME, SHEET | {"wages": Decimal(600)})
    before = desk.see(households.get, home)
    desk.do(rekeys.settle, item, {"wages": FIRST})
    assert desk.see(households.get, home) == before
    assert [d.settled for d in desk.see(rekeys.compared, item).differences] == [FIRST]
    with pytest.raises(Refused, match="没有选定"):
        desk.do(rekeys.settle, item, {"wages": FIRST})


def test_an_income_not_used_yet_is_saved_with_its_trail(desk: Desk) -> None:
    (home,) = _file(desk, 1)
    item = _keyed(desk, RekeySubject.INCOME, SHEET | {"wages": Decimal(5800), "transfer": Decimal(1)})
    with pytest.raises(Refused, match="理由"):
        desk.do(rekeys.settle, item, {"wages": SECOND})
    desk.do(rekeys.settle, item, {"wages": SECOND}, "原录看错一位")
    now = desk.see(households.get, home)
    assert (now.income.wages, now.income.transfer, now.version) == (Decimal(5800), Decimal(0), 2)
    assert [d.settled for d in desk.see(rekeys.compared, item).differences] == [SECOND, ""]
    assert desk.see(rekeys.items, 1)[0].open == 1


def test_an_income_used_by_the_visit_is_corrected_with_a_second_person_and_the_visit_stands_anew(desk: Desk) -> None:
    (home,) = _file(desk, 1, visited=True)
    item = _keyed(desk, RekeySubject.INCOME, SHEET | {"wages": Decimal(5800)})
    with pytest.raises(Refused, match="另一人"):
        desk.do(rekeys.settle, item, {"wages": SECOND}, "原录看错一位")
    assert desk.see(households.get, home).income.wages == Decimal(6000)
    desk.do(rekeys.settle, item, {"wages": SECOND}, "原录看错一位", second=vouch(desk.record, REVIEWER))
    case_id = desk.see(cases.case_of, [home])[home]
    events = desk.see(cases.events, [case_id])[case_id]
    assert [e.kind for e in events] == [Kind.FILED, Kind.VERIFIED, Kind.CORRECTED, Kind.VERIFIED]
    assert events[-1].facts["per_head"] == "2900.00"
    assert desk.see(cases.states, [case_id])[case_id].at is Step.APPRAISAL


def test_a_visit_is_compared_by_answers_and_corrected(desk: Desk) -> None:
    (home,) = _file(desk, 1, visited=True)
    right = rekeyed.of_visit(town.visit())
    other = rekeyed.of_visit(
        replace(town.visit(hit=Bar.CAR), visited_on=date(2016, 5, 21), surveyors=("杨某来", "周某坤"))
    )
    assert right != other
    item = _keyed(desk, RekeySubject.VISIT, other | {"priority_1": YesNo.YES})
    found = desk.see(rekeys.compared, item)
    assert [d.label for d in found.differences] == ["核实日期", "五保户和低保户", "家庭拥有小汽车或大型农机具"]
    choices = {"visited_on": SECOND, "priority_1": FIRST, f"bar_{Bar.CAR.value}": SECOND}
    desk.do(rekeys.settle, item, choices, "原录漏看", second=vouch(desk.record, REVIEWER))
    case_id = desk.see(cases.case_of, [home])[home]
    event = verification.latest_visit(desk.see(cases.events, [case_id])[case_id])
    assert event is not None
    visit = verification.read_visit(event)
    assert visit.visited_on == date(2016, 5, 21)
    assert visit.bars[Bar.CAR][0] is Finding.YES
    assert visit.priorities == frozenset()
    assert visit.surveyors == ("周某坤", "杨某来")


def test_what_the_record_refuses_settles_nothing(desk: Desk) -> None:
    _file(desk, 1, visited=True)
    item = _keyed(desk, RekeySubject.VISIT, rekeyed.of_visit(replace(town.visit(), visited_on=date(2016, 6, 30))))
    with pytest.raises(Refused, match="晚于今天"):
        desk.do(rekeys.settle, item, {"visited_on": SECOND}, "看错", second=vouch(desk.record, REVIEWER))
    assert [d.settled for d in desk.see(rekeys.compared, item).differences] == [""]


def test_a_visit_read_and_put_back_is_the_same() -> None:
    visit = town.visit(hit=Bar.IDLE)
    assert rekeyed.visit_with(visit, {}) == visit
    assert rekeyed.visit_with(visit, rekeyed.of_visit(visit)) == visit


def test_the_result_counts_fields_and_says_what_is_still_open(desk: Desk) -> None:
    _file(desk, 1, 2)
    made, (one, two) = _items(desk, RekeySubject.INCOME)
    _other(desk)
    desk.do(rekeys.answer, one.id, SHEET | {"wages": Decimal(5800), "transfer": Decimal(9)})
    desk.do(rekeys.settle, one.id, {"wages": SECOND}, "看错")
    facts = desk.see(rekeys.result, made)
    assert (facts.drawn, facts.keyed, facts.differing, facts.wrong, facts.open) == (2, 1, 2, 1, 1)
    assert facts.rate == Decimal("4.76")
    assert facts.agreement == Decimal("90.48")
    text = rekey_paper.build(facts).text()
    assert "华阳镇收入核算表复录核对结果" in text
    assert "还有 1 户没有复录。还有 1 项差异没有核对" in text
    assert "5,800" not in text
    assert two.head_name not in text
