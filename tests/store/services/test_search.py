"""Lists and the search box: every kind of text finds its household, every order sorts, counts agree with lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.rules.case import Kind, Status
from db.rules.procedure import Step
from db.services.cases import applications, cases
from db.services.cases.cases import Act
from db.services.register import households
from db.services.town import search
from db.services.town.search import ORDERS, Filter
from tests.helpers import town
from tests.helpers.replay import once
from tests.store.services.conftest import Desk

FOUND = {
    "陈某华": "陈某华",
    "某华": "陈某华",
    "cmh": "陈某华",
    "CM": "陈某华",
    "林某金": "何某华",
    town.household(11).head_id[-4:]: "李某华",
    town.household(11).head_id[-7:].lower(): "李某华",
    "0015": "罗某华",
    "800000015": "罗某华",
    "小拔": "钟某华",
    "小拔-2016-0007": "钟某华",
}


@pytest.fixture
def filed(desk: Desk) -> Desk:
    """Ten households, 某华 all; the eighth in the other village and on the register."""
    file_ten(desk)
    return desk


@once
def file_ten(desk: Desk) -> None:
    for serial in range(10, 20):
        home = town.household(serial)
        other = replace(home, village="小拔村", group="第二组") if serial == 17 else home
        desk.do(applications.file, other)
    registered = desk.see(search.ids, Filter(village_id=2))
    case_id = desk.see(cases.case_of, registered)[registered[0]]
    desk.do(cases.write, Kind.CARDED, [Act(case_id, date(2016, 5, 25), {"number": "小拔-2016-0007"})])


@pytest.mark.parametrize(("text", "head"), FOUND.items())
def test_every_kind_of_text_finds_its_household(filed: Desk, text: str, head: str) -> None:
    assert head in [hit.head_name for hit in filed.see(search.find, text)]
    lines = filed.see(search.lines, filed.see(search.ids, Filter(text=f" {text} ")))
    assert head in [line.head_name for line in lines.values()]


def test_a_hit_by_a_member_says_so(filed: Desk) -> None:
    hit = next(hit for hit in filed.see(search.find, "林某金"))
    assert (hit.head_name, hit.place, hit.by) == ("何某华", "华南村第一组 2 人", "成员 林某金")
    assert {hit.by for hit in filed.see(search.find, "某华")} >= {""}


@pytest.mark.parametrize("text", ["", " ", "c", "5", "赵", "zzz", "999999"])
def test_too_little_or_nobody_finds_nothing(filed: Desk, text: str) -> None:
    assert filed.see(search.find, text) == ()


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_lists_everybody_and_can_be_turned_round(filed: Desk, order: str) -> None:
    up = filed.see(search.ids, Filter(), order)
    assert len(up) == len(set(up)) == 10
    assert filed.see(search.ids, Filter(), order, descending=True) == up[::-1]


def test_the_order_of_the_town_is_by_village(filed: Desk) -> None:
    lines = filed.see(search.lines, filed.see(search.ids, Filter()))
    ordered = [lines[i].village for i in filed.see(search.ids, Filter())]
    assert ordered == ["华南村"] * 9 + ["小拔村"]


@pytest.mark.parametrize(
    ("wanted", "households_found"),
    [
        (Filter(), 10),
        (Filter(village_id=1), 9),
        (Filter(step=Step.VERIFICATION), 9),
        (Filter(status=Status.REGISTERED), 1),
        (Filter(village_id=1, status=Status.REGISTERED), 0),
        (Filter(ungated=True, text="某华"), 10),
        (Filter(ready=date(2016, 5, 25), text="cmh"), 1),
    ],
)
def test_counts_agree_with_lists(filed: Desk, wanted: Filter, households_found: int) -> None:
    assert len(filed.see(search.ids, wanted)) == households_found
    assert filed.see(search.counts, [wanted]) == ((households_found, households_found * 2),)


def test_a_line_says_where_its_household_stands(filed: Desk) -> None:
    found = filed.see(search.lines, filed.see(search.ids, Filter(village_id=2)))
    (line,) = found.values()
    assert (line.village, line.group, line.head_name, line.size) == ("小拔村", "第二组", "钟某华", 2)
    assert (line.attribute, line.cause, line.status, line.step) == ("一般贫困户", "缺技术", Status.REGISTERED, None)
    assert (line.card_number, line.since, line.gate_last) == ("小拔-2016-0007", date(2016, 5, 25), None)


def test_any_number_of_households_is_read_at_once(filed: Desk) -> None:
    many = range(1, 40_001)
    assert set(filed.see(households.get_many, many)) == set(filed.see(search.lines, many)) == set(range(1, 11))
    assert len(filed.see(cases.case_of, many)) == 10
