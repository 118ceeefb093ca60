"""The panel says what the visit found and what is open, for any household; the what-if names both sides and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from db.rules.case import Outcome
from db.rules.codes import Bar, ThresholdKind
from db.rules.income import Threshold
from db.rules.procedure import Step
from db.rules.values import Income
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.deciding import corrections, reviews, why
from tests.helpers import steps, town
from tests.helpers.record import CLERK, REVIEWER, vouch
from tests.store.services.conftest import Desk

LINE = Threshold(2018, ThresholdKind.EXIT, Decimal(7365), Decimal(1), "粤发〔2016〕13号")


def filed(desk: Desk, n: int, per_head: int | None) -> int:
    home = town.household(n)
    money = None if per_head is None else Income(2015, Decimal(per_head * home.size), *[Decimal(0)] * 5)
    saved: int = desk.do(applications.file, replace(home, income=money)).household_id
    return saved


def test_before_the_visit_the_sum_stands_and_the_rest_is_open(desk: Desk) -> None:
    found = desk.see(why.why, filed(desk, 1, 3000))
    assert found.held is not None
    assert (found.held.per_head, found.held.below, found.year) == (Decimal("3000.00"), True, 2015)
    assert found.items == ()
    assert found.visited is None
    assert "还没有入户核实" in found.open_points[0].text


def test_without_an_income_sheet_nothing_is_invented(desk: Desk) -> None:
    found = desk.see(why.why, filed(desk, 1, None))
    assert found.held is None
    assert found.year is None


def test_after_the_visit_every_item_has_its_evidence_and_who_found_it(desk: Desk) -> None:
    home = filed(desk, 1, 3000)
    case_id = desk.see(cases.case_of, [home])[home]
    desk.do(verification.record, [Visit(case_id, town.visit())])
    found = desk.see(why.why, home)
    groups = {item.key.partition("_")[0] for item in found.items}
    assert groups == {"income", "look", "priority", "entry", "bar", "signatures"}
    assert all(item.article for item in found.items)
    assert found.visited is not None
    assert len(found.visited.surveyors) >= 2


def test_a_ruling_that_was_corrected_is_not_said_of_the_visit_before_it(desk: Desk) -> None:
    """Returned by the town, visited anew, ruled upon, and that visit made void: what counts is the first visit, which found nothing."""
    (case_id,) = steps.opined(desk, desk.clock, 1)
    home = desk.see(cases.households_of, [case_id])[case_id]
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(reviews.review, [case_id], reviewed_on=steps.READY, outcome=Outcome.RETURNED, reason="照片缺")
    desk.record.switch(CLERK.name, CLERK.password)
    desk.do(verification.record, [Visit(case_id, town.visit(steps.READY, hit=Bar.CAR))])
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(verification.rule, case_id, admit=True, reason="三轮摩托，非小汽车")
    visited = desk.see(why.why, home).visited
    assert visited is not None
    assert (visited.on, visited.ruled_by, visited.ruling) == (steps.READY, REVIEWER.name, "三轮摩托，非小汽车")
    desk.do(corrections.correct, [case_id], Step.VERIFICATION, "看错了门牌", second=vouch(desk.record, CLERK))
    visited = desk.see(why.why, home).visited
    assert visited is not None
    assert (visited.on, visited.ruled_by, visited.ruling) == (town.VISITED, "", "")


def test_a_household_over_the_line_has_its_panel_too(desk: Desk) -> None:
    home = filed(desk, 1, 9000)
    case_id = desk.see(cases.case_of, [home])[home]
    desk.do(verification.record, [Visit(case_id, town.visit())])
    found = desk.see(why.why, home)
    assert found.held is not None
    assert found.held.below is False
    assert any(point.mark == "stop" and "不低于标准" in point.text for point in found.open_points)


def test_what_if_names_who_crosses_in_both_numbers(desk: Desk) -> None:
    low, between, high, unknown = (filed(desk, n, x) for n, x in ((1, 3000), (2, 6000), (3, 9000), (4, None)))
    found = desk.see(why.what_if, LINE)
    assert [line.id for line, _ in found.entering] == [between]
    assert found.leaving == ()
    assert (found.judged, found.unjudged) == (3, 1)
    tight = replace(LINE, amount=Decimal(2500))
    again = desk.see(why.what_if, tight)
    assert [line.id for line, _ in again.leaving] == [low]
    assert {high, unknown}.isdisjoint(line.id for line, _ in (*again.entering, *again.leaving))
    assert desk.see(why.why, low).held is not None


def test_the_lines_to_try_are_those_of_households_the_newest_of_a_year(desk: Desk) -> None:
    tries = desk.see(why.lines_to_try)
    assert {t.kind for t in tries} == {ThresholdKind.ENTRY, ThresholdKind.EXIT}
    assert [t.year for t in tries] == sorted(t.year for t in tries)
