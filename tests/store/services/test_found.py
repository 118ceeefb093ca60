"""What the visit found is saved with it or not at all; the items of a sum may follow after the verdict, the sums may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.errors import Refused
from db.rules.codes import YesNo
from db.rules.values import Household, Living
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.changes import asof
from db.services.register import households
from tests.helpers import town
from tests.store.services.conftest import Desk


def _filed(desk: Desk) -> tuple[Household, int]:
    filed = desk.act(applications.file, town.household(1)).household_id
    return desk.see(households.get, filed), desk.see(cases.case_of, [filed])[filed]


def test_the_findings_count_from_the_day_of_the_visit(desk: Desk) -> None:
    home, case_id = _filed(desk)
    desk.act(verification.record_found, replace(home, living=Living(car=YesNo.NO)), Visit(case_id, town.visit()))
    assert desk.see(asof.household_on, home.id, date(2016, 5, 20)).living == Living(car=YesNo.NO)
    assert desk.see(asof.household_on, home.id, date(2016, 5, 19)).living is None


def test_a_refused_visit_leaves_the_record_as_it_was(desk: Desk) -> None:
    home, case_id = _filed(desk)
    too_early = Visit(case_id, town.visit(date(2016, 5, 1)))
    with pytest.raises(Refused):
        desk.act(verification.record_found, replace(home, living=Living(car=YesNo.YES)), too_early)
    assert desk.see(households.get, home.id) == home


def test_after_the_verdict_items_may_be_told_apart_and_sums_may_not_change(desk: Desk) -> None:
    home, case_id = _filed(desk)
    assert home.income is not None
    found = replace(home, income=replace(home.income, transfer=Decimal("900.00")))
    desk.act(verification.record_found, found, Visit(case_id, town.visit()))
    now = desk.see(households.get, home.id)
    told = replace(now, income=replace(now.income, pension=Decimal("900.00")))
    desk.act(applications.change, told)
    assert desk.see(households.get, home.id).income == told.income
    later = replace(told, version=told.version + 1)
    with pytest.raises(Refused) as refused:
        desk.act(applications.change, replace(later, income=replace(told.income, wages=Decimal("1.00"))))
    assert [p.field for p in refused.value.problems] == ["wages"]


def test_a_blank_village_is_said_once(desk: Desk) -> None:
    errors, _ = desk.see(households.problems, replace(town.household(1), village="", group=""))
    assert {p.field: p.text for p in errors} == {
        "village": "没有填写所在村，请补填",
        "group": "没有填写村民小组，请补填",
    }
    assert len(errors) == 2
