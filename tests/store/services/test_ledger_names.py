"""The month ledger calls villages by the names they had at the end of the month."""

from __future__ import annotations

from datetime import date

from db.services.cases import applications, cases
from db.services.ledger import ledger
from db.services.office import villages
from db.services.office.villages import Dated
from db.services.town import town
from tests.helpers import steps
from tests.helpers import town as invented
from tests.store.services.conftest import Desk

TODAY = date(2016, 5, 25)


def _registered(desk: Desk, serial: int, village: str) -> None:
    home = desk.do(applications.file, invented.household(serial, village=village)).household_id
    case_id = desk.see(cases.case_of, [home])[home]
    desk.do(invented.registered, case_id, f"{village}-2016-{serial:04d}", TODAY)


def _called(desk: Desk, month: int) -> tuple[list[tuple[str, str]], list[str]]:
    found = desk.see(ledger.month, 2016, month)
    return [(h.village, h.group) for h in found.households], [v.village for v in found.villages]


def test_the_ledger_of_an_earlier_month_keeps_the_old_names(desk: Desk) -> None:
    _registered(desk, 1, "华南村")
    _registered(desk, 2, "小拔村")
    steps.wait(desk, desk.clock, 10)
    ids = {v.name: v.id for v in desk.see(town.villages)}
    desk.do(villages.merge_village, ids["小拔村"], ids["华南村"], Dated(date(2016, 6, 2), "批复"))
    desk.do(villages.rename_village, ids["华南村"], "华新村", Dated(date(2016, 6, 3), "批复"))
    assert _called(desk, 5) == ([("华南村", "第一组"), ("小拔村", "第一组")], ["华南村", "小拔村"])
    assert _called(desk, 6) == ([("华新村", "第一组"), ("华新村", "小拔第一组")], ["华新村"])
