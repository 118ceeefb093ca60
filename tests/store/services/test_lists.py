"""Lists show households in the order they were asked for, whatever order they were taken in."""

from __future__ import annotations

from db.services.cases import applications
from db.services.papers import village as village_papers
from db.services.town import search
from db.services.town.search import Filter
from tests.helpers import town
from tests.store.services.conftest import Desk

GROUPS = ("第三组", "第一组", "第二组", "第一组")


def _file_all(desk: Desk) -> None:
    for serial, group in enumerate(GROUPS, 1):
        desk.do(applications.file, town.household(serial, group=group))


def test_rows_come_in_the_order_of_their_ids(desk: Desk) -> None:
    _file_all(desk)
    wanted = desk.see(search.ids, Filter())
    assert list(desk.see(search.lines, wanted)) == wanted
    assert list(desk.see(search.lines, wanted[::-1])) == wanted[::-1]


def test_who_stayed_out_is_told_group_by_group(desk: Desk) -> None:
    _file_all(desk)
    facts = desk.see(village_papers.left_out)
    assert [row.group for row in facts.rows] == ["第一组", "第一组", "第二组", "第三组"]
